// str, bytes and bytearray, decoded, and their reprs.
import {
  PyASCIIObject,
  PyByteArrayObject,
  PyBytesObject,
  PyCompactUnicodeObject,
  PyUnicodeObject,
  PyVarObject,
  UNICODE_ASCII,
  UNICODE_COMPACT,
  UNICODE_INTERNED_MASK,
  UNICODE_KIND_SHIFT,
} from '@moult/abi';
import { NotAnObject, type Reader } from '../reader.ts';

export interface StringShape {
  readonly length: number;
  /** Bytes a character: 1, 2 or 4. */
  readonly kind: number;
  readonly ascii: boolean;
  readonly compact: boolean;
  /** SSTATE_*. */
  readonly interned: number;
  readonly data: number;
}

export function stringShape(reader: Reader, object: number): StringShape {
  const state = reader.u32(object + PyASCIIObject.state);
  const ascii = (state & UNICODE_ASCII) !== 0;
  const compact = (state & UNICODE_COMPACT) !== 0;
  const kind = (state >>> UNICODE_KIND_SHIFT) & 7;
  const length = reader.ssize(object + PyASCIIObject.length);
  if ((kind !== 1 && kind !== 2 && kind !== 4) || length < 0) throw new NotAnObject(object, 'a str of no kind');
  let data = object + PyCompactUnicodeObject.SIZE;
  if (!compact) data = reader.ptr(object + PyUnicodeObject.data_any);
  else if (ascii) data = object + PyASCIIObject.SIZE;
  return { length, kind, ascii, compact, interned: state & UNICODE_INTERNED_MASK, data };
}

/** At most `limit` characters of a str. */
export function decodeStr(reader: Reader, object: number, limit = 1_000_000): string {
  const shape = stringShape(reader, object);
  const count = Math.min(shape.length, limit);
  if (count > 0 && !reader.has(shape.data, count * shape.kind)) throw new NotAnObject(object, 'a str outside memory');
  let text = '';
  for (let i = 0; i < count; i++) {
    const at = shape.data + i * shape.kind;
    const code = shape.kind === 1 ? reader.u8(at) : shape.kind === 2 ? reader.u16(at) : reader.u32(at);
    text += code > 0x10ffff ? '\ufffd' : String.fromCodePoint(code);
  }
  return text;
}

/** At most `limit` bytes of a bytes or bytearray object. */
export function decodeBytes(reader: Reader, object: number, isArray: boolean, limit = 1_000_000): Uint8Array {
  const size = reader.ssize(object + PyVarObject.ob_size);
  const start = isArray ? reader.ptr(object + PyByteArrayObject.ob_start) : object + PyBytesObject.ob_sval;
  const count = Math.min(size, limit);
  if (count < 0 || (count > 0 && !reader.has(start, count))) throw new NotAnObject(object, 'bytes outside memory');
  return count === 0 ? new Uint8Array(0) : reader.memory.bytes(start, count);
}

const ESCAPES: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t', '\\': '\\\\' };

/** repr(str), all but for rarely unprintable characters, which are shown as they are. */
export function strRepr(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  let out = quote;
  for (const char of text) {
    const code = char.codePointAt(0)!;
    if (char === quote) out += `\\${char}`;
    else if (ESCAPES[char] !== undefined) out += ESCAPES[char];
    else if (code < 0x20 || (code >= 0x7f && code < 0xa1) || code === 0xad)
      out += `\\x${code.toString(16).padStart(2, '0')}`;
    else if (code >= 0xd800 && code < 0xe000) out += `\\u${code.toString(16)}`;
    else out += char;
  }
  return out + quote;
}

export function bytesRepr(bytes: Uint8Array): string {
  const double = bytes.includes(0x27) && !bytes.includes(0x22);
  const quote = double ? '"' : "'";
  let out = `b${quote}`;
  for (const byte of bytes) {
    const char = String.fromCharCode(byte);
    if (char === quote) out += `\\${char}`;
    else if (ESCAPES[char] !== undefined) out += ESCAPES[char];
    else if (byte < 0x20 || byte >= 0x7f) out += `\\x${byte.toString(16).padStart(2, '0')}`;
    else out += char;
  }
  return out + quote;
}
