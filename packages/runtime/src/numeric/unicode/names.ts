// Names of code points: \N{…} and unicodedata.lookup (names and aliases, any case), unicodedata.name.
// Looks straight into the packed text; nothing is kept between calls. The texts are 400 KB.

import { ALPHABET, ONE, TWO } from './generated/names.ts';
import { nameTexts } from './nametexts.ts';

const N = ALPHABET.length;

/** The code of the word with this rank. */
function codeOf(rank: number): string {
  if (rank < ONE) return ALPHABET[rank]!;
  rank -= ONE;
  if (rank < (TWO - ONE) * N) return ALPHABET[ONE + Math.floor(rank / N)]! + ALPHABET[rank % N]!;
  rank -= (TWO - ONE) * N;
  return ALPHABET[TWO + Math.floor(rank / (N * N))]! + ALPHABET[Math.floor(rank / N) % N]! + ALPHABET[rank % N]!;
}

const LEADS = 'G GG N D DD R M B BB S SS  J JJ C K T P H'.split(' ');
const VOWELS = 'A AE YA YAE EO E YEO YE O WA WAE OE YO U WEO WE WI YU EU YI I'.split(' ');
const TAILS = ' G GG GS N NJ NH D L LG LM LB LS LT LP LH M B BS S SS NG J C K T P H'.split(' ');
const HANGUL = 'HANGUL SYLLABLE ';

function lookupHangul(rest: string): number {
  for (let l = 0; l < LEADS.length; l++) {
    if (!rest.startsWith(LEADS[l]!)) continue;
    for (let v = 0; v < VOWELS.length; v++) {
      if (!rest.startsWith(VOWELS[v]!, LEADS[l]!.length)) continue;
      const t = TAILS.indexOf(rest.slice(LEADS[l]!.length + VOWELS[v]!.length));
      if (t >= 0) return 0xac00 + (l * 21 + v) * 28 + t;
    }
  }
  return -1;
}

/** Calls f with each run of listed code points: its first, its length, the line it starts at; until f returns true. */
function eachRun(f: (first: number, count: number, line: number) => boolean): void {
  let at = 0;
  let line = 0;
  for (const run of nameTexts().points.split(',')) {
    const [gap, count] = run.split('.');
    const n = count === undefined ? 1 : Number.parseInt(count, 36);
    at += Number.parseInt(gap!, 36);
    if (f(at, n, line)) return;
    at += n;
    line += n;
  }
}

/** The code point with this name or alias, or -1. */
export function lookupName(name: string): number {
  // a name is ASCII: the host would make an S of a long s
  if (!/^[ -~]*$/.test(name)) return -1;
  const upper = name.toUpperCase();
  if (upper.startsWith(HANGUL)) return lookupHangul(upper.slice(HANGUL.length));
  const hex = /^(.*-)([0-9A-F]{4,6})$/.exec(upper);
  if (hex !== null) {
    const c = Number.parseInt(hex[2]!, 16);
    const r = rangeOf(c);
    if (r !== null && r === hex[1] && hex[2] === c.toString(16).toUpperCase().padStart(4, '0')) return c;
  }
  const words = nameTexts().words.split(' ');
  let line = '\n';
  for (const w of upper.split(' ')) {
    const rank = words.indexOf(w);
    if (rank < 0) return lookupAlias(upper);
    line += codeOf(rank);
  }
  const { names } = nameTexts();
  const found = names.indexOf(`${line}\n`);
  if (found < 0) return lookupAlias(upper);
  let wanted = 0;
  for (let i = names.indexOf('\n'); i < found; i = names.indexOf('\n', i + 1)) wanted++;
  let result = -1;
  eachRun((first, count, start) => {
    if (wanted >= start + count) return false;
    result = first + wanted - start;
    return true;
  });
  return result;
}

function lookupAlias(upper: string): number {
  const text = `,${nameTexts().aliases},`;
  const at = text.indexOf(`,${upper}=`);
  if (at < 0) return -1;
  const from = at + upper.length + 2;
  return Number.parseInt(text.slice(from, text.indexOf(',', from)), 36);
}

function rangeOf(c: number): string | null {
  for (const r of nameTexts().ranges.split(',')) {
    const [prefix, first, last] = r.split('=');
    if (c >= Number.parseInt(first!, 36) && c <= Number.parseInt(last!, 36)) return prefix!;
  }
  return null;
}

/** The name of a code point, or null. */
export function nameOf(c: number): string | null {
  if (c >= 0xac00 && c <= 0xd7a3) {
    const s = c - 0xac00;
    return HANGUL + LEADS[Math.floor(s / 588)] + VOWELS[Math.floor(s / 28) % 21] + TAILS[s % 28];
  }
  const prefix = rangeOf(c);
  if (prefix !== null) return prefix + c.toString(16).toUpperCase().padStart(4, '0');
  let line = -1;
  eachRun((first, count, start) => {
    if (c < first) return true;
    if (c >= first + count) return false;
    line = start + c - first;
    return true;
  });
  if (line < 0) return null;
  const { names } = nameTexts();
  let from = 1;
  for (; line > 0; line--) from = names.indexOf('\n', from) + 1;
  return decodeLine(names.slice(from, names.indexOf('\n', from)), nameTexts().words.split(' '));
}

function decodeLine(line: string, words: readonly string[]): string {
  const out: string[] = [];
  for (let i = 0; i < line.length; ) {
    const a = ALPHABET.indexOf(line[i++]!);
    let rank = a;
    if (a >= TWO) {
      rank = ONE + (TWO - ONE) * N + ((a - TWO) * N + ALPHABET.indexOf(line[i++]!)) * N;
      rank += ALPHABET.indexOf(line[i++]!);
    } else if (a >= ONE) rank = ONE + (a - ONE) * N + ALPHABET.indexOf(line[i++]!);
    out.push(words[rank]!);
  }
  return out.join(' ');
}

/** Every listed name with its code point, in order: for tests and searches. */
export function* allListedNames(): Generator<[number, string]> {
  const lines = nameTexts().names.slice(1, -1).split('\n');
  const words = nameTexts().words.split(' ');
  const points: number[] = [];
  eachRun((first, count) => {
    for (let i = 0; i < count; i++) points.push(first + i);
    return false;
  });
  for (let i = 0; i < lines.length; i++) yield [points[i]!, decodeLine(lines[i]!, words)];
}
