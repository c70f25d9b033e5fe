/** Characters as regular expressions class and compare them: categories, sets, lower case. Mirrors that part of Modules/_sre. */
import {
  SRE_AT_BEGINNING,
  SRE_AT_BEGINNING_LINE,
  SRE_AT_BEGINNING_STRING,
  SRE_AT_END,
  SRE_AT_END_LINE,
  SRE_AT_END_STRING,
  SRE_AT_BOUNDARY,
  SRE_AT_LOC_BOUNDARY,
  SRE_AT_LOC_NON_BOUNDARY,
  SRE_AT_NON_BOUNDARY,
  SRE_AT_UNI_NON_BOUNDARY,
  SRE_CATEGORIES,
  SRE_CATEGORY_DIGIT,
  SRE_CATEGORY_LINEBREAK,
  SRE_CATEGORY_LOC_WORD,
  SRE_CATEGORY_SPACE,
  SRE_CATEGORY_UNI_DIGIT,
  SRE_CATEGORY_UNI_LINEBREAK,
  SRE_CATEGORY_UNI_SPACE,
  SRE_CATEGORY_UNI_WORD,
  SRE_CATEGORY_WORD,
  SRE_OP_BIGCHARSET,
  SRE_OP_CATEGORY,
  SRE_OP_CHARSET,
  SRE_OP_FAILURE,
  SRE_OP_LITERAL,
  SRE_OP_NEGATE,
  SRE_OP_RANGE,
  SRE_OP_RANGE_UNI_IGNORE,
} from '@moult/abi';
import { i32, mem, ROOM_STATE, setU8, u32, u8 } from '../memory/linear.ts';
import { toLowerFirst, toUpperFirst } from '../numeric/unicode/casing.ts';
import { isAlnum, isDecimal, isLinebreak, isSpace } from '../numeric/unicode/properties.ts';

/** Row of this room: a byte for each of the first 256 characters, a bit for each category, then the bit of each category. */
export const SRE_CHARS = ROOM_STATE + 0x4800;
export const SRE_MASKS = SRE_CHARS + 256;

/** Cold boot: lays the bytes down. */
export function initChars(): void {
  for (let c = 0; c < 256; c++) {
    let bits = 0;
    for (let k = 0; k < 8; k++) if (inCategory(TABLED[k] as number, c)) bits |= 1 << k;
    setU8(SRE_CHARS + c, bits);
  }
  for (let category = 0; category < SRE_CATEGORIES; category++) {
    const plain = category & ~1;
    const k = TABLED.indexOf(plain === SRE_CATEGORY_LOC_WORD ? SRE_CATEGORY_WORD : plain);
    setU8(SRE_MASKS + category, 1 << k);
  }
}
const TABLED: readonly number[] = [
  SRE_CATEGORY_DIGIT,
  SRE_CATEGORY_SPACE,
  SRE_CATEGORY_WORD,
  SRE_CATEGORY_LINEBREAK,
  SRE_CATEGORY_UNI_DIGIT,
  SRE_CATEGORY_UNI_SPACE,
  SRE_CATEGORY_UNI_WORD,
  SRE_CATEGORY_UNI_LINEBREAK,
];

export const asciiAlpha = (c: number): boolean => (c >= 65 && c <= 90) || (c >= 97 && c <= 122);

/** Whether the character is of the (even, positive) category. The locale is C: there, letters are those of ASCII. */
function inCategory(category: number, c: number): boolean {
  switch (category) {
    case SRE_CATEGORY_DIGIT:
      return c >= 48 && c <= 57;
    case SRE_CATEGORY_SPACE:
      return c === 32 || (c >= 9 && c <= 13);
    case SRE_CATEGORY_WORD:
    case SRE_CATEGORY_LOC_WORD:
      return asciiAlpha(c) || (c >= 48 && c <= 57) || c === 95;
    case SRE_CATEGORY_LINEBREAK:
      return c === 10;
    case SRE_CATEGORY_UNI_DIGIT:
      return isDecimal(c);
    case SRE_CATEGORY_UNI_SPACE:
      return isSpace(c);
    case SRE_CATEGORY_UNI_WORD:
      return c === 95 || isAlnum(c);
    default:
      return isLinebreak(c);
  }
}
export function sre_category(category: number, c: number): boolean {
  const negated = (category & 1) !== 0;
  if (c < 256) return ((u8(SRE_CHARS + c) & u8(SRE_MASKS + category)) !== 0) !== negated;
  return inCategory(category & ~1, c) !== negated;
}

export function sre_lower_ascii(c: number): number {
  return c >= 65 && c <= 90 ? c + 32 : c;
}
function sre_upper_ascii(c: number): number {
  return c >= 97 && c <= 122 ? c - 32 : c;
}
export function sre_lower_unicode(c: number): number {
  return c < 128 ? sre_lower_ascii(c) : toLowerFirst(c);
}
export function sre_upper_unicode(c: number): number {
  return c < 128 ? sre_upper_ascii(c) : toUpperFirst(c);
}
/** In the C locale. */
export const sre_lower_locale = sre_lower_ascii;
export function char_loc_ignore(pattern: number, c: number): boolean {
  return c === pattern || sre_lower_ascii(c) === pattern || sre_upper_ascii(c) === pattern;
}

/** The character of `size` bytes at `p`. */
export function charAt(size: number, p: number): number {
  return size === 1 ? mem.getUint8(p) : size === 2 ? mem.getUint16(p, true) : mem.getInt32(p, true);
}

/** Whether the character is a member of the set at `set`. */
export function sre_charset(set: number, c: number): boolean {
  let ok = true;
  for (;;) {
    const op = mem.getInt32(set, true);
    set += 4;
    switch (op) {
      case SRE_OP_FAILURE:
        return !ok;
      case SRE_OP_LITERAL:
        if (c === mem.getInt32(set, true)) return ok;
        set += 4;
        break;
      case SRE_OP_CATEGORY:
        if (sre_category(mem.getInt32(set, true), c)) return ok;
        set += 4;
        break;
      case SRE_OP_CHARSET:
        if (c < 256 && (mem.getInt32(set + ((c >> 5) << 2), true) & (1 << (c & 31))) !== 0) return ok;
        set += 32;
        break;
      case SRE_OP_RANGE:
        if (c >= u32(set) && c <= u32(set + 4)) return ok;
        set += 8;
        break;
      case SRE_OP_NEGATE:
        ok = !ok;
        break;
      case SRE_OP_BIGCHARSET: {
        // how many blocks of 256 bits; for each 256 characters the number of its block; the blocks
        const count = i32(set);
        if (c < 0x10000) {
          const block = set + 260 + (u8(set + 4 + (c >> 8)) << 5);
          if ((i32(block + (((c & 255) >> 5) << 2)) & (1 << (c & 31))) !== 0) return ok;
        }
        set += 260 + (count << 5);
        break;
      }
      case SRE_OP_RANGE_UNI_IGNORE: {
        const lo = u32(set);
        const hi = u32(set + 4);
        if (c >= lo && c <= hi) return ok;
        const upper = sre_upper_unicode(c);
        if (upper >= lo && upper <= hi) return ok;
        set += 8;
        break;
      }
      default:
        return false;
    }
  }
}
export function charset_loc_ignore(set: number, c: number): boolean {
  const lower = sre_lower_ascii(c);
  if (sre_charset(set, lower)) return true;
  const upper = sre_upper_ascii(c);
  return upper !== lower && sre_charset(set, upper);
}

/** Whether `p` is at a place of the kind `at` of the text from `beginning` to `end`. */
export function sre_at(at: number, p: number, size: number, beginning: number, end: number): boolean {
  switch (at) {
    case SRE_AT_BEGINNING:
    case SRE_AT_BEGINNING_STRING:
      return p === beginning;
    case SRE_AT_BEGINNING_LINE:
      return p === beginning || charAt(size, p - size) === 10;
    case SRE_AT_END:
      return p === end || (end - p === size && charAt(size, p) === 10);
    case SRE_AT_END_LINE:
      return p === end || charAt(size, p) === 10;
    case SRE_AT_END_STRING:
      return p === end;
    default: {
      if (beginning === end) return false;
      const category =
        at === SRE_AT_BOUNDARY || at === SRE_AT_NON_BOUNDARY
          ? SRE_CATEGORY_WORD
          : at === SRE_AT_LOC_BOUNDARY || at === SRE_AT_LOC_NON_BOUNDARY
            ? SRE_CATEGORY_LOC_WORD
            : SRE_CATEGORY_UNI_WORD;
      const before = p > beginning && sre_category(category, charAt(size, p - size));
      const here = p < end && sre_category(category, charAt(size, p));
      const negated = at === SRE_AT_NON_BOUNDARY || at === SRE_AT_LOC_NON_BOUNDARY || at === SRE_AT_UNI_NON_BOUNDARY;
      return (before !== here) !== negated;
    }
  }
}
