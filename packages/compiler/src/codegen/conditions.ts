// Comparisons, `and` and `or`, conditional expressions, jumps on a condition (CPython's Python/compile.c).
import type { CmpOpKind, Expr } from '../ast.ts';
import { checkChain, enterRecursion, leaveRecursion } from '../compile-errors.ts';
import { Op } from '../opcodes.ts';
import { visitExpr } from './expr.ts';
import { type Label, type Loc, NO_LOCATION } from './instructions.ts';
import { ADDOP, ADDOP_I, ADDOP_JUMP, type Compiler, LOC, newLabel, useLabel } from './unit.ts';
import { checkCompare } from './warnings.ts';

/** Numbers of the comparison (Py_LT …) with the mask of results that the specialised instruction accepts. */
const comparisons: { [op: string]: number } = {
  Lt: (0 << 5) | 2,
  LtE: (1 << 5) | 2 | 8,
  Eq: (2 << 5) | 8,
  NotEq: (3 << 5) | 1 | 2 | 4,
  Gt: (4 << 5) | 4,
  GtE: (5 << 5) | 4 | 8,
};

export function ADDOP_COMPARE(c: Compiler, loc: Loc, op: CmpOpKind): void {
  switch (op) {
    case 'Is':
      ADDOP_I(c, loc, Op.IS_OP, 0);
      break;
    case 'IsNot':
      ADDOP_I(c, loc, Op.IS_OP, 1);
      break;
    case 'In':
      ADDOP_I(c, loc, Op.CONTAINS_OP, 0);
      break;
    case 'NotIn':
      ADDOP_I(c, loc, Op.CONTAINS_OP, 1);
      break;
    default:
      ADDOP_I(c, loc, Op.COMPARE_OP, comparisons[op]!);
  }
}

export function compiler_boolop(c: Compiler, e: Expr & { kind: 'BoolOp' }): void {
  const loc = LOC(e);
  const jump = e.op === 'And' ? Op.POP_JUMP_IF_FALSE : Op.POP_JUMP_IF_TRUE;
  const end = newLabel(c);
  const last = e.values.length - 1;
  for (let i = 0; i < last; i++) {
    visitExpr(c, e.values[i]!);
    ADDOP_I(c, loc, Op.COPY, 1);
    ADDOP(c, loc, Op.TO_BOOL);
    ADDOP_JUMP(c, loc, jump, end);
    ADDOP(c, loc, Op.POP_TOP);
  }
  visitExpr(c, e.values[last]!);
  useLabel(c, end);
}

export function compiler_ifexp(c: Compiler, e: Expr & { kind: 'IfExp' }): void {
  const ends: Label[] = [];
  let last: Expr = e;
  while (last.kind === 'IfExp') {
    const end = newLabel(c);
    const next = newLabel(c);
    ends.push(end);
    compiler_jump_if(c, last.test, next, false);
    visitExpr(c, last.body);
    ADDOP_JUMP(c, NO_LOCATION, Op.JUMP_NO_INTERRUPT, end);
    useLabel(c, next);
    last = last.orelse;
  }
  checkChain(c, ends.length);
  visitExpr(c, last);
  for (let i = ends.length - 1; i >= 0; i--) useLabel(c, ends[i]!);
}

export function compiler_compare(c: Compiler, e: Expr & { kind: 'Compare' }): void {
  const loc = LOC(e);
  checkCompare(c, e);
  visitExpr(c, e.left);
  const last = e.ops.length - 1;
  if (last === 0) {
    visitExpr(c, e.comparators[0]!);
    ADDOP_COMPARE(c, loc, e.ops[0]!);
    return;
  }
  const cleanup = newLabel(c);
  for (let i = 0; i < last; i++) {
    visitExpr(c, e.comparators[i]!);
    ADDOP_I(c, loc, Op.SWAP, 2);
    ADDOP_I(c, loc, Op.COPY, 2);
    ADDOP_COMPARE(c, loc, e.ops[i]!);
    ADDOP_I(c, loc, Op.COPY, 1);
    ADDOP(c, loc, Op.TO_BOOL);
    ADDOP_JUMP(c, loc, Op.POP_JUMP_IF_FALSE, cleanup);
    ADDOP(c, loc, Op.POP_TOP);
  }
  visitExpr(c, e.comparators[last]!);
  ADDOP_COMPARE(c, loc, e.ops[last]!);
  const end = newLabel(c);
  ADDOP_JUMP(c, NO_LOCATION, Op.JUMP_NO_INTERRUPT, end);
  useLabel(c, cleanup);
  ADDOP_I(c, loc, Op.SWAP, 2);
  ADDOP(c, loc, Op.POP_TOP);
  useLabel(c, end);
}

/** Jumps to `next` when the condition's truth is `cond`. */
export function compiler_jump_if(c: Compiler, e: Expr, next: Label, cond: boolean): void {
  enterRecursion(c);
  let test = e;
  let wanted = cond;
  while (test.kind === 'UnaryOp' && test.op === 'Not') {
    test = test.operand;
    wanted = !wanted;
  }
  jumpIf1(c, test, next, wanted);
  leaveRecursion(c);
}

function jumpIf1(c: Compiler, e: Expr, next: Label, cond: boolean): void {
  const jump = cond ? Op.POP_JUMP_IF_TRUE : Op.POP_JUMP_IF_FALSE;
  if (e.kind === 'BoolOp') {
    const last = e.values.length - 1;
    const cond2 = e.op === 'Or';
    const next2 = cond2 !== cond ? newLabel(c) : next;
    for (let i = 0; i < last; i++) compiler_jump_if(c, e.values[i]!, next2, cond2);
    compiler_jump_if(c, e.values[last]!, next, cond);
    if (next2 !== next) useLabel(c, next2);
    return;
  }
  if (e.kind === 'IfExp') {
    const end = newLabel(c);
    const next2 = newLabel(c);
    compiler_jump_if(c, e.test, next2, false);
    compiler_jump_if(c, e.body, next, cond);
    ADDOP_JUMP(c, NO_LOCATION, Op.JUMP_NO_INTERRUPT, end);
    useLabel(c, next2);
    compiler_jump_if(c, e.orelse, next, cond);
    useLabel(c, end);
    return;
  }
  if (e.kind === 'Compare' && e.ops.length > 1) {
    checkCompare(c, e);
    const loc = LOC(e);
    const last = e.ops.length - 1;
    const cleanup = newLabel(c);
    visitExpr(c, e.left);
    for (let i = 0; i < last; i++) {
      visitExpr(c, e.comparators[i]!);
      ADDOP_I(c, loc, Op.SWAP, 2);
      ADDOP_I(c, loc, Op.COPY, 2);
      ADDOP_COMPARE(c, loc, e.ops[i]!);
      ADDOP(c, loc, Op.TO_BOOL);
      ADDOP_JUMP(c, loc, Op.POP_JUMP_IF_FALSE, cleanup);
    }
    visitExpr(c, e.comparators[last]!);
    ADDOP_COMPARE(c, loc, e.ops[last]!);
    ADDOP(c, loc, Op.TO_BOOL);
    ADDOP_JUMP(c, loc, jump, next);
    const end = newLabel(c);
    ADDOP_JUMP(c, NO_LOCATION, Op.JUMP_NO_INTERRUPT, end);
    useLabel(c, cleanup);
    ADDOP(c, loc, Op.POP_TOP);
    if (!cond) ADDOP_JUMP(c, NO_LOCATION, Op.JUMP_NO_INTERRUPT, next);
    useLabel(c, end);
    return;
  }
  visitExpr(c, e);
  const loc = LOC(e);
  ADDOP(c, loc, Op.TO_BOOL);
  ADDOP_JUMP(c, loc, jump, next);
}
