/** Looking for the first place that matches. Mirrors SRE(search) of Modules/_sre/sre_lib.h. */
import {
  SRE_AT_BEGINNING,
  SRE_AT_BEGINNING_STRING,
  SRE_INFO_CHARSET,
  SRE_INFO_LITERAL,
  SRE_INFO_PREFIX,
  SRE_OP_AT,
  SRE_OP_INFO,
  SRE_STATE as S,
} from '@moult/abi';
import { i32, setI32, setPtr, u32 } from '../memory/linear.ts';
import { charAt } from './srechars.ts';
import { endOfSet, findLiteral } from './srecount.ts';
import { sre_match } from './srematch.ts';

function tryAt(state: number, start: number, ptr: number, pattern: number): boolean {
  setI32(state + S.start, start);
  setI32(state + S.ptr, ptr);
  return sre_match(state, pattern, 0);
}
/** Groups of a failed attempt are no groups of the next. */
function forgetGroups(state: number): void {
  setI32(state + S.lastmark, -1);
  setI32(state + S.lastindex, -1);
}

/** A pattern that begins with the character at `prefix`. */
function searchLiteral(state: number, prefix: number, skip: number, literal: boolean, pattern: number): boolean {
  const size = i32(state + S.charsize);
  const end = i32(state + S.end);
  const c = u32(prefix);
  if ((size === 1 && c > 0xff) || (size === 2 && c > 0xffff)) return false;
  setI32(state + S.must_advance, 0);
  const tail = pattern + (skip << 3);
  for (let ptr = i32(state + S.start); ; ptr += size) {
    ptr = findLiteral(c, ptr, end, size);
    if (ptr >= end) return false;
    if (literal) {
      setPtr(state + S.start, ptr);
      setPtr(state + S.ptr, ptr + size * skip);
      return true;
    }
    if (tryAt(state, ptr, ptr + size * skip, tail)) return true;
    forgetGroups(state);
  }
}
/** A pattern that begins with several characters: with a table of how far they overlap with themselves. */
function searchPrefix(state: number, info: number, literal: boolean, pattern: number): boolean {
  const size = i32(state + S.charsize);
  const end = i32(state + S.end);
  const length = i32(info);
  const skip = i32(info + 4);
  const prefix = info + 8;
  const overlap = prefix + ((length - 1) << 2);
  let ptr = i32(state + S.start);
  if (length > (end - ptr) / size) return false;
  for (let i = 0; i < length; i++) {
    const c = u32(prefix + (i << 2));
    if ((size === 1 && c > 0xff) || (size === 2 && c > 0xffff)) return false;
  }
  const first = i32(prefix);
  while (ptr < end) {
    ptr = findLiteral(first, ptr, end, size) + size;
    if (ptr >= end) return false;
    let i = 1;
    setI32(state + S.must_advance, 0);
    do {
      if (charAt(size, ptr) === i32(prefix + (i << 2))) {
        if (++i !== length) {
          ptr += size;
          if (ptr >= end) return false;
          continue;
        }
        const start = ptr - (length - 1) * size;
        if (literal) {
          setPtr(state + S.start, start);
          setPtr(state + S.ptr, start + skip * size);
          return true;
        }
        if (tryAt(state, start, start + skip * size, pattern + (skip << 3))) return true;
        ptr += size;
        if (ptr >= end) return false;
        forgetGroups(state);
      }
      i = i32(overlap + (i << 2));
    } while (i !== 0);
  }
  return false;
}
function searchCharset(state: number, charset: number, pattern: number): boolean {
  const size = i32(state + S.charsize);
  const end = i32(state + S.end);
  setI32(state + S.must_advance, 0);
  for (let ptr = i32(state + S.start); ; ptr += size) {
    ptr = endOfSet(charset, ptr, end, size, false);
    if (ptr >= end) return false;
    if (tryAt(state, ptr, ptr, pattern)) return true;
    forgetGroups(state);
  }
}

/** Whether the pattern's code at `pattern` matches from the state's start on; start and ptr are the match's ends then. */
export function sre_search(state: number, pattern: number): boolean {
  const size = i32(state + S.charsize);
  let ptr = i32(state + S.start);
  let end = i32(state + S.end);
  if (ptr > end) return false;
  if (i32(pattern) === SRE_OP_INFO) {
    // skip, flags, least, most, then the prefix or the set
    const flags = i32(pattern + 8);
    const least = u32(pattern + 12);
    if (least > (end - ptr) / size) return false;
    if (least > 1) {
      end -= (least - 1) * size;
      if (end <= ptr) end = ptr;
    }
    const info = pattern + 20;
    pattern += (i32(pattern + 4) + 1) << 2;
    if ((flags & SRE_INFO_PREFIX) !== 0) {
      const literal = (flags & SRE_INFO_LITERAL) !== 0;
      if (i32(info) === 1) return searchLiteral(state, info + 8, i32(info + 4), literal, pattern);
      if (i32(info) > 1) return searchPrefix(state, info, literal, pattern);
    } else if ((flags & SRE_INFO_CHARSET) !== 0) return searchCharset(state, info, pattern);
  }
  setI32(state + S.ptr, ptr);
  if (sre_match(state, pattern, 1)) return true;
  setI32(state + S.must_advance, 0);
  if (i32(pattern) === SRE_OP_AT) {
    const at = i32(pattern + 4);
    if (at === SRE_AT_BEGINNING || at === SRE_AT_BEGINNING_STRING) {
      setI32(state + S.start, end);
      setI32(state + S.ptr, end);
      return false;
    }
  }
  while (ptr < end) {
    ptr += size;
    forgetGroups(state);
    if (tryAt(state, ptr, ptr, pattern)) return true;
  }
  return false;
}
