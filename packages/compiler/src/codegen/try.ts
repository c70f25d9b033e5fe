// try, except*, finally, with, and what break, continue and return do on the way out (CPython's Python/compile.c).
import { LOAD_SPECIAL } from '@moult/abi';
import type { Stmt } from '../ast.ts';
import { NONE } from '../constant-ops.ts';
import { Op } from '../opcodes.ts';
import { addAwait, visitExpr } from './expr.ts';
import { type Label, type Loc, NO_LOCATION } from './instructions.ts';
import { compiler_nameop } from './scope.ts';
import { visitStmts } from './stmt.ts';
import {
  ADDOP,
  ADDOP_I,
  ADDOP_JUMP,
  ADDOP_LOAD_CONST,
  type Compiler,
  compilerError,
  type FrameBlock,
  LOC,
  newLabel,
  popBlock,
  pushBlock,
  useLabel,
} from './unit.ts';

type TryStmt = Stmt & { kind: 'Try' | 'TryStar' };
type WithStmt = Stmt & { kind: 'With' | 'AsyncWith' };

const INTRINSIC_PREP_RERAISE_STAR = 1;

function callExitWithNones(c: Compiler, loc: Loc): void {
  for (let i = 0; i < 3; i++) ADDOP_LOAD_CONST(c, loc, NONE);
  ADDOP_I(c, loc, Op.CALL, c.borrowedLoads ? 3 : 2);
}

/** The manager on top gives way to its __exit__, ready to be called, and the result of its __enter__. */
function enterWith(c: Compiler, loc: Loc, isAsync: boolean): void {
  if (!c.borrowedLoads) {
    ADDOP(c, loc, isAsync ? Op.BEFORE_ASYNC_WITH : Op.BEFORE_WITH);
    return;
  }
  // as 3.14: no bound methods, each function with its manager behind it
  const enter = isAsync ? 2 : 0;
  ADDOP_I(c, loc, Op.COPY, 1);
  ADDOP_I(c, loc, LOAD_SPECIAL, enter + 1);
  ADDOP_I(c, loc, Op.SWAP, 2);
  ADDOP_I(c, loc, Op.SWAP, 3);
  ADDOP_I(c, loc, LOAD_SPECIAL, enter);
  ADDOP_I(c, loc, Op.CALL, 0);
}

function POP_EXCEPT_AND_RERAISE(c: Compiler, loc: Loc): void {
  ADDOP_I(c, loc, Op.COPY, 3);
  ADDOP(c, loc, Op.POP_EXCEPT);
  ADDOP_I(c, loc, Op.RERAISE, 1);
}

function clearName(c: Compiler, loc: Loc, name: string): void {
  ADDOP_LOAD_CONST(c, loc, NONE);
  compiler_nameop(c, loc, name, 'Store');
  compiler_nameop(c, loc, name, 'Del');
}

/** Code to leave one block; gives the location for what follows. */
export function unwindBlock(c: Compiler, at: Loc, info: FrameBlock, preserveTos: boolean): Loc {
  const swap = (loc: Loc) => {
    if (preserveTos) ADDOP_I(c, loc, Op.SWAP, 2);
  };
  switch (info.type) {
    case 'while loop':
    case 'exception handler':
    case 'exception group handler':
    case 'async comprehension generator':
    case 'stop iteration':
      return at;
    case 'for loop':
    case 'pop value':
      swap(at);
      ADDOP(c, at, Op.POP_TOP);
      return at;
    case 'try except':
      ADDOP(c, at, Op.POP_BLOCK);
      return at;
    case 'finally try':
      ADDOP(c, at, Op.POP_BLOCK);
      if (preserveTos) pushBlock(c, at, 'pop value', -1, -1, null);
      visitStmts(c, info.datum as Stmt[]);
      if (preserveTos) popBlock(c, 'pop value');
      return NO_LOCATION;
    case 'finally end':
      swap(at);
      ADDOP(c, at, Op.POP_TOP);
      swap(at);
      ADDOP(c, at, Op.POP_BLOCK);
      ADDOP(c, at, Op.POP_EXCEPT);
      return at;
    case 'with':
    case 'async with': {
      const { loc } = info;
      ADDOP(c, loc, Op.POP_BLOCK);
      if (preserveTos && c.borrowedLoads) ADDOP_I(c, loc, Op.SWAP, 3);
      swap(loc);
      callExitWithNones(c, loc);
      if (info.type === 'async with') addAwait(c, loc, 2);
      ADDOP(c, loc, Op.POP_TOP);
      return NO_LOCATION;
    }
    case 'handler cleanup': {
      const name = info.datum as string | null;
      if (name !== null) ADDOP(c, at, Op.POP_BLOCK);
      swap(at);
      ADDOP(c, at, Op.POP_BLOCK);
      ADDOP(c, at, Op.POP_EXCEPT);
      if (name !== null) clearName(c, at, name);
      return at;
    }
  }
}

/** Leaves all blocks, or those inside the nearest loop, which `found` then tells. */
export function unwindBlockStack(
  c: Compiler,
  at: Loc,
  preserveTos: boolean,
  found: { loop?: FrameBlock } | null = null,
): Loc {
  const { blocks } = c.u;
  const saved: FrameBlock[] = [];
  let loc = at;
  for (let top = blocks[blocks.length - 1]; top !== undefined; top = blocks[blocks.length - 1]) {
    if (top.type === 'exception group handler') {
      const message = "'break', 'continue' and 'return' cannot appear in an except* block";
      throw compilerError(c, loc, message);
    }
    if (found !== null && (top.type === 'while loop' || top.type === 'for loop')) {
      found.loop = top;
      break;
    }
    blocks.pop();
    saved.push(top);
    loc = unwindBlock(c, loc, top, preserveTos);
  }
  while (saved.length > 0) blocks.push(saved.pop()!);
  return loc;
}

export function compiler_try(c: Compiler, s: TryStmt): void {
  if (s.finalbody.length > 0) tryFinally(c, s);
  else tryExcept(c, s);
}

function tryExcept(c: Compiler, s: TryStmt): void {
  if (s.kind === 'Try') compiler_try_except(c, s);
  else compiler_try_star_except(c, s);
}

function tryFinally(c: Compiler, s: TryStmt): void {
  const loc = LOC(s);
  const body = newLabel(c);
  const end = newLabel(c);
  const exit = newLabel(c);
  const cleanup = newLabel(c);
  ADDOP_JUMP(c, loc, Op.SETUP_FINALLY, end);
  useLabel(c, body);
  pushBlock(c, loc, 'finally try', body, end, s.finalbody);
  if (s.handlers.length > 0) tryExcept(c, s);
  else visitStmts(c, s.body);
  ADDOP(c, NO_LOCATION, Op.POP_BLOCK);
  popBlock(c, 'finally try');
  visitStmts(c, s.finalbody);
  ADDOP_JUMP(c, NO_LOCATION, Op.JUMP_NO_INTERRUPT, exit);
  useLabel(c, end);
  pushBlock(c, NO_LOCATION, 'finally end', end, -1, null);
  ADDOP_JUMP(c, NO_LOCATION, Op.SETUP_CLEANUP, cleanup);
  ADDOP(c, NO_LOCATION, Op.PUSH_EXC_INFO);
  visitStmts(c, s.finalbody);
  popBlock(c, 'finally end');
  ADDOP_I(c, NO_LOCATION, Op.RERAISE, 0);
  useLabel(c, cleanup);
  POP_EXCEPT_AND_RERAISE(c, NO_LOCATION);
  useLabel(c, exit);
}

function compiler_try_except(c: Compiler, s: TryStmt): void {
  const tryLoc = LOC(s);
  const body = newLabel(c);
  let except = newLabel(c);
  const end = newLabel(c);
  const cleanup = newLabel(c);
  ADDOP_JUMP(c, tryLoc, Op.SETUP_FINALLY, except);
  useLabel(c, body);
  pushBlock(c, tryLoc, 'try except', body, -1, null);
  visitStmts(c, s.body);
  popBlock(c, 'try except');
  ADDOP(c, NO_LOCATION, Op.POP_BLOCK);
  visitStmts(c, s.orelse);
  ADDOP_JUMP(c, NO_LOCATION, Op.JUMP_NO_INTERRUPT, end);
  useLabel(c, except);
  ADDOP_JUMP(c, NO_LOCATION, Op.SETUP_CLEANUP, cleanup);
  ADDOP(c, NO_LOCATION, Op.PUSH_EXC_INFO);
  pushBlock(c, tryLoc, 'exception handler', -1, -1, null);
  s.handlers.forEach((handler, i) => {
    const loc = LOC(handler);
    if (handler.type === null && i < s.handlers.length - 1) {
      throw compilerError(c, loc, "default 'except:' must be last");
    }
    except = newLabel(c);
    if (handler.type !== null) {
      visitExpr(c, handler.type);
      ADDOP(c, loc, Op.CHECK_EXC_MATCH);
      ADDOP_JUMP(c, loc, Op.POP_JUMP_IF_FALSE, except);
    }
    const cleanupBody = newLabel(c);
    if (handler.name !== null) {
      const cleanupEnd = newLabel(c);
      compiler_nameop(c, loc, handler.name, 'Store');
      ADDOP_JUMP(c, loc, Op.SETUP_CLEANUP, cleanupEnd);
      useLabel(c, cleanupBody);
      pushBlock(c, loc, 'handler cleanup', cleanupBody, -1, handler.name);
      visitStmts(c, handler.body);
      popBlock(c, 'handler cleanup');
      ADDOP(c, NO_LOCATION, Op.POP_BLOCK);
      ADDOP(c, NO_LOCATION, Op.POP_BLOCK);
      ADDOP(c, NO_LOCATION, Op.POP_EXCEPT);
      clearName(c, NO_LOCATION, handler.name);
      ADDOP_JUMP(c, NO_LOCATION, Op.JUMP_NO_INTERRUPT, end);
      useLabel(c, cleanupEnd);
      clearName(c, NO_LOCATION, handler.name);
      ADDOP_I(c, NO_LOCATION, Op.RERAISE, 1);
    } else {
      ADDOP(c, loc, Op.POP_TOP);
      useLabel(c, cleanupBody);
      pushBlock(c, loc, 'handler cleanup', cleanupBody, -1, null);
      visitStmts(c, handler.body);
      popBlock(c, 'handler cleanup');
      ADDOP(c, NO_LOCATION, Op.POP_BLOCK);
      ADDOP(c, NO_LOCATION, Op.POP_EXCEPT);
      ADDOP_JUMP(c, NO_LOCATION, Op.JUMP_NO_INTERRUPT, end);
    }
    useLabel(c, except);
  });
  ADDOP_I(c, NO_LOCATION, Op.RERAISE, 0);
  popBlock(c, 'exception handler');
  useLabel(c, cleanup);
  POP_EXCEPT_AND_RERAISE(c, NO_LOCATION);
  useLabel(c, end);
}

/** On the stack while handlers run: [original group, list of results, what is left of the group]. */
function compiler_try_star_except(c: Compiler, s: TryStmt): void {
  const tryLoc = LOC(s);
  const body = newLabel(c);
  let except = newLabel(c);
  const orelse = newLabel(c);
  const end = newLabel(c);
  const cleanup = newLabel(c);
  const reraiseStar = newLabel(c);
  ADDOP_JUMP(c, tryLoc, Op.SETUP_FINALLY, except);
  useLabel(c, body);
  pushBlock(c, tryLoc, 'try except', body, -1, null);
  visitStmts(c, s.body);
  popBlock(c, 'try except');
  ADDOP(c, NO_LOCATION, Op.POP_BLOCK);
  ADDOP_JUMP(c, NO_LOCATION, Op.JUMP_NO_INTERRUPT, orelse);
  useLabel(c, except);
  ADDOP_JUMP(c, NO_LOCATION, Op.SETUP_CLEANUP, cleanup);
  ADDOP(c, NO_LOCATION, Op.PUSH_EXC_INFO);
  pushBlock(c, tryLoc, 'exception group handler', -1, -1, null);
  s.handlers.forEach((handler, i) => {
    const loc = LOC(handler);
    except = newLabel(c);
    const exceptWithError = newLabel(c);
    const noMatch = newLabel(c);
    if (i === 0) {
      ADDOP_I(c, loc, Op.BUILD_LIST, 0);
      ADDOP_I(c, loc, Op.COPY, 2);
    }
    if (handler.type !== null) {
      visitExpr(c, handler.type);
      ADDOP(c, loc, Op.CHECK_EG_MATCH);
      ADDOP_I(c, loc, Op.COPY, 1);
      ADDOP_JUMP(c, loc, Op.POP_JUMP_IF_NONE, noMatch);
    }
    const cleanupEnd = newLabel(c);
    const cleanupBody = newLabel(c);
    const { name } = handler;
    if (name !== null) compiler_nameop(c, loc, name, 'Store');
    else ADDOP(c, loc, Op.POP_TOP);
    ADDOP_JUMP(c, loc, Op.SETUP_CLEANUP, cleanupEnd);
    useLabel(c, cleanupBody);
    pushBlock(c, loc, 'handler cleanup', cleanupBody, -1, name);
    visitStmts(c, handler.body);
    popBlock(c, 'handler cleanup');
    ADDOP(c, NO_LOCATION, Op.POP_BLOCK);
    if (name !== null) clearName(c, NO_LOCATION, name);
    ADDOP_JUMP(c, NO_LOCATION, Op.JUMP_NO_INTERRUPT, except);
    useLabel(c, cleanupEnd);
    if (name !== null) clearName(c, NO_LOCATION, name);
    ADDOP_I(c, NO_LOCATION, Op.LIST_APPEND, 3);
    ADDOP(c, NO_LOCATION, Op.POP_TOP);
    ADDOP_JUMP(c, NO_LOCATION, Op.JUMP_NO_INTERRUPT, exceptWithError);
    useLabel(c, except);
    ADDOP(c, NO_LOCATION, Op.NOP);
    ADDOP_JUMP(c, NO_LOCATION, Op.JUMP_NO_INTERRUPT, exceptWithError);
    useLabel(c, noMatch);
    ADDOP(c, loc, Op.POP_TOP);
    useLabel(c, exceptWithError);
    if (i === s.handlers.length - 1) {
      ADDOP_I(c, NO_LOCATION, Op.LIST_APPEND, 1);
      ADDOP_JUMP(c, NO_LOCATION, Op.JUMP_NO_INTERRUPT, reraiseStar);
    }
  });
  popBlock(c, 'exception group handler');
  const reraise = newLabel(c);
  useLabel(c, reraiseStar);
  ADDOP_I(c, NO_LOCATION, Op.CALL_INTRINSIC_2, INTRINSIC_PREP_RERAISE_STAR);
  ADDOP_I(c, NO_LOCATION, Op.COPY, 1);
  ADDOP_JUMP(c, NO_LOCATION, Op.POP_JUMP_IF_NOT_NONE, reraise);
  ADDOP(c, NO_LOCATION, Op.POP_TOP);
  ADDOP(c, NO_LOCATION, Op.POP_BLOCK);
  ADDOP(c, NO_LOCATION, Op.POP_EXCEPT);
  ADDOP_JUMP(c, NO_LOCATION, Op.JUMP_NO_INTERRUPT, end);
  useLabel(c, reraise);
  ADDOP(c, NO_LOCATION, Op.POP_BLOCK);
  ADDOP_I(c, NO_LOCATION, Op.SWAP, 2);
  ADDOP(c, NO_LOCATION, Op.POP_EXCEPT);
  ADDOP_I(c, NO_LOCATION, Op.RERAISE, 0);
  useLabel(c, cleanup);
  POP_EXCEPT_AND_RERAISE(c, NO_LOCATION);
  useLabel(c, orelse);
  visitStmts(c, s.orelse);
  useLabel(c, end);
}

function withExceptFinish(c: Compiler, cleanup: Label): void {
  const suppress = newLabel(c);
  ADDOP(c, NO_LOCATION, Op.TO_BOOL);
  ADDOP_JUMP(c, NO_LOCATION, Op.POP_JUMP_IF_TRUE, suppress);
  ADDOP_I(c, NO_LOCATION, Op.RERAISE, 2);
  useLabel(c, suppress);
  ADDOP(c, NO_LOCATION, Op.POP_TOP);
  ADDOP(c, NO_LOCATION, Op.POP_BLOCK);
  ADDOP(c, NO_LOCATION, Op.POP_EXCEPT);
  ADDOP(c, NO_LOCATION, Op.POP_TOP);
  ADDOP(c, NO_LOCATION, Op.POP_TOP);
  if (c.borrowedLoads) ADDOP(c, NO_LOCATION, Op.POP_TOP);
  const exit = newLabel(c);
  ADDOP_JUMP(c, NO_LOCATION, Op.JUMP_NO_INTERRUPT, exit);
  useLabel(c, cleanup);
  POP_EXCEPT_AND_RERAISE(c, NO_LOCATION);
  useLabel(c, exit);
}

export function compiler_with(c: Compiler, s: WithStmt, pos: number): void {
  withItem(c, s, pos, false);
}

export function compiler_async_with(c: Compiler, s: WithStmt, pos: number): void {
  if (c.u.scopeType !== 'async function') {
    throw compilerError(c, LOC(s), "'async with' outside async function");
  }
  withItem(c, s, pos, true);
}

function withItem(c: Compiler, s: WithStmt, pos: number, isAsync: boolean): void {
  const item = s.items[pos]!;
  const block = newLabel(c);
  const final = newLabel(c);
  const exit = newLabel(c);
  const cleanup = newLabel(c);
  visitExpr(c, item.context_expr);
  const loc = LOC(item.context_expr);
  enterWith(c, loc, isAsync);
  if (isAsync) addAwait(c, loc, 1);
  ADDOP_JUMP(c, loc, Op.SETUP_WITH, final);
  useLabel(c, block);
  pushBlock(c, loc, isAsync ? 'async with' : 'with', block, final, s);
  if (item.optional_vars !== null) visitExpr(c, item.optional_vars);
  else ADDOP(c, loc, Op.POP_TOP);
  if (pos + 1 === s.items.length) visitStmts(c, s.body);
  else withItem(c, s, pos + 1, isAsync);
  ADDOP(c, isAsync ? loc : NO_LOCATION, Op.POP_BLOCK);
  popBlock(c, isAsync ? 'async with' : 'with');
  callExitWithNones(c, loc);
  if (isAsync) addAwait(c, loc, 2);
  ADDOP(c, loc, Op.POP_TOP);
  ADDOP_JUMP(c, loc, Op.JUMP, exit);
  useLabel(c, final);
  ADDOP_JUMP(c, loc, Op.SETUP_CLEANUP, cleanup);
  ADDOP(c, loc, Op.PUSH_EXC_INFO);
  ADDOP_I(c, loc, Op.WITH_EXCEPT_START, Number(c.borrowedLoads));
  if (isAsync) addAwait(c, loc, 2);
  withExceptFinish(c, cleanup);
  useLabel(c, exit);
}
