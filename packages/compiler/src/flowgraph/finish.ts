// From the optimised graph to instructions: cells, stack depth, directions of jumps (CPython's Python/flowgraph.c).
import { Loc } from '../codegen/instructions.ts';
import type { Unit } from '../codegen/unit.ts';
import { hasTarget, isBlockPush, isScopeExit, isUnconditionalJump, Op, stackEffect } from '../opcodes.ts';
import { borrowLoads } from './borrow.ts';
import { Block, type Cfg, Instr, isJump, lastInstr, NO_LOCATION, resetVisited, setOp0 } from './cfg.ts';
import { removeRedundantNops } from './cleanup.ts';

const isGeneratorFlags = 0x20 | 0x80 | 0x200;

/** Where a cell or free variable lies among the locals: a parameter that is a cell keeps its place. */
function buildCellFixedOffsets(u: Unit): number[] {
  const nlocals = u.varnames.size;
  const fixed = Array.from({ length: u.cellvars.size + u.freevars.size }, (_, i) => nlocals + i);
  for (const [name, index] of u.cellvars) {
    const local = u.varnames.get(name);
    if (local !== undefined) fixed[index] = local;
  }
  return fixed;
}

function insertPrefixInstructions(u: Unit, entry: Block, fixed: number[], flags: number): void {
  const prefix: Instr[] = [];
  if (u.freevars.size > 0) prefix.push(new Instr(Op.COPY_FREE_VARS, u.freevars.size, NO_LOCATION));
  const cells = Array.from({ length: u.cellvars.size }, (_, i) => i).sort((a, b) => fixed[a]! - fixed[b]!);
  for (const cell of cells) prefix.push(new Instr(Op.MAKE_CELL, cell, NO_LOCATION));
  if (flags & isGeneratorFlags) {
    const loc = new Loc(u.firstlineno, u.firstlineno, -1, -1);
    prefix.push(new Instr(Op.RETURN_GENERATOR, 0, loc), new Instr(Op.POP_TOP, 0, loc));
  }
  entry.instrs.unshift(...prefix);
}

function fixCellOffsets(u: Unit, entry: Block, fixed: number[]): number {
  let dropped = 0;
  for (let i = 0; i < fixed.length; i++) {
    if (fixed[i] === i + u.varnames.size) fixed[i]! -= dropped;
    else dropped++;
  }
  for (let b: Block | null = entry; b !== null; b = b.next) {
    for (const instr of b.instrs) {
      switch (instr.opcode) {
        case Op.MAKE_CELL:
        case Op.LOAD_CLOSURE:
        case Op.LOAD_DEREF:
        case Op.STORE_DEREF:
        case Op.DELETE_DEREF:
        case Op.LOAD_FROM_DICT_OR_DEREF:
          instr.oparg = fixed[instr.oparg]!;
          break;
        default:
          break;
      }
    }
  }
  return dropped;
}

function effectOf(instr: Instr, jump: boolean): number {
  const effect = stackEffect(instr.opcode, instr.oparg, jump);
  if (effect === null) throw new Error(`no stack effect for opcode ${instr.opcode}`);
  return effect;
}

function calculateStackdepth(entry: Block): number {
  for (let b: Block | null = entry; b !== null; b = b.next) b.startdepth = -1;
  let maxdepth = 0;
  const stack: Block[] = [];
  const push = (b: Block, depth: number) => {
    if (b.startdepth < depth && b.startdepth < 100) {
      b.startdepth = depth;
      stack.push(b);
    }
  };
  push(entry, 0);
  while (stack.length > 0) {
    const b = stack.pop()!;
    let depth = b.startdepth;
    let { next } = b;
    for (const instr of b.instrs) {
      const newDepth = depth + effectOf(instr, false);
      if (newDepth < 0) throw new Error(`stack underflow at opcode ${instr.opcode}`);
      maxdepth = Math.max(maxdepth, depth, newDepth);
      if (hasTarget(instr.opcode)) {
        const targetDepth = depth + effectOf(instr, true);
        maxdepth = Math.max(maxdepth, targetDepth);
        push(instr.target!, targetDepth);
      }
      depth = newDepth;
      if (isUnconditionalJump(instr.opcode) || isScopeExit(instr.opcode)) {
        next = null;
        break;
      }
    }
    if (next !== null) push(next, depth);
  }
  return maxdepth;
}

function convertPseudoOps(entry: Block): void {
  for (let b: Block | null = entry; b !== null; b = b.next) {
    for (const instr of b.instrs) {
      if (isBlockPush(instr.opcode)) {
        instr.target = null;
        setOp0(instr, Op.NOP);
      } else if (instr.opcode === Op.LOAD_CLOSURE) {
        instr.opcode = Op.LOAD_FAST;
      } else if (instr.opcode === Op.STORE_FAST_MAYBE_NULL) {
        instr.opcode = Op.STORE_FAST;
      }
    }
  }
  removeRedundantNops(entry);
}

const reversed: { [op: number]: number } = {
  [Op.POP_JUMP_IF_NONE]: Op.POP_JUMP_IF_NOT_NONE,
  [Op.POP_JUMP_IF_NOT_NONE]: Op.POP_JUMP_IF_NONE,
  [Op.POP_JUMP_IF_FALSE]: Op.POP_JUMP_IF_TRUE,
  [Op.POP_JUMP_IF_TRUE]: Op.POP_JUMP_IF_FALSE,
};

/** Conditional jumps only go forwards: backwards, the opposite condition jumps over an unconditional one. */
function normalizeJumps(entry: Block): void {
  resetVisited(entry);
  for (let b: Block | null = entry; b !== null; b = b.next) {
    b.visited = true;
    const last = lastInstr(b);
    if (last === null || !isJump(last) || isUnconditionalJump(last.opcode) || !last.target!.visited) continue;
    const opposite = reversed[last.opcode];
    if (opposite === undefined) throw new Error(`opcode ${last.opcode} cannot jump backwards`);
    const backwards = new Block();
    const jump = new Instr(Op.JUMP, 0, last.loc);
    jump.target = last.target;
    backwards.instrs.push(jump);
    backwards.cold = b.cold;
    backwards.next = b.next;
    last.opcode = opposite;
    last.target = b.next;
    b.next = backwards;
  }
}

export interface FinishedInstruction {
  opcode: number;
  /** For a jump: the index of the instruction that it goes to. */
  oparg: number;
  loc: Loc;
  handler: Handler | null;
}

export interface Handler {
  /** Index of the handler's first instruction. */
  index: number;
  startdepth: number;
  preserveLasti: boolean;
}

export interface Finished {
  instructions: FinishedInstruction[];
  stackdepth: number;
  nlocalsplus: number;
}

/** _PyCfg_OptimizedCfgToInstructionSequence */
export function finishCfg(cfg: Cfg, u: Unit, flags: number, borrowing: boolean): Finished {
  const { entry } = cfg;
  const stackdepth = calculateStackdepth(entry);
  const fixed = buildCellFixedOffsets(u);
  insertPrefixInstructions(u, entry, fixed, flags);
  const dropped = fixCellOffsets(u, entry, fixed);
  convertPseudoOps(entry);
  normalizeJumps(entry);
  if (borrowing) {
    const params = u.posonlyargcount + u.argcount + u.kwonlyargcount;
    borrowLoads(entry, params, (flags & isGeneratorFlags) !== 0);
  }
  let index = 0;
  for (let b: Block | null = entry; b !== null; b = b.next) {
    b.index = index;
    index += b.instrs.length;
  }
  const handlers = new Map<Block, Handler>();
  const handlerOf = (block: Block | null): Handler | null => {
    if (block === null) return null;
    let handler = handlers.get(block);
    if (handler === undefined) {
      handler = { index: block.index, startdepth: block.startdepth, preserveLasti: block.preserveLasti };
      handlers.set(block, handler);
    }
    return handler;
  };
  const instructions: FinishedInstruction[] = [];
  for (let b: Block | null = entry; b !== null; b = b.next) {
    for (const { opcode, oparg, target, loc, except } of b.instrs) {
      const arg = hasTarget(opcode) ? target!.index : oparg;
      instructions.push({ opcode, oparg: arg, loc, handler: handlerOf(except) });
    }
  }
  const nlocalsplus = u.varnames.size + u.cellvars.size + u.freevars.size - dropped;
  return { instructions, stackdepth, nlocalsplus };
}
