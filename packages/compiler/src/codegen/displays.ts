// Displays of lists, tuples, sets and dicts, unpacking, f-strings (CPython's Python/compile.c).
import type { Expr } from '../ast.ts';
import { frozensetConst, strConst, tupleConst } from '../constant-ops.ts';
import { noting, OTHER, tuple as tupleOf } from '../ledger.ts';
import { Op } from '../opcodes.ts';
import { noteConstant, visitExpr, visitExprs } from './expr.ts';
import type { Loc } from './instructions.ts';
import { ADDOP, ADDOP_I, ADDOP_LOAD_CONST, ADDOP_NAME, type Compiler, compilerError, LOC } from './unit.ts';

/** Above so many values on the stack a display is built piece by piece. */
export const STACK_USE_GUIDELINE = 30;

const INTRINSIC_LIST_TO_TUPLE = 6;

/** Lists, tuples, sets and call arguments with stars in them, long ones, and constant ones. */
export function starunpack_helper(
  c: Compiler,
  loc: Loc,
  elts: Expr[],
  pushed: number,
  build: number,
  add: number,
  extend: number,
  tuple: boolean,
): void {
  const n = elts.length;
  if (n > 2 && elts.every((elt) => elt.kind === 'Constant')) {
    const items = elts.map((elt) => (elt as Expr & { kind: 'Constant' }).value);
    for (const item of items) noteConstant(c, item);
    if (tuple && pushed === 0) {
      ADDOP_LOAD_CONST(c, loc, tupleConst(items));
      return;
    }
    ADDOP_I(c, loc, build, pushed);
    const set = add === Op.SET_ADD;
    if (set) noteSet(n);
    ADDOP_LOAD_CONST(c, loc, set ? frozensetConst(items) : tupleConst(items));
    if (set) noting.ledger?.died(OTHER);
    ADDOP_I(c, loc, extend, 1);
    if (tuple) ADDOP_I(c, loc, Op.CALL_INTRINSIC_1, INTRINSIC_LIST_TO_TUPLE);
    return;
  }
  const big = n + pushed > STACK_USE_GUIDELINE;
  if (!big && !elts.some((elt) => elt.kind === 'Starred')) {
    visitExprs(c, elts);
    ADDOP_I(c, loc, tuple ? Op.BUILD_TUPLE : build, n + pushed);
    return;
  }
  let built = big;
  if (big) ADDOP_I(c, loc, build, pushed);
  for (let i = 0; i < n; i++) {
    const elt = elts[i]!;
    if (elt.kind === 'Starred') {
      if (!built) ADDOP_I(c, loc, build, i + pushed);
      built = true;
      visitExpr(c, elt.value);
      ADDOP_I(c, loc, extend, 1);
    } else {
      visitExpr(c, elt);
      if (built) ADDOP_I(c, loc, add, 1);
    }
  }
  if (tuple) ADDOP_I(c, loc, Op.CALL_INTRINSIC_1, INTRINSIC_LIST_TO_TUPLE);
}

/** The set of a display of constants, made from a tuple. */
function noteSet(n: number): void {
  noting.ledger?.born(tupleOf(n));
  noting.ledger?.born(OTHER);
  noting.ledger?.died(tupleOf(n));
}

export function visitSequence(c: Compiler, e: Expr & { kind: 'List' | 'Tuple' }): void {
  const loc = LOC(e);
  if (e.ctx === 'Del') {
    visitExprs(c, e.elts);
    return;
  }
  if (e.ctx === 'Load') {
    const tuple = e.kind === 'Tuple';
    starunpack_helper(c, loc, e.elts, 0, Op.BUILD_LIST, Op.LIST_APPEND, Op.LIST_EXTEND, tuple);
    return;
  }
  unpackHelper(c, loc, e.elts);
  for (const elt of e.elts) visitExpr(c, elt.kind === 'Starred' ? elt.value : elt);
}

function unpackHelper(c: Compiler, loc: Loc, elts: Expr[]): void {
  const n = elts.length;
  let seenStar = false;
  for (let i = 0; i < n; i++) {
    if (elts[i]!.kind !== 'Starred') continue;
    if (seenStar) throw compilerError(c, loc, 'multiple starred expressions in assignment');
    if (i >= 1 << 8 || n - i - 1 >= 0x7fffff) {
      throw compilerError(c, loc, 'too many expressions in star-unpacking assignment');
    }
    ADDOP_I(c, loc, Op.UNPACK_EX, i + ((n - i - 1) << 8));
    seenStar = true;
  }
  if (!seenStar) ADDOP_I(c, loc, Op.UNPACK_SEQUENCE, n);
}

function compiler_subdict(c: Compiler, e: Expr & { kind: 'Dict' }, begin: number, end: number): void {
  const loc = LOC(e);
  const n = end - begin;
  const big = n * 2 > STACK_USE_GUIDELINE;
  const keys = e.keys.slice(begin, end);
  if (n > 1 && !big && keys.every((key) => key!.kind === 'Constant')) {
    for (let i = begin; i < end; i++) visitExpr(c, e.values[i]!);
    const values = keys.map((key) => (key as Expr & { kind: 'Constant' }).value);
    for (const value of values) noteConstant(c, value);
    ADDOP_LOAD_CONST(c, loc, tupleConst(values));
    ADDOP_I(c, loc, Op.BUILD_CONST_KEY_MAP, n);
    return;
  }
  if (big) ADDOP_I(c, loc, Op.BUILD_MAP, 0);
  for (let i = begin; i < end; i++) {
    visitExpr(c, e.keys[i]!);
    visitExpr(c, e.values[i]!);
    if (big) ADDOP_I(c, loc, Op.MAP_ADD, 1);
  }
  if (!big) ADDOP_I(c, loc, Op.BUILD_MAP, n);
}

export function compiler_dict(c: Compiler, e: Expr & { kind: 'Dict' }): void {
  const loc = LOC(e);
  const n = e.values.length;
  let haveDict = false;
  let elements = 0;
  const flush = (begin: number, end: number) => {
    compiler_subdict(c, e, begin, end);
    if (haveDict) ADDOP_I(c, loc, Op.DICT_UPDATE, 1);
    haveDict = true;
    elements = 0;
  };
  for (let i = 0; i < n; i++) {
    if (e.keys[i] === null) {
      if (elements > 0) flush(i - elements, i);
      if (!haveDict) ADDOP_I(c, loc, Op.BUILD_MAP, 0);
      haveDict = true;
      visitExpr(c, e.values[i]!);
      ADDOP_I(c, loc, Op.DICT_UPDATE, 1);
    } else if (elements * 2 > STACK_USE_GUIDELINE) {
      flush(i - elements, i + 1);
    } else {
      elements++;
    }
  }
  if (elements > 0) flush(n - elements, n);
  if (!haveDict) ADDOP_I(c, loc, Op.BUILD_MAP, 0);
}

export function compiler_joined_str(c: Compiler, e: Expr & { kind: 'JoinedStr' }): void {
  const loc = LOC(e);
  const n = e.values.length;
  if (n > STACK_USE_GUIDELINE) {
    ADDOP_LOAD_CONST(c, loc, strConst(''));
    ADDOP_NAME(c, loc, Op.LOAD_METHOD, 'join');
    ADDOP_I(c, loc, Op.BUILD_LIST, 0);
    for (const value of e.values) {
      visitExpr(c, value);
      ADDOP_I(c, loc, Op.LIST_APPEND, 1);
    }
    ADDOP_I(c, loc, Op.CALL, 1);
    return;
  }
  visitExprs(c, e.values);
  if (n > 1) ADDOP_I(c, loc, Op.BUILD_STRING, n);
  else if (n === 0) ADDOP_LOAD_CONST(c, loc, strConst(''));
}

const conversions: { [code: number]: number | undefined } = { 115: 1, 114: 2, 97: 3 };

export function compiler_formatted_value(c: Compiler, e: Expr & { kind: 'FormattedValue' }): void {
  visitExpr(c, e.value);
  const loc = LOC(e);
  if (e.conversion !== -1) ADDOP_I(c, loc, Op.CONVERT_VALUE, conversions[e.conversion] ?? 0);
  if (e.format_spec !== null) {
    visitExpr(c, e.format_spec);
    ADDOP(c, loc, Op.FORMAT_WITH_SPEC);
  } else {
    ADDOP(c, loc, Op.FORMAT_SIMPLE);
  }
}
