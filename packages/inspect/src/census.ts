// Every pymalloc block in use and what it is: an object, or a buffer of one, or not explained by anything that can be reached.
import { _PyCoMonitoringData, PyCodeObject, PyInterpreterState } from '@moult/abi';
import { AddressTable } from './addressTable.ts';
import { blockOf } from './object.ts';
import { countAll } from './reach.ts';
import { Reader } from './reader.ts';
import { buffersOf } from './size.ts';
import type { Target } from './target.ts';
import { generationHeads } from './walk/generations.ts';
import { internedStrings } from './walk/strings.ts';
import { arenas, poolsOf, usedBlocks } from './walk/pools.ts';

export interface Unexplained {
  readonly address: number;
  readonly size: number;
  /** The type of the object that seems to lie there, if one does. */
  readonly looksLike: string | null;
}

export interface Census {
  readonly blocks: number;
  readonly explained: number;
  /** The addresses that explain: of objects' blocks, of their buffers and keys tables, and of what free lists keep. */
  readonly known: { has(address: number): boolean };
  readonly unexplained: Unexplained[];
}

export interface CensusOptions {
  /** Only what roots and frozen objects (gc.freeze) hold counts as explained, not what other collectable objects do. */
  readonly frozenOnly?: boolean;
}

export function census(target: Target, options: CensusOptions = {}): Census {
  const reader = new Reader(target);
  const known = knownBlocks(reader, options);
  let blocks = 0;
  const unexplained: Unexplained[] = [];
  for (const arena of arenas(reader)) {
    for (const pool of poolsOf(reader, arena)) {
      for (const block of usedBlocks(reader, pool)) {
        blocks++;
        if (!known.has(block))
          unexplained.push({ address: block, size: pool.blockSize, looksLike: guess(reader, block) });
      }
    }
  }
  return { blocks, explained: blocks - unexplained.length, known, unexplained };
}

/** What a block in use is: an object, a buffer of one, kept by a free list, or not explained. */
export interface BlockUse {
  readonly address: number;
  /** The block's whole size. */
  readonly size: number;
  readonly kind: 'object' | 'buffer' | 'free list' | 'interpreter' | 'unexplained';
  /** The object that lies there, or whose buffer it is; 0 for the other kinds. */
  readonly owner: number;
  /** Of a buffer what it holds (`items`, `keys`, `utf-8 copy`); of the rest who keeps it, or what it looks like. */
  readonly what: string;
}

/** Every pymalloc block in use, by address: whose it is. */
export function blocksInUse(target: Target): BlockUse[] {
  const reader = new Reader(target);
  const known = knownBlocks(reader, {});
  const out: BlockUse[] = [];
  for (const arena of arenas(reader)) {
    for (const pool of poolsOf(reader, arena)) {
      for (const address of usedBlocks(reader, pool)) {
        const { kind, owner, what } = known.useOf(address) ?? {
          kind: 'unexplained' as const,
          owner: 0,
          what: guess(reader, address) ?? '',
        };
        out.push({ address, size: pool.blockSize, kind, owner, what });
      }
    }
  }
  return out;
}

/** Addresses of blocks with whose they are, in flat arrays. */
class KnownBlocks {
  private readonly table = new AddressTable();
  private readonly owners: number[] = [];
  private readonly whats: number[] = [];
  private readonly texts: string[] = [OBJECT];
  private readonly numbers = new Map<string, number>([[OBJECT, 0]]);

  /** The first that claims a block has it. */
  add(address: number, owner: number, what: string): void {
    const before = this.table.size;
    if (this.table.add(address) !== before) return;
    let number = this.numbers.get(what);
    if (number === undefined) {
      number = this.texts.push(what) - 1;
      this.numbers.set(what, number);
    }
    this.owners.push(owner);
    this.whats.push(number);
  }
  has(address: number): boolean {
    return this.table.indexOf(address) >= 0;
  }
  useOf(address: number): Pick<BlockUse, 'kind' | 'owner' | 'what'> | null {
    const index = this.table.indexOf(address);
    if (index < 0) return null;
    const owner = this.owners[index]!;
    const what = this.texts[this.whats[index]!]!;
    if (what === OBJECT) return { kind: 'object', owner, what: '' };
    if (owner !== 0) return { kind: 'buffer', owner, what };
    return { kind: what.startsWith(FREE) ? 'free list' : 'interpreter', owner, what };
  }
}

const OBJECT = 'object';
const FREE = 'free ';

function knownBlocks(reader: Reader, options: CensusOptions): KnownBlocks {
  const heads = generationHeads(reader);
  const { counter } = countAll(reader, options.frozenOnly ? heads.slice(-1) : heads);
  const known = new KnownBlocks();
  for (let i = 0; i < counter.objects.size; i++) {
    const object = counter.objects.at(i);
    const info = reader.typeOrNull(object);
    if (info === null) continue;
    known.add(blockOf(reader, object, info), object, OBJECT);
    for (const buffer of buffersOf(reader, object, info)) known.add(buffer.address, object, buffer.label);
    if (info.layout === 'code') addMonitoring(reader, object, known);
  }
  for (let i = 0; i < counter.keys.size; i++) known.add(counter.keys.at(i), 0, 'shared keys');
  // An immortal name may be held by nothing but the dict of interned strings, which does not count.
  for (const { address } of internedStrings(reader)) known.add(address, address, OBJECT);
  addFreeLists(reader, known);
  return known;
}

/** What monitoring keeps with a code object: a struct and up to five tables. */
function addMonitoring(reader: Reader, code: number, known: KnownBlocks): void {
  const data = reader.ptr(code + PyCodeObject._co_monitoring);
  if (data === 0) return;
  const D = _PyCoMonitoringData;
  known.add(data, code, 'monitoring');
  for (const field of [D.tools, D.lines, D.line_tools, D.per_instruction_opcodes, D.per_instruction_tools]) {
    known.add(reader.ptr(data + field), code, 'monitoring');
  }
}

function guess(reader: Reader, block: number): string | null {
  for (const offset of [0, 16, 32]) {
    const info = reader.typeOrNull(block + offset);
    if (info !== null && reader.typeOrNull(info.address)?.layout === 'type') return info.name;
  }
  return null;
}

/** Blocks that the free lists of 3.13 keep: they are in use for pymalloc. */
function addFreeLists(reader: Reader, known: KnownBlocks): void {
  const interp = reader.target.interp;
  const S = PyInterpreterState;
  const chain = (first: number, offset: number, head: number, what: string) => {
    for (let object = first, n = 0; object !== 0 && n < 100_000; n++) {
      known.add(object - head, 0, FREE + what);
      object = reader.ptr(object + offset);
    }
  };
  const row = (start: number, count: number, head: number, what: string) => {
    for (let i = 0; i < count; i++) known.add(reader.ptr(start + i * 8) - head, 0, FREE + what);
  };
  chain(reader.ptr(interp + S.object_state_freelists_floats_items), 8, 0, 'float');
  for (let i = 0; i < S.object_state_freelists_tuples_items_COUNT; i++) {
    chain(reader.ptr(interp + S.object_state_freelists_tuples_items + i * 8), 24, 16, 'tuple');
  }
  row(
    interp + S.object_state_freelists_lists_items,
    reader.i32(interp + S.object_state_freelists_lists_numfree),
    16,
    'list',
  );
  row(
    interp + S.object_state_freelists_dicts_items,
    reader.i32(interp + S.object_state_freelists_dicts_numfree),
    16,
    'dict',
  );
  row(
    interp + S.object_state_freelists_dictkeys_items,
    reader.i32(interp + S.object_state_freelists_dictkeys_numfree),
    0,
    'dict keys',
  );
  row(interp + S.object_state_freelists_slices_slice_cache, 1, 16, 'slice');
  chain(reader.ptr(interp + S.object_state_freelists_contexts_items), 16, 16, 'context');
  row(
    interp + S.object_state_freelists_async_gens_items,
    reader.i32(interp + S.object_state_freelists_async_gens_numfree),
    16,
    'async generator wrapper',
  );
  const asends = interp + S.object_state_freelists_async_gen_asends_items;
  row(asends, reader.i32(interp + S.object_state_freelists_async_gen_asends_numfree), 16, 'async_generator_asend');
  chain(reader.ptr(interp + S.exc_state_memerrors_freelist), 16, 16, 'MemoryError');
}
