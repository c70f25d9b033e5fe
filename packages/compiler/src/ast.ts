// The abstract syntax tree: CPython 3.13's Parser/Python.asdl as plain data, one interface a constructor.
// Field names are the ASDL's; an optional field is null, a sequence an array, an operator or context a string.
// Column offsets count UTF-8 bytes, as CPython's do. Constant's own field `kind` (the u prefix) is `constantKind`.
import type { Constant } from './constants.ts';

export interface Position {
  lineno: number;
  col_offset: number;
  end_lineno: number;
  end_col_offset: number;
}

export type ExprContext = 'Load' | 'Store' | 'Del';
export type BoolOpKind = 'And' | 'Or';
export type OperatorKind =
  | 'Add'
  | 'Sub'
  | 'Mult'
  | 'MatMult'
  | 'Div'
  | 'Mod'
  | 'Pow'
  | 'LShift'
  | 'RShift'
  | 'BitOr'
  | 'BitXor'
  | 'BitAnd'
  | 'FloorDiv';
export type UnaryOpKind = 'Invert' | 'Not' | 'UAdd' | 'USub';
export type CmpOpKind = 'Eq' | 'NotEq' | 'Lt' | 'LtE' | 'Gt' | 'GtE' | 'Is' | 'IsNot' | 'In' | 'NotIn';

export interface Module {
  kind: 'Module';
  body: Stmt[];
  type_ignores: TypeIgnore[];
}
export interface Interactive {
  kind: 'Interactive';
  body: Stmt[];
}
export interface Expression {
  kind: 'Expression';
  body: Expr;
}
export type Mod = Module | Interactive | Expression;

export interface FunctionDef extends Position {
  kind: 'FunctionDef';
  name: string;
  args: Arguments;
  body: Stmt[];
  decorator_list: Expr[];
  returns: Expr | null;
  type_comment: string | null;
  type_params: TypeParam[];
}
export interface AsyncFunctionDef extends Position {
  kind: 'AsyncFunctionDef';
  name: string;
  args: Arguments;
  body: Stmt[];
  decorator_list: Expr[];
  returns: Expr | null;
  type_comment: string | null;
  type_params: TypeParam[];
}
export interface ClassDef extends Position {
  kind: 'ClassDef';
  name: string;
  bases: Expr[];
  keywords: Keyword[];
  body: Stmt[];
  decorator_list: Expr[];
  type_params: TypeParam[];
}
export interface Return extends Position {
  kind: 'Return';
  value: Expr | null;
}
export interface Delete extends Position {
  kind: 'Delete';
  targets: Expr[];
}
export interface Assign extends Position {
  kind: 'Assign';
  targets: Expr[];
  value: Expr;
  type_comment: string | null;
}
export interface TypeAlias extends Position {
  kind: 'TypeAlias';
  name: Expr;
  type_params: TypeParam[];
  value: Expr;
}
export interface AugAssign extends Position {
  kind: 'AugAssign';
  target: Expr;
  op: OperatorKind;
  value: Expr;
}
export interface AnnAssign extends Position {
  kind: 'AnnAssign';
  target: Expr;
  annotation: Expr;
  value: Expr | null;
  simple: number;
}
export interface For extends Position {
  kind: 'For';
  target: Expr;
  iter: Expr;
  body: Stmt[];
  orelse: Stmt[];
  type_comment: string | null;
}
export interface AsyncFor extends Position {
  kind: 'AsyncFor';
  target: Expr;
  iter: Expr;
  body: Stmt[];
  orelse: Stmt[];
  type_comment: string | null;
}
export interface While extends Position {
  kind: 'While';
  test: Expr;
  body: Stmt[];
  orelse: Stmt[];
}
export interface If extends Position {
  kind: 'If';
  test: Expr;
  body: Stmt[];
  orelse: Stmt[];
}
export interface With extends Position {
  kind: 'With';
  items: WithItem[];
  body: Stmt[];
  type_comment: string | null;
}
export interface AsyncWith extends Position {
  kind: 'AsyncWith';
  items: WithItem[];
  body: Stmt[];
  type_comment: string | null;
}
export interface Match extends Position {
  kind: 'Match';
  subject: Expr;
  cases: MatchCase[];
}
export interface Raise extends Position {
  kind: 'Raise';
  exc: Expr | null;
  cause: Expr | null;
}
export interface Try extends Position {
  kind: 'Try';
  body: Stmt[];
  handlers: ExceptHandler[];
  orelse: Stmt[];
  finalbody: Stmt[];
}
export interface TryStar extends Position {
  kind: 'TryStar';
  body: Stmt[];
  handlers: ExceptHandler[];
  orelse: Stmt[];
  finalbody: Stmt[];
}
export interface Assert extends Position {
  kind: 'Assert';
  test: Expr;
  msg: Expr | null;
}
export interface Import extends Position {
  kind: 'Import';
  names: Alias[];
}
export interface ImportFrom extends Position {
  kind: 'ImportFrom';
  module: string | null;
  names: Alias[];
  level: number | null;
}
export interface Global extends Position {
  kind: 'Global';
  names: string[];
}
export interface Nonlocal extends Position {
  kind: 'Nonlocal';
  names: string[];
}
export interface ExprStmt extends Position {
  kind: 'Expr';
  value: Expr;
}
export interface Pass extends Position {
  kind: 'Pass';
}
export interface Break extends Position {
  kind: 'Break';
}
export interface Continue extends Position {
  kind: 'Continue';
}
export type Stmt =
  | FunctionDef
  | AsyncFunctionDef
  | ClassDef
  | Return
  | Delete
  | Assign
  | TypeAlias
  | AugAssign
  | AnnAssign
  | For
  | AsyncFor
  | While
  | If
  | With
  | AsyncWith
  | Match
  | Raise
  | Try
  | TryStar
  | Assert
  | Import
  | ImportFrom
  | Global
  | Nonlocal
  | ExprStmt
  | Pass
  | Break
  | Continue;

export interface BoolOp extends Position {
  kind: 'BoolOp';
  op: BoolOpKind;
  values: Expr[];
}
export interface NamedExpr extends Position {
  kind: 'NamedExpr';
  target: Expr;
  value: Expr;
}
export interface BinOp extends Position {
  kind: 'BinOp';
  left: Expr;
  op: OperatorKind;
  right: Expr;
}
export interface UnaryOp extends Position {
  kind: 'UnaryOp';
  op: UnaryOpKind;
  operand: Expr;
}
export interface Lambda extends Position {
  kind: 'Lambda';
  args: Arguments;
  body: Expr;
}
export interface IfExp extends Position {
  kind: 'IfExp';
  test: Expr;
  body: Expr;
  orelse: Expr;
}
export interface Dict extends Position {
  kind: 'Dict';
  keys: (Expr | null)[];
  values: Expr[];
}
export interface SetExpr extends Position {
  kind: 'Set';
  elts: Expr[];
}
export interface ListComp extends Position {
  kind: 'ListComp';
  elt: Expr;
  generators: Comprehension[];
}
export interface SetComp extends Position {
  kind: 'SetComp';
  elt: Expr;
  generators: Comprehension[];
}
export interface DictComp extends Position {
  kind: 'DictComp';
  key: Expr;
  value: Expr;
  generators: Comprehension[];
}
export interface GeneratorExp extends Position {
  kind: 'GeneratorExp';
  elt: Expr;
  generators: Comprehension[];
}
export interface Await extends Position {
  kind: 'Await';
  value: Expr;
}
export interface Yield extends Position {
  kind: 'Yield';
  value: Expr | null;
}
export interface YieldFrom extends Position {
  kind: 'YieldFrom';
  value: Expr;
}
export interface Compare extends Position {
  kind: 'Compare';
  left: Expr;
  ops: CmpOpKind[];
  comparators: Expr[];
}
export interface Call extends Position {
  kind: 'Call';
  func: Expr;
  args: Expr[];
  keywords: Keyword[];
}
export interface FormattedValue extends Position {
  kind: 'FormattedValue';
  value: Expr;
  conversion: number;
  format_spec: Expr | null;
}
export interface JoinedStr extends Position {
  kind: 'JoinedStr';
  values: Expr[];
}
export interface ConstantExpr extends Position {
  kind: 'Constant';
  value: Constant;
  constantKind: string | null;
}
export interface Attribute extends Position {
  kind: 'Attribute';
  value: Expr;
  attr: string;
  ctx: ExprContext;
}
export interface Subscript extends Position {
  kind: 'Subscript';
  value: Expr;
  slice: Expr;
  ctx: ExprContext;
}
export interface Starred extends Position {
  kind: 'Starred';
  value: Expr;
  ctx: ExprContext;
}
export interface Name extends Position {
  kind: 'Name';
  id: string;
  ctx: ExprContext;
}
export interface List extends Position {
  kind: 'List';
  elts: Expr[];
  ctx: ExprContext;
}
export interface Tuple extends Position {
  kind: 'Tuple';
  elts: Expr[];
  ctx: ExprContext;
}
export interface Slice extends Position {
  kind: 'Slice';
  lower: Expr | null;
  upper: Expr | null;
  step: Expr | null;
}
export type Expr =
  | BoolOp
  | NamedExpr
  | BinOp
  | UnaryOp
  | Lambda
  | IfExp
  | Dict
  | SetExpr
  | ListComp
  | SetComp
  | DictComp
  | GeneratorExp
  | Await
  | Yield
  | YieldFrom
  | Compare
  | Call
  | FormattedValue
  | JoinedStr
  | ConstantExpr
  | Attribute
  | Subscript
  | Starred
  | Name
  | List
  | Tuple
  | Slice;

export interface MatchValue extends Position {
  kind: 'MatchValue';
  value: Expr;
}
export interface MatchSingleton extends Position {
  kind: 'MatchSingleton';
  value: Constant;
}
export interface MatchSequence extends Position {
  kind: 'MatchSequence';
  patterns: Pattern[];
}
export interface MatchMapping extends Position {
  kind: 'MatchMapping';
  keys: Expr[];
  patterns: Pattern[];
  rest: string | null;
}
export interface MatchClass extends Position {
  kind: 'MatchClass';
  cls: Expr;
  patterns: Pattern[];
  kwd_attrs: string[];
  kwd_patterns: Pattern[];
}
export interface MatchStar extends Position {
  kind: 'MatchStar';
  name: string | null;
}
export interface MatchAs extends Position {
  kind: 'MatchAs';
  pattern: Pattern | null;
  name: string | null;
}
export interface MatchOr extends Position {
  kind: 'MatchOr';
  patterns: Pattern[];
}
export type Pattern =
  | MatchValue
  | MatchSingleton
  | MatchSequence
  | MatchMapping
  | MatchClass
  | MatchStar
  | MatchAs
  | MatchOr;

export interface TypeVar extends Position {
  kind: 'TypeVar';
  name: string;
  bound: Expr | null;
  default_value: Expr | null;
}
export interface ParamSpec extends Position {
  kind: 'ParamSpec';
  name: string;
  default_value: Expr | null;
}
export interface TypeVarTuple extends Position {
  kind: 'TypeVarTuple';
  name: string;
  default_value: Expr | null;
}
export type TypeParam = TypeVar | ParamSpec | TypeVarTuple;

export interface Comprehension {
  kind: 'comprehension';
  target: Expr;
  iter: Expr;
  ifs: Expr[];
  is_async: number;
}
export interface ExceptHandler extends Position {
  kind: 'ExceptHandler';
  type: Expr | null;
  name: string | null;
  body: Stmt[];
}
export interface Arguments {
  kind: 'arguments';
  posonlyargs: Arg[];
  args: Arg[];
  vararg: Arg | null;
  kwonlyargs: Arg[];
  kw_defaults: (Expr | null)[];
  kwarg: Arg | null;
  defaults: Expr[];
}
export interface Arg extends Position {
  kind: 'arg';
  arg: string;
  annotation: Expr | null;
  type_comment: string | null;
}
export interface Keyword extends Position {
  kind: 'keyword';
  arg: string | null;
  value: Expr;
}
export interface Alias extends Position {
  kind: 'alias';
  name: string;
  asname: string | null;
}
export interface WithItem {
  kind: 'withitem';
  context_expr: Expr;
  optional_vars: Expr | null;
}
export interface MatchCase {
  kind: 'match_case';
  pattern: Pattern;
  guard: Expr | null;
  body: Stmt[];
}
export interface TypeIgnore {
  kind: 'TypeIgnore';
  lineno: number;
  tag: string;
}

export type Node =
  | Mod
  | Stmt
  | Expr
  | Pattern
  | TypeParam
  | Comprehension
  | ExceptHandler
  | Arguments
  | Arg
  | Keyword
  | Alias
  | WithItem
  | MatchCase
  | TypeIgnore;
