// Locations for instructions that have none (CPython's Python/flowgraph.c).
import type { Loc } from '../codegen/instructions.ts';
import { hasEvalBreak } from '../opcodes.ts';
import { Block, copyInstr, exitsScope, hasFallthrough, isJump, lastInstr, nextNonempty } from './cfg.ts';
import { hasNoLineno } from './cleanup.ts';

function isExitOrEvalCheckWithoutLineno(b: Block): boolean {
  if (!exitsScope(b) && !b.instrs.some((instr) => hasEvalBreak[instr.opcode] === 1)) return false;
  return hasNoLineno(b);
}

/** An exit without a line that several jumps share is copied: each copy takes the line of its jump. */
function duplicateExitsWithoutLineno(entry: Block): void {
  for (let b: Block | null = entry; b !== null; b = b.next) {
    const last = lastInstr(b);
    if (last === null || !isJump(last)) continue;
    const target = nextNonempty(last.target)!;
    if (!isExitOrEvalCheckWithoutLineno(target) || target.predecessors <= 1) continue;
    const copy = new Block();
    copy.instrs = target.instrs.map(copyInstr);
    copy.instrs[0]!.loc = last.loc;
    copy.predecessors = 1;
    copy.label = true;
    copy.next = target.next;
    last.target = copy;
    target.next = copy;
    target.predecessors--;
  }
  for (let b: Block | null = entry; b !== null; b = b.next) {
    const { next } = b;
    if (next === null || b.instrs.length === 0 || !hasFallthrough(b)) continue;
    if (isExitOrEvalCheckWithoutLineno(next)) next.instrs[0]!.loc = lastInstr(b)!.loc;
  }
}

function propagateLineNumbers(entry: Block): void {
  for (let b: Block | null = entry; b !== null; b = b.next) {
    const last = lastInstr(b);
    if (last === null) continue;
    let previous: Loc | null = null;
    for (const instr of b.instrs) {
      if (instr.loc.lineno >= 0) previous = instr.loc;
      else if (previous !== null) instr.loc = previous;
    }
    if (previous === null) previous = last.loc;
    const { next } = b;
    if (next !== null && hasFallthrough(b) && next.predecessors === 1) {
      const first = next.instrs[0];
      if (first !== undefined && first.loc.lineno < 0) first.loc = previous;
    }
    if (isJump(last)) {
      const target = last.target!;
      const first = target.instrs[0];
      if (target.predecessors === 1 && first !== undefined && first.loc.lineno < 0) first.loc = previous;
    }
  }
}

export function resolveLineNumbers(entry: Block): void {
  duplicateExitsWithoutLineno(entry);
  propagateLineNumbers(entry);
}
