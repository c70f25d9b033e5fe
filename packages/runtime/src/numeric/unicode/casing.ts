// Full case mappings of code points: one to three code points each (_PyUnicode_ToLowerFull and its like), and
// str.lower(), upper(), title(), capitalize(), swapcase(), casefold() over arrays of code points.

import { SPECIAL_FOLD, SPECIAL_LOWER, SPECIAL_TITLE, SPECIAL_UPPER } from './generated/properties.ts';
import {
  isCased,
  isCaseIgnorable,
  isLower,
  isTitle,
  isUpper,
  toLowerSingle,
  toTitleSingle,
  toUpperSingle,
} from './properties.ts';

type Special = ReadonlyMap<number, readonly number[]>;

function decode(text: string): Special {
  const map = new Map<number, readonly number[]>();
  for (const entry of text.split(',')) {
    const [c, ...to] = entry.split(' ').map((s) => Number.parseInt(s, 36));
    map.set(c!, to);
  }
  return map;
}

const upper = decode(SPECIAL_UPPER);
const lower = decode(SPECIAL_LOWER);
const title = decode(SPECIAL_TITLE);
const fold = decode(SPECIAL_FOLD);

function put(out: number[], special: Special, c: number, single: number): void {
  const s = c < 128 ? undefined : special.get(c);
  if (s === undefined) out.push(single);
  else for (const x of s) out.push(x);
}

/** Each appends the mapping of one code point to out. */
export function toUpperFull(c: number, out: number[]): void {
  put(out, upper, c, toUpperSingle(c));
}
export function toLowerFull(c: number, out: number[]): void {
  put(out, lower, c, toLowerSingle(c));
}
export function toTitleFull(c: number, out: number[]): void {
  put(out, title, c, toTitleSingle(c));
}
export function toFoldedFull(c: number, out: number[]): void {
  put(out, fold, c, toLowerSingle(c));
}

/** The mapping to one code point as C has it: the first of those of a longer one (_PyUnicode_ToUppercase). */
export function toUpperFirst(c: number): number {
  return upper.get(c)?.[0] ?? toUpperSingle(c);
}
export function toLowerFirst(c: number): number {
  return lower.get(c)?.[0] ?? toLowerSingle(c);
}

const SIGMA = 0x3a3;

/** The lower case of the capital sigma at s[i]: final after a cased letter when no cased letter follows. */
function lowerSigma(s: ArrayLike<number>, i: number): number {
  let j = i - 1;
  while (j >= 0 && isCaseIgnorable(s[j]!)) j--;
  if (j < 0 || !isCased(s[j]!)) return 0x3c3;
  j = i + 1;
  while (j < s.length && isCaseIgnorable(s[j]!)) j++;
  return j === s.length || !isCased(s[j]!) ? 0x3c2 : 0x3c3;
}

function lowerAt(s: ArrayLike<number>, i: number, out: number[]): void {
  if (s[i] === SIGMA) out.push(lowerSigma(s, i));
  else toLowerFull(s[i]!, out);
}

export function lowerAll(s: ArrayLike<number>): number[] {
  const out: number[] = [];
  for (let i = 0; i < s.length; i++) lowerAt(s, i, out);
  return out;
}

export function upperAll(s: ArrayLike<number>): number[] {
  const out: number[] = [];
  for (let i = 0; i < s.length; i++) toUpperFull(s[i]!, out);
  return out;
}

export function casefoldAll(s: ArrayLike<number>): number[] {
  const out: number[] = [];
  for (let i = 0; i < s.length; i++) toFoldedFull(s[i]!, out);
  return out;
}

export function capitalizeAll(s: ArrayLike<number>): number[] {
  const out: number[] = [];
  if (s.length > 0) toTitleFull(s[0]!, out);
  for (let i = 1; i < s.length; i++) lowerAt(s, i, out);
  return out;
}

export function swapcaseAll(s: ArrayLike<number>): number[] {
  const out: number[] = [];
  for (let i = 0; i < s.length; i++) {
    const c = s[i]!;
    if (isUpper(c)) lowerAt(s, i, out);
    else if (isLower(c)) toUpperFull(c, out);
    else out.push(c);
  }
  return out;
}

export function titleAll(s: ArrayLike<number>): number[] {
  const out: number[] = [];
  let previousCased = false;
  for (let i = 0; i < s.length; i++) {
    const c = s[i]!;
    if (previousCased) lowerAt(s, i, out);
    else toTitleFull(c, out);
    previousCased = isCased(c);
  }
  return out;
}

/** str.istitle(). */
export function isTitleAll(s: ArrayLike<number>): boolean {
  let cased = false;
  let previousCased = false;
  for (let i = 0; i < s.length; i++) {
    const c = s[i]!;
    if (isUpper(c) || isTitle(c)) {
      if (previousCased) return false;
      previousCased = true;
      cased = true;
    } else if (isLower(c)) {
      if (!previousCased) return false;
      previousCased = true;
      cased = true;
    } else previousCased = false;
  }
  return cased;
}

/** str.isupper(): a cased letter, and none that is lower or title case. */
export function isUpperAll(s: ArrayLike<number>): boolean {
  let cased = false;
  for (let i = 0; i < s.length; i++) {
    if (isLower(s[i]!) || isTitle(s[i]!)) return false;
    if (isUpper(s[i]!)) cased = true;
  }
  return cased;
}

/** str.islower(). */
export function isLowerAll(s: ArrayLike<number>): boolean {
  let cased = false;
  for (let i = 0; i < s.length; i++) {
    if (isUpper(s[i]!) || isTitle(s[i]!)) return false;
    if (isLower(s[i]!)) cased = true;
  }
  return cased;
}
