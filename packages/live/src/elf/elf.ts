/**
 * What Moult needs of an ELF file: where its segments go, its sections, and the addresses of a few symbols. 64 bits, little
 * endian (x86-64, aarch64). The field offsets are those of the System V ABI's Elf64 structures.
 */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

export interface Segment {
  readonly offset: number;
  readonly address: number;
  readonly fileSize: number;
  readonly memorySize: number;
  readonly writable: boolean;
  readonly executable: boolean;
}
export interface Section {
  readonly name: string;
  readonly type: number;
  readonly address: number;
  readonly offset: number;
  readonly size: number;
  readonly link: number;
}
export interface Symbol {
  readonly address: number;
  readonly size: number;
}
export interface Elf {
  /** Whether its addresses are where it lies (a plain executable) or are added to (shared object, PIE). */
  readonly fixed: boolean;
  readonly machine: number;
  readonly segments: readonly Segment[];
  readonly sections: readonly Section[];
  readonly symbols: ReadonlyMap<string, Symbol>;
}

export class NotElf extends Error {}

const ET_EXEC = 2;
const PT_LOAD = 1;
const SHT_SYMTAB = 2;
const SHT_DYNSYM = 11;
const STT_OBJECT = 1;

/** Reads a file's headers, and of its symbols those that are wanted. */
export function readElf(path: string, wanted: ReadonlySet<string>): Elf {
  const file = openSync(path, 'r');
  try {
    const length = fstatSync(file).size;
    return parseElf((offset, size) => {
      if (!(offset >= 0 && size >= 0 && offset + size <= length)) throw new NotElf(`${path} is cut short`);
      const bytes = new Uint8Array(size);
      for (let done = 0; done < size; ) {
        const n = readSync(file, bytes, done, size - done, offset + done);
        if (n === 0) throw new NotElf(`${path} is cut short`);
        done += n;
      }
      return bytes;
    }, wanted);
  } finally {
    closeSync(file);
  }
}

export function parseElf(read: (offset: number, size: number) => Uint8Array, wanted: ReadonlySet<string>): Elf {
  const header = new Words(read(0, 64));
  if (header.u32(0) !== 0x464c457f) throw new NotElf('no ELF file');
  if (header.u8(4) !== 2 || header.u8(5) !== 1) throw new NotElf('not a 64-bit little-endian file');
  const sections = readSections(read, header);
  return {
    fixed: header.u16(16) === ET_EXEC,
    machine: header.u16(18),
    segments: readSegments(read, header),
    sections,
    symbols: readSymbols(read, sections, wanted),
  };
}

function readSegments(read: (offset: number, size: number) => Uint8Array, header: Words): Segment[] {
  const count = header.u16(56);
  const size = header.u16(54);
  const table = new Words(read(header.u64(32), size * count));
  const out: Segment[] = [];
  for (let at = 0; at < size * count; at += size) {
    if (table.u32(at) !== PT_LOAD) continue;
    const flags = table.u32(at + 4);
    out.push({
      offset: table.u64(at + 8),
      address: table.u64(at + 16),
      fileSize: table.u64(at + 32),
      memorySize: table.u64(at + 40),
      writable: (flags & 2) !== 0,
      executable: (flags & 1) !== 0,
    });
  }
  return out;
}

function readSections(read: (offset: number, size: number) => Uint8Array, header: Words): Section[] {
  const offset = header.u64(40);
  const size = header.u16(58);
  const count = header.u16(60);
  if (offset === 0 || count === 0) return [];
  const table = new Words(read(offset, size * count));
  const at = (i: number) => i * size;
  const names = header.u16(62);
  const text =
    names < count
      ? new Words(read(table.u64(at(names) + 24), table.u64(at(names) + 32)))
      : new Words(new Uint8Array(1));
  const out: Section[] = [];
  for (let i = 0; i < count; i++) {
    out.push({
      name: text.cstring(table.u32(at(i))),
      type: table.u32(at(i) + 4),
      address: table.u64(at(i) + 16),
      offset: table.u64(at(i) + 24),
      size: table.u64(at(i) + 32),
      link: table.u32(at(i) + 40),
    });
  }
  return out;
}

function readSymbols(
  read: (offset: number, size: number) => Uint8Array,
  sections: readonly Section[],
  wanted: ReadonlySet<string>,
): Map<string, Symbol> {
  const found = new Map<string, Symbol>();
  // The dynamic symbols first: they are few, and there when the others were stripped.
  const tables = sections.filter((s) => s.type === SHT_DYNSYM || s.type === SHT_SYMTAB);
  tables.sort((a, b) => b.type - a.type);
  for (const section of tables) {
    const strings = sections[section.link];
    if (strings === undefined) continue;
    const text = new Words(read(strings.offset, strings.size));
    const table = new Words(read(section.offset, section.size));
    for (let at = 0; at + 24 <= section.size; at += 24) {
      if ((table.u8(at + 4) & 15) !== STT_OBJECT) continue;
      const address = table.u64(at + 8);
      if (address === 0) continue;
      const name = text.cstring(table.u32(at));
      if (wanted.has(name) && !found.has(name)) found.set(name, { address, size: table.u64(at + 16) });
    }
  }
  return found;
}

class Words {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }
  u8(at: number): number {
    return this.#view.getUint8(at);
  }
  u16(at: number): number {
    return this.#view.getUint16(at, true);
  }
  u32(at: number): number {
    return this.#view.getUint32(at, true);
  }
  u64(at: number): number {
    return this.#view.getUint32(at, true) + this.#view.getUint32(at + 4, true) * 4294967296;
  }
  cstring(at: number): string {
    let end = at;
    while (end < this.#bytes.length && this.#bytes[end] !== 0) end++;
    return String.fromCharCode(...this.#bytes.subarray(at, Math.min(end, at + 4096)));
  }
}
