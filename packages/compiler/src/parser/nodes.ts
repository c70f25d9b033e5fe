// Makers of syntax tree nodes, one a constructor of ast.ts. Positions are 0 until the parser sets them; writing every
// field in one literal keeps all nodes of a kind in one hidden class.
import type * as A from '../ast.ts';
import type { Constant } from '../constants.ts';

export function Module(body: A.Stmt[], type_ignores: A.TypeIgnore[]): A.Module {
  return { kind: 'Module', body, type_ignores };
}

export function Interactive(body: A.Stmt[]): A.Interactive {
  return { kind: 'Interactive', body };
}

export function Expression(body: A.Expr): A.Expression {
  return { kind: 'Expression', body };
}

export function FunctionDef(
  name: string,
  args: A.Arguments,
  body: A.Stmt[],
  decorator_list: A.Expr[],
  returns: A.Expr | null,
  type_params: A.TypeParam[],
): A.FunctionDef {
  return {
    kind: 'FunctionDef',
    name,
    args,
    body,
    decorator_list,
    returns,
    type_comment: null,
    type_params,
    lineno: 0,
    col_offset: 0,
    end_lineno: 0,
    end_col_offset: 0,
  };
}

export function AsyncFunctionDef(
  name: string,
  args: A.Arguments,
  body: A.Stmt[],
  decorator_list: A.Expr[],
  returns: A.Expr | null,
  type_params: A.TypeParam[],
): A.AsyncFunctionDef {
  return {
    kind: 'AsyncFunctionDef',
    name,
    args,
    body,
    decorator_list,
    returns,
    type_comment: null,
    type_params,
    lineno: 0,
    col_offset: 0,
    end_lineno: 0,
    end_col_offset: 0,
  };
}

export function ClassDef(
  name: string,
  bases: A.Expr[],
  keywords: A.Keyword[],
  body: A.Stmt[],
  decorator_list: A.Expr[],
  type_params: A.TypeParam[],
): A.ClassDef {
  return {
    kind: 'ClassDef',
    name,
    bases,
    keywords,
    body,
    decorator_list,
    type_params,
    lineno: 0,
    col_offset: 0,
    end_lineno: 0,
    end_col_offset: 0,
  };
}

export function Return(value: A.Expr | null): A.Return {
  return { kind: 'Return', value, lineno: 0, col_offset: 0, end_lineno: 0, end_col_offset: 0 };
}

export function Delete(targets: A.Expr[]): A.Delete {
  return { kind: 'Delete', targets, lineno: 0, col_offset: 0, end_lineno: 0, end_col_offset: 0 };
}

export function Assign(targets: A.Expr[], value: A.Expr): A.Assign {
  return {
    kind: 'Assign',
    targets,
    value,
    type_comment: null,
    lineno: 0,
    col_offset: 0,
    end_lineno: 0,
    end_col_offset: 0,
  };
}

export function TypeAlias(name: A.Expr, type_params: A.TypeParam[], value: A.Expr): A.TypeAlias {
  return { kind: 'TypeAlias', name, type_params, value, lineno: 0, col_offset: 0, end_lineno: 0, end_col_offset: 0 };
}

export function AugAssign(target: A.Expr, op: A.OperatorKind, value: A.Expr): A.AugAssign {
  return { kind: 'AugAssign', target, op, value, lineno: 0, col_offset: 0, end_lineno: 0, end_col_offset: 0 };
}

export function AnnAssign(target: A.Expr, annotation: A.Expr, value: A.Expr | null, simple: number): A.AnnAssign {
  return {
    kind: 'AnnAssign',
    target,
    annotation,
    value,
    simple,
    lineno: 0,
    col_offset: 0,
    end_lineno: 0,
    end_col_offset: 0,
  };
}

export function For(target: A.Expr, iter: A.Expr, body: A.Stmt[], orelse: A.Stmt[]): A.For {
  return {
    kind: 'For',
    target,
    iter,
    body,
    orelse,
    type_comment: null,
    lineno: 0,
    col_offset: 0,
    end_lineno: 0,
    end_col_offset: 0,
  };
}

export function AsyncFor(target: A.Expr, iter: A.Expr, body: A.Stmt[], orelse: A.Stmt[]): A.AsyncFor {
  return {
    kind: 'AsyncFor',
    target,
    iter,
    body,
    orelse,
    type_comment: null,
    lineno: 0,
    col_offset: 0,
    end_lineno: 0,
    end_col_offset: 0,
  };
}

export function While(test: A.Expr, body: A.Stmt[], orelse: A.Stmt[]): A.While {
  return { kind: 'While', test, body, orelse, lineno: 0, col_offset: 0, end_lineno: 0, end_col_offset: 0 };
}

export function If(test: A.Expr, body: A.Stmt[], orelse: A.Stmt[]): A.If {
  return { kind: 'If', test, body, orelse, lineno: 0, col_offset: 0, end_lineno: 0, end_col_offset: 0 };
}

export function With(items: A.WithItem[], body: A.Stmt[]): A.With {
  return { kind: 'With', items, body, type_comment: null, lineno: 0, col_offset: 0, end_lineno: 0, end_col_offset: 0 };
}

export function AsyncWith(items: A.WithItem[], body: A.Stmt[]): A.AsyncWith {
  return {
    kind: 'AsyncWith',
    items,
    body,
    type_comment: null,
    lineno: 0,
    col_offset: 0,
    end_lineno: 0,
    end_col_offset: 0,
  };
}

export function Match(subject: A.Expr, cases: A.MatchCase[]): A.Match {
  return { kind: 'Match', subject, cases, lineno: 0, col_offset: 0, end_lineno: 0, end_col_offset: 0 };
}

export function Raise(exc: A.Expr | null, cause: A.Expr | null): A.Raise {
  return { kind: 'Raise', exc, cause, lineno: 0, col_offset: 0, end_lineno: 0, end_col_offset: 0 };
}

export function Try(body: A.Stmt[], handlers: A.ExceptHandler[], orelse: A.Stmt[], finalbody: A.Stmt[]): A.Try {
  return { kind: 'Try', body, handlers, orelse, finalbody, lineno: 0, col_offset: 0, end_lineno: 0, end_col_offset: 0 };
}

export function TryStar(body: A.Stmt[], handlers: A.ExceptHandler[], orelse: A.Stmt[], finalbody: A.Stmt[]): A.TryStar {
  return {
    kind: 'TryStar',
    body,
    handlers,
    orelse,
    finalbody,
    lineno: 0,
    col_offset: 0,
    end_lineno: 0,
    end_col_offset: 0,
  };
}

export function Assert(test: A.Expr, msg: A.Expr | null): A.Assert {
  return { kind: 'Assert', test, msg, lineno: 0, col_offset: 0, end_lineno: 0, end_col_offset: 0 };
}

export function Import(names: A.Alias[]): A.Import {
  return { kind: 'Import', names, lineno: 0, col_offset: 0, end_lineno: 0, end_col_offset: 0 };
}

export function ImportFrom(module: string | null, names: A.Alias[], level: number | null): A.ImportFrom {
  return { kind: 'ImportFrom', module, names, level, lineno: 0, col_offset: 0, end_lineno: 0, end_col_offset: 0 };
}

export function Global(names: string[]): A.Global {
  return { kind: 'Global', names, lineno: 0, col_offset: 0, end_lineno: 0, end_col_offset: 0 };
}

export function Nonlocal(names: string[]): A.Nonlocal {
  return { kind: 'Nonlocal', names, lineno: 0, col_offset: 0, end_lineno: 0, end_col_offset: 0 };
}

export function ExprStmt(value: A.Expr): A.ExprStmt {
  return { kind: 'Expr', value, lineno: 0, col_offset: 0, end_lineno: 0, end_col_offset: 0 };
}

export function Pass(): A.Pass {
  return { kind: 'Pass', lineno: 0, col_offset: 0, end_lineno: 0, end_col_offset: 0 };
}

export function Break(): A.Break {
  return { kind: 'Break', lineno: 0, col_offset: 0, end_lineno: 0, end_col_offset: 0 };
}

export function Continue(): A.Continue {
  return { kind: 'Continue', lineno: 0, col_offset: 0, end_lineno: 0, end_col_offset: 0 };
}

export function BoolOp(op: A.BoolOpKind, values: A.Expr[]): A.BoolOp {
  return { kind: 'BoolOp', op, values, lineno: 0, col_offset: 0, end_lineno: 0, end_col_offset: 0 };
}

export function NamedExpr(target: A.Expr, value: A.Expr): A.NamedExpr {
  return { kind: 'NamedExpr', target, value, lineno: 0, col_offset: 0, end_lineno: 0, end_col_offset: 0 };
}

export function BinOp(left: A.Expr, op: A.OperatorKind, right: A.Expr): A.BinOp {
  return { kind: 'BinOp', left, op, right, lineno: 0, col_offset: 0, end_lineno: 0, end_col_offset: 0 };
}

export function UnaryOp(op: A.UnaryOpKind, operand: A.Expr): A.UnaryOp {
  return { kind: 'UnaryOp', op, operand, lineno: 0, col_offset: 0, end_lineno: 0, end_col_offset: 0 };
}

export function Lambda(args: A.Arguments, body: A.Expr): A.Lambda {
  return { kind: 'Lambda', args, body, lineno: 0, col_offset: 0, end_lineno: 0, end_col_offset: 0 };
}

export function IfExp(test: A.Expr, body: A.Expr, orelse: A.Expr): A.IfExp {
  return { kind: 'IfExp', test, body, orelse, lineno: 0, col_offset: 0, end_lineno: 0, end_col_offset: 0 };
}

export function Dict(keys: (A.Expr | null)[], values: A.Expr[]): A.Dict {
  return { kind: 'Dict', keys, values, lineno: 0, col_offset: 0, end_lineno: 0, end_col_offset: 0 };
}

export function SetExpr(elts: A.Expr[]): A.SetExpr {
  return { kind: 'Set', elts, lineno: 0, col_offset: 0, end_lineno: 0, end_col_offset: 0 };
}

export function ListComp(elt: A.Expr, generators: A.Comprehension[]): A.ListComp {
  return { kind: 'ListComp', elt, generators, lineno: 0, col_offset: 0, end_lineno: 0, end_col_offset: 0 };
}

export function SetComp(elt: A.Expr, generators: A.Comprehension[]): A.SetComp {
  return { kind: 'SetComp', elt, generators, lineno: 0, col_offset: 0, end_lineno: 0, end_col_offset: 0 };
}

export function DictComp(key: A.Expr, value: A.Expr, generators: A.Comprehension[]): A.DictComp {
  return { kind: 'DictComp', key, value, generators, lineno: 0, col_offset: 0, end_lineno: 0, end_col_offset: 0 };
}

export function GeneratorExp(elt: A.Expr, generators: A.Comprehension[]): A.GeneratorExp {
  return { kind: 'GeneratorExp', elt, generators, lineno: 0, col_offset: 0, end_lineno: 0, end_col_offset: 0 };
}

export function Await(value: A.Expr): A.Await {
  return { kind: 'Await', value, lineno: 0, col_offset: 0, end_lineno: 0, end_col_offset: 0 };
}

export function Yield(value: A.Expr | null): A.Yield {
  return { kind: 'Yield', value, lineno: 0, col_offset: 0, end_lineno: 0, end_col_offset: 0 };
}

export function YieldFrom(value: A.Expr): A.YieldFrom {
  return { kind: 'YieldFrom', value, lineno: 0, col_offset: 0, end_lineno: 0, end_col_offset: 0 };
}

export function Compare(left: A.Expr, ops: A.CmpOpKind[], comparators: A.Expr[]): A.Compare {
  return { kind: 'Compare', left, ops, comparators, lineno: 0, col_offset: 0, end_lineno: 0, end_col_offset: 0 };
}

export function Call(func: A.Expr, args: A.Expr[], keywords: A.Keyword[]): A.Call {
  return { kind: 'Call', func, args, keywords, lineno: 0, col_offset: 0, end_lineno: 0, end_col_offset: 0 };
}

export function FormattedValue(value: A.Expr, conversion: number, format_spec: A.Expr | null): A.FormattedValue {
  return {
    kind: 'FormattedValue',
    value,
    conversion,
    format_spec,
    lineno: 0,
    col_offset: 0,
    end_lineno: 0,
    end_col_offset: 0,
  };
}

export function JoinedStr(values: A.Expr[]): A.JoinedStr {
  return { kind: 'JoinedStr', values, lineno: 0, col_offset: 0, end_lineno: 0, end_col_offset: 0 };
}

export function ConstantExpr(value: Constant, constantKind: string | null): A.ConstantExpr {
  return { kind: 'Constant', value, constantKind, lineno: 0, col_offset: 0, end_lineno: 0, end_col_offset: 0 };
}

export function Attribute(value: A.Expr, attr: string, ctx: A.ExprContext): A.Attribute {
  return { kind: 'Attribute', value, attr, ctx, lineno: 0, col_offset: 0, end_lineno: 0, end_col_offset: 0 };
}

export function Subscript(value: A.Expr, slice: A.Expr, ctx: A.ExprContext): A.Subscript {
  return { kind: 'Subscript', value, slice, ctx, lineno: 0, col_offset: 0, end_lineno: 0, end_col_offset: 0 };
}

export function Starred(value: A.Expr, ctx: A.ExprContext): A.Starred {
  return { kind: 'Starred', value, ctx, lineno: 0, col_offset: 0, end_lineno: 0, end_col_offset: 0 };
}

export function Name(id: string, ctx: A.ExprContext): A.Name {
  return { kind: 'Name', id, ctx, lineno: 0, col_offset: 0, end_lineno: 0, end_col_offset: 0 };
}

export function List(elts: A.Expr[], ctx: A.ExprContext): A.List {
  return { kind: 'List', elts, ctx, lineno: 0, col_offset: 0, end_lineno: 0, end_col_offset: 0 };
}

export function Tuple(elts: A.Expr[], ctx: A.ExprContext): A.Tuple {
  return { kind: 'Tuple', elts, ctx, lineno: 0, col_offset: 0, end_lineno: 0, end_col_offset: 0 };
}

export function Slice(lower: A.Expr | null, upper: A.Expr | null, step: A.Expr | null): A.Slice {
  return { kind: 'Slice', lower, upper, step, lineno: 0, col_offset: 0, end_lineno: 0, end_col_offset: 0 };
}

export function MatchValue(value: A.Expr): A.MatchValue {
  return { kind: 'MatchValue', value, lineno: 0, col_offset: 0, end_lineno: 0, end_col_offset: 0 };
}

export function MatchSingleton(value: Constant): A.MatchSingleton {
  return { kind: 'MatchSingleton', value, lineno: 0, col_offset: 0, end_lineno: 0, end_col_offset: 0 };
}

export function MatchSequence(patterns: A.Pattern[]): A.MatchSequence {
  return { kind: 'MatchSequence', patterns, lineno: 0, col_offset: 0, end_lineno: 0, end_col_offset: 0 };
}

export function MatchMapping(keys: A.Expr[], patterns: A.Pattern[], rest: string | null): A.MatchMapping {
  return { kind: 'MatchMapping', keys, patterns, rest, lineno: 0, col_offset: 0, end_lineno: 0, end_col_offset: 0 };
}

export function MatchClass(
  cls: A.Expr,
  patterns: A.Pattern[],
  kwd_attrs: string[],
  kwd_patterns: A.Pattern[],
): A.MatchClass {
  return {
    kind: 'MatchClass',
    cls,
    patterns,
    kwd_attrs,
    kwd_patterns,
    lineno: 0,
    col_offset: 0,
    end_lineno: 0,
    end_col_offset: 0,
  };
}

export function MatchStar(name: string | null): A.MatchStar {
  return { kind: 'MatchStar', name, lineno: 0, col_offset: 0, end_lineno: 0, end_col_offset: 0 };
}

export function MatchAs(pattern: A.Pattern | null, name: string | null): A.MatchAs {
  return { kind: 'MatchAs', pattern, name, lineno: 0, col_offset: 0, end_lineno: 0, end_col_offset: 0 };
}

export function MatchOr(patterns: A.Pattern[]): A.MatchOr {
  return { kind: 'MatchOr', patterns, lineno: 0, col_offset: 0, end_lineno: 0, end_col_offset: 0 };
}

export function TypeVar(name: string, bound: A.Expr | null, default_value: A.Expr | null): A.TypeVar {
  return { kind: 'TypeVar', name, bound, default_value, lineno: 0, col_offset: 0, end_lineno: 0, end_col_offset: 0 };
}

export function ParamSpec(name: string, default_value: A.Expr | null): A.ParamSpec {
  return { kind: 'ParamSpec', name, default_value, lineno: 0, col_offset: 0, end_lineno: 0, end_col_offset: 0 };
}

export function TypeVarTuple(name: string, default_value: A.Expr | null): A.TypeVarTuple {
  return { kind: 'TypeVarTuple', name, default_value, lineno: 0, col_offset: 0, end_lineno: 0, end_col_offset: 0 };
}

export function Comprehension(target: A.Expr, iter: A.Expr, ifs: A.Expr[], is_async: number): A.Comprehension {
  return { kind: 'comprehension', target, iter, ifs, is_async };
}

export function ExceptHandler(type: A.Expr | null, name: string | null, body: A.Stmt[]): A.ExceptHandler {
  return { kind: 'ExceptHandler', type, name, body, lineno: 0, col_offset: 0, end_lineno: 0, end_col_offset: 0 };
}

export function Arguments(
  posonlyargs: A.Arg[],
  args: A.Arg[],
  vararg: A.Arg | null,
  kwonlyargs: A.Arg[],
  kw_defaults: (A.Expr | null)[],
  kwarg: A.Arg | null,
  defaults: A.Expr[],
): A.Arguments {
  return { kind: 'arguments', posonlyargs, args, vararg, kwonlyargs, kw_defaults, kwarg, defaults };
}

export function Arg(arg: string, annotation: A.Expr | null): A.Arg {
  return {
    kind: 'arg',
    arg,
    annotation,
    type_comment: null,
    lineno: 0,
    col_offset: 0,
    end_lineno: 0,
    end_col_offset: 0,
  };
}

export function Keyword(arg: string | null, value: A.Expr): A.Keyword {
  return { kind: 'keyword', arg, value, lineno: 0, col_offset: 0, end_lineno: 0, end_col_offset: 0 };
}

export function Alias(name: string, asname: string | null): A.Alias {
  return { kind: 'alias', name, asname, lineno: 0, col_offset: 0, end_lineno: 0, end_col_offset: 0 };
}

export function WithItem(context_expr: A.Expr, optional_vars: A.Expr | null): A.WithItem {
  return { kind: 'withitem', context_expr, optional_vars };
}

export function MatchCase(pattern: A.Pattern, guard: A.Expr | null, body: A.Stmt[]): A.MatchCase {
  return { kind: 'match_case', pattern, guard, body };
}
