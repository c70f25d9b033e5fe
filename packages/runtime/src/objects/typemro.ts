/** The method resolution order: C3, mro() of metaclasses, and what follows when it changes. Mirrors Objects/typeobject.c. */
import { PyDict_New } from './dictobject.ts';
import { PyList_Append, PyList_ITEM, PyList_New } from './listobject.ts';
import { PyTypeObject as T, Py_ID, Py_TPFLAGS_HEAPTYPE, _Py_TPFLAGS_STATIC_BUILTIN } from '@moult/abi';
import { i32, setPtr } from '../memory/linear.ts';
import { PySequence_List, PySequence_Tuple } from './abstract.ts';
import { raise } from './errors.ts';
import {
  drop,
  hold,
  PyType_Check,
  PyType_IsSubtype,
  Py_DECREF,
  Py_NewRef,
  Py_XDECREF,
  type Ref,
  release,
  tpName,
  typeNameOf,
} from './object.ts';
import { PyExc_TypeError, PyType_Type, PyList_Type } from './static.ts';
import { PyTuple_New } from './tupleobject.ts';
import { forbidVersions, lookup_tp_bases, PyType_Modified, _PyType_Lookup } from './typelookup.ts';
import { callFound, lookup_maybe_method } from './typeslots.ts';
import { solid_base } from './typebases.ts';
import { typeNameText } from './typeattrs.ts';

const item = (tuple: Ref, i: number): Ref => i32(tuple + 24 + (i << 3));

/** C3 of the mros of the bases and the bases: a fresh tuple where there is one base, else a list (mro_implementation). */
export function mro_implementation(type: Ref): Ref {
  const bases = lookup_tp_bases(type);
  const n = i32(bases + 16);
  for (let i = 0; i < n; i++) {
    const base = item(bases, i);
    if (i32(base + T.tp_mro) === 0) raise(PyExc_TypeError, `Cannot extend an incomplete type '${tpName(base)}'`);
  }
  if (n === 1) {
    const mro = i32(item(bases, 0) + T.tp_mro);
    const size = i32(mro + 16);
    const out = PyTuple_New(size + 1);
    setPtr(out + 24, Py_NewRef(type));
    for (let i = 0; i < size; i++) setPtr(out + 32 + (i << 3), Py_NewRef(item(mro, i)));
    return out;
  }
  for (let i = 0; i < n; i++) {
    for (let j = i + 1; j < n; j++) {
      if (item(bases, i) === item(bases, j))
        raise(PyExc_TypeError, `duplicate base class ${typeNameText(item(bases, i))}`);
    }
  }
  const out = PyList_New(1);
  const m = hold(out);
  setPtr(PyList_ITEM(out, 0), Py_NewRef(type));
  mergeInto(out, bases, n);
  drop(m);
  return out;
}

function mergeInto(order: Ref, bases: Ref, n: number): void {
  const lists: Ref[] = [];
  for (let i = 0; i < n; i++) lists.push(i32(item(bases, i) + T.tp_mro));
  lists.push(bases);
  const at = lists.map(() => 0);
  const inTail = (list: Ref, from: number, t: Ref): boolean => {
    const size = i32(list + 16);
    for (let i = from + 1; i < size; i++) if (item(list, i) === t) return true;
    return false;
  };
  for (;;) {
    let empty = 0;
    let found = 0;
    for (let i = 0; i < lists.length; i++) {
      const list = lists[i] as Ref;
      if ((at[i] as number) >= i32(list + 16)) {
        empty++;
        continue;
      }
      const candidate = item(list, at[i] as number);
      if (lists.some((other, j) => inTail(other, at[j] as number, candidate))) continue;
      found = candidate;
      break;
    }
    if (found === 0) {
      if (empty === lists.length) return;
      refuseMro(lists, at);
    }
    PyList_Append(order, found);
    lists.forEach((list, j) => {
      if ((at[j] as number) < i32(list + 16) && item(list, at[j] as number) === found) (at[j] as number)++;
    });
  }
}
function refuseMro(lists: Ref[], at: number[]): never {
  const set: Ref[] = [];
  lists.forEach((list, j) => {
    if ((at[j] as number) < i32(list + 16) && !set.includes(item(list, at[j] as number)))
      set.push(item(list, at[j] as number));
  });
  // CPython gathers them in a dict
  Py_DECREF(PyDict_New());
  const names = set.map((t) => typeNameText(t)).join(', ');
  raise(PyExc_TypeError, `Cannot create a consistent method resolution order (MRO) for bases ${names}`);
}

/** type.mro(). */
export function type_mro(self: Ref): Ref {
  const mro = mro_implementation(self);
  if (i32(mro + 8) === PyList_Type) return mro;
  const m = hold(mro);
  const list = PySequence_List(mro);
  release(m);
  return list;
}

/** Asks a metaclass with its own mro() (mro_invoke). */
function mro_invoke(type: Ref): Ref {
  if (i32(type + 8) === PyType_Type) return asTuple(mro_implementation(type));
  const found = lookup_maybe_method(type, Py_ID.mro);
  if (found === 0) return asTuple(mro_implementation(type));
  const m = hold(callFound(found, type, 0));
  const result = PySequence_Tuple(i32(m));
  release(m);
  hold(result);
  mro_check(type, result);
  drop(m);
  return result;
}
/** Takes the tuple or list over. */
function asTuple(mro: Ref): Ref {
  const m = hold(mro);
  const tuple = PySequence_Tuple(mro);
  release(m);
  return tuple;
}
function mro_check(type: Ref, mro: Ref): void {
  const solid = solid_base(type);
  for (let i = 0; i < i32(mro + 16); i++) {
    const base = item(mro, i);
    if (!PyType_Check(base)) raise(PyExc_TypeError, `mro() returned a non-class ('${typeNameOf(base)}')`);
    if (!PyType_IsSubtype(solid, solid_base(base))) {
      raise(PyExc_TypeError, `mro() returned base with unsuitable layout ('${tpName(base)}')`);
    }
  }
}

/** Sets tp_mro anew; returns false if a reentrant call has done it already (mro_internal). */
export function mro_internal(type: Ref): { changed: boolean; old: Ref } {
  const before = i32(type + T.tp_mro);
  const m = hold(before === 0 ? 0 : Py_NewRef(before));
  const fresh = mro_invoke(type);
  const reent = i32(type + T.tp_mro) !== before;
  if (before !== 0) Py_DECREF(before);
  drop(m);
  if (reent) {
    Py_DECREF(fresh);
    return { changed: false, old: 0 };
  }
  const old = i32(type + T.tp_mro);
  setPtr(type + T.tp_mro, fresh);
  type_mro_modified(type, fresh);
  type_mro_modified(type, lookup_tp_bases(type));
  if ((i32(type + T.tp_flags) & _Py_TPFLAGS_STATIC_BUILTIN) === 0) PyType_Modified(type);
  return { changed: true, old };
}
export function setMro(type: Ref): void {
  Py_XDECREF(mro_internal(type).old);
}

/** A custom mro(), or a base outside the type's own mro, forbids version tags. */
function type_mro_modified(type: Ref, bases: Ref): void {
  const isHeap = (i32(type + T.tp_flags) & Py_TPFLAGS_HEAPTYPE) !== 0;
  if (isHeap && i32(type + 8) !== PyType_Type && hasCustomMro(type)) {
    forbidVersions(type);
    return;
  }
  for (let i = 0; i < i32(bases + 16); i++) {
    if (!PyType_IsSubtype(type, item(bases, i))) {
      forbidVersions(type);
      return;
    }
  }
}
function hasCustomMro(type: Ref): boolean {
  return _PyType_Lookup(i32(type + 8), Py_ID.mro) !== _PyType_Lookup(PyType_Type, Py_ID.mro);
}
