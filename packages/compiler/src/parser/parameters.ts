// Parameters of functions and lambdas, and type parameters.
import type { Arg, Arguments, Expr, TypeParam } from '../ast.ts';
import * as T from '../tokenizer/token.ts';
import { ExpressionParser } from './expressions.ts';
import * as N from './nodes.ts';

/** What CPython's rules need for a default, and how many nested ones certainly exceed its 6000 levels. */
const DEFAULT_DEPTH = 9;
const MAX_DEFAULTS = 800;

export abstract class ParameterParser extends ExpressionParser {
  private defaults = 0;

  private parameter(annotated: boolean, star: boolean): Arg {
    const s = this.pos;
    const name = this.name();
    let annotation: Expr | null = null;
    if (annotated && this.accept(T.COLON)) {
      annotation = star && this.types[this.pos] === T.STAR ? this.starred() : this.expression();
    }
    return this.at(N.Arg(name, annotation), s);
  }

  /** A lambda in a default of a lambda is the only nesting on the host's stack that no bracket bounds. */
  private defaultValue(): Expr {
    if (++this.defaults > MAX_DEFAULTS) this.fail();
    this.deeper(DEFAULT_DEPTH);
    const value = this.expression();
    this.depth -= DEFAULT_DEPTH;
    this.defaults--;
    return value;
  }

  /** What stands before `)`, or before the `:` of a lambda. */
  protected parameters(lambda: boolean): Arguments {
    const close = lambda ? T.COLON : T.RPAR;
    const out = N.Arguments([], [], null, [], [], null, []);
    let positional = out.args;
    let afterStar = false;
    while (this.types[this.pos] !== close) {
      const type = this.types[this.pos];
      if (type === T.SLASH) {
        if (afterStar || positional.length === 0 || out.posonlyargs.length > 0) this.fail();
        this.pos++;
        out.posonlyargs = positional;
        positional = out.args = [];
      } else if (type === T.DOUBLESTAR) {
        this.pos++;
        out.kwarg = this.parameter(!lambda, false);
        this.accept(T.COMMA);
        if (this.types[this.pos] !== close) this.fail();
        return out;
      } else if (type === T.STAR) {
        if (afterStar) this.fail();
        afterStar = true;
        this.pos++;
        // A bare star needs a name behind it.
        if (this.types[this.pos] === T.COMMA) {
          if (this.types[this.pos + 1] !== T.NAME) this.fail();
        } else out.vararg = this.parameter(!lambda, true);
      } else {
        const arg = this.parameter(!lambda, false);
        const value = this.accept(T.EQUAL) ? this.defaultValue() : null;
        if (afterStar) {
          out.kwonlyargs.push(arg);
          out.kw_defaults.push(value);
        } else {
          if (value !== null) out.defaults.push(value);
          else if (out.defaults.length > 0) this.fail();
          positional.push(arg);
        }
      }
      if (!this.accept(T.COMMA)) break;
    }
    if (this.types[this.pos] !== close) this.fail();
    return out;
  }

  /** '[' type_params ']', or nothing. */
  protected typeParameters(): TypeParam[] {
    const params: TypeParam[] = [];
    if (!this.accept(T.LSQB)) return params;
    do {
      const s = this.pos;
      if (this.accept(T.STAR)) {
        const name = this.name();
        const value = this.accept(T.EQUAL) ? this.starExpression() : null;
        params.push(this.at(N.TypeVarTuple(name, value), s));
      } else if (this.accept(T.DOUBLESTAR)) {
        const name = this.name();
        const value = this.accept(T.EQUAL) ? this.expression() : null;
        params.push(this.at(N.ParamSpec(name, value), s));
      } else {
        const name = this.name();
        const bound = this.accept(T.COLON) ? this.expression() : null;
        const value = this.accept(T.EQUAL) ? this.expression() : null;
        params.push(this.at(N.TypeVar(name, bound, value), s));
      }
    } while (this.accept(T.COMMA) && this.types[this.pos] !== T.RSQB);
    this.expect(T.RSQB);
    return params;
  }
}
