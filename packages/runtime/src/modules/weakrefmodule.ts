/** The module `_weakref`. Mirrors Modules/_weakref.c. */
import { METH_FASTCALL, METH_O, PyWeakReference } from '@moult/abi';
import { i32 } from '../memory/linear.ts';
import { weakrefListSlot } from '../gc/gcmain.ts';
import { _PyArg_CheckPositional } from '../objects/args.ts';
import { PyDict_GetItemWithError, PyDict_SetItemString } from '../objects/dictobject.ts';
import { discardKey } from '../objects/dictdelete.ts';
import { PyList_Append, PyList_New } from '../objects/listobject.ts';
import { PyLong_FromLong } from '../objects/longobject.ts';
import { PyModule_GetDict } from '../objects/moduleobject.ts';
import { drop, hold, PyDict_Check, type Ref, typeNameOf } from '../objects/object.ts';
import {
  _PyWeakref_CallableProxyType,
  _PyWeakref_ProxyType,
  _PyWeakref_RefType,
  PyExc_TypeError,
  Py_None,
} from '../objects/static.ts';
import {
  _PyType_SUPPORTS_WEAKREFS,
  _PyWeakref_GetWeakrefCount,
  PyWeakref_CheckRef,
  PyWeakref_NewProxy,
  weakrefTarget,
} from '../objects/weakrefobject.ts';
import { raise } from '../objects/errors.ts';
import { none } from './builtinfuncs.ts';
import type { ModuleSpec } from './spec.ts';

function _weakref_getweakrefcount(_m: Ref, op: Ref): Ref {
  return PyLong_FromLong(_PyType_SUPPORTS_WEAKREFS(i32(op + 8)) ? _PyWeakref_GetWeakrefCount(op) : 0);
}
function _weakref_getweakrefs(_m: Ref, op: Ref): Ref {
  const list = PyList_New(0);
  if (!_PyType_SUPPORTS_WEAKREFS(i32(op + 8))) return list;
  const m = hold(list);
  for (let wr = i32(weakrefListSlot(op)); wr !== 0; wr = i32(wr + PyWeakReference.wr_next)) PyList_Append(list, wr);
  drop(m);
  return list;
}
/** Deletes a key whose value is a dead weakref (WeakValueDictionary's callback). */
function _weakref__remove_dead_weakref(_m: Ref, args: number, nargs: number): Ref {
  _PyArg_CheckPositional('_remove_dead_weakref', nargs, 2, 2);
  const dict = i32(args);
  if (!PyDict_Check(dict))
    raise(PyExc_TypeError, `_remove_dead_weakref() argument 1 must be dict, not ${typeNameOf(dict)}`);
  const value = PyDict_GetItemWithError(dict, i32(args + 8));
  if (value === 0) return none();
  if (!PyWeakref_CheckRef(value)) raise(PyExc_TypeError, 'not a weakref');
  const target = weakrefTarget(value);
  if (target === 0 || target === Py_None) discardKey(dict, i32(args + 8));
  return none();
}
function _weakref_proxy(_m: Ref, args: number, nargs: number): Ref {
  _PyArg_CheckPositional('proxy', nargs, 1, 2);
  return PyWeakref_NewProxy(i32(args), nargs > 1 && i32(args + 8) !== Py_None ? i32(args + 8) : 0);
}

export const weakrefSpec: ModuleSpec = {
  name: '_weakref',
  doc: 'Weak-reference support module.',
  methods: [
    {
      name: 'getweakrefcount',
      flags: METH_O,
      fn: _weakref_getweakrefcount,
      doc: "getweakrefcount($module, object, /)\n--\n\nReturn the number of weak references to 'object'.",
    },
    { name: '_remove_dead_weakref', flags: METH_FASTCALL, fn: _weakref__remove_dead_weakref },
    {
      name: 'getweakrefs',
      flags: METH_O,
      fn: _weakref_getweakrefs,
      doc: "getweakrefs($module, object, /)\n--\n\nReturn a list of all weak reference objects pointing to 'object'.",
    },
    {
      name: 'proxy',
      flags: METH_FASTCALL,
      fn: _weakref_proxy,
      doc: "proxy($module, object, callback=None, /)\n--\n\nCreate a proxy object that weakly references 'object'.",
    },
  ],
  exec(module: Ref): void {
    const d = PyModule_GetDict(module);
    const types: [string, Ref][] = [
      ['ref', _PyWeakref_RefType],
      ['ReferenceType', _PyWeakref_RefType],
      ['ProxyType', _PyWeakref_ProxyType],
      ['CallableProxyType', _PyWeakref_CallableProxyType],
    ];
    for (const [name, type] of types) PyDict_SetItemString(d, name, type);
  },
};
