// Calls: methods, super(), keywords, * and ** (CPython's Python/compile.c).
import type { Expr, Keyword } from '../ast.ts';
import { strConst, tupleConst } from '../constant-ops.ts';
import { Op } from '../opcodes.ts';
import { DEF_IMPORT, FREE, GLOBAL_IMPLICIT } from '../symtable/entry.ts';
import { STACK_USE_GUIDELINE, starunpack_helper } from './displays.ts';
import { visitExpr, visitExprs } from './expr.ts';
import { Loc, NO_LOCATION } from './instructions.ts';
import { compiler_nameop, forbiddenName, getRefType } from './scope.ts';
import { ADDOP, ADDOP_I, ADDOP_LOAD_CONST, ADDOP_NAME, type Compiler, compilerError, LOC, type Unit } from './unit.ts';

type Attribute = Expr & { kind: 'Attribute' };
type Call = Expr & { kind: 'Call' };

/** `self.x = …` in a method: x belongs to __static_attributes__ of the nearest class around. */
export function addStaticAttribute(c: Compiler, e: Attribute): void {
  if (e.ctx !== 'Store' || e.value.kind !== 'Name' || e.value.id !== 'self') return;
  for (let u: Unit | null = c.u.parent; u !== null; u = u.parent) {
    if (u.scopeType === 'class') {
      u.staticAttributes!.add(e.attr);
      return;
    }
  }
}

function codePointLength(s: string): number {
  let n = 0;
  for (const _ of s) n++;
  return n;
}

/** An attribute on a later line than its object: the instruction starts at the attribute's name. */
export function updateStartLocationToMatchAttr(loc: Loc, attr: Attribute): Loc {
  if (loc.lineno === attr.end_lineno) return loc;
  const lineno = attr.end_lineno;
  const length = codePointLength(attr.attr);
  if (length <= attr.end_col_offset) {
    return new Loc(lineno, loc.endLineno, attr.end_col_offset - length, loc.endCol);
  }
  return new Loc(lineno, loc.endLineno, -1, -1);
}

/** super().name: looked up without making the super object. */
export function canOptimizeSuperCall(c: Compiler, attr: Attribute): attr is Attribute & { value: Call } {
  const call = attr.value;
  if (call.kind !== 'Call' || call.func.kind !== 'Name' || call.func.id !== 'super') return false;
  // super().__class__ is the super object's own.
  if (call.keywords.length > 0 || attr.attr === '__class__') return false;
  if (c.u.ste.getScope('super') !== GLOBAL_IMPLICIT || c.st.top.getScope('super') !== 0) return false;
  const { args } = call;
  if (args.some((arg) => arg.kind === 'Starred')) return false;
  if (args.length === 2) return true;
  if (args.length !== 0) return false;
  // super(): needs a first argument and the class's cell.
  if (c.u.argcount === 0 && c.u.posonlyargcount === 0) return false;
  return getRefType(c, '__class__') === FREE;
}

function loadArgsForSuper(c: Compiler, call: Call): void {
  const loc = LOC(call);
  compiler_nameop(c, LOC(call.func), 'super', 'Load');
  if (call.args.length === 0) {
    compiler_nameop(c, loc, '__class__', 'Load');
    const first = c.u.varnames.keys().next().value!;
    compiler_nameop(c, loc, first, 'Load');
  } else {
    visitExprs(c, call.args);
  }
}

/** The instruction for super().name, and a NOP with the place of the name. */
function loadFromSuper(c: Compiler, e: Attribute, withArgs: number, withoutArgs: number): Loc {
  const call = e.value as Call;
  loadArgsForSuper(c, call);
  const loc = LOC(e);
  ADDOP_NAME(c, loc, call.args.length > 0 ? withArgs : withoutArgs, e.attr);
  const nameLoc = updateStartLocationToMatchAttr(loc, e);
  ADDOP(c, nameLoc, Op.NOP);
  return nameLoc;
}

export function loadSuperAttribute(c: Compiler, e: Attribute): void {
  loadFromSuper(c, e, Op.LOAD_SUPER_ATTR, Op.LOAD_ZERO_SUPER_ATTR);
}

export function callSuperMethod(c: Compiler, e: Call): void {
  const loc = loadFromSuper(c, e.func as Attribute, Op.LOAD_SUPER_METHOD, Op.LOAD_ZERO_SUPER_METHOD);
  methodArguments(c, e, loc);
}

export function validateKeywords(c: Compiler, keywords: Keyword[]): void {
  const seen = new Set<string>();
  for (const keyword of keywords) {
    if (keyword.arg === null) continue;
    forbiddenName(c, LOC(keyword), keyword.arg, 'Store');
  }
  // CPython reports the later of the first pair of equals.
  for (let i = 0; i < keywords.length; i++) {
    const { arg } = keywords[i]!;
    if (arg === null || seen.has(arg)) continue;
    seen.add(arg);
    const again = keywords.find((other, j) => j > i && other.arg === arg);
    if (again !== undefined) throw compilerError(c, LOC(again), `keyword argument repeated: ${arg}`);
  }
}

function isImportOriginated(c: Compiler, e: Expr): boolean {
  return e.kind === 'Name' && (c.st.top.getSymbol(e.id) & DEF_IMPORT) !== 0;
}

function loadKeywordNames(c: Compiler, loc: Loc, keywords: Keyword[]): void {
  ADDOP_LOAD_CONST(c, loc, tupleConst(keywords.map((keyword) => strConst(keyword.arg!))));
}

/** object.method(…) whose method is looked up unbound (maybe_optimize_method_call). */
export function isMethodCall(c: Compiler, e: Call): boolean {
  const meth = e.func;
  if (meth.kind !== 'Attribute' || meth.ctx !== 'Load' || isImportOriginated(c, meth.value)) return false;
  const { args, keywords } = e;
  const total = args.length + keywords.length;
  if (total + (keywords.length > 0 ? 1 : 0) >= STACK_USE_GUIDELINE) return false;
  return !args.some((arg) => arg.kind === 'Starred') && !keywords.some((keyword) => keyword.arg === null);
}

/** The object is on the stack. */
export function finishMethodCall(c: Compiler, e: Call): void {
  const meth = e.func as Attribute;
  const loc = updateStartLocationToMatchAttr(LOC(meth), meth);
  ADDOP_NAME(c, loc, Op.LOAD_METHOD, meth.attr);
  methodArguments(c, e, loc);
}

function methodArguments(c: Compiler, e: Call, loc: Loc): void {
  const { args, keywords } = e;
  const total = args.length + keywords.length;
  visitExprs(c, args);
  for (const keyword of keywords) visitExpr(c, keyword.value);
  if (keywords.length > 0) loadKeywordNames(c, loc, keywords);
  const callLoc = updateStartLocationToMatchAttr(LOC(e), e.func as Attribute);
  ADDOP_I(c, callLoc, keywords.length > 0 ? Op.CALL_KW : Op.CALL, total);
}

/** The function is on the stack. */
export function finishCall(c: Compiler, e: Call): void {
  ADDOP(c, LOC(e.func), Op.PUSH_NULL);
  callHelper(c, LOC(e), 0, e.args, e.keywords);
}

/** compiler_call_helper: `pushed` arguments are on the stack already. */
export function callHelper(c: Compiler, loc: Loc, pushed: number, args: Expr[], keywords: Keyword[]): void {
  validateKeywords(c, keywords);
  const simple =
    args.length + keywords.length * 2 <= STACK_USE_GUIDELINE &&
    !args.some((arg) => arg.kind === 'Starred') &&
    !keywords.some((keyword) => keyword.arg === null);
  if (simple) {
    visitExprs(c, args);
    if (keywords.length > 0) {
      for (const keyword of keywords) visitExpr(c, keyword.value);
      loadKeywordNames(c, loc, keywords);
      ADDOP_I(c, loc, Op.CALL_KW, pushed + args.length + keywords.length);
    } else {
      ADDOP_I(c, loc, Op.CALL, pushed + args.length);
    }
    return;
  }
  const only = args[0];
  if (pushed === 0 && args.length === 1 && only!.kind === 'Starred') visitExpr(c, only.value);
  else starunpack_helper(c, loc, args, pushed, Op.BUILD_LIST, Op.LIST_APPEND, Op.LIST_EXTEND, true);
  let haveDict = false;
  let seen = 0;
  const flush = (end: number) => {
    subkwargs(c, loc, keywords.slice(end - seen, end));
    if (haveDict) ADDOP_I(c, loc, Op.DICT_MERGE, 1);
    haveDict = true;
    seen = 0;
  };
  for (let i = 0; i < keywords.length; i++) {
    const keyword = keywords[i]!;
    if (keyword.arg !== null) {
      seen++;
      continue;
    }
    if (seen > 0) flush(i);
    if (!haveDict) ADDOP_I(c, loc, Op.BUILD_MAP, 0);
    haveDict = true;
    visitExpr(c, keyword.value);
    ADDOP_I(c, loc, Op.DICT_MERGE, 1);
  }
  if (seen > 0) flush(keywords.length);
  ADDOP_I(c, loc, Op.CALL_FUNCTION_EX, keywords.length > 0 ? 1 : 0);
}

function subkwargs(c: Compiler, loc: Loc, keywords: Keyword[]): void {
  const n = keywords.length;
  const big = n * 2 > STACK_USE_GUIDELINE;
  if (n > 1 && !big) {
    for (const keyword of keywords) visitExpr(c, keyword.value);
    loadKeywordNames(c, loc, keywords);
    ADDOP_I(c, loc, Op.BUILD_CONST_KEY_MAP, n);
    return;
  }
  if (big) ADDOP_I(c, NO_LOCATION, Op.BUILD_MAP, 0);
  for (const keyword of keywords) {
    ADDOP_LOAD_CONST(c, loc, strConst(keyword.arg!));
    visitExpr(c, keyword.value);
    if (big) ADDOP_I(c, NO_LOCATION, Op.MAP_ADD, 1);
  }
  if (!big) ADDOP_I(c, loc, Op.BUILD_MAP, n);
}
