// The control flow graph of one code object: blocks of instructions in a chain (CPython's Python/flowgraph.c).
import { type InstructionSequence, type Loc, NO_LOCATION } from '../codegen/instructions.ts';
import { hasTarget, isBlockPush, isScopeExit, isTerminator, isUnconditionalJump, hasJump, Op } from '../opcodes.ts';

export class Instr {
  opcode: number;
  oparg: number;
  loc: Loc;
  target: Block | null = null;
  /** The handler that is entered when this instruction raises. */
  except: Block | null = null;

  constructor(opcode: number, oparg: number, loc: Loc) {
    this.opcode = opcode;
    this.oparg = oparg;
    this.loc = loc;
  }
}

export class Block {
  next: Block | null = null;
  instrs: Instr[] = [];
  /** Whether something jumps here by label. */
  label = false;
  predecessors = 0;
  visited = false;
  startdepth = -1;
  preserveLasti = false;
  exceptHandler = false;
  cold = false;
  warm = false;
  exceptStack: (Block | null)[] | null = null;
  /** Locals 0..63 that may be unset on entry, in two words. */
  unsafeLow = 0;
  unsafeHigh = 0;
  index = 0;
}

export interface Cfg {
  entry: Block;
}

export function setOp0(instr: Instr, opcode: number): void {
  instr.opcode = opcode;
  instr.oparg = 0;
}

export function copyInstr(instr: Instr): Instr {
  const copy = new Instr(instr.opcode, instr.oparg, instr.loc);
  copy.target = instr.target;
  copy.except = instr.except;
  return copy;
}

export function lastInstr(b: Block): Instr | null {
  return b.instrs.length === 0 ? null : b.instrs[b.instrs.length - 1]!;
}

export function hasFallthrough(b: Block): boolean {
  const last = lastInstr(b);
  return last === null || !(isScopeExit(last.opcode) || isUnconditionalJump(last.opcode));
}

export function isJump(instr: Instr): boolean {
  return hasJump[instr.opcode] === 1;
}

export function exitsScope(b: Block): boolean {
  const last = lastInstr(b);
  return last !== null && isScopeExit(last.opcode);
}

export function nextNonempty(b: Block | null): Block | null {
  let block = b;
  while (block !== null && block.instrs.length === 0) block = block.next;
  return block;
}

export function resetVisited(entry: Block): void {
  for (let b: Block | null = entry; b !== null; b = b.next) b.visited = false;
}

/** Labels become blocks, jumps refer to them; a block ends at a jump, at an exit and before a label. */
export function cfgFromSequence(seq: InstructionSequence): Cfg {
  const { instructions, labels } = seq;
  const isTarget = new Uint8Array(instructions.length + 1);
  for (const ins of instructions) if (hasTarget(ins.opcode)) isTarget[labels[ins.oparg]!] = 1;
  const blockAt = new Map<number, Block>();
  const entry = new Block();
  let cur = entry;
  for (let i = 0; i < instructions.length; i++) {
    const ins = instructions[i]!;
    const last = lastInstr(cur);
    const terminated = last !== null && isTerminator(last.opcode);
    if (isTarget[i] === 1) {
      if (last !== null || cur.label) cur = startBlock(cur);
      cur.label = true;
      blockAt.set(i, cur);
    } else if (terminated) {
      cur = startBlock(cur);
    }
    cur.instrs.push(new Instr(ins.opcode, ins.oparg, ins.loc));
  }
  for (let b: Block | null = entry; b !== null; b = b.next) {
    for (const instr of b.instrs) {
      if (!hasTarget(instr.opcode)) continue;
      const target = blockAt.get(labels[instr.oparg]!);
      if (target === undefined) throw new Error('a jump to the end of the code');
      instr.target = target;
      instr.oparg = 0;
      if (isBlockPush(instr.opcode)) target.exceptHandler = true;
    }
  }
  return { entry };
}

function startBlock(cur: Block): Block {
  const block = new Block();
  cur.next = block;
  return block;
}

/** Which handler each instruction has, from the SETUP_ and POP_BLOCK pseudo instructions (label_exception_targets). */
export function labelExceptionTargets(entry: Block): void {
  resetVisited(entry);
  const todo: Block[] = [entry];
  entry.visited = true;
  entry.exceptStack = [null];
  while (todo.length > 0) {
    const b = todo.pop()!;
    let stack: (Block | null)[] | null = b.exceptStack!;
    b.exceptStack = null;
    let handler = stack[stack.length - 1]!;
    let yieldDepth = -1;
    const visit = (target: Block, exceptStack: (Block | null)[]) => {
      target.exceptStack = exceptStack;
      target.visited = true;
      todo.push(target);
    };
    for (const instr of b.instrs) {
      const { opcode } = instr;
      if (isBlockPush(opcode)) {
        const target = instr.target!;
        if (!target.visited) visit(target, stack!.slice());
        if (opcode === Op.SETUP_WITH || opcode === Op.SETUP_CLEANUP) target.preserveLasti = true;
        stack!.push(target);
        handler = target;
      } else if (opcode === Op.POP_BLOCK) {
        stack!.pop();
        handler = stack![stack!.length - 1]!;
        setOp0(instr, Op.NOP);
      } else if (isJump(instr)) {
        instr.except = handler;
        const target = instr.target!;
        if (!target.visited) {
          if (hasFallthrough(b)) {
            visit(target, stack!.slice());
          } else {
            visit(target, stack!);
            stack = null;
          }
        }
      } else {
        instr.except = handler;
        if (opcode === Op.RESUME && instr.oparg !== 0) {
          // Bit 2: the yield is inside the generator's own handler only.
          if (yieldDepth === 1) instr.oparg |= 4;
          yieldDepth = -1;
        } else if (opcode === Op.YIELD_VALUE) {
          yieldDepth = stack!.length - 1;
        }
      }
    }
    if (hasFallthrough(b) && b.next !== null && !b.next.visited) visit(b.next, stack!);
  }
}

/** remove_unreachable: counts predecessors, empties what nothing reaches. */
export function removeUnreachable(entry: Block): void {
  for (let b: Block | null = entry; b !== null; b = b.next) {
    b.predecessors = 0;
    b.visited = false;
  }
  const stack: Block[] = [entry];
  entry.predecessors = 1;
  entry.visited = true;
  while (stack.length > 0) {
    const b = stack.pop()!;
    if (b.next !== null && hasFallthrough(b)) {
      if (!b.next.visited) {
        stack.push(b.next);
        b.next.visited = true;
      }
      b.next.predecessors++;
    }
    for (const instr of b.instrs) {
      if (!hasTarget(instr.opcode)) continue;
      const target = instr.target!;
      if (!target.visited) {
        stack.push(target);
        target.visited = true;
      }
      target.predecessors++;
    }
  }
  for (let b: Block | null = entry; b !== null; b = b.next) {
    if (b.predecessors === 0) {
      b.instrs = [];
      b.exceptHandler = false;
    }
  }
}

export { NO_LOCATION };
