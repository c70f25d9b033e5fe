// Patterns of the match statement.
import type { Expr, Pattern } from '../ast.ts';
import * as T from '../tokenizer/token.ts';
import { numberConstant } from './literals.ts';
import * as N from './nodes.ts';
import { ParameterParser } from './parameters.ts';

const PATTERN_DEPTH = 12;

export abstract class PatternParser extends ParameterParser {
  /** patterns: what stands behind `case`. */
  protected patterns(): Pattern {
    const s = this.pos;
    const first = this.maybeStarPattern();
    if (this.types[this.pos] !== T.COMMA) {
      if (first.kind === 'MatchStar') this.fail();
      return first;
    }
    const all = [first];
    while (this.accept(T.COMMA)) {
      if (this.types[this.pos] === T.COLON || this.types[this.pos] === T.IF) break;
      all.push(this.maybeStarPattern());
    }
    return this.at(N.MatchSequence(all), s);
  }

  private maybeStarPattern(): Pattern {
    const s = this.pos;
    if (!this.accept(T.STAR)) return this.pattern();
    const name = this.name();
    return this.at(N.MatchStar(name === '_' ? null : name), s);
  }

  private pattern(): Pattern {
    const s = this.pos;
    const or = this.orPattern();
    if (!this.accept(T.AS)) return or;
    const name = this.captureName();
    return this.at(N.MatchAs(or, name), s);
  }

  private captureName(): string {
    const name = this.name();
    const next = this.types[this.pos];
    if (name === '_' || next === T.DOT || next === T.LPAR || next === T.EQUAL) this.fail();
    return name;
  }

  private orPattern(): Pattern {
    const s = this.pos;
    const first = this.closedPattern();
    if (this.types[this.pos] !== T.VBAR) return first;
    const all = [first];
    while (this.accept(T.VBAR)) all.push(this.closedPattern());
    return this.at(N.MatchOr(all), s);
  }

  private closedPattern(): Pattern {
    const s = this.pos;
    switch (this.types[s]) {
      case T.NUMBER:
      case T.MINUS:
      case T.STRING:
      case T.FSTRING_START:
        return this.at(N.MatchValue(this.literalExpression()), s);
      case T.NONE:
        this.pos++;
        return this.at(N.MatchSingleton({ t: 'None' }), s);
      case T.TRUE:
        this.pos++;
        return this.at(N.MatchSingleton({ t: 'bool', v: true }), s);
      case T.FALSE:
        this.pos++;
        return this.at(N.MatchSingleton({ t: 'bool', v: false }), s);
      case T.NAME: {
        const next = this.types[s + 1];
        if (next !== T.DOT && next !== T.LPAR) {
          if (next === T.EQUAL) this.fail();
          this.pos++;
          const name = this.texts[s]!;
          return this.at(N.MatchAs(null, name === '_' ? null : name), s);
        }
        const value = this.nameOrAttribute();
        if (this.types[this.pos] === T.LPAR) return this.classPattern(value, s);
        return this.at(N.MatchValue(value), s);
      }
      case T.LPAR:
      case T.LSQB:
        return this.groupOrSequence();
      case T.LBRACE:
        return this.mappingPattern();
    }
    return this.fail();
  }

  private nameOrAttribute(): Expr {
    const s = this.pos;
    let e: Expr = this.at(N.Name(this.name(), 'Load'), s);
    while (this.accept(T.DOT)) e = this.at(N.Attribute(e, this.name(), 'Load'), s);
    return e;
  }

  private number(): Expr {
    const s = this.pos;
    this.expect(T.NUMBER);
    return this.at(N.ConstantExpr(numberConstant(this.tokenText(s), this.literals), null), s);
  }

  /** strings, signed_number or complex_number */
  private literalExpression(): Expr {
    const s = this.pos;
    const type = this.types[s];
    if (type === T.STRING || type === T.FSTRING_START) return this.strings();
    const negative = this.accept(T.MINUS);
    let left = this.number();
    const real = left.kind === 'Constant' && left.value.t !== 'complex';
    if (negative) left = this.at(N.UnaryOp('USub', left), s);
    const op = this.types[this.pos];
    if (op !== T.PLUS && op !== T.MINUS) return left;
    this.pos++;
    const right = this.number();
    if (!real || right.kind !== 'Constant' || right.value.t !== 'complex') this.fail();
    return this.at(N.BinOp(left, op === T.PLUS ? 'Add' : 'Sub', right), s);
  }

  private groupOrSequence(): Pattern {
    const s = this.pos;
    const round = this.types[s] === T.LPAR;
    const close = round ? T.RPAR : T.RSQB;
    this.pos++;
    this.deeper(PATTERN_DEPTH);
    const all: Pattern[] = [];
    let comma = false;
    while (this.types[this.pos] !== close) {
      all.push(this.maybeStarPattern());
      comma = this.accept(T.COMMA);
      if (!comma) break;
    }
    this.expect(close);
    this.depth -= PATTERN_DEPTH;
    if (round && all.length === 1 && !comma) {
      if (all[0]!.kind === 'MatchStar') this.fail();
      return all[0]!;
    }
    return this.at(N.MatchSequence(all), s);
  }

  private mappingPattern(): Pattern {
    const s = this.pos++;
    const keys: Expr[] = [];
    const values: Pattern[] = [];
    let rest: string | null = null;
    this.deeper(PATTERN_DEPTH);
    while (this.types[this.pos] !== T.RBRACE) {
      if (this.accept(T.DOUBLESTAR)) {
        rest = this.captureName();
        this.accept(T.COMMA);
        break;
      }
      keys.push(this.mappingKey());
      this.expect(T.COLON);
      values.push(this.pattern());
      if (!this.accept(T.COMMA)) break;
    }
    this.expect(T.RBRACE);
    this.depth -= PATTERN_DEPTH;
    return this.at(N.MatchMapping(keys, values, rest), s);
  }

  private mappingKey(): Expr {
    const s = this.pos;
    switch (this.types[s]) {
      case T.NONE:
        this.pos++;
        return this.at(N.ConstantExpr({ t: 'None' }, null), s);
      case T.TRUE:
        this.pos++;
        return this.at(N.ConstantExpr({ t: 'bool', v: true }, null), s);
      case T.FALSE:
        this.pos++;
        return this.at(N.ConstantExpr({ t: 'bool', v: false }, null), s);
      case T.NAME: {
        const key = this.nameOrAttribute();
        if (key.kind === 'Name') this.fail();
        return key;
      }
    }
    return this.literalExpression();
  }

  private classPattern(cls: Expr, s: number): Pattern {
    this.pos++;
    const positional: Pattern[] = [];
    const names: string[] = [];
    const keywords: Pattern[] = [];
    this.deeper(PATTERN_DEPTH);
    while (this.types[this.pos] !== T.RPAR) {
      if (this.types[this.pos] === T.NAME && this.types[this.pos + 1] === T.EQUAL) {
        names.push(this.name());
        this.pos++;
        keywords.push(this.pattern());
      } else {
        if (names.length > 0) this.fail();
        positional.push(this.pattern());
      }
      if (!this.accept(T.COMMA)) break;
    }
    this.expect(T.RPAR);
    this.depth -= PATTERN_DEPTH;
    return this.at(N.MatchClass(cls, positional, names, keywords), s);
  }
}
