// Blocks that come and go while a stretch runs: taken, resized, given back; and what becomes of their pools and arenas.
import { _obmalloc_state, PyInterpreterState } from '@moult/abi';
import { type Arena, arenaSizeOf, arenas, type Pool, poolAt, type Reader } from '@moult/inspect';
import type { Births } from '../serials.ts';
import type { BlockPlace, PoolState, Thing, Where } from '../words/telling.ts';
import type { Told } from './event.ts';

type Hooks = NonNullable<Births['blocks']>;

/** The domain of objects, as the runtime names it: 'o'. Its blocks are told of with their objects. */
const OBJECTS = 0x6f;
/** glibc's: the bytes before a block, where its chunk's size is, and those of a chunk that are not the block's. */
const CHUNK_SIZE = 8;
const MMAPPED = 2;

export class Blocks implements Hooks {
  /** By address: the size of each block that was taken or released in the present step. */
  readonly sizes = new Map<number, { readonly size: number; readonly place: BlockPlace }>();
  private readonly reader: Reader;
  private readonly tell: (told: Told) => void;
  private readonly where: () => Where;
  private readonly released: (domain: number, block: number) => void;
  private readonly arenaCount: number;
  private arenas: Arena[] = [];
  private count = -1;
  /** The block that is being released, its pool before. */
  private pool: Pool | null = null;
  /** Hooks that still belong to a resized block. */
  private resizing = 0;

  constructor(
    reader: Reader,
    tell: (told: Told) => void,
    where: () => Where,
    released: (domain: number, block: number) => void,
  ) {
    this.reader = reader;
    this.tell = tell;
    this.where = where;
    this.released = released;
    const { target } = reader;
    const state = target.obmalloc ?? reader.ptr(target.interp + PyInterpreterState.obmalloc);
    this.arenaCount = state + _obmalloc_state.mgmt_narenas_currently_allocated;
    this.arenas = arenas(reader);
    this.count = this.arenas.length;
  }

  /** What stands at a block in a step that is over is told no more. */
  next(): void {
    this.sizes.clear();
  }

  releasing(domain: number, p: number): void {
    this.pool = this.poolOf(p);
    this.sizes.set(p, { size: this.sizeOf(p), place: this.pool === null ? 'malloc' : 'pymalloc' });
    this.released(domain, p);
  }
  resized(_domain: number, p: number, q: number): void {
    const before = this.sizes.get(p)?.size ?? 0;
    this.resizing = 2;
    const after = this.sizeOf(q);
    const telling = { kind: 'resized', where: this.where(), address: p, to: q, before, after } as const;
    this.tell({ kind: 'realloc', address: p, number: q, before, after, telling });
    if (p === q) return;
    this.left();
    this.entered(q);
  }
  freed(domain: number, p: number): void {
    if (this.resizing > 0) this.resizing--;
    else {
      if (domain !== OBJECTS) {
        const { size, place } = this.sizes.get(p) ?? { size: 0, place: 'malloc' };
        const telling = { kind: 'block', thing: blockThing(p), where: this.where(), size, to: place } as const;
        this.tell({ kind: 'free', address: p, size, telling });
      }
      this.left();
    }
  }
  allocated(domain: number, p: number): void {
    if (p === 0) return;
    const place = this.poolOf(p) === null ? 'malloc' : 'pymalloc';
    const size = this.sizeOf(p);
    this.sizes.set(p, { size, place });
    if (this.resizing > 0) {
      this.resizing--;
      return;
    }
    if (domain !== OBJECTS) {
      const telling = { kind: 'taken', thing: blockThing(p), where: this.where(), size, to: place } as const;
      this.tell({ kind: 'alloc', address: p, size, telling });
    }
    this.entered(p);
  }

  /** How large the block at `p` is, in a pool or in glibc's heap. */
  sizeOf(p: number): number {
    const pool = this.poolOf(p);
    if (pool !== null) return pool.blockSize;
    const word = this.reader.ssize(p - CHUNK_SIZE);
    const size = word - (word % 8) - ((word & MMAPPED) !== 0 ? 2 : 1) * CHUNK_SIZE;
    return Math.max(0, size);
  }

  /** A block of a pool has been taken. */
  private entered(p: number): void {
    this.lookAtArenas();
    const pool = this.poolOf(p);
    if (pool === null) return;
    const after = pool.count === pool.capacity ? 'full' : 'used';
    this.tellPool(pool, pool.count === 1 ? 'empty' : 'used', after, pool.count);
  }
  /** The block that was being released is free. */
  private left(): void {
    const { pool } = this;
    this.pool = null;
    if (pool !== null) {
      const used = pool.count - 1;
      this.tellPool(pool, pool.count === pool.capacity ? 'full' : 'used', used === 0 ? 'empty' : 'used', used);
    }
    this.lookAtArenas();
  }
  private tellPool(pool: Pool, before: PoolState, after: PoolState, used: number): void {
    if (before === after) return;
    const { address, blockSize: size, capacity: room } = pool;
    const telling = { kind: 'pool', where: this.where(), address, size, before, after, used, room } as const;
    this.tell({ kind: 'pool', address, size, number: used, telling });
  }
  private lookAtArenas(): void {
    const before = this.count;
    const now = this.reader.i32(this.arenaCount);
    if (now === before) return;
    const known = this.arenas;
    this.arenas = arenas(this.reader);
    this.count = now;
    const [from, among] = now > before ? [this.arenas, known] : [known, this.arenas];
    const arena = from.find(({ address }) => among.every((other) => other.address !== address));
    if (arena === undefined) return;
    const { index, address, totalPools: pools } = arena;
    const telling = { kind: 'arena', where: this.where(), index, before, after: now, pools } as const;
    this.tell({ kind: 'arena', address, number: index, before, after: now, telling });
  }
  /** The pool that a block lies in now; null: it is none of pymalloc's. */
  private poolOf(p: number): Pool | null {
    const known = poolAt(this.reader, p, this.arenas);
    if (known !== null) return known;
    // an arena may be new, or have cut further pools since
    if (this.reader.i32(this.arenaCount) !== this.count) return poolAt(this.reader, p);
    const size = arenaSizeOf(this.reader);
    if (!this.arenas.some(({ address }) => p >= address && p < address + size)) return null;
    this.arenas = arenas(this.reader);
    return poolAt(this.reader, p, this.arenas);
  }
}

function blockThing(p: number): Thing {
  return { type: 'block', serial: null, name: `0x${p.toString(16)}` };
}
