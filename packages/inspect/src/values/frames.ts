// A frame as a person reads it: function, file, line, local variables by name, the stack (Objects/codeobject.c's location table).
import {
  _PyInterpreterFrame,
  PY_CODE_LOCATION_INFO_LONG,
  PY_CODE_LOCATION_INFO_NO_COLUMNS,
  PY_CODE_LOCATION_INFO_NONE,
  PY_CODE_LOCATION_INFO_ONE_LINE0,
  PyBytesObject,
  PyCellObject,
  PyCodeObject,
  PyTupleObject,
  PyVarObject,
} from '@moult/abi';
import type { Reader } from '../reader.ts';
import { nameText } from './describe.ts';

export interface Local {
  readonly name: string;
  /** 0 where the variable is unbound. */
  readonly value: number;
  readonly slot: number;
  /** The slot holds a cell, whose content `value` is. */
  readonly cell: boolean;
}

export interface FrameInfo {
  readonly address: number;
  readonly code: number;
  readonly function: string;
  readonly file: string;
  /** null where the instruction belongs to no line. */
  readonly line: number | null;
  /** The byte offset of the current instruction; -1 before the first. */
  readonly lasti: number;
  readonly locals: Local[];
  /** The value stack, deepest first; null while its height is in a register of a running process. */
  readonly stack: number[] | null;
}

/** null for frames that run no code object (those of native callers). */
export function frameInfo(reader: Reader, frame: number): FrameInfo | null {
  const code = reader.ptr(frame + _PyInterpreterFrame.f_executable);
  if (reader.typeOrNull(code)?.layout !== 'code') return null;
  const first = code + PyCodeObject.co_code_adaptive;
  const lasti = reader.ptr(frame + _PyInterpreterFrame.instr_ptr) - first;
  const count = reader.i32(code + PyCodeObject.co_nlocalsplus);
  const stacktop = reader.i32(frame + _PyInterpreterFrame.stacktop);
  const base = frame + _PyInterpreterFrame.localsplus;
  return {
    address: frame,
    code,
    function: nameText(reader, reader.ptr(code + PyCodeObject.co_qualname)),
    file: nameText(reader, reader.ptr(code + PyCodeObject.co_filename)),
    line: lineAt(reader, code, lasti),
    lasti,
    locals: Array.from({ length: count }, (_, i) => localAt(reader, code, base, i)),
    stack:
      stacktop < count
        ? null
        : Array.from({ length: stacktop - count }, (_, i) => slotValue(reader, base + (count + i) * 8)),
  };
}

function localAt(reader: Reader, code: number, base: number, i: number): Local {
  const names = reader.ptr(code + PyCodeObject.co_localsplusnames);
  const slot = base + i * 8;
  const held = slotValue(reader, slot);
  const kinds = reader.ptr(code + PyCodeObject.co_localspluskinds);
  const isCell = reader.u8(kinds + PyBytesObject.ob_sval + i) >= 0x40 && reader.typeOrNull(held)?.layout === 'cell';
  return {
    name: nameText(reader, reader.ptr(names + PyTupleObject.ob_item + i * 8)),
    value: isCell ? reader.ptr(held + PyCellObject.ob_ref) : held,
    slot,
    cell: isCell,
  };
}

interface Cursor {
  at: number;
  line: number;
}

/** No code object's table of lines is longer; a broken size may be. */
const MAX_TABLE = 1e7;

/** The line of the instruction at a byte offset of a code object. */
export function lineAt(reader: Reader, code: number, offset: number): number | null {
  const firstLine = reader.i32(code + PyCodeObject.co_firstlineno);
  if (offset < 0) return firstLine;
  const table = reader.ptr(code + PyCodeObject.co_linetable);
  const start = table + PyBytesObject.ob_sval;
  const end = start + Math.min(reader.ssize(table + PyVarObject.ob_size), MAX_TABLE);
  const cursor: Cursor = { at: start, line: firstLine };
  for (let reached = 0; cursor.at < end; ) {
    const head = reader.u8(cursor.at);
    const kind = Math.floor(head / 8) % 16;
    reached += ((head % 8) + 1) * 2;
    cursor.at++;
    cursor.line += lineDelta(reader, kind, cursor);
    while (cursor.at < end && reader.u8(cursor.at) < 128) cursor.at++;
    if (offset < reached) return kind === PY_CODE_LOCATION_INFO_NONE ? null : cursor.line;
  }
  return null;
}

function lineDelta(reader: Reader, kind: number, cursor: Cursor): number {
  switch (kind) {
    case PY_CODE_LOCATION_INFO_NONE:
      return 0;
    case PY_CODE_LOCATION_INFO_LONG:
    case PY_CODE_LOCATION_INFO_NO_COLUMNS:
      return signedVarint(reader, cursor);
    default:
      return kind >= PY_CODE_LOCATION_INFO_ONE_LINE0 ? kind - PY_CODE_LOCATION_INFO_ONE_LINE0 : 0;
  }
}

/** Six bits a byte, lowest first; bit 6 says that more follow; the number's bit 0 is the sign. */
function signedVarint(reader: Reader, cursor: Cursor): number {
  let value = 0;
  let scale = 1;
  for (;;) {
    const byte = reader.u8(cursor.at++);
    value += (byte % 64) * scale;
    scale *= 64;
    if (byte < 64 || (byte >= 128 && byte < 192)) break;
  }
  return value % 2 === 1 ? -Math.floor(value / 2) : value / 2;
}

/** What a frame's slot refers to, owned or borrowed. */
function slotValue(reader: Reader, slot: number): number {
  const value = reader.ptr(slot);
  const mark = reader.target.borrowedMark ?? Infinity;
  return value >= mark ? value - mark : value;
}
