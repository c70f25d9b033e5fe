/**
 * Interpreter frames in data-stack chunks: pushing, clearing, frame objects on demand, the current line.
 * Mirrors Python/frame.c, the frame part of Python/ceval.c, Python/pystate.c (data stack) and pycore_frame.h.
 *
 *   _PyInterpreterFrame  +0 f_executable  +8 previous  +16 f_funcobj  +24 f_globals  +32 f_builtins  +40 f_locals
 *                        +48 frame_obj  +56 instr_ptr  +64 stacktop (int)  +68 return_offset (u16)  +70 owner (u8)
 *                        +72 localsplus: locals, cells, free variables, then the value stack
 */
import {
  FRAME_CLEARED,
  FRAME_OWNED_BY_CSTACK,
  FRAME_OWNED_BY_FRAME_OBJECT,
  FRAME_OWNED_BY_GENERATOR,
  FRAME_OWNED_BY_THREAD,
  PyCodeObject,
  PyFrameObject,
  PyGenObject,
  PyThreadState,
  _PyStackChunk,
} from '@moult/abi';
import { _PyObject_VirtualAlloc, _PyObject_VirtualFree } from '../memory/mmap.ts';
import { memcopy } from '../memory/raw.ts';
import { CURRENT_TSTATE, i32, POLICY, setI32, setPtr, setU8, u8 } from '../memory/linear.ts';
import { frameFreed } from '../gc/framecount.ts';
import { _PyObject_GC_IS_TRACKED, PyObject_GC_Track } from '../gc/track.ts';
import { PyCode_Addr2Line } from '../objects/codeobject.ts';
import { PyErr_NoMemory, PyErr_GetRaisedException, catchPending, PyErr_SetRaisedException } from '../objects/errors.ts';
import { frameNew } from '../objects/frameobject.ts';
import { ownFrame } from '../objects/frameslots.ts';
import { Py_CLEAR, Py_DECREF, Py_INCREF, Py_NewRef, Py_REFCNT, type Ref, drop, hold } from '../objects/object.ts';
import { Py_None } from '../objects/static.ts';
import { CLEARING_FRAME } from './state.ts';

export const DATA_STACK_CHUNK_SIZE = 16 * 1024;
const MINIMUM_OVERHEAD = 1000;

/** The address of a code object's first instruction. */
export function _PyCode_CODE(code: Ref): number {
  return code + PyCodeObject.co_code_adaptive;
}

// ---- the data stack ----

function pushChunk(tstate: number, size: number): number {
  let chunkSize = DATA_STACK_CHUNK_SIZE;
  while (chunkSize < (size + MINIMUM_OVERHEAD) * 8) chunkSize *= 2;
  const old = i32(tstate + PyThreadState.datastack_chunk);
  const chunk = _PyObject_VirtualAlloc(chunkSize);
  if (chunk === 0) PyErr_NoMemory();
  setPtr(chunk + _PyStackChunk.previous, old);
  setPtr(chunk + _PyStackChunk.size, chunkSize);
  setPtr(chunk + _PyStackChunk.top, 0);
  if (old !== 0) {
    setPtr(old + _PyStackChunk.top, (i32(tstate + PyThreadState.datastack_top) - old - _PyStackChunk.data) >> 3);
  }
  setPtr(tstate + PyThreadState.datastack_chunk, chunk);
  setPtr(tstate + PyThreadState.datastack_limit, chunk + chunkSize);
  // the first word of the first chunk stays free, so that its base is never taken for the bottom of a later chunk
  const base = chunk + _PyStackChunk.data + (old === 0 ? 8 : 0);
  setPtr(tstate + PyThreadState.datastack_top, base + size * 8);
  return base;
}

/** `size` words on top of the data stack. */
export function _PyThreadState_PushFrame(tstate: number, size: number): number {
  const top = i32(tstate + PyThreadState.datastack_top);
  if (top !== 0 && top + size * 8 < i32(tstate + PyThreadState.datastack_limit)) {
    setI32(tstate + PyThreadState.datastack_top, top + size * 8);
    return top;
  }
  return pushChunk(tstate, size);
}

export function _PyThreadState_PopFrame(tstate: number, frame: number): void {
  const chunk = i32(tstate + PyThreadState.datastack_chunk);
  if (frame === chunk + _PyStackChunk.data) {
    const previous = i32(chunk + _PyStackChunk.previous);
    setPtr(tstate + PyThreadState.datastack_top, previous + _PyStackChunk.data + i32(previous + _PyStackChunk.top) * 8);
    setPtr(tstate + PyThreadState.datastack_chunk, previous);
    setPtr(tstate + PyThreadState.datastack_limit, previous + i32(previous + _PyStackChunk.size));
    _PyObject_VirtualFree(chunk, i32(chunk + _PyStackChunk.size));
  } else setPtr(tstate + PyThreadState.datastack_top, frame);
}

/** Gives all chunks back (thread end: clear_datastack). */
export function clearDataStack(tstate: number): void {
  let chunk = i32(tstate + PyThreadState.datastack_chunk);
  setPtr(tstate + PyThreadState.datastack_chunk, 0);
  setPtr(tstate + PyThreadState.datastack_top, 0);
  setPtr(tstate + PyThreadState.datastack_limit, 0);
  while (chunk !== 0) {
    const previous = i32(chunk + _PyStackChunk.previous);
    _PyObject_VirtualFree(chunk, i32(chunk + _PyStackChunk.size));
    chunk = previous;
  }
}

// ---- one frame ----

/** _PyFrame_Initialize: `func` and `locals` are stolen, the code's count rises; locals from `nullFrom` on become NULL. */
export function _PyFrame_Initialize(fp: number, func: Ref, locals: Ref, code: Ref, nullFrom: number): void {
  setPtr(fp, code);
  Py_INCREF(code);
  setPtr(fp + 8, 0);
  setPtr(fp + 16, func);
  setPtr(fp + 24, i32(func + 16));
  setPtr(fp + 32, i32(func + 24));
  setPtr(fp + 40, locals);
  setPtr(fp + 48, 0);
  setPtr(fp + 56, code + 200);
  const n = i32(code + PyCodeObject.co_nlocalsplus);
  setI32(fp + 64, n);
  setI32(fp + 68, 0);
  for (let i = nullFrom; i < n; i++) setPtr(fp + 72 + (i << 3), 0);
}

/** A frame without a function: the trampolines (_PyFrame_PushTrampolineUnchecked). */
export function _PyFrame_PushTrampoline(tstate: number, code: Ref, stackDepth: number, previous: number): number {
  const fp = _PyThreadState_PushFrame(tstate, i32(code + PyCodeObject.co_framesize));
  setPtr(fp, code);
  Py_INCREF(code);
  setPtr(fp + 8, previous);
  setPtr(fp + 16, Py_NewRef(Py_None));
  setPtr(fp + 24, 0);
  setPtr(fp + 32, 0);
  setPtr(fp + 40, 0);
  setPtr(fp + 48, 0);
  setPtr(fp + 56, code + 200);
  setI32(fp + 64, i32(code + PyCodeObject.co_nlocalsplus) + stackDepth);
  setI32(fp + 68, 0);
  return fp;
}

export function _PyFrame_IsIncomplete(fp: number): boolean {
  const owner = u8(fp + 70);
  if (owner === FRAME_OWNED_BY_CSTACK) return true;
  const code = i32(fp);
  return (
    owner !== FRAME_OWNED_BY_GENERATOR && i32(fp + 56) < code + 200 + i32(code + PyCodeObject._co_firsttraceable) * 2
  );
}
export function _PyFrame_GetFirstComplete(fp: number): number {
  let f = fp;
  while (f !== 0 && _PyFrame_IsIncomplete(f)) f = i32(f + 8);
  return f;
}
/** The innermost complete frame of the current thread, or 0 (_PyThreadState_GetFrame). */
export function _PyThreadState_GetFrame(tstate: number): number {
  return _PyFrame_GetFirstComplete(i32(tstate + PyThreadState.current_frame));
}
export function currentFrame(): number {
  return _PyThreadState_GetFrame(i32(CURRENT_TSTATE));
}

/** Offset in bytes of the frame's current instruction. */
export function _PyInterpreterFrame_LASTI(fp: number): number {
  return i32(fp + 56) - i32(fp) - 200;
}
export function PyUnstable_InterpreterFrame_GetLine(fp: number): number {
  return PyCode_Addr2Line(i32(fp), _PyInterpreterFrame_LASTI(fp));
}
export function _PyGen_GetGeneratorFromFrame(fp: number): Ref {
  return fp - PyGenObject.gi_iframe;
}

/** The frame's object, made when it is first asked for; borrowed. */
export function _PyFrame_GetFrameObject(fp: number): Ref {
  const f = i32(fp + 48);
  return f !== 0 ? f : _PyFrame_MakeAndSetFrameObject(fp);
}
export function _PyFrame_MakeAndSetFrameObject(fp: number): Ref {
  const f = frameNew(i32(fp));
  setPtr(f + PyFrameObject.f_frame, fp);
  setPtr(fp + 48, f);
  return f;
}

/** Without memory for the caller's object the chain ends here, as in C. */
function linkBack(f: Ref, previous: number): void {
  const m = hold(PyErr_GetRaisedException());
  try {
    setPtr(f + PyFrameObject.f_back, Py_NewRef(_PyFrame_GetFrameObject(previous)));
  } catch (e) {
    catchPending(e, m + 8);
  }
  const exc = i32(m);
  drop(m);
  PyErr_SetRaisedException(exc);
}

/** The frame object outlives its frame: the frame's words move into the object (take_ownership). */
function takeOwnership(f: Ref, fp: number): void {
  ownFrame(fp);
  const size = 72 + (i32(fp + 64) << 3);
  const own = f + PyFrameObject._f_frame_data;
  // The code is counted once more: the frame's own reference is dropped by its owner.
  memcopy(own, fp, size);
  Py_INCREF(i32(fp));
  setPtr(f + PyFrameObject.f_frame, own);
  setU8(own + 70, FRAME_OWNED_BY_FRAME_OBJECT);
  if (_PyFrame_IsIncomplete(own)) {
    // f.f_lineno of a frame that never started is its first line
    const code = i32(own);
    setPtr(own + 56, code + 200 + i32(code + PyCodeObject._co_firsttraceable) * 2 + 2);
  }
  const previous = _PyFrame_GetFirstComplete(i32(fp + 8));
  setPtr(own + 8, 0);
  if (previous !== 0) {
    // up to 3.11 the caller's frame object may collect: what our caller has yet to release must be seen
    const m = hold(f);
    if (u8(fp + 70) !== FRAME_OWNED_BY_GENERATOR) hold(i32(fp));
    linkBack(f, previous);
    drop(m);
  }
  if (!_PyObject_GC_IS_TRACKED(f)) PyObject_GC_Track(f);
}

/** Releases locals, stack and f_locals. Each slot is NULL before its count falls; the audit sees the rest meanwhile. */
export function _PyFrame_ClearLocals(fp: number): void {
  const n = i32(fp + 64);
  const outer = i32(CLEARING_FRAME);
  const previous = i32(fp + 8);
  setPtr(fp + 8, outer);
  setI32(CLEARING_FRAME, fp);
  const end = fp + 72 + (n << 3);
  for (let p = fp + 72; p < end; p += 8) {
    const v = i32(p);
    if (v !== 0) {
      const owned = i32(p + 4) === 0;
      setPtr(p, 0);
      if (owned) Py_DECREF(v);
    }
  }
  setI32(fp + 64, 0);
  Py_CLEAR(fp + 40);
  setI32(CLEARING_FRAME, outer);
  setPtr(fp + 8, previous);
}

export function _PyFrame_ClearExceptCode(fp: number): void {
  const f = i32(fp + 48);
  if (f !== 0) {
    setPtr(fp + 48, 0);
    if (Py_REFCNT(f) > 1) {
      takeOwnership(f, fp);
      Py_DECREF(f);
      return;
    }
    Py_DECREF(f);
  }
  _PyFrame_ClearLocals(fp);
  Py_CLEAR(fp + 16);
}

function clearThreadFrame(tstate: number, fp: number): void {
  const remaining = tstate + PyThreadState.c_recursion_remaining;
  setI32(remaining, i32(remaining) - 1);
  _PyFrame_ClearExceptCode(fp);
  if (i32(POLICY) < 311) frameFreed(i32(fp));
  Py_DECREF(i32(fp));
  setI32(remaining, i32(remaining) + 1);
  _PyThreadState_PopFrame(tstate, fp);
}

function clearGenFrame(tstate: number, fp: number): void {
  const gen = _PyGen_GetGeneratorFromFrame(fp);
  setU8(gen + PyGenObject.gi_frame_state, FRAME_CLEARED);
  setPtr(tstate + PyThreadState.exc_info, i32(gen + PyGenObject.gi_exc_state_previous_item));
  setPtr(gen + PyGenObject.gi_exc_state_previous_item, 0);
  const remaining = tstate + PyThreadState.c_recursion_remaining;
  setI32(remaining, i32(remaining) - 1);
  _PyFrame_ClearExceptCode(fp);
  if (i32(POLICY) < 311) frameFreed(i32(fp));
  Py_CLEAR(gen + PyGenObject.gi_exc_state);
  setI32(remaining, i32(remaining) + 1);
  setPtr(fp + 8, 0);
}

/** Ends a frame that has returned or failed; it is no longer the current one. */
export function _PyEval_FrameClearAndPop(tstate: number, fp: number): void {
  if (u8(fp + 70) === FRAME_OWNED_BY_THREAD) clearThreadFrame(tstate, fp);
  else clearGenFrame(tstate, fp);
}

/** Copies a frame that is about to be a generator's (_PyFrame_Copy); the references move. */
export function _PyFrame_Copy(src: number, dest: number): void {
  ownFrame(src);
  memcopy(dest, src, 72 + (i32(src + 64) << 3));
  // the copy never shows its caller
  setPtr(dest + 8, 0);
}

/** Visits what a frame holds (_PyFrame_Traverse). */
export function _PyFrame_Traverse(fp: number, visit: (op: Ref, arg: number) => void, arg: number): void {
  const frameObject = i32(fp + 48);
  if (frameObject !== 0) visit(frameObject, arg);
  const locals = i32(fp + 40);
  if (locals !== 0) visit(locals, arg);
  if (i32(fp + 16) !== 0) visit(i32(fp + 16), arg);
  if (i32(fp) !== 0) visit(i32(fp), arg);
  const n = i32(fp + 64);
  for (let i = 0; i < n; i++) {
    const v = i32(fp + 72 + (i << 3));
    if (v !== 0 && i32(fp + 76 + (i << 3)) === 0) visit(v, arg);
  }
}
