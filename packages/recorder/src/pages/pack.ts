// A page as few words: 32 words say which of its 1,024 differ from a base (or from zero), then those words. Half of a heap's
// bytes are zero (the upper halves of pointers and counts), and most pages change in a few counts only.

export const WORDS = 1024;
const MAP = 32;

const scratch = new Uint32Array(MAP + WORDS);

/** The page at `words[at]` as its differences from `base`, or from zeros where that is null. */
export function packPage(words: Uint32Array, at: number, base: Uint32Array | null): Uint32Array {
  let n = MAP;
  for (let group = 0; group < MAP; group++) {
    let bits = 0;
    const first = group * 32;
    for (let i = 0; i < 32; i++) {
      const word = words[at + first + i] as number;
      if (word === (base === null ? 0 : (base[first + i] as number))) continue;
      bits |= 1 << i;
      scratch[n++] = word;
    }
    scratch[group] = bits;
  }
  return scratch.slice(0, n);
}

/** Puts the packed words over what stands at `words[at]`, which is the base they were packed against. */
export function unpackPage(packed: Uint32Array, words: Uint32Array, at: number): void {
  let n = MAP;
  for (let group = 0; group < MAP; group++) {
    let bits = packed[group] as number;
    const first = at + group * 32;
    while (bits !== 0) {
      const low = bits & -bits;
      words[first + 31 - Math.clz32(low)] = packed[n++] as number;
      bits ^= low;
    }
  }
}
