/**
 * The location table of a code object: lines and columns of instructions. Mirrors the readers in Objects/codeobject.c and
 * Objects/locations.md. An entry's first byte is 1cccc lll: kind c, length l + 1 in code units.
 */
import {
  PY_CODE_LOCATION_INFO_LONG,
  PY_CODE_LOCATION_INFO_NO_COLUMNS,
  PY_CODE_LOCATION_INFO_NONE,
  PY_CODE_LOCATION_INFO_ONE_LINE0,
  PyCodeObject,
} from '@moult/abi';
import { bytes, i32 } from '../memory/linear.ts';
import type { Ref } from './object.ts';

/** One entry of the table. Bytes [start, end) of the code; -1 stands for None. */
export interface Location {
  start: number;
  end: number;
  line: number;
  endLine: number;
  column: number;
  endColumn: number;
}

function varint(p: number): { value: number; next: number } {
  let b = bytes[p++] as number;
  let value = b & 63;
  let shift = 0;
  while ((b & 64) !== 0) {
    b = bytes[p++] as number;
    shift += 6;
    value += (b & 63) * 2 ** shift;
  }
  return { value, next: p };
}
function signed(v: number): number {
  return (v & 1) !== 0 ? -Math.floor(v / 2) : Math.floor(v / 2);
}

/** Where a reader of the table stands: `computed` is the line so far, `p` the next entry, `loc` the one read last. */
export interface Reading {
  p: number;
  limit: number;
  computed: number;
  loc: Location;
}
const before = (): Location => ({ start: 0, end: 0, line: -1, endLine: -1, column: -1, endColumn: -1 });

export function startReading(code: Ref): Reading {
  const p = i32(code + PyCodeObject.co_linetable) + 32;
  return { p, limit: p + i32(p - 16), computed: i32(code + PyCodeObject.co_firstlineno), loc: before() };
}
/** Reads the next entry; false at the end. */
export function readEntry(r: Reading): boolean {
  if (r.p >= r.limit) return false;
  let p = r.p;
  const first = bytes[p++] as number;
  const kind = (first >> 3) & 15;
  const start = r.loc.end;
  const loc: Location = { ...before(), start, end: start + ((first & 7) + 1) * 2, line: r.computed };
  r.loc = loc;
  if (kind === PY_CODE_LOCATION_INFO_NONE) loc.line = -1;
  else if (kind === PY_CODE_LOCATION_INFO_LONG) {
    let v = varint(p);
    r.computed += signed(v.value);
    loc.line = r.computed;
    v = varint(v.next);
    loc.endLine = r.computed + v.value;
    v = varint(v.next);
    loc.column = v.value - 1;
    v = varint(v.next);
    loc.endColumn = v.value - 1;
    p = v.next;
  } else if (kind === PY_CODE_LOCATION_INFO_NO_COLUMNS) {
    const v = varint(p);
    r.computed += signed(v.value);
    p = v.next;
    loc.line = r.computed;
    loc.endLine = r.computed;
  } else if (kind >= PY_CODE_LOCATION_INFO_ONE_LINE0) {
    r.computed += kind - PY_CODE_LOCATION_INFO_ONE_LINE0;
    loc.line = r.computed;
    loc.endLine = r.computed;
    loc.column = bytes[p] as number;
    loc.endColumn = bytes[p + 1] as number;
    p += 2;
  } else {
    const second = bytes[p++] as number;
    loc.endLine = r.computed;
    loc.column = (kind << 3) | ((second >> 4) & 7);
    loc.endColumn = loc.column + (second & 15);
  }
  r.p = p;
  return true;
}

/** The entry that covers byte `offset` of the code, or null. */
export function locationAt(code: Ref, offset: number): Location | null {
  const r = startReading(code);
  while (readEntry(r)) if (offset < r.loc.end) return r.loc;
  return null;
}
export function allLocations(code: Ref): Location[] {
  const all: Location[] = [];
  for (const r = startReading(code); readEntry(r); ) all.push(r.loc);
  return all;
}
/** The line of byte `offset`; a negative offset is before the first instruction; -1: none. */
export function PyCode_Addr2Line(code: Ref, offset: number): number {
  if (offset < 0) return i32(code + PyCodeObject.co_firstlineno);
  return locationAt(code, offset)?.line ?? -1;
}
