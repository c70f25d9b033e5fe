// What one visit read: lines of 64 bytes, and in each the 8-byte words, so that a later change of any of them is known to
// matter to whoever was visited.
export const LINE_SHIFT = 6;
const CACHE = 64;

export class Footprint {
  lines: Int32Array = new Int32Array(64);
  /** Bit n: the visit depends on word n of the line. */
  words: Uint8Array = new Uint8Array(64);
  size = 0;
  /** The types that were asked for: what they say was used. */
  readonly types: number[] = [];
  private readonly cachedLine = new Int32Array(CACHE).fill(-1);
  private readonly cachedAt = new Int32Array(CACHE);

  /** The 8-byte word at an address was read. */
  add(address: number): void {
    const line = address >>> LINE_SHIFT;
    const bit = 1 << ((address >>> 3) & 7);
    const slot = line & (CACHE - 1);
    if (this.cachedLine[slot] === line) {
      this.words[this.cachedAt[slot]!]! |= bit;
      return;
    }
    if (this.size === this.lines.length) this.grow();
    this.cachedLine[slot] = line;
    this.cachedAt[slot] = this.size;
    this.lines[this.size] = line;
    this.words[this.size++] = bit;
  }

  /** Eight bytes at an address were read; only broken bytes lead to an address that is no multiple of 8. */
  addWide(address: number): void {
    this.add(address);
    if ((address & 7) !== 0) this.add(address + 7);
  }

  addAll(other: Footprint): void {
    for (let i = 0; i < other.size; i++) {
      const words = other.words[i]!;
      for (let n = 0; n < 8; n++) if (((words >> n) & 1) !== 0) this.add(other.lines[i]! * 64 + n * 8);
    }
  }

  clear(): void {
    for (let i = 0; i < this.size; i++) this.cachedLine[this.lines[i]! & (CACHE - 1)] = -1;
    this.size = 0;
    this.types.length = 0;
  }

  private grow(): void {
    const lines = new Int32Array(this.lines.length * 2);
    lines.set(this.lines);
    this.lines = lines;
    const words = new Uint8Array(lines.length);
    words.set(this.words);
    this.words = words;
  }
}
