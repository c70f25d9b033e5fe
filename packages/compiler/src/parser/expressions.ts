// Expressions: the fast parser's recursive descent. Chains that nest to the right (not, unary, **, lambda,
// conditional) use a stack of their own; what recurses on the host's stack is bounded by the 200 brackets of the tokenizer.
import type { Arguments, CmpOpKind, Comprehension, Expr, ExprContext, Keyword, OperatorKind, UnaryOpKind } from '../ast.ts';
import * as T from '../tokenizer/token.ts';
import { numberConstant } from './literals.ts';
import * as N from './nodes.ts';
import { StringParser } from './strings.ts';

const PRECEDENCE = new Uint8Array(128);
const BINARY: (OperatorKind | undefined)[] = [];
function binary(type: number, precedence: number, op: OperatorKind): void {
  PRECEDENCE[type] = precedence;
  BINARY[type] = op;
}
binary(T.VBAR, 1, 'BitOr');
binary(T.CIRCUMFLEX, 2, 'BitXor');
binary(T.AMPER, 3, 'BitAnd');
binary(T.LEFTSHIFT, 4, 'LShift');
binary(T.RIGHTSHIFT, 4, 'RShift');
binary(T.PLUS, 5, 'Add');
binary(T.MINUS, 5, 'Sub');
binary(T.STAR, 6, 'Mult');
binary(T.SLASH, 6, 'Div');
binary(T.DOUBLESLASH, 6, 'FloorDiv');
binary(T.PERCENT, 6, 'Mod');
binary(T.AT, 6, 'MatMult');

/** What CPython's rules need at most for one bracket, unary operator or conditional. */
const BRACKET_DEPTH = 32;

interface PendingFactor {
  s: number;
  op: UnaryOpKind | null;
  left: Expr | null;
}

interface PendingExpression {
  s: number;
  args: Arguments | null;
  body: Expr | null;
  test: Expr | null;
}

export abstract class ExpressionParser extends StringParser {
  // --- lists of expressions ---------------------------------------------------------------------

  /** star_expressions */
  starExpressions(): Expr {
    const s = this.pos;
    const first = this.starExpression();
    if (this.types[this.pos] !== T.COMMA) return first;
    const elts = [first];
    while (this.accept(T.COMMA)) {
      if (!this.startsExpression()) break;
      elts.push(this.starExpression());
    }
    return this.at(N.Tuple(elts, 'Load'), s);
  }

  protected starExpression(): Expr {
    return this.types[this.pos] === T.STAR ? this.starred() : this.expression();
  }

  /** '*' bitwise_or */
  protected starred(): Expr {
    const s = this.pos++;
    return this.at(N.Starred(this.bitwiseOr(1), 'Load'), s);
  }

  protected starNamedExpression(): Expr {
    return this.types[this.pos] === T.STAR ? this.starred() : this.namedExpression();
  }

  namedExpression(): Expr {
    const s = this.pos;
    if (this.types[s] === T.NAME && this.types[s + 1] === T.COLONEQUAL) {
      this.pos++;
      const target = this.at(N.Name(this.texts[s]!, 'Store'), s);
      this.pos++;
      return this.at(N.NamedExpr(target, this.expression()), s);
    }
    const e = this.expression();
    if (this.types[this.pos] === T.COLONEQUAL) this.fail();
    return e;
  }

  yieldExpression(): Expr {
    const s = this.pos++;
    if (this.accept(T.FROM)) return this.at(N.YieldFrom(this.expression()), s);
    const value = this.startsExpression() ? this.starExpressions() : null;
    return this.at(N.Yield(value), s);
  }

  /** yield_expr | star_expressions */
  protected annotatedRhs(): Expr {
    return this.types[this.pos] === T.YIELD ? this.yieldExpression() : this.starExpressions();
  }

  // --- one expression -----------------------------------------------------------------------------

  expression(): Expr {
    if (this.types[this.pos] === T.LAMBDA) return this.nestedExpression(null, this.pos);
    const s = this.pos;
    const a = this.disjunction();
    return this.types[this.pos] === T.IF ? this.nestedExpression(a, s) : a;
  }

  /** lambda and conditional expressions; `a`, from token `s`, was read already if it is not null. */
  private nestedExpression(a: Expr | null, s: number): Expr {
    const pending: PendingExpression[] = [];
    let node: Expr;
    for (;;) {
      if (a === null && this.accept(T.LAMBDA)) {
        const args = this.parameters(true);
        this.expect(T.COLON);
        pending.push({ s, args, body: null, test: null });
        this.deeper(2);
      } else {
        node = a ?? this.disjunction();
        a = null;
        if (!this.accept(T.IF)) break;
        const test = this.disjunction();
        this.expect(T.ELSE);
        pending.push({ s, args: null, body: node, test });
        this.deeper(1);
      }
      s = this.pos;
    }
    for (let i = pending.length - 1; i >= 0; i--) {
      const p = pending[i]!;
      if (p.args) {
        node = this.at(N.Lambda(p.args, node), p.s);
        this.depth -= 2;
      } else {
        node = this.at(N.IfExp(p.test!, p.body!, node), p.s);
        this.depth--;
      }
    }
    return node;
  }

  protected abstract parameters(lambda: boolean): Arguments;

  disjunction(): Expr {
    const s = this.pos;
    const first = this.conjunction();
    if (this.types[this.pos] !== T.OR) return first;
    const values = [first];
    while (this.accept(T.OR)) values.push(this.conjunction());
    return this.at(N.BoolOp('Or', values), s);
  }

  private conjunction(): Expr {
    const s = this.pos;
    const first = this.inversion();
    if (this.types[this.pos] !== T.AND) return first;
    const values = [first];
    while (this.accept(T.AND)) values.push(this.inversion());
    return this.at(N.BoolOp('And', values), s);
  }

  private inversion(): Expr {
    if (this.types[this.pos] !== T.NOT) return this.comparison();
    const first = this.pos;
    while (this.types[this.pos] === T.NOT) this.pos++;
    const count = this.pos - first;
    this.deeper(count);
    let node = this.comparison();
    this.depth -= count;
    for (let s = first + count - 1; s >= first; s--) node = this.at(N.UnaryOp('Not', node), s);
    return node;
  }

  private comparisonOperator(): CmpOpKind | null {
    switch (this.types[this.pos]) {
      case T.EQEQUAL:
        this.pos++;
        return 'Eq';
      case T.NOTEQUAL:
        if ((this.source.charCodeAt(this.tok.tokens.start[this.pos]!) === 60) !== this.barryAsFLUFL) this.fail();
        this.pos++;
        return 'NotEq';
      case T.LESS:
        this.pos++;
        return 'Lt';
      case T.LESSEQUAL:
        this.pos++;
        return 'LtE';
      case T.GREATER:
        this.pos++;
        return 'Gt';
      case T.GREATEREQUAL:
        this.pos++;
        return 'GtE';
      case T.IN:
        this.pos++;
        return 'In';
      case T.IS:
        this.pos++;
        return this.accept(T.NOT) ? 'IsNot' : 'Is';
      case T.NOT:
        if (this.types[this.pos + 1] !== T.IN) return null;
        this.pos += 2;
        return 'NotIn';
    }
    return null;
  }

  private comparison(): Expr {
    const s = this.pos;
    const left = this.bitwiseOr(1);
    let op = this.comparisonOperator();
    if (op === null) return left;
    const ops: CmpOpKind[] = [];
    const comparators: Expr[] = [];
    while (op !== null) {
      ops.push(op);
      comparators.push(this.bitwiseOr(1));
      op = this.comparisonOperator();
    }
    return this.at(N.Compare(left, ops, comparators), s);
  }

  /** bitwise_or and the binary operators below it that bind at least as tight as `precedence`. */
  protected bitwiseOr(precedence: number): Expr {
    const s = this.pos;
    let left = this.factor();
    for (;;) {
      const type = this.types[this.pos]!;
      const p = PRECEDENCE[type]!;
      if (p === 0 || p < precedence) return left;
      this.pos++;
      const right = this.bitwiseOr(p + 1);
      left = this.at(N.BinOp(left, BINARY[type]!, right), s);
    }
  }

  private unaryOperator(): UnaryOpKind | null {
    switch (this.types[this.pos]) {
      case T.MINUS:
        return 'USub';
      case T.PLUS:
        return 'UAdd';
      case T.TILDE:
        return 'Invert';
    }
    return null;
  }

  private factor(): Expr {
    const type = this.types[this.pos];
    if (type !== T.MINUS && type !== T.PLUS && type !== T.TILDE) {
      const s = this.pos;
      const primary = this.awaitPrimary();
      if (this.types[this.pos] !== T.DOUBLESTAR) return primary;
      return this.nestedFactor(primary, s);
    }
    return this.nestedFactor(null, this.pos);
  }

  private nestedFactor(primary: Expr | null, s: number): Expr {
    const pending: PendingFactor[] = [];
    let node: Expr;
    for (;;) {
      const op = primary === null ? this.unaryOperator() : null;
      if (op !== null) {
        pending.push({ s, op, left: null });
        this.pos++;
      } else {
        node = primary ?? this.awaitPrimary();
        primary = null;
        if (!this.accept(T.DOUBLESTAR)) break;
        pending.push({ s, op: null, left: node });
      }
      this.deeper(2);
      s = this.pos;
    }
    this.depth -= 2 * pending.length;
    for (let i = pending.length - 1; i >= 0; i--) {
      const p = pending[i]!;
      node = this.at(p.op !== null ? N.UnaryOp(p.op, node) : N.BinOp(p.left!, 'Pow', node), p.s);
    }
    return node;
  }

  // --- primaries ------------------------------------------------------------------------------------

  private awaitPrimary(): Expr {
    if (this.types[this.pos] !== T.AWAIT) return this.primary();
    const s = this.pos++;
    return this.at(N.Await(this.primary()), s);
  }

  protected primary(): Expr {
    const s = this.pos;
    let node = this.atom();
    for (;;) {
      switch (this.types[this.pos]) {
        case T.DOT:
          this.pos++;
          node = this.at(N.Attribute(node, this.name(), 'Load'), s);
          break;
        case T.LPAR: {
          this.deeper(BRACKET_DEPTH);
          const call = N.Call(node, [], []);
          const open = this.pos++;
          if (this.types[this.pos] !== T.RPAR) this.callArguments(call.args, call.keywords, open);
          this.expect(T.RPAR);
          node = this.at(call, s);
          this.depth -= BRACKET_DEPTH;
          break;
        }
        case T.LSQB: {
          this.deeper(BRACKET_DEPTH);
          this.pos++;
          const slice = this.slices();
          this.expect(T.RSQB);
          node = this.at(N.Subscript(node, slice, 'Load'), s);
          this.depth -= BRACKET_DEPTH;
          break;
        }
        default:
          return node;
      }
    }
  }

  /** The arguments of a call or a class up to `)`; a lone generator is allowed when `open` is its parenthesis. */
  protected callArguments(args: Expr[], keywords: Keyword[], open: number): void {
    let doubleStar = false;
    for (;;) {
      const s = this.pos;
      const type = this.types[s];
      if (type === T.STAR) {
        if (doubleStar) this.fail();
        this.pos++;
        args.push(this.at(N.Starred(this.expression(), 'Load'), s));
      } else if (type === T.DOUBLESTAR) {
        this.pos++;
        doubleStar = true;
        keywords.push(this.at(N.Keyword(null, this.expression()), s));
      } else if (type === T.NAME && this.types[s + 1] === T.EQUAL) {
        this.pos += 2;
        keywords.push(this.at(N.Keyword(this.texts[s]!, this.expression()), s));
      } else {
        if (keywords.length > 0) this.fail();
        const value = this.namedExpression();
        const next = this.types[this.pos];
        if (next === T.FOR || next === T.ASYNC) {
          if (open < 0 || args.length > 0) this.fail();
          const generator = N.GeneratorExp(value, this.forIfClauses());
          this.expect(T.RPAR);
          args.push(this.at(generator, open));
          this.pos--;
          return;
        }
        args.push(value);
      }
      if (!this.accept(T.COMMA) || this.types[this.pos] === T.RPAR) return;
    }
  }

  private slices(): Expr {
    const s = this.pos;
    const first = this.slice();
    if (this.types[this.pos] !== T.COMMA && first.kind !== 'Starred') return first;
    const elts = [first];
    while (this.accept(T.COMMA)) {
      if (this.types[this.pos] === T.RSQB) break;
      elts.push(this.slice());
    }
    return this.at(N.Tuple(elts, 'Load'), s);
  }

  private slice(): Expr {
    const s = this.pos;
    let lower: Expr | null = null;
    if (this.types[s] === T.STAR) {
      this.pos++;
      return this.at(N.Starred(this.expression(), 'Load'), s);
    }
    if (this.types[s] !== T.COLON) {
      lower = this.namedExpression();
      if (this.types[this.pos] !== T.COLON) return lower;
      if (lower.kind === 'NamedExpr' && this.types[s + 1] === T.COLONEQUAL) this.fail();
    }
    this.expect(T.COLON);
    const upper = this.startsExpression() ? this.expression() : null;
    let step: Expr | null = null;
    if (this.accept(T.COLON) && this.startsExpression()) step = this.expression();
    return this.at(N.Slice(lower, upper, step), s);
  }

  protected atom(): Expr {
    const s = this.pos;
    switch (this.types[s]) {
      case T.NAME:
        this.pos++;
        return this.at(N.Name(this.texts[s]!, 'Load'), s);
      case T.NUMBER:
        this.pos++;
        return this.at(N.ConstantExpr(numberConstant(this.tokenText(s), this.literals), null), s);
      case T.STRING:
      case T.FSTRING_START:
        return this.strings();
      case T.TRUE:
        this.pos++;
        return this.at(N.ConstantExpr({ t: 'bool', v: true }, null), s);
      case T.FALSE:
        this.pos++;
        return this.at(N.ConstantExpr({ t: 'bool', v: false }, null), s);
      case T.NONE:
        this.pos++;
        return this.at(N.ConstantExpr({ t: 'None' }, null), s);
      case T.ELLIPSIS:
        this.pos++;
        return this.at(N.ConstantExpr({ t: 'Ellipsis' }, null), s);
      case T.LPAR:
      case T.LSQB:
      case T.LBRACE: {
        this.deeper(BRACKET_DEPTH);
        const type = this.types[s];
        const node = type === T.LPAR ? this.parenthesized() : type === T.LSQB ? this.list() : this.dictOrSet();
        this.depth -= BRACKET_DEPTH;
        return node;
      }
    }
    return this.fail();
  }

  private startsFor(): boolean {
    const type = this.types[this.pos];
    return type === T.FOR || (type === T.ASYNC && this.types[this.pos + 1] === T.FOR);
  }

  private parenthesized(): Expr {
    const s = this.pos++;
    if (this.accept(T.RPAR)) return this.at(N.Tuple([], 'Load'), s);
    if (this.types[this.pos] === T.YIELD) {
      const value = this.yieldExpression();
      this.expect(T.RPAR);
      return value;
    }
    const first = this.starNamedExpression();
    if (this.types[this.pos] === T.COMMA) {
      const elts = this.restOfList(first, T.RPAR);
      return this.at(N.Tuple(elts, 'Load'), s);
    }
    if (first.kind === 'Starred') this.fail();
    if (this.startsFor()) {
      const generators = this.forIfClauses();
      this.expect(T.RPAR);
      return this.at(N.GeneratorExp(first, generators), s);
    }
    this.expect(T.RPAR);
    return first;
  }

  /** After the first element, up to and with the closing bracket. */
  private restOfList(first: Expr, close: number): Expr[] {
    const elts = [first];
    while (this.accept(T.COMMA)) {
      if (this.types[this.pos] === close) break;
      elts.push(this.starNamedExpression());
    }
    this.expect(close);
    return elts;
  }

  private list(): Expr {
    const s = this.pos++;
    if (this.accept(T.RSQB)) return this.at(N.List([], 'Load'), s);
    const first = this.starNamedExpression();
    if (first.kind !== 'Starred' && this.startsFor()) {
      const generators = this.forIfClauses();
      this.expect(T.RSQB);
      return this.at(N.ListComp(first, generators), s);
    }
    const elts = this.restOfList(first, T.RSQB);
    return this.at(N.List(elts, 'Load'), s);
  }

  private dictOrSet(): Expr {
    const s = this.pos++;
    if (this.accept(T.RBRACE)) return this.at(N.Dict([], []), s);
    if (this.types[this.pos] === T.DOUBLESTAR) return this.dict(s, [], []);
    const walrus = this.types[this.pos + 1] === T.COLONEQUAL;
    const first = this.starNamedExpression();
    if (this.types[this.pos] === T.COLON && first.kind !== 'Starred' && !walrus) {
      this.pos++;
      const value = this.expression();
      if (this.startsFor()) {
        const generators = this.forIfClauses();
        this.expect(T.RBRACE);
        return this.at(N.DictComp(first, value, generators), s);
      }
      if (!this.accept(T.COMMA)) {
        this.expect(T.RBRACE);
        return this.at(N.Dict([first], [value]), s);
      }
      return this.dict(s, [first], [value]);
    }
    if (first.kind !== 'Starred' && this.startsFor()) {
      const generators = this.forIfClauses();
      this.expect(T.RBRACE);
      return this.at(N.SetComp(first, generators), s);
    }
    const elts = this.restOfList(first, T.RBRACE);
    return this.at(N.SetExpr(elts), s);
  }

  /** The remaining items of a dict display. */
  private dict(s: number, keys: (Expr | null)[], values: Expr[]): Expr {
    while (this.types[this.pos] !== T.RBRACE) {
      if (this.accept(T.DOUBLESTAR)) {
        keys.push(null);
        values.push(this.bitwiseOr(1));
      } else {
        keys.push(this.expression());
        this.expect(T.COLON);
        values.push(this.expression());
      }
      if (!this.accept(T.COMMA)) break;
    }
    this.expect(T.RBRACE);
    return this.at(N.Dict(keys, values), s);
  }

  protected forIfClauses(): Comprehension[] {
    const clauses: Comprehension[] = [];
    while (this.startsFor()) {
      const isAsync = this.accept(T.ASYNC) ? 1 : 0;
      this.pos++;
      const target = this.starTargets();
      this.expect(T.IN);
      const iter = this.disjunction();
      const ifs: Expr[] = [];
      while (this.accept(T.IF)) ifs.push(this.disjunction());
      clauses.push(N.Comprehension(target, iter, ifs, isAsync));
    }
    return clauses;
  }

  // --- targets --------------------------------------------------------------------------------------

  /** star_targets: what stands between `for` and `in`. */
  protected starTargets(): Expr {
    const s = this.pos;
    const first = this.starTarget();
    if (this.types[this.pos] !== T.COMMA) return first;
    const elts = [first];
    while (this.accept(T.COMMA)) {
      if (!this.startsExpression()) break;
      elts.push(this.starTarget());
    }
    return this.at(N.Tuple(elts, 'Store'), s);
  }

  protected starTarget(): Expr {
    const s = this.pos;
    if (this.accept(T.STAR)) {
      const value = this.primary();
      this.setContext(value, 'Store');
      return this.at(N.Starred(value, 'Store'), s);
    }
    const target = this.primary();
    this.setContext(target, 'Store');
    return target;
  }

  /** Makes a read expression a target; refuses what cannot be one. */
  protected setContext(e: Expr, ctx: ExprContext): void {
    switch (e.kind) {
      case 'Name':
      case 'Attribute':
      case 'Subscript':
        e.ctx = ctx;
        return;
      case 'Starred':
        if (ctx === 'Del' || e.value.kind === 'Starred') this.fail();
        e.ctx = ctx;
        this.setContext(e.value, ctx);
        return;
      case 'Tuple':
      case 'List':
        e.ctx = ctx;
        for (const item of e.elts) this.setContext(item, ctx);
        return;
    }
    this.fail();
  }
}
