/** Memory for instances. Mirrors PyType_GenericAlloc of Objects/typeobject.c. */
import {
  PyDictKeysObject,
  PyHeapTypeObject,
  PyTypeObject as T,
  Py_TPFLAGS_HAVE_GC,
  Py_TPFLAGS_INLINE_VALUES,
} from '@moult/abi';
import { _PyObject_GC_Link, gc_alloc, objectMalloc } from '../gc/alloc.ts';
import { _PyObject_GC_TRACK } from '../gc/track.ts';
import { i32, setF64, setI32, setPtr } from '../memory/linear.ts';
import { memzero } from '../memory/raw.ts';
import { type NativeFunction, text } from '../memory/text.ts';
import { _PyInlineValuesSize, _PyObject_InitInlineValues } from './instancedict.ts';
import { type Ref, _PyObject_Init } from './object.ts';

/** An instance of a class with inline values: the general way below, in one go. */
function allocWithInlineValues(type: Ref): Ref {
  const size = i32(type + T.tp_basicsize);
  const keys = i32(type + PyHeapTypeObject.ht_cached_keys);
  const usable = i32(keys + PyDictKeysObject.dk_usable);
  const entries = i32(keys + PyDictKeysObject.dk_nentries);
  const room = entries + usable;
  // the weakref list and dict before the GC head; behind the object values, their names' order, a byte each
  const p = objectMalloc(32 + ((size + 7) & -8) + ((room + 7) & -8) + ((room + 1) << 3));
  const obj = p + 32;
  const values = obj + size;
  let at = p;
  for (; at < values; at += 8) setF64(at, 0);
  _PyObject_GC_Link(obj);
  _PyObject_Init(obj, type);
  // each instance made before the class knows all its attributes takes one place less
  if (usable > 1) setPtr(keys + PyDictKeysObject.dk_usable, usable - 1);
  const n = usable > 1 ? room - 1 : room;
  setI32(values, n | 0x1010000);
  setI32(values + 4, 0);
  at = values + 8;
  for (const end = at + (n << 3); at < end; at += 8) setF64(at, 0);
  return obj;
}
/** A zeroed instance with `n` items (and one more, for a sentinel); collectable ones are not tracked yet. */
export function _PyType_AllocNoTrack(type: Ref, n: number): Ref {
  const flags = i32(type + T.tp_flags);
  const itemsize = i32(type + T.tp_itemsize);
  if ((flags & Py_TPFLAGS_INLINE_VALUES) !== 0 && itemsize === 0) return allocWithInlineValues(type);
  let size = i32(type + T.tp_basicsize);
  if (itemsize !== 0) size = (size + (n + 1) * itemsize + 7) & -8;
  else size = (size + 7) & -8;
  const inline = (flags & Py_TPFLAGS_INLINE_VALUES) !== 0;
  const whole = inline ? size + _PyInlineValuesSize(type) : size;
  const obj = (flags & Py_TPFLAGS_HAVE_GC) !== 0 ? gc_alloc(type, whole) : objectMalloc(whole);
  memzero(obj, size);
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
