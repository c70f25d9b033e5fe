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

/** Calls `each` for the entries in order until it returns true. */
function walk(code: Ref, each: (loc: Location) => boolean): void {
  const table = i32(code + PyCodeObject.co_linetable);
  let p = table + 32;
  const limit = p + i32(table + 16);
  let computed = i32(code + PyCodeObject.co_firstlineno);
  let start = 0;
  while (p < limit) {
    const first = bytes[p++] as number;
    const kind = (first >> 3) & 15;
    const end = start + ((first & 7) + 1) * 2;
    const loc: Location = { start, end, line: computed, endLine: -1, column: -1, endColumn: -1 };
    if (kind === PY_CODE_LOCATION_INFO_NONE) loc.line = -1;
    else if (kind === PY_CODE_LOCATION_INFO_LONG) {
      let r = varint(p);
      computed += signed(r.value);
      loc.line = computed;
      r = varint(r.next);
      loc.endLine = computed + r.value;
      r = varint(r.next);
      loc.column = r.value - 1;
      r = varint(r.next);
      loc.endColumn = r.value - 1;
      p = r.next;
    } else if (kind === PY_CODE_LOCATION_INFO_NO_COLUMNS) {
      const r = varint(p);
      computed += signed(r.value);
      p = r.next;
      loc.line = computed;
      loc.endLine = computed;
    } else if (kind >= PY_CODE_LOCATION_INFO_ONE_LINE0) {
      computed += kind - PY_CODE_LOCATION_INFO_ONE_LINE0;
      loc.line = computed;
      loc.endLine = computed;
      loc.column = bytes[p] as number;
      loc.endColumn = bytes[p + 1] as number;
      p += 2;
    } else {
      const second = bytes[p++] as number;
      loc.endLine = computed;
      loc.column = (kind << 3) | ((second >> 4) & 7);
      loc.endColumn = loc.column + (second & 15);
    }
    if (each(loc)) return;
    start = end;
  }
}

/** The entry that covers byte `offset` of the code, or null. */
export function locationAt(code: Ref, offset: number): Location | null {
  let found: Location | null = null;
  walk(code, (loc) => {
    if (offset < loc.end) {
      found = loc;
      return true;
    }
    return false;
  });
  return found;
}
export function allLocations(code: Ref): Location[] {
  const all: Location[] = [];
  walk(code, (loc) => {
    all.push(loc);
    return false;
  });
  return all;
}
/** The line of byte `offset`; a negative offset is before the first instruction; -1: none. */
export function PyCode_Addr2Line(code: Ref, offset: number): number {
  if (offset < 0) return i32(code + PyCodeObject.co_firstlineno);
  return locationAt(code, offset)?.line ?? -1;
}
