/** A module that has run goes to the end of sys.modules, as importlib's _load_unlocked puts it there anew: the end takes modules in that order. */
import { i32 } from '../memory/linear.ts';
import { PyDict_GetItemWithError, PyDict_SetItem } from '../objects/dictobject.ts';
import { PyDict_DelItem } from '../objects/dictdelete.ts';
import { hold, Py_NewRef, type Ref, release } from '../objects/object.ts';
import { INTERP } from '../objects/runtime.ts';
import { PyInterpreterState } from '@moult/abi';

export function putLast(key: Ref): void {
  const modules = i32(INTERP + PyInterpreterState.imports_modules);
  const module = PyDict_GetItemWithError(modules, key);
  if (module === 0) return;
  const m = hold(Py_NewRef(module));
  PyDict_DelItem(modules, key);
  PyDict_SetItem(modules, key, module);
  release(m);
}
