/** Capsules: a pointer of C in an object. Mirrors Objects/capsule.c. */
import { PyCapsule as C, Py_TPFLAGS_HAVE_GC } from '@moult/abi';
import { PyObject_GC_Del, _PyObject_GC_New } from '../gc/alloc.ts';
import { PyObject_GC_UnTrack } from '../gc/track.ts';
import { cstring, i32, setPtr } from '../memory/linear.ts';
import { type NativeFunction, text } from '../memory/text.ts';
import { raise } from './errors.ts';
import type { Ref } from './object.ts';
import type { TypeSpec } from './spec.ts';
import { PyCapsule_Type, PyExc_ValueError } from './static.ts';
import { PyUnicode_FromString } from './unicodeobject.ts';

/** `name` the address of a C string or 0; `destructor` a native's number or 0. */
export function PyCapsule_New(pointer: number, name: number, destructor: number): Ref {
  if (pointer === 0) raise(PyExc_ValueError, 'PyCapsule_New called with null pointer');
  const op = _PyObject_GC_New(PyCapsule_Type);
  setPtr(op + C.pointer, pointer);
  setPtr(op + C.name, name);
  setPtr(op + C.context, 0);
  setPtr(op + C.destructor, destructor);
  setPtr(op + C.traverse_func, 0);
  setPtr(op + C.clear_func, 0);
  return op;
}
export function PyCapsule_GetPointer(op: Ref, name: string): number {
  const own = i32(op + C.name);
  if (i32(op + 8) !== PyCapsule_Type || i32(op + C.pointer) === 0)
    raise(PyExc_ValueError, 'PyCapsule_GetPointer called with invalid PyCapsule object');
  if ((own === 0 ? '' : cstring(own)) !== name)
    raise(PyExc_ValueError, 'PyCapsule_GetPointer called with incorrect name');
  return i32(op + C.pointer);
}
function capsule_dealloc(op: Ref): void {
  PyObject_GC_UnTrack(op);
  const destructor = i32(op + C.destructor);
  if (destructor !== 0) (text[destructor] as NativeFunction)(op);
  PyObject_GC_Del(op);
}
function capsule_repr(op: Ref): Ref {
  const name = i32(op + C.name);
  const shown = name === 0 ? 'NULL' : `"${cstring(name)}"`;
  return PyUnicode_FromString(`<capsule object ${shown} at 0x${op.toString(16)}>`);
}
function capsule_traverse(op: Ref, visit: (op: Ref, arg: number) => void, arg: number): void {
  const fn = i32(op + C.traverse_func);
  if (fn !== 0) (text[fn] as NativeFunction)(op, visit, arg);
}
function capsule_clear(op: Ref): void {
  const fn = i32(op + C.clear_func);
  if (fn !== 0) (text[fn] as NativeFunction)(op);
}

export const capsuleSpec: TypeSpec = {
  address: PyCapsule_Type,
  name: 'PyCapsule',
  basicsize: C.SIZE,
  flags: Py_TPFLAGS_HAVE_GC,
  doc: 'Capsule objects let you wrap a C "void *" pointer in a Python\nobject.  They\'re a way of passing data through the Python interpreter\nwithout creating your own custom type.\n\nCapsules are used for communication between extension modules.\nThey provide a way for an extension module to export a C interface\nto other extension modules, so that extension modules can use the\nPython import mechanism to link to one another.\n',
  slots: { tp_dealloc: capsule_dealloc, tp_repr: capsule_repr, tp_traverse: capsule_traverse, tp_clear: capsule_clear },
};
