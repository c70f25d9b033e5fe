// Numbers, texts and plain values as bytes, and back. Texts are UTF-8; a half of a surrogate pair, which file names may hold, is
// written as its own three bytes (WTF-8).

import { OMITTED } from '../inputs/log.ts';

/** Bytes that do not say what they should; the message says what was expected. */
export class Malformed extends Error {}

const TAG = {
  undefined: 0,
  null: 1,
  false: 2,
  true: 3,
  count: 4,
  number: 5,
  bigint: 6,
  text: 7,
  bytes: 8,
  list: 9,
  record: 10,
  omitted: 11,
} as const;
/** Values within values; nothing that is written comes near it. */
const DEEPEST = 64;

export class ByteWriter {
  private data = new Uint8Array(1 << 12);
  private view = new DataView(this.data.buffer);
  length = 0;

  private room(n: number): void {
    if (this.length + n <= this.data.length) return;
    const wider = new Uint8Array(Math.max(this.data.length * 2, this.length + n));
    wider.set(this.data.subarray(0, this.length));
    this.data = wider;
    this.view = new DataView(wider.buffer);
  }
  /** What was written, good until more is. */
  get written(): Uint8Array {
    return this.data.subarray(0, this.length);
  }
  /** Forgets the first `n` bytes. */
  shift(n: number): void {
    this.data.copyWithin(0, n, this.length);
    this.length -= n;
  }

  byte(value: number): void {
    this.room(1);
    this.data[this.length++] = value;
  }
  /** A whole number from 0 to 2^53 - 1, seven bits a byte, the lowest first. */
  count(value: number): void {
    this.room(8);
    let n = value;
    while (n >= 128) {
      this.data[this.length++] = (n % 128) | 128;
      n = Math.floor(n / 128);
    }
    this.data[this.length++] = n;
  }
  u32(value: number): void {
    this.room(4);
    this.view.setUint32(this.length, value, true);
    this.length += 4;
  }
  double(value: number): void {
    this.room(8);
    this.view.setFloat64(this.length, value, true);
    this.length += 8;
  }
  raw(bytes: Uint8Array): void {
    this.room(bytes.length);
    this.data.set(bytes, this.length);
    this.length += bytes.length;
  }
  bytes(bytes: Uint8Array): void {
    this.count(bytes.length);
    this.raw(bytes);
  }
  text(text: string): void {
    this.bytes(encodeText(text));
  }

  value(value: unknown): void {
    if (value === undefined) this.byte(TAG.undefined);
    else if (value === null) this.byte(TAG.null);
    else if (value === OMITTED) this.byte(TAG.omitted);
    else if (typeof value === 'boolean') this.byte(value ? TAG.true : TAG.false);
    else if (typeof value === 'number') this.number(value);
    else if (typeof value === 'bigint') {
      this.byte(TAG.bigint);
      this.text(value.toString());
    } else if (typeof value === 'string') {
      this.byte(TAG.text);
      this.text(value);
    } else if (value instanceof Uint8Array) {
      this.byte(TAG.bytes);
      this.bytes(value);
    } else if (Array.isArray(value)) {
      this.byte(TAG.list);
      this.count(value.length);
      for (const item of value) this.value(item);
    } else if (typeof value === 'object') {
      this.byte(TAG.record);
      const entries = Object.entries(value);
      this.count(entries.length);
      for (const [name, item] of entries) {
        this.text(name);
        this.value(item);
      }
    } else throw new TypeError(`a ${typeof value} cannot be written`);
  }
  private number(value: number): void {
    const plain = Number.isSafeInteger(value) && value >= 0 && !Object.is(value, -0);
    this.byte(plain ? TAG.count : TAG.number);
    if (plain) this.count(value);
    else this.double(value);
  }
}

/** Reads what a ByteWriter wrote; what cannot be is Malformed. */
export class ByteReader {
  private readonly data: Uint8Array;
  private readonly view: DataView;
  private at = 0;

  constructor(data: Uint8Array) {
    this.data = data;
    this.view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  }
  get left(): number {
    return this.data.length - this.at;
  }
  private take(n: number): number {
    if (n > this.left) throw new Malformed(`${n} bytes expected, ${this.left} left`);
    const at = this.at;
    this.at += n;
    return at;
  }

  byte(): number {
    return this.data[this.take(1)] as number;
  }
  count(most = Number.MAX_SAFE_INTEGER): number {
    let value = 0;
    for (let unit = 1; ; unit *= 128) {
      const byte = this.byte();
      value += (byte & 127) * unit;
      if (value > most) throw new Malformed(`a number above ${most}`);
      if (byte < 128) return value;
      if (unit > 2 ** 49) throw new Malformed('a number without end');
    }
  }
  u32(): number {
    return this.view.getUint32(this.take(4), true);
  }
  double(): number {
    return this.view.getFloat64(this.take(8), true);
  }
  bytes(): Uint8Array {
    const n = this.count();
    const at = this.take(n);
    return this.data.slice(at, at + n);
  }
  text(): string {
    const n = this.count();
    const at = this.take(n);
    return decodeText(this.data.subarray(at, at + n));
  }
  /** How many of what takes at least one byte each. */
  many(): number {
    return this.count(this.left);
  }

  value(depth = 0): unknown {
    if (depth > DEEPEST) throw new Malformed('values too deep within values');
    const tag = this.byte();
    switch (tag) {
      case TAG.undefined:
        return undefined;
      case TAG.null:
        return null;
      case TAG.omitted:
        return OMITTED;
      case TAG.false:
        return false;
      case TAG.true:
        return true;
      case TAG.count:
        return this.count();
      case TAG.number:
        return this.double();
      case TAG.bigint: {
        const text = this.text();
        if (!/^-?\d+$/.test(text)) throw new Malformed('not a whole number');
        return BigInt(text);
      }
      case TAG.text:
        return this.text();
      case TAG.bytes:
        return this.bytes();
      case TAG.list:
        return Array.from({ length: this.many() }, () => this.value(depth + 1));
      case TAG.record: {
        const n = this.many();
        const entries = Array.from({ length: n }, () => [this.text(), this.value(depth + 1)] as const);
        return Object.fromEntries(entries);
      }
      default:
        throw new Malformed(`no value begins with ${tag}`);
    }
  }
}

export function encodeText(text: string): Uint8Array {
  const out = new Uint8Array(text.length * 3);
  let n = 0;
  for (let i = 0; i < text.length; i++) {
    let c = text.charCodeAt(i);
    if (c < 0x80) {
      out[n++] = c;
      continue;
    }
    if (c < 0x800) {
      out[n++] = 0xc0 | (c >> 6);
      out[n++] = 0x80 | (c & 63);
      continue;
    }
    const next = text.charCodeAt(i + 1);
    if (c >= 0xd800 && c < 0xdc00 && next >= 0xdc00 && next < 0xe000) {
      c = 0x10000 + ((c - 0xd800) << 10) + (next - 0xdc00);
      i++;
      out[n++] = 0xf0 | (c >> 18);
      out[n++] = 0x80 | ((c >> 12) & 63);
    } else out[n++] = 0xe0 | (c >> 12);
    out[n++] = 0x80 | ((c >> 6) & 63);
    out[n++] = 0x80 | (c & 63);
  }
  return out.slice(0, n);
}

const PART = 4096;
const REPLACEMENT = 0xfffd;

/** What is no UTF-8 becomes U+FFFD: sources may be in any encoding. */
export function decodeText(bytes: Uint8Array): string {
  let text = '';
  let units: number[] = [];
  for (let i = 0; i < bytes.length; ) {
    const first = bytes[i++] as number;
    const more = first < 0x80 ? 0 : first >= 0xf0 ? 3 : first >= 0xe0 ? 2 : first >= 0xc2 ? 1 : -1;
    let c = more < 0 ? REPLACEMENT : more === 0 ? first : first & (63 >> more);
    for (let k = 0; k < more; k++) {
      const byte = bytes[i] ?? 0;
      if ((byte & 0xc0) !== 0x80) {
        c = REPLACEMENT;
        break;
      }
      c = (c << 6) | (byte & 63);
      i++;
    }
    if (c > 0x10ffff) c = REPLACEMENT;
    if (c >= 0x10000) units.push(0xd800 + ((c - 0x10000) >> 10), 0xdc00 + ((c - 0x10000) & 0x3ff));
    else units.push(c);
    if (units.length < PART) continue;
    text += String.fromCharCode(...units);
    units = [];
  }
  return text + String.fromCharCode(...units);
}
