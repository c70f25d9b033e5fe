/** sys and this room's per-interpreter objects: where they lie (PyInterpreterState.sysdict, .dict). */
import { PyInterpreterState } from '@moult/abi';
import { i32, setPtr } from '../memory/linear.ts';
import {
  PyDict_GetItemString,
  PyDict_GetItemWithError,
  PyDict_New,
  PyDict_SetItem,
  PyDict_SetItemString,
} from '../objects/dictobject.ts';
import { hold, type Ref, release } from '../objects/object.ts';
import { PyUnicode_InternFromString } from '../objects/unicodeobject.ts';
import { INTERP } from '../objects/runtime.ts';

export function sysDict(): Ref {
  return i32(INTERP + PyInterpreterState.sysdict);
}
/** sys.name, borrowed, or 0 (PySys_GetObject). */
export function sysObject(name: string): Ref {
  const dict = sysDict();
  return dict === 0 ? 0 : PyDict_GetItemString(dict, name);
}
export function setSysObject(name: string, value: Ref): void {
  PyDict_SetItemString(sysDict(), name, value);
}
/** PyInterpreterState_GetDict: objects that native modules keep for themselves. */
export function interpreterDict(): Ref {
  const slot = INTERP + PyInterpreterState.dict;
  if (i32(slot) === 0) setPtr(slot, PyDict_New());
  return i32(slot);
}
/** A dict that a module keeps for itself. */
export function moduleDict(name: string): Ref {
  const d = interpreterDict();
  const key = PyUnicode_InternFromString(name);
  const m = hold(key);
  let dict = PyDict_GetItemWithError(d, key);
  if (dict === 0) {
    hold(PyDict_New());
    dict = i32(m + 8);
    PyDict_SetItem(d, key, dict);
  }
  release(m);
  return dict;
}
