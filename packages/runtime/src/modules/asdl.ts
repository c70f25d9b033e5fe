/**
 * The abstract grammar of Python 3.13 as data: what the types of `_ast` are, in the order in which CPython makes them.
 *
 * A line that begins a type has no space before it: a sum, whose constructors follow, or a product. `{?}` says that nodes have places
 * whose end may be missing, `{}` that it may not. A sum of plain names is written on one line.
 */
const GRAMMAR = `
mod
  Module(stmt* body, type_ignore* type_ignores)
  Interactive(stmt* body)
  Expression(expr body)
  FunctionType(expr* argtypes, expr returns)
stmt {?}
  FunctionDef(identifier name, arguments args, stmt* body, expr* decorator_list, expr? returns, string?
     type_comment, type_param* type_params)
  AsyncFunctionDef(identifier name, arguments args, stmt* body, expr* decorator_list, expr? returns, string?
     type_comment, type_param* type_params)
  ClassDef(identifier name, expr* bases, keyword* keywords, stmt* body, expr* decorator_list, type_param*
     type_params)
  Return(expr? value)
  Delete(expr* targets)
  Assign(expr* targets, expr value, string? type_comment)
  TypeAlias(expr name, type_param* type_params, expr value)
  AugAssign(expr target, operator op, expr value)
  AnnAssign(expr target, expr annotation, expr? value, int simple)
  For(expr target, expr iter, stmt* body, stmt* orelse, string? type_comment)
  AsyncFor(expr target, expr iter, stmt* body, stmt* orelse, string? type_comment)
  While(expr test, stmt* body, stmt* orelse)
  If(expr test, stmt* body, stmt* orelse)
  With(withitem* items, stmt* body, string? type_comment)
  AsyncWith(withitem* items, stmt* body, string? type_comment)
  Match(expr subject, match_case* cases)
  Raise(expr? exc, expr? cause)
  Try(stmt* body, excepthandler* handlers, stmt* orelse, stmt* finalbody)
  TryStar(stmt* body, excepthandler* handlers, stmt* orelse, stmt* finalbody)
  Assert(expr test, expr? msg)
  Import(alias* names)
  ImportFrom(identifier? module, alias* names, int? level)
  Global(identifier* names)
  Nonlocal(identifier* names)
  Expr(expr value)
  Pass
  Break
  Continue
expr {?}
  BoolOp(boolop op, expr* values)
  NamedExpr(expr target, expr value)
  BinOp(expr left, operator op, expr right)
  UnaryOp(unaryop op, expr operand)
  Lambda(arguments args, expr body)
  IfExp(expr test, expr body, expr orelse)
  Dict(expr* keys, expr* values)
  Set(expr* elts)
  ListComp(expr elt, comprehension* generators)
  SetComp(expr elt, comprehension* generators)
  DictComp(expr key, expr value, comprehension* generators)
  GeneratorExp(expr elt, comprehension* generators)
  Await(expr value)
  Yield(expr? value)
  YieldFrom(expr value)
  Compare(expr left, cmpop* ops, expr* comparators)
  Call(expr func, expr* args, keyword* keywords)
  FormattedValue(expr value, int conversion, expr? format_spec)
  JoinedStr(expr* values)
  Constant(constant value, string? kind)
  Attribute(expr value, identifier attr, expr_context ctx)
  Subscript(expr value, expr slice, expr_context ctx)
  Starred(expr value, expr_context ctx)
  Name(identifier id, expr_context ctx)
  List(expr* elts, expr_context ctx)
  Tuple(expr* elts, expr_context ctx)
  Slice(expr? lower, expr? upper, expr? step)
expr_context = Load | Store | Del
boolop = And | Or
operator = Add | Sub | Mult | MatMult | Div | Mod | Pow | LShift | RShift | BitOr | BitXor | BitAnd | FloorDiv
unaryop = Invert | Not | UAdd | USub
cmpop = Eq | NotEq | Lt | LtE | Gt | GtE | Is | IsNot | In | NotIn
comprehension(expr target, expr iter, expr* ifs, int is_async)
excepthandler {?}
  ExceptHandler(expr? type, identifier? name, stmt* body)
arguments(arg* posonlyargs, arg* args, arg? vararg, arg* kwonlyargs, expr* kw_defaults, arg? kwarg, expr* defaults)
arg(identifier arg, expr? annotation, string? type_comment) {?}
keyword(identifier? arg, expr value) {?}
alias(identifier name, identifier? asname) {?}
withitem(expr context_expr, expr? optional_vars)
match_case(pattern pattern, expr? guard, stmt* body)
pattern {}
  MatchValue(expr value)
  MatchSingleton(constant value)
  MatchSequence(pattern* patterns)
  MatchMapping(expr* keys, pattern* patterns, identifier? rest)
  MatchClass(expr cls, pattern* patterns, identifier* kwd_attrs, pattern* kwd_patterns)
  MatchStar(identifier? name)
  MatchAs(pattern? pattern, identifier? name)
  MatchOr(pattern* patterns)
type_ignore
  TypeIgnore(int lineno, string tag)
type_param {}
  TypeVar(identifier name, expr? bound, expr? default_value)
  ParamSpec(identifier name, expr? default_value)
  TypeVarTuple(identifier name, expr? default_value)
`;

export interface AsdlField {
  readonly type: string;
  readonly name: string;
  /** One, perhaps none (`?`), or any number (`*`). */
  readonly kind: '' | '?' | '*';
}
export interface AsdlType {
  readonly name: string;
  /** The sum that it is a constructor of, or null. */
  readonly sum: string | null;
  readonly fields: readonly AsdlField[];
  /** For what is no constructor: whether there are places, and whether their ends may be missing. */
  readonly places: boolean;
  readonly optionalEnds: boolean;
  /** A sum of plain names: their nodes are singletons. */
  readonly simple: boolean;
  /** A sum has constructors, a product has none. */
  readonly isSum: boolean;
  readonly doc: string;
}

function fieldsOf(text: string | undefined): AsdlField[] {
  if (text === undefined) return [];
  return text.split(', ').map((part) => {
    const [, type, kind, name] = /^(\w+)([?*]?) (\w+)$/.exec(part) as unknown as [
      string,
      string,
      '' | '?' | '*',
      string,
    ];
    return { type, kind, name };
  });
}

/** The types, in order. */
export function asdlTypes(): AsdlType[] {
  const types: AsdlType[] = [];
  const sums: { at: number; docs: string[] }[] = [];
  for (const line of GRAMMAR.trim()
    .replace(/\n {5}/g, ' ')
    .split('\n')) {
    const [, indent, name, , fields, places, plain] = /^( *)(\w+)(\((.*?)\))? ?(\{\??\})?(?:= (.*))?$/.exec(
      line,
    ) as string[];
    const node = { name: name as string, fields: fieldsOf(fields), simple: plain !== undefined };
    const doc = fields === undefined ? node.name : `${name}(${fields})`;
    if (indent !== '') {
      const sum = sums[sums.length - 1] as { at: number; docs: string[] };
      sum.docs.push(doc);
      types.push({
        ...node,
        sum: (types[sum.at] as AsdlType).name,
        places: false,
        optionalEnds: false,
        isSum: false,
        doc,
      });
      continue;
    }
    const isSum = fields === undefined;
    if (isSum) sums.push({ at: types.length, docs: plain === undefined ? [] : plain.split(' | ') });
    types.push({ ...node, sum: null, places: places !== undefined, optionalEnds: places === '{?}', isSum, doc });
    for (const one of plain?.split(' | ') ?? []) {
      const leaf = { name: one, fields: [], sum: node.name, places: false, optionalEnds: false };
      types.push({ ...leaf, simple: true, isSum: false, doc: one });
    }
  }
  for (const { at, docs } of sums) {
    const sum = types[at] as AsdlType;
    const bar = sum.simple ? ' | ' : `\n${' '.repeat(sum.name.length + 1)}| `;
    types[at] = { ...sum, doc: `${sum.name} = ${docs.join(bar)}` };
  }
  return types;
}
