// Names in expressions, comprehensions, lambdas, arguments and annotations (CPython's Python/symtable.c).
import type { Arg, Arguments, Comprehension, Expr, Position } from '../ast.ts';
import {
  checkChain,
  enterRecursion,
  firstOperand,
  leaveRecursion,
  operandChain,
  syntaxErrorAt,
} from '../compile-errors.ts';
import { addDef, enterBlock, exitBlock, extendNamedExprScope, type Symtable } from './build.ts';
import { type ComprehensionKind, DEF_LOCAL, DEF_PARAM, USE } from './entry.ts';
import { CO_FUTURE_ANNOTATIONS } from './future.ts';

export function visitExprs(st: Symtable, exprs: (Expr | null)[]): void {
  for (const expr of exprs) if (expr !== null) visitExpr(st, expr);
}

export function visitOptional(st: Symtable, expr: Expr | null): void {
  if (expr !== null) visitExpr(st, expr);
}

function raiseIfAnnotationBlock(st: Symtable, what: string, loc: Position): void {
  const { type, scopeInfo } = st.cur;
  let where: string;
  if (type === 'Annotation') where = 'an annotation';
  else if (type === 'TypeVariable') where = scopeInfo;
  else if (type === 'TypeAlias') where = 'a type alias';
  else if (type === 'TypeParameters') where = 'the definition of a generic';
  else return;
  throw syntaxErrorAt(st, `${what} cannot be used within ${where}`, loc);
}

const comprehensionNames = {
  '': '',
  list: 'list comprehension',
  dict: 'dict comprehension',
  set: 'set comprehension',
  generator: 'generator expression',
};

function markYield(st: Symtable, loc: Position): void {
  st.cur.generator = true;
  if (st.cur.comprehension !== '') {
    throw syntaxErrorAt(st, `'yield' inside ${comprehensionNames[st.cur.comprehension]}`, loc);
  }
}

/** A chain like a.b(c)[d] + e is walked from its inner end outwards, without recursion. */
export function visitExpr(st: Symtable, e: Expr): void {
  if (firstOperand(e) === null) {
    visitOther(st, e);
    return;
  }
  const chain = operandChain(st, e);
  visitOther(st, firstOperand(chain[chain.length - 1]!)!);
  for (let i = chain.length - 1; i >= 0; i--) {
    const link = chain[i]!;
    if (link.kind === 'BinOp') {
      visitExpr(st, link.right);
    } else if (link.kind === 'Subscript') {
      visitExpr(st, link.slice);
    } else if (link.kind === 'Call') {
      visitExprs(st, link.args);
      for (const keyword of link.keywords) visitExpr(st, keyword.value);
    }
  }
}

function visitOther(st: Symtable, e: Expr): void {
  enterRecursion(st);
  switch (e.kind) {
    case 'NamedExpr':
      raiseIfAnnotationBlock(st, 'named expression', e);
      if (st.cur.compIterExpr > 0) {
        const message = 'assignment expression cannot be used in a comprehension iterable expression';
        throw syntaxErrorAt(st, message, e);
      }
      if (st.cur.comprehension !== '' && e.target.kind === 'Name') extendNamedExprScope(st, e.target);
      visitExpr(st, e.value);
      visitExpr(st, e.target);
      break;
    case 'BoolOp':
      visitExprs(st, e.values);
      break;
    case 'Lambda':
      visitExprs(st, e.args.defaults);
      visitExprs(st, e.args.kw_defaults);
      enterBlock(st, 'lambda', 'Function', e, e);
      visitArguments(st, e.args);
      visitExpr(st, e.body);
      exitBlock(st);
      break;
    case 'IfExp': {
      let last: Expr = e;
      for (let n = 0; last.kind === 'IfExp'; n++) {
        checkChain(st, n);
        visitExpr(st, last.test);
        visitExpr(st, last.body);
        last = last.orelse;
      }
      visitExpr(st, last);
      break;
    }
    case 'Dict':
      visitExprs(st, e.keys);
      visitExprs(st, e.values);
      break;
    case 'Set':
    case 'List':
    case 'Tuple':
      visitExprs(st, e.elts);
      break;
    case 'GeneratorExp':
      visitComprehension(st, e, 'genexpr', 'generator', e.generators, e.elt, null);
      break;
    case 'ListComp':
      visitComprehension(st, e, 'listcomp', 'list', e.generators, e.elt, null);
      break;
    case 'SetComp':
      visitComprehension(st, e, 'setcomp', 'set', e.generators, e.elt, null);
      break;
    case 'DictComp':
      visitComprehension(st, e, 'dictcomp', 'dict', e.generators, e.key, e.value);
      break;
    case 'Yield':
      raiseIfAnnotationBlock(st, 'yield expression', e);
      visitOptional(st, e.value);
      markYield(st, e);
      break;
    case 'YieldFrom':
      raiseIfAnnotationBlock(st, 'yield expression', e);
      visitExpr(st, e.value);
      markYield(st, e);
      break;
    case 'Await':
      raiseIfAnnotationBlock(st, 'await expression', e);
      visitExpr(st, e.value);
      st.cur.coroutine = true;
      break;
    case 'Compare':
      visitExpr(st, e.left);
      visitExprs(st, e.comparators);
      break;
    case 'FormattedValue':
      visitExpr(st, e.value);
      visitOptional(st, e.format_spec);
      break;
    case 'JoinedStr':
      visitExprs(st, e.values);
      break;
    case 'Constant':
      break;
    case 'Starred':
      visitExpr(st, e.value);
      break;
    case 'Slice':
      visitOptional(st, e.lower);
      visitOptional(st, e.upper);
      visitOptional(st, e.step);
      break;
    case 'Name':
      addDef(st, e.id, e.ctx === 'Load' ? USE : DEF_LOCAL, e);
      // `super` in a function is a use of the class's cell.
      if (e.ctx === 'Load' && e.id === 'super' && st.cur.isFunctionLike()) addDef(st, '__class__', USE, e);
      break;
  }
  leaveRecursion(st);
}

function visitComprehension(
  st: Symtable,
  e: Expr,
  name: string,
  kind: ComprehensionKind,
  generators: Comprehension[],
  elt: Expr,
  value: Expr | null,
): void {
  const outermost = generators[0]!;
  st.cur.compIterExpr++;
  visitExpr(st, outermost.iter);
  st.cur.compIterExpr--;
  const entry = enterBlock(st, name, 'Function', e, e);
  entry.comprehension = kind;
  if (outermost.is_async) entry.coroutine = true;
  addDef(st, '.0', DEF_PARAM, e);
  entry.compIterTarget = true;
  visitExpr(st, outermost.target);
  entry.compIterTarget = false;
  visitExprs(st, outermost.ifs);
  for (let i = 1; i < generators.length; i++) {
    const generator = generators[i]!;
    entry.compIterTarget = true;
    visitExpr(st, generator.target);
    entry.compIterTarget = false;
    entry.compIterExpr++;
    visitExpr(st, generator.iter);
    entry.compIterExpr--;
    visitExprs(st, generator.ifs);
    if (generator.is_async) entry.coroutine = true;
  }
  visitOptional(st, value);
  visitExpr(st, elt);
  entry.generator = kind === 'generator';
  exitBlock(st);
  if (entry.coroutine && kind !== 'generator') st.cur.coroutine = true;
}

/** Inside the function's block: the parameters. Defaults and annotations belong to the block around. */
export function visitArguments(st: Symtable, a: Arguments): void {
  const param = (arg: Arg) => addDef(st, arg.arg, DEF_PARAM, arg);
  a.posonlyargs.forEach(param);
  a.args.forEach(param);
  a.kwonlyargs.forEach(param);
  if (a.vararg !== null) {
    param(a.vararg);
    st.cur.varargs = true;
  }
  if (a.kwarg !== null) {
    param(a.kwarg);
    st.cur.varkeywords = true;
  }
}

export function visitAnnotation(st: Symtable, annotation: Expr): void {
  const future = (st.future.features & CO_FUTURE_ANNOTATIONS) !== 0;
  if (future) enterBlock(st, '_annotation', 'Annotation', annotation, annotation);
  visitExpr(st, annotation);
  if (future) exitBlock(st);
}

export function visitArgAnnotations(st: Symtable, a: Arguments): void {
  const visit = (arg: Arg | null) => {
    if (arg !== null) visitOptional(st, arg.annotation);
  };
  a.posonlyargs.forEach(visit);
  a.args.forEach(visit);
  visit(a.vararg);
  visit(a.kwarg);
  a.kwonlyargs.forEach(visit);
}
