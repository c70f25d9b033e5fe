// The tokenizer: the whole source into a TokenList, up to ENDMARKER or to the first error. Mirrors CPython 3.13's
// Parser/lexer/lexer.c. An error is kept beside the ERRORTOKEN and thrown only when a parser gets there, because
// CPython tokenizes on demand and reports a grammar error in front of it first.
import { CLASS, DIGIT, IDENTIFIER_START, invalidIdentifierAt, isDigit, isPrintable } from './chars.ts';
import { escapedByteError } from './decode.ts';
import { scanNumber } from './numbers.ts';
import { oneChar, thirdChar, twoChars } from './operators.ts';
import { EOF, type FStringMode, STOP } from './state.ts';
import { StringTokenizer } from './strings.ts';
import * as T from './token.ts';
import { utf8Length } from './utf8.ts';

const MAXINDENT = 100;
const MAXLEVEL = 200;
const TABSIZE = 8;

export class Tokenizer extends StringTokenizer {
  private indents: number[] = [0];
  private altIndents: number[] = [0];
  private pendin = 0;
  private atbol = true;
  /** Comments and blank lines are tokens too. */
  extra = false;

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
    const open = this.indents.length - 1;
    for (let k = 0; k < open; k++) this.push(T.DEDENT, at, at, this.lineno, -1, -1);
    // Behind the dedents the end of the file counts as a NEWLINE once more.
    if (open > 0) this.push(T.NEWLINE, at, at, this.lineno, -1, -1);
    this.push(T.ENDMARKER, at, at, this.lineno, -1, -1);
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
      let beforeComment = this.pos;
      if (c === 35 /* # */) {
        const end = text.indexOf('\n', this.pos);
        this.pos = end < 0 ? text.length : end;
        c = end < 0 ? EOF : 10;
        if (this.extra) {
          this.emit(T.COMMENT, beforeComment);
          beforeComment = this.pos;
        }
      }
      if (c === EOF) return this.endOfFile();
      if (c === 10) {
        this.pos++;
        this.atbol = true;
        if (blankLine || this.parenChar.length > 0) {
          if (this.extra) this.emit(T.NL, beforeComment);
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
      if (bad >= 0 && !this.extra) {
        const cp = word.codePointAt(bad)!;
        const hex = cp.toString(16).toUpperCase().padStart(4, '0');
        const char = String.fromCodePoint(cp);
        const msg = isPrintable(cp)
          ? `invalid character '${char}' (U+${hex})`
          : `invalid non-printable character U+${hex}`;
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
    if (this.extra && mode === null) {
      // the module tokenize takes any bracket
      this.parenChar.pop();
      this.parenLine.pop();
      this.parenCol.pop();
      return;
    }
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
}
