// What a page of 4 KiB holds, as one number: pages that were changed are found by it, without a copy of the whole memory.
//
// The function is WebAssembly over the process's own memory (four lanes of 64-bit multiply and rotate, as xxHash has them):
// JavaScript would take ten times as long. Its 53 bits are a double.

declare const WebAssembly: {
  Memory: new (descriptor: { initial: number; maximum: number }) => { readonly buffer: ArrayBuffer };
  Module: new (bytes: Uint8Array) => object;
  Instance: new (module: object, imports: object) => { readonly exports: Record<string, unknown> };
};

export const PAGE = 4096;

const P1 = 0x9e3779b185ebca87n;
const P2 = 0xc2b2ae3d27d4eb4fn;
const P3 = 0x165667b19e3779f9n;

function unsigned(value: number): number[] {
  const out: number[] = [];
  for (let n = value; ; n >>>= 7) {
    if (n < 128) return [...out, n];
    out.push((n & 127) | 128);
  }
}
function signed(value: bigint): number[] {
  const out: number[] = [];
  for (let n = BigInt.asIntN(64, value); ; n >>= 7n) {
    const low = Number(n & 127n);
    const rest = n >> 7n;
    if ((rest === 0n && low < 64) || (rest === -1n && low >= 64)) return [...out, low];
    out.push(low | 128);
  }
}
const i32 = (n: number): number[] => [0x41, ...signed(BigInt(n))];
const i64 = (n: bigint): number[] => [0x42, ...signed(n)];
const get = (local: number): number[] => [0x20, local];
const set = (local: number): number[] => [0x21, local];
const load = (address: number, offset: number): number[] => [...get(address), 0x29, 3, ...unsigned(offset)];
const ADD64 = 0x7c;
const MUL64 = 0x7e;
const XOR64 = 0x85;
const SHR64 = 0x88;
const ROTL64 = 0x89;

const vector = (items: readonly (readonly number[])[]): number[] => [...unsigned(items.length), ...items.flat()];
const sized = (bytes: readonly number[]): number[] => [...unsigned(bytes.length), ...bytes];
const section = (id: number, bytes: readonly number[]): number[] => [id, ...sized(bytes)];
const name = (text: string): number[] => sized([...text].map((c) => c.charCodeAt(0)));

/** The function `h`: local 0 is the address, 1 to 4 the lanes, 5 where the page ends. */
function body(): number[] {
  const lanes = [1, 2, 3, 4];
  const start = [P1 + P2, P2, 1n, -P1].flatMap((seed, i) => [...i64(seed), ...set(i + 1)]);
  const round = lanes.flatMap((lane, i) => [
    ...get(lane),
    ...load(0, i * 8),
    ...i64(P2),
    MUL64,
    ADD64,
    ...i64(31n),
    ROTL64,
    ...i64(P1),
    MUL64,
    ...set(lane),
  ]);
  const loop = [
    ...[0x03, 0x40, ...round],
    // the address moves on until it is where the page ends
    ...[...get(0), ...i32(32), 0x6a, 0x22, 0, ...get(5), 0x47, 0x0d, 0, 0x0b],
  ];
  const joined = lanes.flatMap((lane, i) => [
    ...get(lane),
    ...i64([1n, 7n, 12n, 18n][i] as bigint),
    ROTL64,
    ...(i === 0 ? [] : [ADD64]),
  ]);
  const mix = (shift: bigint): number[] => [...set(1), ...get(1), ...get(1), ...i64(shift), SHR64, XOR64];
  const finish = [
    ...mix(33n),
    ...i64(P2),
    MUL64,
    ...mix(29n),
    ...i64(P3),
    MUL64,
    ...mix(32n),
    ...i64(11n),
    SHR64,
    0xba,
  ];
  const code = [...start, ...get(0), ...i32(PAGE), 0x6a, ...set(5), ...loop, ...joined, ...finish, 0x0b];
  return sized([
    ...vector([
      [4, 0x7e],
      [1, 0x7f],
    ]),
    ...code,
  ]);
}

function moduleBytes(): Uint8Array {
  return new Uint8Array([
    ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, vector([[0x60, ...vector([[0x7f]]), ...vector([[0x7c]])]])),
    ...section(2, vector([[...name('e'), ...name('m'), 2, 1, ...unsigned(1), ...unsigned(65536)]])),
    ...section(3, vector([[0]])),
    ...section(7, vector([[...name('h'), 0, 0]])),
    ...section(10, vector([body()])),
  ]);
}

/** A memory of `n` bytes beside the process's, of which only what is written takes room. */
export function sideMemory(n: number): { readonly buffer: ArrayBuffer } {
  const pages = Math.ceil(n / 65536);
  return new WebAssembly.Memory({ initial: pages, maximum: pages });
}

/** The hash of the page that begins at an address; 0 for one that holds nothing but zeros. */
export type PageHash = (address: number) => number;

export function pageHash(memory: object): PageHash {
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(moduleBytes()), { e: { m: memory } });
  const hash = exports.h as PageHash;
  // nothing is ever stored at 0
  const zeros = hash(0);
  return (address) => {
    const h = hash(address);
    return h === zeros ? 0 : h;
  };
}
