// Statements: assignment, loops, conditions, imports (CPython's Python/compile.c).
import type { AnnAssign, Expr, ImportFrom, Stmt } from '../ast.ts';
import { enterRecursion, leaveRecursion } from '../compile-errors.ts';
import { intConst, NONE, strConst, tupleConst } from '../constant-ops.ts';
import { Op } from '../opcodes.ts';
import { CO_FUTURE_ANNOTATIONS, docString } from '../symtable/future.ts';
import { updateStartLocationToMatchAttr } from './call.ts';
import { docConstant } from './docstring.ts';
import { compiler_jump_if } from './conditions.ts';
import {
  ADD_YIELD_FROM,
  binaryOperators,
  compiler_slice,
  INTRINSIC_IMPORT_STAR,
  INTRINSIC_PRINT,
  isTwoElementSlice,
  visitExpr,
  visitExprs,
  noteConstant,
} from './expr.ts';
import { compiler_class, compiler_function, visitAnnotation } from './function.ts';
import { type Loc, NO_LOCATION } from './instructions.ts';
import { compiler_match } from './match.ts';
import { compiler_nameop, forbiddenName } from './scope.ts';
import { compiler_async_with, compiler_try, compiler_with, unwindBlock, unwindBlockStack } from './try.ts';
import { compiler_typealias } from './type-params.ts';
import {
  ADDOP,
  ADDOP_I,
  ADDOP_JUMP,
  ADDOP_LOAD_CONST,
  ADDOP_NAME,
  type Compiler,
  compilerError,
  indexIn,
  LOC,
  mangled,
  newLabel,
  popBlock,
  pushBlock,
  useLabel,
} from './unit.ts';

export function visitStmts(c: Compiler, stmts: Stmt[]): void {
  for (const stmt of stmts) visitStmt(c, stmt);
}

export function visitStmt(c: Compiler, s: Stmt): void {
  enterRecursion(c);
  visitStmt1(c, s);
  leaveRecursion(c);
}

function visitStmt1(c: Compiler, s: Stmt): void {
  switch (s.kind) {
    case 'FunctionDef':
    case 'AsyncFunctionDef':
      compiler_function(c, s);
      break;
    case 'ClassDef':
      compiler_class(c, s);
      break;
    case 'TypeAlias':
      compiler_typealias(c, s);
      break;
    case 'Return':
      compiler_return(c, s);
      break;
    case 'Delete':
      visitExprs(c, s.targets);
      break;
    case 'Assign': {
      visitExpr(c, s.value);
      const last = s.targets.length - 1;
      s.targets.forEach((target, i) => {
        if (i < last) ADDOP_I(c, LOC(s), Op.COPY, 1);
        visitExpr(c, target);
      });
      return;
    }
    case 'AugAssign':
      compiler_augassign(c, s);
      break;
    case 'AnnAssign':
      compiler_annassign(c, s);
      break;
    case 'For':
      compiler_for(c, s);
      break;
    case 'AsyncFor':
      compiler_async_for(c, s);
      break;
    case 'While':
      compiler_while(c, s);
      break;
    case 'If':
      compiler_if(c, s);
      break;
    case 'Match':
      compiler_match(c, s);
      break;
    case 'Raise':
      if (s.exc !== null) visitExpr(c, s.exc);
      if (s.cause !== null) visitExpr(c, s.cause);
      ADDOP_I(c, LOC(s), Op.RAISE_VARARGS, s.exc === null ? 0 : s.cause === null ? 1 : 2);
      break;
    case 'Try':
    case 'TryStar':
      compiler_try(c, s);
      break;
    case 'Assert':
      compiler_assert(c, s);
      break;
    case 'Import':
      compiler_import(c, s);
      break;
    case 'ImportFrom':
      compiler_from_import(c, s);
      break;
    case 'Global':
    case 'Nonlocal':
      return;
    case 'Expr':
      compiler_stmt_expr(c, LOC(s), s.value);
      break;
    case 'Pass':
      ADDOP(c, LOC(s), Op.NOP);
      break;
    case 'Break':
      breakOrContinue(c, LOC(s), true);
      break;
    case 'Continue':
      breakOrContinue(c, LOC(s), false);
      break;
    case 'With':
      compiler_with(c, s, 0);
      break;
    case 'AsyncWith':
      compiler_async_with(c, s, 0);
      break;
  }
}

/** Whether a block (not the functions and classes in it) annotates a name. */
function findAnn(stmts: Stmt[]): boolean {
  return stmts.some((s) => {
    switch (s.kind) {
      case 'AnnAssign':
        return true;
      case 'For':
      case 'AsyncFor':
      case 'While':
        return findAnn(s.body) || findAnn(s.orelse);
      case 'If': {
        for (let branch: Stmt & { kind: 'If' } = s; ; ) {
          if (findAnn(branch.body)) return true;
          const next: Stmt | undefined = branch.orelse[0];
          if (branch.orelse.length !== 1 || next!.kind !== 'If') return findAnn(branch.orelse);
          branch = next as Stmt & { kind: 'If' };
        }
      }
      case 'With':
      case 'AsyncWith':
        return findAnn(s.body);
      case 'Match':
        return s.cases.some((m) => findAnn(m.body));
      case 'Try':
      case 'TryStar':
        return findAnn(s.body) || s.handlers.some((h) => findAnn(h.body)) || findAnn(s.finalbody) || findAnn(s.orelse);
      default:
        return false;
    }
  });
}

/** The body of a module or class. */
export function compilerBody(c: Compiler, bodyLoc: Loc, stmts: Stmt[]): void {
  const loc = c.u.scopeType === 'module' && !c.interactive && stmts.length > 0 ? LOC(stmts[0]!) : bodyLoc;
  if (findAnn(stmts)) ADDOP(c, loc, Op.SETUP_ANNOTATIONS);
  const doc = c.interactive && c.u.parent === null ? null : docString(stmts);
  if (doc !== null && c.optimize < 2) {
    const first = stmts[0] as Stmt & { kind: 'Expr' };
    ADDOP_LOAD_CONST(c, LOC(first.value), docConstant(c, doc));
    compiler_nameop(c, NO_LOCATION, '__doc__', 'Store');
  }
  for (let i = doc === null ? 0 : 1; i < stmts.length; i++) visitStmt(c, stmts[i]!);
}

function compiler_stmt_expr(c: Compiler, loc: Loc, value: Expr): void {
  if (c.interactive && c.u.parent === null) {
    visitExpr(c, value);
    ADDOP_I(c, loc, Op.CALL_INTRINSIC_1, INTRINSIC_PRINT);
    ADDOP(c, NO_LOCATION, Op.POP_TOP);
  } else if (value.kind === 'Constant') {
    ADDOP(c, loc, Op.NOP);
  } else {
    visitExpr(c, value);
    ADDOP(c, NO_LOCATION, Op.POP_TOP);
  }
}

function compiler_return(c: Compiler, s: Stmt & { kind: 'Return' }): void {
  let loc = LOC(s);
  const { ste } = c.u;
  const { value } = s;
  if (!ste.isFunctionLike()) throw compilerError(c, loc, "'return' outside function");
  if (value !== null && ste.coroutine && ste.generator) {
    throw compilerError(c, loc, "'return' with value in async generator");
  }
  const preserveTos = value !== null && value.kind !== 'Constant';
  if (preserveTos) {
    visitExpr(c, value);
  } else if (value !== null) {
    loc = LOC(value);
    ADDOP(c, loc, Op.NOP);
  }
  if (value === null || value.lineno !== s.lineno) {
    loc = LOC(s);
    ADDOP(c, loc, Op.NOP);
  }
  loc = unwindBlockStack(c, loc, preserveTos);
  if (value === null) ADDOP_LOAD_CONST(c, loc, NONE);
  else if (value.kind === 'Constant') {
    noteConstant(c, value.value);
    ADDOP_LOAD_CONST(c, loc, value.value);
  }
  ADDOP(c, loc, Op.RETURN_VALUE);
}

function breakOrContinue(c: Compiler, origin: Loc, isBreak: boolean): void {
  ADDOP(c, origin, Op.NOP);
  const found: { loop?: (typeof c.u.blocks)[number] } = {};
  let loc = unwindBlockStack(c, origin, false, found);
  const { loop } = found;
  if (loop === undefined) {
    throw compilerError(c, origin, isBreak ? "'break' outside loop" : "'continue' not properly in loop");
  }
  if (isBreak) loc = unwindBlock(c, loc, loop, false);
  ADDOP_JUMP(c, loc, Op.JUMP, isBreak ? loop.exit : loop.block);
}

function compiler_augassign(c: Compiler, s: Stmt & { kind: 'AugAssign' }): void {
  const e = s.target;
  let loc = LOC(e);
  if (e.kind === 'Attribute') {
    visitExpr(c, e.value);
    ADDOP_I(c, loc, Op.COPY, 1);
    loc = updateStartLocationToMatchAttr(loc, e);
    ADDOP_NAME(c, loc, Op.LOAD_ATTR, e.attr);
  } else if (e.kind === 'Subscript') {
    visitExpr(c, e.value);
    if (isTwoElementSlice(e.slice)) {
      compiler_slice(c, e.slice);
      for (let i = 0; i < 3; i++) ADDOP_I(c, loc, Op.COPY, 3);
      ADDOP(c, loc, Op.BINARY_SLICE);
    } else {
      visitExpr(c, e.slice);
      ADDOP_I(c, loc, Op.COPY, 2);
      ADDOP_I(c, loc, Op.COPY, 2);
      ADDOP(c, loc, Op.BINARY_SUBSCR);
    }
  } else if (e.kind === 'Name') {
    compiler_nameop(c, loc, e.id, 'Load');
  } else {
    throw new Error(`invalid target of an augmented assignment: ${e.kind}`);
  }
  visitExpr(c, s.value);
  // Operators of an augmented assignment follow the plain ones.
  ADDOP_I(c, LOC(s), Op.BINARY_OP, binaryOperators[s.op] + 13);
  if (e.kind === 'Attribute') {
    ADDOP_I(c, loc, Op.SWAP, 2);
    forbiddenName(c, loc, e.attr, 'Store');
    ADDOP_NAME(c, loc, Op.STORE_ATTR, e.attr);
  } else if (e.kind === 'Name') {
    compiler_nameop(c, loc, e.id, 'Store');
  } else if (isTwoElementSlice(e.slice)) {
    for (const depth of [4, 3, 2]) ADDOP_I(c, loc, Op.SWAP, depth);
    ADDOP(c, loc, Op.STORE_SLICE);
  } else {
    ADDOP_I(c, loc, Op.SWAP, 3);
    ADDOP_I(c, loc, Op.SWAP, 2);
    ADDOP(c, loc, Op.STORE_SUBSCR);
  }
}

function checkAnnExpr(c: Compiler, e: Expr): void {
  visitExpr(c, e);
  ADDOP(c, LOC(e), Op.POP_TOP);
}

function checkAnnSubscr(c: Compiler, e: Expr): void {
  if (e.kind === 'Slice') {
    for (const part of [e.lower, e.upper, e.step]) if (part !== null) checkAnnExpr(c, part);
  } else if (e.kind === 'Tuple') {
    for (const elt of e.elts) checkAnnSubscr(c, elt);
  } else {
    checkAnnExpr(c, e);
  }
}

function compiler_annassign(c: Compiler, s: AnnAssign): void {
  const loc = LOC(s);
  const { target } = s;
  const evaluated = c.u.scopeType === 'module' || c.u.scopeType === 'class';
  if (s.value !== null) {
    visitExpr(c, s.value);
    visitExpr(c, target);
  }
  if (target.kind === 'Name') {
    forbiddenName(c, loc, target.id, 'Store');
    if (s.simple && evaluated) {
      visitAnnotation(c, s.annotation);
      ADDOP_NAME(c, loc, Op.LOAD_NAME, '__annotations__');
      ADDOP_LOAD_CONST(c, loc, strConst(mangled(c, target.id)));
      ADDOP(c, loc, Op.STORE_SUBSCR);
    }
  } else if (target.kind === 'Attribute') {
    forbiddenName(c, loc, target.attr, 'Store');
    if (s.value === null) checkAnnExpr(c, target.value);
  } else if (target.kind === 'Subscript' && s.value === null) {
    checkAnnExpr(c, target.value);
    checkAnnSubscr(c, target.slice);
  }
  if (!s.simple && evaluated && !(c.future.features & CO_FUTURE_ANNOTATIONS)) checkAnnExpr(c, s.annotation);
}

function compiler_for(c: Compiler, s: Stmt & { kind: 'For' }): void {
  const start = newLabel(c);
  const cleanup = newLabel(c);
  const end = newLabel(c);
  pushBlock(c, LOC(s), 'for loop', start, end, null);
  visitExpr(c, s.iter);
  const loc = LOC(s.iter);
  ADDOP(c, loc, Op.GET_ITER);
  useLabel(c, start);
  ADDOP_JUMP(c, loc, Op.FOR_ITER, cleanup);
  // For tracing a `for` of several lines; removed later where it says nothing.
  ADDOP(c, LOC(s.target), Op.NOP);
  visitExpr(c, s.target);
  visitStmts(c, s.body);
  ADDOP_JUMP(c, NO_LOCATION, Op.JUMP, start);
  useLabel(c, cleanup);
  ADDOP(c, NO_LOCATION, Op.END_FOR);
  ADDOP(c, NO_LOCATION, Op.POP_TOP);
  popBlock(c, 'for loop');
  visitStmts(c, s.orelse);
  useLabel(c, end);
}

function compiler_async_for(c: Compiler, s: Stmt & { kind: 'AsyncFor' }): void {
  const loc = LOC(s);
  if (c.u.scopeType !== 'async function') throw compilerError(c, loc, "'async for' outside async function");
  const start = newLabel(c);
  const except = newLabel(c);
  const end = newLabel(c);
  visitExpr(c, s.iter);
  ADDOP(c, LOC(s.iter), Op.GET_AITER);
  useLabel(c, start);
  pushBlock(c, loc, 'for loop', start, end, null);
  ADDOP_JUMP(c, loc, Op.SETUP_FINALLY, except);
  ADDOP(c, loc, Op.GET_ANEXT);
  ADDOP_LOAD_CONST(c, loc, NONE);
  ADD_YIELD_FROM(c, loc, true);
  ADDOP(c, loc, Op.POP_BLOCK);
  visitExpr(c, s.target);
  visitStmts(c, s.body);
  ADDOP_JUMP(c, NO_LOCATION, Op.JUMP, start);
  popBlock(c, 'for loop');
  useLabel(c, except);
  ADDOP(c, LOC(s.iter), Op.END_ASYNC_FOR);
  visitStmts(c, s.orelse);
  useLabel(c, end);
}

function compiler_while(c: Compiler, s: Stmt & { kind: 'While' }): void {
  const loop = newLabel(c);
  const body = newLabel(c);
  const end = newLabel(c);
  const anchor = newLabel(c);
  useLabel(c, loop);
  pushBlock(c, LOC(s), 'while loop', loop, end, null);
  compiler_jump_if(c, s.test, anchor, false);
  useLabel(c, body);
  visitStmts(c, s.body);
  compiler_jump_if(c, s.test, body, true);
  popBlock(c, 'while loop');
  useLabel(c, anchor);
  visitStmts(c, s.orelse);
  useLabel(c, end);
}

/** A chain of elif is nested to the right in the tree: walked without recursion, its ends used innermost first. */
function compiler_if(c: Compiler, s: Stmt & { kind: 'If' }): void {
  const ends: number[] = [];
  let branch = s;
  for (;;) {
    const end = newLabel(c);
    ends.push(end);
    const { orelse } = branch;
    const next = orelse.length > 0 ? newLabel(c) : end;
    compiler_jump_if(c, branch.test, next, false);
    visitStmts(c, branch.body);
    if (orelse.length === 0) break;
    ADDOP_JUMP(c, NO_LOCATION, Op.JUMP_NO_INTERRUPT, end);
    useLabel(c, next);
    const inner = orelse[0]!;
    if (orelse.length === 1 && inner.kind === 'If') {
      branch = inner;
      continue;
    }
    visitStmts(c, orelse);
    break;
  }
  for (let i = ends.length - 1; i >= 0; i--) useLabel(c, ends[i]!);
}

function compiler_assert(c: Compiler, s: Stmt & { kind: 'Assert' }): void {
  const { test } = s;
  if (
    (test.kind === 'Tuple' && test.elts.length > 0) ||
    (test.kind === 'Constant' && test.value.t === 'tuple' && test.value.v.length > 0)
  ) {
    c.warn('assertion is always true, perhaps remove parentheses?', s);
  }
  if (c.optimize > 0) return;
  const end = newLabel(c);
  compiler_jump_if(c, test, end, true);
  ADDOP(c, LOC(s), Op.LOAD_ASSERTION_ERROR);
  if (s.msg !== null) {
    visitExpr(c, s.msg);
    ADDOP_I(c, LOC(s), Op.CALL, 0);
  }
  ADDOP_I(c, LOC(test), Op.RAISE_VARARGS, 1);
  useLabel(c, end);
}

function compiler_import(c: Compiler, s: Stmt & { kind: 'Import' }): void {
  const loc = LOC(s);
  for (const { name, asname } of s.names) {
    ADDOP_LOAD_CONST(c, loc, intConst(0));
    ADDOP_LOAD_CONST(c, loc, NONE);
    ADDOP_NAME(c, loc, Op.IMPORT_NAME, name);
    const parts = name.split('.');
    if (asname === null) {
      compiler_nameop(c, loc, parts[0]!, 'Store');
    } else if (parts.length === 1) {
      compiler_nameop(c, loc, asname, 'Store');
    } else {
      for (let i = 1; i < parts.length; i++) {
        ADDOP_I(c, loc, Op.IMPORT_FROM, indexIn(c.u.names, parts[i]!));
        if (i === parts.length - 1) break;
        ADDOP_I(c, loc, Op.SWAP, 2);
        ADDOP(c, loc, Op.POP_TOP);
      }
      compiler_nameop(c, loc, asname, 'Store');
      ADDOP(c, loc, Op.POP_TOP);
    }
  }
}

function isAfter(s: ImportFrom, c: Compiler): boolean {
  const future = c.future.loc;
  if (future === null) return true;
  return s.lineno > future.end_lineno || (s.lineno === future.end_lineno && s.col_offset > future.end_col_offset);
}

function compiler_from_import(c: Compiler, s: ImportFrom): void {
  const loc = LOC(s);
  if (s.module === '__future__' && !s.level && isAfter(s, c)) {
    throw compilerError(c, loc, 'from __future__ imports must occur at the beginning of the file');
  }
  ADDOP_LOAD_CONST(c, loc, intConst(s.level ?? 0));
  ADDOP_LOAD_CONST(c, loc, tupleConst(s.names.map((alias) => strConst(alias.name))));
  ADDOP_NAME(c, loc, Op.IMPORT_NAME, s.module ?? '');
  for (const alias of s.names) {
    if (alias.name === '*') {
      ADDOP_I(c, loc, Op.CALL_INTRINSIC_1, INTRINSIC_IMPORT_STAR);
      ADDOP(c, NO_LOCATION, Op.POP_TOP);
      return;
    }
    ADDOP_NAME(c, loc, Op.IMPORT_FROM, alias.name);
    compiler_nameop(c, loc, alias.asname ?? alias.name, 'Store');
  }
  ADDOP(c, loc, Op.POP_TOP);
}
