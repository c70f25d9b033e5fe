// Simple statements.
import type { Alias, Expr, OperatorKind, Stmt } from '../ast.ts';
import * as T from '../tokenizer/token.ts';
import * as N from './nodes.ts';
import { PatternParser } from './patterns.ts';

const AUGMENTED: (OperatorKind | undefined)[] = [];
AUGMENTED[T.PLUSEQUAL] = 'Add';
AUGMENTED[T.MINEQUAL] = 'Sub';
AUGMENTED[T.STAREQUAL] = 'Mult';
AUGMENTED[T.ATEQUAL] = 'MatMult';
AUGMENTED[T.SLASHEQUAL] = 'Div';
AUGMENTED[T.PERCENTEQUAL] = 'Mod';
AUGMENTED[T.AMPEREQUAL] = 'BitAnd';
AUGMENTED[T.VBAREQUAL] = 'BitOr';
AUGMENTED[T.CIRCUMFLEXEQUAL] = 'BitXor';
AUGMENTED[T.LEFTSHIFTEQUAL] = 'LShift';
AUGMENTED[T.RIGHTSHIFTEQUAL] = 'RShift';
AUGMENTED[T.DOUBLESTAREQUAL] = 'Pow';
AUGMENTED[T.DOUBLESLASHEQUAL] = 'FloorDiv';

export abstract class SimpleStatementParser extends PatternParser {
  /** simple_stmts: statements on one line, its NEWLINE included. */
  protected simpleStatements(into: Stmt[]): void {
    for (;;) {
      into.push(this.simpleStatement());
      if (this.accept(T.NEWLINE)) return;
      this.expect(T.SEMI);
      if (this.accept(T.NEWLINE)) return;
    }
  }

  private simpleStatement(): Stmt {
    const s = this.pos;
    switch (this.types[s]) {
      case T.NAME:
        if (this.types[s + 1] === T.NAME && this.texts[s] === 'type') return this.typeAlias();
        return this.expressionOrAssignment();
      case T.PASS:
        this.pos++;
        return this.at(N.Pass(), s);
      case T.BREAK:
        this.pos++;
        return this.at(N.Break(), s);
      case T.CONTINUE:
        this.pos++;
        return this.at(N.Continue(), s);
      case T.RETURN: {
        this.pos++;
        const value = this.startsExpression() ? this.starExpressions() : null;
        return this.at(N.Return(value), s);
      }
      case T.RAISE: {
        this.pos++;
        if (!this.startsExpression()) return this.at(N.Raise(null, null), s);
        const exc = this.expression();
        const cause = this.accept(T.FROM) ? this.expression() : null;
        return this.at(N.Raise(exc, cause), s);
      }
      case T.GLOBAL:
      case T.NONLOCAL: {
        this.pos++;
        const names = [this.name()];
        while (this.accept(T.COMMA)) names.push(this.name());
        return this.at(this.types[s] === T.GLOBAL ? N.Global(names) : N.Nonlocal(names), s);
      }
      case T.DEL:
        return this.deleteStatement();
      case T.ASSERT: {
        this.pos++;
        const test = this.expression();
        const msg = this.accept(T.COMMA) ? this.expression() : null;
        return this.at(N.Assert(test, msg), s);
      }
      case T.IMPORT: {
        this.pos++;
        const names: Alias[] = [];
        do {
          const a = this.pos;
          const name = this.dottedName();
          const asname = this.accept(T.AS) ? this.name() : null;
          names.push(this.at(N.Alias(name, asname), a));
        } while (this.accept(T.COMMA));
        return this.at(N.Import(names), s);
      }
      case T.FROM:
        return this.importFrom();
      case T.YIELD: {
        const value = this.yieldExpression();
        return this.at(N.ExprStmt(value), s);
      }
    }
    return this.expressionOrAssignment();
  }

  private dottedName(): string {
    let name = this.name();
    while (this.accept(T.DOT)) name += '.' + this.name();
    return name;
  }

  private importFrom(): Stmt {
    const s = this.pos++;
    let level = 0;
    for (;;) {
      if (this.accept(T.DOT)) level++;
      else if (this.accept(T.ELLIPSIS)) level += 3;
      else break;
    }
    const module = level > 0 && this.types[this.pos] === T.IMPORT ? null : this.dottedName();
    this.expect(T.IMPORT);
    const names: Alias[] = [];
    const a = this.pos;
    if (this.accept(T.STAR)) names.push(this.at(N.Alias('*', null), a));
    else if (this.accept(T.LPAR)) {
      do names.push(this.fromAlias());
      while (this.accept(T.COMMA) && this.types[this.pos] !== T.RPAR);
      this.expect(T.RPAR);
    } else {
      do names.push(this.fromAlias());
      while (this.accept(T.COMMA));
    }
    return this.at(N.ImportFrom(module, names, level), s);
  }

  private fromAlias(): Alias {
    const s = this.pos;
    const name = this.name();
    const asname = this.accept(T.AS) ? this.name() : null;
    return this.at(N.Alias(name, asname), s);
  }

  private typeAlias(): Stmt {
    const s = this.pos++;
    const name = this.at(N.Name(this.name(), 'Store'), s + 1);
    const params = this.typeParameters();
    this.expect(T.EQUAL);
    return this.at(N.TypeAlias(name, params, this.expression()), s);
  }

  private deleteStatement(): Stmt {
    const s = this.pos++;
    const targets: Expr[] = [];
    do {
      const target = this.primary();
      this.setContext(target, 'Del');
      targets.push(target);
    } while (this.accept(T.COMMA) && this.startsExpression());
    const next = this.types[this.pos];
    if (next !== T.SEMI && next !== T.NEWLINE) this.fail();
    return this.at(N.Delete(targets), s);
  }

  private expressionOrAssignment(): Stmt {
    const s = this.pos;
    const first = this.starExpressions();
    const type = this.types[this.pos]!;
    if (type === T.NEWLINE || type === T.SEMI) return this.at(N.ExprStmt(first), s);
    if (type === T.EQUAL) {
      const targets: Expr[] = [];
      let value = first;
      while (this.accept(T.EQUAL)) {
        this.setContext(value, 'Store');
        targets.push(value);
        value = this.annotatedRhs();
      }
      return this.at(N.Assign(targets, value), s);
    }
    const single = first.kind === 'Name' || first.kind === 'Attribute' || first.kind === 'Subscript';
    if (type === T.COLON && single) {
      const simple = first.kind === 'Name' && this.pos === s + 1 ? 1 : 0;
      this.pos++;
      this.setContext(first, 'Store');
      const annotation = this.expression();
      const value = this.accept(T.EQUAL) ? this.annotatedRhs() : null;
      return this.at(N.AnnAssign(first, annotation, value, simple), s);
    }
    const op = AUGMENTED[type];
    if (op !== undefined && single) {
      this.pos++;
      this.setContext(first, 'Store');
      return this.at(N.AugAssign(first, op, this.annotatedRhs()), s);
    }
    return this.at(N.ExprStmt(first), s);
  }
}
