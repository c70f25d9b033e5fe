// Bytes to source text: byte order mark, coding cookie, wrong bytes. Mirrors CPython's Parser/tokenizer/helpers.c.
import { PySyntaxError } from '../errors.ts';
import { utf8Length } from './utf8.ts';

const COOKIE = /^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)/;
const BLANK = /^[ \t\f]*(?:#.*)?$/;

/** An error of the codec that compile() asked: CPython gives it line 0. */
function codecError(msg: string, filename: string): PySyntaxError {
  return new PySyntaxError('SyntaxError', msg, filename, 0, -1, null, null, null);
}

export function bareError(msg: string, filename: string): PySyntaxError {
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
const HOST_CODECS =
  /^(cp125[0-8]|windows-125[0-8]|iso-?8859-(?:[2-8]|1[03-6])|koi8-[ru]|cp866|euc-jp|euc-kr|gb18030|gbk|gb2312|big5|shift-jis|cp874)$/;

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

const CP1252 = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ';

/** Node's own decoder takes windows-1252 for Latin-1. */
const cp1252 = (bytes: Uint8Array): string =>
  latin1(bytes).replace(/[\x80-\x9f]/g, (c) => CP1252[c.charCodeAt(0) - 0x80]!);

/** Whether `second` may stand behind the first byte `b` of a character of several. */
const mayFollow = (b: number, second: number): boolean =>
  second >= (b === 0xe0 ? 0xa0 : b === 0xf0 ? 0x90 : 0x80) && second <= (b === 0xed ? 0x9f : b === 0xf4 ? 0x8f : 0xbf);

/** The first byte at which `bytes` stop being UTF-8, or -1. */
function firstInvalidUtf8(bytes: Uint8Array): number {
  for (let i = 0; i < bytes.length; ) {
    const b = bytes[i]!;
    const n = b < 0x80 ? 1 : b >= 0xc2 && b < 0xe0 ? 2 : b >= 0xe0 && b < 0xf0 ? 3 : b >= 0xf0 && b < 0xf5 ? 4 : 0;
    if (n === 0) return i;
    const second = bytes[i + 1] ?? 0;
    if (n > 1) {
      if (!mayFollow(b, second)) return i;
    }
    for (let k = 2; k < n; k++) if (((bytes[i + k] ?? 0) & 0xc0) !== 0x80) return i;
    i += n;
  }
  return -1;
}

/** How bytes become text. */
export interface DecodeOptions {
  filename: string;
  /** The interpreter itself reads the script: other messages than compile() of bytes. */
  fromFile: boolean;
  /** The runtime's codecs; null for an unknown encoding. */
  decode: ((encoding: string, bytes: Uint8Array) => string | null) | undefined;
}

/** The cookie of the first two lines; the second counts only below a blank line or a comment. */
function findCookie(body: Uint8Array): string | null {
  // Latin-1 keeps byte and character positions equal, which is enough to find it.
  const end = body.indexOf(10);
  const first = latin1(body.subarray(0, end < 0 ? Math.min(body.length, 4096) : end));
  const encoding = cookieOf(first);
  if (encoding !== null || end < 0 || !BLANK.test(first.replace(/\r$/, ''))) return encoding;
  const next = body.indexOf(10, end + 1);
  return cookieOf(latin1(body.subarray(end + 1, next < 0 ? Math.min(body.length, end + 4097) : next)));
}

/** The encoding that a source file declares, by its byte order mark or its cookie; null: neither. */
export function sourceEncoding(bytes: Uint8Array): string | null {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8';
  return findCookie(bytes);
}

export function decodeBytes(bytes: Uint8Array, options: DecodeOptions): string {
  const { filename, fromFile } = options;
  const hasBom = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  const body = hasBom ? bytes.subarray(3) : bytes;
  const encoding = findCookie(body);
  const problem = (msg: string): PySyntaxError =>
    fromFile ? bareError(`encoding problem: ${encoding}`, filename) : codecError(msg, filename);
  if (hasBom && encoding !== null && encoding !== 'utf-8') {
    const msg = `encoding problem: ${encoding} with BOM`;
    throw fromFile ? bareError(msg, filename) : codecError(msg, filename);
  }
  if (encoding === null || encoding === 'utf-8') {
    const bad = firstInvalidUtf8(body);
    if (bad < 0) return hostDecode('utf-8', body) ?? '';
    if (fromFile && encoding === null && !hasBom) throw undeclared(body, bad, filename);
    return decodeEscaping(body);
  }
  if (encoding === 'iso-8859-1') return latin1(body);
  const low = encoding.toLowerCase().replace(/_/g, '-');
  if (options.decode) {
    const text = options.decode(encoding, body);
    if (text === null) throw problem(`unknown encoding: ${encoding}`);
    return text;
  }
  if (LATIN_1.has(low)) return latin1(body);
  if (low === 'cp1252' || low === 'windows-1252') return cp1252(body);
  const ascii = ASCII.has(low);
  if (ascii || low === 'utf8' || low === 'u8' || low === 'utf' || low === 'cp65001') {
    const bad = ascii ? body.findIndex((b) => b >= 0x80) : firstInvalidUtf8(body);
    if (bad < 0) return hostDecode('utf-8', body) ?? '';
    const codec = ascii ? 'ascii' : 'utf-8';
    const why = ascii ? 'ordinal not in range(128)' : invalidUtf8Reason(body, bad);
    const byte = hex2(body[bad]!);
    throw problem(`'${codec}' codec can't decode byte 0x${byte} in position ${bad}: ${why}`);
  }
  if (!HOST_CODECS.test(low)) throw problem(`unknown encoding: ${encoding}`);
  const label = low
    .replace(/^cp(125\d)$/, 'windows-$1')
    .replace(/^iso8859/, 'iso-8859')
    .replace('cp866', 'ibm866');
  const text = hostDecode(label.replace('cp874', 'windows-874'), body);
  if (text === null) throw problem(`encoding problem: ${encoding}`);
  return text;
}

const hex2 = (b: number): string => b.toString(16).padStart(2, '0');

/** UTF-8 with each wrong byte as a lone surrogate U+DCxx: an error only where a literal or a name holds one. */
function decodeEscaping(body: Uint8Array): string {
  let out = '';
  for (let rest = body; rest.length > 0; ) {
    const bad = firstInvalidUtf8(rest);
    if (bad < 0) return out + (hostDecode('utf-8', rest) ?? '');
    out += (hostDecode('utf-8', rest.subarray(0, bad)) ?? '') + String.fromCharCode(0xdc00 + rest[bad]!);
    rest = rest.subarray(bad + 1);
  }
  return out;
}

/** Why the byte at `at` is not UTF-8, in the codec's words. */
function invalidUtf8Reason(bytes: ArrayLike<number>, at: number): string {
  const b = bytes[at]!;
  if (b < 0xc2 || b > 0xf4) return 'invalid start byte';
  const need = b < 0xe0 ? 2 : b < 0xf0 ? 3 : 4;
  if (at + 1 < bytes.length && !mayFollow(b, bytes[at + 1]!)) return 'invalid continuation byte';
  let have = 1;
  while (have < need && ((bytes[at + have] ?? 0) & 0xc0) === 0x80) have++;
  return at + have >= bytes.length ? 'unexpected end of data' : 'invalid continuation byte';
}

/** The error of text that decodeEscaping marked, or null; without escapes the position counts from its start. */
export function escapedByteError(text: string, fromRun: boolean): string | null {
  const at = text.search(/[\udc80-\udcff]/);
  if (at < 0) return null;
  let start = 0;
  if (fromRun) for (start = at; start > 0 && text.charCodeAt(start - 1) >= 128; ) start--;
  const bytes: number[] = [];
  for (let i = at; i < text.length && (text.charCodeAt(i) & 0xff80) === 0xdc80; i++) {
    bytes.push(text.charCodeAt(i) - 0xdc00);
  }
  if (at + bytes.length < text.length) bytes.push(0x20);
  const byte = hex2(bytes[0]!);
  const position = utf8Length(text, start, at);
  return `(unicode error) 'utf-8' codec can't decode byte 0x${byte} in position ${position}: ${invalidUtf8Reason(bytes, 0)}`;
}

function undeclared(bytes: Uint8Array, at: number, filename: string): PySyntaxError {
  let line = 1;
  for (let i = 0; i < at; i++) if (bytes[i] === 10) line++;
  return bareError(
    `Non-UTF-8 code starting with '\\x${hex2(bytes[at]!)}' in file ${filename} on line ${line}, ` +
      'but no encoding declared; see https://peps.python.org/pep-0263/ for details',
    filename,
  );
}
