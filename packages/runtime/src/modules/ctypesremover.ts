/** `_ctypes.DictRemover`: what a dead array class's weak reference calls, to take the class out of the cache. Mirrors that part of Modules/_ctypes/_ctypes.c. */
import { i32, setPtr } from '../memory/linear.ts';
import { PyDict_DelItem } from '../objects/dictdelete.ts';
import { PyDict_GetItemWithError, PyDict_SetItem } from '../objects/dictobject.ts';
import { catchPending } from '../objects/errors.ts';
import { hold, nativeMark, Py_CLEAR, Py_NewRef, type Ref, release } from '../objects/object.ts';
import { Py_None } from '../objects/static.ts';
import { PyType_GenericNew, typeAlloc } from '../objects/typealloc.ts';
import { _PyErr_WriteUnraisableMsg } from '../objects/unraisable.ts';
import { PyWeakref_CheckProxy, PyWeakref_NewProxy, weakrefTarget } from '../objects/weakrefobject.ts';
import { none } from './builtinfuncs.ts';
import { DictRemover_Type } from './ctypeslayout.ts';
import { record, REF } from './records.ts';

const KEY = REF(0);
const DICT = REF(1);

function remover_call(self: Ref): Ref {
  const key = i32(self + KEY);
  const dict = i32(self + DICT);
  if (key === 0 || dict === 0) return none();
  const mark = nativeMark();
  try {
    PyDict_DelItem(dict, key);
  } catch (e) {
    catchPending(e, mark);
    _PyErr_WriteUnraisableMsg('on calling _ctypes.DictRemover', 0);
  }
  Py_CLEAR(self + KEY);
  Py_CLEAR(self + DICT);
  return none();
}
export const removerSpec = record({
  address: DictRemover_Type,
  name: '_ctypes.DictRemover',
  refs: 2,
  base: false,
  doc: 'deletes a key from a dictionary',
  slots: { tp_new: PyType_GenericNew, tp_call: remover_call },
});

/** dict[key] = a weak proxy of `item` that takes the key away when `item` dies (PyDict_SetItemProxy). */
export function setItemProxy(dict: Ref, key: Ref, item: Ref): void {
  const m = hold(typeAlloc(DictRemover_Type, 0));
  const remover = i32(m);
  setPtr(remover + KEY, Py_NewRef(key));
  setPtr(remover + DICT, Py_NewRef(dict));
  const proxy = PyWeakref_NewProxy(item, remover);
  release(m);
  hold(proxy);
  PyDict_SetItem(dict, key, proxy);
  release(m);
}
/** What the proxy at `key` stands for: a new reference, or 0 (PyDict_GetItemProxy). */
export function getItemProxy(dict: Ref, key: Ref): Ref {
  const item = PyDict_GetItemWithError(dict, key);
  if (item === 0) return 0;
  if (!PyWeakref_CheckProxy(item)) return Py_NewRef(item);
  const target = weakrefTarget(item);
  return target === 0 || target === Py_None ? 0 : Py_NewRef(target);
}
