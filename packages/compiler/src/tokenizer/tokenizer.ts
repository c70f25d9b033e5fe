// The tokenizer: the whole source into a TokenList, up to ENDMARKER or to the first error. Mirrors CPython 3.13's
// Parser/lexer/lexer.c. An error is kept beside the ERRORTOKEN and thrown only when a parser gets there, because
// CPython tokenizes on demand and reports a grammar error in front of it first.
import type { SyntaxErrorKind } from '../errors.ts';
import { CLASS, DIGIT, IDENTIFIER_START, invalidIdentifierAt, isDigit, isPrintable } from './chars.ts';
import { scanNumber } from './numbers.ts';
import { oneChar, thirdChar, twoChars } from './operators.ts';
import { type Source, codePoints, escapedByteError, utf8Length } from './source.ts';
import * as T from './token.ts';
import { TokenList } from './tokens.ts';

const MAXINDENT = 100;
const MAXLEVEL = 200;
const MAXFSTRINGLEVEL = 150;
const MAX_EXPR_NESTING = 3;
const TABSIZE = 8;
const EOF = -1;

/** One entry of the mode stack: an f-string being read. */
interface FStringMode {
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
const STOP = new Stop();

export class Tokenizer {
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
  private indents: number[] = [0];
  private altIndents: number[] = [0];
  private pendin = 0;
  private atbol = true;
  private modes: FStringMode[] = [];

  constructor(source: Source) {
    this.source = source;
    this.text = source.text;
    this.tokens = new TokenList(Math.max(64, source.text.length >> 2));
  }

  run(): this {
    try {
      if (this.text.length > 0) this.loadLine(false);
      for (;;) {
        const mode = this.modes.length > 0 ? this.modes[this.modes.length - 1]! : null;
        if (mode !== null && !mode.inExpression) this.fstringMode(mode);
        else if (this.normalMode(mode)) break;
      }
    } catch (e) {
      if (e !== STOP) throw e;
      this.push(T.ERRORTOKEN, this.pos, this.pos, Math.max(this.lineno, 1), -1, -1);
    }
    return this;
  }

  /** For a single interactive statement the first ENDMARKER counts as a NEWLINE; open blocks end behind it. */
  implyNewline(): void {
    const t = this.tokens;
    if (t.count < 2 || this.error !== null) return;
    t.type[t.count - 1] = T.NEWLINE;
    const at = this.pos;
    for (let k = 1; k < this.indents.length; k++) this.push(T.DEDENT, at, at, this.lineno, -1, -1);
    this.push(T.ENDMARKER, at, at, this.lineno, -1, -1);
  }

  /** Entering a line: CPython reads it into its buffer at this moment. */
  private loadLine(insideToken: boolean): void {
    this.lineStart = this.pos;
    this.bufferStart[this.lineno + 1] = insideToken ? this.bufferStart[this.lineno]! : this.pos;
    this.lineno++;
  }

  /** After a newline at pos-1. */
  private nextLine(insideToken: boolean): void {
    if (this.pos < this.text.length) this.loadLine(insideToken);
  }

  private push(type: number, start: number, end: number, line: number, col: number, endCol: number): void {
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
  private emit(type: number, start: number): void {
    const col = this.source.col(this.lineno, start);
    const end = this.pos;
    const endCol = this.source.ascii ? col + end - start : this.source.col(this.lineno, end);
    this.push(type, start, end, this.lineno, col, endCol);
  }

  private emitAcross(type: number, start: number, end: number, line: number): void {
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

  private fail(kind: SyntaxErrorKind, msg: string, where: 'last' | 'line' | 'eof', col: number): never {
    const inFString = this.modes.length > 0;
    this.error = { kind, msg, where, lineno: this.lineno, offset: col, endOffset: -1, inFString };
    throw STOP;
  }

  private unexpectedEnd(): never {
    return this.fail('SyntaxError', 'unexpected EOF while parsing', 'eof', 0);
  }

  private tabError(): never {
    this.pos = this.lineEnd();
    return this.fail('TabError', 'inconsistent use of tabs and spaces in indentation', 'line', 0);
  }

  /** Where the current line ends, its newline included. */
  private lineEnd(): number {
    return this.source.lineStarts[this.lineno] ?? this.text.length;
  }

  warn(message: string): void {
    this.warnings.push({ message, lineno: this.lineno, token: this.tokens.count });
  }

  /** After a backslash at pos-1: it must end its line, and another line must follow. */
  private continuationLine(insideToken: boolean): void {
    if (this.text.charCodeAt(this.pos) !== 10) {
      // The character was read: the caret stands behind the backslash, from the buffer's start on.
      const start = this.bufferStart[this.lineno]!;
      const read = this.pos < this.text.length ? this.pos + 1 : this.pos;
      const col = utf8Length(this.text, start, read) - 1;
      if (this.pos < this.text.length) this.pos = read;
      this.fail('SyntaxError', 'unexpected character after line continuation character', 'line', col);
    }
    this.pos++;
    if (this.pos >= this.text.length) this.unexpectedEnd();
    this.nextLine(insideToken);
  }

  // --- normal mode --------------------------------------------------------------------------------

  /** Reads the next token, with the INDENT or DEDENTs in front of it; true at the end of the file. */
  private normalMode(mode: FStringMode | null): boolean {
    const text = this.text;
    for (;;) {
      let blankLine = false;
      if (this.atbol) {
        this.atbol = false;
        blankLine = this.indentation();
        if (this.pendin !== 0) this.emitIndents();
      }
      // Skip spaces.
      let c: number;
      for (;;) {
        c = this.pos < text.length ? text.charCodeAt(this.pos) : EOF;
        if (c !== 32 && c !== 9 && c !== 12) break;
        this.pos++;
      }
      // CPython's NEWLINE begins where the comment in front of it does.
      const beforeComment = this.pos;
      if (c === 35 /* # */) {
        const end = text.indexOf('\n', this.pos);
        this.pos = end < 0 ? text.length : end;
        c = end < 0 ? EOF : 10;
      }
      if (c === EOF) return this.endOfFile();
      if (c === 10) {
        this.pos++;
        this.atbol = true;
        if (blankLine || this.parenChar.length > 0) {
          this.nextLine(false);
          continue;
        }
        this.emit(T.NEWLINE, beforeComment);
        this.nextLine(false);
        return false;
      }
      if (c === 92 /* \ */) {
        this.pos++;
        this.continuationLine(true);
        continue;
      }
      if (c >= 128 || CLASS[c]! & IDENTIFIER_START) return this.identifier(c);
      if (CLASS[c]! & DIGIT || (c === 46 && isDigit(text.charCodeAt(this.pos + 1)))) {
        const start = this.pos;
        scanNumber(this);
        this.emit(T.NUMBER, start);
        return false;
      }
      if (c === 34 || c === 39) return this.string(this.pos, this.pos);
      return this.operator(c, mode);
    }
  }

  private endOfFile(): boolean {
    if (this.parenChar.length > 0) this.unexpectedEnd();
    this.push(T.ENDMARKER, this.pos, this.pos, this.lineno, -1, -1);
    return true;
  }

  /** Measures the indentation at the start of a line; true if the line is blank or holds only a comment. */
  private indentation(): boolean {
    const text = this.text;
    let col = 0;
    let altcol = 0;
    let contLineCol = 0;
    let c: number;
    for (;;) {
      c = this.pos < text.length ? text.charCodeAt(this.pos) : EOF;
      if (c === 32) {
        col++;
        altcol++;
      } else if (c === 9) {
        col = (Math.floor(col / TABSIZE) + 1) * TABSIZE;
        altcol++;
      } else if (c === 12) {
        col = altcol = 0;
      } else if (c === 92) {
        // Indentation split by a backslash: only the first line's counts.
        contLineCol = contLineCol || col;
        this.pos++;
        this.continuationLine(false);
        continue;
      } else break;
      this.pos++;
    }
    if (c === 35 || c === 10) return true;
    if (this.parenChar.length > 0) return false;
    if (contLineCol) col = altcol = contLineCol;
    const indents = this.indents;
    const alts = this.altIndents;
    let top = indents.length - 1;
    if (col === indents[top]) {
      if (altcol !== alts[top]) this.tabError();
    } else if (col > indents[top]!) {
      if (top + 1 >= MAXINDENT) {
        this.pos = this.lineEnd();
        this.fail('IndentationError', 'too many levels of indentation', 'line', 0);
      }
      if (altcol <= alts[top]!) this.tabError();
      this.pendin++;
      indents.push(col);
      alts.push(altcol);
    } else {
      while (top > 0 && col < indents[top]!) {
        this.pendin--;
        indents.pop();
        alts.pop();
        top--;
      }
      if (col !== indents[top]) {
        this.pos = this.lineEnd();
        this.fail('IndentationError', 'unindent does not match any outer indentation level', 'last', 0);
      }
      if (altcol !== alts[top]) this.tabError();
    }
    return false;
  }

  private emitIndents(): void {
    const at = this.pos;
    for (; this.pendin < 0; this.pendin++) this.push(T.DEDENT, at, at, this.lineno, -1, -1);
    for (; this.pendin > 0; this.pendin--) this.push(T.INDENT, at, at, this.lineno, -1, -1);
  }

  private identifier(first: number): boolean {
    const text = this.text;
    const start = this.pos;
    let p = start;
    let c = first;
    // A string prefix, if letters of one come and a quote after them.
    let b = false;
    let u = false;
    let r = false;
    let f = false;
    for (;;) {
      if (!(b || u || f) && (c === 98 || c === 66)) b = true;
      else if (!(b || u || r || f) && (c === 117 || c === 85)) u = true;
      else if (!(r || u) && (c === 114 || c === 82)) r = true;
      else if (!(f || b || u) && (c === 102 || c === 70)) f = true;
      else break;
      c = text.charCodeAt(++p);
      if (c === 34 || c === 39) return f ? this.fstringStart(start, p, r) : this.string(start, p);
    }
    let nonascii = false;
    while (c >= 128 || CLASS[c]! & (IDENTIFIER_START | DIGIT)) {
      if (c >= 128) nonascii = true;
      c = text.charCodeAt(++p);
    }
    let word = text.slice(start, p);
    if (nonascii) {
      const undecoded = this.source.undecoded ? escapedByteError(word, false) : null;
      if (undecoded !== null) {
        this.pos = p;
        this.fail('SyntaxError', undecoded, 'last', 0);
      }
      const bad = invalidIdentifierAt(word);
      if (bad >= 0) {
        const cp = word.codePointAt(bad)!;
        const hex = cp.toString(16).toUpperCase().padStart(4, '0');
        const char = String.fromCodePoint(cp);
        const msg = isPrintable(cp) ? `invalid character '${char}' (U+${hex})` : `invalid non-printable character U+${hex}`;
        this.syntaxError(msg, start + bad + char.length);
      }
      word = word.normalize('NFKC');
    }
    this.pos = p;
    const length = p - start;
    const keyword = length >= 2 && length <= 8 && !nonascii ? T.KEYWORDS.get(word) : undefined;
    this.emit(keyword ?? T.NAME, start);
    if (keyword === undefined) this.tokens.text[this.tokens.count - 1] = word;
    return false;
  }

  /** A string literal without replacement fields; `quoteAt` is where its first quote stands. */
  private string(start: number, quoteAt: number): boolean {
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

  private operator(c: number, mode: FStringMode | null): boolean {
    const start = this.pos;
    const text = this.text;
    if (mode !== null && (c === 58 || c === 125 || c === 33 || c === 123) && mode.exprStartDepth >= 0) {
      // `{` is met before its depth is counted, the others after.
      const cursor = mode.depth - (c !== 123 ? 1 : 0);
      if (c === 58 && cursor === mode.exprStartDepth) {
        mode.inExpression = false;
        mode.inFormatSpec = true;
        this.pos = start + 1;
        this.emit(T.COLON, start);
        return false;
      }
    }
    const d = text.charCodeAt(start + 1);
    const two = twoChars(c, d);
    if (two !== 0) {
      const three = thirdChar(two, text.charCodeAt(start + 2));
      this.pos = start + (three !== 0 ? 3 : 2);
      this.emit(three !== 0 ? three : two, start);
      return false;
    }
    if (c === 46 && d === 46 && text.charCodeAt(start + 2) === 46) {
      this.pos = start + 3;
      this.emit(T.ELLIPSIS, start);
      return false;
    }
    this.pos = start + 1;
    if (c === 40 || c === 91 || c === 123) {
      if (this.parenChar.length >= MAXLEVEL) this.syntaxError('too many nested parentheses');
      this.parenChar.push(c);
      this.parenLine.push(this.lineno);
      this.parenCol.push(this.source.col(this.lineno, start));
      if (mode !== null) mode.depth++;
    } else if (c === 41 || c === 93 || c === 125) this.closing(c, mode);
    else if (!isPrintable(c)) {
      this.syntaxError(`invalid non-printable character U+${c.toString(16).toUpperCase().padStart(4, '0')}`);
    } else if (c === 61 && mode !== null && mode.depth - mode.exprStartDepth === 1) mode.inDebug = true;
    this.emit(oneChar(c), start);
    return false;
  }

  private closing(c: number, mode: FStringMode | null): void {
    const char = String.fromCharCode(c);
    if (mode !== null && mode.depth === 0 && c === 125) this.syntaxError("f-string: single '}' is not allowed");
    if (this.parenChar.length === 0) this.syntaxError(`unmatched '${char}'`);
    const opening = this.parenChar.pop()!;
    const line = this.parenLine.pop()!;
    this.parenCol.pop();
    if (!(c === 41 ? opening === 40 : opening === c - 2)) {
      if (mode !== null && opening === 123 && mode.depth - 1 === mode.exprStartDepth) {
        this.syntaxError(`f-string: unmatched '${char}'`);
      }
      const on = line !== this.lineno ? ` on line ${line}` : '';
      const open = String.fromCharCode(opening);
      this.syntaxError(`closing parenthesis '${char}' does not match opening parenthesis '${open}'${on}`);
    }
    if (mode !== null) {
      mode.depth--;
      if (mode.depth < 0) this.syntaxError(`f-string: unmatched '${char}'`);
      if (c === 125 && mode.depth === mode.exprStartDepth) {
        mode.exprStartDepth--;
        mode.inExpression = false;
        mode.inFormatSpec = false;
        mode.inDebug = false;
      }
    }
  }

  // --- f-strings ------------------------------------------------------------------------------------

  private fstringStart(start: number, quoteAt: number, raw: boolean): boolean {
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
  private fstringMode(mode: FStringMode): void {
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
