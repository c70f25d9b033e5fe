/** interp->callable_cache: the callables that specialised instructions compare with. */
import { Py_ID } from '@moult/abi';
import { i32, setPtr } from '../memory/linear.ts';
import { PyDict_GetItemString } from '../objects/dictobject.ts';
import { PyBaseObject_Type, PyList_Type } from '../objects/static.ts';
import { _PyType_Lookup } from '../objects/typelookup.ts';
import type { Ref } from '../objects/object.ts';
import { CACHE_ISINSTANCE, CACHE_LEN, CACHE_LIST_APPEND, CACHE_OBJECT_GETATTRIBUTE } from './state.ts';

/** Once the builtins exist (cold boot). */
export function initCallableCache(builtinsDict: Ref): void {
  setPtr(CACHE_ISINSTANCE, PyDict_GetItemString(builtinsDict, 'isinstance'));
  setPtr(CACHE_LEN, PyDict_GetItemString(builtinsDict, 'len'));
  setPtr(CACHE_LIST_APPEND, _PyType_Lookup(PyList_Type, Py_ID.append));
  setPtr(CACHE_OBJECT_GETATTRIBUTE, _PyType_Lookup(PyBaseObject_Type, Py_ID.__getattribute__));
  if (i32(CACHE_LEN) === 0) throw new Error('builtins without len');
}
