/** The objects' free lists, emptied by a full collection. Mirrors _PyObject_ClearFreeLists of Objects/object.c. */
import { _PyDict_ClearFreeList } from './dictobject.ts';
import { _PyDictKeys_ClearFreeList } from './dictkeys.ts';
import { _PyFloat_ClearFreeList } from './floatobject.ts';
import { _PyAsyncGen_ClearFreeLists } from './asyncgenobject.ts';
import { _PyList_ClearFreeList } from './listobject.ts';
import { _PySlice_ClearCache } from './sliceobject.ts';
import { _PyTuple_ClearFreeList } from './tupleobject.ts';

export function clearFreeLists(atEnd = false): void {
  _PyFloat_ClearFreeList();
  _PyTuple_ClearFreeList();
  _PyList_ClearFreeList();
  _PyDict_ClearFreeList();
  _PyDictKeys_ClearFreeList();
  _PyAsyncGen_ClearFreeLists(false);
  // a collection leaves the cached slice
  if (atEnd) _PySlice_ClearCache();
}
