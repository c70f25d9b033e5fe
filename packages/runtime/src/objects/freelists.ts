/** The objects' free lists, emptied by a full collection. Mirrors _PyObject_ClearFreeLists of Objects/object.c. */
import { PyDictObject, PyFloatObject, PyInterpreterState as P, PyListObject, PyTupleObject } from '@moult/abi';
import { i32 } from '../memory/linear.ts';
import { statsLine } from '../memory/stats.ts';
import { _PyDict_ClearFreeList } from './dictobject.ts';
import { _PyDictKeys_ClearFreeList } from './dictkeys.ts';
import { _PyFloat_ClearFreeList } from './floatobject.ts';
import { _PyAsyncGen_ClearFreeLists } from './asyncgenobject.ts';
import { _PyList_ClearFreeList } from './listobject.ts';
import { _PySlice_ClearCache } from './sliceobject.ts';
import { INTERP } from './runtime.ts';
import { _PyTuple_ClearFreeList, PyTuple_MAXSAVESIZE } from './tupleobject.ts';

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

/** How many blocks wait in each free list, as sys._debugmallocstats() says it (_PyObject_DebugTypeStats). */
export function _PyObject_DebugTypeStats(): string {
  const line = (name: string, count: number, size: number): string =>
    statsLine(`${`${count} free ${name}s * ${size} bytes each`.padStart(48)} `, count * size);
  let out = line('PyDictObject', i32(INTERP + P.object_state_freelists_dicts_numfree), PyDictObject.SIZE);
  out += line('PyDictKeysObject', i32(INTERP + P.object_state_freelists_dictkeys_numfree), 32);
  out += line('PyFloatObject', i32(INTERP + P.object_state_freelists_floats_numfree), PyFloatObject.SIZE);
  out += line('PyListObject', i32(INTERP + P.object_state_freelists_lists_numfree), PyListObject.SIZE);
  for (let n = 1; n <= PyTuple_MAXSAVESIZE; n++) {
    const count = i32(INTERP + P.object_state_freelists_tuples_numfree + ((n - 1) << 2));
    out += line(`${n}-sized PyTupleObject`, count, PyTupleObject.ob_item + 8 * n);
  }
  return out;
}
