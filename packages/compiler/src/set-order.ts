// The order in which CPython iterates over a set of constants, with hash seed 0: hashes as in Python/pyhash.c and the
// types' own, the table as in Objects/setobject.c.
import { type Constant, pointsOf } from './constants.ts';

const mask64 = (1n << 64n) - 1n;
const modulus = (1n << 61n) - 1n;
const rotate = (x: bigint, n: bigint): bigint => ((x << n) | (x >> (64n - n))) & mask64;
const noneHash = 0xfca86420n;

/** The bytes of a str as CPython stores them: 1, 2 or 4 a character, by the widest one. */
function stringBytes(points: readonly number[]): Uint8Array {
  const widest = points.reduce((a, b) => Math.max(a, b), 0);
  const width = widest < 0x100 ? 1 : widest < 0x10000 ? 2 : 4;
  const bytes = new Uint8Array(points.length * width);
  points.forEach((point, i) => {
    for (let k = 0; k < width; k++) bytes[i * width + k] = (point >>> (8 * k)) & 0xff;
  });
  return bytes;
}

function littleEndian(bytes: Uint8Array, from: number, to: number): bigint {
  let value = 0n;
  for (let i = to - 1; i >= from; i--) value = (value << 8n) | BigInt(bytes[i]!);
  return value;
}

/** SipHash-1-3 with a key of zeros. */
function bytesHash(bytes: Uint8Array): bigint {
  if (bytes.length === 0) return 0n;
  let v0 = 0x736f6d6570736575n;
  let v1 = 0x646f72616e646f6dn;
  let v2 = 0x6c7967656e657261n;
  let v3 = 0x7465646279746573n;
  const round = () => {
    v0 = (v0 + v1) & mask64;
    v1 = rotate(v1, 13n) ^ v0;
    v0 = rotate(v0, 32n);
    v2 = (v2 + v3) & mask64;
    v3 = rotate(v3, 16n) ^ v2;
    v0 = (v0 + v3) & mask64;
    v3 = rotate(v3, 21n) ^ v0;
    v2 = (v2 + v1) & mask64;
    v1 = rotate(v1, 17n) ^ v2;
    v2 = rotate(v2, 32n);
  };
  const whole = bytes.length - (bytes.length % 8);
  for (let at = 0; at < whole; at += 8) {
    const word = littleEndian(bytes, at, at + 8);
    v3 ^= word;
    round();
    v0 ^= word;
  }
  const last = ((BigInt(bytes.length) & 0xffn) << 56n) | littleEndian(bytes, whole, bytes.length);
  v3 ^= last;
  round();
  v0 ^= last;
  v2 ^= 0xffn;
  round();
  round();
  round();
  return v0 ^ v1 ^ v2 ^ v3;
}

function intHash(v: bigint): bigint {
  return v < 0n ? -(-v % modulus) : v % modulus;
}

/** A double is a whole number over a power of two, and 2 ** 61 is 1 here. */
function floatHash(v: number): bigint {
  if (!Number.isFinite(v)) return v > 0 ? 314159n : v < 0 ? -314159n : 0n;
  let numerator = Math.abs(v);
  let halvings = 0;
  while (!Number.isInteger(numerator)) {
    numerator *= 2;
    halvings++;
  }
  const hash = (BigInt(numerator) * (1n << BigInt((61 - (halvings % 61)) % 61))) % modulus;
  return v < 0 ? -hash : hash;
}

/** No hash is -1: that says error in C. */
function notMinusOne(hash: bigint): bigint {
  const unsigned = hash & mask64;
  return unsigned === mask64 ? mask64 - 1n : unsigned;
}

function tupleHash(items: Constant[]): bigint {
  const prime5 = 2870177450012600261n;
  let acc = prime5;
  for (const item of items) {
    acc = (acc + constantHash(item) * 14029467366897019727n) & mask64;
    acc = (rotate(acc, 31n) * 11400714785074694791n) & mask64;
  }
  acc = (acc + (BigInt(items.length) ^ (prime5 ^ 3527539n))) & mask64;
  return acc === mask64 ? 1546275796n : acc;
}

/** hash(c) as 64 unsigned bits; what is hashed by its address counts as 0. */
function constantHash(c: Constant): bigint {
  switch (c.t) {
    case 'None':
      return noneHash;
    case 'bool':
      return c.v ? 1n : 0n;
    case 'int':
      return notMinusOne(intHash(c.v));
    case 'float':
      return notMinusOne(floatHash(c.v));
    case 'complex':
      return notMinusOne((notMinusOne(floatHash(c.re)) + 1000003n * notMinusOne(floatHash(c.im))) & mask64);
    case 'str':
      return notMinusOne(bytesHash(stringBytes(pointsOf(c))));
    case 'bytes':
      return notMinusOne(bytesHash(c.v));
    case 'tuple':
      return tupleHash(c.v);
    default:
      return 0n;
  }
}

interface Slot {
  item: Constant;
  hash: bigint;
}

const LINEAR_PROBES = 9;

function insert(table: (Slot | null)[], slot: Slot): void {
  const last = table.length - 1;
  const mask = BigInt(last);
  let perturb = slot.hash;
  let at = slot.hash & mask;
  for (;;) {
    const first = Number(at);
    const probes = first + LINEAR_PROBES <= last ? LINEAR_PROBES : 0;
    for (let k = first; k <= first + probes; k++) {
      if (table[k] === null) {
        table[k] = slot;
        return;
      }
    }
    perturb >>= 5n;
    at = (at * 5n + 1n + perturb) & mask;
  }
}

/** `items` are distinct, in the order of their insertion. */
export function setOrder(items: Constant[]): Constant[] {
  if (items.length < 2) return items;
  let table: (Slot | null)[] = new Array(8).fill(null);
  let used = 0;
  for (const item of items) {
    insert(table, { item, hash: constantHash(item) });
    used++;
    if (used * 5 < (table.length - 1) * 3) continue;
    const wanted = used > 50_000 ? used * 2 : used * 4;
    let size = 8;
    while (size <= wanted) size *= 2;
    const old = table;
    table = new Array(size).fill(null);
    for (const slot of old) if (slot !== null) insert(table, slot);
  }
  return table.flatMap((slot) => (slot === null ? [] : [slot.item]));
}
