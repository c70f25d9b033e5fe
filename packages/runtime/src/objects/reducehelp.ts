/** Reaching builtins from a __reduce__. Mirrors _PyEval_GetBuiltin of Python/ceval.c. */
import { Py_ID } from '@moult/abi';
import { getItemStr } from './dictobject.ts';
import { raise } from './errors.ts';
import { Py_NewRef, type Ref } from './object.ts';
import { PyExc_AttributeError } from './static.ts';
import { vm } from './vmlink.ts';

/** The builtin `name`, a new reference. */
export function getBuiltinAttr(name: 'getattr' | 'iter' | 'next' | 'reversed'): Ref {
  const found = getItemStr(vm.PyEval_GetBuiltins(), Py_ID[name]);
  if (found === 0) raise(PyExc_AttributeError, name);
  return Py_NewRef(found);
}
