// Every pymalloc block in use and what it is: an object, or a buffer of one, or not explained by anything that can be reached.
import { _PyCoMonitoringData, PyCodeObject, PyInterpreterState } from '@moult/abi';
import { blockOf } from './object.ts';
import { countAll } from './reach.ts';
import { Reader } from './reader.ts';
import { buffersOf } from './size.ts';
import type { Target } from './target.ts';
import { generationHeads } from './walk/generations.ts';
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
  readonly known: ReadonlySet<number>;
  readonly unexplained: Unexplained[];
}

export interface CensusOptions {
  /** Only what roots and frozen objects (gc.freeze) hold counts as explained, not what other collectable objects do. */
  readonly frozenOnly?: boolean;
}

export function census(target: Target, options: CensusOptions = {}): Census {
  const reader = new Reader(target);
  const heads = generationHeads(reader);
  const { counter } = countAll(reader, options.frozenOnly ? heads.slice(-1) : heads);
  const known = new Set<number>();
  for (let i = 0; i < counter.objects.size; i++) {
    const object = counter.objects.at(i);
    const info = reader.typeOrNull(object);
    if (info === null) continue;
    known.add(blockOf(reader, object, info));
    for (const buffer of buffersOf(reader, object, info)) known.add(buffer.address);
    if (info.layout === 'code') addMonitoring(reader, reader.ptr(object + PyCodeObject._co_monitoring), known);
  }
  for (let i = 0; i < counter.keys.size; i++) known.add(counter.keys.at(i));
  addFreeLists(reader, known);
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

/** What monitoring keeps with a code object: a struct and up to five tables. */
function addMonitoring(reader: Reader, data: number, known: Set<number>): void {
  if (data === 0) return;
  const D = _PyCoMonitoringData;
  known.add(data);
  for (const field of [D.tools, D.lines, D.line_tools, D.per_instruction_opcodes, D.per_instruction_tools]) {
    known.add(reader.ptr(data + field));
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
function addFreeLists(reader: Reader, known: Set<number>): void {
  const interp = reader.target.interp;
  const S = PyInterpreterState;
  const chain = (first: number, offset: number, head: number) => {
    for (let object = first, n = 0; object !== 0 && n < 100_000; n++) {
      known.add(object - head);
      object = reader.ptr(object + offset);
    }
  };
  const row = (start: number, count: number, head: number) => {
    for (let i = 0; i < count; i++) known.add(reader.ptr(start + i * 8) - head);
  };
  chain(reader.ptr(interp + S.object_state_freelists_floats_items), 8, 0);
  for (let i = 0; i < S.object_state_freelists_tuples_items_COUNT; i++) {
    chain(reader.ptr(interp + S.object_state_freelists_tuples_items + i * 8), 24, 16);
  }
  row(interp + S.object_state_freelists_lists_items, reader.i32(interp + S.object_state_freelists_lists_numfree), 16);
  row(interp + S.object_state_freelists_dicts_items, reader.i32(interp + S.object_state_freelists_dicts_numfree), 16);
  row(
    interp + S.object_state_freelists_dictkeys_items,
    reader.i32(interp + S.object_state_freelists_dictkeys_numfree),
    0,
  );
  row(interp + S.object_state_freelists_slices_slice_cache, 1, 16);
  chain(reader.ptr(interp + S.object_state_freelists_contexts_items), 16, 16);
  row(
    interp + S.object_state_freelists_async_gens_items,
    reader.i32(interp + S.object_state_freelists_async_gens_numfree),
    16,
  );
  const asends = interp + S.object_state_freelists_async_gen_asends_items;
  row(asends, reader.i32(interp + S.object_state_freelists_async_gen_asends_numfree), 16);
  chain(reader.ptr(interp + S.exc_state_memerrors_freelist), 16, 16);
}
