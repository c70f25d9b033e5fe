// Runs of SWAP: the shortest equal run, or none where the stores can change places (CPython's Python/flowgraph.c).
import { Op } from '../opcodes.ts';
import { type Block, type Instr, setOp0 } from './cfg.ts';

const VISITED = -1;

/** Rewrites the run that starts at `at`; gives the index of its last instruction. */
function swaptimize(b: Block, at: number): number {
  const { instrs } = b;
  let depth = instrs[at]!.oparg;
  let len = 1;
  let more = false;
  for (; at + len < instrs.length; len++) {
    const instr = instrs[at + len]!;
    if (instr.opcode === Op.SWAP) {
      depth = Math.max(depth, instr.oparg);
      more = true;
    } else if (instr.opcode !== Op.NOP) {
      break;
    }
  }
  if (!more) return at;
  const stack = Array.from({ length: depth }, (_, i) => i);
  for (let i = at; i < at + len; i++) {
    if (instrs[i]!.opcode !== Op.SWAP) continue;
    const { oparg } = instrs[i]!;
    const top = stack[0]!;
    stack[0] = stack[oparg - 1]!;
    stack[oparg - 1] = top;
  }
  // Each cycle of the permutation is undone by swaps through the top, written from the end of the run.
  let current = at + len - 1;
  for (let i = 0; i < depth; i++) {
    if (stack[i] === VISITED || stack[i] === i) continue;
    let j = i;
    for (;;) {
      if (j !== 0) {
        instrs[current]!.opcode = Op.SWAP;
        instrs[current]!.oparg = j + 1;
        current--;
      }
      if (stack[j] === VISITED) break;
      const next = stack[j]!;
      stack[j] = VISITED;
      j = next;
    }
  }
  while (current >= at) setOp0(instrs[current--]!, Op.NOP);
  return at + len - 1;
}

function swappable(instr: Instr): boolean {
  const { opcode } = instr;
  return opcode === Op.STORE_FAST || opcode === Op.STORE_FAST_MAYBE_NULL || opcode === Op.POP_TOP;
}

function storesTo(instr: Instr): number {
  return instr.opcode === Op.STORE_FAST || instr.opcode === Op.STORE_FAST_MAYBE_NULL ? instr.oparg : -1;
}

function nextSwappable(b: Block, after: number, lineno: number): number {
  for (let i = after + 1; i < b.instrs.length; i++) {
    const instr = b.instrs[i]!;
    if (lineno >= 0 && instr.loc.lineno !== lineno) return -1;
    if (instr.opcode === Op.NOP) continue;
    return swappable(instr) ? i : -1;
  }
  return -1;
}

/** Looks left from `at` for SWAPs whose two values are stored or popped to the right: those change places instead. */
function applyStaticSwaps(b: Block, at: number): void {
  const { instrs } = b;
  for (let i = at; i >= 0; i--) {
    const swap = instrs[i]!;
    if (swap.opcode !== Op.SWAP) {
      if (swap.opcode === Op.NOP || swappable(swap)) continue;
      return;
    }
    const j = nextSwappable(b, i, -1);
    if (j < 0) return;
    let k = j;
    const { lineno } = instrs[j]!.loc;
    for (let count = swap.oparg - 1; count > 0; count--) {
      k = nextSwappable(b, k, lineno);
      if (k < 0) return;
    }
    const storeJ = storesTo(instrs[j]!);
    const storeK = storesTo(instrs[k]!);
    if (storeJ >= 0 || storeK >= 0) {
      if (storeJ === storeK) return;
      for (let n = j + 1; n < k; n++) {
        const store = storesTo(instrs[n]!);
        if (store >= 0 && (store === storeJ || store === storeK)) return;
      }
    }
    setOp0(swap, Op.NOP);
    const moved = instrs[j]!;
    instrs[j] = instrs[k]!;
    instrs[k] = moved;
  }
}

export function optimizeSwaps(b: Block): void {
  for (let i = 0; i < b.instrs.length; i++) {
    if (b.instrs[i]!.opcode !== Op.SWAP) continue;
    i = swaptimize(b, i);
    applyStaticSwaps(b, i);
  }
}
