/** The allocator at a moment: its arenas, pools and blocks, where the bytes are, whose a block is, what pins an arena. */
import { HeapGraph } from '@moult/graph';
import { objectAt, type Reader } from '@moult/inspect';
import type { Piece, Ref, Say } from '../../protocol.ts';
import type { ModelContext, StageModel } from '../context.ts';
import { whyHere } from '../inspector/why.ts';
import { capital, count, nameOf, plural, refOfId } from '../refs.ts';
import { type Blocks, blockIndex, blocksOf, type Colouring, freeOrder } from './blocks.ts';
import { type ClassRow, type Ledger, type LedgerRow, ledgerOf } from './ledger.ts';

export interface AllocatorOwn {
  readonly colouring?: Colouring;
  /** The pool whose free list is drawn: its address. */
  readonly pool?: number;
}
/** Pools in flat arrays, arena after arena. */
export interface Pools {
  readonly address: Int32Array;
  readonly blockSize: Uint16Array;
  readonly capacity: Uint16Array;
  readonly used: Uint16Array;
}
export interface ArenaRow {
  readonly index: number;
  /** Of its pools, those that were ever handed out come first: so many. */
  readonly carved: number;
  readonly total: number;
  readonly inUse: number;
  /** The first of its pools in the arrays. */
  readonly first: number;
}
export interface Pin {
  readonly text: readonly Piece[];
  readonly bytes: number;
}
export interface AllocatorData {
  readonly say: Say;
  readonly colouring: Colouring;
  readonly arenas: readonly ArenaRow[];
  readonly poolSize: number;
  readonly pools: Pools;
  readonly blocks: Blocks;
  readonly ledger: readonly LedgerRow[];
  readonly total: number;
  readonly classes: readonly ClassRow[];
  /** The block of the selected object: its index, its pool's. */
  readonly chosen: {
    readonly block: number;
    readonly pool: number;
    readonly facts: readonly (readonly [string, string])[];
    readonly names: readonly Piece[];
  } | null;
  readonly open: { readonly pool: number; readonly free: Uint32Array } | null;
  readonly pins: { readonly arena: number; readonly text: string; readonly list: readonly Pin[] } | null;
  readonly selected: Ref | null;
  readonly own: AllocatorOwn;
}

/** An arena with so few blocks is told block by block. */
const FEW = 12;

export const allocatorModel: StageModel<AllocatorData> = (context) => {
  const own = (context.options.own.allocator ?? {}) as AllocatorOwn;
  const reader = context.reader();
  const ledger = context.memo('moment', 'ledger', () => ledgerOf(reader));
  const colouring = own.colouring ?? 'type';
  const blocks = context.memo('moment', `blocks ${colouring}`, () => blocksOf(context, ledger, colouring));
  const arenas = arenaRows(ledger);
  const chosen = chosenBlock(context, reader, ledger, blocks);
  const pool = chosen?.pool ?? ledger.pools.findIndex((p) => p.address === own.pool);
  return {
    say: sayOf(context, reader, ledger, chosen),
    colouring,
    arenas,
    poolSize: ledger.poolSize,
    pools: {
      address: Int32Array.from(ledger.pools, (p) => p.address),
      blockSize: Uint16Array.from(ledger.pools, (p) => p.blockSize),
      capacity: Uint16Array.from(ledger.pools, (p) => p.capacity),
      used: Uint16Array.from(ledger.pools, (p) => p.count),
    },
    blocks,
    ledger: ledger.rows,
    total: ledger.total,
    classes: ledger.classes,
    chosen,
    open: pool < 0 ? null : { pool, free: freeOrder(reader, ledger, pool) },
    pins: pinsOf(context, reader, ledger, arenas, blocks, pool),
    selected: context.options.selected,
    own,
  };
};

function arenaRows(ledger: Ledger): ArenaRow[] {
  let first = 0;
  return ledger.arenas.map((arena) => {
    const pools = ledger.pools.filter((p) => p.arena === arena);
    const row = {
      index: arena.index,
      carved: pools.length,
      total: arena.totalPools,
      inUse: pools.filter((p) => p.state !== 'empty').length,
      first,
    };
    first += pools.length;
    return row;
  });
}

function chosenBlock(context: ModelContext, reader: Reader, ledger: Ledger, blocks: Blocks): AllocatorData['chosen'] {
  const { selected } = context.options;
  const address = selected === null ? 0 : context.addressOf(selected);
  const facts = address === 0 ? null : objectAt(reader, address, ledger.arenas);
  if (facts === null) return null;
  const block = blockIndex(ledger, blocks.starts)(facts.block.address);
  if (block < 0) return null;
  const pool = ledger.pools.findIndex(
    (p) => p.address === facts.block.address - (facts.block.address % ledger.poolSize),
  );
  const heap = context.memo('moment', 'heap', () => new HeapGraph(reader));
  const { why } = whyHere(context, heap, address);
  const head = address - facts.block.address;
  const buffers = facts.buffers.filter((b) => b.size > 0);
  return {
    block,
    pool,
    facts: [
      ['Address', `0x${facts.block.address.toString(16)}`],
      ['Asked, given', `${count(facts.block.size)} of ${count(facts.block.blockSize ?? 0)} bytes`],
      ['Holds', `${head > 0 ? `head ${count(head)}, ` : ''}${facts.type} ${count(facts.block.size - head)}`],
      ...buffers.map((b): readonly [string, string] => [`Its ${b.label}`, `${count(b.size)} bytes, elsewhere`]),
    ],
    names: why,
  };
}

function sayOf(context: ModelContext, reader: Reader, ledger: Ledger, chosen: AllocatorData['chosen']): Say {
  const inUse = ledger.pools.filter((p) => p.state !== 'empty').length;
  const used = ledger.pools.reduce((n, p) => n + p.count, 0);
  const { selected } = context.options;
  const pool = chosen === null ? undefined : ledger.pools[chosen.pool];
  if (chosen !== null && pool !== undefined && selected !== null) {
    const thing = nameOf(context, reader, context.addressOf(selected));
    const at = Number.parseInt(chosen.facts[0]?.[1] ?? '0', 16);
    const index = Math.floor((at - pool.address) / pool.blockSize) + 1;
    return {
      head: [capital(thing), ` sits in block ${index} of a pool for ${pool.blockSize}-byte blocks.`],
      why: [
        `${count(pool.count)} of its ${count(pool.capacity)} blocks are in use. A freed block goes to the front of the pool's free list, to be taken again first.`,
      ],
    };
  }
  const [allocated] = ledger.rows;
  return {
    head: [
      `${count(used)} blocks hold ${count(allocated?.bytes ?? 0)} of the ${count(ledger.total)} bytes that pymalloc took.`,
    ],
    why: [
      `${count(inUse)} of ${plural(
        ledger.arenas.reduce((n, a) => n + a.totalPools, 0),
        'pool',
      )} hold live blocks. An arena goes back only when all its pools are empty.`,
    ],
  };
}

/** Why an arena is not given back: the one of the open pool, else the emptiest. */
function pinsOf(
  context: ModelContext,
  reader: Reader,
  ledger: Ledger,
  arenas: readonly ArenaRow[],
  blocks: Blocks,
  pool: number,
): AllocatorData['pins'] {
  const emptiest = [...arenas].filter((a) => a.inUse > 0).sort((a, b) => a.inUse - b.inUse)[0];
  const arena = pool < 0 ? emptiest : arenas.find((a) => pool >= a.first && pool < a.first + a.carved);
  if (arena === undefined) return null;
  const own = ledger.pools.slice(arena.first, arena.first + arena.carved);
  const used = own.reduce((n, p) => n + p.count, 0);
  const text = `${count(arena.inUse)} of its ${count(arena.total)} pools hold ${plural(used, 'live block')}. An arena goes back only when all ${count(arena.total)} are empty.`;
  if (used > FEW) return { arena: arena.index, text, list: [] };
  const list: Pin[] = [];
  for (let k = arena.first; k < arena.first + arena.carved; k++) {
    for (let b = blocks.starts[k] as number; b < (blocks.starts[k + 1] as number); b++) {
      const id = blocks.ids[b] as number;
      if (id === 0) continue;
      const address = context.addressOf(refOfId(id));
      if (address !== 0)
        list.push({ text: [nameOf(context, reader, address)], bytes: ledger.pools[k]?.blockSize ?? 0 });
    }
  }
  return { arena: arena.index, text, list };
}
