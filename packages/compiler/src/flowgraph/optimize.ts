// The order of the flow graph's passes (CPython's _PyCfg_OptimizeCodeUnit).
import type { Constant } from '../constants.ts';
import { hasConst } from '../opcodes.ts';
import { type Block, type Cfg, labelExceptionTargets, removeUnreachable } from './cfg.ts';
import { inlineSmallOrNoLinenoBlocks, removeRedundantNopsAndJumps, removeRedundantNopsAndPairs } from './cleanup.ts';
import { pushColdBlocksToEnd } from './cold.ts';
import { resolveLineNumbers } from './lines.ts';
import { addChecksForUninitializedLocals, insertSuperinstructions } from './locals.ts';
import { type ConstPool, optimizeBasicBlock } from './peephole.ts';

/** Only the first constant (it may be the docstring) stays without being used. */
function removeUnusedConsts(entry: Block, consts: Constant[]): void {
  if (consts.length === 0) return;
  const used = new Uint8Array(consts.length);
  used[0] = 1;
  for (let b: Block | null = entry; b !== null; b = b.next) {
    for (const instr of b.instrs) if (hasConst[instr.opcode] === 1) used[instr.oparg] = 1;
  }
  const moved = new Int32Array(consts.length);
  let count = 0;
  for (let i = 0; i < consts.length; i++) {
    if (used[i] === 0) continue;
    moved[i] = count;
    consts[count++] = consts[i]!;
  }
  if (count === consts.length) return;
  consts.length = count;
  for (let b: Block | null = entry; b !== null; b = b.next) {
    for (const instr of b.instrs) if (hasConst[instr.opcode] === 1) instr.oparg = moved[instr.oparg]!;
  }
}

export function optimizeCfg(cfg: Cfg, pool: ConstPool, nlocals: number, nparams: number): void {
  const { entry } = cfg;
  labelExceptionTargets(entry);
  inlineSmallOrNoLinenoBlocks(entry);
  removeUnreachable(entry);
  resolveLineNumbers(entry);
  for (let b: Block | null = entry; b !== null; b = b.next) optimizeBasicBlock(pool, b);
  removeRedundantNopsAndPairs(entry);
  removeUnreachable(entry);
  removeRedundantNopsAndJumps(entry);
  removeUnusedConsts(entry, pool.list);
  addChecksForUninitializedLocals(entry, nlocals, nparams);
  insertSuperinstructions(entry);
  pushColdBlocksToEnd(entry);
  resolveLineNumbers(entry);
}
