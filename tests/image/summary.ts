// What a process looks like to the program that runs in it, told without addresses: the program's own objects, numbered in the
// order in which they are found from its frames and its __main__, with everything that can be said of each. Two processes
// stopped at the same point have equal summaries if and only if their graphs are isomorphic, with labels, types, values, sizes,
// counts, generations, size classes. Reads any Target through the public face of @moult/inspect.
import {
  _PyInterpreterFrame,
  gc_generation,
  PyCodeObject,
  PyDictKeysObject,
  PyDictObject,
  PyGenObject,
  PyInterpreterState,
  PySetObject,
  PyThreadState,
  PyTypeObject,
  PyVarObject,
  PyWeakReference,
  pool_header,
} from '@moult/abi';
import {
  arenas,
  blockOf,
  decodeBytes,
  decodeComplex,
  decodeFloat,
  decodeInt,
  decodeStr,
  describe,
  dictGet,
  frameInfo,
  framesOf,
  generationHeads,
  isFinalized,
  isImmortal,
  nameText,
  type Place,
  poolSizeOf,
  Reader,
  type Reference,
  refcount,
  referencesOf,
  type RootVisitor,
  sizeOf,
  stringShape,
  type Target,
  threadsOf,
  trackedObjects,
  type TypeInfo,
  typeName,
  visitKeysTable,
  visitReferences,
  visitRoots,
} from '@moult/inspect';

/** One object: [type, value, size, count, generation, size class, references], or [type, value] where the interpreter shares it. */
export type Row =
  | readonly [type: string, value: string]
  | readonly [
      type: string,
      value: string,
      size: number,
      count: number,
      /** 0 to 2, 3 where frozen, -1 where not tracked; with 10 added once its finalizer has run. */
      generation: number,
      /** -1 above 512 bytes. */
      sizeClass: number,
      references: string,
    ];

export interface ImageSummary {
  /** `frame f, line 3: local x` and the number of the object. */
  readonly roots: readonly string[];
  /** Each frame's value stack is told where the process keeps its height in memory. */
  readonly stacks: readonly boolean[];
  readonly rows: readonly Row[];
  /** Of each young generation: how much is counted, then its objects in the order of its list. */
  readonly generations: readonly (readonly number[])[];
}

/** Everything that is held from outside the program: by the interpreter, its modules and its types. */
class Outside implements RootVisitor {
  readonly seen = new Set<number>();
  /** Counted references from the type cache, whose entries depend on addresses. */
  readonly cached = new Map<number, number>();
  private readonly tables = new Set<number>();
  private readonly queue: number[] = [];
  private readonly reader: Reader;
  private ofProgram = false;

  constructor(reader: Reader, cut: number) {
    this.reader = reader;
    const interned = reader.ptr(reader.target.interp + PyInterpreterState.cached_objects_interned_strings);
    if (interned !== 0) this.tables.add(reader.ptr(interned + PyDictObject.ma_keys));
    this.seen.add(cut);
    visitRoots(reader, this);
    this.ofProgram = false;
    for (let object = this.queue.pop(); object !== undefined; object = this.queue.pop()) {
      const info = reader.typeOrNull(object);
      if (info === null) continue;
      this.add(info.address);
      visitReferences(reader, object, info, this);
    }
    this.seen.delete(cut);
  }
  enter(place: Place): void {
    this.ofProgram = place.kind === 'frame' || place.kind === 'native stack';
  }
  exists(object: number): void {
    if (this.reader.typeOrNull(object)?.layout === 'type') this.add(object);
  }
  dying(): void {}
  reference(target: number, _slot: number, label: string): void {
    if (label === 'type cache[#].name') {
      this.cached.set(target, (this.cached.get(target) ?? 0) + 1);
      return;
    }
    const own = label === 'exc_state_exc_value' || label === 'current_exception' || label.startsWith('atexit[#]');
    if (!this.ofProgram && !own) this.add(target);
  }
  keysTable(keys: number): void {
    if (this.tables.has(keys)) return;
    this.tables.add(keys);
    visitKeysTable(this.reader, keys, this);
  }
  private add(object: number): void {
    if (this.seen.has(object)) return;
    this.seen.add(object);
    this.queue.push(object);
  }
}

const HASH_FROM = 60;

/** Bytes in hexadecimal, or where they are many their number and a checksum. */
function bytesValue(bytes: Uint8Array): string {
  if (bytes.length <= HASH_FROM) return Array.from(bytes, (b) => b.toString(16).padStart(2, '0')).join('');
  let hash = 0x811c9dc5;
  for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return `${bytes.length} bytes, ${hash.toString(16)}`;
}

/** Text without addresses. */
function plain(text: string): string {
  return text.replace(/0x[0-9a-f]+/g, '…');
}

function textValue(reader: Reader, object: number): string {
  const shape = stringShape(reader, object);
  const text = decodeStr(reader, object);
  const shown = text.length > 200 ? bytesValue(new TextEncoder().encode(text)) : text;
  return `${JSON.stringify(shown)} ${shape.kind}${shape.ascii ? 'a' : ''}${shape.compact ? 'c' : ''}`;
}

function keysValue(reader: Reader, keys: number): string {
  const K = PyDictKeysObject;
  const shape = [K.dk_kind, K.dk_log2_size, K.dk_log2_index_bytes].map((field) => reader.u8(keys + field));
  return [...shape, reader.ssize(keys + K.dk_usable), reader.ssize(keys + K.dk_nentries)].join('/');
}

/** What an object is beside its references: its value where it has one, the shape of its tables where it has some. */
function textOf(reader: Reader, object: number, info: TypeInfo): string {
  switch (info.layout) {
    case 'int':
    case 'bool':
      return decodeInt(reader, object).toString(16);
    case 'float':
      return String(decodeFloat(reader, object));
    case 'complex':
      return String(decodeComplex(reader, object));
    case 'str':
      return textValue(reader, object);
    case 'bytes':
    case 'bytearray':
      return bytesValue(decodeBytes(reader, object, info.layout === 'bytearray'));
    case 'tuple':
    case 'list':
      return String(reader.ssize(object + PyVarObject.ob_size));
    case 'dict':
    case 'collections.OrderedDict':
    case 'collections.defaultdict': {
      const keys = keysValue(reader, reader.ptr(object + PyDictObject.ma_keys));
      const split = reader.ptr(object + PyDictObject.ma_values) !== 0 ? ' split' : '';
      return `${reader.ssize(object + PyDictObject.ma_used)} of ${keys}${split}`;
    }
    case 'set':
    case 'frozenset': {
      const S = PySetObject;
      return [S.used, S.fill, S.mask].map((field) => reader.ssize(object + field)).join('/');
    }
    case 'type': {
      const T = PyTypeObject;
      const sizes = [T.tp_basicsize, T.tp_itemsize, T.tp_dictoffset, T.tp_weaklistoffset];
      const numbers = sizes.map((field) => reader.ssize(object + field)).join('/');
      return `${plain(describe(reader, object))} ${reader.u32(object + T.tp_flags).toString(16)} ${numbers}`;
    }
    case 'code': {
      const C = PyCodeObject;
      const numbers = [C.co_flags, C.co_argcount, C.co_stacksize, C.co_nlocalsplus, C.co_firstlineno];
      const shown = numbers.map((field) => reader.i32(object + field)).join('/');
      return `${nameText(reader, reader.ptr(object + C.co_qualname))} ${shown}, ${reader.ssize(object + PyVarObject.ob_size)} units`;
    }
    case 'generator':
    case 'coroutine':
    case 'async_generator': {
      const frame = object + PyGenObject.gi_iframe;
      const state = reader.i8(object + PyGenObject.gi_frame_state);
      return `state ${state}${state < 1 ? ` at ${frameInfo(reader, frame)?.lasti}` : ''}`;
    }
    case 'weakref.ReferenceType': {
      const referent = reader.typeOrNull(reader.ptr(object + PyWeakReference.wr_object));
      return referent === null ? '?' : `to ${typeName(referent)}`;
    }
    case 'builtin_function_or_method':
    case 'builtin_method':
    case 'module':
    case 'method_descriptor':
    case 'member_descriptor':
    case 'getset_descriptor':
    case 'wrapper_descriptor':
    case 'classmethod_descriptor':
      return plain(describe(reader, object));
  }
  return '';
}

const LEAVES = new Set(['int', 'bool', 'float', 'complex', 'str', 'bytes']);

/** Of what the interpreter shares: what cannot change. */
function sharedValue(reader: Reader, object: number, info: TypeInfo): string {
  if (LEAVES.has(info.layout)) return textOf(reader, object, info);
  if (
    info.layout === 'type' ||
    info.layout.includes('descriptor') ||
    info.layout === 'module' ||
    info.layout.startsWith('builtin')
  )
    return plain(describe(reader, object));
  return '';
}

class Summarizer {
  private readonly reader: Reader;
  private readonly numbers = new Map<number, number>();
  private readonly order: number[] = [];
  private readonly outside: Outside;
  private readonly generationOf = new Map<number, number>();
  private readonly lists: number[][];
  private readonly arenas: readonly { readonly address: number; readonly carved: number }[];
  private readonly roots: string[] = [];
  private readonly rows: Row[] = [];
  private done = 0;

  constructor(reader: Reader, main: number) {
    this.reader = reader;
    this.outside = new Outside(reader, main);
    this.lists = generationHeads(reader).map((head) => trackedObjects(reader, head));
    for (const [i, list] of this.lists.entries()) for (const object of list) this.generationOf.set(object, i);
    this.arenas = arenas(reader);
  }

  summarize(main: number, told: readonly boolean[] | undefined): ImageSummary {
    const { reader } = this;
    this.root('__main__', main);
    const stacks: boolean[] = [];
    for (const thread of threadsOf(reader.target)) {
      for (const frame of framesOf(reader, reader.ptr(thread + PyThreadState.current_frame))) {
        const info = frameInfo(reader, frame);
        if (info === null) continue;
        const tells = info.stack !== null && (told?.[stacks.length] ?? true);
        stacks.push(info.stack !== null);
        const name = `frame ${info.function}, line ${info.line}`;
        for (const field of ['f_executable', 'f_funcobj', 'f_locals', 'frame_obj'] as const) {
          const held = reader.ptr(frame + _PyInterpreterFrame[field]);
          if (held !== 0) this.root(`${name}: ${field}`, held);
        }
        // A cell is the slot's object, its content the cell's.
        for (const local of info.locals) {
          const held = reader.ptr(local.slot);
          if (held !== 0) this.root(`${name}: ${local.name}`, held);
        }
        if (tells) for (const [i, held] of info.stack!.entries()) if (held !== 0) this.root(`${name}: [${i}]`, held);
      }
    }
    this.spread();
    // What nothing leads to any more: garbage that the collector has not found yet, in the order in which it was made.
    for (const [i, list] of this.lists.slice(0, 3).entries()) {
      for (const object of list) {
        if (this.numbers.has(object) || this.outside.seen.has(object)) continue;
        this.root(`unreachable in generation ${i}`, object);
        this.spread();
      }
    }
    const generations = this.lists.slice(0, 3).map((list, i) => {
      const own = list.map((object) => this.numbers.get(object)).filter((n) => n !== undefined);
      return [reader.i32(generationHeads(reader)[i]! + gc_generation.count), ...own];
    });
    return { roots: this.roots, stacks, rows: this.rows, generations };
  }

  private root(label: string, object: number): void {
    this.roots.push(`${label} ${this.number(object)}`);
  }
  private number(object: number): number {
    const known = this.numbers.get(object);
    if (known !== undefined) return known;
    const number = this.order.length;
    this.numbers.set(object, number);
    this.order.push(object);
    return number;
  }
  private spread(): void {
    for (; this.done < this.order.length; this.done++) this.rows.push(this.row(this.order[this.done]!));
  }

  private row(object: number): Row {
    const { reader } = this;
    const info = reader.typeOf(object);
    if (isImmortal(reader, object) || this.outside.seen.has(object))
      return [info.name, sharedValue(reader, object, info)];
    const value = textOf(reader, object, info);
    if (info.layout === 'int' && this.numbers.has(Number(decodeInt(reader, object)))) return ['int', 'an address'];
    const references = inOrder(referencesOf(reader, object), this.numbers).map(
      ({ label, target }) => `${this.withoutAddresses(label)} ${this.number(target)}`,
    );
    return [
      info.name,
      info.layout === 'str' ? `${value} interned ${stringShape(reader, object).interned}` : value,
      sizeOf(reader, object, info),
      refcount(reader, object) - (this.outside.cached.get(object) ?? 0),
      (this.generationOf.get(object) ?? -1) + (isFinalized(reader, object, info) ? 10 : 0),
      this.sizeClass(blockOf(reader, object, info)),
      references.join('; '),
    ];
  }

  /** A class knows its subclasses by their addresses. */
  private withoutAddresses(label: string): string {
    return plain(label).replace(/\d{7,}/g, (digits) => (this.numbers.has(Number(digits)) ? 'address' : digits));
  }

  private sizeClass(block: number): number {
    const size = poolSizeOf(this.reader);
    const pool = Math.floor(block / size) * size;
    const inside = this.arenas.some((arena) => pool >= arena.address && pool < arena.carved);
    return inside ? this.reader.u32(pool + pool_header.szidx) : -1;
  }
}

/** A set's items lie where their hashes put them, and hashes of objects without a value come from addresses. */
function inOrder(references: readonly Reference[], numbers: ReadonlyMap<number, number>): readonly Reference[] {
  if (!references.some(({ label }) => label.startsWith('item '))) return references;
  const rank = ({ target, label }: Reference): string =>
    `${String(numbers.get(target) ?? 1e9).padStart(10, '0')} ${plain(label)}`;
  return references.toSorted((a, b) => (rank(a) < rank(b) ? -1 : 1));
}

/** `told`: the summary's `stacks` of the process that it is to be compared with. */
export function summarize(target: Target, told?: readonly boolean[]): ImageSummary {
  const reader = new Reader(target);
  const modules = reader.ptr(target.interp + PyInterpreterState.imports_modules);
  const main = dictGet(reader, modules, '__main__');
  return new Summarizer(reader, main).summarize(main, told);
}
