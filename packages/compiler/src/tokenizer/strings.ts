// String literals and the text of f-strings. Mirrors the string half of CPython 3.13's Parser/lexer/lexer.c.
import { EOF, type FStringMode, TokenizerBase } from './state.ts';
import * as T from './token.ts';

const MAXFSTRINGLEVEL = 150;
const MAX_EXPR_NESTING = 3;

export class StringTokenizer extends TokenizerBase {
  /** A string literal without replacement fields; `quoteAt` is where its first quote stands. */
  protected string(start: number, quoteAt: number): boolean {
    const text = this.text;
    const quote = text.charCodeAt(quoteAt);
    const firstLine = this.lineno;
    const firstLineStart = this.lineStart;
    let size = 1;
    let p = quoteAt + 1;
    if (text.charCodeAt(p) === quote) {
      if (text.charCodeAt(p + 1) === quote) {
        size = 3;
        p += 2;
      } else {
        this.pos = p + 1;
        this.emit(T.STRING, start);
        return false;
      }
    }
    let run = 0;
    let escapedQuote = false;
    while (run !== size) {
      const c = p < text.length ? text.charCodeAt(p) : EOF;
      if (c === EOF || (size === 1 && c === 10)) {
        const detected = this.lineno;
        this.lineno = firstLine;
        this.lineStart = firstLineStart;
        this.pos = start + 1;
        const mode = this.modes[this.modes.length - 1];
        if (mode && mode.quote === quote && mode.quoteSize === size) this.syntaxError("f-string: expecting '}'");
        const what = size === 3 ? 'triple-quoted string' : 'string';
        const hint = escapedQuote && size === 1 ? '; perhaps you escaped the end quote?' : '';
        this.syntaxError(`unterminated ${what} literal (detected at line ${detected})${hint}`);
      }
      p++;
      if (c === quote) run++;
      else {
        run = 0;
        if (c === 92) {
          if (text.charCodeAt(p) === 10 && p < text.length) {
            this.pos = ++p;
            this.nextLine(true);
          } else if (text.charCodeAt(p++) === quote) escapedQuote = true;
        } else if (c === 10) {
          this.pos = p;
          this.nextLine(true);
        }
      }
    }
    this.pos = p;
    if (firstLine === this.lineno) this.emit(T.STRING, start);
    else this.emitAcross(T.STRING, start, p, firstLine);
    return false;
  }

  // --- f-strings ------------------------------------------------------------------------------------

  protected fstringStart(start: number, quoteAt: number, raw: boolean): boolean {
    const quote = this.text.charCodeAt(quoteAt);
    const triple = this.text.charCodeAt(quoteAt + 1) === quote && this.text.charCodeAt(quoteAt + 2) === quote;
    this.pos = quoteAt + (triple ? 3 : 1);
    if (this.modes.length + 1 >= MAXFSTRINGLEVEL) this.syntaxError('too many nested f-strings');
    this.modes.push({
      inExpression: false,
      quote,
      quoteSize: triple ? 3 : 1,
      raw,
      start,
      startLine: this.lineno,
      depth: 0,
      exprStartDepth: -1,
      inFormatSpec: false,
      inDebug: false,
    });
    this.emit(T.FSTRING_START, start);
    return false;
  }

  private startExpression(mode: FStringMode): void {
    mode.exprStartDepth++;
    if (mode.exprStartDepth >= MAX_EXPR_NESTING) this.syntaxError('f-string: expressions nested too deeply');
    mode.inExpression = true;
  }

  /** Text of an f-string up to a replacement field, a doubled brace, or the closing quotes. */
  protected fstringMode(mode: FStringMode): void {
    const text = this.text;
    const start = this.pos;
    const firstLine = this.lineno;
    if (text.charCodeAt(start) === 123 && text.charCodeAt(start + 1) !== 123) {
      this.startExpression(mode);
      return;
    }
    const q = mode.quote;
    if (text.charCodeAt(start) === q) {
      if (mode.quoteSize === 1 || (text.charCodeAt(start + 1) === q && text.charCodeAt(start + 2) === q)) {
        this.pos = start + mode.quoteSize;
        this.modes.pop();
        this.emit(T.FSTRING_END, start);
        return;
      }
    }
    let unicodeEscape = false;
    let run = 0;
    let p = start;
    while (run !== mode.quoteSize) {
      const c = p < text.length ? text.charCodeAt(p) : EOF;
      const inFormatSpec = mode.inFormatSpec && mode.exprStartDepth >= 0;
      if (c === EOF || (mode.quoteSize === 1 && c === 10)) {
        if (inFormatSpec && c === 10) {
          // A newline ends the format specifier of a single-quoted f-string.
          this.pos = p;
          mode.inExpression = true;
          mode.inFormatSpec = false;
          this.emitAcross(T.FSTRING_MIDDLE, start, p, firstLine);
          return;
        }
        this.unterminatedFString(mode);
      }
      p++;
      if (c === q) {
        run++;
        continue;
      }
      run = 0;
      if (c === 10) {
        this.pos = p;
        this.nextLine(true);
      } else if (c === 123) {
        if (text.charCodeAt(p) !== 123 || inFormatSpec) {
          this.pos = p - 1;
          this.startExpression(mode);
          mode.inFormatSpec = false;
          this.emitAcross(T.FSTRING_MIDDLE, start, p - 1, firstLine);
        } else {
          this.doubledBrace(start, p, firstLine);
        }
        return;
      } else if (c === 125) {
        if (unicodeEscape) {
          this.pos = p;
          this.emitAcross(T.FSTRING_MIDDLE, start, p, firstLine);
        } else if (text.charCodeAt(p) === 125 && !inFormatSpec && mode.depth === 0) {
          this.doubledBrace(start, p, firstLine);
        } else {
          this.pos = p - 1;
          mode.inExpression = true;
          this.emitAcross(T.FSTRING_MIDDLE, start, p - 1, firstLine);
        }
        return;
      } else if (c === 92) {
        const peek = p < text.length ? text.charCodeAt(p) : EOF;
        if (peek === 123 || peek === 125) {
          if (!mode.raw) this.warn(`invalid escape sequence '\\${String.fromCharCode(peek)}'`);
          continue;
        }
        if (peek !== EOF) p++;
        if (peek === 10) {
          this.pos = p;
          this.nextLine(true);
        }
        if (!mode.raw && peek === 78 && text.charCodeAt(p) === 123) {
          unicodeEscape = true;
          p++;
        }
      }
    }
    this.pos = p - mode.quoteSize;
    this.emitAcross(T.FSTRING_MIDDLE, start, this.pos, firstLine);
  }

  /** Text that ends with the first of two braces; its place covers both. */
  private doubledBrace(start: number, end: number, line: number): void {
    this.pos = end + 1;
    this.emitAcross(T.FSTRING_MIDDLE, start, end, line);
    this.tokens.endCol[this.tokens.count - 1]!++;
  }

  private unterminatedFString(mode: FStringMode): never {
    const detected = this.lineno;
    this.lineno = mode.startLine;
    this.lineStart = this.source.lineStarts[mode.startLine - 1]!;
    this.pos = mode.start + 1;
    const what = mode.quoteSize === 3 ? 'triple-quoted f-string' : 'f-string';
    return this.syntaxError(`unterminated ${what} literal (detected at line ${detected})`);
  }
}
