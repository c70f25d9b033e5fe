// Primaries: names, literals, brackets, calls, comprehensions, and targets.
import type { Comprehension, Expr, ExprContext, Keyword } from '../ast.ts';
import * as T from '../tokenizer/token.ts';
import { numberConstant } from './literals.ts';
import * as N from './nodes.ts';
import { StringParser } from './strings.ts';

/** What CPython's rules need at most for one bracket. */
const BRACKET_DEPTH = 32;

export abstract class PrimaryParser extends StringParser {
  protected abstract expression(): Expr;
  protected abstract disjunction(): Expr;
  protected abstract bitwiseOr(precedence: number): Expr;
  protected abstract namedExpression(): Expr;
  protected abstract starNamedExpression(): Expr;
  protected abstract yieldExpression(): Expr;

  /** '*' bitwise_or */
  protected starred(): Expr {
    const s = this.pos++;
    return this.at(N.Starred(this.bitwiseOr(1), 'Load'), s);
  }

  // --- primaries ------------------------------------------------------------------------------------

  protected awaitPrimary(): Expr {
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
