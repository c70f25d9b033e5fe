// The tokens of one source: parallel arrays, as cheap to fill as to read.
import { ERRORTOKEN } from './token.ts';

export class TokenList {
  count = 0;
  type: Uint8Array;
  /** UTF-16 indices into the source text. */
  start: Int32Array;
  end: Int32Array;
  line: Int32Array;
  endLine: Int32Array;
  /** UTF-8 columns; -1 where CPython's token has no start (INDENT, DEDENT, ENDMARKER). */
  col: Int32Array;
  endCol: Int32Array;
  /** The identifier of a NAME, normalised; '' otherwise. */
  text: string[] = [];

  constructor(capacity: number) {
    this.type = new Uint8Array(capacity);
    this.start = new Int32Array(capacity);
    this.end = new Int32Array(capacity);
    this.line = new Int32Array(capacity);
    this.endLine = new Int32Array(capacity);
    this.col = new Int32Array(capacity);
    this.endCol = new Int32Array(capacity);
  }

  grow(): void {
    const size = this.type.length * 2;
    const bigger = (old: Int32Array): Int32Array => {
      const fresh = new Int32Array(size);
      fresh.set(old);
      return fresh;
    };
    const types = new Uint8Array(size);
    types.set(this.type);
    this.type = types;
    this.start = bigger(this.start);
    this.end = bigger(this.end);
    this.line = bigger(this.line);
    this.endLine = bigger(this.endLine);
    this.col = bigger(this.col);
    this.endCol = bigger(this.endCol);
  }

  get endsInError(): boolean {
    return this.count > 0 && this.type[this.count - 1] === ERRORTOKEN;
  }
}
