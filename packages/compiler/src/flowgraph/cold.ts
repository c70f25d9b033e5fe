// Exception handlers move behind all other code (CPython's Python/flowgraph.c).
import { Op } from '../opcodes.ts';
import { Block, hasFallthrough, Instr, isJump, NO_LOCATION, resetVisited } from './cfg.ts';
import { removeRedundantNopsAndJumps } from './cleanup.ts';

function markWarm(entry: Block): void {
  resetVisited(entry);
  const stack: Block[] = [entry];
  entry.visited = true;
  while (stack.length > 0) {
    const b = stack.pop()!;
    b.warm = true;
    const { next } = b;
    if (next !== null && hasFallthrough(b) && !next.visited) {
      stack.push(next);
      next.visited = true;
    }
    for (const instr of b.instrs) {
      if (isJump(instr) && !instr.target!.visited) {
        stack.push(instr.target!);
        instr.target!.visited = true;
      }
    }
  }
}

function markCold(entry: Block): void {
  markWarm(entry);
  resetVisited(entry);
  const stack: Block[] = [];
  for (let b: Block | null = entry; b !== null; b = b.next) {
    if (b.exceptHandler) {
      stack.push(b);
      b.visited = true;
    }
  }
  const visit = (b: Block) => {
    if (b.warm || b.visited) return;
    stack.push(b);
    b.visited = true;
  };
  while (stack.length > 0) {
    const b = stack.pop()!;
    b.cold = true;
    if (b.next !== null && hasFallthrough(b)) visit(b.next);
    for (const instr of b.instrs) if (isJump(instr)) visit(instr.target!);
  }
}

export function pushColdBlocksToEnd(entry: Block): void {
  if (entry.next === null) return;
  markCold(entry);
  // A cold block that runs on into a warm one needs a jump once they are apart.
  for (let b: Block | null = entry; b !== null; b = b.next) {
    const { next } = b;
    if (!b.cold || next === null || !next.warm || !hasFallthrough(b)) continue;
    const explicitJump = new Block();
    const jump = new Instr(Op.JUMP_NO_INTERRUPT, 0, NO_LOCATION);
    jump.target = next;
    next.label = true;
    explicitJump.instrs.push(jump);
    explicitJump.cold = true;
    explicitJump.next = next;
    explicitJump.predecessors = 1;
    b.next = explicitJump;
  }
  let coldHead: Block | null = null;
  let coldTail: Block | null = null;
  let b = entry;
  while (b.next !== null) {
    while (b.next !== null && !b.next.cold) b = b.next;
    const start: Block | null = b.next;
    if (start === null) break;
    let end: Block = start;
    while (end.next?.cold) end = end.next;
    if (coldTail === null) coldHead = start;
    else coldTail.next = start;
    coldTail = end;
    b.next = end.next;
    end.next = null;
  }
  b.next = coldHead;
  if (coldHead !== null) removeRedundantNopsAndJumps(entry);
}
