/** Every block as two numbers: what colours it, and whose it is. Flat, so that a million can be drawn. */
import { POOL_OVERHEAD } from '@moult/abi';
import { type BlockUse, blocksInUse, freeBlocks, type Reader, typeName } from '@moult/inspect';
import type { ModelContext } from '../context.ts';
import { idOfRef } from '../refs.ts';
import type { Ledger } from './ledger.ts';

export type Colouring = 'class' | 'type' | 'owner';
export interface LegendRow {
  /** The code in `codes`. */
  readonly code: number;
  readonly name: string;
  readonly blocks: number;
}
export interface Blocks {
  /** By pool: where its blocks begin in the arrays below. */
  readonly starts: Uint32Array;
  readonly codes: Uint8Array;
  /** Whose it is: a serial number, an address below zero, 0 for no object. */
  readonly ids: Int32Array;
  readonly legend: readonly LegendRow[];
}

export const FREE = 0;
export const KEPT = 1;
const FIRST = 2;
const TYPES = ['str', 'tuple', 'bytes', 'dict', 'list'] as const;
const CLASSES: readonly (readonly [most: number, name: string])[] = [
  [32, '16 to 32 bytes'],
  [64, '48 and 64'],
  [128, '80 to 128'],
  [256, '144 to 256'],
  [512, '272 to 512'],
];
const OWNERS = [
  'the program’s objects',
  'their buffers',
  'start-up’s objects',
  'its buffers',
  'the interpreter',
] as const;

export function blocksOf(context: ModelContext, ledger: Ledger, colouring: Colouring): Blocks {
  const reader = context.reader();
  const { pools } = ledger;
  const starts = new Uint32Array(pools.length + 1);
  for (const [k, pool] of pools.entries()) starts[k + 1] = (starts[k] as number) + pool.capacity;
  const total = starts[pools.length] as number;
  const codes = new Uint8Array(total);
  const ids = new Int32Array(total);
  const indexOf = blockIndex(ledger, starts);
  const uses = context.memo('moment', 'blocks', () => blocksInUse(reader.target));
  const names = new Map<number, string>();
  for (const use of uses) {
    const at = indexOf(use.address);
    if (at < 0) continue;
    const id = use.owner === 0 ? 0 : idOfRef(context.refOf(use.owner));
    ids[at] = id;
    const [code, name] = codeOf(reader, use, id, colouring);
    codes[at] = code;
    names.set(code, name);
  }
  const counts = new Map<number, number>();
  for (const code of codes) counts.set(code, (counts.get(code) ?? 0) + 1);
  names.set(FREE, 'free');
  names.set(KEPT, 'kept by a type’s free list');
  const order = (code: number): number => (code < FIRST ? 100 - code : code);
  const legend = [...counts]
    .filter(([code]) => names.has(code))
    .map(([code, blocks]) => ({ code, name: names.get(code) as string, blocks }))
    .sort((a, b) => order(a.code) - order(b.code));
  return { starts, codes, ids, legend };
}

function codeOf(reader: Reader, use: BlockUse, id: number, colouring: Colouring): readonly [number, string] {
  if (use.kind === 'free list') return [KEPT, ''];
  switch (colouring) {
    case 'class': {
      const k = CLASSES.findIndex(([most]) => use.size <= most);
      return [FIRST + k, CLASSES[k]?.[1] ?? ''];
    }
    case 'owner': {
      const mine = id > 0;
      const k = use.owner === 0 ? 4 : (mine ? 0 : 2) + (use.kind === 'object' ? 0 : 1);
      return [FIRST + k, OWNERS[k] ?? ''];
    }
    case 'type': {
      const info = use.owner === 0 ? null : reader.typeOrNull(use.owner);
      const k = TYPES.indexOf((info === null ? '' : typeName(info)) as (typeof TYPES)[number]);
      return k < 0 ? [FIRST + TYPES.length, 'other'] : [FIRST + k, TYPES[k] as string];
    }
  }
}

/** The index of a block among all; -1 for what is none. */
export function blockIndex(ledger: Ledger, starts: Uint32Array): (address: number) => number {
  const { pools, poolSize } = ledger;
  const byAddress = new Map(pools.map((pool, k) => [pool.address, k]));
  return (address) => {
    const base = address - (address % poolSize);
    const k = byAddress.get(base);
    const pool = k === undefined ? undefined : pools[k];
    if (pool === undefined || k === undefined || pool.blockSize === 0) return -1;
    const index = Math.floor((address - base - POOL_OVERHEAD) / pool.blockSize);
    return index < 0 || index >= pool.capacity ? -1 : (starts[k] as number) + index;
  };
}

/** A pool's free list as indexes of its blocks, in its order. */
export function freeOrder(reader: Reader, ledger: Ledger, pool: number): Uint32Array {
  const found = ledger.pools[pool];
  if (found === undefined || found.state === 'empty') return new Uint32Array(0);
  return Uint32Array.from(freeBlocks(reader, found), (b) =>
    Math.floor((b - found.address - POOL_OVERHEAD) / found.blockSize),
  );
}
