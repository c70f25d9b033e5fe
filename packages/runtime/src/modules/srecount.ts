/** How often a pattern of one character matches in a row. Mirrors SRE(count) of Modules/_sre/sre_lib.h. */
import {
  SRE_OP_ANY,
  SRE_OP_ANY_ALL,
  SRE_OP_CATEGORY,
  SRE_OP_CHARSET,
  SRE_OP_FAILURE,
  SRE_OP_IN,
  SRE_OP_IN_IGNORE,
  SRE_OP_IN_LOC_IGNORE,
  SRE_OP_IN_UNI_IGNORE,
  SRE_OP_LITERAL,
  SRE_OP_LITERAL_IGNORE,
  SRE_OP_LITERAL_LOC_IGNORE,
  SRE_OP_LITERAL_UNI_IGNORE,
  SRE_OP_NEGATE,
  SRE_OP_NOT_LITERAL,
  SRE_OP_NOT_LITERAL_IGNORE,
  SRE_OP_NOT_LITERAL_LOC_IGNORE,
  SRE_OP_NOT_LITERAL_UNI_IGNORE,
  SRE_OP_RANGE,
} from '@moult/abi';
import { bytes, i32, mem, u8 } from '../memory/linear.ts';
import {
  charAt,
  charset_loc_ignore,
  char_loc_ignore,
  SRE_CHARS,
  SRE_MASKS,
  sre_charset,
  sre_lower_ascii,
  sre_lower_unicode,
} from './srechars.ts';

/** Whether `matchesOne` knows the instruction. */
export function isOneCharacter(op: number): boolean {
  return (
    op === SRE_OP_LITERAL ||
    op === SRE_OP_NOT_LITERAL ||
    op === SRE_OP_ANY ||
    op === SRE_OP_ANY_ALL ||
    op === SRE_OP_IN ||
    (op >= SRE_OP_IN_IGNORE && op <= SRE_OP_NOT_LITERAL_IGNORE) ||
    (op >= SRE_OP_IN_LOC_IGNORE && op <= SRE_OP_NOT_LITERAL_LOC_IGNORE) ||
    (op >= SRE_OP_IN_UNI_IGNORE && op <= SRE_OP_NOT_LITERAL_UNI_IGNORE)
  );
}
/** Whether the character matches the instruction at `pattern`, one of those. */
export function matchesOne(pattern: number, c: number): boolean {
  const arg = i32(pattern + 4);
  switch (i32(pattern)) {
    case SRE_OP_LITERAL:
      return c === arg;
    case SRE_OP_NOT_LITERAL:
      return c !== arg;
    case SRE_OP_ANY:
      return c !== 10;
    case SRE_OP_ANY_ALL:
      return true;
    case SRE_OP_IN:
      return sre_charset(pattern + 8, c);
    case SRE_OP_LITERAL_IGNORE:
      return sre_lower_ascii(c) === arg;
    case SRE_OP_NOT_LITERAL_IGNORE:
      return sre_lower_ascii(c) !== arg;
    case SRE_OP_LITERAL_UNI_IGNORE:
      return sre_lower_unicode(c) === arg;
    case SRE_OP_NOT_LITERAL_UNI_IGNORE:
      return sre_lower_unicode(c) !== arg;
    case SRE_OP_LITERAL_LOC_IGNORE:
      return char_loc_ignore(arg, c);
    case SRE_OP_NOT_LITERAL_LOC_IGNORE:
      return !char_loc_ignore(arg, c);
    case SRE_OP_IN_IGNORE:
      return sre_charset(pattern + 8, sre_lower_ascii(c));
    case SRE_OP_IN_UNI_IGNORE:
      return sre_charset(pattern + 8, sre_lower_unicode(c));
    default:
      return charset_loc_ignore(pattern + 8, c);
  }
}

/**
 * The end of the run of characters from `p` on that are members of the set (`member`) or are not. Sets of one item are looked
 * at once, not for each character.
 */
export function endOfSet(set: number, p: number, end: number, size: number, member: boolean): number {
  if (size === 2) {
    while (p < end && sre_charset(set, mem.getUint16(p, true)) === member) p += 2;
    return p;
  }
  if (size === 4) {
    while (p < end && sre_charset(set, mem.getInt32(p, true)) === member) p += 4;
    return p;
  }
  const negated = i32(set) === SRE_OP_NEGATE;
  const item = negated ? set + 4 : set;
  const op = i32(item);
  // what is wanted of the only item
  const wanted = negated !== member;
  if (op === SRE_OP_CATEGORY && i32(item + 8) === SRE_OP_FAILURE) {
    const mask = u8(SRE_MASKS + i32(item + 4));
    const bit = ((i32(item + 4) & 1) !== 0) !== wanted;
    while (p < end && ((mem.getUint8(SRE_CHARS + mem.getUint8(p)) & mask) !== 0) === bit) p++;
    return p;
  }
  if (op === SRE_OP_CHARSET && i32(item + 36) === SRE_OP_FAILURE) {
    const bits = item + 4;
    for (; p < end; p++) {
      const c = mem.getUint8(p);
      if (((mem.getUint8(bits + (c >> 3)) & (1 << (c & 7))) !== 0) !== wanted) return p;
    }
    return p;
  }
  if (op === SRE_OP_RANGE && i32(item + 12) === SRE_OP_FAILURE) {
    const lo = i32(item + 4) >>> 0;
    const hi = i32(item + 8) >>> 0;
    for (; p < end; p++) {
      const c = mem.getUint8(p);
      if ((c >= lo && c <= hi) !== wanted) return p;
    }
    return p;
  }
  while (p < end && sre_charset(set, mem.getUint8(p)) === member) p++;
  return p;
}

/** So many bytes are looked at one by one before the host's own search is asked. */
const NEAR = 128;

/** The first place from `p` on where the character is `c`; `end` where none is. */
export function findLiteral(c: number, p: number, end: number, size: number): number {
  if (size === 1) {
    const near = end - p > 2 * NEAR ? p + NEAR : end;
    while (p < near && mem.getUint8(p) !== c) p++;
    if (p < near || near === end) return p;
    const k = bytes.subarray(p, end).indexOf(c);
    return k < 0 ? end : p + k;
  }
  if (size === 2) while (p < end && mem.getUint16(p, true) !== c) p += 2;
  else while (p < end && mem.getInt32(p, true) !== c) p += 4;
  return p;
}
/** The last place from `p` down to `start` where the character is `c`; in front of `start` where none is. */
export function findLiteralBack(c: number, p: number, start: number, size: number): number {
  if (size === 1) {
    const near = p - start > 2 * NEAR ? p - NEAR : start - 1;
    while (p > near && mem.getUint8(p) !== c) p--;
    if (p > near || near < start) return p;
    return start + bytes.subarray(start, p + 1).lastIndexOf(c);
  }
  while (p >= start && charAt(size, p) !== c) p -= size;
  return p;
}
/** The first place from `p` on where the character is another than `c`. */
function endOfLiteral(c: number, p: number, end: number, size: number): number {
  if (size === 1) while (p < end && mem.getUint8(p) === c) p++;
  else if (size === 2) while (p < end && mem.getUint16(p, true) === c) p += 2;
  else while (p < end && mem.getInt32(p, true) === c) p += 4;
  return p;
}
/** The end of the run of matches of the instruction at `pattern` (isOneCharacter) that begins at `p`. */
export function endOfRun(pattern: number, p: number, end: number, size: number): number {
  switch (i32(pattern)) {
    case SRE_OP_IN:
      return endOfSet(pattern + 8, p, end, size, true);
    case SRE_OP_ANY:
      return findLiteral(10, p, end, size);
    case SRE_OP_ANY_ALL:
      return end;
    case SRE_OP_LITERAL:
      return endOfLiteral(i32(pattern + 4), p, end, size);
    case SRE_OP_NOT_LITERAL:
      return findLiteral(i32(pattern + 4), p, end, size);
    default:
      while (p < end && matchesOne(pattern, charAt(size, p))) p += size;
      return p;
  }
}
