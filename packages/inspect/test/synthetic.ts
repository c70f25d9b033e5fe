// A small heap laid down by hand in one buffer, at the engine's addresses: types, lists, ints, the collector's lists.
import {
  _PyRuntimeState,
  bufferMemory,
  gc_generation,
  type Memory,
  PY_RUNTIME_ADDRESS,
  Py_TPFLAGS_HAVE_GC,
  Py_TPFLAGS_READY,
  PyInterpreterState,
  PyListObject,
  PyObject,
  PyTypeObject,
  PyVarObject,
  SMALL_INTS_ADDRESS,
} from '@moult/abi';
import { engineTarget, type Target } from '../src/index.ts';

export const INTERP = PY_RUNTIME_ADDRESS + _PyRuntimeState._main_interpreter;
const NATIVE_SP = 0x400010;
const NATIVE_STACK = 0x700000;

export class SyntheticHeap {
  readonly view: DataView;
  readonly memory: Memory;
  readonly target: Target;
  readonly typeType: number;
  readonly intType: number;
  readonly listType: number;
  private top = 0xa00000;

  constructor(megabytes: number) {
    const buffer = new ArrayBuffer(megabytes << 20);
    this.view = new DataView(buffer);
    this.memory = bufferMemory(buffer);
    this.target = engineTarget(this.memory, {
      nativeStack: { base: NATIVE_STACK, pointer: NATIVE_SP },
      staticRanges: [[PY_RUNTIME_ADDRESS, 0xa00000]],
    });
    this.put(NATIVE_SP, NATIVE_STACK);
    this.typeType = this.type('type', 928, 0);
    const objectType = this.type('object', 16, 0);
    this.put(this.typeType + PyTypeObject.tp_base, objectType);
    this.intType = this.type('int', 24, objectType);
    this.listType = this.type('list', 40, objectType);
    for (let i = 0; i < 4; i++) {
      const head = i === 3 ? INTERP + PyInterpreterState.gc_permanent_generation : this.generation(i);
      this.put(head, head);
      this.put(head + 8, head);
    }
    for (let n = -5; n < 257; n++) this.int(SMALL_INTS_ADDRESS + (n + 5) * 32, n);
  }

  generation(i: number): number {
    return INTERP + PyInterpreterState.gc_generations + i * gc_generation.SIZE;
  }
  put(address: number, value: number): void {
    this.view.setBigInt64(address, BigInt(value), true);
  }
  alloc(size: number): number {
    const address = this.top;
    this.top += Math.ceil(size / 16) * 16;
    return address;
  }
  cstring(text: string): number {
    const address = this.alloc(text.length + 1);
    for (let i = 0; i < text.length; i++) this.view.setUint8(address + i, text.charCodeAt(i));
    return address;
  }
  private type(name: string, basicsize: number, base: number): number {
    const type = this.alloc(1024);
    this.put(type + PyObject.ob_refcnt, 0xffffffff);
    this.put(type + PyObject.ob_type, this.typeType || type);
    this.put(type + PyTypeObject.tp_name, this.cstring(name));
    this.put(type + PyTypeObject.tp_basicsize, basicsize);
    this.put(type + PyTypeObject.tp_flags, Py_TPFLAGS_READY + (name === 'list' ? Py_TPFLAGS_HAVE_GC : 0));
    this.put(type + PyTypeObject.tp_base, base);
    return type;
  }
  int(address: number, n: number, count = 0xffffffff): number {
    this.put(address + PyObject.ob_refcnt, count);
    this.put(address + PyObject.ob_type, this.intType);
    this.put(address + 16, n === 0 ? 1 : 8 + (n < 0 ? 2 : 0));
    this.view.setUint32(address + 24, Math.abs(n), true);
    return address;
  }
  smallInt(n: number): number {
    return SMALL_INTS_ADDRESS + (n + 5) * 32;
  }
  /** A tracked list; the items' counts are the caller's business. */
  list(items: readonly number[], count = 1): number {
    const head = this.alloc(56);
    const list = head + 16;
    this.put(list + PyObject.ob_refcnt, count);
    this.put(list + PyObject.ob_type, this.listType);
    this.put(list + PyVarObject.ob_size, items.length);
    this.put(list + PyListObject.allocated, items.length);
    const storage = this.alloc(items.length * 8);
    this.put(list + PyListObject.ob_item, items.length === 0 ? 0 : storage);
    for (const [i, item] of items.entries()) this.put(storage + i * 8, item);
    const generation = this.generation(0);
    const last = this.memory.ptr(generation + 8);
    this.put(last, head);
    this.put(head + 8, last);
    this.put(head, generation);
    this.put(generation + 8, head);
    return list;
  }
  pushNative(object: number): void {
    const top = this.memory.ptr(NATIVE_SP);
    this.put(top, object);
    this.put(NATIVE_SP, top + 8);
  }
}
