// Code objects as marshal writes them (Python/marshal.c, version 4): what lies behind the header of a .pyc file.
import type { CodeData } from './code.ts';
import { type Constant, pointsOf, type StrConstant } from './constants.ts';

const FLAG_REF = 0x80;
const DIGIT = 15n;
const IDENTIFIER = /^[A-Za-z0-9_]*$/;

const typeOf = (c: string): number => c.charCodeAt(0);

/** UTF-8 where surrogates are encoded as any other character (surrogatepass). */
function utf8Of(points: readonly number[]): number[] {
  const out: number[] = [];
  for (const c of points) {
    if (c < 0x80) out.push(c);
    else if (c < 0x800) out.push(0xc0 | (c >> 6), 0x80 | (c & 63));
    else if (c < 0x10000) out.push(0xe0 | (c >> 12), 0x80 | ((c >> 6) & 63), 0x80 | (c & 63));
    else out.push(0xf0 | (c >> 18), 0x80 | ((c >> 12) & 63), 0x80 | ((c >> 6) & 63), 0x80 | (c & 63));
  }
  return out;
}

const isInterned = (c: StrConstant): boolean => c.points === undefined && IDENTIFIER.test(c.v);

/** Bytes as marshal writes numbers. */
export class ByteWriter {
  private data = new Uint8Array(4096);
  length = 0;
  byte(b: number): void {
    if (this.length === this.data.length) this.grow(1);
    this.data[this.length++] = b;
  }
  long(n: number): void {
    for (let i = 0; i < 32; i += 8) this.byte((n >> i) & 255);
  }
  double(n: number): void {
    this.all(new Uint8Array(Float64Array.of(n).buffer));
  }
  /** An int above 32 bits: how many digits of 15 bits, negative for a negative one, then they. */
  digits(v: bigint): void {
    const digits: number[] = [];
    for (let rest = v < 0n ? -v : v; rest > 0n; rest >>= DIGIT) digits.push(Number(rest & 0x7fffn));
    this.long(v < 0n ? -digits.length : digits.length);
    for (const d of digits) this.all([d & 255, d >> 8]);
  }
  all(data: ArrayLike<number>): void {
    if (this.length + data.length > this.data.length) this.grow(data.length);
    this.data.set(data, this.length);
    this.length += data.length;
  }
  private grow(n: number): void {
    const larger = new Uint8Array(Math.max(this.data.length * 2, this.length + n));
    larger.set(this.data.subarray(0, this.length));
    this.data = larger;
  }
  done(): Uint8Array {
    return this.data.slice(0, this.length);
  }
}

/**
 * Equal constants of one type are one object within a compilation, so what comes again refers to its first place. The same
 * walk is made twice: it first counts how often each comes.
 */
class Writer {
  private readonly out = new ByteWriter();
  private readonly counts: ReadonlyMap<string, number> | null;
  readonly seen = new Map<string, number>();
  /** Where each object that is referred to stands among those. */
  private readonly places = new Map<string, number>();
  private readonly codes = new Map<CodeData, number>();

  constructor(counts: ReadonlyMap<string, number> | null) {
    this.counts = counts;
  }
  done(): Uint8Array {
    return this.out.done();
  }

  /** False where it came before. Else its type's byte is written. */
  private begins(key: string, type: string): boolean {
    const place = this.places.get(key);
    if (place !== undefined) {
      this.out.byte(typeOf('r'));
      this.out.long(place);
      return false;
    }
    const before = this.seen.get(key) ?? 0;
    this.seen.set(key, before + 1);
    const shared = this.counts !== null && (this.counts.get(key) as number) > 1;
    if (shared) this.places.set(key, this.places.size);
    this.out.byte(typeOf(type) | (shared ? FLAG_REF : 0));
    return this.counts !== null || before === 0;
  }

  private text(points: readonly number[], interned: boolean): void {
    const key = `${interned ? 'n' : 's'}${String.fromCodePoint(...points)}`;
    const ascii = points.every((c) => c < 128);
    const short = points.length < 256;
    if (!ascii) {
      if (!this.begins(key, interned ? 't' : 'u')) return;
      const data = utf8Of(points);
      this.out.long(data.length);
      this.out.all(data);
      return;
    }
    if (!this.begins(key, short ? (interned ? 'Z' : 'z') : interned ? 'A' : 'a')) return;
    if (short) this.out.byte(points.length);
    else this.out.long(points.length);
    this.out.all(points);
  }
  private name(text: string): void {
    this.text(
      Array.from(text, (c) => c.codePointAt(0) as number),
      true,
    );
  }
  private bytes(data: Uint8Array, shared: boolean): void {
    const key = shared ? `y${data.join(',')}` : `own${this.out.length}`;
    if (!this.begins(key, 's')) return;
    this.out.long(data.length);
    this.out.all(data);
  }
  private sequence(key: string, n: number, item: (i: number) => void): void {
    if (!this.begins(key, n < 256 ? ')' : '(')) return;
    if (n < 256) this.out.byte(n);
    else this.out.long(n);
    for (let i = 0; i < n; i++) item(i);
  }
  private names(names: readonly string[]): void {
    this.sequence(`(${names.map((n) => `n${n.length}:${n}`).join(';')})`, names.length, (i) =>
      this.name(names[i] as string),
    );
  }
  private int(v: bigint): void {
    if (v >= -0x80000000n && v <= 0x7fffffffn) {
      if (this.begins(`i${v}`, 'i')) this.out.long(Number(v));
      return;
    }
    if (this.begins(`i${v}`, 'l')) this.out.digits(v);
  }

  private keyOf(c: Constant): string {
    switch (c.t) {
      case 'None':
      case 'Ellipsis':
        return c.t;
      case 'bool':
        return `b${c.v}`;
      case 'int':
        return `i${c.v}`;
      case 'float':
        return `f${Object.is(c.v, -0) ? '-0' : c.v}`;
      case 'complex':
        return `c${[c.re, c.im].map((v) => (Object.is(v, -0) ? '-0' : v)).join(',')}`;
      case 'str': {
        const text = c.points === undefined ? c.v : String.fromCodePoint(...c.points);
        return `${isInterned(c) ? 'n' : 's'}${text.length}:${text}`;
      }
      case 'bytes':
        return `y${c.v.join(',')}`;
      case 'tuple':
        return `(${c.v.map((item) => this.keyOf(item)).join(';')})`;
      case 'frozenset':
        return `{${c.v.map((item) => this.keyOf(item)).join(';')}}`;
      case 'code': {
        const number = this.codes.get(c.v) ?? this.codes.size;
        this.codes.set(c.v, number);
        return `code${number}`;
      }
    }
  }

  constant(c: Constant): void {
    switch (c.t) {
      case 'None':
        this.out.byte(typeOf('N'));
        return;
      case 'Ellipsis':
        this.out.byte(typeOf('.'));
        return;
      case 'bool':
        this.out.byte(typeOf(c.v ? 'T' : 'F'));
        return;
      case 'int':
        this.int(c.v);
        return;
      case 'float':
        if (this.begins(this.keyOf(c), 'g')) this.out.double(c.v);
        return;
      case 'complex':
        if (!this.begins(this.keyOf(c), 'y')) return;
        this.out.double(c.re);
        this.out.double(c.im);
        return;
      case 'str':
        this.text(pointsOf(c), isInterned(c));
        return;
      case 'bytes':
        this.bytes(c.v, true);
        return;
      case 'tuple':
        this.sequence(this.keyOf(c), c.v.length, (i) => this.constant(c.v[i] as Constant));
        return;
      case 'frozenset': {
        if (!this.begins(this.keyOf(c), '>')) return;
        this.out.long(c.v.length);
        for (const item of inMarshalOrder(c.v)) this.constant(item);
        return;
      }
      case 'code':
        this.code(c.v);
        return;
    }
  }

  code(d: CodeData): void {
    const { out } = this;
    out.byte(typeOf('c'));
    for (const n of [d.co_argcount, d.co_posonlyargcount, d.co_kwonlyargcount, d.co_stacksize, d.co_flags]) out.long(n);
    this.bytes(d.co_code, false);
    this.sequence(this.keyOf({ t: 'tuple', v: d.co_consts }), d.co_consts.length, (i) =>
      this.constant(d.co_consts[i] as Constant),
    );
    this.names(d.co_names);
    this.names(d.co_localsplusnames);
    this.bytes(d.co_localspluskinds, false);
    this.name(d.co_filename);
    this.name(d.co_name);
    this.name(d.co_qualname);
    out.long(d.co_firstlineno);
    this.bytes(d.co_linetable, true);
    this.bytes(d.co_exceptiontable, true);
  }
}

/** Elements of a set stand in the order of their own bytes, so that equal sets are written alike. */
function inMarshalOrder(items: readonly Constant[]): Constant[] {
  const written = items.map((item) => {
    const writer = new Writer(null);
    writer.constant(item);
    return { item, data: writer.done() };
  });
  return written.sort((a, b) => orderOfBytes(a.data, b.data)).map(({ item }) => item);
}
/** Bytes in the order of bytes objects. */
export function orderOfBytes(a: Uint8Array, b: Uint8Array): number {
  const n = Math.min(a.length, b.length);
  for (let i = 0; i < n; i++) if (a[i] !== b[i]) return (a[i] as number) - (b[i] as number);
  return a.length - b.length;
}

/** The bytes of a code object, with all nested ones. */
export function marshalCode(data: CodeData): Uint8Array {
  const counting = new Writer(null);
  counting.code(data);
  const writer = new Writer(counting.seen);
  writer.code(data);
  return writer.done();
}
