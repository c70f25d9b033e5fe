/** Whether a tree that was made by hand can be compiled. Mirrors _PyAST_Validate of Python/ast.c. */
import type { ast, Constant } from '@moult/compiler';
import { raise } from '../objects/errors.ts';
import { Py_EnterRecursiveCall, Py_LeaveRecursiveCall } from '../objects/recursion.ts';
import { PyExc_TypeError, PyExc_ValueError } from '../objects/static.ts';

/** What a constant node held, when that cannot be a constant. */
export interface InvalidConstant {
  t: 'invalid';
  type: string;
}
type Context = ast.ExprContext;
type Of<K> = Extract<ast.Expr, { kind: K }>;

const bad = (message: string): never => raise(PyExc_ValueError, message);

export function checkTree(mod: ast.Mod): void {
  if (mod.kind === 'Expression') checkExpr(mod.body, 'Load');
  else checkStmts(mod.body);
}

function nested(check: () => void): void {
  Py_EnterRecursiveCall(' during compilation');
  check();
  Py_LeaveRecursiveCall();
}
function checkPlace(p: ast.Position): void {
  const { lineno, col_offset: col, end_lineno: endLine, end_col_offset: endCol } = p;
  if (lineno > endLine) bad(`AST node line range (${lineno}, ${endLine}) is not valid`);
  if ((lineno < 0 && endLine !== lineno) || (col < 0 && col !== endCol))
    bad(`AST node column range (${col}, ${endCol}) for line range (${lineno}, ${endLine}) is not valid`);
  if (lineno === endLine && col > endCol) bad(`line ${lineno}, column ${col}-${endCol} is not a valid range`);
}
function checkName(name: string): void {
  if (name === 'None' || name === 'True' || name === 'False')
    bad(`identifier field can't represent '${name}' constant`);
}
function notEmpty(list: readonly unknown[], what: string, owner: string): void {
  if (list.length === 0) bad(`empty ${what} on ${owner}`);
}

function checkExprs(list: readonly (ast.Expr | null)[], ctx: Context, nullOk = false): void {
  for (const e of list) {
    if (e !== null) checkExpr(e, ctx);
    else if (!nullOk) bad('None disallowed in expression list');
  }
}
function checkOptional(e: ast.Expr | null): void {
  if (e !== null) checkExpr(e, 'Load');
}
function checkExpr(e: ast.Expr, ctx: Context): void {
  checkPlace(e);
  if ('ctx' in e) {
    if (e.kind === 'Name') checkName(e.id);
    if (e.ctx !== ctx) bad(`expression must have ${ctx} context but has ${e.ctx} instead`);
  } else if (ctx !== 'Load') bad(`expression which can't be assigned to in ${ctx} context`);
  nested(() => checkParts(e, ctx));
}
function checkParts(e: ast.Expr, ctx: Context): void {
  switch (e.kind) {
    case 'BoolOp':
      if (e.values.length < 2) bad('BoolOp with less than 2 values');
      checkExprs(e.values, 'Load');
      break;
    case 'BinOp':
      checkExprs([e.left, e.right], 'Load');
      break;
    case 'UnaryOp':
      checkExpr(e.operand, 'Load');
      break;
    case 'Lambda':
      checkArguments(e.args);
      checkExpr(e.body, 'Load');
      break;
    case 'IfExp':
      checkExprs([e.test, e.body, e.orelse], 'Load');
      break;
    case 'Dict':
      if (e.keys.length !== e.values.length) bad("Dict doesn't have the same number of keys as values");
      checkExprs(e.keys, 'Load', true);
      checkExprs(e.values, 'Load');
      break;
    case 'Set':
    case 'List':
    case 'Tuple':
      checkExprs(e.elts, ctx);
      break;
    case 'ListComp':
    case 'SetComp':
    case 'GeneratorExp':
      checkGenerators(e.generators);
      checkExpr(e.elt, 'Load');
      break;
    case 'DictComp':
      checkGenerators(e.generators);
      checkExprs([e.key, e.value], 'Load');
      break;
    case 'Yield':
      checkOptional(e.value);
      break;
    case 'YieldFrom':
    case 'Await':
    case 'Attribute':
    case 'NamedExpr':
      checkExpr(e.value, 'Load');
      break;
    case 'Starred':
      checkExpr(e.value, ctx);
      break;
    case 'Compare':
      checkCompare(e);
      break;
    case 'Call':
      checkExpr(e.func, 'Load');
      checkExprs(e.args, 'Load');
      checkKeywords(e.keywords);
      break;
    case 'Constant':
      checkConstant(e.value);
      break;
    case 'JoinedStr':
      checkExprs(e.values, 'Load');
      break;
    case 'FormattedValue':
      checkExpr(e.value, 'Load');
      checkOptional(e.format_spec);
      break;
    case 'Subscript':
      checkExprs([e.slice, e.value], 'Load');
      break;
    case 'Slice':
      checkOptional(e.lower);
      checkOptional(e.upper);
      checkOptional(e.step);
      break;
  }
}
function checkCompare(e: Of<'Compare'>): void {
  if (e.comparators.length === 0) bad('Compare with no comparators');
  if (e.comparators.length !== e.ops.length) bad('Compare has a different number of comparators and operands');
  checkExprs(e.comparators, 'Load');
  checkExpr(e.left, 'Load');
}
function checkConstant(value: Constant | InvalidConstant): void {
  if (value.t === 'invalid') raise(PyExc_TypeError, `got an invalid type in Constant: ${value.type}`);
}
function checkGenerators(generators: readonly ast.Comprehension[]): void {
  if (generators.length === 0) bad('comprehension with no generators');
  for (const g of generators) {
    checkExpr(g.target, 'Store');
    checkExpr(g.iter, 'Load');
    checkExprs(g.ifs, 'Load');
  }
}
function checkKeywords(keywords: readonly ast.Keyword[]): void {
  for (const k of keywords) checkExpr(k.value, 'Load');
}
function checkArgs(args: readonly ast.Arg[]): void {
  for (const arg of args) {
    checkPlace(arg);
    checkOptional(arg.annotation);
  }
}
function checkArguments(a: ast.Arguments): void {
  checkArgs([...a.posonlyargs, ...a.args]);
  if (a.vararg !== null) checkOptional(a.vararg.annotation);
  checkArgs(a.kwonlyargs);
  if (a.kwarg !== null) checkOptional(a.kwarg.annotation);
  if (a.defaults.length > a.posonlyargs.length + a.args.length) bad('more positional defaults than args on arguments');
  if (a.kw_defaults.length !== a.kwonlyargs.length)
    bad('length of kwonlyargs is not the same as kw_defaults on arguments');
  checkExprs(a.defaults, 'Load');
  checkExprs(a.kw_defaults, 'Load', true);
}

function checkStmts(list: readonly ast.Stmt[]): void {
  for (const s of list) {
    if (s === null) bad('None disallowed in statement list');
    checkPlace(s);
    nested(() => checkStmt(s));
  }
}
function checkBody(body: readonly ast.Stmt[], owner: string): void {
  notEmpty(body, 'body', owner);
  checkStmts(body);
}
function checkTypeParams(params: readonly ast.TypeParam[]): void {
  for (const p of params) {
    checkPlace(p);
    checkName(p.name);
    if (p.kind === 'TypeVar') checkOptional(p.bound);
    checkOptional(p.default_value);
  }
}
function checkTargets(targets: readonly ast.Expr[], ctx: Context): void {
  notEmpty(targets, 'targets', ctx === 'Del' ? 'Delete' : 'Assign');
  checkExprs(targets, ctx);
}
function checkStmt(s: ast.Stmt): void {
  switch (s.kind) {
    case 'FunctionDef':
    case 'AsyncFunctionDef':
      checkBody(s.body, s.kind);
      checkTypeParams(s.type_params);
      checkArguments(s.args);
      checkExprs(s.decorator_list, 'Load');
      checkOptional(s.returns);
      break;
    case 'ClassDef':
      checkBody(s.body, s.kind);
      checkTypeParams(s.type_params);
      checkExprs(s.bases, 'Load');
      checkKeywords(s.keywords);
      checkExprs(s.decorator_list, 'Load');
      break;
    case 'Return':
      checkOptional(s.value);
      break;
    case 'Delete':
      checkTargets(s.targets, 'Del');
      break;
    case 'Assign':
      checkTargets(s.targets, 'Store');
      checkExpr(s.value, 'Load');
      break;
    case 'AugAssign':
      checkExpr(s.target, 'Store');
      checkExpr(s.value, 'Load');
      break;
    case 'AnnAssign':
      if (s.target.kind !== 'Name' && s.simple !== 0) raise(PyExc_TypeError, 'AnnAssign with simple non-Name target');
      checkExpr(s.target, 'Store');
      checkOptional(s.value);
      checkExpr(s.annotation, 'Load');
      break;
    case 'TypeAlias':
      if (s.name.kind !== 'Name') raise(PyExc_TypeError, 'TypeAlias with non-Name name');
      checkExpr(s.name, 'Store');
      checkTypeParams(s.type_params);
      checkExpr(s.value, 'Load');
      break;
    case 'For':
    case 'AsyncFor':
      checkExpr(s.target, 'Store');
      checkExpr(s.iter, 'Load');
      checkBody(s.body, s.kind);
      checkStmts(s.orelse);
      break;
    case 'While':
    case 'If':
      checkExpr(s.test, 'Load');
      checkBody(s.body, s.kind);
      checkStmts(s.orelse);
      break;
    case 'With':
    case 'AsyncWith':
      notEmpty(s.items, 'items', s.kind);
      for (const item of s.items) {
        checkExpr(item.context_expr, 'Load');
        if (item.optional_vars !== null) checkExpr(item.optional_vars, 'Store');
      }
      checkBody(s.body, s.kind);
      break;
    case 'Match':
      checkMatch(s);
      break;
    case 'Raise':
      if (s.exc === null && s.cause !== null) bad('Raise with cause but no exception');
      checkOptional(s.exc);
      checkOptional(s.cause);
      break;
    case 'Try':
    case 'TryStar':
      checkTry(s);
      break;
    case 'Assert':
      checkExpr(s.test, 'Load');
      checkOptional(s.msg);
      break;
    case 'ImportFrom':
      if (s.level !== null && s.level < 0) bad('Negative ImportFrom level');
      notEmpty(s.names, 'names', s.kind);
      break;
    case 'Import':
    case 'Global':
    case 'Nonlocal':
      notEmpty(s.names, 'names', s.kind);
      break;
    case 'Expr':
      checkExpr(s.value, 'Load');
      break;
  }
}
function checkTry(s: ast.Try | ast.TryStar): void {
  checkBody(s.body, s.kind);
  if (s.handlers.length === 0 && s.finalbody.length === 0) bad(`${s.kind} has neither except handlers nor finalbody`);
  if (s.handlers.length === 0 && s.orelse.length > 0) bad(`${s.kind} has orelse but no except handlers`);
  for (const handler of s.handlers) {
    checkPlace(handler);
    checkOptional(handler.type);
    checkBody(handler.body, 'ExceptHandler');
  }
  checkStmts(s.finalbody);
  checkStmts(s.orelse);
}

function checkMatch(s: ast.Match): void {
  checkExpr(s.subject, 'Load');
  notEmpty(s.cases, 'cases', 'Match');
  for (const c of s.cases) {
    checkPattern(c.pattern, false);
    checkOptional(c.guard);
    checkBody(c.body, 'match_case');
  }
}
function checkPatterns(patterns: readonly ast.Pattern[], starOk: boolean): void {
  for (const p of patterns) checkPattern(p, starOk);
}
function checkCapture(name: string | null): void {
  if (name === '_') bad("can't capture name '_' in patterns");
  if (name !== null) checkName(name);
}
function checkPattern(p: ast.Pattern, starOk: boolean): void {
  checkPlace(p);
  nested(() => checkPatternParts(p, starOk));
}
function checkPatternParts(p: ast.Pattern, starOk: boolean): void {
  switch (p.kind) {
    case 'MatchValue':
      checkMatchValue(p.value);
      break;
    case 'MatchSingleton':
      if (p.value.t !== 'None' && p.value.t !== 'bool') bad('MatchSingleton can only contain True, False and None');
      return;
    case 'MatchSequence':
      checkPatterns(p.patterns, true);
      break;
    case 'MatchMapping':
      if (p.keys.length !== p.patterns.length) bad("MatchMapping doesn't have the same number of keys as patterns");
      checkCapture(p.rest);
      for (const key of p.keys) {
        if (key.kind === 'Constant' && (key.value.t === 'None' || key.value.t === 'bool')) continue;
        checkMatchValue(key);
      }
      checkPatterns(p.patterns, false);
      break;
    case 'MatchClass':
      checkMatchClass(p);
      break;
    case 'MatchStar':
      if (!starOk) bad("can't use MatchStar here");
      checkCapture(p.name);
      break;
    case 'MatchAs':
      checkCapture(p.name);
      if (p.pattern === null) return;
      if (p.name === null) bad('MatchAs must specify a target name if a pattern is given');
      checkPattern(p.pattern, false);
      break;
    case 'MatchOr':
      if (p.patterns.length < 2) bad('MatchOr requires at least 2 patterns');
      checkPatterns(p.patterns, false);
      break;
  }
}
function checkMatchClass(p: ast.MatchClass): void {
  if (p.kwd_attrs.length !== p.kwd_patterns.length)
    bad("MatchClass doesn't have the same number of keyword attributes as patterns");
  checkExpr(p.cls, 'Load');
  let cls = p.cls;
  while (cls.kind === 'Attribute') cls = cls.value;
  if (cls.kind !== 'Name') bad('MatchClass cls field can only contain Name or Attribute nodes.');
  for (const name of p.kwd_attrs) checkName(name);
  checkPatterns(p.patterns, false);
  checkPatterns(p.kwd_patterns, false);
}
function checkMatchValue(e: ast.Expr): void {
  checkExpr(e, 'Load');
  switch (e.kind) {
    case 'Constant':
      if (!['int', 'float', 'bytes', 'complex', 'str'].includes(e.value.t)) {
        bad('unexpected constant inside of a literal pattern');
      }
      return;
    case 'Attribute':
    case 'UnaryOp':
    case 'BinOp':
    case 'JoinedStr':
      return;
    default:
      bad('patterns may only match literals and attribute lookups');
  }
}
