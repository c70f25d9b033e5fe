// Rewriting inside one block: constant conditions, folded tuples, jumps to jumps (CPython's optimize_basic_block).
import { boolConst, isTrue, tupleConst } from '../constant-ops.ts';
import type { Constant } from '../constants.ts';
import { hasTarget, Op } from '../opcodes.ts';
import { type Block, Instr, setOp0 } from './cfg.ts';
import { optimizeSwaps } from './swaps.ts';

/** The constants of the unit; `merge` makes equal constants one object. */
export interface ConstPool {
  list: Constant[];
  merge: (value: Constant) => Constant;
}

function addConst(pool: ConstPool, value: Constant): number {
  const merged = pool.merge(value);
  const index = pool.list.indexOf(merged);
  return index >= 0 ? index : pool.list.push(merged) - 1;
}

function foldTupleOnConstants(pool: ConstPool, b: Block, at: number, n: number): void {
  const { instrs } = b;
  for (let i = at - n; i < at; i++) if (instrs[i]!.opcode !== Op.LOAD_CONST) return;
  const items = instrs.slice(at - n, at).map((instr) => pool.list[instr.oparg]!);
  const index = addConst(pool, tupleConst(items));
  for (let i = at - n; i < at; i++) setOp0(instrs[i]!, Op.NOP);
  instrs[at]!.opcode = Op.LOAD_CONST;
  instrs[at]!.oparg = index;
}

/** A jump to a jump goes there at once, with the location of the second; true where it was changed. */
function jumpThread(b: Block, instr: Instr, target: Instr, opcode: number): boolean {
  if (instr.target === target.target) return false;
  instr.target = null;
  setOp0(instr, Op.NOP);
  const jump = new Instr(opcode, 0, target.loc);
  jump.target = target.target;
  jump.except = null;
  b.instrs.push(jump);
  return true;
}

/** LOAD_CONST (or a copy of it) and what the following instruction makes of it. Gives the index to go on from. */
function optimizeLoadConst(pool: ConstPool, b: Block, i: number, oparg: number): number {
  const { instrs } = b;
  const instr = instrs[i]!;
  const next = instrs[i + 1];
  if (next === undefined) return i;
  const value = pool.list[oparg]!;
  switch (next.opcode) {
    case Op.POP_JUMP_IF_FALSE:
    case Op.POP_JUMP_IF_TRUE: {
      setOp0(instr, Op.NOP);
      if (isTrue(value) === (next.opcode === Op.POP_JUMP_IF_TRUE)) {
        next.opcode = Op.JUMP;
      } else {
        next.target = null;
        setOp0(next, Op.NOP);
      }
      break;
    }
    case Op.IS_OP: {
      // `x is None` and its jump are one instruction.
      if (value.t !== 'None') break;
      let jump = instrs[i + 2];
      if (jump === undefined) break;
      if (jump.opcode === Op.TO_BOOL) {
        setOp0(jump, Op.NOP);
        jump = instrs[i + 3];
        if (jump === undefined) break;
      }
      let invert = next.oparg === 1;
      if (jump.opcode === Op.POP_JUMP_IF_FALSE) invert = !invert;
      else if (jump.opcode !== Op.POP_JUMP_IF_TRUE) break;
      setOp0(instr, Op.NOP);
      setOp0(next, Op.NOP);
      jump.opcode = invert ? Op.POP_JUMP_IF_NOT_NONE : Op.POP_JUMP_IF_NONE;
      break;
    }
    case Op.RETURN_VALUE:
      setOp0(instr, Op.NOP);
      next.opcode = Op.RETURN_CONST;
      next.oparg = oparg;
      return i + 1;
    case Op.TO_BOOL: {
      const index = addConst(pool, boolConst(isTrue(value)));
      setOp0(instr, Op.NOP);
      next.opcode = Op.LOAD_CONST;
      next.oparg = index;
      break;
    }
    default:
      break;
  }
  return i;
}

export function optimizeBasicBlock(pool: ConstPool, b: Block): void {
  const { instrs } = b;
  let opcode = 0;
  let oparg = 0;
  for (let i = 0; i < instrs.length; i++) {
    const instr = instrs[i]!;
    const isCopyOfLoadConst = opcode === Op.LOAD_CONST && instr.opcode === Op.COPY && instr.oparg === 1;
    if (!isCopyOfLoadConst) {
      opcode = instr.opcode;
      oparg = instr.oparg;
    }
    const target = hasTarget(opcode) ? instr.target!.instrs[0]! : null;
    const next = instrs[i + 1];
    const nextop = next === undefined ? 0 : next.opcode;
    switch (opcode) {
      case Op.LOAD_CONST:
        i = optimizeLoadConst(pool, b, i, oparg);
        break;
      case Op.BUILD_TUPLE:
        if (nextop === Op.UNPACK_SEQUENCE && oparg === next!.oparg && oparg >= 1 && oparg <= 3) {
          setOp0(instr, Op.NOP);
          if (oparg === 1) setOp0(next!, Op.NOP);
          else next!.opcode = Op.SWAP;
          continue;
        }
        if (i >= oparg) foldTupleOnConstants(pool, b, i, oparg);
        break;
      case Op.POP_JUMP_IF_NONE:
      case Op.POP_JUMP_IF_NOT_NONE:
      case Op.POP_JUMP_IF_FALSE:
      case Op.POP_JUMP_IF_TRUE:
        if (target!.opcode === Op.JUMP && jumpThread(b, instr, target!, opcode)) i--;
        break;
      case Op.JUMP:
      case Op.JUMP_NO_INTERRUPT:
        if (target!.opcode === Op.JUMP && jumpThread(b, instr, target!, Op.JUMP)) i--;
        else if (target!.opcode === Op.JUMP_NO_INTERRUPT && jumpThread(b, instr, target!, opcode)) i--;
        break;
      case Op.COMPARE_OP:
        if (nextop === Op.TO_BOOL) {
          setOp0(instr, Op.NOP);
          next!.opcode = Op.COMPARE_OP;
          // The result is wanted as a bool.
          next!.oparg = oparg | 16;
        }
        break;
      case Op.CONTAINS_OP:
      case Op.IS_OP:
        if (nextop === Op.TO_BOOL || nextop === Op.UNARY_NOT) {
          setOp0(instr, Op.NOP);
          next!.oparg = nextop === Op.TO_BOOL ? oparg : oparg ^ 1;
          next!.opcode = opcode;
        }
        break;
      case Op.TO_BOOL:
        if (nextop === Op.TO_BOOL) setOp0(instr, Op.NOP);
        break;
      case Op.UNARY_NOT:
        if (nextop === Op.TO_BOOL) {
          setOp0(instr, Op.NOP);
          setOp0(next!, Op.UNARY_NOT);
        } else if (nextop === Op.UNARY_NOT) {
          setOp0(instr, Op.NOP);
          setOp0(next!, Op.NOP);
        }
        break;
      case Op.STORE_FAST:
        if (nextop === Op.STORE_FAST && oparg === next!.oparg && instr.loc.lineno === next!.loc.lineno) {
          setOp0(instr, Op.POP_TOP);
        }
        break;
      case Op.SWAP:
        if (oparg === 1) setOp0(instr, Op.NOP);
        break;
      case Op.LOAD_GLOBAL:
        if (nextop === Op.PUSH_NULL && (oparg & 1) === 0) {
          instr.oparg = oparg | 1;
          setOp0(next!, Op.NOP);
        }
        break;
      default:
        break;
    }
  }
  optimizeSwaps(b);
}
