// A reader that notes in a footprint what is read through it, and that outlives changes of memory: what it knows of a type is
// told anew when the type's bytes change (incrementalAudit.ts sees to it). The texts of names are not noted: they never change.
import { PyTypeObject } from '@moult/abi';
import { NotAnObject, Reader } from '../reader.ts';
import type { Target } from '../target.ts';
import { resolveType, type TypeInfo } from '../types.ts';
import { Footprint } from './footprint.ts';

/** Told when a type was resolved, with what was read for that. */
export type Resolved = (address: number, footprint: Footprint) => void;

export class WatchingReader extends Reader {
  private footprint: Footprint;
  private readonly spare: Footprint[] = [];
  private readonly known = new Map<number, TypeInfo>();
  private readonly resolved: Resolved;
  private readonly words: DataView;

  constructor(target: Target, resolved: Resolved) {
    super(target);
    if (target.memory.flat === undefined) throw new TypeError('an incremental audit needs a memory in one piece');
    this.words = target.memory.flat;
    this.resolved = resolved;
    this.footprint = new Footprint();
  }

  /** What is read from now on goes to this footprint. */
  watch(footprint: Footprint): void {
    this.footprint = footprint;
  }

  override ptr(address: number): number {
    const high = this.words.getUint32(address + 4, true);
    const low = this.words.getUint32(address, true);
    this.footprint.addWide(address);
    return high === 0 ? low : low + high * 4294967296;
  }
  override ssize(address: number): number {
    const high = this.words.getInt32(address + 4, true);
    const low = this.words.getUint32(address, true);
    this.footprint.addWide(address);
    return high === 0 ? low : low + high * 4294967296;
  }
  override u32(address: number): number {
    const value = this.words.getUint32(address, true);
    this.footprint.add(address);
    return value;
  }
  override i32(address: number): number {
    const value = this.words.getInt32(address, true);
    this.footprint.add(address);
    return value;
  }
  override u16(address: number): number {
    const value = this.words.getUint16(address, true);
    this.footprint.add(address);
    return value;
  }
  override i16(address: number): number {
    const value = this.words.getInt16(address, true);
    this.footprint.add(address);
    return value;
  }
  override u8(address: number): number {
    const value = this.words.getUint8(address);
    this.footprint.add(address);
    return value;
  }
  override i8(address: number): number {
    const value = this.words.getInt8(address);
    this.footprint.add(address);
    return value;
  }

  override type(address: number): TypeInfo {
    const types = this.footprint.types;
    if (types[types.length - 1] !== address) types.push(address);
    return this.known.get(address) ?? this.resolve(address);
  }

  /** Reads a type again. */
  resolve(address: number): TypeInfo {
    if (address % 8 !== 0 || !this.has(address, PyTypeObject.SIZE)) throw new NotAnObject(address, 'no type');
    const outer = this.footprint;
    const own = this.spare.pop() ?? new Footprint();
    own.clear();
    this.footprint = own;
    try {
      const info = resolveType(this, address);
      this.known.set(address, info);
      this.footprint = outer;
      this.resolved(address, own);
      return info;
    } catch (error) {
      // Who asked depends on what stands there: it may become a type.
      outer.addAll(own);
      throw error;
    } finally {
      this.footprint = outer;
      this.spare.push(own);
    }
  }

  knownType(address: number): TypeInfo | undefined {
    return this.known.get(address);
  }
  forgetType(address: number): void {
    this.known.delete(address);
  }
  forgetAll(): void {
    this.known.clear();
  }
}
