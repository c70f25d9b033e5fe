/** Whether code is as re._compiler makes it: what runs it trusts it. Mirrors _validate of Modules/_sre/sre.c. */
import {
  PatternObject as P,
  SRE_AT_UNI_NON_BOUNDARY,
  SRE_CATEGORIES,
  SRE_INFO_CHARSET,
  SRE_INFO_LITERAL,
  SRE_INFO_PREFIX,
  SRE_MAXGROUPS,
  SRE_OP_ANY,
  SRE_OP_ANY_ALL,
  SRE_OP_ASSERT,
  SRE_OP_ASSERT_NOT,
  SRE_OP_AT,
  SRE_OP_ATOMIC_GROUP,
  SRE_OP_BIGCHARSET,
  SRE_OP_BRANCH,
  SRE_OP_CATEGORY,
  SRE_OP_CHARSET,
  SRE_OP_FAILURE,
  SRE_OP_GROUPREF,
  SRE_OP_GROUPREF_EXISTS,
  SRE_OP_GROUPREF_IGNORE,
  SRE_OP_GROUPREF_LOC_IGNORE,
  SRE_OP_GROUPREF_UNI_IGNORE,
  SRE_OP_IN,
  SRE_OP_IN_IGNORE,
  SRE_OP_IN_LOC_IGNORE,
  SRE_OP_IN_UNI_IGNORE,
  SRE_OP_INFO,
  SRE_OP_JUMP,
  SRE_OP_LITERAL,
  SRE_OP_LITERAL_IGNORE,
  SRE_OP_LITERAL_LOC_IGNORE,
  SRE_OP_LITERAL_UNI_IGNORE,
  SRE_OP_MARK,
  SRE_OP_MAX_UNTIL,
  SRE_OP_MIN_REPEAT_ONE,
  SRE_OP_MIN_UNTIL,
  SRE_OP_NEGATE,
  SRE_OP_NOT_LITERAL,
  SRE_OP_NOT_LITERAL_IGNORE,
  SRE_OP_NOT_LITERAL_LOC_IGNORE,
  SRE_OP_NOT_LITERAL_UNI_IGNORE,
  SRE_OP_POSSESSIVE_REPEAT,
  SRE_OP_POSSESSIVE_REPEAT_ONE,
  SRE_OP_RANGE,
  SRE_OP_RANGE_UNI_IGNORE,
  SRE_OP_REPEAT,
  SRE_OP_REPEAT_ONE,
  SRE_OP_SUCCESS,
} from '@moult/abi';
import { i32, u32, u8 } from '../memory/linear.ts';

// Places in the code are indices of its words.

interface Code {
  /** The address of word 0. */
  readonly base: number;
  readonly groups: number;
}
const word = (c: Code, i: number): number => u32(c.base + (i << 2));

function charsetEnd(c: Code, at: number, end: number): boolean {
  while (at < end) {
    const op = word(c, at++);
    let words: number;
    switch (op) {
      case SRE_OP_NEGATE:
        words = 0;
        break;
      case SRE_OP_LITERAL:
        words = 1;
        break;
      case SRE_OP_RANGE:
      case SRE_OP_RANGE_UNI_IGNORE:
        words = 2;
        break;
      case SRE_OP_CHARSET:
        words = 8;
        break;
      case SRE_OP_BIGCHARSET: {
        if (at >= end) return false;
        const blocks = word(c, at);
        if (64 > end - at - 1) return false;
        const table = c.base + ((at + 1) << 2);
        for (let i = 0; i < 256; i++) if (u8(table + i) >= blocks) return false;
        words = 65 + blocks * 8;
        break;
      }
      case SRE_OP_CATEGORY:
        if (at >= end || word(c, at) >= SRE_CATEGORIES) return false;
        words = 1;
        break;
      default:
        return false;
    }
    if (words > end - at) return false;
    at += words;
  }
  return true;
}

/** The word behind the block of information whose length stands at `at`; -1 where it is wrong. */
function infoEnd(c: Code, at: number, end: number): number {
  if (at + 4 > end) return -1;
  const next = at + word(c, at);
  if (next > end) return -1;
  const flags = word(c, at + 1);
  if ((flags & ~(SRE_INFO_PREFIX | SRE_INFO_LITERAL | SRE_INFO_CHARSET)) !== 0) return -1;
  const prefix = (flags & SRE_INFO_PREFIX) !== 0;
  const charset = (flags & SRE_INFO_CHARSET) !== 0;
  if ((prefix && charset) || ((flags & SRE_INFO_LITERAL) !== 0 && !prefix)) return -1;
  at += 4;
  if (prefix) {
    if (at + 2 > end) return -1;
    const length = word(c, at);
    at += 2;
    if (2 * length > next - at) return -1;
    at += length;
    for (let i = 0; i < length; i++) if (word(c, at + i) >= length) return -1;
    at += length;
  }
  if (charset) return charsetEnd(c, at, next - 1) && word(c, next - 1) === SRE_OP_FAILURE ? next : -1;
  return at === next ? next : -1;
}
function branchEnd(c: Code, at: number, end: number): number {
  let target = -1;
  for (;;) {
    if (at >= end) return -1;
    const skip = word(c, at);
    if (skip > end - at) return -1;
    at++;
    if (skip === 0) break;
    if (skip < 3 || validate(c, at, at + skip - 3) !== 0) return -1;
    at += skip - 3;
    if (word(c, at++) !== SRE_OP_JUMP || at >= end) return -1;
    const jump = word(c, at);
    if (jump > end - at) return -1;
    if (target < 0) target = at + jump;
    else if (at + jump !== target) return -1;
    at++;
  }
  return at === target ? at : -1;
}
/** The word behind a part of `skip` words from `at` on that ends with `last` after `extra` words of its own. */
function partEnd(c: Code, at: number, end: number, extra: number, ...last: number[]): number {
  if (at + extra > end) return -1;
  const skip = word(c, at);
  if (skip > end - at || skip < extra + (last.length === 0 ? 0 : 1)) return -1;
  const stop = at + skip - (last.length === 0 ? 0 : 1);
  if (validate(c, at + extra, stop) !== 0) return -1;
  return last.length === 0 || last.includes(word(c, stop)) ? at + skip : -1;
}
function existsEnd(c: Code, at: number, end: number): number {
  if (at + 2 > end || word(c, at) >= c.groups) return -1;
  const skip = word(c, at + 1);
  // counted from the number of the group on
  if (skip - 1 > end - at - 1) return -1;
  let result = validate(c, at + 2, at + skip);
  let next = at + skip;
  if (result === 1) {
    // then, JUMP, else
    const place = at + skip - 1;
    if (place >= end) return -1;
    const other = word(c, place);
    if (other > end - place) return -1;
    next = place + other;
    result = validate(c, place + 1, next);
  }
  return result === 0 ? next : -1;
}

/** 0 where the words are good, 1 where the last instruction is a JUMP, -1 where they are not. */
function validate(c: Code, at: number, end: number): number {
  if (at > end) return -1;
  while (at < end) {
    const op = word(c, at++);
    let next = -1;
    switch (op) {
      case SRE_OP_MARK:
        if (at < end && word(c, at) <= 2 * c.groups + 1) next = at + 1;
        break;
      case SRE_OP_LITERAL:
      case SRE_OP_NOT_LITERAL:
      case SRE_OP_LITERAL_IGNORE:
      case SRE_OP_NOT_LITERAL_IGNORE:
      case SRE_OP_LITERAL_UNI_IGNORE:
      case SRE_OP_NOT_LITERAL_UNI_IGNORE:
      case SRE_OP_LITERAL_LOC_IGNORE:
      case SRE_OP_NOT_LITERAL_LOC_IGNORE:
        if (at < end) next = at + 1;
        break;
      case SRE_OP_SUCCESS:
      case SRE_OP_FAILURE:
      case SRE_OP_ANY:
      case SRE_OP_ANY_ALL:
        next = at;
        break;
      case SRE_OP_AT:
        if (at < end && word(c, at) <= SRE_AT_UNI_NON_BOUNDARY) next = at + 1;
        break;
      case SRE_OP_IN:
      case SRE_OP_IN_IGNORE:
      case SRE_OP_IN_UNI_IGNORE:
      case SRE_OP_IN_LOC_IGNORE: {
        const skip = at < end ? word(c, at) : 0;
        if (skip >= 2 && skip <= end - at && charsetEnd(c, at + 1, at + skip - 1)) {
          if (word(c, at + skip - 1) === SRE_OP_FAILURE) next = at + skip;
        }
        break;
      }
      case SRE_OP_INFO:
        next = infoEnd(c, at, end);
        break;
      case SRE_OP_BRANCH:
        next = branchEnd(c, at, end);
        break;
      case SRE_OP_REPEAT_ONE:
      case SRE_OP_MIN_REPEAT_ONE:
      case SRE_OP_POSSESSIVE_REPEAT_ONE:
        if (at + 2 < end && word(c, at + 1) <= word(c, at + 2)) next = partEnd(c, at, end, 3, SRE_OP_SUCCESS);
        break;
      case SRE_OP_REPEAT:
      case SRE_OP_POSSESSIVE_REPEAT: {
        // the instruction that ends the item stands behind the words of the skip
        if (at + 2 >= end || word(c, at + 1) > word(c, at + 2)) break;
        const stop = partEnd(c, at, end, 3);
        if (stop < 0 || stop >= end) break;
        const last = word(c, stop);
        if (op === SRE_OP_REPEAT ? last === SRE_OP_MAX_UNTIL || last === SRE_OP_MIN_UNTIL : last === SRE_OP_SUCCESS)
          next = stop + 1;
        break;
      }
      case SRE_OP_ATOMIC_GROUP:
        next = partEnd(c, at, end, 1, SRE_OP_SUCCESS);
        break;
      case SRE_OP_ASSERT:
      case SRE_OP_ASSERT_NOT:
        next = partEnd(c, at, end, 2, SRE_OP_SUCCESS);
        break;
      case SRE_OP_GROUPREF:
      case SRE_OP_GROUPREF_IGNORE:
      case SRE_OP_GROUPREF_UNI_IGNORE:
      case SRE_OP_GROUPREF_LOC_IGNORE:
        if (at < end && word(c, at) < c.groups) next = at + 1;
        break;
      case SRE_OP_GROUPREF_EXISTS:
        next = existsEnd(c, at, end);
        break;
      case SRE_OP_JUMP:
        return at + 1 === end ? 1 : -1;
    }
    if (next < 0) return -1;
    at = next;
  }
  return 0;
}
/** Whether the pattern's code may run. */
export function isValidCode(pattern: number): boolean {
  const groups = i32(pattern + P.groups);
  const n = i32(pattern + P.codesize);
  const c = { base: pattern + P.code, groups };
  if (groups < 0 || groups > SRE_MAXGROUPS || n === 0 || word(c, n - 1) !== SRE_OP_SUCCESS) return false;
  return validate(c, 0, n - 1) === 0;
}
