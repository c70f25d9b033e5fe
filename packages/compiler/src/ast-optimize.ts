// Folding of constant expressions in the tree, in place (CPython 3.13's Python/ast_opt.c).
import type { Arguments, BinOp, Comprehension, ConstantExpr, Expr, Mod, Pattern, Stmt, TypeParam } from './ast.ts';
import {
  checkChain,
  type CompileContext,
  enterRecursion,
  firstOperand,
  leaveRecursion,
  operandChain,
} from './compile-errors.ts';
import {
  binaryOp,
  boolConst,
  frozensetConst,
  type Power,
  strConst,
  subscript,
  tupleConst,
  unaryOp,
  unchangedOperand,
} from './constant-ops.ts';
import { type Constant, notesOf } from './constants.ts';
import { noting } from './ledger.ts';
import { CO_FUTURE_ANNOTATIONS, docString } from './symtable/future.ts';

interface State extends CompileContext {
  optimize: number;
  annotationsAreStrings: boolean;
  power: Power | undefined;
}

/** A node changes its kind in place: every holder of it sees the folded one. Fields of the old kind stay unread. */
function become(node: Expr, replacement: object): void {
  Object.assign(node, replacement);
}

/** `same`: the operand that the operation gives back as it is, if it does. */
function makeConst(node: Expr, value: Constant | null, same: Constant | null = null, operands: Constant[] = []): void {
  if (value === null) return;
  let made = value;
  if (same !== null) {
    made = same;
    made.notes = notesOf(same) + 1;
  } else if (value.t === 'bytes') made = { ...value, notes: 1 };
  const ledger = same === null ? noting.ledger : null;
  const tuples = operands.filter((operand) => operand.t === 'tuple' && operand !== same && operand.v.length > 0);
  if (tuples.length > 0 && made.t === 'tuple') made = { ...made, operands: tuples };
  ledger?.fold(made);
  become(node, { kind: 'Constant', value: made, constantKind: null });
}

export function optimizeAst(
  mod: Mod,
  context: CompileContext,
  optimize: number,
  features: number,
  power?: Power,
): void {
  const state: State = {
    filename: context.filename,
    depth: 0,
    optimize,
    annotationsAreStrings: (features & CO_FUTURE_ANNOTATIONS) !== 0,
    power,
  };
  if (mod.kind === 'Module') foldBody(state, mod.body);
  else if (mod.kind === 'Interactive') foldStmts(state, mod.body);
  else foldExpr(state, mod.body);
}

function foldBody(state: State, body: Stmt[]): void {
  let hasDoc = docString(body) !== null;
  if (hasDoc && state.optimize >= 2) {
    body.shift();
    hasDoc = false;
  }
  foldStmts(state, body);
  // A string that came about by folding is no docstring: hide it in a JoinedStr.
  const first = body[0];
  if (!hasDoc && docString(body) !== null && first?.kind === 'Expr') {
    const { lineno, col_offset, end_lineno, end_col_offset } = first;
    first.value = { kind: 'JoinedStr', values: [first.value], lineno, col_offset, end_lineno, end_col_offset };
  }
}

function foldStmts(state: State, stmts: Stmt[]): void {
  for (const stmt of stmts) foldStmt(state, stmt);
}

function foldExprs(state: State, exprs: (Expr | null)[]): void {
  for (const expr of exprs) if (expr !== null) foldExpr(state, expr);
}

function foldOptional(state: State, expr: Expr | null): void {
  if (expr !== null) foldExpr(state, expr);
}

function foldStmt(state: State, s: Stmt): void {
  enterRecursion(state);
  switch (s.kind) {
    case 'FunctionDef':
    case 'AsyncFunctionDef':
      foldTypeParams(state, s.type_params);
      foldArguments(state, s.args);
      foldBody(state, s.body);
      foldExprs(state, s.decorator_list);
      if (!state.annotationsAreStrings) foldOptional(state, s.returns);
      break;
    case 'ClassDef':
      foldTypeParams(state, s.type_params);
      foldExprs(state, s.bases);
      for (const keyword of s.keywords) foldExpr(state, keyword.value);
      foldBody(state, s.body);
      foldExprs(state, s.decorator_list);
      break;
    case 'Return':
      foldOptional(state, s.value);
      break;
    case 'Delete':
      foldExprs(state, s.targets);
      break;
    case 'Assign':
      foldExprs(state, s.targets);
      foldExpr(state, s.value);
      break;
    case 'AugAssign':
      foldExpr(state, s.target);
      foldExpr(state, s.value);
      break;
    case 'AnnAssign':
      foldExpr(state, s.target);
      if (!state.annotationsAreStrings) foldExpr(state, s.annotation);
      foldOptional(state, s.value);
      break;
    case 'TypeAlias':
      foldExpr(state, s.name);
      foldTypeParams(state, s.type_params);
      foldExpr(state, s.value);
      break;
    case 'For':
    case 'AsyncFor':
      foldExpr(state, s.target);
      foldExpr(state, s.iter);
      foldStmts(state, s.body);
      foldStmts(state, s.orelse);
      if (s.kind === 'For') foldIter(s.iter);
      break;
    case 'While':
      foldExpr(state, s.test);
      foldStmts(state, s.body);
      foldStmts(state, s.orelse);
      break;
    case 'If': {
      let branch: Stmt & { kind: 'If' } = s;
      for (;;) {
        foldExpr(state, branch.test);
        foldStmts(state, branch.body);
        const next: Stmt | undefined = branch.orelse[0];
        if (branch.orelse.length !== 1 || next!.kind !== 'If') break;
        branch = next as Stmt & { kind: 'If' };
      }
      foldStmts(state, branch.orelse);
      break;
    }
    case 'With':
    case 'AsyncWith':
      for (const item of s.items) {
        foldExpr(state, item.context_expr);
        foldOptional(state, item.optional_vars);
      }
      foldStmts(state, s.body);
      break;
    case 'Raise':
      foldOptional(state, s.exc);
      foldOptional(state, s.cause);
      break;
    case 'Try':
    case 'TryStar':
      foldStmts(state, s.body);
      for (const handler of s.handlers) {
        foldOptional(state, handler.type);
        foldStmts(state, handler.body);
      }
      foldStmts(state, s.orelse);
      foldStmts(state, s.finalbody);
      break;
    case 'Assert':
      foldExpr(state, s.test);
      foldOptional(state, s.msg);
      break;
    case 'Expr':
      foldExpr(state, s.value);
      break;
    case 'Match':
      foldExpr(state, s.subject);
      for (const c of s.cases) {
        foldPattern(state, c.pattern);
        foldOptional(state, c.guard);
        foldStmts(state, c.body);
      }
      break;
    default:
      break;
  }
  leaveRecursion(state);
}

function foldTypeParams(state: State, params: TypeParam[]): void {
  for (const p of params) {
    if (p.kind === 'TypeVar') foldOptional(state, p.bound);
    foldOptional(state, p.default_value);
  }
}

function foldArguments(state: State, a: Arguments): void {
  if (!state.annotationsAreStrings) {
    for (const arg of [...a.posonlyargs, ...a.args, a.vararg, ...a.kwonlyargs, a.kwarg]) {
      if (arg !== null) foldOptional(state, arg.annotation);
    }
  }
  foldExprs(state, a.kw_defaults);
  foldExprs(state, a.defaults);
}

function foldPattern(state: State, p: Pattern): void {
  enterRecursion(state);
  switch (p.kind) {
    case 'MatchValue':
      foldExpr(state, p.value);
      break;
    case 'MatchSequence':
    case 'MatchOr':
      for (const inner of p.patterns) foldPattern(state, inner);
      break;
    case 'MatchMapping':
      foldExprs(state, p.keys);
      for (const inner of p.patterns) foldPattern(state, inner);
      break;
    case 'MatchClass':
      foldExpr(state, p.cls);
      for (const inner of p.patterns) foldPattern(state, inner);
      for (const inner of p.kwd_patterns) foldPattern(state, inner);
      break;
    case 'MatchAs':
      if (p.pattern !== null) foldPattern(state, p.pattern);
      break;
    default:
      break;
  }
  leaveRecursion(state);
}

function foldGenerators(state: State, generators: Comprehension[]): void {
  for (const g of generators) {
    foldExpr(state, g.target);
    foldExpr(state, g.iter);
    foldExprs(state, g.ifs);
    foldIter(g.iter);
  }
}

/** A chain like a.b(c)[d] + e is folded from its inner end outwards, without recursion. */
function foldExpr(state: State, e: Expr): void {
  if (firstOperand(e) === null) {
    foldOther(state, e);
    return;
  }
  const chain = operandChain(state, e);
  foldOther(state, firstOperand(chain[chain.length - 1]!)!);
  for (let i = chain.length - 1; i >= 0; i--) foldLink(state, chain[i]!);
}

/** What is left of an expression when its first operand is folded. */
function foldLink(state: State, e: Expr): void {
  switch (e.kind) {
    case 'BinOp':
      foldExpr(state, e.right);
      foldBinOp(state, e);
      break;
    case 'UnaryOp':
      if (e.operand.kind === 'Constant')
        makeConst(e, unaryOp(e.op, e.operand.value), unchangedOperand(e.op, e.operand.value));
      else if (e.op === 'Not') foldNotCompare(e, e.operand);
      break;
    case 'Call':
      foldExprs(state, e.args);
      for (const keyword of e.keywords) foldExpr(state, keyword.value);
      break;
    case 'Subscript':
      foldExpr(state, e.slice);
      if (e.ctx === 'Load' && e.value.kind === 'Constant' && e.slice.kind === 'Constant') {
        const value = subscript(e.value.value, e.slice.value);
        if (value === null) noting.ledger?.exception();
        makeConst(e, value);
      }
      break;
    default:
      break;
  }
}

function foldOther(state: State, e: Expr): void {
  enterRecursion(state);
  switch (e.kind) {
    case 'BoolOp':
      foldExprs(state, e.values);
      break;
    case 'Lambda':
      foldArguments(state, e.args);
      foldExpr(state, e.body);
      break;
    case 'IfExp': {
      let last: Expr = e;
      for (let n = 0; last.kind === 'IfExp'; n++) {
        checkChain(state, n);
        foldExpr(state, last.test);
        foldExpr(state, last.body);
        last = last.orelse;
      }
      foldExpr(state, last);
      break;
    }
    case 'Dict':
      foldExprs(state, e.keys);
      foldExprs(state, e.values);
      break;
    case 'Set':
    case 'List':
      foldExprs(state, e.elts);
      break;
    case 'Tuple':
      foldExprs(state, e.elts);
      foldTuple(e);
      break;
    case 'ListComp':
    case 'SetComp':
    case 'GeneratorExp':
      foldExpr(state, e.elt);
      foldGenerators(state, e.generators);
      break;
    case 'DictComp':
      foldExpr(state, e.key);
      foldExpr(state, e.value);
      foldGenerators(state, e.generators);
      break;
    case 'Yield':
      foldOptional(state, e.value);
      break;
    case 'Await':
    case 'YieldFrom':
    case 'Starred':
    case 'NamedExpr':
      foldExpr(state, e.value);
      break;
    case 'Compare': {
      foldExpr(state, e.left);
      foldExprs(state, e.comparators);
      const op = e.ops[e.ops.length - 1];
      if (op === 'In' || op === 'NotIn') foldIter(e.comparators[e.comparators.length - 1]!);
      break;
    }
    case 'FormattedValue':
      foldExpr(state, e.value);
      foldOptional(state, e.format_spec);
      break;
    case 'JoinedStr':
      foldExprs(state, e.values);
      break;
    case 'Slice':
      foldOptional(state, e.lower);
      foldOptional(state, e.upper);
      foldOptional(state, e.step);
      break;
    case 'Name':
      if (e.ctx === 'Load' && e.id === '__debug__') makeConst(e, boolConst(state.optimize === 0));
      break;
    case 'Constant':
      break;
  }
  leaveRecursion(state);
}

const opposites = { Is: 'IsNot', IsNot: 'Is', In: 'NotIn', NotIn: 'In' } as const;

/** `not a is b` is `a is not b`; likewise `in`. The other comparisons need not be each other's opposite. */
function foldNotCompare(e: Expr, operand: Expr): void {
  if (operand.kind !== 'Compare' || operand.ops.length !== 1) return;
  const opposite = opposites[operand.ops[0] as keyof typeof opposites];
  if (opposite === undefined) return;
  operand.ops[0] = opposite;
  become(e, operand);
}

function constantValues(elts: Expr[]): Constant[] | null {
  const values: Constant[] = [];
  for (const elt of elts) {
    if (elt.kind !== 'Constant') return null;
    values.push(elt.value);
  }
  return values;
}

function foldTuple(e: Expr & { kind: 'Tuple' }): void {
  if (e.ctx !== 'Load') return;
  const values = constantValues(e.elts);
  if (values !== null) makeConst(e, tupleConst(values));
}

/** A literal that is only iterated over or searched: a list becomes a tuple, a set of constants a frozenset. */
function foldIter(e: Expr): void {
  if (e.kind === 'List') {
    if (e.elts.some((elt) => elt.kind === 'Starred')) return;
    const { elts, ctx } = e;
    become(e, { kind: 'Tuple', elts, ctx });
    foldTuple(e as Expr as Expr & { kind: 'Tuple' });
  } else if (e.kind === 'Set') {
    const values = constantValues(e.elts);
    if (values !== null) makeConst(e, frozensetConst(values));
  }
}

const isNumber = (c: Constant): boolean => ['int', 'bool', 'float', 'complex'].includes(c.t);
const isNegative = (c: Constant): boolean => (c.t === 'int' || c.t === 'float') && c.v < 0;

/** Whether an operation that is not folded was tried and raised, or was not tried: its result would be too large. */
function raises(op: BinOp['op'], a: Constant, b: Constant): boolean {
  if (op === 'Mod') return a.t !== 'str' && a.t !== 'bytes';
  if (op === 'Pow') return !isNumber(a) || !isNumber(b) || isNegative(b);
  if (op === 'LShift') return a.t !== 'int' || b.t !== 'int' || isNegative(b);
  const sequence = a.t === 'str' || a.t === 'bytes' || a.t === 'tuple' ? b : a;
  return op !== 'Mult' || (sequence.t !== 'int' && sequence.t !== 'bool');
}

function foldBinOp(state: State, e: BinOp): void {
  const { left, right, op } = e;
  if (
    op === 'Mod' &&
    right.kind === 'Tuple' &&
    left.kind === 'Constant' &&
    left.value.t === 'str' &&
    !left.value.points
  ) {
    if (!right.elts.some((elt) => elt.kind === 'Starred')) {
      const values = optimizeFormat(left.value.v, right.elts);
      if (values !== null) become(e, { kind: 'JoinedStr', values });
      return;
    }
  }
  if (left.kind !== 'Constant' || right.kind !== 'Constant') return;
  const [a, b] = [left.value, right.value];
  const value = binaryOp(op, a, b, state.power);
  if (value === null && raises(op, a, b)) noting.ledger?.exception();
  makeConst(e, value, unchangedOperand(op, a, b), [a, b]);
}

const nowhere = { lineno: -1, col_offset: -1, end_lineno: -1, end_col_offset: -1 };

function literal(value: string): ConstantExpr {
  return { kind: 'Constant', value: strConst(value), constantKind: null, ...nowhere };
}

/** `'%s: %r' % (a, b)` as an f-string, where only %s, %r, %a with simple flags occur. */
function optimizeFormat(format: string, elts: Expr[]): Expr[] | null {
  const values: Expr[] = [];
  const item = /%([-+ #0]*)(\d*)(?:(\.)(\d*))?(.)/suy;
  let pos = 0;
  let count = 0;
  for (;;) {
    const start = pos;
    while (pos < format.length) {
      if (format[pos] !== '%') pos++;
      else if (format[pos + 1] === '%') pos += 2;
      else break;
    }
    if (pos > start) values.push(literal(format.slice(start, pos).replaceAll('%%', '%')));
    if (pos >= format.length) break;
    const arg = elts[count];
    if (arg === undefined) return null;
    count++;
    item.lastIndex = pos;
    const match = item.exec(format);
    if (match === null) return null;
    const [all, flags, width, dot, precision, spec] = match;
    if (width!.length >= 3 || (precision?.length ?? 0) >= 3) return null;
    if (spec !== 's' && spec !== 'r' && spec !== 'a') return null;
    let text = '';
    if (!flags!.includes('-') && Number(width) > 0) text += '>';
    if (width !== '') text += Number(width);
    if (dot !== undefined) text += '.' + Number(precision);
    values.push({
      kind: 'FormattedValue',
      value: arg,
      conversion: spec.charCodeAt(0),
      format_spec: text === '' ? null : literal(text),
      lineno: arg.lineno,
      col_offset: arg.col_offset,
      end_lineno: arg.end_lineno,
      end_col_offset: arg.end_col_offset,
    });
    pos += all.length;
  }
  return count < elts.length ? null : values;
}
