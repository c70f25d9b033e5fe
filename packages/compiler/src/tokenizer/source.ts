// Source text: line ends, the table of lines, and byte columns.
import { PySyntaxError } from '../errors.ts';
import { type DecodeOptions, bareError, decodeBytes } from './decode.ts';
import { utf8Length } from './utf8.ts';

export class Source {
  filename: string;
  text: string;
  ascii: boolean;
  /** lineStarts[k] is where line k+1 begins. */
  lineStarts: number[];
  private cachedLine = 0;
  private cachedAt = 0;
  private cachedCol = 0;

  /** Holds bytes that are not UTF-8, as lone surrogates. */
  undecoded = false;
  fromFile: boolean;

  constructor(source: string | Uint8Array, options: DecodeOptions, exec: boolean) {
    const { filename, fromFile } = options;
    let text: string;
    if (typeof source === 'string') text = source;
    else {
      text = decodeBytes(source, options);
      this.undecoded = /(?:^|[^\ud800-\udbff])[\udc80-\udcff]/.test(text);
    }
    this.fromFile = fromFile;
    const nul = text.indexOf('\0');
    if (nul >= 0) {
      if (!fromFile) throw bareError('source code string cannot contain null bytes', filename);
      const before = text.slice(0, nul).split('\n');
      const msg = 'source code cannot contain null bytes';
      const last = before[before.length - 1]!;
      throw new PySyntaxError('SyntaxError', msg, filename, before.length, 0, last, before.length, 0);
    }
    if (text.includes('\r')) text = text.replace(/\r\n?/g, '\n');
    if (exec && text.length > 0 && text.charCodeAt(text.length - 1) !== 10) text += '\n';
    this.filename = filename;
    this.text = text;
    // biome-ignore lint/suspicious/noControlCharactersInRegex: all of ASCII is meant
    this.ascii = !/[^\x00-\x7f]/.test(text);
    const starts = [0];
    for (let i = text.indexOf('\n'); i >= 0; i = text.indexOf('\n', i + 1)) starts.push(i + 1);
    this.lineStarts = starts;
  }

  /** UTF-8 column of index `at`, which lies on line `line`. */
  col(line: number, at: number): number {
    const start = this.lineStarts[line - 1]!;
    if (this.ascii) return at - start;
    // Tokens come in order, so go on from the last answer: a long line stays linear.
    const from = line === this.cachedLine && at >= this.cachedAt ? this.cachedAt : start;
    const col = (from === start ? 0 : this.cachedCol) + utf8Length(this.text, from, at);
    this.cachedLine = line;
    this.cachedAt = at;
    this.cachedCol = col;
    return col;
  }

  /** The text of a line, without its newline. */
  line(line: number): string {
    const start = this.lineStarts[line - 1];
    if (start === undefined) return '';
    const end = this.lineStarts[line];
    return this.text.slice(start, end === undefined ? this.text.length : end - 1);
  }

  /** The text of a line, with the newline that it has in the buffer. */
  lineWithEnd(line: number): string {
    const start = this.lineStarts[line - 1];
    return start === undefined ? '' : this.text.slice(start, this.lineStarts[line] ?? this.text.length);
  }
}
