// Expressions: operators, attributes, subscripts, yields (CPython's Python/compile.c).
import type { Expr, OperatorKind } from '../ast.ts';
import type { Constant } from '../constants.ts';
import { checkChain, enterRecursion, firstOperand, leaveRecursion } from '../compile-errors.ts';
import { intConst, NONE } from '../constant-ops.ts';
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
import { compiler_boolop, compiler_compare, compiler_ifexp } from './conditions.ts';
import {
  compiler_dict,
  compiler_formatted_value,
  compiler_joined_str,
  starunpack_helper,
  visitSequence,
} from './displays.ts';
import { compiler_lambda } from './function.ts';
import { type Loc, NO_LOCATION } from './instructions.ts';
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
import { checkCaller, checkIndex, checkSubscripter } from './warnings.ts';

export const INTRINSIC_PRINT = 1;
export const INTRINSIC_IMPORT_STAR = 2;
export const INTRINSIC_STOPITERATION_ERROR = 3;
const INTRINSIC_ASYNC_GEN_WRAP = 4;
const INTRINSIC_UNARY_POSITIVE = 5;

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
  if (firstOperand(e) === null) {
    visitOther(c, e);
    return;
  }
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
      ADDOP_I(c, LOC(e), Op.BINARY_OP, binaryOperators[e.op]);
      break;
    case 'UnaryOp':
      unaryOperator(c, e);
      break;
    case 'Attribute':
      finishAttribute(c, e);
      break;
    case 'Subscript':
      finishSubscript(c, e);
      break;
    case 'Call':
      method ? finishMethodCall(c, e) : finishCall(c, e);
      break;
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
      compiler_boolop(c, e);
      break;
    case 'Lambda':
      compiler_lambda(c, e);
      break;
    case 'IfExp':
      compiler_ifexp(c, e);
      break;
    case 'Dict':
      compiler_dict(c, e);
      break;
    case 'Set':
      starunpack_helper(c, LOC(e), e.elts, 0, Op.BUILD_SET, Op.SET_ADD, Op.SET_UPDATE, false);
      break;
    case 'GeneratorExp':
      compiler_comprehension(c, e, '<genexpr>', e.generators, e.elt, null);
      break;
    case 'ListComp':
      compiler_comprehension(c, e, '<listcomp>', e.generators, e.elt, null);
      break;
    case 'SetComp':
      compiler_comprehension(c, e, '<setcomp>', e.generators, e.elt, null);
      break;
    case 'DictComp':
      compiler_comprehension(c, e, '<dictcomp>', e.generators, e.key, e.value);
      break;
    case 'Yield':
    case 'YieldFrom':
    case 'Await':
      visitYield(c, e);
      break;
    case 'Compare':
      compiler_compare(c, e);
      break;
    case 'Call':
      callSuperMethod(c, e);
      break;
    case 'Constant':
      noteConstant(c, e.value);
      ADDOP_LOAD_CONST(c, LOC(e), e.value);
      break;
    case 'JoinedStr':
      compiler_joined_str(c, e);
      break;
    case 'FormattedValue':
      compiler_formatted_value(c, e);
      break;
    case 'Attribute':
      loadSuperAttribute(c, e);
      break;
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
      compiler_nameop(c, LOC(e), e.id, e.ctx);
      break;
    case 'List':
    case 'Tuple':
      visitSequence(c, e);
      break;
  }
}

function unaryOperator(c: Compiler, e: Expr & { kind: 'UnaryOp' }): void {
  const loc = LOC(e);
  switch (e.op) {
    case 'Invert':
      ADDOP(c, loc, Op.UNARY_INVERT);
      break;
    case 'USub':
      ADDOP(c, loc, Op.UNARY_NEGATIVE);
      break;
    case 'UAdd':
      ADDOP_I(c, loc, Op.CALL_INTRINSIC_1, INTRINSIC_UNARY_POSITIVE);
      break;
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
  if (e.ctx === 'Load') {
    ADDOP_NAME(c, loc, Op.LOAD_ATTR, e.attr);
    return;
  }
  forbiddenName(c, loc, e.attr, e.ctx);
  ADDOP_NAME(c, loc, e.ctx === 'Store' ? Op.STORE_ATTR : Op.DELETE_ATTR, e.attr);
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

/** Tells who asked for them the constants of the tree that the code uses. */
export function noteConstant(c: Compiler, value: Constant): void {
  if (c.arena === undefined) return;
  c.arena.add(value);
  if (value.t === 'tuple' || value.t === 'frozenset') for (const item of value.v) noteConstant(c, item);
}
