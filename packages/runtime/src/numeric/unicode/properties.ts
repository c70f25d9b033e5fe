// Properties of code points as CPython's str methods see them (Objects/unicodectype.c), from generated tables.
// All functions take a code point; none looks at the host's Unicode version.

import {
  ALPHA,
  ASSIGNED,
  CASE_IGNORABLE,
  CASED,
  DENSE,
  LINEBREAK,
  LOWER,
  NUMERIC,
  PRINTABLE,
  RECORDS,
  RUNS,
  SPACE,
  TAIL,
  TAIL_END,
  TITLE,
  UPPER,
  XID_CONTINUE,
  XID_START,
} from './generated/properties.ts';

const FIELDS = 6;

function decodeRecords(): Int32Array {
  return Int32Array.from(RECORDS.split(/[;,]/), (s) => Number.parseInt(s, 36));
}

function decodeRuns(): Uint16Array {
  const table = new Uint16Array(DENSE + TAIL_END - TAIL);
  const n = RUNS.length;
  let at = 0;
  let value = 0;
  let rec = -1;
  for (let i = 0; i <= n; i++) {
    const c = i < n ? RUNS.charCodeAt(i) : 44;
    if (c === 46) {
      rec = value;
      value = 0;
    } else if (c === 44) {
      if (rec < 0) table[at++] = value * FIELDS;
      else {
        table.fill(rec * FIELDS, at, at + value);
        at += value;
        rec = -1;
      }
      value = 0;
    } else value = value * 36 + (c < 58 ? c - 48 : c - 87);
  }
  return table;
}

const records = decodeRecords();
const index = decodeRuns();

/** Offset of the code point's record. */
function recordOf(c: number): number {
  return c < DENSE ? index[c]! : c >= TAIL && c < TAIL_END ? index[c - TAIL + DENSE]! : 0;
}

function has(c: number, flag: number): boolean {
  return (records[recordOf(c)]! & flag) !== 0;
}

export const isAlpha = (c: number): boolean => has(c, ALPHA);
export const isLower = (c: number): boolean => has(c, LOWER);
export const isUpper = (c: number): boolean => has(c, UPPER);
/** A title-case letter proper, such as U+01C5; an upper-case one is not. */
export const isTitle = (c: number): boolean => has(c, TITLE);
export const isSpace = (c: number): boolean => has(c, SPACE);
export const isPrintable = (c: number): boolean => has(c, PRINTABLE);
export const isXidStart = (c: number): boolean => has(c, XID_START);
export const isXidContinue = (c: number): boolean => has(c, XID_CONTINUE);
export const isNumeric = (c: number): boolean => has(c, NUMERIC);
export const isCased = (c: number): boolean => has(c, CASED);
export const isCaseIgnorable = (c: number): boolean => has(c, CASE_IGNORABLE);
export const isLinebreak = (c: number): boolean => has(c, LINEBREAK);
/** The code point has a character in this Unicode version (one for private use has none). */
export const isAssigned = (c: number): boolean => has(c, ASSIGNED);
export const isDecimal = (c: number): boolean => records[recordOf(c) + 1]! >= 0;
export const isDigit = (c: number): boolean => records[recordOf(c) + 2]! >= 0;
export const isAlnum = (c: number): boolean => {
  const r = recordOf(c);
  return (records[r]! & (ALPHA | NUMERIC)) !== 0 || records[r + 1]! >= 0 || records[r + 2]! >= 0;
};

/** 0 … 9, or -1: Py_UNICODE_TODECIMAL. */
export const decimalValue = (c: number): number => records[recordOf(c) + 1]!;
/** 0 … 9, or -1: Py_UNICODE_TODIGIT. */
export const digitValue = (c: number): number => records[recordOf(c) + 2]!;

/** The case mapping to one code point (the code point itself where the full mapping is longer; see casing.ts). */
export const toUpperSingle = (c: number): number => c + records[recordOf(c) + 3]!;
export const toLowerSingle = (c: number): number => c + records[recordOf(c) + 4]!;
export const toTitleSingle = (c: number): number => c + records[recordOf(c) + 5]!;
