// Compound statements and whole files: the top of the fast parser.
import type { Expr, ExceptHandler, MatchCase, Mod, Stmt, WithItem } from '../ast.ts';
import * as T from '../tokenizer/token.ts';
import { REFUSED } from './base.ts';
import * as N from './nodes.ts';
import { SimpleStatementParser } from './simple.ts';

const BLOCK_DEPTH = 12;

interface PendingElif {
  s: number;
  test: Expr;
  body: Stmt[];
}

export class FastParser extends SimpleStatementParser {
  /** Where the top-level statement being read begins. */
  statementStart = 0;

  file(mode: 'exec' | 'eval' | 'single'): Mod {
    if (mode === 'eval') {
      const body = this.expressions();
      while (this.accept(T.NEWLINE));
      this.expect(T.ENDMARKER);
      return N.Expression(body);
    }
    const body: Stmt[] = [];
    if (mode === 'single') {
      this.interactive(body);
      return N.Interactive(body);
    }
    while (this.types[this.pos] !== T.ENDMARKER) {
      this.statementStart = this.pos;
      this.statement(body);
    }
    return N.Module(body, []);
  }

  /** expressions: like star_expressions, without stars. */
  private expressions(): Expr {
    const s = this.pos;
    const first = this.expression();
    if (this.types[this.pos] !== T.COMMA) return first;
    const elts = [first];
    while (this.accept(T.COMMA)) {
      if (!this.startsExpression()) break;
      elts.push(this.expression());
    }
    return this.at(N.Tuple(elts, 'Load'), s);
  }

  private interactive(body: Stmt[]): void {
    const s = this.pos;
    const type = this.types[s];
    if (type === T.NEWLINE) {
      this.pos++;
      body.push(this.at(N.Pass(), s));
      return;
    }
    if (type === T.ENDMARKER) this.fail();
    const compound = this.compound(s);
    if (compound === null) this.simpleStatements(body);
    else {
      body.push(compound);
      this.expect(T.NEWLINE);
    }
  }

  private statement(into: Stmt[]): void {
    const compound = this.compound(this.pos);
    if (compound !== null) into.push(compound);
    else this.simpleStatements(into);
  }

  private compound(s: number): Stmt | null {
    switch (this.types[s]) {
      case T.IF:
        return this.ifStatement();
      case T.DEF:
        return this.functionDef([], s);
      case T.CLASS:
        return this.classDef([]);
      case T.FOR:
        return this.forStatement(s);
      case T.WITH:
        return this.withStatement(s);
      case T.TRY:
        return this.tryStatement();
      case T.WHILE: {
        this.pos++;
        const test = this.namedExpression();
        this.expect(T.COLON);
        const body = this.block();
        const orelse = this.elseBlock();
        return this.atBlock(N.While(test, body, orelse), s);
      }
      case T.AT:
        return this.decorated();
      case T.ASYNC:
        this.pos++;
        switch (this.types[this.pos]) {
          case T.DEF:
            return this.functionDef([], s);
          case T.FOR:
            return this.forStatement(s);
          case T.WITH:
            return this.withStatement(s);
        }
        return this.fail();
      case T.NAME:
        if (this.texts[s] === 'match' && this.isMatchStatement()) return this.matchStatement();
    }
    return null;
  }

  protected block(): Stmt[] {
    const body: Stmt[] = [];
    if (!this.accept(T.NEWLINE)) {
      this.simpleStatements(body);
      return body;
    }
    this.expect(T.INDENT);
    this.deeper(BLOCK_DEPTH);
    while (this.types[this.pos] !== T.DEDENT) this.statement(body);
    this.depth -= BLOCK_DEPTH;
    this.pos++;
    return body;
  }

  private elseBlock(): Stmt[] {
    if (!this.accept(T.ELSE)) return [];
    this.expect(T.COLON);
    return this.block();
  }

  private ifStatement(): Stmt {
    const pending: PendingElif[] = [];
    let orelse: Stmt[];
    for (;;) {
      const s = this.pos++;
      const test = this.namedExpression();
      this.expect(T.COLON);
      pending.push({ s, test, body: this.block() });
      this.deeper(2);
      if (this.types[this.pos] !== T.ELIF) break;
    }
    orelse = this.elseBlock();
    this.depth -= 2 * pending.length;
    for (let i = pending.length - 1; i >= 0; i--) {
      const p = pending[i]!;
      orelse = [this.atBlock(N.If(p.test, p.body, orelse), p.s)];
    }
    return orelse[0]!;
  }

  private forStatement(s: number): Stmt {
    this.pos++;
    const target = this.starTargets();
    this.expect(T.IN);
    const iter = this.starExpressions();
    this.expect(T.COLON);
    const body = this.block();
    const orelse = this.elseBlock();
    const make = this.types[s] === T.ASYNC ? N.AsyncFor : N.For;
    return this.atBlock(make(target, iter, body, orelse), s);
  }

  private withStatement(s: number): Stmt {
    this.pos++;
    const items = this.parenthesizedItems() ?? this.withItems(T.COLON);
    this.expect(T.COLON);
    const body = this.block();
    const make = this.types[s] === T.ASYNC ? N.AsyncWith : N.With;
    return this.atBlock(make(items, body), s);
  }

  private withItems(close: number): WithItem[] {
    const items: WithItem[] = [];
    do {
      const context = this.expression();
      let target: Expr | null = null;
      if (this.accept(T.AS)) {
        target = this.starTarget();
        const next = this.types[this.pos];
        if (next !== T.COMMA && next !== T.RPAR && next !== T.COLON) this.fail();
      }
      items.push(N.WithItem(context, target));
    } while (this.accept(T.COMMA) && (close === T.COLON || this.types[this.pos] !== close));
    return items;
  }

  /** '(' items ')' when the closing parenthesis stands before the colon and what is inside are items. */
  private parenthesizedItems(): WithItem[] | null {
    const open = this.pos;
    if (this.types[open] !== T.LPAR) return null;
    let level = 0;
    let close = open;
    for (; ; close++) {
      const type = this.types[close];
      if (type === T.LPAR || type === T.LSQB || type === T.LBRACE) level++;
      else if (type === T.RPAR || type === T.RSQB || type === T.RBRACE) {
        if (--level === 0) break;
      } else if (type === T.ENDMARKER || type === T.ERRORTOKEN) this.fail();
    }
    if (this.types[close + 1] !== T.COLON) return null;
    const depth = this.depth;
    const warned = this.warnings.length;
    try {
      this.pos++;
      const items = this.withItems(T.RPAR);
      this.expect(T.RPAR);
      if (this.types[this.pos] === T.COLON) return items;
    } catch (e) {
      if (e !== REFUSED) throw e;
    }
    this.pos = open;
    this.depth = depth;
    this.warnings.length = warned;
    return null;
  }

  private tryStatement(): Stmt {
    const s = this.pos++;
    this.expect(T.COLON);
    const body = this.block();
    const handlers: ExceptHandler[] = [];
    let star = false;
    while (this.types[this.pos] === T.EXCEPT) {
      const h = this.pos++;
      const starred = this.accept(T.STAR);
      if (handlers.length > 0 && starred !== star) this.fail();
      star = starred;
      let type: Expr | null = null;
      let name: string | null = null;
      if (starred || this.types[this.pos] !== T.COLON) {
        type = this.expression();
        if (this.accept(T.AS)) name = this.name();
      }
      this.expect(T.COLON);
      handlers.push(this.atBlock(N.ExceptHandler(type, name, this.block()), h));
    }
    const orelse = handlers.length > 0 ? this.elseBlock() : [];
    let finalbody: Stmt[] = [];
    if (this.accept(T.FINALLY)) {
      this.expect(T.COLON);
      finalbody = this.block();
    } else if (handlers.length === 0) this.fail();
    return this.atBlock((star ? N.TryStar : N.Try)(body, handlers, orelse, finalbody), s);
  }

  private decorated(): Stmt {
    const decorators: Expr[] = [];
    while (this.accept(T.AT)) {
      decorators.push(this.namedExpression());
      this.expect(T.NEWLINE);
    }
    const s = this.pos;
    const type = this.types[s];
    if (type === T.CLASS) return this.classDef(decorators);
    if (type === T.ASYNC) this.pos++;
    if (this.types[this.pos] !== T.DEF) this.fail();
    return this.functionDef(decorators, s);
  }

  private functionDef(decorators: Expr[], s: number): Stmt {
    this.pos++;
    const name = this.name();
    const typeParams = this.typeParameters();
    this.expect(T.LPAR);
    const args = this.parameters(false);
    this.expect(T.RPAR);
    const returns = this.accept(T.RARROW) ? this.expression() : null;
    this.expect(T.COLON);
    const body = this.block();
    const make = this.types[s] === T.ASYNC ? N.AsyncFunctionDef : N.FunctionDef;
    return this.atBlock(make(name, args, body, decorators, returns, typeParams), s);
  }

  private classDef(decorators: Expr[]): Stmt {
    const s = this.pos++;
    const node = N.ClassDef(this.name(), [], [], [], decorators, []);
    node.type_params = this.typeParameters();
    if (this.accept(T.LPAR)) {
      if (this.types[this.pos] !== T.RPAR) this.callArguments(node.bases, node.keywords, -1);
      this.expect(T.RPAR);
    }
    this.expect(T.COLON);
    node.body = this.block();
    return this.atBlock(node, s);
  }

  /** `match` begins a statement only if its line ends with a colon and a `case` block follows. */
  private isMatchStatement(): boolean {
    let i = this.pos;
    while (this.types[i] !== T.NEWLINE) {
      if (this.types[i] === T.ENDMARKER || this.types[i] === T.ERRORTOKEN) return false;
      i++;
    }
    if (i < this.pos + 3 || this.types[i - 1] !== T.COLON || this.types[i + 1] !== T.INDENT) return false;
    return this.types[i + 2] === T.NAME && this.texts[i + 2] === 'case';
  }

  private matchStatement(): Stmt {
    const s = this.pos++;
    const e = this.pos;
    let subject = this.starNamedExpression();
    if (this.types[this.pos] === T.COMMA) {
      const elts = [subject];
      while (this.accept(T.COMMA)) {
        if (!this.startsExpression()) break;
        elts.push(this.starNamedExpression());
      }
      subject = this.at(N.Tuple(elts, 'Load'), e);
    } else if (subject.kind === 'Starred') this.fail();
    this.expect(T.COLON);
    this.expect(T.NEWLINE);
    this.expect(T.INDENT);
    this.deeper(BLOCK_DEPTH);
    const cases: MatchCase[] = [];
    while (this.types[this.pos] === T.NAME && this.texts[this.pos] === 'case') {
      this.pos++;
      const pattern = this.patterns();
      const guard = this.accept(T.IF) ? this.namedExpression() : null;
      this.expect(T.COLON);
      cases.push(N.MatchCase(pattern, guard, this.block()));
    }
    this.depth -= BLOCK_DEPTH;
    if (cases.length === 0) this.fail();
    this.expect(T.DEDENT);
    return this.atBlock(N.Match(subject, cases), s);
  }
}
