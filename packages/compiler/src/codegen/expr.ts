// Expressions: operators, displays, subscripts, f-strings, conditions (CPython's Python/compile.c).
import type { CmpOpKind, Expr, OperatorKind } from '../ast.ts';
import { checkChain, enterRecursion, firstOperand, leaveRecursion } from '../compile-errors.ts';
import { frozensetConst, intConst, NONE, strConst, tupleConst } from '../constant-ops.ts';
import { Op } from '../opcodes.ts';
import {
  addStaticAttribute,
  callSuperMethod,
  canOptimizeSuperCall,
  finishCall,
  finishMethodCall,
  isMethodCall,
  loadSuperAttribute,
  updateStartLocationToMatchAttr,
  validateKeywords,
} from './call.ts';
import { compiler_comprehension } from './comprehension.ts';
import { compiler_lambda } from './function.ts';
import { type Label, Loc, NO_LOCATION } from './instructions.ts';
import { compiler_nameop, forbiddenName } from './scope.ts';
import {
  ADDOP,
  ADDOP_I,
  ADDOP_JUMP,
  ADDOP_LOAD_CONST,
  ADDOP_NAME,
  type Compiler,
  compilerError,
  LOC,
  newLabel,
  useLabel,
} from './unit.ts';
import { checkCaller, checkCompare, checkIndex, checkSubscripter } from './warnings.ts';

/** Above so many values on the stack a display is built piece by piece. */
export const STACK_USE_GUIDELINE = 30;

export const INTRINSIC_PRINT = 1;
export const INTRINSIC_IMPORT_STAR = 2;
export const INTRINSIC_STOPITERATION_ERROR = 3;
const INTRINSIC_ASYNC_GEN_WRAP = 4;
const INTRINSIC_UNARY_POSITIVE = 5;
const INTRINSIC_LIST_TO_TUPLE = 6;

export const binaryOperators: { [op in OperatorKind]: number } = {
  Add: 0,
  BitAnd: 1,
  FloorDiv: 2,
  LShift: 3,
  MatMult: 4,
  Mult: 5,
  Mod: 6,
  BitOr: 7,
  Pow: 8,
  RShift: 9,
  Sub: 10,
  Div: 11,
  BitXor: 12,
};

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
      return ADDOP_I(c, loc, Op.IS_OP, 0);
    case 'IsNot':
      return ADDOP_I(c, loc, Op.IS_OP, 1);
    case 'In':
      return ADDOP_I(c, loc, Op.CONTAINS_OP, 0);
    case 'NotIn':
      return ADDOP_I(c, loc, Op.CONTAINS_OP, 1);
    default:
      ADDOP_I(c, loc, Op.COMPARE_OP, comparisons[op]!);
  }
}

/** `yield from`, `await` and their like: send to the sub-iterator until it is done. */
export function ADD_YIELD_FROM(c: Compiler, loc: Loc, isAwait: boolean): void {
  const send = newLabel(c);
  const fail = newLabel(c);
  const exit = newLabel(c);
  useLabel(c, send);
  ADDOP_JUMP(c, loc, Op.SEND, exit);
  ADDOP_JUMP(c, loc, Op.SETUP_FINALLY, fail);
  ADDOP_I(c, loc, Op.YIELD_VALUE, 1);
  ADDOP(c, NO_LOCATION, Op.POP_BLOCK);
  ADDOP_I(c, loc, Op.RESUME, isAwait ? 3 : 2);
  ADDOP_JUMP(c, loc, Op.JUMP_NO_INTERRUPT, send);
  useLabel(c, fail);
  ADDOP(c, loc, Op.CLEANUP_THROW);
  useLabel(c, exit);
  ADDOP(c, loc, Op.END_SEND);
}

/** GET_AWAITABLE and waiting for it. */
export function addAwait(c: Compiler, loc: Loc, where: number): void {
  ADDOP_I(c, loc, Op.GET_AWAITABLE, where);
  ADDOP_LOAD_CONST(c, loc, NONE);
  ADD_YIELD_FROM(c, loc, true);
}

export function ADDOP_YIELD(c: Compiler, loc: Loc): void {
  const { ste } = c.u;
  if (ste.generator && ste.coroutine) ADDOP_I(c, loc, Op.CALL_INTRINSIC_1, INTRINSIC_ASYNC_GEN_WRAP);
  ADDOP_I(c, loc, Op.YIELD_VALUE, 0);
  ADDOP_I(c, loc, Op.RESUME, 1);
}

export function visitExprs(c: Compiler, exprs: Expr[]): void {
  for (const expr of exprs) visitExpr(c, expr);
}

/**
 * A chain like a.b(c)[d] + e is compiled from its inner end outwards, without recursion: going in, calls are checked and
 * a method's call passes over the attribute, which becomes part of it; coming out, each link's own code follows.
 */
export function visitExpr(c: Compiler, e: Expr): void {
  if (firstOperand(e) === null) return visitOther(c, e);
  const chain: ChainLink[] = [];
  let inner = e;
  for (;;) {
    const next = enterLink(c, inner, chain);
    if (next === null) break;
    inner = next;
  }
  checkChain(c, chain.length);
  visitOther(c, inner);
  for (let i = chain.length - 1; i >= 0; i--) leaveLink(c, chain[i]!);
}

interface ChainLink {
  e: Expr;
  /** A call whose function is an attribute looked up as a method. */
  method: boolean;
}

/** The operand to compile before `e`'s own code, or null where `e` is no link of a chain. */
function enterLink(c: Compiler, e: Expr, chain: ChainLink[]): Expr | null {
  switch (e.kind) {
    case 'BinOp':
    case 'UnaryOp':
      break;
    case 'Attribute':
      addStaticAttribute(c, e);
      if (e.ctx === 'Load' && canOptimizeSuperCall(c, e)) return null;
      break;
    case 'Subscript':
      if (e.ctx === 'Load') {
        checkSubscripter(c, e.value);
        checkIndex(c, e.value, e.slice);
      }
      break;
    case 'Call': {
      validateKeywords(c, e.keywords);
      const method = isMethodCall(c, e);
      if (method && canOptimizeSuperCall(c, e.func as Expr & { kind: 'Attribute' })) return null;
      if (!method) checkCaller(c, e.func);
      chain.push({ e, method });
      return method ? (e.func as Expr & { kind: 'Attribute' }).value : e.func;
    }
    default:
      return null;
  }
  chain.push({ e, method: false });
  return firstOperand(e);
}

function leaveLink(c: Compiler, { e, method }: ChainLink): void {
  switch (e.kind) {
    case 'BinOp':
      visitExpr(c, e.right);
      return ADDOP_I(c, LOC(e), Op.BINARY_OP, binaryOperators[e.op]);
    case 'UnaryOp':
      return unaryOperator(c, e);
    case 'Attribute':
      return finishAttribute(c, e);
    case 'Subscript':
      return finishSubscript(c, e);
    case 'Call':
      return method ? finishMethodCall(c, e) : finishCall(c, e);
    default:
      throw new Error(`${e.kind} is no link of a chain`);
  }
}

function visitOther(c: Compiler, e: Expr): void {
  enterRecursion(c);
  visitOther1(c, e);
  leaveRecursion(c);
}

function visitOther1(c: Compiler, e: Expr): void {
  switch (e.kind) {
    case 'NamedExpr':
      visitExpr(c, e.value);
      ADDOP_I(c, LOC(e), Op.COPY, 1);
      visitExpr(c, e.target);
      return;
    case 'BoolOp':
      return compiler_boolop(c, e);
    case 'Lambda':
      return compiler_lambda(c, e);
    case 'IfExp':
      return compiler_ifexp(c, e);
    case 'Dict':
      return compiler_dict(c, e);
    case 'Set':
      return starunpack_helper(c, LOC(e), e.elts, 0, Op.BUILD_SET, Op.SET_ADD, Op.SET_UPDATE, false);
    case 'GeneratorExp':
      return compiler_comprehension(c, e, '<genexpr>', e.generators, e.elt, null);
    case 'ListComp':
      return compiler_comprehension(c, e, '<listcomp>', e.generators, e.elt, null);
    case 'SetComp':
      return compiler_comprehension(c, e, '<setcomp>', e.generators, e.elt, null);
    case 'DictComp':
      return compiler_comprehension(c, e, '<dictcomp>', e.generators, e.key, e.value);
    case 'Yield':
    case 'YieldFrom':
    case 'Await':
      return visitYield(c, e);
    case 'Compare':
      return compiler_compare(c, e);
    case 'Call':
      return callSuperMethod(c, e);
    case 'Constant':
      return ADDOP_LOAD_CONST(c, LOC(e), e.value);
    case 'JoinedStr':
      return compiler_joined_str(c, e);
    case 'FormattedValue':
      return compiler_formatted_value(c, e);
    case 'Attribute':
      return loadSuperAttribute(c, e);
    case 'BinOp':
    case 'UnaryOp':
    case 'Subscript':
      throw new Error(`${e.kind} belongs to a chain`);
    case 'Starred': {
      const message =
        e.ctx === 'Store'
          ? 'starred assignment target must be in a list or tuple'
          : "can't use starred expression here";
      throw compilerError(c, LOC(e), message);
    }
    case 'Slice': {
      const loc = LOC(e);
      compiler_slice(c, e);
      if (e.step !== null) visitExpr(c, e.step);
      ADDOP_I(c, loc, Op.BUILD_SLICE, e.step === null ? 2 : 3);
      return;
    }
    case 'Name':
      return compiler_nameop(c, LOC(e), e.id, e.ctx);
    case 'List':
    case 'Tuple':
      return visitSequence(c, e);
  }
}

function unaryOperator(c: Compiler, e: Expr & { kind: 'UnaryOp' }): void {
  const loc = LOC(e);
  switch (e.op) {
    case 'Invert':
      return ADDOP(c, loc, Op.UNARY_INVERT);
    case 'USub':
      return ADDOP(c, loc, Op.UNARY_NEGATIVE);
    case 'UAdd':
      return ADDOP_I(c, loc, Op.CALL_INTRINSIC_1, INTRINSIC_UNARY_POSITIVE);
    case 'Not':
      ADDOP(c, loc, Op.TO_BOOL);
      ADDOP(c, loc, Op.UNARY_NOT);
  }
}

function visitYield(c: Compiler, e: Expr & { kind: 'Yield' | 'YieldFrom' | 'Await' }): void {
  const loc = LOC(e);
  const { ste, scopeType } = c.u;
  if (e.kind === 'Await') {
    if (!ste.isFunctionLike()) throw compilerError(c, loc, "'await' outside function");
    if (scopeType !== 'async function' && scopeType !== 'comprehension') {
      throw compilerError(c, loc, "'await' outside async function");
    }
    visitExpr(c, e.value);
    addAwait(c, loc, 0);
    return;
  }
  if (!ste.isFunctionLike()) {
    throw compilerError(c, loc, e.kind === 'Yield' ? "'yield' outside function" : "'yield from' outside function");
  }
  if (e.kind === 'Yield') {
    if (e.value !== null) visitExpr(c, e.value);
    else ADDOP_LOAD_CONST(c, loc, NONE);
    ADDOP_YIELD(c, loc);
    return;
  }
  if (scopeType === 'async function') throw compilerError(c, loc, "'yield from' inside async function");
  visitExpr(c, e.value);
  ADDOP(c, loc, Op.GET_YIELD_FROM_ITER);
  ADDOP_LOAD_CONST(c, loc, NONE);
  ADD_YIELD_FROM(c, loc, false);
}

function finishAttribute(c: Compiler, e: Expr & { kind: 'Attribute' }): void {
  const loc = updateStartLocationToMatchAttr(LOC(e), e);
  if (e.ctx === 'Load') return ADDOP_NAME(c, loc, Op.LOAD_ATTR, e.attr);
  forbiddenName(c, loc, e.attr, e.ctx);
  ADDOP_NAME(c, loc, e.ctx === 'Store' ? Op.STORE_ATTR : Op.DELETE_ATTR, e.attr);
}

function compiler_boolop(c: Compiler, e: Expr & { kind: 'BoolOp' }): void {
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

function compiler_ifexp(c: Compiler, e: Expr & { kind: 'IfExp' }): void {
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

function compiler_compare(c: Compiler, e: Expr & { kind: 'Compare' }): void {
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
    if (tuple && pushed === 0) return ADDOP_LOAD_CONST(c, loc, tupleConst(items));
    ADDOP_I(c, loc, build, pushed);
    ADDOP_LOAD_CONST(c, loc, add === Op.SET_ADD ? frozensetConst(items) : tupleConst(items));
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

function visitSequence(c: Compiler, e: Expr & { kind: 'List' | 'Tuple' }): void {
  const loc = LOC(e);
  if (e.ctx === 'Del') return visitExprs(c, e.elts);
  if (e.ctx === 'Load') {
    const tuple = e.kind === 'Tuple';
    return starunpack_helper(c, loc, e.elts, 0, Op.BUILD_LIST, Op.LIST_APPEND, Op.LIST_EXTEND, tuple);
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
    ADDOP_LOAD_CONST(c, loc, tupleConst(keys.map((key) => (key as Expr & { kind: 'Constant' }).value)));
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

function compiler_dict(c: Compiler, e: Expr & { kind: 'Dict' }): void {
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

function compiler_joined_str(c: Compiler, e: Expr & { kind: 'JoinedStr' }): void {
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

function compiler_formatted_value(c: Compiler, e: Expr & { kind: 'FormattedValue' }): void {
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

export function isTwoElementSlice(e: Expr): e is Expr & { kind: 'Slice' } {
  return e.kind === 'Slice' && e.step === null;
}

/** Pushes lower and upper. */
export function compiler_slice(c: Compiler, e: Expr & { kind: 'Slice' }): void {
  for (const bound of [e.lower, e.upper]) {
    if (bound !== null) visitExpr(c, bound);
    else ADDOP_LOAD_CONST(c, LOC(e), NONE);
  }
}

const subscriptOps = { Load: Op.BINARY_SUBSCR, Store: Op.STORE_SUBSCR, Del: Op.DELETE_SUBSCR };

function finishSubscript(c: Compiler, e: Expr & { kind: 'Subscript' }): void {
  const loc = LOC(e);
  if (isTwoElementSlice(e.slice) && e.ctx !== 'Del') {
    compiler_slice(c, e.slice);
    ADDOP(c, loc, e.ctx === 'Load' ? Op.BINARY_SLICE : Op.STORE_SLICE);
    return;
  }
  visitExpr(c, e.slice);
  ADDOP(c, loc, subscriptOps[e.ctx]);
}

export function loadInt(c: Compiler, loc: Loc, value: number): void {
  ADDOP_LOAD_CONST(c, loc, intConst(value));
}
