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
import { i32, mem, u8 } from '../memory/linear.ts';
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

/** The end of the run of members of the set that begins at `p`. Sets of one item are looked at once, not for each character. */
function endOfSet(set: number, p: number, end: number, size: number): number {
  const negated = i32(set) === SRE_OP_NEGATE;
  const item = negated ? set + 4 : set;
  const op = i32(item);
  if (size === 1) {
    if (op === SRE_OP_CATEGORY && i32(item + 8) === SRE_OP_FAILURE) {
      const mask = u8(SRE_MASKS + i32(item + 4));
      const wanted = ((i32(item + 4) & 1) !== 0) === negated;
      while (p < end && ((mem.getUint8(SRE_CHARS + mem.getUint8(p)) & mask) !== 0) === wanted) p++;
      return p;
    }
    if (op === SRE_OP_CHARSET && i32(item + 36) === SRE_OP_FAILURE) {
      const bits = item + 4;
      for (; p < end; p++) {
        const c = mem.getUint8(p);
        if (((mem.getUint8(bits + (c >> 3)) & (1 << (c & 7))) !== 0) === negated) return p;
      }
      return p;
    }
    if (op === SRE_OP_RANGE && i32(item + 12) === SRE_OP_FAILURE) {
      const lo = i32(item + 4) >>> 0;
      const hi = i32(item + 8) >>> 0;
      for (; p < end; p++) {
        const c = mem.getUint8(p);
        if ((c >= lo && c <= hi) === negated) return p;
      }
      return p;
    }
    while (p < end && sre_charset(set, mem.getUint8(p))) p++;
    return p;
  }
  if (size === 2) {
    while (p < end && sre_charset(set, mem.getUint16(p, true))) p += 2;
    return p;
  }
  while (p < end && sre_charset(set, mem.getInt32(p, true))) p += 4;
  return p;
}
/** The first place from `p` on where the character is (or, `negated`, is not) another than `c`. */
function endOfLiteral(c: number, negated: boolean, p: number, end: number, size: number): number {
  if (size === 1) {
    if (negated) while (p < end && mem.getUint8(p) !== c) p++;
    else while (p < end && mem.getUint8(p) === c) p++;
  } else if (size === 2) while (p < end && (mem.getUint16(p, true) !== c) === negated) p += 2;
  else while (p < end && (mem.getInt32(p, true) !== c) === negated) p += 4;
  return p;
}
/** The end of the run of matches of the instruction at `pattern` (isOneCharacter) that begins at `p`. */
export function endOfRun(pattern: number, p: number, end: number, size: number): number {
  switch (i32(pattern)) {
    case SRE_OP_IN:
      return endOfSet(pattern + 8, p, end, size);
    case SRE_OP_ANY:
      return endOfLiteral(10, true, p, end, size);
    case SRE_OP_ANY_ALL:
      return end;
    case SRE_OP_LITERAL:
      return endOfLiteral(i32(pattern + 4), false, p, end, size);
    case SRE_OP_NOT_LITERAL:
      return endOfLiteral(i32(pattern + 4), true, p, end, size);
    default:
      while (p < end && matchesOne(pattern, charAt(size, p))) p += size;
      return p;
  }
}
