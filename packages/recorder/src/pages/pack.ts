// A page as few words: what differs from a base, or from zero. Half of a heap's bytes are zero (the upper halves of pointers and
// counts), and most pages change in a few counts only.
//
// The first word says which of the 32 groups of 32 words differ; for each of those follow a word that says which of its words do,
// and these.

export const WORDS = 1024;
const GROUPS = 32;
/** A packed page has at most so many words. */
export const MOST = WORDS + GROUPS + 1;

/** Packs the page at `words[at]` against `base`, or against zeros where that is null, to `out[to]`; returns how many words it takes. */
export function packPage(words: Uint32Array, at: number, base: Uint32Array | null, out: Uint32Array, to = 0): number {
  let n = to + 1;
  let groups = 0;
  for (let group = 0; group < GROUPS; group++) {
    let bits = 0;
    const map = n++;
    const first = group << 5;
    for (let i = 0; i < 32; i++) {
      const word = words[at + first + i] as number;
      if (word === (base === null ? 0 : (base[first + i] as number))) continue;
      bits |= 1 << i;
      out[n++] = word;
    }
    if (bits === 0) {
      n = map;
      continue;
    }
    out[map] = bits;
    groups |= 1 << group;
  }
  out[to] = groups;
  return n - to;
}

/** Puts what is packed at `packed[from]` over what stands at `words[at]`, which is the base it was packed against. */
export function unpackPage(packed: Uint32Array, from: number, words: Uint32Array, at: number): void {
  let n = from + 1;
  for (let groups = packed[from] as number; groups !== 0; ) {
    const group = groups & -groups;
    groups ^= group;
    const first = at + ((31 - Math.clz32(group)) << 5) + 31;
    for (let bits = packed[n++] as number; bits !== 0; ) {
      const low = bits & -bits;
      words[first - Math.clz32(low)] = packed[n++] as number;
      bits ^= low;
    }
  }
}
