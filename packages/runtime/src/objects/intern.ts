/**
 * Interned strings. Mirrors the interning part of Objects/unicodeobject.c in 3.13.
 *
 * state bits 0-1: 0 not interned, 1 mortal (the interned dict's two references are not counted), 2 immortal, 3 static.
 * Static strings (those inside _PyRuntime) are found through a table of their own, as CPython's INTERNED_STRINGS; all
 * others through the dict interp->cached_objects.interned_strings.
 */
import {
  ASCII_ADDRESS,
  ASCII_STRIDE,
  LATIN1_ADDRESS,
  LATIN1_STRIDE,
  literalTexts,
  PyInterpreterState,
  Py_ID,
  Py_STR,
} from '@moult/abi';
import { i32, POLICY, setI32, setPtr, setU8, staticString, u8, utf8Length } from '../memory/linear.ts';
import { getItemStr, PyDict_New, PyDict_SetItem } from './dictobject.ts';
import { popKey } from './dictdelete.ts';
import { catchPending, PyErr_Clear } from './errors.ts';
import { drop, hold, Py_DECREF, Py_INCREF, type Ref } from './object.ts';
import { INTERP } from './runtime.ts';
import { PyUnicode_Type } from './static.ts';
import { get_latin1_char, PyUnicode_DATA, PyUnicode_WRITE, unicode_eq, unicode_hash } from './unicodeobject.ts';

export const SSTATE_INTERNED_MORTAL = 1;
export const SSTATE_INTERNED_IMMORTAL = 2;
export const SSTATE_INTERNED_IMMORTAL_STATIC = 3;

const INTERNED = INTERP + PyInterpreterState.cached_objects_interned_strings;
/** Open-addressed table of the static strings: 2,048 slots of 8 bytes. */
const STATIC_TABLE = 0x410000;
const STATIC_MASK = 2047;

export function PyUnicode_CHECK_INTERNED(op: Ref): number {
  return u8(op + 32) & 3;
}

/** Writes a static str at `op` and enters it in the table; immortal, or (up to 3.11, where `counted`) with its place's count. */
function writeStatic(op: Ref, text: string, counted: boolean): void {
  const ascii = [...text].every((c) => c.charCodeAt(0) < 128);
  setPtr(op, counted && i32(POLICY) < 312 ? 1 : -1);
  setPtr(op + 8, PyUnicode_Type);
  setPtr(op + 16, text.length);
  setI32(op + 24, -1);
  setI32(op + 28, -1);
  setI32(op + 32, (1 << 2) | 32 | (ascii ? 64 : 0) | 128);
  for (let i = 0; i < text.length; i++) PyUnicode_WRITE(1, PyUnicode_DATA(op), i, text.charCodeAt(i));
  if (!ascii) {
    setPtr(op + 40, utf8Length(text));
    setPtr(op + 48, staticString(text));
  }
  unicode_hash(op);
  setU8(op + 32, u8(op + 32) | SSTATE_INTERNED_IMMORTAL_STATIC);
  let i = i32(op + 24) & STATIC_MASK;
  while (i32(STATIC_TABLE + (i << 3)) !== 0) i = (i + 1) & STATIC_MASK;
  setPtr(STATIC_TABLE + (i << 3), op);
}
/** Lays down the identifiers, literals and one-character strings of _PyRuntime. */
export function initStaticStrings(): void {
  for (let c = 0; c < 128; c++) writeStatic(ASCII_ADDRESS + c * ASCII_STRIDE, String.fromCharCode(c), true);
  for (let c = 128; c < 256; c++) writeStatic(LATIN1_ADDRESS + (c - 128) * LATIN1_STRIDE, String.fromCharCode(c), true);
  for (const [name, op] of Object.entries(Py_STR))
    writeStatic(op, literalTexts[name as keyof typeof Py_STR], name === 'empty');
  for (const [name, op] of Object.entries(Py_ID)) writeStatic(op, name, false);
  setPtr(INTERNED, PyDict_New());
}
function findStatic(op: Ref): Ref {
  let i = i32(op + 24) & STATIC_MASK;
  for (;;) {
    const s = i32(STATIC_TABLE + (i << 3));
    if (s === 0) return 0;
    if (i32(s + 24) === i32(op + 24) && i32(s + 28) === i32(op + 28) && unicode_eq(s, op)) return s;
    i = (i + 1) & STATIC_MASK;
  }
}

/**
 * The interned equal of the exact str `op`; takes `op`'s reference over and returns a new reference (intern_common).
 * `immortal`: the result never dies, as the names and constants of code objects.
 */
function intern_common(op: Ref, immortal: boolean): Ref {
  if (i32(op + 8) !== PyUnicode_Type) return op;
  const state = u8(op + 32) & 3;
  if (state !== 0) {
    if (state === SSTATE_INTERNED_MORTAL && immortal) immortalize(op);
    return op;
  }
  unicode_hash(op);
  let known = i32(op + 16) === 1 && isLatin1Char(op) ? get_latin1_char(u8(PyUnicode_DATA(op))) : findStatic(op);
  if (known !== 0) Py_INCREF(known);
  if (known === 0) {
    known = getItemStr(i32(INTERNED), op);
    if (known !== 0) {
      Py_INCREF(known);
      if (immortal && (u8(known + 32) & 3) === SSTATE_INTERNED_MORTAL) immortalize(known);
    }
  }
  if (known !== 0) {
    Py_DECREF(op);
    return known;
  }
  const m = hold(op);
  try {
    PyDict_SetItem(i32(INTERNED), op, op);
  } catch (e) {
    // as C does: it stays as it is
    catchPending(e, m + 8);
    PyErr_Clear();
    drop(m);
    return op;
  }
  drop(m);
  setI32(op, i32(op) - 2);
  setU8(op + 32, u8(op + 32) | SSTATE_INTERNED_MORTAL);
  if (immortal || i32(POLICY) === 312) immortalize(op);
  return op;
}
function isLatin1Char(op: Ref): boolean {
  return ((u8(op + 32) >> 2) & 7) === 1;
}
function immortalize(op: Ref): void {
  setPtr(op, -1);
  setU8(op + 32, (u8(op + 32) & ~3) | SSTATE_INTERNED_IMMORTAL);
}
export function internMortal(op: Ref): Ref {
  return intern_common(op, false);
}
export function internImmortal(op: Ref): Ref {
  return intern_common(op, i32(POLICY) >= 312);
}
/** Takes a dying mortal interned str out of the dict; called by its tp_dealloc with count 0. */
export function forgetInterned(op: Ref): void {
  // 3: the dict's key and value, now counted again, and one that keeps this call from freeing the object twice
  setPtr(op, 3);
  popKey(i32(INTERNED), op); // releases the key, hands over the value
  setPtr(op, 0);
  setU8(op + 32, u8(op + 32) & ~3);
}
/** At the very end: the interned dict and what only it knows (_PyUnicode_Fini). Returns its address and forgets it. */
export function takeInternedDict(): Ref {
  const d = i32(INTERNED);
  setPtr(INTERNED, 0);
  return d;
}
