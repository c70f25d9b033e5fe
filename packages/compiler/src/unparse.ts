// The text of an expression, for annotations under `from __future__ import annotations` (CPython's ast_unparse.c).
import type { Arg, Arguments, CmpOpKind, Comprehension, Expr, OperatorKind } from './ast.ts';
import type { Constant } from './constants.ts';
import { constantRepr, quote } from './repr.ts';

const PR_TUPLE = 0;
const PR_TEST = 1;
const PR_OR = 2;
const PR_AND = 3;
const PR_NOT = 4;
const PR_CMP = 5;
const PR_EXPR = 6;
const PR_BXOR = 7;
const PR_BAND = 8;
const PR_SHIFT = 9;
const PR_ARITH = 10;
const PR_TERM = 11;
const PR_FACTOR = 12;
const PR_POWER = 13;
const PR_AWAIT = 14;
const PR_ATOM = 15;

const binary: { [op in OperatorKind]: [string, number] } = {
  Add: [' + ', PR_ARITH],
  Sub: [' - ', PR_ARITH],
  Mult: [' * ', PR_TERM],
  MatMult: [' @ ', PR_TERM],
  Div: [' / ', PR_TERM],
  Mod: [' % ', PR_TERM],
  LShift: [' << ', PR_SHIFT],
  RShift: [' >> ', PR_SHIFT],
  BitOr: [' | ', PR_EXPR],
  BitXor: [' ^ ', PR_BXOR],
  BitAnd: [' & ', PR_BAND],
  FloorDiv: [' // ', PR_TERM],
  Pow: [' ** ', PR_POWER],
};

const comparisons: { [op in CmpOpKind]: string } = {
  Eq: ' == ',
  NotEq: ' != ',
  Lt: ' < ',
  LtE: ' <= ',
  Gt: ' > ',
  GtE: ' >= ',
  Is: ' is ',
  IsNot: ' is not ',
  In: ' in ',
  NotIn: ' not in ',
};

export function unparse(e: Expr): string {
  return write(e, PR_TEST);
}

function parens(text: string, needed: boolean): string {
  return needed ? `(${text})` : text;
}

function list(exprs: Expr[]): string {
  return exprs.map((e) => write(e, PR_TEST)).join(', ');
}

function constant(c: Constant): string {
  if (c.t === 'Ellipsis') return '...';
  if (c.t === 'tuple') {
    const items = c.v.map(constant);
    return items.length === 1 ? `(${items[0]},)` : `(${items.join(', ')})`;
  }
  const text = constantRepr(c);
  return c.t === 'float' || c.t === 'complex' ? text.replaceAll('inf', '1e309') : text;
}

function generators(gens: Comprehension[]): string {
  return gens
    .map((g) => {
      const ifs = g.ifs.map((test) => ' if ' + write(test, PR_TEST + 1)).join('');
      const head = g.is_async ? ' async for ' : ' for ';
      return `${head}${write(g.target, PR_TUPLE)} in ${write(g.iter, PR_TEST + 1)}${ifs}`;
    })
    .join('');
}

function argument(arg: Arg): string {
  return arg.annotation === null ? arg.arg : `${arg.arg}: ${write(arg.annotation, PR_TEST)}`;
}

function parameters(a: Arguments): string {
  const parts: string[] = [];
  const positional = [...a.posonlyargs, ...a.args];
  positional.forEach((arg, i) => {
    const value = a.defaults[i - (positional.length - a.defaults.length)];
    parts.push(argument(arg) + (value === undefined ? '' : '=' + write(value, PR_TEST)));
    if (i + 1 === a.posonlyargs.length) parts.push('/');
  });
  if (a.vararg !== null || a.kwonlyargs.length > 0) parts.push('*' + (a.vararg === null ? '' : argument(a.vararg)));
  a.kwonlyargs.forEach((arg, i) => {
    const value = a.kw_defaults[i] ?? null;
    parts.push(argument(arg) + (value === null ? '' : '=' + write(value, PR_TEST)));
  });
  if (a.kwarg !== null) parts.push('**' + argument(a.kwarg));
  return parts.join(', ');
}

/** What stands between the quotes of an f-string, or in a format specification. */
function fstringBody(values: Expr[]): string {
  return values.map(fstringElement).join('');
}

function fstringElement(e: Expr): string {
  if (e.kind === 'Constant' && e.value.t === 'str') return e.value.v.replaceAll('{', '{{').replaceAll('}', '}}');
  if (e.kind === 'JoinedStr') return fstringBody(e.values);
  if (e.kind !== 'FormattedValue') throw new Error(`${e.kind} in an f-string`);
  const value = write(e.value, PR_TEST + 1);
  const conversion = e.conversion === -1 ? '' : '!' + String.fromCharCode(e.conversion);
  const spec = e.format_spec === null ? '' : ':' + fstringElement(e.format_spec);
  return `${value.startsWith('{') ? '{ ' : '{'}${value}${conversion}${spec}}`;
}

function write(e: Expr, level: number): string {
  switch (e.kind) {
    case 'BoolOp': {
      const pr = e.op === 'And' ? PR_AND : PR_OR;
      const text = e.values.map((v) => write(v, pr + 1)).join(e.op === 'And' ? ' and ' : ' or ');
      return parens(text, level > pr);
    }
    case 'BinOp': {
      const [sign, pr] = binary[e.op];
      const rightAssociative = e.op === 'Pow';
      const left = write(e.left, rightAssociative ? pr + 1 : pr);
      const right = write(e.right, rightAssociative ? pr : pr + 1);
      return parens(left + sign + right, level > pr);
    }
    case 'UnaryOp': {
      const pr = e.op === 'Not' ? PR_NOT : PR_FACTOR;
      const sign = { Invert: '~', Not: 'not ', UAdd: '+', USub: '-' }[e.op];
      return parens(sign + write(e.operand, pr), level > pr);
    }
    case 'Lambda': {
      const params = parameters(e.args);
      return parens(`lambda${params === '' ? '' : ' '}${params}: ${write(e.body, PR_TEST)}`, level > PR_TEST);
    }
    case 'IfExp': {
      const body = write(e.body, PR_TEST + 1);
      return parens(`${body} if ${write(e.test, PR_TEST + 1)} else ${write(e.orelse, PR_TEST)}`, level > PR_TEST);
    }
    case 'Dict': {
      const items = e.values.map((value, i) => {
        const key = e.keys[i] ?? null;
        return key === null ? '**' + write(value, PR_EXPR) : `${write(key, PR_TEST)}: ${write(value, PR_TEST)}`;
      });
      return `{${items.join(', ')}}`;
    }
    case 'Set':
      return `{${list(e.elts)}}`;
    case 'GeneratorExp':
      return `(${write(e.elt, PR_TEST)}${generators(e.generators)})`;
    case 'ListComp':
      return `[${write(e.elt, PR_TEST)}${generators(e.generators)}]`;
    case 'SetComp':
      return `{${write(e.elt, PR_TEST)}${generators(e.generators)}}`;
    case 'DictComp':
      return `{${write(e.key, PR_TEST)}: ${write(e.value, PR_TEST)}${generators(e.generators)}}`;
    case 'Yield':
      return e.value === null ? '(yield)' : `(yield ${write(e.value, PR_TEST)})`;
    case 'YieldFrom':
      return `(yield from ${write(e.value, PR_TEST)})`;
    case 'Await':
      return parens('await ' + write(e.value, PR_ATOM), level > PR_AWAIT);
    case 'Compare': {
      const rest = e.ops.map((op, i) => comparisons[op] + write(e.comparators[i]!, PR_CMP + 1)).join('');
      return parens(write(e.left, PR_CMP + 1) + rest, level > PR_CMP);
    }
    case 'Call': {
      const func = write(e.func, PR_ATOM);
      const only = e.args[0];
      if (e.args.length === 1 && e.keywords.length === 0 && only!.kind === 'GeneratorExp') {
        return func + write(only!, PR_TEST);
      }
      const args = e.args.map((arg) => write(arg, PR_TEST));
      const keywords = e.keywords.map((k) => (k.arg === null ? '**' : k.arg + '=') + write(k.value, PR_TEST));
      return `${func}(${[...args, ...keywords].join(', ')})`;
    }
    case 'Constant':
      return (e.constantKind ?? '') + constant(e.value);
    case 'JoinedStr':
    case 'FormattedValue':
      return 'f' + quote(fstringElement(e));
    case 'Attribute': {
      const isInt = e.value.kind === 'Constant' && e.value.value.t === 'int';
      return `${write(e.value, PR_ATOM)}${isInt ? ' .' : '.'}${e.attr}`;
    }
    case 'Starred':
      return '*' + write(e.value, PR_EXPR);
    case 'Name':
      return e.id;
    case 'List':
      return `[${list(e.elts)}]`;
    case 'Tuple':
      if (e.elts.length === 0) return '()';
      return parens(list(e.elts) + (e.elts.length === 1 ? ',' : ''), level > PR_TUPLE);
    case 'Subscript':
      return `${write(e.value, PR_ATOM)}[${write(e.slice, PR_TUPLE)}]`;
    case 'Slice': {
      const part = (bound: Expr | null) => (bound === null ? '' : write(bound, PR_TEST));
      return `${part(e.lower)}:${part(e.upper)}${e.step === null ? '' : ':' + part(e.step)}`;
    }
    case 'NamedExpr':
      return parens(`${write(e.target, PR_ATOM)} := ${write(e.value, PR_ATOM)}`, level > PR_TUPLE);
  }
}
