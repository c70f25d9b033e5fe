// Functions, lambdas and classes (CPython's Python/compile.c).
import type { Arg, Arguments, AsyncFunctionDef, ClassDef, Expr, FunctionDef } from '../ast.ts';
import { intConst, NONE, strConst, tupleConst } from '../constant-ops.ts';
import { LIST, noting } from '../ledger.ts';
import { Op } from '../opcodes.ts';
import { CO_FUTURE_ANNOTATIONS, docString } from '../symtable/future.ts';
import { unparse } from '../unparse.ts';
import { callHelper } from './call.ts';
import { docConstant } from './docstring.ts';
import { INTRINSIC_STOPITERATION_ERROR, visitExpr, visitExprs } from './expr.ts';
import { Loc, NO_LOCATION } from './instructions.ts';
import {
  compiler_nameop,
  enterScope,
  entryOf,
  finishScope,
  forbiddenName,
  MAKE_FUNCTION_ANNOTATIONS,
  MAKE_FUNCTION_DEFAULTS,
  MAKE_FUNCTION_KWDEFAULTS,
  makeClosure,
} from './scope.ts';
import { compilerBody, visitStmt } from './stmt.ts';
import {
  compiler_type_params,
  INTRINSIC_SET_FUNCTION_TYPE_PARAMS,
  INTRINSIC_SUBSCRIPT_GENERIC,
} from './type-params.ts';
import {
  ADDOP,
  ADDOP_I,
  ADDOP_LOAD_CONST,
  addConst,
  type Compiler,
  compareCodePoints,
  LOC,
  mangled,
  newLabel,
  popBlock,
  pushBlock,
  useLabel,
} from './unit.ts';

function checkDebugArgs(c: Compiler, args: Arguments): void {
  for (const arg of [...args.posonlyargs, ...args.args, args.vararg, ...args.kwonlyargs, args.kwarg]) {
    if (arg !== null) forbiddenName(c, LOC(arg), arg.arg, 'Store');
  }
}

/** Pushes the tuple and the dict of defaults; says which as MAKE_FUNCTION flags. */
function defaultArguments(c: Compiler, loc: Loc, args: Arguments): number {
  let flags = 0;
  if (args.defaults.length > 0) {
    visitExprs(c, args.defaults);
    ADDOP_I(c, loc, Op.BUILD_TUPLE, args.defaults.length);
    flags |= MAKE_FUNCTION_DEFAULTS;
  }
  const names: string[] = [];
  args.kwonlyargs.forEach((arg, i) => {
    const value = args.kw_defaults[i] ?? null;
    if (value === null) return;
    if (names.length === 0) noting.ledger?.born(LIST);
    names.push(mangled(c, arg.arg));
    visitExpr(c, value);
  });
  if (names.length > 0) {
    noting.ledger?.died(LIST);
    ADDOP_LOAD_CONST(c, loc, tupleConst(names.map(strConst)));
    ADDOP_I(c, loc, Op.BUILD_CONST_KEY_MAP, names.length);
    flags |= MAKE_FUNCTION_KWDEFAULTS;
  }
  return flags;
}

/** Under `from __future__ import annotations` the text of the annotation, else its value. */
export function visitAnnotation(c: Compiler, annotation: Expr): void {
  if (c.future.features & CO_FUTURE_ANNOTATIONS) {
    ADDOP_LOAD_CONST(c, LOC(annotation), strConst(unparse(annotation)));
  } else {
    visitExpr(c, annotation);
  }
}

function visitAnnotations(c: Compiler, loc: Loc, args: Arguments, returns: Expr | null): boolean {
  let count = 0;
  const visit = (name: string, annotation: Expr | null) => {
    if (annotation === null) return;
    ADDOP_LOAD_CONST(c, loc, strConst(mangled(c, name)));
    if (annotation.kind === 'Starred' && !(c.future.features & CO_FUTURE_ANNOTATIONS)) {
      visitExpr(c, annotation.value);
      ADDOP_I(c, loc, Op.UNPACK_SEQUENCE, 1);
    } else {
      visitAnnotation(c, annotation);
    }
    count++;
  };
  const visitArg = (arg: Arg | null) => {
    if (arg !== null) visit(arg.arg, arg.annotation);
  };
  // CPython's order: positional-only parameters come second.
  args.args.forEach(visitArg);
  args.posonlyargs.forEach(visitArg);
  visitArg(args.vararg);
  args.kwonlyargs.forEach(visitArg);
  visitArg(args.kwarg);
  visit('return', returns);
  if (count > 0) ADDOP_I(c, loc, Op.BUILD_TUPLE, count * 2);
  return count > 0;
}

function applyDecorators(c: Compiler, decorators: Expr[]): void {
  for (let i = decorators.length - 1; i >= 0; i--) ADDOP_I(c, LOC(decorators[i]!), Op.CALL, 0);
}

/** A StopIteration that leaves a generator becomes a RuntimeError. */
export function wrapInStopIterationHandler(c: Compiler): void {
  const handler = newLabel(c);
  c.u.sequence.insert(0, Op.SETUP_CLEANUP, handler, NO_LOCATION);
  ADDOP_LOAD_CONST(c, NO_LOCATION, NONE);
  ADDOP(c, NO_LOCATION, Op.RETURN_VALUE);
  useLabel(c, handler);
  ADDOP_I(c, NO_LOCATION, Op.CALL_INTRINSIC_1, INTRINSIC_STOPITERATION_ERROR);
  ADDOP_I(c, NO_LOCATION, Op.RERAISE, 1);
}

function setArgCounts(c: Compiler, args: Arguments): void {
  c.u.argcount = args.args.length;
  c.u.posonlyargcount = args.posonlyargs.length;
  c.u.kwonlyargcount = args.kwonlyargs.length;
}

function functionBody(c: Compiler, s: FunctionDef | AsyncFunctionDef, flags: number, firstlineno: number): void {
  const isAsync = s.kind === 'AsyncFunctionDef';
  enterScope(c, s.name, isAsync ? 'async function' : 'function', entryOf(c, s), firstlineno);
  const doc = docString(s.body);
  addConst(c, doc !== null && c.optimize < 2 ? docConstant(c, doc) : NONE);
  setArgCounts(c, s.args);
  const start = newLabel(c);
  useLabel(c, start);
  const { ste } = c.u;
  const isGenerator = ste.coroutine || ste.generator;
  if (isGenerator) pushBlock(c, NO_LOCATION, 'stop iteration', start, -1, null);
  for (let i = doc === null ? 0 : 1; i < s.body.length; i++) visitStmt(c, s.body[i]!);
  if (isGenerator) {
    wrapInStopIterationHandler(c);
    popBlock(c, 'stop iteration');
  }
  makeClosure(c, LOC(s), finishScope(c, true), flags);
}

export function compiler_function(c: Compiler, s: FunctionDef | AsyncFunctionDef): void {
  checkDebugArgs(c, s.args);
  visitExprs(c, s.decorator_list);
  const firstlineno = s.decorator_list[0]?.lineno ?? s.lineno;
  const loc = LOC(s);
  let flags = defaultArguments(c, loc, s.args);
  const generic = s.type_params.length > 0;
  let typeParamArgs = 0;
  if (generic) {
    if (flags & MAKE_FUNCTION_DEFAULTS) typeParamArgs++;
    if (flags & MAKE_FUNCTION_KWDEFAULTS) typeParamArgs++;
    if (typeParamArgs === 2) ADDOP_I(c, loc, Op.SWAP, 2);
    const name = `<generic parameters of ${s.name}>`;
    enterScope(c, name, 'type params', entryOf(c, s.type_params), firstlineno);
    compiler_type_params(c, s.type_params);
    for (let i = 0; i < typeParamArgs; i++) ADDOP_I(c, loc, Op.LOAD_FAST, i);
  }
  if (visitAnnotations(c, loc, s.args, s.returns)) flags |= MAKE_FUNCTION_ANNOTATIONS;
  functionBody(c, s, flags, firstlineno);
  if (generic) {
    ADDOP_I(c, loc, Op.SWAP, 2);
    ADDOP_I(c, loc, Op.CALL_INTRINSIC_2, INTRINSIC_SET_FUNCTION_TYPE_PARAMS);
    c.u.argcount = typeParamArgs;
    makeClosure(c, loc, finishScope(c, false), 0);
    if (typeParamArgs > 0) {
      ADDOP_I(c, loc, Op.SWAP, typeParamArgs + 1);
      ADDOP_I(c, loc, Op.CALL, typeParamArgs - 1);
    } else {
      ADDOP(c, loc, Op.PUSH_NULL);
      ADDOP_I(c, loc, Op.CALL, 0);
    }
  }
  applyDecorators(c, s.decorator_list);
  compiler_nameop(c, loc, s.name, 'Store');
}

export function compiler_lambda(c: Compiler, e: Expr & { kind: 'Lambda' }): void {
  checkDebugArgs(c, e.args);
  const loc = LOC(e);
  const flags = defaultArguments(c, loc, e.args);
  enterScope(c, '<lambda>', 'lambda', entryOf(c, e), e.lineno);
  addConst(c, NONE);
  setArgCounts(c, e.args);
  visitExpr(c, e.body);
  const isGenerator = c.u.ste.generator;
  if (!isGenerator) ADDOP(c, LOC(e.body), Op.RETURN_VALUE);
  makeClosure(c, loc, finishScope(c, !isGenerator), flags);
}

function classBody(c: Compiler, s: ClassDef, firstlineno: number): void {
  enterScope(c, s.name, 'class', entryOf(c, s), firstlineno);
  const { u } = c;
  u.private = s.name;
  const loc = new Loc(firstlineno, firstlineno, 0, 0);
  compiler_nameop(c, loc, '__name__', 'Load');
  compiler_nameop(c, loc, '__module__', 'Store');
  ADDOP_LOAD_CONST(c, loc, strConst(u.qualname));
  compiler_nameop(c, loc, '__qualname__', 'Store');
  ADDOP_LOAD_CONST(c, loc, intConst(firstlineno));
  compiler_nameop(c, loc, '__firstlineno__', 'Store');
  if (s.type_params.length > 0) {
    compiler_nameop(c, loc, '.type_params', 'Load');
    compiler_nameop(c, loc, '__type_params__', 'Store');
  }
  if (u.ste.needsClassdict) {
    ADDOP(c, loc, Op.LOAD_LOCALS);
    ADDOP_I(c, loc, Op.STORE_DEREF, u.cellvars.get('__classdict__')!);
  }
  compilerBody(c, loc, s.body);
  noting.ledger?.once(LIST);
  ADDOP_LOAD_CONST(c, NO_LOCATION, tupleConst([...u.staticAttributes!].sort(compareCodePoints).map(strConst)));
  compiler_nameop(c, NO_LOCATION, '__static_attributes__', 'Store');
  if (u.ste.needsClassdict) {
    ADDOP_I(c, NO_LOCATION, Op.LOAD_CLOSURE, u.cellvars.get('__classdict__')!);
    compiler_nameop(c, NO_LOCATION, '__classdictcell__', 'Store');
  }
  if (u.ste.needsClassClosure) {
    ADDOP_I(c, NO_LOCATION, Op.LOAD_CLOSURE, u.cellvars.get('__class__')!);
    ADDOP_I(c, NO_LOCATION, Op.COPY, 1);
    compiler_nameop(c, NO_LOCATION, '__classcell__', 'Store');
  } else {
    ADDOP_LOAD_CONST(c, NO_LOCATION, NONE);
  }
  ADDOP(c, NO_LOCATION, Op.RETURN_VALUE);
  const code = finishScope(c, true);
  const defLoc = LOC(s);
  ADDOP(c, defLoc, Op.LOAD_BUILD_CLASS);
  ADDOP(c, defLoc, Op.PUSH_NULL);
  makeClosure(c, defLoc, code, 0);
  ADDOP_LOAD_CONST(c, defLoc, strConst(s.name));
}

export function compiler_class(c: Compiler, s: ClassDef): void {
  visitExprs(c, s.decorator_list);
  const firstlineno = s.decorator_list[0]?.lineno ?? s.lineno;
  const loc = LOC(s);
  const generic = s.type_params.length > 0;
  if (generic) {
    const name = `<generic parameters of ${s.name}>`;
    enterScope(c, name, 'type params', entryOf(c, s.type_params), firstlineno);
    c.u.private = s.name;
    compiler_type_params(c, s.type_params);
    compiler_nameop(c, loc, '.type_params', 'Store');
  }
  classBody(c, s, firstlineno);
  if (generic) {
    compiler_nameop(c, loc, '.type_params', 'Load');
    ADDOP_I(c, loc, Op.CALL_INTRINSIC_1, INTRINSIC_SUBSCRIPT_GENERIC);
    compiler_nameop(c, loc, '.generic_base', 'Store');
    const { lineno, col_offset, end_lineno, end_col_offset } = s;
    const position = { lineno, col_offset, end_lineno, end_col_offset };
    const base: Expr = { kind: 'Name', id: '.generic_base', ctx: 'Load', ...position };
    callHelper(c, loc, 2, [...s.bases, base], s.keywords);
    makeClosure(c, loc, finishScope(c, false), 0);
    ADDOP(c, loc, Op.PUSH_NULL);
    ADDOP_I(c, loc, Op.CALL, 0);
  } else {
    callHelper(c, loc, 2, s.bases, s.keywords);
  }
  applyDecorators(c, s.decorator_list);
  compiler_nameop(c, loc, s.name, 'Store');
}
