/** Inheritance of slots, sizes and flags from the bases. Mirrors inherit_special and inherit_slots of Objects/typeobject.c. */
import {
  PyAsyncMethods,
  PyBufferProcs,
  PyMappingMethods,
  PyNumberMethods,
  PySequenceMethods,
  PyTypeObject as T,
  Py_ID,
  Py_TPFLAGS_BASE_EXC_SUBCLASS,
  Py_TPFLAGS_BYTES_SUBCLASS,
  Py_TPFLAGS_DICT_SUBCLASS,
  Py_TPFLAGS_HAVE_GC,
  Py_TPFLAGS_HAVE_VECTORCALL,
  Py_TPFLAGS_IMMUTABLETYPE,
  Py_TPFLAGS_ITEMS_AT_END,
  Py_TPFLAGS_LIST_SUBCLASS,
  Py_TPFLAGS_LONG_SUBCLASS,
  Py_TPFLAGS_MAPPING,
  Py_TPFLAGS_METHOD_DESCRIPTOR,
  Py_TPFLAGS_PREHEADER,
  Py_TPFLAGS_SEQUENCE,
  Py_TPFLAGS_TUPLE_SUBCLASS,
  Py_TPFLAGS_TYPE_SUBCLASS,
  Py_TPFLAGS_UNICODE_SUBCLASS,
  _Py_TPFLAGS_MATCH_SELF,
} from '@moult/abi';
import { PyObject_GC_Del } from '../gc/alloc.ts';
import { i32, setI32, setPtr } from '../memory/linear.ts';
import { PyObject_Free } from '../memory/obmalloc.ts';
import { fnptr, text } from '../memory/text.ts';
import { PyDict_Contains } from './dictobject.ts';
import { PyType_IsSubtype, type Ref } from './object.ts';
import {
  PyBytes_Type,
  PyDict_Type,
  PyExc_BaseException,
  PyList_Type,
  PyLong_Type,
  PyTuple_Type,
  PyType_Type,
  PyUnicode_Type,
} from './static.ts';
import { lookup_tp_dict } from './typelookup.ts';

function addFlags(type: Ref, flags: number): void {
  setI32(type + T.tp_flags, i32(type + T.tp_flags) | flags);
}
/** Copies a Py_ssize_t, sign included, if the type has none. */
function copyValue(type: Ref, base: Ref, offset: number): void {
  if (i32(type + offset) !== 0) return;
  setI32(type + offset, i32(base + offset));
  setI32(type + offset + 4, i32(base + offset + 4));
}

export function inherit_special(type: Ref, base: Ref): void {
  const flags = i32(type + T.tp_flags);
  const baseFlags = i32(base + T.tp_flags);
  if (
    (flags & Py_TPFLAGS_HAVE_GC) === 0 &&
    (baseFlags & Py_TPFLAGS_HAVE_GC) !== 0 &&
    i32(type + T.tp_traverse) === 0 &&
    i32(type + T.tp_clear) === 0
  ) {
    addFlags(type, Py_TPFLAGS_HAVE_GC);
    setPtr(type + T.tp_traverse, i32(base + T.tp_traverse));
    setPtr(type + T.tp_clear, i32(base + T.tp_clear));
  }
  addFlags(type, baseFlags & Py_TPFLAGS_PREHEADER);
  copyValue(type, base, T.tp_basicsize);
  copyValue(type, base, T.tp_itemsize);
  copyValue(type, base, T.tp_weaklistoffset);
  copyValue(type, base, T.tp_dictoffset);
  if (PyType_IsSubtype(base, PyExc_BaseException)) addFlags(type, Py_TPFLAGS_BASE_EXC_SUBCLASS);
  else if (PyType_IsSubtype(base, PyType_Type)) addFlags(type, Py_TPFLAGS_TYPE_SUBCLASS);
  else if (PyType_IsSubtype(base, PyLong_Type)) addFlags(type, Py_TPFLAGS_LONG_SUBCLASS);
  else if (PyType_IsSubtype(base, PyBytes_Type)) addFlags(type, Py_TPFLAGS_BYTES_SUBCLASS);
  else if (PyType_IsSubtype(base, PyUnicode_Type)) addFlags(type, Py_TPFLAGS_UNICODE_SUBCLASS);
  else if (PyType_IsSubtype(base, PyTuple_Type)) addFlags(type, Py_TPFLAGS_TUPLE_SUBCLASS);
  else if (PyType_IsSubtype(base, PyList_Type)) addFlags(type, Py_TPFLAGS_LIST_SUBCLASS);
  else if (PyType_IsSubtype(base, PyDict_Type)) addFlags(type, Py_TPFLAGS_DICT_SUBCLASS);
  addFlags(type, baseFlags & (_Py_TPFLAGS_MATCH_SELF | Py_TPFLAGS_ITEMS_AT_END));
}

function copySlot(type: Ref, base: Ref, basebase: Ref, offset: number): void {
  if (i32(type + offset) !== 0) return;
  const own = i32(base + offset);
  if (own !== 0 && (basebase === 0 || own !== i32(basebase + offset))) {
    setPtr(type + offset, own);
    if (own < 0) setI32(type + offset + 4, -1);
  }
}
/** Copies the slots of one table (as_number …) of `size` bytes. */
function copyTable(type: Ref, base: Ref, table: number, size: number): void {
  const own = i32(type + table);
  const from = i32(base + table);
  if (own === 0 || from === 0) return;
  const bb = i32(base + T.tp_base);
  const basebase = bb === 0 ? 0 : i32(bb + table);
  for (let off = 0; off < size; off += 8) {
    if (i32(own + off) !== 0) continue;
    const fn = i32(from + off);
    if (fn !== 0 && (basebase === 0 || fn !== i32(basebase + off))) setPtr(own + off, fn);
  }
}
function overrides_hash(type: Ref): boolean {
  const dict = lookup_tp_dict(type);
  return PyDict_Contains(dict, Py_ID.__eq__) || PyDict_Contains(dict, Py_ID.__hash__);
}

export function inherit_slots(type: Ref, base: Ref): void {
  copyTable(type, base, T.tp_as_number, PyNumberMethods.SIZE);
  copyTable(type, base, T.tp_as_async, PyAsyncMethods.SIZE);
  copyTable(type, base, T.tp_as_sequence, PySequenceMethods.SIZE);
  copyTable(type, base, T.tp_as_mapping, PyMappingMethods.SIZE);
  copyTable(type, base, T.tp_as_buffer, PyBufferProcs.SIZE);
  const bb = i32(base + T.tp_base);
  copySlot(type, base, bb, T.tp_dealloc);
  if (i32(type + T.tp_getattr) === 0 && i32(type + T.tp_getattro) === 0) {
    setPtr(type + T.tp_getattr, i32(base + T.tp_getattr));
    setPtr(type + T.tp_getattro, i32(base + T.tp_getattro));
  }
  if (i32(type + T.tp_setattr) === 0 && i32(type + T.tp_setattro) === 0) {
    setPtr(type + T.tp_setattr, i32(base + T.tp_setattr));
    setPtr(type + T.tp_setattro, i32(base + T.tp_setattro));
  }
  copySlot(type, base, bb, T.tp_repr);
  copySlot(type, base, bb, T.tp_vectorcall_offset);
  const baseFlags = i32(base + T.tp_flags);
  if (i32(type + T.tp_call) === 0 && (baseFlags & Py_TPFLAGS_HAVE_VECTORCALL) !== 0)
    addFlags(type, Py_TPFLAGS_HAVE_VECTORCALL);
  copySlot(type, base, bb, T.tp_call);
  copySlot(type, base, bb, T.tp_str);
  if (i32(type + T.tp_richcompare) === 0 && i32(type + T.tp_hash) === 0 && !overrides_hash(type)) {
    setPtr(type + T.tp_richcompare, i32(base + T.tp_richcompare));
    setPtr(type + T.tp_hash, i32(base + T.tp_hash));
  }
  copySlot(type, base, bb, T.tp_iter);
  copySlot(type, base, bb, T.tp_iternext);
  copySlot(type, base, bb, T.tp_descr_get);
  const get = i32(base + T.tp_descr_get);
  if (
    get !== 0 &&
    i32(type + T.tp_descr_get) === get &&
    (i32(type + T.tp_flags) & Py_TPFLAGS_IMMUTABLETYPE) !== 0 &&
    (baseFlags & Py_TPFLAGS_METHOD_DESCRIPTOR) !== 0
  ) {
    addFlags(type, Py_TPFLAGS_METHOD_DESCRIPTOR);
  }
  copySlot(type, base, bb, T.tp_descr_set);
  copySlot(type, base, bb, T.tp_dictoffset);
  copySlot(type, base, bb, T.tp_init);
  copySlot(type, base, bb, T.tp_alloc);
  copySlot(type, base, bb, T.tp_is_gc);
  copySlot(type, base, bb, T.tp_finalize);
  const flags = i32(type + T.tp_flags);
  if ((flags & Py_TPFLAGS_HAVE_GC) === (baseFlags & Py_TPFLAGS_HAVE_GC)) copySlot(type, base, bb, T.tp_free);
  else if (
    (flags & Py_TPFLAGS_HAVE_GC) !== 0 &&
    i32(type + T.tp_free) === 0 &&
    text[i32(base + T.tp_free)] === PyObject_Free
  ) {
    setPtr(type + T.tp_free, fnptr(PyObject_GC_Del));
  }
}

/** A pattern-matching kind is inherited from the first base that has one. */
export function inherit_patma_flags(type: Ref, base: Ref): void {
  const kinds = Py_TPFLAGS_SEQUENCE | Py_TPFLAGS_MAPPING;
  if ((i32(type + T.tp_flags) & kinds) === 0) addFlags(type, i32(base + T.tp_flags) & kinds);
}
/** A type without a slot table of its own uses its base's. */
export function inherit_as_structs(type: Ref, base: Ref): void {
  for (const table of [T.tp_as_async, T.tp_as_sequence, T.tp_as_mapping, T.tp_as_number, T.tp_as_buffer]) {
    if (i32(type + table) === 0) setPtr(type + table, i32(base + table));
  }
}
