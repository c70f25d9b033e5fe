// Places and texts of syntax errors, as CPython 3.13's Parser/pegen_errors.c computes them, quirks included.
import { PySyntaxError, type SyntaxErrorKind } from '../../errors.ts';
import * as T from '../../tokenizer/token.ts';
import type { Tokenizer } from '../../tokenizer/tokenizer.ts';
import type { PNode } from './machine.ts';

/** Code points in the first `bytes` UTF-8 bytes of `line`; one past its end counts the C string's NUL. */
function characterOffset(line: string, bytes: number): number {
  let n = 0;
  let b = 0;
  for (const ch of line) {
    if (b >= bytes) return n;
    const cp = ch.codePointAt(0)!;
    b += cp < 0x80 ? 1 : cp < 0x800 ? 2 : cp < 0x10000 ? 3 : 4;
    n++;
  }
  return bytes > b ? n + 1 : n;
}

/** Bytes that are no UTF-8 show as U+FFFD. */
const readable = (text: string): string => text.replace(/(?<![\ud800-\udbff])[\udc80-\udcff]/g, '\ufffd');

export class Reporter {
  readonly tok: Tokenizer;
  /** Whether the tokenizer has been driven to the end of the source. */
  readAll = false;
  private second = false;

  constructor(tok: Tokenizer) {
    this.tok = tok;
  }

  /** Columns are 1-based bytes here, as in the C function; 0 for "none". */
  at(
    kind: SyntaxErrorKind,
    msg: string,
    line: number,
    col: number,
    endLine: number,
    endCol: number,
    fill: number,
  ): never {
    const source = this.tok.source;
    const current = fill > 0 ? this.tok.tokens.endLine[fill - 1]! : 0;
    let text: string;
    if (source.fromFile) text = source.lineWithEnd(line);
    else if (current <= line) {
      const start = this.tok.bufferStart[current] ?? 0;
      text = source.text.slice(start, source.lineStarts[current] ?? source.text.length);
    } else text = source.line(line);
    text = readable(text);
    const offset = characterOffset(text, col);
    const endOffset = endCol > 0 ? characterOffset(text, endCol) : endCol;
    const error = new PySyntaxError(kind, msg, source.filename, line, offset, text, endLine, endOffset);
    error.phase = 'parser';
    error.second = this.second;
    throw error;
  }

  between(msg: string, a: PNode, b: PNode, fill: number): never {
    return this.at('SyntaxError', msg, a.lineno, a.col_offset + 1, b.end_lineno, b.end_col_offset + 1, fill);
  }

  /** The column of the last character read. */
  private currentColumn(fill: number): number {
    const t = this.tok.tokens;
    const i = fill - 1;
    return t.endCol[i]! >= 0 ? t.endCol[i]! : this.tok.source.col(t.endLine[i]!, t.end[i]!);
  }

  from(msg: string, a: PNode, fill: number): never {
    const endLine = this.tok.tokens.endLine[fill - 1]!;
    return this.at('SyntaxError', msg, a.lineno, a.col_offset + 1, endLine, this.currentColumn(fill), fill);
  }

  atToken(kind: SyntaxErrorKind, msg: string, token: number, fill: number): never {
    const t = this.tok.tokens;
    const col = t.col[token] === -1 ? this.currentColumn(fill) : t.col[token]! + 1;
    const endCol = t.endCol[token] === -1 ? -1 : t.endCol[token]! + 1;
    return this.at(kind, msg, t.line[token]!, col, t.endLine[token]!, endCol, fill);
  }

  /** The tokenizer's own error, met by the parser when it read the ERRORTOKEN. */
  tokenizerError(fill: number): never {
    const e = this.tok.error!;
    switch (e.where) {
      case 'range':
        return this.tokenizerRange();
      case 'line':
        return this.at(e.kind, e.msg, e.lineno, e.offset + 1, e.lineno, 0, fill);
      case 'eof':
        if (this.tok.parenChar.length > 0) return this.unclosed(fill);
    }
    return this.atToken(e.kind, e.msg, fill - 1, fill);
  }

  private tokenizerRange(): never {
    const e = this.tok.error!;
    const source = this.tok.source;
    const text = readable(source.line(e.lineno));
    const error = new PySyntaxError(e.kind, e.msg, source.filename, e.lineno, e.offset, text, e.lineno, e.endOffset);
    error.second = this.second;
    throw error;
  }

  private unclosed(fill: number): never {
    const top = this.tok.parenChar.length - 1;
    const line = this.tok.parenLine[top]!;
    const char = String.fromCharCode(this.tok.parenChar[top]!);
    return this.at('SyntaxError', `'${char}' was never closed`, line, this.tok.parenCol[top]! + 1, line, 0, fill);
  }

  /**
   * Errors of the tokenizer further on take precedence over one of the grammar; over one with a message of its own
   * only if the end of the source was not met yet.
   */
  checkRest(fill: number, generic: boolean): void {
    const t = this.tok.tokens;
    if (!generic && this.metEnd(fill - 1)) return;
    this.readAll = true;
    if (this.tok.error === null || t.type[fill - 1] === T.ERRORTOKEN || this.tok.error.inFString) return;
    this.second = true;
    if (this.tok.error.where === 'range') this.tokenizerRange();
    const top = this.tok.parenChar.length - 1;
    if (top >= 0 && t.line[fill - 1]! > this.tok.parenLine[top]!) this.unclosed(t.count);
    this.second = false;
  }

  /** Whether CPython looked at the end of the source to find where this token ends. */
  private metEnd(token: number): boolean {
    const t = this.tok.tokens;
    const type = t.type[token]!;
    const rest = this.tok.text.length - t.end[token]!;
    // `''` and f'' might have been the start of a triple quote.
    if (type === T.STRING) return rest === 0 && t.end[token]! - t.start[token]! < 5 && this.isEmpty(token);
    if (type === T.FSTRING_START) return rest === 1 && /['"]$/.test(this.tok.text);
    if (type === T.NEWLINE || type === T.FSTRING_MIDDLE || type === T.FSTRING_END) return false;
    return rest === 0;
  }

  private isEmpty(token: number): boolean {
    const t = this.tok.tokens;
    return /^[a-zA-Z]*(?:''|"")$/.test(this.tok.text.slice(t.start[token]!, t.end[token]!));
  }
}
