// Reads words of a target and remembers what it learnt of types. A reader is good for one moment of the process: memory may
// change between two readers, not under one.
import { type Memory, PyObject, PyTypeObject, readCString, UnmappedError } from '@moult/abi';
import { resolveType, type TypeInfo } from './types.ts';
import type { Target } from './target.ts';

export class Reader {
  readonly target: Target;
  readonly memory: Memory;
  private readonly view: DataView | null;
  private readonly types = new Map<number, TypeInfo>();
  /** The types that were asked for, in order. */
  readonly seenTypes: number[] = [];
  private lastType = 0;
  private lastInfo: TypeInfo | null = null;

  constructor(target: Target) {
    this.target = target;
    this.memory = target.memory;
    this.view = target.memory.flat ?? null;
  }

  ptr(address: number): number {
    const view = this.view;
    if (view === null) return this.memory.ptr(address);
    const high = view.getUint32(address + 4, true);
    const low = view.getUint32(address, true);
    return high === 0 ? low : low + high * 4294967296;
  }
  ssize(address: number): number {
    const view = this.view;
    if (view === null) return this.memory.ssize(address);
    const high = view.getInt32(address + 4, true);
    const low = view.getUint32(address, true);
    return high === 0 ? low : low + high * 4294967296;
  }
  u32(address: number): number {
    return this.view === null ? this.memory.u32(address) : this.view.getUint32(address, true);
  }
  i32(address: number): number {
    return this.view === null ? this.memory.i32(address) : this.view.getInt32(address, true);
  }
  u16(address: number): number {
    return this.view === null ? this.memory.u16(address) : this.view.getUint16(address, true);
  }
  i16(address: number): number {
    return this.view === null ? this.memory.i16(address) : this.view.getInt16(address, true);
  }
  u8(address: number): number {
    return this.view === null ? this.memory.u8(address) : this.view.getUint8(address);
  }
  i8(address: number): number {
    return this.view === null ? this.memory.i8(address) : this.view.getInt8(address);
  }
  has(address: number, n: number): boolean {
    return address > 0 && this.memory.has(address, n);
  }
  cstring(address: number, limit?: number): string | null {
    return readCString(this.memory, address, limit);
  }

  /** The address of an object's type. */
  typeAddress(object: number): number {
    return this.ptr(object + PyObject.ob_type);
  }
  /** What is known of a type; throws UnmappedError or NotAnObject where there is none. */
  type(address: number): TypeInfo {
    if (address === this.lastType && this.lastInfo !== null) return this.lastInfo;
    let info = this.types.get(address);
    if (info === undefined) {
      if (!this.has(address, PyTypeObject.SIZE) || address % 8 !== 0) throw new NotAnObject(address, 'no type');
      info = resolveType(this, address);
      this.types.set(address, info);
      this.seenTypes.push(address);
    }
    this.lastType = address;
    this.lastInfo = info;
    return info;
  }
  typeOf(object: number): TypeInfo {
    return this.type(this.typeAddress(object));
  }
  /** The type of what may be an object, or null where the bytes are not one. */
  typeOrNull(object: number): TypeInfo | null {
    if (object % 8 !== 0 || !this.has(object, PyObject.SIZE)) return null;
    try {
      return this.typeOf(object);
    } catch (error) {
      if (error instanceof NotAnObject || error instanceof UnmappedError || error instanceof RangeError) return null;
      throw error;
    }
  }
}

export class NotAnObject extends Error {
  readonly address: number;
  constructor(address: number, why: string) {
    super(`0x${address.toString(16)} is not an object: ${why}`);
    this.name = 'NotAnObject';
    this.address = address;
  }
}
