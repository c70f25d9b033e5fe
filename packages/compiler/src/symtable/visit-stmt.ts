// Names in statements, patterns and type parameters (CPython's Python/symtable.c).
import type {
  Alias,
  AsyncFunctionDef,
  ClassDef,
  Expr,
  FunctionDef,
  Global,
  Nonlocal,
  Pattern,
  Position,
} from '../ast.ts';
import type { AnnAssign, Stmt, TypeAlias, TypeParam } from '../ast.ts';
import { enterRecursion, leaveRecursion, syntaxErrorAt } from '../compile-errors.ts';
import { noting, OTHER } from '../ledger.ts';
import { addDef, enterBlock, exitBlock, lookup, recordDirective, type Symtable } from './build.ts';
import { DEF_ANNOT, DEF_GLOBAL, DEF_IMPORT, DEF_LOCAL, DEF_NONLOCAL, DEF_PARAM, DEF_TYPE_PARAM, USE } from './entry.ts';
import { CO_FUTURE_ANNOTATIONS } from './future.ts';
import {
  visitAnnotation,
  visitArgAnnotations,
  visitArguments,
  visitExpr,
  visitExprs,
  visitOptional,
} from './visit-expr.ts';

export function visitStmts(st: Symtable, stmts: Stmt[]): void {
  for (const stmt of stmts) visitStmt(st, stmt);
}

function visitStmt(st: Symtable, s: Stmt): void {
  enterRecursion(st);
  switch (s.kind) {
    case 'FunctionDef':
    case 'AsyncFunctionDef':
      visitFunction(st, s);
      break;
    case 'ClassDef':
      visitClass(st, s);
      break;
    case 'TypeAlias':
      visitTypeAlias(st, s);
      break;
    case 'Return':
      if (s.value !== null) {
        visitExpr(st, s.value);
        st.cur.returnsValue = true;
      }
      break;
    case 'Delete':
      visitExprs(st, s.targets);
      break;
    case 'Assign':
      visitExprs(st, s.targets);
      visitExpr(st, s.value);
      break;
    case 'AnnAssign':
      visitAnnAssign(st, s);
      break;
    case 'AugAssign':
      visitExpr(st, s.target);
      visitExpr(st, s.value);
      break;
    case 'For':
    case 'AsyncFor':
      visitExpr(st, s.target);
      visitExpr(st, s.iter);
      visitStmts(st, s.body);
      visitStmts(st, s.orelse);
      break;
    case 'If':
      visitIf(st, s);
      break;
    case 'While':
      visitExpr(st, s.test);
      visitStmts(st, s.body);
      visitStmts(st, s.orelse);
      break;
    case 'Match':
      visitExpr(st, s.subject);
      for (const c of s.cases) {
        visitPattern(st, c.pattern);
        visitOptional(st, c.guard);
        visitStmts(st, c.body);
      }
      break;
    case 'Raise':
      visitOptional(st, s.exc);
      visitOptional(st, s.cause);
      break;
    case 'Try':
    case 'TryStar':
      visitStmts(st, s.body);
      visitStmts(st, s.orelse);
      for (const handler of s.handlers) {
        visitOptional(st, handler.type);
        if (handler.name !== null) addDef(st, handler.name, DEF_LOCAL, handler);
        visitStmts(st, handler.body);
      }
      visitStmts(st, s.finalbody);
      break;
    case 'Assert':
      visitExpr(st, s.test);
      visitOptional(st, s.msg);
      break;
    case 'Import':
    case 'ImportFrom':
      for (const alias of s.names) visitAlias(st, alias);
      break;
    case 'Global':
    case 'Nonlocal':
      visitDirective(st, s);
      break;
    case 'Expr':
      visitExpr(st, s.value);
      break;
    case 'Pass':
    case 'Break':
    case 'Continue':
      break;
    case 'With':
    case 'AsyncWith':
      for (const item of s.items) {
        visitExpr(st, item.context_expr);
        visitOptional(st, item.optional_vars);
      }
      visitStmts(st, s.body);
      break;
  }
  leaveRecursion(st);
}

/** A long chain of elif is nested in the tree; it is walked without recursion. */
function visitIf(st: Symtable, first: Stmt & { kind: 'If' }): void {
  let s = first;
  for (;;) {
    visitExpr(st, s.test);
    visitStmts(st, s.body);
    const next = s.orelse[0];
    if (s.orelse.length !== 1 || next!.kind !== 'If') break;
    s = next as Stmt & { kind: 'If' };
  }
  visitStmts(st, s.orelse);
}

function visitFunction(st: Symtable, s: FunctionDef | AsyncFunctionDef): void {
  addDef(st, s.name, DEF_LOCAL, s);
  visitExprs(st, s.args.defaults);
  visitExprs(st, s.args.kw_defaults);
  visitExprs(st, s.decorator_list);
  const generic = s.type_params.length > 0;
  if (generic) {
    enterTypeParamBlock(st, s.name, s.type_params, s);
    // CPython adds this one whether there are defaults or not.
    addDef(st, '.defaults', DEF_PARAM, s);
    if (s.args.kw_defaults.some((d) => d !== null)) addDef(st, '.kwdefaults', DEF_PARAM, s);
    visitTypeParams(st, s.type_params);
  }
  const future = (st.future.features & CO_FUTURE_ANNOTATIONS) !== 0;
  if (future) enterBlock(st, '_annotation', 'Annotation', s, s);
  visitArgAnnotations(st, s.args);
  if (future) exitBlock(st);
  if (s.returns !== null) visitAnnotation(st, s.returns);
  const entry = enterBlock(st, s.name, 'Function', s, s);
  if (s.kind === 'AsyncFunctionDef') entry.coroutine = true;
  visitArguments(st, s.args);
  visitStmts(st, s.body);
  exitBlock(st);
  if (generic) exitBlock(st);
}

function visitClass(st: Symtable, s: ClassDef): void {
  addDef(st, s.name, DEF_LOCAL, s);
  visitExprs(st, s.decorator_list);
  const outer = st.private;
  const generic = s.type_params.length > 0;
  if (generic) {
    enterTypeParamBlock(st, s.name, s.type_params, s);
    addDef(st, '.type_params', DEF_LOCAL, s);
    addDef(st, '.type_params', USE, s);
    addDef(st, '.generic_base', DEF_LOCAL, s);
    addDef(st, '.generic_base', USE, s);
    st.private = s.name;
    st.cur.mangledNames = new Set();
    noting.ledger?.once(OTHER);
    visitTypeParams(st, s.type_params);
  }
  visitExprs(st, s.bases);
  for (const keyword of s.keywords) visitExpr(st, keyword.value);
  enterBlock(st, s.name, 'Class', s, s);
  st.private = s.name;
  if (generic) {
    addDef(st, '__type_params__', DEF_LOCAL, s);
    addDef(st, '.type_params', USE, s);
  }
  visitStmts(st, s.body);
  exitBlock(st);
  if (generic) exitBlock(st);
  st.private = outer;
}

function enterTypeParamBlock(st: Symtable, name: string, params: TypeParam[], loc: Position): void {
  const inClass = st.cur.type === 'Class';
  const entry = enterBlock(st, name, 'TypeParameters', params, loc);
  if (inClass) {
    entry.canSeeClassScope = true;
    addDef(st, '__classdict__', USE, loc);
  }
}

function visitTypeParams(st: Symtable, params: TypeParam[]): void {
  for (const p of params) {
    addDef(st, p.name, DEF_TYPE_PARAM | DEF_LOCAL, p);
    if (p.kind === 'TypeVar') {
      const what = p.bound?.kind === 'Tuple' ? 'a TypeVar constraint' : 'a TypeVar bound';
      visitBoundOrDefault(st, p.bound, p, false, what);
    }
    visitBoundOrDefault(st, p.default_value, p, true, `a ${p.kind} default`);
  }
}

function visitBoundOrDefault(st: Symtable, e: Expr | null, p: TypeParam, isDefault: boolean, what: string): void {
  if (e === null) return;
  const inClass = st.cur.canSeeClassScope;
  const entry = enterBlock(st, p.name, 'TypeVariable', p, e, isDefault ? st.defaultBlocks : st.blocks);
  entry.canSeeClassScope = inClass;
  if (inClass) addDef(st, '__classdict__', USE, e);
  entry.scopeInfo = what;
  visitExpr(st, e);
  exitBlock(st);
}

function visitTypeAlias(st: Symtable, s: TypeAlias): void {
  visitExpr(st, s.name);
  const name = s.name.kind === 'Name' ? s.name.id : '';
  const inClass = st.cur.type === 'Class';
  const generic = s.type_params.length > 0;
  if (generic) {
    enterTypeParamBlock(st, name, s.type_params, s);
    visitTypeParams(st, s.type_params);
  }
  const entry = enterBlock(st, name, 'TypeAlias', s, s);
  entry.canSeeClassScope = inClass;
  if (inClass) addDef(st, '__classdict__', USE, s.value);
  visitExpr(st, s.value);
  exitBlock(st);
  if (generic) exitBlock(st);
}

function visitAnnAssign(st: Symtable, s: AnnAssign): void {
  const { target } = s;
  if (target.kind === 'Name') {
    const flags = lookup(st, st.cur, target.id);
    if (flags & (DEF_GLOBAL | DEF_NONLOCAL) && st.cur !== st.top && s.simple) {
      const what = flags & DEF_GLOBAL ? 'global' : 'nonlocal';
      throw syntaxErrorAt(st, `annotated name '${target.id}' can't be ${what}`, s);
    }
    if (s.simple) addDef(st, target.id, DEF_ANNOT | DEF_LOCAL, target);
    else if (s.value !== null) addDef(st, target.id, DEF_LOCAL, target);
  } else {
    visitExpr(st, target);
  }
  visitAnnotation(st, s.annotation);
  visitOptional(st, s.value);
}

function visitDirective(st: Symtable, s: Global | Nonlocal): void {
  const what = s.kind === 'Global' ? 'global' : 'nonlocal';
  for (const name of s.names) {
    const flags = lookup(st, st.cur, name);
    if (flags & (DEF_PARAM | DEF_LOCAL | USE | DEF_ANNOT)) {
      let message: string;
      if (flags & DEF_PARAM) message = `name '${name}' is parameter and ${what}`;
      else if (flags & USE) message = `name '${name}' is used prior to ${what} declaration`;
      else if (flags & DEF_ANNOT) message = `annotated name '${name}' can't be ${what}`;
      else message = `name '${name}' is assigned to before ${what} declaration`;
      throw syntaxErrorAt(st, message, s);
    }
    addDef(st, name, s.kind === 'Global' ? DEF_GLOBAL : DEF_NONLOCAL, s);
    recordDirective(st, name, s);
  }
}

function visitAlias(st: Symtable, alias: Alias): void {
  const name = alias.asname ?? alias.name;
  if (name === '*') {
    if (st.cur.type !== 'Module') throw syntaxErrorAt(st, 'import * only allowed at module level', alias);
    return;
  }
  const dot = name.indexOf('.');
  addDef(st, dot < 0 ? name : name.slice(0, dot), DEF_IMPORT, alias);
}

function visitPattern(st: Symtable, p: Pattern): void {
  enterRecursion(st);
  switch (p.kind) {
    case 'MatchValue':
      visitExpr(st, p.value);
      break;
    case 'MatchSingleton':
      break;
    case 'MatchSequence':
    case 'MatchOr':
      for (const inner of p.patterns) visitPattern(st, inner);
      break;
    case 'MatchStar':
      if (p.name !== null) addDef(st, p.name, DEF_LOCAL, p);
      break;
    case 'MatchMapping':
      visitExprs(st, p.keys);
      for (const inner of p.patterns) visitPattern(st, inner);
      if (p.rest !== null) addDef(st, p.rest, DEF_LOCAL, p);
      break;
    case 'MatchClass':
      visitExpr(st, p.cls);
      for (const inner of p.patterns) visitPattern(st, inner);
      for (const inner of p.kwd_patterns) visitPattern(st, inner);
      break;
    case 'MatchAs':
      if (p.pattern !== null) visitPattern(st, p.pattern);
      if (p.name !== null) addDef(st, p.name, DEF_LOCAL, p);
      break;
  }
  leaveRecursion(st);
}
