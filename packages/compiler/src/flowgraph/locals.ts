// Which loads of locals may find nothing, and instructions that handle two locals (CPython's Python/flowgraph.c).
import { Op } from '../opcodes.ts';
import { type Block, hasFallthrough, type Instr, isJump, lastInstr, resetVisited, setOp0 } from './cfg.ts';
import { removeRedundantNops } from './cleanup.ts';

function maybePush(b: Block, low: number, high: number, stack: Block[]): void {
  const bothLow = b.unsafeLow | low;
  const bothHigh = b.unsafeHigh | high;
  if (bothLow === b.unsafeLow && bothHigh === b.unsafeHigh) return;
  b.unsafeLow = bothLow;
  b.unsafeHigh = bothHigh;
  if (!b.visited) {
    stack.push(b);
    b.visited = true;
  }
}

function scanBlockForLocals(b: Block, stack: Block[]): void {
  let low = b.unsafeLow;
  let high = b.unsafeHigh;
  for (const instr of b.instrs) {
    if (instr.except !== null) maybePush(instr.except, low, high, stack);
    const { oparg } = instr;
    if (oparg >= 64) continue;
    const bit = 1 << (oparg & 31);
    const inLow = oparg < 32;
    switch (instr.opcode) {
      case Op.DELETE_FAST:
      case Op.LOAD_FAST_AND_CLEAR:
      case Op.STORE_FAST_MAYBE_NULL:
        if (inLow) low |= bit;
        else high |= bit;
        break;
      case Op.LOAD_FAST:
        if ((inLow ? low : high) & bit) instr.opcode = Op.LOAD_FAST_CHECK;
        if (inLow) low &= ~bit;
        else high &= ~bit;
        break;
      case Op.STORE_FAST:
      case Op.LOAD_FAST_CHECK:
        if (inLow) low &= ~bit;
        else high &= ~bit;
        break;
      default:
        break;
    }
  }
  if (b.next !== null && hasFallthrough(b)) maybePush(b.next, low, high, stack);
  const last = lastInstr(b);
  if (last !== null && isJump(last)) maybePush(last.target!, low, high, stack);
}

/** Locals from the 65th on: a load is safe only after a store or load in the same block. */
function fastScanManyLocals(entry: Block, nlocals: number): void {
  const states = new Int32Array(nlocals - 64);
  let blocknum = 0;
  for (let b: Block | null = entry; b !== null; b = b.next) {
    blocknum++;
    for (const instr of b.instrs) {
      const at = instr.oparg - 64;
      if (at < 0) continue;
      switch (instr.opcode) {
        case Op.DELETE_FAST:
        case Op.LOAD_FAST_AND_CLEAR:
        case Op.STORE_FAST_MAYBE_NULL:
          states[at] = blocknum - 1;
          break;
        case Op.STORE_FAST:
          states[at] = blocknum;
          break;
        case Op.LOAD_FAST:
          if (states[at] !== blocknum) instr.opcode = Op.LOAD_FAST_CHECK;
          states[at] = blocknum;
          break;
        default:
          break;
      }
    }
  }
}

export function addChecksForUninitializedLocals(entry: Block, allLocals: number, nparams: number): void {
  if (allLocals === 0) return;
  let nlocals = allLocals;
  if (nlocals > 64) {
    fastScanManyLocals(entry, nlocals);
    nlocals = 64;
  }
  resetVisited(entry);
  const stack: Block[] = [];
  let low = 0;
  let high = 0;
  for (let i = nparams; i < nlocals; i++) {
    if (i < 32) low |= 1 << i;
    else high |= 1 << (i - 32);
  }
  maybePush(entry, low, high, stack);
  for (let b: Block | null = entry; b !== null; b = b.next) scanBlockForLocals(b, stack);
  while (stack.length > 0) {
    const b = stack.pop()!;
    b.visited = false;
    scanBlockForLocals(b, stack);
  }
}

function makeSuperInstruction(first: Instr, second: Instr, opcode: number): void {
  const line1 = first.loc.lineno;
  const line2 = second.loc.lineno;
  if (line1 >= 0 && line2 >= 0 && line1 !== line2) return;
  if (first.oparg >= 16 || second.oparg >= 16) return;
  first.opcode = opcode;
  first.oparg = (first.oparg << 4) | second.oparg;
  setOp0(second, Op.NOP);
}

export function insertSuperinstructions(entry: Block): void {
  for (let b: Block | null = entry; b !== null; b = b.next) {
    for (let i = 0; i + 1 < b.instrs.length; i++) {
      const instr = b.instrs[i]!;
      const next = b.instrs[i + 1]!;
      if (instr.opcode === Op.LOAD_FAST) {
        if (next.opcode === Op.LOAD_FAST) makeSuperInstruction(instr, next, Op.LOAD_FAST_LOAD_FAST);
      } else if (instr.opcode === Op.STORE_FAST) {
        if (next.opcode === Op.LOAD_FAST) makeSuperInstruction(instr, next, Op.STORE_FAST_LOAD_FAST);
        else if (next.opcode === Op.STORE_FAST) makeSuperInstruction(instr, next, Op.STORE_FAST_STORE_FAST);
      }
    }
  }
  removeRedundantNops(entry);
}
