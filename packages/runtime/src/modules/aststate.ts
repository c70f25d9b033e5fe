/**
 * The state of `_ast`: the types of the nodes, the singletons of operators and contexts, and names, made when the first of
 * them is asked for. Mirrors init_types of Python/Python-ast.c, in its order.
 */
import {
  PyHeapTypeObject as H,
  PyInterpreterState,
  PyTypeObject as T,
  Py_ID,
  Py_TPFLAGS_BASETYPE,
  Py_TPFLAGS_HAVE_GC,
  Py_TPFLAGS_HEAPTYPE,
} from '@moult/abi';
import { PyObject_GC_Del } from '../gc/alloc.ts';
import { i32, ROOM_STATE, setI32, setPtr, setU8 } from '../memory/linear.ts';
import { PyMem_Malloc } from '../memory/obmalloc.ts';
import { fnptr, type NativeFunction } from '../memory/text.ts';
import { PyDict_New, PyDict_SetItem, PyDict_SetItemString } from '../objects/dictobject.ts';
import { PyErr_NoMemory } from '../objects/errors.ts';
import { Py_GenericAlias } from '../objects/genericaliasobject.ts';
import { drop, hold, Py_CLEAR, Py_NewRef, PyObject_TypeCheck, type Ref, release } from '../objects/object.ts';
import { PyObject_SetAttr, PyObject_SetAttrString } from '../objects/objectattr.ts';
import { INTERP } from '../objects/runtime.ts';
import {
  PyBaseObject_Type,
  PyList_Type,
  PyLong_Type,
  Py_None,
  PyType_Type,
  PyUnicode_Type,
} from '../objects/static.ts';
import { PyTuple_New, PyTuple_Pack } from '../objects/tupleobject.ts';
import { PyType_GenericNew, typeAlloc } from '../objects/typealloc.ts';
import { type_call } from '../objects/typeobject.ts';
import { PyType_Ready } from '../objects/typeready.ts';
import { _Py_union_type_or } from '../objects/unionobject.ts';
import { PyUnicode_FromString, PyUnicode_InternFromString } from '../objects/unicodeobject.ts';
import { type AsdlField, type AsdlType, asdlTypes } from './asdl.ts';

type Field = keyof typeof PyInterpreterState;
const STATE = INTERP + PyInterpreterState.ast;
const ONCE = INTERP + PyInterpreterState.ast_once_v;
const ONCE_INITIALIZED = 4;
const FIRST = INTERP + PyInterpreterState.ast_AST_type;
const LAST = INTERP + PyInterpreterState.ast_withitem_type;

/** This room's words: the table of the methods of AST, and that of its attributes. */
export const AST_STATE = ROOM_STATE + 0x4480;

/** AST_object: a dict behind the head. */
export const AST_DICT = 16;
const AST_SIZE = 24;

/** Natives of AST's slots, given by the room of its methods. */
export interface AstSlots {
  readonly tp_dealloc: NativeFunction;
  readonly tp_getattro: NativeFunction;
  readonly tp_setattro: NativeFunction;
  readonly tp_traverse: NativeFunction;
  readonly tp_clear: NativeFunction;
  readonly tp_init: NativeFunction;
}

const place = (name: string): number => INTERP + PyInterpreterState[`ast_${name}` as Field];
/** The type of this name, borrowed. */
export function astType(name: string): Ref {
  return i32(place(`${name}_type`));
}
/** The node of a plain name (an operator, a context), borrowed. */
export function astSingleton(name: string): Ref {
  return i32(place(`${name}_singleton`));
}
/** The str of a field's name, borrowed. */
export function astName(name: string): Ref {
  return i32(place(name));
}

/** Makes the types where that has not been done. */
export function initAst(slots: AstSlots): void {
  if (i32(ONCE) === ONCE_INITIALIZED) return;
  clearAst();
  initNames();
  setPtr(FIRST, makeBase(slots));
  for (const name of ['_fields', '__match_args__', '_attributes']) setTuple(i32(FIRST), name, []);
  const types = asdlTypes();
  for (const type of types) makeType(type);
  for (const type of types) if (!type.isSum) annotate(type);
  setI32(ONCE, ONCE_INITIALIZED);
}

/** Whether an object is a node (PyAST_Check). */
export function isNode(op: Ref): boolean {
  return PyObject_TypeCheck(op, i32(FIRST));
}

/** Releases everything (_PyAST_Fini). */
export function clearAst(): void {
  for (let slot = FIRST; slot <= LAST; slot += 8) Py_CLEAR(slot);
  setPtr(STATE, 0);
}

function initNames(): void {
  for (const [key, offset] of Object.entries(PyInterpreterState)) {
    if (INTERP + offset <= FIRST || INTERP + offset > LAST || /^ast_.+_(?:type|singleton)$/.test(key)) continue;
    setPtr(INTERP + offset, PyUnicode_InternFromString(key.slice('ast_'.length)));
  }
}

/** ast.AST, which CPython makes of a specification (PyType_FromSpec). */
function makeBase(slots: AstSlots): Ref {
  const bases = PyTuple_Pack(PyBaseObject_Type);
  const m = hold(bases);
  const type = typeAlloc(PyType_Type, 0);
  hold(type);
  setI32(type + T.tp_flags, Py_TPFLAGS_HEAPTYPE | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_HAVE_GC);
  setPtr(type + H.ht_name, PyUnicode_FromString('AST'));
  setPtr(type + H.ht_qualname, Py_NewRef(i32(type + H.ht_name)));
  const text = PyMem_Malloc('ast.AST'.length + 1);
  if (text === 0) PyErr_NoMemory();
  for (let i = 0; i < 'ast.AST'.length; i++) setU8(text + i, 'ast.AST'.charCodeAt(i));
  setU8(text + 'ast.AST'.length, 0);
  setPtr(type + H._ht_tpname, text);
  setPtr(type + T.tp_name, text);
  setPtr(type + T.tp_as_async, type + H.as_async);
  setPtr(type + T.tp_as_sequence, type + H.as_sequence);
  setPtr(type + T.tp_as_mapping, type + H.as_mapping);
  setPtr(type + T.tp_as_number, type + H.as_number);
  setPtr(type + T.tp_as_buffer, type + H.as_buffer);
  setPtr(type + T.tp_bases, Py_NewRef(bases));
  setPtr(type + T.tp_base, Py_NewRef(PyBaseObject_Type));
  setPtr(type + T.tp_basicsize, AST_SIZE);
  setPtr(type + T.tp_dictoffset, AST_DICT);
  setPtr(type + T.tp_methods, i32(AST_STATE));
  setPtr(type + T.tp_getset, i32(AST_STATE + 8));
  setPtr(type + T.tp_new, fnptr(PyType_GenericNew));
  setPtr(type + T.tp_free, fnptr(PyObject_GC_Del));
  for (const name of Object.keys(slots) as (keyof AstSlots)[]) setPtr(type + T[name], fnptr(slots[name]));
  PyType_Ready(type);
  const module = hold(PyUnicode_InternFromString('ast'));
  PyDict_SetItem(i32(type + T.tp_dict), Py_ID.__module__, i32(module));
  release(module);
  drop(m + 8);
  release(m);
  return type;
}

/** type.name = a tuple of these names. */
function setTuple(type: Ref, name: string, names: readonly string[]): void {
  const m = hold(nameTuple(names));
  PyObject_SetAttr(type, astName(name), i32(m));
  release(m);
}
function nameTuple(names: readonly string[]): Ref {
  const tuple = PyTuple_New(names.length);
  const m = hold(tuple);
  names.forEach((n, i) => {
    setPtr(tuple + 24 + (i << 3), PyUnicode_InternFromString(n));
  });
  drop(m);
  return tuple;
}

const PLACES = ['lineno', 'col_offset', 'end_lineno', 'end_col_offset'] as const;

function makeType(spec: AsdlType): void {
  const m = hold(nameTuple(spec.fields.map((f) => f.name)));
  const fields = i32(m);
  hold(PyUnicode_FromString(spec.name));
  hold(PyTuple_Pack(spec.sum === null ? i32(FIRST) : astType(spec.sum)));
  const dict = PyDict_New();
  hold(dict);
  PyDict_SetItem(dict, astName('_fields'), fields);
  PyDict_SetItem(dict, astName('__match_args__'), fields);
  PyDict_SetItem(dict, astName('__module__'), astName('ast'));
  const doc = hold(PyUnicode_FromString(spec.doc));
  PyDict_SetItem(dict, astName('__doc__'), i32(doc));
  release(doc);
  hold(PyTuple_Pack(i32(m + 8), i32(m + 16), dict));
  const type = type_call(PyType_Type, i32(m + 32), 0);
  setPtr(place(`${spec.name}_type`), type);
  release(m);
  if (spec.sum === null) setTuple(type, '_attributes', spec.places ? PLACES : []);
  for (const f of spec.fields) if (f.kind === '?') PyObject_SetAttr(type, astName(f.name), Py_None);
  if (spec.optionalEnds) for (const name of PLACES.slice(2)) PyObject_SetAttr(type, astName(name), Py_None);
  if (spec.simple && spec.sum !== null) {
    setPtr(place(`${spec.name}_singleton`), PyType_GenericNew(type, 0, 0));
  }
}

/** The dict of the fields' types, under both its names. */
function annotate(spec: AsdlType): void {
  const dict = PyDict_New();
  const m = hold(dict);
  for (const field of spec.fields) {
    const type = hold(fieldType(field));
    PyDict_SetItemString(dict, field.name, i32(type));
    release(type);
  }
  const type = astType(spec.name);
  PyObject_SetAttrString(type, '_field_types', dict);
  PyObject_SetAttrString(type, '__annotations__', dict);
  release(m);
}
function fieldType(field: AsdlField): Ref {
  const type = plainType(field.type);
  if (field.kind === '*') return Py_GenericAlias(PyList_Type, type);
  return field.kind === '?' ? _Py_union_type_or(type, Py_None) : Py_NewRef(type);
}
function plainType(name: string): Ref {
  if (name === 'identifier' || name === 'string') return PyUnicode_Type;
  if (name === 'int') return PyLong_Type;
  return name === 'constant' ? PyBaseObject_Type : astType(name);
}
