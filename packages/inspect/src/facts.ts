// All that can be said of one address without walking the heap.
import { arenas, type Arena, poolAt } from './walk/pools.ts';
import { blockOf, isCollectable, isFinalized, isImmortal, isTracked, refcount, typeName } from './object.ts';
import type { Reader } from './reader.ts';
import { bodySize, type Buffer, buffersOf, sizeOf } from './size.ts';
import { describe } from './values/describe.ts';

export interface Block {
  readonly address: number;
  /** What the object needs of it. */
  readonly size: number;
  /** pymalloc's size class and the block's whole size; null where the block is no pool's. */
  readonly sizeClass: number | null;
  readonly blockSize: number | null;
}

export interface ObjectFacts {
  readonly address: number;
  readonly typeAddress: number;
  /** `type(x).__name__`. */
  readonly type: string;
  /** A short repr. */
  readonly text: string;
  readonly count: number;
  readonly immortal: boolean;
  /** sys.getsizeof(x). */
  readonly size: number;
  /** Whether the collector may track it, does, and has run its finalizer. */
  readonly collectable: boolean;
  readonly tracked: boolean;
  readonly finalized: boolean;
  /** The allocation that the object lies in. */
  readonly block: Block;
  /** Allocations beside it that it owns: a list's items, a dict's keys, … */
  readonly buffers: readonly Buffer[];
}

/** null where the bytes are no object. Who asks for many objects gives the arenas. */
export function objectAt(reader: Reader, address: number, all?: readonly Arena[]): ObjectFacts | null {
  const info = reader.typeOrNull(address);
  // What points to a type that is none is no object either.
  if (info === null || reader.typeOrNull(info.address)?.layout !== 'type') return null;
  try {
    const start = blockOf(reader, address, info);
    const pool = poolAt(reader, start, all ?? arenas(reader));
    const inPool = pool !== null && pool.blockSize > 0;
    return {
      address,
      typeAddress: info.address,
      type: typeName(info),
      text: describe(reader, address),
      count: refcount(reader, address),
      immortal: isImmortal(reader, address),
      size: sizeOf(reader, address, info),
      collectable: isCollectable(reader, address, info),
      tracked: isTracked(reader, address, info),
      finalized: isFinalized(reader, address, info),
      block: {
        address: start,
        size: address - start + bodySize(reader, address, info),
        sizeClass: inPool ? pool.sizeClass : null,
        blockSize: inPool ? pool.blockSize : null,
      },
      buffers: buffersOf(reader, address, info),
    };
  } catch {
    return null;
  }
}
