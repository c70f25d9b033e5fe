// Source text: decoding (byte order mark, coding cookie, line ends), the table of lines, and byte columns.
// Mirrors the reading half of CPython's Parser/tokenizer/.
import { PySyntaxError } from '../errors.ts';

const COOKIE = /^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)/;
const BLANK = /^[ \t\f]*(?:#.*)?$/;

function bareError(msg: string, filename: string): PySyntaxError {
  return new PySyntaxError('SyntaxError', msg, filename, null, null, null, null, null);
}

/** CPython's get_normal_name: the two families of names that its tokenizer knows without asking the codecs. */
function normalName(name: string): string {
  const low = name.slice(0, 12).toLowerCase().replace(/_/g, '-');
  if (low === 'utf-8' || low.startsWith('utf-8-')) return 'utf-8';
  if (/^(latin-1|iso-8859-1|iso-latin-1)(-|$)/.test(low)) return 'iso-8859-1';
  return name;
}

function cookieOf(line: string): string | null {
  const m = COOKIE.exec(line);
  return m ? normalName(m[1]!) : null;
}

const LATIN_1 = new Set(['iso-8859-1', 'latin1', 'latin', 'l1', '8859', 'cp819', 'iso8859-1', 'iso8859', '88591']);
const ASCII = new Set(['ascii', 'us-ascii', '646', 'ansi-x3.4-1968', 'iso646-us']);

/** Codecs of Python for which the host's TextDecoder gives the same characters. */
const HOST_CODECS = /^(cp125[0-8]|windows-125[0-8]|iso-?8859-(?:[2-8]|1[03-6])|koi8-[ru]|cp866|euc-jp|euc-kr|gb18030|gbk|gb2312|big5|shift-jis|cp874)$/;

interface HostTextDecoder {
  decode(bytes: Uint8Array): string;
}
type HostTextDecoderClass = new (label: string, options: { fatal: boolean; ignoreBOM?: boolean }) => HostTextDecoder;

function hostDecode(label: string, bytes: Uint8Array): string | null {
  const Decoder = (globalThis as { TextDecoder?: HostTextDecoderClass }).TextDecoder;
  if (!Decoder) throw new Error('this host has no TextDecoder');
  const decoder = new Decoder(label, { fatal: true, ignoreBOM: true });
  try {
    return decoder.decode(bytes);
  } catch {
    return null;
  }
}

function latin1(bytes: Uint8Array): string {
  let s = '';
  for (let i = 0; i < bytes.length; i += 8192) s += String.fromCharCode(...bytes.subarray(i, i + 8192));
  return s;
}

/** The first byte at which `bytes` stop being UTF-8, or -1. */
function firstInvalidUtf8(bytes: Uint8Array): number {
  for (let i = 0; i < bytes.length; ) {
    const b = bytes[i]!;
    const n = b < 0x80 ? 1 : b >= 0xc2 && b < 0xe0 ? 2 : b >= 0xe0 && b < 0xf0 ? 3 : b >= 0xf0 && b < 0xf5 ? 4 : 0;
    if (n === 0) return i;
    const second = bytes[i + 1] ?? 0;
    if (n > 1) {
      const low = b === 0xe0 ? 0xa0 : b === 0xf0 ? 0x90 : 0x80;
      const high = b === 0xed ? 0x9f : b === 0xf4 ? 0x8f : 0xbf;
      if (second < low || second > high) return i;
    }
    for (let k = 2; k < n; k++) if (((bytes[i + k] ?? 0) & 0xc0) !== 0x80) return i;
    i += n;
  }
  return -1;
}

function decodeBytes(bytes: Uint8Array, filename: string): string {
  let body = bytes;
  const hasBom = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  if (hasBom) body = bytes.subarray(3);
  // Latin-1 keeps byte and character positions equal, which is enough to find the cookie.
  let lineEnd = body.indexOf(10);
  let head = latin1(body.subarray(0, lineEnd < 0 ? Math.min(body.length, 4096) : lineEnd));
  let encoding = cookieOf(head);
  if (encoding === null && BLANK.test(head.replace(/\r$/, '')) && lineEnd >= 0) {
    const from = lineEnd + 1;
    lineEnd = body.indexOf(10, from);
    head = latin1(body.subarray(from, lineEnd < 0 ? Math.min(body.length, from + 4096) : lineEnd));
    encoding = cookieOf(head);
  }
  if (hasBom && encoding !== null && encoding !== 'utf-8') {
    throw bareError(`encoding problem: ${encoding} with BOM`, filename);
  }
  if (encoding === null || encoding === 'utf-8') {
    const bad = firstInvalidUtf8(body);
    if (bad >= 0) throw invalidUtf8(body, bad, filename, encoding === null && !hasBom);
    return hostDecode('utf-8', body) ?? '';
  }
  const low = encoding.toLowerCase().replace(/_/g, '-');
  if (LATIN_1.has(low)) return latin1(body);
  if (ASCII.has(low) || low === 'utf8' || low === 'u8' || low === 'utf' || low === 'cp65001') {
    const limit = ASCII.has(low) ? body.findIndex((b) => b >= 0x80) : firstInvalidUtf8(body);
    if (limit >= 0) {
      const codec = ASCII.has(low) ? 'ascii' : 'utf-8';
      const why = ASCII.has(low) ? 'ordinal not in range(128)' : invalidUtf8Reason(body, limit);
      throw bareError(
        `(unicode error) '${codec}' codec can't decode byte 0x${hex2(body[limit]!)} in position ${limit}: ${why}`,
        filename,
      );
    }
    return hostDecode('utf-8', body) ?? '';
  }
  if (!HOST_CODECS.test(low)) throw bareError(`unknown encoding: ${encoding}`, filename);
  const label = low.replace(/^cp(125\d)$/, 'windows-$1').replace(/^iso8859/, 'iso-8859').replace('cp866', 'ibm866');
  const text = hostDecode(label.replace('cp874', 'windows-874'), body);
  if (text === null) throw bareError(`encoding problem: ${encoding}`, filename);
  return text;
}

const hex2 = (b: number): string => b.toString(16).padStart(2, '0');

function invalidUtf8Reason(bytes: Uint8Array, at: number): string {
  const b = bytes[at]!;
  if (b < 0xc2 || b > 0xf4) return 'invalid start byte';
  const need = b < 0xe0 ? 2 : b < 0xf0 ? 3 : 4;
  let have = 1;
  while (have < need && ((bytes[at + have] ?? 0) & 0xc0) === 0x80) have++;
  return at + have >= bytes.length ? 'unexpected end of data' : 'invalid continuation byte';
}

function invalidUtf8(bytes: Uint8Array, at: number, filename: string, undeclared: boolean): PySyntaxError {
  let line = 1;
  for (let i = 0; i < at; i++) if (bytes[i] === 10) line++;
  const byte = hex2(bytes[at]!);
  if (undeclared) {
    return bareError(
      `Non-UTF-8 code starting with '\\x${byte}' on line ${line}, but no encoding declared; ` +
        'see https://peps.python.org/pep-0263/ for details',
      filename,
    );
  }
  return bareError(
    `(unicode error) 'utf-8' codec can't decode byte 0x${byte} in position ${at}: ${invalidUtf8Reason(bytes, at)}`,
    filename,
  );
}

/** The length of `s` from `from` to `to` in UTF-8. A lone surrogate counts 3, as with surrogatepass. */
export function utf8Length(s: string, from: number, to: number): number {
  let n = to - from;
  for (let i = from; i < to; i++) {
    const c = s.charCodeAt(i);
    if (c < 0x80) continue;
    if (c < 0x800) n += 1;
    else if (c >= 0xd800 && c < 0xdc00 && i + 1 < to && (s.charCodeAt(i + 1) & 0xfc00) === 0xdc00) {
      n += 2;
      i++;
    } else n += 2;
  }
  return n;
}

/** Code points between two UTF-16 indices. */
export function codePoints(s: string, from: number, to: number): number {
  let n = to - from;
  for (let i = from; i + 1 < to; i++) {
    if ((s.charCodeAt(i) & 0xfc00) === 0xd800 && (s.charCodeAt(i + 1) & 0xfc00) === 0xdc00) {
      n--;
      i++;
    }
  }
  return n;
}

export class Source {
  filename: string;
  text: string;
  ascii: boolean;
  /** lineStarts[k] is where line k+1 begins. */
  lineStarts: number[];
  private cachedLine = 0;
  private cachedAt = 0;
  private cachedCol = 0;

  constructor(source: string | Uint8Array, filename: string, exec: boolean) {
    let text = typeof source === 'string' ? source : decodeBytes(source, filename);
    if (text.includes('\0')) throw bareError('source code string cannot contain null bytes', filename);
    if (text.charCodeAt(0) === 0xfeff) text = text.slice(1);
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
