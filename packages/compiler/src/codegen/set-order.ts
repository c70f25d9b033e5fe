// The order in which CPython iterates over a set of strings, with hash seed 0: 3.13.0 writes __static_attributes__
// from a set. Mirrors set_add_entry and set_insert_clean (Objects/setobject.c) over siphash13 (Python/pyhash.c).

const mask64 = (1n << 64n) - 1n;
const rotate = (x: bigint, n: bigint): bigint => ((x << n) | (x >> (64n - n))) & mask64;

/** The bytes of CPython's representation: 1, 2 or 4 a character, by the widest one. */
function stringBytes(s: string): Uint8Array {
  const points = Array.from(s, (ch) => ch.codePointAt(0)!);
  const widest = points.reduce((a, b) => Math.max(a, b), 0);
  const width = widest < 0x100 ? 1 : widest < 0x10000 ? 2 : 4;
  const bytes = new Uint8Array(points.length * width);
  points.forEach((point, i) => {
    for (let k = 0; k < width; k++) bytes[i * width + k] = (point >>> (8 * k)) & 0xff;
  });
  return bytes;
}

/** The unsigned 64 bits of hash(s) with PYTHONHASHSEED=0 (all key bits 0). */
export function stringHash(s: string): bigint {
  if (s === '') return 0n;
  const bytes = stringBytes(s);
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
  const words = Math.floor(bytes.length / 8);
  let b = (BigInt(bytes.length) & 0xffn) << 56n;
  for (let i = 0; i < words; i++) {
    let m = 0n;
    for (let k = 0; k < 8; k++) m |= BigInt(bytes[i * 8 + k]!) << BigInt(8 * k);
    v3 ^= m;
    round();
    v0 ^= m;
  }
  for (let k = words * 8; k < bytes.length; k++) b |= BigInt(bytes[k]!) << BigInt(8 * (k - words * 8));
  v3 ^= b;
  round();
  v0 ^= b;
  v2 ^= 0xffn;
  round();
  round();
  round();
  const hash = v0 ^ v1 ^ v2 ^ v3;
  return hash === mask64 ? mask64 - 1n : hash;
}

const LINEAR_PROBES = 9;

interface Slot {
  name: string;
  hash: bigint;
}

function insert(table: (Slot | null)[], slot: Slot): void {
  const size = table.length;
  const mask = BigInt(size - 1);
  let perturb = slot.hash;
  let i = Number(slot.hash & mask);
  for (;;) {
    const probes = i + LINEAR_PROBES <= size - 1 ? LINEAR_PROBES : 0;
    for (let k = 0; k <= probes; k++) {
      if (table[i + k] === null) {
        table[i + k] = slot;
        return;
      }
    }
    perturb >>= 5n;
    i = Number((BigInt(i) * 5n + 1n + perturb) & mask);
  }
}

/** `names` are distinct, in the order of their insertion. */
export function pythonSetOrder(names: string[]): string[] {
  if (names.length < 2) return names;
  let table: (Slot | null)[] = new Array(8).fill(null);
  let used = 0;
  for (const name of names) {
    insert(table, { name, hash: stringHash(name) });
    used++;
    if (used * 5 < (table.length - 1) * 3) continue;
    const wanted = used > 50_000 ? used * 2 : used * 4;
    let size = 8;
    while (size <= wanted) size <<= 1;
    const old = table;
    table = new Array(size).fill(null);
    for (const slot of old) if (slot !== null) insert(table, slot);
  }
  return table.flatMap((slot) => (slot === null ? [] : [slot.name]));
}
