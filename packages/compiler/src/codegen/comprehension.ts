// Comprehensions and generator expressions, inlined where PEP 709 says so (CPython's Python/compile.c).
import type { Comprehension, Expr } from '../ast.ts';
import { NONE } from '../constant-ops.ts';
import { DICT, LIST, noting, OTHER } from '../ledger.ts';
import { Op } from '../opcodes.ts';
import { CELL, DEF_LOCAL, DEF_NONLOCAL, FREE, type SymtableEntry, symbolToScope } from '../symtable/entry.ts';
import { compiler_jump_if } from './conditions.ts';
import { ADD_YIELD_FROM, ADDOP_YIELD, addAwait, visitExpr } from './expr.ts';
import { wrapInStopIterationHandler } from './function.ts';
import { type Label, Loc, NO_LOCATION } from './instructions.ts';
import { enterScope, entryOf, finishScope, makeClosure } from './scope.ts';
import {
  ADDOP,
  ADDOP_I,
  ADDOP_JUMP,
  ADDOP_LOAD_CONST,
  type Compiler,
  compilerError,
  indexIn,
  LOC,
  newLabel,
  popBlock,
  pushBlock,
  useLabel,
} from './unit.ts';

type Kind = 'GeneratorExp' | 'ListComp' | 'SetComp' | 'DictComp';
type ComprehensionExpr = Expr & { kind: Kind };

interface Parts {
  kind: Kind;
  generators: Comprehension[];
  elt: Expr;
  val: Expr | null;
}

interface InlinedState {
  pushedLocals: string[];
  fastHidden: string[];
  /** Flags of names as the block around has them, while the comprehension's are in their place. */
  tempSymbols: Map<string, number>;
  end: Label;
  cleanup: Label;
  outerInlined: boolean;
}

const builders = { ListComp: Op.BUILD_LIST, SetComp: Op.BUILD_SET, DictComp: Op.BUILD_MAP };

export function compiler_comprehension(
  c: Compiler,
  e: ComprehensionExpr,
  name: string,
  generators: Comprehension[],
  elt: Expr,
  val: Expr | null,
): void {
  const outerScope = c.u.scopeType;
  const entry = entryOf(c, e);
  const inlined = entry.compInlined;
  const isAsync = entry.coroutine;
  const loc = LOC(e);
  const outermost = generators[0]!;
  const parts: Parts = { kind: e.kind, generators, elt, val };
  let state: InlinedState | null = null;
  if (inlined) {
    visitOutermostIter(c, outermost);
    state = pushInlinedState(c, loc, entry);
  } else {
    enterScope(c, name, 'comprehension', entry, e.lineno);
    // The iterator is the one argument.
    c.u.argcount = 1;
  }
  if (isAsync && e.kind !== 'GeneratorExp' && outerScope !== 'async function' && outerScope !== 'comprehension') {
    throw compilerError(c, loc, 'asynchronous comprehension outside of an asynchronous function');
  }
  if (e.kind !== 'GeneratorExp') {
    ADDOP_I(c, loc, builders[e.kind], 0);
    if (inlined) ADDOP_I(c, loc, Op.SWAP, 2);
  }
  generator(c, loc, parts, 0, 0, inlined);
  if (state !== null) {
    popInlinedState(c, loc, state);
    return;
  }
  if (e.kind !== 'GeneratorExp') ADDOP(c, loc, Op.RETURN_VALUE);
  else wrapInStopIterationHandler(c);
  const code = finishScope(c, true);
  makeClosure(c, loc, code, 0);
  visitOutermostIter(c, outermost);
  ADDOP_I(c, loc, Op.CALL, 0);
  if (isAsync && e.kind !== 'GeneratorExp') addAwait(c, loc, 0);
}

function visitOutermostIter(c: Compiler, outermost: Comprehension): void {
  visitExpr(c, outermost.iter);
  ADDOP(c, LOC(outermost.iter), outermost.is_async ? Op.GET_AITER : Op.GET_ITER);
}

function generator(c: Compiler, loc: Loc, p: Parts, index: number, depth: number, iterOnStack: boolean): void {
  if (p.generators[index]!.is_async) asyncGenerator(c, loc, p, index, depth, iterOnStack);
  else syncGenerator(c, loc, p, index, depth, iterOnStack);
}

/** After the last `for`: what becomes of an item. */
function addItem(c: Compiler, p: Parts, depth: number): Loc {
  const { elt, val } = p;
  visitExpr(c, elt);
  let loc = LOC(elt);
  switch (p.kind) {
    case 'GeneratorExp':
      ADDOP_YIELD(c, loc);
      ADDOP(c, loc, Op.POP_TOP);
      break;
    case 'ListComp':
      ADDOP_I(c, loc, Op.LIST_APPEND, depth + 1);
      break;
    case 'SetComp':
      ADDOP_I(c, loc, Op.SET_ADD, depth + 1);
      break;
    case 'DictComp':
      visitExpr(c, val!);
      loc = new Loc(elt.lineno, val!.end_lineno, elt.col_offset, val!.end_col_offset);
      ADDOP_I(c, loc, Op.MAP_ADD, depth + 1);
      break;
  }
  return loc;
}

function syncGenerator(c: Compiler, loc: Loc, p: Parts, index: number, outerDepth: number, iterOnStack: boolean): void {
  const gen = p.generators[index]!;
  let depth = outerDepth;
  const start = newLabel(c);
  const ifCleanup = newLabel(c);
  const anchor = newLabel(c);
  let loops = true;
  if (!iterOnStack) {
    if (index === 0) {
      ADDOP_I(c, loc, Op.LOAD_FAST, 0);
    } else {
      // `for y in [f(x)]` is an assignment.
      const { iter } = gen;
      const only = (iter.kind === 'List' || iter.kind === 'Tuple') && iter.elts.length === 1 ? iter.elts[0]! : null;
      if (only !== null && only.kind !== 'Starred') {
        visitExpr(c, only);
        loops = false;
      } else {
        visitExpr(c, iter);
        ADDOP(c, LOC(iter), Op.GET_ITER);
      }
    }
  }
  if (loops) {
    depth++;
    useLabel(c, start);
    ADDOP_JUMP(c, LOC(gen.iter), Op.FOR_ITER, anchor);
  }
  visitExpr(c, gen.target);
  for (const test of gen.ifs) compiler_jump_if(c, test, ifCleanup, false);
  let eltLoc = LOC(p.elt);
  if (index + 1 < p.generators.length) generator(c, loc, p, index + 1, depth, false);
  else eltLoc = addItem(c, p, depth);
  useLabel(c, ifCleanup);
  if (loops) {
    ADDOP_JUMP(c, eltLoc, Op.JUMP, start);
    useLabel(c, anchor);
    ADDOP(c, NO_LOCATION, Op.END_FOR);
    ADDOP(c, NO_LOCATION, Op.POP_TOP);
  }
}

function asyncGenerator(
  c: Compiler,
  loc: Loc,
  p: Parts,
  index: number,
  outerDepth: number,
  iterOnStack: boolean,
): void {
  const gen = p.generators[index]!;
  const start = newLabel(c);
  const except = newLabel(c);
  const ifCleanup = newLabel(c);
  if (!iterOnStack) {
    if (index === 0) {
      ADDOP_I(c, loc, Op.LOAD_FAST, 0);
    } else {
      visitExpr(c, gen.iter);
      ADDOP(c, LOC(gen.iter), Op.GET_AITER);
    }
  }
  useLabel(c, start);
  pushBlock(c, loc, 'async comprehension generator', start, -1, null);
  ADDOP_JUMP(c, loc, Op.SETUP_FINALLY, except);
  ADDOP(c, loc, Op.GET_ANEXT);
  ADDOP_LOAD_CONST(c, loc, NONE);
  ADD_YIELD_FROM(c, loc, true);
  ADDOP(c, loc, Op.POP_BLOCK);
  visitExpr(c, gen.target);
  for (const test of gen.ifs) compiler_jump_if(c, test, ifCleanup, false);
  const depth = outerDepth + 1;
  let eltLoc = LOC(p.elt);
  if (index + 1 < p.generators.length) generator(c, loc, p, index + 1, depth, false);
  else eltLoc = addItem(c, p, depth);
  useLabel(c, ifCleanup);
  ADDOP_JUMP(c, eltLoc, Op.JUMP, start);
  popBlock(c, 'async comprehension generator');
  useLabel(c, except);
  ADDOP(c, loc, Op.END_ASYNC_FOR);
}

/** The comprehension's names stand in for the block's of the same name, whose values wait on the stack. */
function pushInlinedState(c: Compiler, loc: Loc, entry: SymtableEntry): InlinedState {
  const { u } = c;
  const { ste } = u;
  const inClassBlock = ste.type === 'Class' && !u.inInlinedComp;
  const state: InlinedState = {
    pushedLocals: [],
    fastHidden: [],
    tempSymbols: new Map(),
    end: -1,
    cleanup: -1,
    outerInlined: u.inInlinedComp,
  };
  u.inInlinedComp = true;
  for (const [name, symbol] of entry.symbols) {
    const scope = symbolToScope(symbol);
    const outer = ste.symbols.get(name) ?? 0;
    const outerScope = symbolToScope(outer);
    if ((scope !== outerScope && scope !== FREE && !(scope === CELL && outerScope === FREE)) || inClassBlock) {
      if (state.tempSymbols.size === 0) noting.ledger?.born(DICT);
      state.tempSymbols.set(name, outer);
      ste.symbols.set(name, symbol);
    }
    const bound = (symbol & DEF_LOCAL) !== 0 && (symbol & DEF_NONLOCAL) === 0;
    if (!bound && !inClassBlock) continue;
    if (!ste.isFunctionLike() && u.fasthidden.get(name) !== true) {
      u.fasthidden.set(name, true);
      if (state.fastHidden.length === 0) noting.ledger?.born(OTHER);
      state.fastHidden.push(name);
    }
    ADDOP_I(c, loc, Op.LOAD_FAST_AND_CLEAR, indexIn(u.varnames, name));
    if (scope === CELL) {
      const cells = outerScope === FREE ? u.freevars : u.cellvars;
      ADDOP_I(c, loc, Op.MAKE_CELL, indexIn(cells, name));
    }
    if (state.pushedLocals.length === 0) noting.ledger?.born(LIST);
    state.pushedLocals.push(name);
  }
  if (state.pushedLocals.length > 0) {
    ADDOP_I(c, loc, Op.SWAP, state.pushedLocals.length + 1);
    state.cleanup = newLabel(c);
    state.end = newLabel(c);
    ADDOP_JUMP(c, loc, Op.SETUP_FINALLY, state.cleanup);
  }
  return state;
}

function restoreLocals(c: Compiler, loc: Loc, state: InlinedState): void {
  const names = state.pushedLocals;
  ADDOP_I(c, loc, Op.SWAP, names.length + 1);
  for (let i = names.length - 1; i >= 0; i--) {
    ADDOP_I(c, loc, Op.STORE_FAST_MAYBE_NULL, indexIn(c.u.varnames, names[i]!));
  }
}

function popInlinedState(c: Compiler, loc: Loc, state: InlinedState): void {
  c.u.inInlinedComp = state.outerInlined;
  if (state.pushedLocals.length > 0) {
    ADDOP(c, NO_LOCATION, Op.POP_BLOCK);
    ADDOP_JUMP(c, NO_LOCATION, Op.JUMP_NO_INTERRUPT, state.end);
    useLabel(c, state.cleanup);
    ADDOP_I(c, NO_LOCATION, Op.SWAP, 2);
    ADDOP(c, NO_LOCATION, Op.POP_TOP);
    restoreLocals(c, loc, state);
    ADDOP_I(c, NO_LOCATION, Op.RERAISE, 0);
    useLabel(c, state.end);
    restoreLocals(c, loc, state);
  }
  if (state.tempSymbols.size > 0) noting.ledger?.died(DICT);
  if (state.pushedLocals.length > 0) noting.ledger?.died(LIST);
  if (state.fastHidden.length > 0) noting.ledger?.died(OTHER);
  for (const [name, flags] of state.tempSymbols) c.u.ste.symbols.set(name, flags);
  for (const name of state.fastHidden) c.u.fasthidden.set(name, false);
}
