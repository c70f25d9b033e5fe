/** Memory for instances. Mirrors PyType_GenericAlloc of Objects/typeobject.c. */
import { PyTypeObject as T, Py_TPFLAGS_HAVE_GC, Py_TPFLAGS_INLINE_VALUES } from '@moult/abi';
import { gc_alloc, objectMalloc } from '../gc/alloc.ts';
import { _PyObject_GC_TRACK } from '../gc/track.ts';
import { bytes, i32, setPtr } from '../memory/linear.ts';
import { type NativeFunction, text } from '../memory/text.ts';
import { _PyInlineValuesSize, _PyObject_InitInlineValues } from './instancedict.ts';
import { type Ref, _PyObject_Init } from './object.ts';

/** A zeroed instance with `n` items (and one more, for a sentinel); collectable ones are not tracked yet. */
export function _PyType_AllocNoTrack(type: Ref, n: number): Ref {
  const flags = i32(type + T.tp_flags);
  const itemsize = i32(type + T.tp_itemsize);
  let size = i32(type + T.tp_basicsize);
  if (itemsize !== 0) size = (size + (n + 1) * itemsize + 7) & -8;
  else size = (size + 7) & -8;
  const inline = (flags & Py_TPFLAGS_INLINE_VALUES) !== 0;
  const whole = inline ? size + _PyInlineValuesSize(type) : size;
  const obj = (flags & Py_TPFLAGS_HAVE_GC) !== 0 ? gc_alloc(type, whole) : objectMalloc(whole);
  bytes.fill(0, obj, obj + size);
  if (itemsize !== 0) setPtr(obj + 16, n);
  _PyObject_Init(obj, type);
  if (inline) _PyObject_InitInlineValues(obj, type);
  return obj;
}
export function PyType_GenericAlloc(type: Ref, n: number): Ref {
  const obj = _PyType_AllocNoTrack(type, n);
  if ((i32(type + T.tp_flags) & Py_TPFLAGS_HAVE_GC) !== 0) _PyObject_GC_TRACK(obj);
  return obj;
}
/** Calls tp_alloc. */
export function typeAlloc(type: Ref, n: number): Ref {
  return (text[i32(type + T.tp_alloc)] as NativeFunction)(type, n) as Ref;
}
export function PyType_GenericNew(type: Ref, _args: Ref, _kwds: Ref): Ref {
  return typeAlloc(type, 0);
}
