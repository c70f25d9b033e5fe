// Removing what says nothing: NOPs, jumps to the next block, small jump targets (CPython's Python/flowgraph.c).
import { isUnconditionalJump, Op } from '../opcodes.ts';
import {
  type Block,
  copyInstr,
  exitsScope,
  hasFallthrough,
  type Instr,
  isJump,
  lastInstr,
  nextNonempty,
  setOp0,
} from './cfg.ts';

/** A block of so few instructions that leaves the function is copied instead of jumped to. */
const MAX_COPY_SIZE = 4;

export function hasNoLineno(b: Block): boolean {
  return b.instrs.every((instr) => instr.loc.lineno < 0);
}

function removeRedundantNopsInBlock(b: Block): number {
  const { instrs } = b;
  let dest = 0;
  let prevLineno = -1;
  for (let src = 0; src < instrs.length; src++) {
    const instr = instrs[src]!;
    const { lineno } = instr.loc;
    if (instr.opcode === Op.NOP) {
      if (lineno < 0 || prevLineno === lineno) continue;
      if (src < instrs.length - 1) {
        const following = instrs[src + 1]!;
        const nextLineno = following.loc.lineno;
        if (nextLineno === lineno) continue;
        if (nextLineno < 0) {
          following.loc = instr.loc;
          continue;
        }
      } else {
        const next = nextNonempty(b.next);
        if (next !== null) {
          const first = next.instrs.find((other) => other.opcode !== Op.NOP || other.loc.lineno >= 0);
          if (first !== undefined && first.loc.lineno === lineno) continue;
        }
      }
    }
    if (dest !== src) instrs[dest] = instr;
    dest++;
    prevLineno = lineno;
  }
  const removed = instrs.length - dest;
  instrs.length = dest;
  return removed;
}

export function removeRedundantNops(entry: Block): number {
  let changes = 0;
  for (let b: Block | null = entry; b !== null; b = b.next) changes += removeRedundantNopsInBlock(b);
  return changes;
}

function removeRedundantJumps(entry: Block): number {
  let changes = 0;
  for (let b: Block | null = entry; b !== null; b = b.next) {
    const last = lastInstr(b);
    if (last === null || !isUnconditionalJump(last.opcode)) continue;
    if (nextNonempty(last.target) === nextNonempty(b.next)) {
      changes++;
      last.target = null;
      setOp0(last, Op.NOP);
    }
  }
  return changes;
}

export function removeRedundantNopsAndJumps(entry: Block): void {
  let removed: number;
  do {
    removed = removeRedundantNops(entry);
    removed += removeRedundantJumps(entry);
  } while (removed > 0);
}

/** LOAD_CONST or COPY 1 whose value is popped at once. */
export function removeRedundantNopsAndPairs(entry: Block): void {
  let done = false;
  while (!done) {
    done = true;
    let instr: Instr | null = null;
    for (let b: Block | null = entry; b !== null; b = b.next) {
      removeRedundantNopsInBlock(b);
      if (b.label) instr = null;
      for (const current of b.instrs) {
        const prev: Instr | null = instr;
        instr = current;
        if (prev === null || current.opcode !== Op.POP_TOP) continue;
        if (prev.opcode === Op.LOAD_CONST || (prev.opcode === Op.COPY && prev.oparg === 1)) {
          setOp0(prev, Op.NOP);
          setOp0(current, Op.NOP);
          done = false;
        }
      }
      if ((instr !== null && isJump(instr)) || !hasFallthrough(b)) instr = null;
    }
  }
}

function inlineTarget(b: Block): boolean {
  const last = lastInstr(b);
  if (last === null || !isUnconditionalJump(last.opcode)) return false;
  const target = last.target!;
  const smallExit = exitsScope(target) && target.instrs.length <= MAX_COPY_SIZE;
  const noLinenoNoFallthrough = hasNoLineno(target) && !hasFallthrough(target);
  if (!smallExit && !noLinenoNoFallthrough) return false;
  const jump = last.opcode;
  last.target = null;
  setOp0(last, Op.NOP);
  const copies = target.instrs.map(copyInstr);
  for (const copy of copies) b.instrs.push(copy);
  if (noLinenoNoFallthrough) {
    const end = lastInstr(b)!;
    // Of two jumps in a row the one that polls for interrupts wins.
    if (isUnconditionalJump(end.opcode) && jump === Op.JUMP) end.opcode = Op.JUMP;
  }
  target.predecessors--;
  return true;
}

export function inlineSmallOrNoLinenoBlocks(entry: Block): void {
  let changes: boolean;
  do {
    changes = false;
    for (let b: Block | null = entry; b !== null; b = b.next) if (inlineTarget(b)) changes = true;
  } while (changes);
}
