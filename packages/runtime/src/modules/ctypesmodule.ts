/** The module `_ctypes`: C data in this process's memory. Mirrors Modules/_ctypes/_ctypes.c and callproc.c. */
import { METH_NOARGS, METH_O, METH_VARARGS } from '@moult/abi';
import { bytes, cstring, i32, setPtr } from '../memory/linear.ts';
import { PyMem_Calloc, PyMem_Realloc } from '../memory/obmalloc.ts';
import { callFunction, callMethod } from '../objects/call.ts';
import { PyDict_GetItemWithError, PyDict_New, PyDict_SetItem, PyDict_SetItemString } from '../objects/dictobject.ts';
import { PyErr_NoMemory, raise } from '../objects/errors.ts';
import { _PyArg_CheckPositional, fromTuple, parseTupleCount } from '../objects/args.ts';
import { PyLong_AsInt, PyLong_AsSsize_t, PyLong_FromLong } from '../objects/longobject.ts';
import { PyModule_GetDict } from '../objects/moduleobject.ts';
import {
  drop,
  hold,
  PyType_Check,
  PyUnicode_Check,
  Py_DECREF,
  Py_INCREF,
  Py_NewRef,
  type Ref,
  release,
  typeNameOf,
} from '../objects/object.ts';
import {
  PyExc_Exception,
  PyExc_OSError,
  PyExc_TypeError,
  PyExc_ValueError,
  Py_None,
  PyType_Type,
} from '../objects/static.ts';
import type { TypeSpec } from '../objects/spec.ts';
import { tupleSteal } from '../objects/tupleobject.ts';
import { asText, PyUnicode_FromString, PyUnicode_InternFromString } from '../objects/unicodeobject.ts';
import { none } from './builtinfuncs.ts';
import { arraySpec, arrayTypeSpec, textGetSets, writeTextGetSets } from './ctypesarray.ts';
import { dataSpec, hasInfo, isData } from './ctypesdata.ts';
import { fieldSpec } from './ctypesfield.ts';
import { thunkSpec } from './ctypescallback.ts';
import { removerSpec } from './ctypesremover.ts';
import { funcSpec, funcTypeSpec } from './ctypesfunc.ts';
import * as L from './ctypeslayout.ts';
import { ctypeSpec, pointerOf } from './ctypesmeta.ts';
import { POINTER, pointer, pointerCache, pointerSpec, pointerTypeSpec } from './ctypespointer.ts';
import { argSpec, newArgument, simpleSpec, simpleTypeSpec } from './ctypessimple.ts';
import { structSpec, structTypeSpec, unionSpec, unionTypeSpec } from './ctypesstruct.ts';
import { hiddenRows, ownAddress, symbolAddress } from './ctypestable.ts';
import { type ModuleSpec, setStolen, setText } from './spec.ts';
import { interpreterDict, moduleDict } from './sysstate.ts';

const { CD, CA, SI } = L;

function ctypes_sizeof(_m: Ref, op: Ref): Ref {
  if (hasInfo(op)) return PyLong_FromLong(i32(op + SI.size));
  if (isData(op)) return PyLong_FromLong(i32(op + CD.b_size));
  raise(PyExc_TypeError, 'this type has no size');
}
function ctypes_alignment(_m: Ref, op: Ref): Ref {
  if (hasInfo(op)) return PyLong_FromLong(i32(op + SI.align));
  if (hasInfo(i32(op + 8))) return PyLong_FromLong(i32(i32(op + 8) + SI.align));
  raise(PyExc_TypeError, 'no alignment info');
}
function ctypes_addressof(_m: Ref, op: Ref): Ref {
  if (!isData(op)) raise(PyExc_TypeError, 'invalid type');
  return PyLong_FromLong(i32(op + CD.b_ptr));
}
function ctypes_byref(_m: Ref, args: number, nargs: number): Ref {
  _PyArg_CheckPositional('byref', nargs, 1, 2);
  const offset = nargs > 1 ? PyLong_AsSsize_t(i32(args + 8)) : 0;
  const obj = i32(args);
  if (!isData(obj)) raise(PyExc_TypeError, `byref() argument must be a ctypes instance, not '${typeNameOf(obj)}'`);
  const arg = newArgument('P', Py_NewRef(obj));
  setPtr(arg + CA.value, i32(obj + CD.b_ptr) + offset);
  return arg;
}
function ctypes_resize(_m: Ref, args: number, nargs: number): Ref {
  parseTupleCount('resize', nargs, 2, 2);
  const obj = i32(args);
  const size = PyLong_AsSsize_t(i32(args + 8));
  if (!isData(obj)) raise(PyExc_TypeError, 'expected ctypes instance');
  const least = i32(i32(obj + 8) + SI.size);
  if (size < least) raise(PyExc_ValueError, `minimum size is ${least}`);
  if (i32(obj + CD.b_needsfree) === 0) {
    raise(PyExc_ValueError, "Memory cannot be resized because this object doesn't own it");
  }
  const p = i32(obj + CD.b_ptr);
  if (size > 16) {
    const inside = p === obj + CD.b_value;
    const q = inside ? PyMem_Calloc(1, size) : PyMem_Realloc(p, size);
    if (q === 0) PyErr_NoMemory();
    if (inside) bytes.copyWithin(q, p, p + i32(obj + CD.b_size));
    setPtr(obj + CD.b_ptr, q);
  }
  setPtr(obj + CD.b_size, size);
  return none();
}
function ctypes_PyObj_FromPtr(_m: Ref, address: Ref): Ref {
  return Py_NewRef(pointerOf(address));
}
function ctypes_Py_INCREF(_m: Ref, op: Ref): Ref {
  Py_INCREF(op);
  return Py_NewRef(op);
}
function ctypes_Py_DECREF(_m: Ref, op: Ref): Ref {
  Py_DECREF(op);
  return Py_NewRef(op);
}
function ctypes_buffer_info(_m: Ref, op: Ref): Ref {
  const type = hasInfo(op) ? op : i32(op + 8);
  if (!hasInfo(type)) raise(PyExc_TypeError, 'not a ctypes type or object');
  const n = i32(type + SI.ndim);
  const shape = tupleSteal(...Array.from({ length: n }, (_, i) => PyLong_FromLong(i32(i32(type + SI.shape) + 8 * i))));
  const m = hold(shape);
  const r = tupleSteal(PyUnicode_FromString(cstring(i32(type + SI.format))), PyLong_FromLong(n), shape);
  drop(m);
  return r;
}
/** The value stands on the thread in CPython; one thread, one word in the interpreter's dict. */
function ctypes_get_errno(): Ref {
  const value = PyDict_GetItemWithError(moduleDict('_ctypes.state'), Py_None);
  return value === 0 ? PyLong_FromLong(0) : Py_NewRef(value);
}
function ctypes_set_errno(_m: Ref, args: number, nargs: number): Ref {
  parseTupleCount('set_errno', nargs, 1, 1);
  const old = ctypes_get_errno();
  const m = hold(old);
  hold(PyLong_FromLong(PyLong_AsInt(i32(args))));
  PyDict_SetItem(moduleDict('_ctypes.state'), Py_None, i32(m + 8));
  drop(m + 8);
  Py_DECREF(i32(m + 8));
  drop(m);
  return old;
}
/** Only the process itself can be opened: its handle is where its table of functions lies. */
function ctypes_dlopen(_m: Ref, args: number, nargs: number): Ref {
  parseTupleCount('dlopen', nargs, 1, 2);
  const name = i32(args);
  if (name === Py_None) return PyLong_FromLong(i32(L.CTYPES_STATE));
  const text = PyUnicode_Check(name) ? asText(name) : '';
  raise(PyExc_OSError, `${text}: cannot open shared object file: this process has no shared libraries`);
}
function ctypes_dlsym(_m: Ref, args: number, nargs: number): Ref {
  parseTupleCount('dlsym', nargs, 2, 2);
  const name = i32(args + 8);
  if (!PyUnicode_Check(name)) raise(PyExc_TypeError, `dlsym() argument 2 must be str, not ${typeNameOf(name)}`);
  const at = symbolAddress(asText(name));
  if (at === 0) raise(PyExc_OSError, `undefined symbol: ${asText(name)}`);
  return PyLong_FromLong(at);
}
function ctypes_dlclose(): Ref {
  return none();
}
function ctypes__unpickle(_m: Ref, args: Ref): Ref {
  const type = i32(args + 24);
  if (!PyType_Check(type)) raise(PyExc_TypeError, 'a class is needed');
  const m = hold(callMethod(type, held('__new__'), type));
  release(m + 8);
  const r = i32(m);
  hold(callMethod(r, held('__setstate__'), i32(args + 32)));
  release(m + 8);
  drop(m);
  return r;
}
/** An interned name, held by the intern table. */
function held(name: string): Ref {
  const op = PyUnicode_InternFromString(name);
  Py_DECREF(op);
  return op;
}

/** A METH_VARARGS function. */
const tuple = (name: string, fn: (m: Ref, args: number, nargs: number) => Ref, doc?: string) =>
  doc === undefined
    ? { name, flags: METH_VARARGS, fn: fromTuple(fn) }
    : { name, flags: METH_VARARGS, fn: fromTuple(fn), doc };
const one = (name: string, fn: (m: Ref, arg: Ref) => Ref, doc?: string) =>
  doc === undefined ? { name, flags: METH_O, fn } : { name, flags: METH_O, fn, doc };

export const ctypesModuleSpec: ModuleSpec = {
  name: '_ctypes',
  doc: 'Create and manipulate C compatible data types in Python.',
  methods: [
    { name: 'get_errno', flags: METH_NOARGS, fn: ctypes_get_errno },
    tuple('set_errno', ctypes_set_errno),
    one(
      'POINTER',
      POINTER,
      'POINTER($module, type, /)\n--\n\nCreate and return a new ctypes pointer type.\n\n  type\n    A ctypes type.\n\nPointer types are cached and reused internally,\nso calling this function repeatedly is cheap.',
    ),
    one(
      'pointer',
      pointer,
      "pointer($module, obj, /)\n--\n\nCreate a new pointer instance, pointing to 'obj'.\n\nThe returned object is of the type POINTER(type(obj)). Note that if you\njust want to pass a pointer to an object to a foreign function call, you\nshould use byref(obj) which is much faster.",
    ),
    { name: '_unpickle', flags: METH_VARARGS, fn: ctypes__unpickle },
    one('buffer_info', ctypes_buffer_info, 'Return buffer interface information'),
    tuple('resize', ctypes_resize, 'Resize the memory buffer of a ctypes instance'),
    tuple('dlopen', ctypes_dlopen, 'dlopen(name, flag={RTLD_GLOBAL|RTLD_LOCAL}) open a shared library'),
    { name: 'dlclose', flags: METH_VARARGS, fn: ctypes_dlclose, doc: 'dlclose a library' },
    tuple('dlsym', ctypes_dlsym, 'find symbol in shared library'),
    one(
      'alignment',
      ctypes_alignment,
      'alignment(C type) -> integer\nalignment(C instance) -> integer\nReturn the alignment requirements of a C instance',
    ),
    one(
      'sizeof',
      ctypes_sizeof,
      'sizeof(C type) -> integer\nsizeof(C instance) -> integer\nReturn the size in bytes of a C instance',
    ),
    tuple(
      'byref',
      ctypes_byref,
      'byref(C instance[, offset=0]) -> byref-object\nReturn a pointer lookalike to a C instance, only usable\nas function argument',
    ),
    one(
      'addressof',
      ctypes_addressof,
      'addressof(C instance) -> integer\nReturn the address of the C instance internal buffer',
    ),
    tuple('PyObj_FromPtr', (m, args, nargs) => {
      parseTupleCount('PyObj_FromPtr', nargs, 1, 1);
      return ctypes_PyObj_FromPtr(m, i32(args));
    }),
    one('Py_INCREF', ctypes_Py_INCREF),
    one('Py_DECREF', ctypes_Py_DECREF),
  ],
  hidden: { at: L.CTYPES_STATE, methods: hiddenRows() },
  boot: writeTextGetSets,
  natives: textGetSets.flatMap((g) => [g.get, g.set]).filter((f) => f !== undefined),
  exec(module: Ref): void {
    const d = PyModule_GetDict(module);
    const types: [string, Ref][] = [
      ['_SimpleCData', L.Simple_Type],
      ['Structure', L.Struct_Type],
      ['Union', L.Union_Type],
      ['_Pointer', L.PyCPointer_Type],
      ['Array', L.PyCArray_Type],
      ['CFuncPtr', L.PyCFuncPtr_Type],
    ];
    for (const [name, type] of types) PyDict_SetItemString(d, name, type);
    PyDict_SetItemString(d, '_pointer_type_cache', pointerCache());
    for (const name of ['_memmove', '_memset', '_string_at', '_cast', '_wstring_at']) {
      setStolen(d, `${name}_addr`, PyLong_FromLong(ownAddress(name)));
    }
    const numbers: [string, number][] = [
      ['FUNCFLAG_CDECL', 1],
      ['FUNCFLAG_USE_ERRNO', 8],
      ['FUNCFLAG_USE_LASTERROR', 16],
      ['FUNCFLAG_PYTHONAPI', 4],
      ['RTLD_LOCAL', 0],
      ['RTLD_GLOBAL', 256],
      ['CTYPES_MAX_ARGCOUNT', 1024],
      ['SIZEOF_TIME_T', 8],
    ];
    for (const [name, n] of numbers) setStolen(d, name, PyLong_FromLong(n));
    setText(d, '__version__', '1.1.0');
    setStolen(d, 'ArgumentError', newArgumentError());
    PyDict_SetItemString(interpreterDict(), '_ctypes._unpickle', PyDict_GetItemWithError(d, held('_unpickle')));
  },
};
/** ctypes.ArgumentError, which the calls know, too. */
function newArgumentError(): Ref {
  const name = hold(PyUnicode_FromString('ArgumentError'));
  const bases = hold(tupleSteal(Py_NewRef(PyExc_Exception)));
  const dict = PyDict_New();
  const m = hold(dict);
  setText(dict, '__module__', 'ctypes');
  const type = callFunction(PyType_Type, i32(name), i32(bases), i32(m));
  hold(type);
  PyDict_SetItemString(interpreterDict(), '_ctypes.ArgumentError', type);
  drop(m + 8);
  release(name);
  return type;
}

/** Metatypes first: the others are their instances. */
export const ctypesTypes: readonly TypeSpec[] = [
  ctypeSpec,
  simpleTypeSpec,
  structTypeSpec,
  unionTypeSpec,
  pointerTypeSpec,
  arrayTypeSpec,
  funcTypeSpec,
  dataSpec,
  simpleSpec,
  structSpec,
  unionSpec,
  pointerSpec,
  arraySpec,
  funcSpec,
  fieldSpec,
  argSpec,
  thunkSpec,
  removerSpec,
];
