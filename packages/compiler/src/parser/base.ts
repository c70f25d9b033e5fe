// What all parts of the fast parser stand on: the cursor over the tokens, positions, and the way to give up.
// The fast parser says only yes or no; on a no the error pass (./errors/) finds CPython's message.
import type { Position } from '../ast.ts';
import * as T from '../tokenizer/token.ts';
import type { Tokenizer } from '../tokenizer/tokenizer.ts';
import type { LiteralContext } from './literals.ts';

/** What a caller decides about literals. */
export interface LiteralOptions {
  resolveCharName: (name: string) => number;
  intMaxStrDigits: number;
  /** The source holds bytes that are not UTF-8. */
  undecoded: boolean;
}

/** Thrown when the source is not Python: one constant, no stack. */
export const REFUSED: unique symbol = Symbol('refused');

export interface ParserWarning {
  message: string;
  lineno: number;
  /** The last token read when the warning was given: their order. */
  token: number;
}

/** Tokens that can begin an expression. */
const STARTS = new Uint8Array(128);
for (const t of [T.NAME, T.NUMBER, T.STRING, T.FSTRING_START, T.LPAR, T.LSQB, T.LBRACE, T.MINUS, T.PLUS, T.TILDE]) {
  STARTS[t] = 1;
}
for (const t of [T.STAR, T.NOT, T.LAMBDA, T.AWAIT, T.NONE, T.TRUE, T.FALSE, T.ELLIPSIS]) STARTS[t] = 1;

/** CPython's parser refuses to nest its rules deeper than 6000; below this estimate that cannot be reached. */
const DEPTH_TO_CHECK = 4500;

export class ParserBase {
  protected readonly tok: Tokenizer;
  protected readonly source: string;
  protected readonly types: Uint8Array;
  protected readonly lines: Int32Array;
  protected readonly cols: Int32Array;
  protected readonly endLines: Int32Array;
  protected readonly endCols: Int32Array;
  protected readonly texts: string[];
  protected readonly literals: LiteralContext;
  readonly warnings: ParserWarning[] = [];
  pos = 0;
  /** An upper estimate of the nesting of CPython's rules at the cursor, and whether it became doubtful. */
  protected depth = 40;
  mayBeTooDeep = false;

  /** The token whose literal is being decoded. */
  protected literalToken = 0;

  constructor(tok: Tokenizer, options: LiteralOptions) {
    this.tok = tok;
    this.source = tok.text;
    const t = tok.tokens;
    this.types = t.type;
    this.lines = t.line;
    this.cols = t.col;
    this.endLines = t.endLine;
    this.endCols = t.endCol;
    this.texts = t.text;
    const warn = (message: string): void => {
      this.warnings.push({ message, lineno: this.lines[this.literalToken]!, token: this.pos - 1 });
    };
    this.literals = { ...options, warn };
  }

  protected fail(): never {
    throw REFUSED;
  }

  protected expect(type: number): void {
    if (this.types[this.pos] !== type) throw REFUSED;
    this.pos++;
  }

  protected accept(type: number): boolean {
    if (this.types[this.pos] !== type) return false;
    this.pos++;
    return true;
  }

  protected name(): string {
    if (this.types[this.pos] !== T.NAME) throw REFUSED;
    return this.texts[this.pos++]!;
  }

  protected startsExpression(): boolean {
    return STARTS[this.types[this.pos]!] === 1;
  }

  /** Gives `node` the place from token `s` to the last one read. */
  protected at<N extends Position>(node: N, s: number): N {
    const e = this.pos - 1;
    node.lineno = this.lines[s]!;
    node.col_offset = this.cols[s]!;
    node.end_lineno = this.endLines[e]!;
    node.end_col_offset = this.endCols[e]!;
    return node;
  }

  /** As `at`, for a node that ends with a block: NEWLINE, INDENT and DEDENT are not part of it. */
  protected atBlock<N extends Position>(node: N, s: number): N {
    let e = this.pos - 1;
    for (;;) {
      const t = this.types[e]!;
      if (t !== T.NEWLINE && t !== T.DEDENT && t !== T.INDENT && t !== T.ENDMARKER) break;
      e--;
    }
    node.lineno = this.lines[s]!;
    node.col_offset = this.cols[s]!;
    node.end_lineno = this.endLines[e]!;
    node.end_col_offset = this.endCols[e]!;
    return node;
  }

  protected deeper(by: number): void {
    this.depth += by;
    if (this.depth > DEPTH_TO_CHECK) this.mayBeTooDeep = true;
  }

  protected tokenText(i: number): string {
    return this.source.slice(this.tok.tokens.start[i]!, this.tok.tokens.end[i]!);
  }
}
