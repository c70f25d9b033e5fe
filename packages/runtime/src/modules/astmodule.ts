/** The module `_ast`, and what nodes can do. Mirrors Python/Python-ast.c. */
import { METH_NOARGS, PyInterpreterState } from '@moult/abi';
import { PyObject_GC_UnTrack } from '../gc/track.ts';
import { i32, setPtr } from '../memory/linear.ts';
import { type NativeFunction, text } from '../memory/text.ts';
import { PySequence_Contains, PySequence_GetItem, PySequence_List, PySequence_Size } from '../objects/abstract.ts';
import {
  PyDict_GetItemRef,
  PyDict_GetItemWithError,
  PyDict_Next,
  PyDict_SetItemString,
} from '../objects/dictobject.ts';
import { raise } from '../objects/errors.ts';
import { PyList_AsTuple, PyList_New, _PyList_AppendTakeRef } from '../objects/listobject.ts';
import { PyLong_FromLong } from '../objects/longobject.ts';
import { PyModule_GetDict } from '../objects/moduleobject.ts';
import { hold, Py_CLEAR, Py_DECREF, Py_NewRef, type Ref, release, tpName } from '../objects/object.ts';
import {
  PyObject_GenericGetDict,
  PyObject_GenericSetDict,
  PyObject_GetAttr,
  PyObject_GetOptionalAttr,
  PyObject_Repr,
  PyObject_SetAttr,
} from '../objects/objectattr.ts';
import { PyObject_GenericGetAttr, PyObject_GenericSetAttr } from '../objects/genericattr.ts';
import { EMPTY_TUPLE, INTERP } from '../objects/runtime.ts';
import { PySet_Discard, PySet_New, PySet_Size } from '../objects/setobject.ts';
import { writeGetSets, writeMethods } from '../objects/spec.ts';
import { PyExc_DeprecationWarning, PyExc_TypeError, Py_GenericAliasType, Py_None } from '../objects/static.ts';
import { tupleSteal } from '../objects/tupleobject.ts';
import { _PyUnion_Check } from '../objects/unionobject.ts';
import { asText, PyUnicode_InternFromString } from '../objects/unicodeobject.ts';
import { PyErr_WarnText } from '../objects/warnings.ts';
import { PyTypeObject as T } from '@moult/abi';
import { asdlTypes } from './asdl.ts';
import { AST_DICT, AST_STATE, type AstSlots, astName, astSingleton, astType, initAst } from './aststate.ts';
import type { ModuleSpec } from './spec.ts';

function ast_dealloc(self: Ref): void {
  PyObject_GC_UnTrack(self);
  Py_CLEAR(self + AST_DICT);
  const type = i32(self + 8);
  (text[i32(type + T.tp_free)] as NativeFunction)(self);
  // that of a subclass is subtype_dealloc's
  if (text[i32(type + T.tp_dealloc)] === ast_dealloc) Py_DECREF(type);
}
function ast_traverse(self: Ref, visit: (op: Ref, arg: number) => void, arg: number): void {
  visit(i32(self + 8), arg);
  const dict = i32(self + AST_DICT);
  if (dict !== 0) visit(dict, arg);
}
function ast_clear(self: Ref): void {
  Py_CLEAR(self + AST_DICT);
}

/** `T(field, ..., field=value)`: positional arguments are the fields in their order. */
function ast_type_init(self: Ref, args: Ref, kw: Ref): void {
  ensureAst();
  const type = i32(self + 8);
  const m = hold(PyObject_GetAttr(type, astName('_fields')));
  const fields = i32(m);
  const numfields = PySequence_Size(fields);
  const remaining = PySet_New(fields);
  hold(remaining);
  const n = i32(args + 16);
  if (numfields < n) {
    const plural = numfields === 1 ? '' : 's';
    const name = tpName(type).replace(/^.*\./, '');
    raise(PyExc_TypeError, `${name} constructor takes at most ${numfields} positional argument${plural}`);
  }
  for (let i = 0; i < n; i++) {
    const name = hold(PySequence_GetItem(fields, i));
    PyObject_SetAttr(self, i32(name), i32(args + 24 + (i << 3)));
    PySet_Discard(remaining, i32(name));
    release(name);
  }
  if (kw !== 0) setKeywords(self, kw, fields, remaining);
  if (PySet_Size(remaining) > 0) setRemaining(self, type, remaining);
  release(m);
}
function setKeywords(self: Ref, kw: Ref, fields: Ref, remaining: Ref): void {
  const type = i32(self + 8);
  const m = hold(0);
  const pos = { i: 0, key: 0, value: 0 };
  while (PyDict_Next(kw, pos)) {
    const { key, value } = pos;
    if (PySequence_Contains(fields, key)) {
      if (!PySet_Discard(remaining, key))
        raise(PyExc_TypeError, `${tpName(type)} got multiple values for argument '${asText(key)}'`);
    } else {
      if (i32(m) === 0) setPtr(m, PyObject_GetAttr(type, astName('_attributes')));
      if (!PySequence_Contains(i32(m), key)) {
        PyErr_WarnText(
          PyExc_DeprecationWarning,
          `${tpName(type)}.__init__ got an unexpected keyword argument '${asText(key)}'. Support for arbitrary keyword arguments is deprecated and will be removed in Python 3.15.`,
          1,
        );
      }
    }
    PyObject_SetAttr(self, key, value);
  }
  release(m);
}
/** Fields that got no value: a list is empty, a context is Load, what is optional is None in the class. */
function setRemaining(self: Ref, type: Ref, remaining: Ref): void {
  const m = hold(PyUnicode_InternFromString('_field_types'));
  const types = PyObject_GetOptionalAttr(type, i32(m));
  hold(types);
  if (types !== 0) {
    const list = PySequence_List(remaining);
    hold(list);
    for (let i = 0; i < i32(list + 16); i++) setDefault(self, type, types, i32(i32(list + 24) + (i << 3)));
  }
  release(m);
}
function setDefault(self: Ref, type: Ref, types: Ref, name: Ref): void {
  const kind = PyDict_GetItemWithError(types, name);
  if (kind === 0) {
    const m = hold(PyObject_Repr(name));
    PyErr_WarnText(
      PyExc_DeprecationWarning,
      `Field ${asText(i32(m))} is missing from ${tpName(type)}._field_types. This will become an error in Python 3.15.`,
      1,
    );
    release(m);
  } else if (_PyUnion_Check(kind)) return;
  else if (i32(kind + 8) === Py_GenericAliasType) {
    const m = hold(PyList_New(0));
    PyObject_SetAttr(self, name, i32(m));
    release(m);
  } else if (kind === astType('expr_context')) PyObject_SetAttr(self, name, astSingleton('Load'));
  else {
    PyErr_WarnText(
      PyExc_DeprecationWarning,
      `${tpName(type)}.__init__ missing 1 required positional argument: '${asText(name)}'. This will become an error in Python 3.15.`,
      1,
    );
  }
}

/** (type, a None for each leading field that is set, the dict). */
function ast_type_reduce(self: Ref): Ref {
  ensureAst();
  const type = i32(self + 8);
  const m = hold(PyObject_GetOptionalAttr(self, astName('__dict__')));
  const dict = i32(m);
  if (dict === 0) {
    release(m);
    return tupleSteal(Py_NewRef(type), Py_NewRef(EMPTY_TUPLE));
  }
  const fields = PyObject_GetOptionalAttr(type, astName('_fields'));
  hold(fields);
  let args = 0;
  if (fields === 0) args = Py_NewRef(EMPTY_TUPLE);
  else {
    const n = PySequence_Size(fields);
    const list = PyList_New(0);
    hold(list);
    for (let i = 0; i < n; i++) {
      const name = hold(PySequence_GetItem(fields, i));
      hold(PyDict_GetItemRef(dict, i32(name)));
      const found = i32(name + 8) !== 0;
      if (found) _PyList_AppendTakeRef(list, Py_NewRef(Py_None));
      release(name);
      if (!found) break;
    }
    args = PyList_AsTuple(list);
  }
  hold(args);
  const res = tupleSteal(Py_NewRef(type), Py_NewRef(args), Py_NewRef(dict));
  release(m);
  return res;
}

function slots(): AstSlots {
  return {
    tp_dealloc: ast_dealloc,
    tp_getattro: PyObject_GenericGetAttr,
    tp_setattro: PyObject_GenericSetAttr,
    tp_traverse: ast_traverse,
    tp_clear: ast_clear,
    tp_init: ast_type_init,
  };
}
/** The types exist from here on (get_ast_state). */
export function ensureAst(): void {
  initAst(slots());
}

export const PyCF_TYPE_COMMENTS = 0x1000;
const PyCF_ALLOW_TOP_LEVEL_AWAIT = 0x2000;
export const PyCF_ONLY_AST = 0x400;
export const PyCF_OPTIMIZED_AST = 0x8000 | PyCF_ONLY_AST;

export const astSpec: ModuleSpec = {
  name: '_ast',
  methods: [],
  natives: [
    ast_dealloc,
    ast_traverse,
    ast_clear,
    ast_type_init,
    ast_type_reduce,
    PyObject_GenericGetDict,
    PyObject_GenericSetDict,
  ],
  boot(): void {
    setPtr(AST_STATE, writeMethods([{ name: '__reduce__', flags: METH_NOARGS, fn: ast_type_reduce }]));
    setPtr(
      AST_STATE + 8,
      writeGetSets([{ name: '__dict__', get: PyObject_GenericGetDict, set: PyObject_GenericSetDict }]),
    );
  },
  exec(module: Ref): void {
    ensureAst();
    const dict = PyModule_GetDict(module);
    PyDict_SetItemString(dict, 'AST', i32(INTERP + PyInterpreterState.ast_AST_type));
    const constants: [string, number][] = [
      ['PyCF_ALLOW_TOP_LEVEL_AWAIT', PyCF_ALLOW_TOP_LEVEL_AWAIT],
      ['PyCF_ONLY_AST', PyCF_ONLY_AST],
      ['PyCF_TYPE_COMMENTS', PyCF_TYPE_COMMENTS],
      ['PyCF_OPTIMIZED_AST', PyCF_OPTIMIZED_AST],
    ];
    for (const [name, value] of constants) {
      const m = hold(PyLong_FromLong(value));
      PyDict_SetItemString(dict, name, i32(m));
      release(m);
    }
    for (const { name } of asdlTypes()) PyDict_SetItemString(dict, name, astType(name));
  },
};
