// Actions of the grammar's alternatives: nodes with just the fields that error messages need, and the conditions and
// messages of the invalid_ rules that do not fit in the notation. Mirrors parts of CPython's Parser/action_helpers.c.
import * as T from '../../tokenizer/token.ts';
import type { LiteralContext } from '../literals.ts';
import {
  BYTES_NOT_ASCII,
  LiteralError,
  decodeUnicode,
  isBraceWarning,
  numberConstant,
  stringConstant,
} from '../literals.ts';
import type { Env, Machine, MachineHooks, PNode, Value } from './machine.ts';
import type { Alternative } from './notation.ts';
import type { Reporter } from './report.ts';

const EXPRESSION_NAMES: Record<string, string> = {
  Attribute: 'attribute',
  Subscript: 'subscript',
  Starred: 'starred',
  Name: 'name',
  List: 'list',
  Tuple: 'tuple',
  Lambda: 'lambda',
  Call: 'function call',
  BoolOp: 'expression',
  BinOp: 'expression',
  UnaryOp: 'expression',
  GeneratorExp: 'generator expression',
  Yield: 'yield expression',
  YieldFrom: 'yield expression',
  Await: 'await expression',
  ListComp: 'list comprehension',
  SetComp: 'set comprehension',
  DictComp: 'dict comprehension',
  Dict: 'dict literal',
  Set: 'set display',
  JoinedStr: 'f-string expression',
  Constant: 'literal',
  True: 'True',
  False: 'False',
  None: 'None',
  Ellipsis: 'ellipsis',
  Compare: 'comparison',
  IfExp: 'conditional expression',
  NamedExpr: 'named expression',
};

type Targets = 'star' | 'del' | 'for';

const node = (v: Value | undefined): PNode => v as PNode;
const list = (v: Value | undefined): Value[] => (Array.isArray(v) ? v : []);
const lastOf = (v: Value | undefined): Value | undefined => list(v)[list(v).length - 1];
/** The values of a group without an action of its own. */
const items = (v: Value | undefined): Value[] => (node(v)?.items as Value[] | undefined) ?? [];

/** The first part of `e` that cannot be assigned to or deleted, or null. */
function invalidTarget(e: PNode, targets: Targets): PNode | null {
  switch (e.kind) {
    case 'List':
    case 'Tuple':
      for (const item of list(e.elts as Value)) {
        const bad = invalidTarget(node(item), targets);
        if (bad !== null) return bad;
      }
      return null;
    case 'Starred':
      return targets === 'del' ? e : invalidTarget(node(e.value as Value), targets);
    case 'Compare':
      if (targets !== 'for') return e;
      return node(list(e.ops as Value)[0]).kind === 'In' ? invalidTarget(node(e.left as Value), targets) : null;
    case 'Name':
    case 'Subscript':
    case 'Attribute':
      return null;
  }
  return e;
}

/** The last expression of a comprehension's clauses. */
function lastComprehensionItem(clauses: Value | undefined): PNode {
  const last = node(lastOf(clauses));
  const condition = lastOf(last.ifs as Value);
  return condition ? node(items(condition)[1]) : node(last.iter as Value);
}

export class Actions implements MachineHooks {
  private readonly m: Machine;
  private readonly r: Reporter;
  private levels: Int32Array | null = null;

  constructor(machine: Machine, reporter: Reporter) {
    this.m = machine;
    this.r = reporter;
  }

  action(alternative: Alternative, env: Env, values: Value[], start: number): Value | undefined {
    const action = alternative.action;
    switch (action.do) {
      case 'default':
        return values.length === 1 ? values[0]! : this.place({ kind: 'seq', items: values }, start);
      case 'label':
        return env[action.label];
      case 'node':
        return this.place({ kind: action.kind, ...env }, start);
      case 'call': {
        const fn = this.functions[action.name];
        if (!fn) throw new Error(`grammar: no action ${action.name}`);
        return fn(env, start);
      }
    }
    const a = node(env[action.from || 'a']);
    const message = action.message.replace('{a}', () => this.nameOf(a)).replace('{a.lineno}', () => String(a.lineno));
    const fill = this.m.fill;
    const kind = action.indentation ? 'IndentationError' : 'SyntaxError';
    switch (action.place) {
      case 'node':
        return this.r.between(message, a, a, fill);
      case 'range':
        return this.r.between(message, a, node(env[action.to]), fill);
      case 'from':
        return this.r.from(message, a, fill);
      case 'next':
        return this.r.atToken(kind, message, this.m.mark, fill);
    }
    return this.r.atToken(kind, message, fill - 1, fill);
  }

  forced(token: number, expected: string): never {
    const t = this.m.tokenNode(token);
    return this.r.between(`expected '${expected}'`, t, t, this.m.fill);
  }

  tokenizerError(): never {
    return this.r.tokenizerError(this.m.fill);
  }

  number(token: number): void {
    try {
      numberConstant(this.text(token), this.m.literals);
    } catch (e) {
      if (!(e instanceof LiteralError)) throw e;
      const t = this.m.tokenNode(token);
      this.r.at('SyntaxError', e.message, t.lineno, 0, t.end_lineno, 0, this.m.fill);
    }
  }

  private text(token: number): string {
    const t = this.m.tok.tokens;
    return this.m.tok.text.slice(t.start[token]!, t.end[token]!);
  }

  /** A node from token `start` to the last one matched that is no white space. */
  private place(fields: { kind: string; [field: string]: unknown }, start: number): PNode {
    const t = this.m.tok.tokens;
    let end = this.m.mark - 1;
    while (end > 0) {
      const type = t.type[end]!;
      if (type !== T.NEWLINE && type !== T.INDENT && type !== T.DEDENT && type !== T.ENDMARKER) break;
      end--;
    }
    if (end < 0) end = 0;
    return {
      ...fields,
      lineno: t.line[start]!,
      col_offset: t.col[start]!,
      end_lineno: t.endLine[end]!,
      end_col_offset: t.endCol[end]!,
    };
  }

  private nameOf(e: PNode): string {
    const name = EXPRESSION_NAMES[e.kind];
    if (name === undefined) throw new Error(`grammar: an expression without a name: ${e.kind}`);
    return name;
  }

  /** How many brackets are open after a token. */
  private levelAt(token: number): number {
    if (this.levels === null) {
      const t = this.m.tok.tokens;
      this.levels = new Int32Array(t.count);
      let level = 0;
      for (let i = 0; i < t.count; i++) {
        const type = t.type[i]!;
        if (type === T.LPAR || type === T.LSQB || type === T.LBRACE) level++;
        else if (type === T.RPAR || type === T.RSQB || type === T.RBRACE) level--;
        this.levels[i] = level;
      }
    }
    return this.levels[token]!;
  }

  private isLegacy(e: PNode): boolean {
    return e.kind === 'Name' && (e.id === 'print' || e.id === 'exec');
  }

  private refuseTarget(e: PNode, targets: Targets): undefined {
    const bad = invalidTarget(e, targets);
    if (bad === null) return undefined;
    const what = targets === 'del' ? 'delete' : 'assign to';
    this.r.between(`cannot ${what} ${this.nameOf(bad)}`, bad, bad, this.m.fill);
  }

  private decode(token: PNode, warnAt: number, run: () => void): void {
    this.m.literalToken = warnAt;
    try {
      run();
    } catch (e) {
      if (!(e instanceof LiteralError)) throw e;
      if (e.message === BYTES_NOT_ASCII) this.r.between(e.message, token, token, this.m.fill);
      this.r.atToken('SyntaxError', e.message, this.m.fill - 1, this.m.fill);
    }
  }

  private decodeMiddle(token: PNode, raw: boolean, warnAt: number): void {
    const text = this.text(token.token as number);
    if (!raw && text.includes('\\')) this.decode(token, warnAt, () => decodeUnicode(text, this.middleContext()));
  }

  /** The tokenizer has warned of a backslash in front of a brace already. */
  private middleContext(): LiteralContext {
    const { warn } = this.m.literals;
    return { ...this.m.literals, warn: (message) => (isBraceWarning(message) ? undefined : warn(message)) };
  }

  /** Whether the f-string that a token lies in is raw. */
  private inRawString(token: number): boolean {
    const types = this.m.types;
    let depth = 0;
    for (let i = token - 1; i >= 0; i--) {
      if (types[i] === T.FSTRING_END) depth++;
      else if (types[i] === T.FSTRING_START && depth-- === 0) return /[rR]/.test(this.text(i).slice(0, 2));
    }
    return false;
  }

  private readonly functions: Record<string, (env: Env, start: number) => Value | undefined> = {
    gathered: (e) => [e.a!, ...list(e.b)],
    join: (e) => [...list(e.a), ...list(e.b)],
    interactiveEnd: () => undefined,
    notEqual: (e) => {
      const t = node(e.a);
      return (this.text(t.token as number) === '<>') === this.barryAsFLUFL ? t : undefined;
    },
    tuple: (e, s) => this.place({ kind: 'Tuple', elts: [e.a!, ...list(e.b).map((x) => items(x)[1]!)] }, s),
    parenTuple: (e, s) => {
      const [first, , rest] = items(e.a);
      return this.place({ kind: 'Tuple', elts: first ? [first, ...list(rest)] : [] }, s);
    },
    args: (e, s) => {
      const kwargs = Array.isArray(e.b) ? e.b : list(items(e.b)[1]);
      const starred = kwargs.filter((k) => node(k).kind === 'Starred');
      const keywords = kwargs.filter((k) => node(k).kind !== 'Starred');
      return this.place({ kind: 'Call', args: [...list(e.a), ...starred], keywords }, s);
    },
    string: (e) => {
      const token = node(e.a);
      const text = this.text(token.token as number);
      this.decode(token, token.token as number, () => stringConstant(text, this.m.literals));
      return { ...token, bytes: /^[rR]?[bB]/.test(text) };
    },
    strings: (e, s) => {
      const parts = list(e.a).map(node);
      const bytes = parts.filter((p) => p.bytes === true).length;
      if (bytes > 0 && bytes < parts.length) {
        this.r.atToken('SyntaxError', 'cannot mix bytes and nonbytes literals', this.m.fill - 1, this.m.fill);
      }
      return this.place({ kind: parts.some((p) => p.kind === 'JoinedStr') ? 'JoinedStr' : 'Constant' }, s);
    },
    fstring: (e, s) => {
      const raw = /[rR]/.test(this.text(node(e.a).token as number).slice(0, 2));
      for (const part of list(e.b)) {
        const token = node(part).token as number | undefined;
        if (token !== undefined && this.m.types[token] === T.FSTRING_MIDDLE)
          this.decodeMiddle(node(part), raw, this.m.mark - 1);
      }
      return this.place({ kind: 'JoinedStr' }, s);
    },
    middle: (e) => {
      const token = node(e.a);
      this.decodeMiddle(token, this.inRawString(token.token as number), token.token as number);
      return token;
    },
    conversion: (e) => {
      const bang = node(e.a);
      const letter = node(e.b);
      if (bang.lineno !== letter.lineno || bang.end_col_offset !== letter.col_offset) {
        const msg = 'f-string: conversion type must come right after the exclamanation mark';
        this.r.between(msg, bang, letter, this.m.fill);
      }
      return letter;
    },
    field: (e, s) => {
      const letter = node(e.a);
      if (letter !== null && letter.id !== 's' && letter.id !== 'r' && letter.id !== 'a') {
        const msg = `f-string: invalid conversion character '${letter.id}': expected 's', 'r', or 'a'`;
        this.r.between(msg, letter, letter, this.m.fill);
      }
      return this.place({ kind: 'FormattedValue' }, s);
    },
    ensureReal: (e) => {
      const n = node(e.a);
      if (!/[jJ]$/.test(this.text(n.token as number))) return n;
      return this.r.between('real number required in complex literal', n, n, this.m.fill);
    },
    ensureImaginary: (e) => {
      const n = node(e.a);
      if (/[jJ]$/.test(this.text(n.token as number))) return n;
      return this.r.between('imaginary number required in complex literal', n, n, this.m.fill);
    },
    genexpNotParenthesized: (e) =>
      this.r.between('Generator expression must be parenthesized', node(e.a), lastComprehensionItem(e.b), this.m.fill),
    genexpInCall: (e) => {
      const args = list(node(e.a).args as Value);
      if (args.length <= 1) return undefined;
      const msg = 'Generator expression must be parenthesized';
      return this.r.between(msg, node(lastOf(args)), lastComprehensionItem(e.b), this.m.fill);
    },
    argumentOrder: (e) => {
      const keywords = list(node(e.a).keywords as Value);
      const unpacking = keywords.some((k) => node(k).kind === 'keyword_unpacking') ? ' unpacking' : '';
      const msg = `positional argument follows keyword argument${unpacking}`;
      return this.r.atToken('SyntaxError', msg, this.m.fill - 1, this.m.fill);
    },
    assignToKeyword: (e) => {
      const a = node(e.a);
      return this.r.between(`cannot assign to ${this.text(a.token as number)}`, a, node(e.b), this.m.fill);
    },
    legacyCall: (e) => {
      const a = node(e.a);
      if (!this.isLegacy(a)) return undefined;
      const msg = `Missing parentheses in call to '${a.id}'. Did you mean ${a.id}(...)?`;
      return this.r.between(msg, a, node(e.b), this.m.fill);
    },
    forgottenComma: (e) => {
      const a = node(e.a);
      if (this.isLegacy(a) || this.levelAt(this.m.mark - 1) === 0) return undefined;
      return this.r.between('invalid syntax. Perhaps you forgot a comma?', a, node(e.b), this.m.fill);
    },
    typeVarTupleBound: (e) => this.boundError(e, 'TypeVarTuple'),
    paramSpecBound: (e) => this.boundError(e, 'ParamSpec'),
    starTarget: (e) => this.refuseTarget(node(e.a), 'star'),
    delTarget: (e) => this.refuseTarget(node(e.a), 'del'),
    forTarget: (e) => this.refuseTarget(node(e.a), 'for'),
    comprehensionTarget: (e) => {
      const msg = 'did you forget parentheses around the comprehension target?';
      return this.r.between(msg, node(e.a), node(lastOf(e.b)), this.m.fill);
    },
    patternOrder: (e) => {
      const all = list(e.a);
      return this.r.between(
        'positional patterns follow keyword patterns',
        node(all[0]),
        node(lastOf(all)),
        this.m.fill,
      );
    },
    colonAfterKey: (e) => {
      const a = node(e.a);
      const msg = "':' expected after dictionary key";
      return this.r.at('SyntaxError', msg, a.lineno, a.end_col_offset, a.end_lineno, 0, this.m.fill);
    },
  };

  barryAsFLUFL = false;

  private boundError(e: Env, what: string): never {
    const word = node(e.b).kind === 'Tuple' ? 'constraints' : 'bound';
    return this.r.from(`cannot use ${word} with ${what}`, node(e.a), this.m.fill);
  }
}
