/** Pickling of ordinary objects: __reduce_ex__, __reduce__, __getstate__. Mirrors Objects/typeobject.c. */
import { PyInterpreterState, PyTypeObject as T, Py_ID, Py_TPFLAGS_MANAGED_DICT } from '@moult/abi';
import { i32, setPtr } from '../memory/linear.ts';
import { text } from '../memory/text.ts';
import { PyObject_GetIter } from './abstract.ts';
import { callFunction, callMethod, PyObject_CallNoArgs } from './call.ts';
import { PyDict_GetItemRef, PyDict_GetItemWithError, PyDict_New, PyDict_SetItem, PyDict_Size } from './dictobject.ts';
import { raise } from './errors.ts';
import { PyObject_GenericGetDict, _PyObject_IsInstanceDictEmpty } from './instancedict.ts';
import { PyLong_AsInt, PyLong_FromLong } from './longobject.ts';
import { PyCFunction_Check, PyCFunction_GET_FUNCTION, PyCFunction_GET_SELF } from './methodobject.ts';
import { hold, PyDict_Check, PyList_Check, PyTuple_Check, Py_NewRef, type Ref, release, typeNameOf } from './object.ts';
import {
  PyObject_GetAttr,
  PyObject_GetAttrString,
  PyObject_GetOptionalAttr,
  _PyObject_LookupSpecial,
} from './objectattr.ts';
import { PyBaseObject_Type, PyExc_TypeError, PyExc_ValueError, Py_None } from './static.ts';
import { PyTuple_New, PyTuple_Pack } from './tupleobject.ts';
import { lookup_tp_dict } from './typelookup.ts';
import { PyImport_Import } from './importhelp.ts';
import { INTERP } from './runtime.ts';

/** The module copyreg, a new reference. */
function import_copyreg(): Ref {
  const copyreg = PyDict_GetItemRef(i32(INTERP + PyInterpreterState.imports_modules), Py_ID.copyreg);
  return copyreg !== 0 ? copyreg : PyImport_Import(Py_ID.copyreg);
}
/** The names in `__slots__` of the class and its bases: a list, or None (new reference). */
function _PyType_GetSlotNames(cls: Ref): Ref {
  const known = PyDict_GetItemWithError(lookup_tp_dict(cls), Py_ID.__slotnames__);
  if (known !== 0) {
    if (known !== Py_None && !PyList_Check(known)) {
      raise(PyExc_TypeError, `copyreg._slotnames should be a list or None, not ${typeNameOf(known)}`);
    }
    return Py_NewRef(known);
  }
  const m = hold(import_copyreg());
  const names = callMethod(i32(m), Py_ID._slotnames, cls);
  release(m);
  if (names !== Py_None && !PyList_Check(names)) {
    hold(names);
    raise(PyExc_TypeError, "copyreg._slotnames didn't return a list or None");
  }
  return names;
}

function getstate_default(obj: Ref, required: boolean): Ref {
  const type = i32(obj + 8);
  if (required && i32(type + T.tp_itemsize) !== 0) raise(PyExc_TypeError, `cannot pickle ${typeNameOf(obj)} objects`);
  let state = _PyObject_IsInstanceDictEmpty(obj) ? Py_NewRef(Py_None) : PyObject_GenericGetDict(obj);
  const m = hold(state);
  const slotnames = _PyType_GetSlotNames(type);
  hold(slotnames);
  const n = slotnames === Py_None ? 0 : i32(slotnames + 16);
  if (required) {
    let size = i32(PyBaseObject_Type + T.tp_basicsize);
    if (i32(type + T.tp_dictoffset) !== 0 && (i32(type + T.tp_flags) & Py_TPFLAGS_MANAGED_DICT) === 0) size += 8;
    if (i32(type + T.tp_weaklistoffset) > 0) size += 8;
    size += 8 * n;
    if (i32(type + T.tp_basicsize) > size) raise(PyExc_TypeError, `cannot pickle '${typeNameOf(obj)}' object`);
  }
  if (n > 0) {
    const slots = PyDict_New();
    hold(slots);
    for (let i = 0; i < n && slotnames !== Py_None && i < i32(slotnames + 16); i++) {
      const name = i32(i32(slotnames + 24) + (i << 3));
      const mn = hold(Py_NewRef(name));
      const value = PyObject_GetOptionalAttr(obj, name);
      if (value !== 0) {
        hold(value);
        PyDict_SetItem(slots, name, value);
      }
      release(mn);
    }
    if (PyDict_Size(slots) > 0) {
      const pair = PyTuple_Pack(state, slots);
      release(m);
      return pair;
    }
  }
  state = Py_NewRef(state);
  release(m);
  return state;
}
export function object_getstate(self: Ref): Ref {
  return getstate_default(self, false);
}
/** Calls __getstate__, or the default directly, which then checks that nothing is lost. */
function object_getstate_of(obj: Ref, required: boolean): Ref {
  const getstate = PyObject_GetAttr(obj, Py_ID.__getstate__);
  const m = hold(getstate);
  const isDefault =
    PyCFunction_Check(getstate) &&
    PyCFunction_GET_SELF(getstate) === obj &&
    text[PyCFunction_GET_FUNCTION(getstate)] === object_getstate;
  const state = isDefault ? getstate_default(obj, required) : PyObject_CallNoArgs(getstate);
  release(m);
  return state;
}

/** What __getnewargs_ex__ or __getnewargs__ gives, held by the caller's mark: 0 where absent. */
function newArguments(obj: Ref): { args: Ref; kwargs: Ref } {
  const ex = _PyObject_LookupSpecial(obj, Py_ID.__getnewargs_ex__);
  if (ex !== 0) {
    const m = hold(ex);
    const res = PyObject_CallNoArgs(ex);
    hold(res);
    if (!PyTuple_Check(res))
      raise(PyExc_TypeError, `__getnewargs_ex__ should return a tuple, not '${typeNameOf(res)}'`);
    if (i32(res + 16) !== 2)
      raise(PyExc_ValueError, `__getnewargs_ex__ should return a tuple of length 2, not ${i32(res + 16)}`);
    const args = Py_NewRef(i32(res + 24));
    const kwargs = Py_NewRef(i32(res + 32));
    release(m);
    hold(args);
    hold(kwargs);
    if (!PyTuple_Check(args))
      raise(
        PyExc_TypeError,
        `first item of the tuple returned by __getnewargs_ex__ must be a tuple, not '${typeNameOf(args)}'`,
      );
    if (!PyDict_Check(kwargs))
      raise(
        PyExc_TypeError,
        `second item of the tuple returned by __getnewargs_ex__ must be a dict, not '${typeNameOf(kwargs)}'`,
      );
    return { args, kwargs };
  }
  const plain = _PyObject_LookupSpecial(obj, Py_ID.__getnewargs__);
  if (plain === 0) return { args: 0, kwargs: 0 };
  const m = hold(plain);
  const args = PyObject_CallNoArgs(plain);
  release(m);
  hold(args);
  if (!PyTuple_Check(args)) raise(PyExc_TypeError, `__getnewargs__ should return a tuple, not '${typeNameOf(args)}'`);
  return { args, kwargs: 0 };
}

function reduce_newobj(obj: Ref): Ref {
  const type = i32(obj + 8);
  if (i32(type + T.tp_new) === 0) raise(PyExc_TypeError, `cannot pickle '${typeNameOf(obj)}' object`);
  const m = hold(import_copyreg());
  const { args, kwargs } = newArguments(obj);
  let newobj: Ref;
  let newargs: Ref;
  if (kwargs === 0 || PyDict_Size(kwargs) === 0) {
    newobj = PyObject_GetAttr(i32(m), Py_ID.__newobj__);
    hold(newobj);
    const n = args === 0 ? 0 : i32(args + 16);
    newargs = PyTuple_New(n + 1);
    setPtr(newargs + 24, Py_NewRef(type));
    for (let i = 0; i < n; i++) setPtr(newargs + 32 + (i << 3), Py_NewRef(i32(args + 24 + (i << 3))));
  } else {
    newobj = PyObject_GetAttr(i32(m), Py_ID.__newobj_ex__);
    hold(newobj);
    newargs = PyTuple_Pack(type, args, kwargs);
  }
  hold(newargs);
  const state = object_getstate_of(obj, !(args !== 0 || PyList_Check(obj) || PyDict_Check(obj)));
  hold(state);
  const listitems = PyList_Check(obj) ? PyObject_GetIter(obj) : Py_NewRef(Py_None);
  hold(listitems);
  let dictitems: Ref;
  if (PyDict_Check(obj)) {
    const mi = hold(callMethod(obj, Py_ID.items));
    dictitems = PyObject_GetIter(i32(mi));
    release(mi);
  } else dictitems = Py_NewRef(Py_None);
  hold(dictitems);
  const res = PyTuple_Pack(newobj, newargs, state, listitems, dictitems);
  release(m);
  return res;
}

function common_reduce(self: Ref, proto: number): Ref {
  if (proto >= 2) return reduce_newobj(self);
  const m = hold(import_copyreg());
  hold(PyObject_GetAttrString(i32(m), '_reduce_ex'));
  hold(PyLong_FromLong(proto));
  const res = callFunction(i32(m + 8), self, i32(m + 16));
  release(m);
  return res;
}
export function object_reduce(self: Ref): Ref {
  return common_reduce(self, 0);
}
export function object_reduce_ex(self: Ref, protocol: Ref): Ref {
  const proto = PyLong_AsInt(protocol);
  const reduce = PyObject_GetOptionalAttr(self, Py_ID.__reduce__);
  if (reduce !== 0) {
    const m = hold(reduce);
    hold(PyObject_GetAttr(i32(self + 8), Py_ID.__reduce__));
    const own = PyDict_GetItemWithError(lookup_tp_dict(PyBaseObject_Type), Py_ID.__reduce__);
    if (i32(m + 8) !== own) {
      const res = PyObject_CallNoArgs(reduce);
      release(m);
      return res;
    }
    release(m);
  }
  return common_reduce(self, proto);
}
