/** Cells: variables that a function shares with inner functions. Mirrors Objects/cellobject.c. */
import { PyCellObject as C, Py_TPFLAGS_HAVE_GC } from '@moult/abi';
import { PyObject_GC_Del, _PyObject_GC_New } from '../gc/alloc.ts';
import { PyObject_GC_UnTrack, _PyObject_GC_TRACK } from '../gc/track.ts';
import { i32, setPtr } from '../memory/linear.ts';
import { _PyArg_CheckPositional, _PyArg_NoKeywords } from './args.ts';
import { raise } from './errors.ts';
import { Py_CLEAR, Py_NewRef, Py_XDECREF, type Ref, typeNameOf } from './object.ts';
import { PyObject_GenericGetAttr, PyObject_RichCompare } from './objectattr.ts';
import type { TypeSpec } from './spec.ts';
import { PyCell_Type, PyExc_ValueError, Py_False, Py_NotImplemented, Py_True } from './static.ts';
import { PyUnicode_FromString } from './unicodeobject.ts';

/** A new cell with `value` (0: empty). */
export function PyCell_New(value: Ref): Ref {
  const op = _PyObject_GC_New(PyCell_Type);
  setPtr(op + C.ob_ref, value === 0 ? 0 : Py_NewRef(value));
  _PyObject_GC_TRACK(op);
  return op;
}
/** The content, a new reference, or 0. */
export function PyCell_Get(op: Ref): Ref {
  const value = i32(op + C.ob_ref);
  return value === 0 ? 0 : Py_NewRef(value);
}
/** Stores a value (borrowed; 0 empties). */
export function PyCell_Set(op: Ref, value: Ref): void {
  const old = i32(op + C.ob_ref);
  setPtr(op + C.ob_ref, value === 0 ? 0 : Py_NewRef(value));
  Py_XDECREF(old);
}
function cell_new(_type: Ref, args: Ref, kwargs: Ref): Ref {
  _PyArg_NoKeywords('cell', kwargs);
  const n = i32(args + 16);
  _PyArg_CheckPositional('cell', n, 0, 1);
  return PyCell_New(n > 0 ? i32(args + 24) : 0);
}
function cell_dealloc(op: Ref): void {
  PyObject_GC_UnTrack(op);
  Py_CLEAR(op + C.ob_ref);
  PyObject_GC_Del(op);
}
function cell_richcompare(a: Ref, b: Ref, op: number): Ref {
  if (i32(a + 8) !== PyCell_Type || i32(b + 8) !== PyCell_Type) return Py_NewRef(Py_NotImplemented);
  const x = i32(a + C.ob_ref);
  const y = i32(b + C.ob_ref);
  if (x !== 0 && y !== 0) return PyObject_RichCompare(x, y, op);
  const left = y === 0 ? 1 : 0;
  const right = x === 0 ? 1 : 0;
  const order = left - right;
  const truth = [order < 0, order <= 0, order === 0, order !== 0, order > 0, order >= 0][op] as boolean;
  return Py_NewRef(truth ? Py_True : Py_False);
}
function cell_repr(op: Ref): Ref {
  const value = i32(op + C.ob_ref);
  const at = `<cell at 0x${op.toString(16)}: `;
  if (value === 0) return PyUnicode_FromString(`${at}empty>`);
  return PyUnicode_FromString(`${at}${typeNameOf(value)} object at 0x${value.toString(16)}>`);
}
function cell_traverse(op: Ref, visit: (op: Ref, arg: number) => void, arg: number): void {
  if (i32(op + C.ob_ref) !== 0) visit(i32(op + C.ob_ref), arg);
}
function cell_clear(op: Ref): void {
  Py_CLEAR(op + C.ob_ref);
}
function cell_get_contents(op: Ref): Ref {
  const value = i32(op + C.ob_ref);
  if (value === 0) raise(PyExc_ValueError, 'Cell is empty');
  return Py_NewRef(value);
}
function cell_set_contents(op: Ref, value: Ref): void {
  PyCell_Set(op, value);
}

export const cellSpec: TypeSpec = {
  address: PyCell_Type,
  name: 'cell',
  basicsize: C.SIZE,
  flags: Py_TPFLAGS_HAVE_GC,
  doc: 'cell([contents])\n--\n\nCreate a new cell object.\n\n  contents\n    the contents of the cell. If not specified, the cell will be empty,\n    and \n further attempts to access its cell_contents attribute will\n    raise a ValueError.',
  slots: {
    tp_dealloc: cell_dealloc,
    tp_repr: cell_repr,
    tp_getattro: PyObject_GenericGetAttr,
    tp_traverse: cell_traverse,
    tp_clear: cell_clear,
    tp_richcompare: cell_richcompare,
    tp_new: cell_new,
  },
  getset: [{ name: 'cell_contents', get: cell_get_contents, set: cell_set_contents }],
};
