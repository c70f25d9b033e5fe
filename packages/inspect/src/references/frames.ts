// References of interpreter frames, generators and code objects (Include/internal/pycore_frame.h, Objects/genobject.c,
// codeobject.c).
import {
  _PyCoCached,
  _PyInterpreterFrame,
  FRAME_CLEARED,
  FRAME_OWNED_BY_CSTACK,
  FRAME_OWNED_BY_FRAME_OBJECT,
  PyCodeObject,
  PyFrameObject,
  PyGenObject,
  PyTupleObject,
} from '@moult/abi';
import type { Reader } from '../reader.ts';
import { LABEL_LOCAL, LABEL_STACK, type ReferenceVisitor } from './visitor.ts';

const { localsplus: LOCALSPLUS, stacktop: STACKTOP } = _PyInterpreterFrame;

/**
 * What a frame owns: its code, function, locals dict, frame object, local variables and stack. While a frame of a real process
 * runs, its stack's height is in a register (stacktop is -1): then only its local variables are told. Borrowed references (3.14)
 * are not owned, so they are not told.
 */
export function visitFrame(reader: Reader, frame: number, visitor: ReferenceVisitor, withCode = true): void {
  if (reader.u8(frame + _PyInterpreterFrame.owner) === FRAME_OWNED_BY_CSTACK) {
    visitEntryFrame(reader, frame, visitor);
    return;
  }
  const code = reader.ptr(frame + _PyInterpreterFrame.f_executable);
  if (code !== 0 && withCode) visitor.reference(code, frame + _PyInterpreterFrame.f_executable, 'f_executable', -1);
  const func = reader.ptr(frame + _PyInterpreterFrame.f_funcobj);
  if (func !== 0) visitor.reference(func, frame + _PyInterpreterFrame.f_funcobj, 'f_funcobj', -1);
  const locals = reader.ptr(frame + _PyInterpreterFrame.f_locals);
  if (locals !== 0) visitor.reference(locals, frame + _PyInterpreterFrame.f_locals, 'f_locals', -1);
  const object = reader.ptr(frame + _PyInterpreterFrame.frame_obj);
  if (object !== 0) visitor.reference(object, frame + _PyInterpreterFrame.frame_obj, 'frame_obj', -1);
  if (code === 0 || reader.typeOrNull(code)?.layout !== 'code') return;
  const nlocalsplus = reader.i32(code + PyCodeObject.co_nlocalsplus);
  const stacktop = reader.i32(frame + STACKTOP);
  const end = stacktop < 0 ? nlocalsplus : stacktop;
  const names = reader.ptr(code + PyCodeObject.co_localsplusnames);
  for (let i = 0; i < end; i++) {
    const slot = frame + LOCALSPLUS + i * 8;
    const value = reader.ptr(slot);
    if (value === 0 || value >= (reader.target.borrowedMark ?? Infinity)) continue;
    if (i < nlocalsplus) visitor.reference(value, slot, LABEL_LOCAL, reader.ptr(names + PyTupleObject.ob_item + i * 8));
    else visitor.reference(value, slot, LABEL_STACK, i - nlocalsplus);
  }
}

/** The frame below a run of the loop: before its only instruction, INTERPRETER_EXIT, the result lies on its stack. */
function visitEntryFrame(reader: Reader, frame: number, visitor: ReferenceVisitor): void {
  if (reader.u8(frame + NATIVE_FRAME) === 1) {
    visitNativeFrame(reader, frame, visitor);
    return;
  }
  if (reader.i32(frame + STACKTOP) !== 1) return;
  const value = reader.ptr(frame + LOCALSPLUS);
  if (value !== 0) visitor.reference(value, frame + LOCALSPLUS, 'result', -1);
}

/** Our own kind of entry frame: what a native keeps while it waits for Python code, with names (the runtime's nativeframe.ts). */
const NATIVE_FRAME = _PyInterpreterFrame.owner + 1;
const NATIVE_NAMES = _PyInterpreterFrame.f_globals;

function isNativeFrame(reader: Reader, frame: number): boolean {
  return (
    reader.u8(frame + _PyInterpreterFrame.owner) === FRAME_OWNED_BY_CSTACK && reader.u8(frame + NATIVE_FRAME) === 1
  );
}
/** The name of the native, then those of its slots. */
export function nativeFrameNames(reader: Reader, frame: number): string[] {
  let text = '';
  for (let p = reader.ptr(frame + NATIVE_NAMES); reader.u8(p) !== 0; p++) text += String.fromCharCode(reader.u8(p));
  return text.split(',');
}
function visitNativeFrame(reader: Reader, frame: number, visitor: ReferenceVisitor): void {
  const names = nativeFrameNames(reader, frame);
  for (let i = 0, n = reader.i32(frame + STACKTOP); i < n; i++) {
    const slot = frame + LOCALSPLUS + i * 8;
    const value = reader.ptr(slot);
    if (value === 0) continue;
    if (value % 8 === 3) {
      // references in an array, whose length is in the next slot
      const count = reader.i32(slot + 8);
      for (let k = 0; k < count; k++) {
        const item = reader.ptr(value - 3 + k * 8);
        if (item !== 0) visitor.reference(item, value - 3 + k * 8, `${names[0]}: ${names[i + 1]} #`, k);
      }
      i++;
      continue;
    }
    visitor.reference(value, slot, `${names[0]}: ${names[Math.min(i + 1, names.length - 1)]}`, -1);
  }
}

/** A frame object owns its frame's contents once the frame has finished. */
export function visitFrameObject(reader: Reader, object: number, visitor: ReferenceVisitor): void {
  const frame = reader.ptr(object + PyFrameObject.f_frame);
  if (frame !== 0 && reader.u8(frame + _PyInterpreterFrame.owner) === FRAME_OWNED_BY_FRAME_OBJECT) {
    visitFrame(reader, frame, visitor);
  }
}

export function visitGeneratorFrame(reader: Reader, generator: number, visitor: ReferenceVisitor): void {
  const frame = generator + PyGenObject.gi_iframe;
  if (reader.i8(generator + PyGenObject.gi_frame_state) < FRAME_CLEARED) {
    visitFrame(reader, frame, visitor);
    return;
  }
  // A finished generator keeps its code.
  const code = reader.ptr(frame + _PyInterpreterFrame.f_executable);
  if (code !== 0) visitor.reference(code, frame + _PyInterpreterFrame.f_executable, 'f_executable', -1);
}

export function visitCodeCaches(reader: Reader, code: number, visitor: ReferenceVisitor): void {
  const cached = reader.ptr(code + PyCodeObject._co_cached);
  if (cached === 0) return;
  for (const label of ['_co_code', '_co_varnames', '_co_cellvars', '_co_freevars'] as const) {
    const slot = cached + _PyCoCached[label];
    const value = reader.ptr(slot);
    if (value !== 0) visitor.reference(value, slot, label, -1);
  }
}

/** The frames of a thread, innermost first. */
export function framesOf(reader: Reader, innermost: number): number[] {
  const frames: number[] = [];
  for (let frame = innermost; frame !== 0 && frames.length < 10_000_000; ) {
    if (!reader.has(frame, _PyInterpreterFrame.SIZE)) break;
    frames.push(frame);
    frame = reader.ptr(frame + _PyInterpreterFrame.previous);
  }
  return frames;
}
