// Expressions: the operators of the fast parser's recursive descent. Chains that nest to the right (not, unary, **, lambda,
// conditional) use a stack of their own; what recurses on the host's stack is bounded by the 200 brackets of the tokenizer.
import type { Arguments, CmpOpKind, Expr, OperatorKind, UnaryOpKind } from '../ast.ts';
import * as T from '../tokenizer/token.ts';
import * as N from './nodes.ts';
import { PrimaryParser } from './primaries.ts';

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

export abstract class ExpressionParser extends PrimaryParser {
  // --- lists of expressions ---------------------------------------------------------------------

  /** star_expressions */
  protected starExpressions(): Expr {
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

  protected starNamedExpression(): Expr {
    return this.types[this.pos] === T.STAR ? this.starred() : this.namedExpression();
  }

  protected namedExpression(): Expr {
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

  protected yieldExpression(): Expr {
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

  protected expression(): Expr {
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

  protected disjunction(): Expr {
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
}
