// What all parts of the tokenizer share: where it stands, the tokens it has made, and its errors. Mirrors the
// tok_state of CPython 3.13's Parser/lexer/state.h.
import type { SyntaxErrorKind } from '../errors.ts';
import type { Source } from './source.ts';
import { TokenList } from './tokens.ts';
import { codePoints } from './utf8.ts';

export const EOF = -1;

/** One entry of the mode stack: an f-string being read. */
export interface FStringMode {
  inExpression: boolean;
  quote: number;
  quoteSize: number;
  raw: boolean;
  start: number;
  startLine: number;
  /** Brackets open inside this f-string, and at which depth each replacement field began. */
  depth: number;
  exprStartDepth: number;
  inFormatSpec: boolean;
  inDebug: boolean;
}

export interface TokenizerWarning {
  message: string;
  lineno: number;
  token: number;
}

/** How CPython's tokenizer ended: an error with a place of its own, or one placed by the parser. */
export interface TokenizerError {
  kind: SyntaxErrorKind;
  msg: string;
  /** 'range': placed by the tokenizer. 'last': at the last token. 'line': column given, no end. 'eof': end of file. */
  where: 'range' | 'last' | 'line' | 'eof';
  lineno: number;
  offset: number;
  endOffset: number;
  /** Met while an f-string was being read: does not override an error of the grammar. */
  inFString: boolean;
}

class Stop {}
/** Thrown when the error is known: the tokens so far stand. */
export const STOP = new Stop();

export class TokenizerBase {
  readonly source: Source;
  readonly text: string;
  readonly tokens: TokenList;
  readonly warnings: TokenizerWarning[] = [];
  error: TokenizerError | null = null;
  pos = 0;
  lineno = 0;
  lineStart = 0;
  /** bufferStart[n]: where CPython's buffer began while line n was read (earlier if a token or `\` spans lines). */
  readonly bufferStart: number[] = [0];
  readonly parenChar: number[] = [];
  readonly parenLine: number[] = [];
  readonly parenCol: number[] = [];
  protected modes: FStringMode[] = [];

  constructor(source: Source) {
    this.source = source;
    this.text = source.text;
    this.tokens = new TokenList(Math.max(64, source.text.length >> 2));
  }

  /** Entering a line: CPython reads it into its buffer at this moment. */
  protected loadLine(insideToken: boolean): void {
    this.lineStart = this.pos;
    this.bufferStart[this.lineno + 1] = insideToken ? this.bufferStart[this.lineno]! : this.pos;
    this.lineno++;
  }

  /** After a newline at pos-1. */
  protected nextLine(insideToken: boolean): void {
    if (this.pos < this.text.length) this.loadLine(insideToken);
  }

  protected push(type: number, start: number, end: number, line: number, col: number, endCol: number): void {
    const t = this.tokens;
    const i = t.count;
    if (i === t.type.length) t.grow();
    t.type[i] = type;
    t.start[i] = start;
    t.end[i] = end;
    t.line[i] = line;
    t.endLine[i] = this.lineno;
    t.col[i] = col;
    t.endCol[i] = endCol;
    t.text[i] = '';
    t.count = i + 1;
  }

  /** A token that ends at pos on the line where it starts. */
  protected emit(type: number, start: number): void {
    const col = this.source.col(this.lineno, start);
    const end = this.pos;
    const endCol = this.source.ascii ? col + end - start : this.source.col(this.lineno, end);
    this.push(type, start, end, this.lineno, col, endCol);
  }

  protected emitAcross(type: number, start: number, end: number, line: number): void {
    const col = this.source.col(line, start);
    this.push(type, start, end, line, col, this.source.col(this.lineno, end));
  }

  // --- errors -----------------------------------------------------------------------------------

  /** CPython's syntaxerror(): the caret stands on the character before `cur`. */
  syntaxError(msg: string, cur: number = this.pos): never {
    const offset = codePoints(this.text, this.lineStart, cur);
    return this.syntaxErrorRange(msg, offset, offset);
  }

  syntaxErrorRange(msg: string, offset: number, endOffset: number): never {
    const inFString = this.modes.length > 0;
    this.error = { kind: 'SyntaxError', msg, where: 'range', lineno: this.lineno, offset, endOffset, inFString };
    throw STOP;
  }

  protected fail(kind: SyntaxErrorKind, msg: string, where: 'last' | 'line' | 'eof', col: number): never {
    const inFString = this.modes.length > 0;
    this.error = { kind, msg, where, lineno: this.lineno, offset: col, endOffset: -1, inFString };
    throw STOP;
  }

  protected unexpectedEnd(): never {
    return this.fail('SyntaxError', 'unexpected EOF while parsing', 'eof', 0);
  }

  protected tabError(): never {
    this.pos = this.lineEnd();
    return this.fail('TabError', 'inconsistent use of tabs and spaces in indentation', 'line', 0);
  }

  /** Where the current line ends, its newline included. */
  protected lineEnd(): number {
    return this.source.lineStarts[this.lineno] ?? this.text.length;
  }

  warn(message: string): void {
    this.warnings.push({ message, lineno: this.lineno, token: this.tokens.count });
  }
}
