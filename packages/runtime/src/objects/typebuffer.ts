/**
 * `__buffer__` and `__release_buffer__` of classes written in Python. Mirrors slot_bf_getbuffer and friends of Objects/typeobject.c.
 *
 *   _buffer_wrapper   +16 mv (memoryview)   +24 obj
 */
import { PyTypeObject as T, Py_buffer as B, Py_ID, PyBufferProcs, Py_TPFLAGS_HAVE_GC } from '@moult/abi';
import { PyObject_GC_Del, _PyObject_GC_New } from '../gc/alloc.ts';
import { PyObject_GC_UnTrack, _PyObject_GC_TRACK } from '../gc/track.ts';
import { i32, setPtr } from '../memory/linear.ts';
import { type NativeFunction, text } from '../memory/text.ts';
import { PyObject_GetBuffer } from './abstractbuffer.ts';
import { callMethod } from './call.ts';
import { catchPending, PyErr_GetRaisedException, PyErr_SetRaisedException, raise } from './errors.ts';
import { PyErr_WriteUnraisable } from './unraisable.ts';
import { PyLong_AsInt, PyLong_FromLong } from './longobject.ts';
import { PyMemoryView_FromObject, _PyMemoryView_FromBufferProc } from './memoryobject.ts';
import { hold, nativeMark, PyObject_TypeCheck, Py_CLEAR, Py_DECREF, Py_NewRef, type Ref, release } from './object.ts';
import type { TypeSpec } from './spec.ts';
import { PyExc_TypeError, PyMemoryView_Type, Py_None, _PyBufferWrapper_Type } from './static.ts';
import { callFound, lookup_maybe_method, vectorcall_method } from './typeslots.ts';
import { PyUnicode_InternFromString } from './unicodeobject.ts';

const MV = 16;
const OBJ = 24;

export function slot_bf_getbuffer(self: Ref, view: number, flags: number): void {
  const m = hold(PyLong_FromLong(flags));
  const mv = vectorcall_method(Py_ID.__buffer__, self, 1, i32(m));
  hold(mv);
  if (!PyObject_TypeCheck(mv, PyMemoryView_Type)) raise(PyExc_TypeError, '__buffer__ returned non-memoryview object');
  PyObject_GetBuffer(mv, view, flags);
  const wrapper = _PyObject_GC_New(_PyBufferWrapper_Type);
  setPtr(wrapper + MV, Py_NewRef(mv));
  setPtr(wrapper + OBJ, Py_NewRef(self));
  _PyObject_GC_TRACK(wrapper);
  const old = i32(view + B.obj);
  setPtr(view + B.obj, wrapper);
  Py_DECREF(old);
  release(m);
}
export function slot_bf_releasebuffer(self: Ref, view: number): void {
  const saved = PyErr_GetRaisedException();
  const m = hold(saved);
  const mark = nativeMark();
  try {
    const found = lookup_maybe_method(self, Py_ID.__release_buffer__);
    if (found !== 0) {
      const mv = hold(PyMemoryView_FromObject(i32(view + B.obj)));
      Py_DECREF(callFound(found, self, 1, i32(mv)));
      release(mv);
    }
  } catch (e) {
    catchPending(e, mark);
    PyErr_WriteUnraisable(self);
  }
  setSaved(m, saved);
}
function setSaved(m: number, saved: Ref): void {
  if (saved !== 0) Py_NewRef(saved);
  release(m);
  PyErr_SetRaisedException(saved);
}
export function wrap_buffer(self: Ref, args: Ref, wrapped: number): Ref {
  if (i32(args + 16) !== 1) raise(PyExc_TypeError, `expected 1 argument, got ${i32(args + 16)}`);
  return _PyMemoryView_FromBufferProc(self, PyLong_AsInt(i32(args + 24)), wrapped);
}
export function wrap_releasebuffer(_self: Ref, args: Ref): Ref {
  if (i32(args + 16) !== 1) raise(PyExc_TypeError, `expected 1 argument, got ${i32(args + 16)}`);
  const mv = i32(args + 24);
  if (!PyObject_TypeCheck(mv, PyMemoryView_Type)) raise(PyExc_TypeError, 'expected a memoryview object');
  const m = hold(PyUnicode_InternFromString('release'));
  Py_DECREF(callMethod(mv, i32(m)));
  release(m);
  return Py_NewRef(Py_None);
}

function bufferwrapper_releasebuf(self: Ref, view: number): void {
  const mv = i32(self + MV);
  const obj = i32(self + OBJ);
  (text[i32(i32(i32(mv + 8) + T.tp_as_buffer) + PyBufferProcs.bf_releasebuffer)] as NativeFunction)(mv, view);
  const buffer = i32(i32(obj + 8) + T.tp_as_buffer);
  const release_ = buffer === 0 ? 0 : i32(buffer + PyBufferProcs.bf_releasebuffer);
  if (release_ !== 0 && text[release_] === slot_bf_releasebuffer) slot_bf_releasebuffer(obj, view);
}
function bufferwrapper_dealloc(self: Ref): void {
  PyObject_GC_UnTrack(self);
  Py_CLEAR(self + MV);
  Py_CLEAR(self + OBJ);
  PyObject_GC_Del(self);
}
function bufferwrapper_traverse(self: Ref, visit: (op: Ref, arg: number) => void, arg: number): void {
  if (i32(self + MV) !== 0) visit(i32(self + MV), arg);
  if (i32(self + OBJ) !== 0) visit(i32(self + OBJ), arg);
}
export const bufferWrapperSpec: TypeSpec = {
  address: _PyBufferWrapper_Type,
  name: '_buffer_wrapper',
  basicsize: 32,
  flags: Py_TPFLAGS_HAVE_GC,
  slots: {
    tp_dealloc: bufferwrapper_dealloc,
    tp_traverse: bufferwrapper_traverse,
    bf_releasebuffer: bufferwrapper_releasebuf,
  },
};
