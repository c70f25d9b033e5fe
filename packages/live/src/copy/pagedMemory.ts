/**
 * A copy of parts of an address space as one Memory: pages of 4 KiB in one buffer, found through a table. An address is a double.
 *
 *   tables[address / 2^32][(address % 2^32) >>> 12] = the page's place in the buffer, counted in pages; 0: not copied
 *
 * What is read in one go lies in one region, and a region's pages lie in a row, so reads may cross pages.
 */
import { type Memory, UnmappedError } from '@moult/abi';

export interface Region {
  readonly start: number;
  readonly end: number;
  readonly path: string;
}

const PAGE = 4096;
const HIGH = 4294967296;

export class PagedMemory implements Memory {
  /** What was copied, by address. */
  readonly regions: readonly Region[];
  readonly #buffer: ArrayBuffer;
  readonly #view: DataView;
  readonly #tables: (Uint32Array | undefined)[];

  /** Page 0 of the buffer is no page of the copy; the regions' pages follow in their order. */
  constructor(buffer: ArrayBuffer, regions: readonly Region[]) {
    this.regions = regions;
    this.#buffer = buffer;
    this.#view = new DataView(buffer);
    this.#tables = new Array<Uint32Array | undefined>(1 << 15).fill(undefined);
    let page = 1;
    for (const region of regions) {
      for (let address = region.start; address < region.end; address += PAGE) {
        const high = Math.floor(address / HIGH);
        const table = this.#tables[high] ?? new Uint32Array(1 << 20);
        this.#tables[high] = table;
        table[(address % HIGH) >>> 12] = page++;
      }
    }
  }

  #place(address: number): number {
    const high = Math.floor(address / HIGH);
    const table = this.#tables[high];
    if (table === undefined) return 0;
    const low = address - high * HIGH;
    const page = table[low >>> 12] as number;
    return page === 0 ? 0 : page * PAGE + (low & 4095);
  }
  #at(address: number, n: number): number {
    const place = this.#place(address);
    if (place === 0 || (place % PAGE) + n > PAGE) return this.#across(address, n, place);
    return place;
  }
  /** Of a read that leaves its first page: the rest must be mapped, too, and follow. */
  #across(address: number, n: number, place: number): number {
    if (place === 0 || !this.has(address, n)) throw new UnmappedError(address, n);
    return place;
  }

  has(address: number, n: number): boolean {
    const place = address > 0 ? this.#place(address) : 0;
    if (place === 0) return false;
    if ((place % PAGE) + n <= PAGE) return true;
    for (let at = address - (address % PAGE) + PAGE; at < address + n; at += PAGE) {
      if (this.#place(at) !== place + (at - address)) return false;
    }
    return true;
  }
  u8(address: number): number {
    return this.#view.getUint8(this.#at(address, 1));
  }
  u16(address: number): number {
    return this.#view.getUint16(this.#at(address, 2), true);
  }
  i8(address: number): number {
    return this.#view.getInt8(this.#at(address, 1));
  }
  i16(address: number): number {
    return this.#view.getInt16(this.#at(address, 2), true);
  }
  i32(address: number): number {
    return this.#view.getInt32(this.#at(address, 4), true);
  }
  u32(address: number): number {
    return this.#view.getUint32(this.#at(address, 4), true);
  }
  f64(address: number): number {
    return this.#view.getFloat64(this.#at(address, 8), true);
  }
  ptr(address: number): number {
    const place = this.#at(address, 8);
    return this.#view.getUint32(place, true) + this.#view.getUint32(place + 4, true) * HIGH;
  }
  ssize(address: number): number {
    const place = this.#at(address, 8);
    return this.#view.getUint32(place, true) + this.#view.getInt32(place + 4, true) * HIGH;
  }
  u64(address: number): bigint {
    return this.#view.getBigUint64(this.#at(address, 8), true);
  }
  i64(address: number): bigint {
    return this.#view.getBigInt64(this.#at(address, 8), true);
  }
  bytes(address: number, n: number): Uint8Array {
    return new Uint8Array(this.#buffer, n === 0 ? 0 : this.#at(address, n), n);
  }
}
