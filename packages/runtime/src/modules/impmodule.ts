/** The module _imp: what importlib asks of the interpreter. Mirrors that part of Python/import.c. */
import { METH_NOARGS, METH_O } from '@moult/abi';
import { i32 } from '../memory/linear.ts';
import { PyBool_FromLong } from '../objects/boolobject.ts';
import { PyList_Append, PyList_New } from '../objects/listobject.ts';
import { PyLong_FromLong } from '../objects/longobject.ts';
import { PyModule_GetDict } from '../objects/moduleobject.ts';
import { drop, hold, PyUnicode_Check, type Ref, release, typeNameOf } from '../objects/object.ts';
import { PyObject_GetAttrString } from '../objects/objectattr.ts';
import { raise } from '../objects/errors.ts';
import { PyExc_TypeError } from '../objects/static.ts';
import { asText, PyUnicode_FromString } from '../objects/unicodeobject.ts';
import { builtinModules } from '../vm/import.ts';
import { none } from './builtinfuncs.ts';
import { type ModuleSpec, setText } from './spec.ts';

const SUFFIXES = ['.cpython-313-x86_64-linux-gnu.so', '.abi3.so', '.so'];

function imp_extension_suffixes(): Ref {
  const list = PyList_New(0);
  const m = hold(list);
  for (const suffix of SUFFIXES) {
    const k = hold(PyUnicode_FromString(suffix));
    PyList_Append(list, i32(k));
    release(k);
  }
  drop(m);
  return list;
}
function nameArgument(fname: string, op: Ref): string {
  if (!PyUnicode_Check(op)) raise(PyExc_TypeError, `${fname}() argument must be str, not ${typeNameOf(op)}`);
  return asText(op);
}
function imp_is_builtin(_m: Ref, op: Ref): Ref {
  const name = nameArgument('is_builtin', op);
  if (!Object.hasOwn(builtinModules, name)) return PyLong_FromLong(0);
  return PyLong_FromLong(name === 'sys' || name === 'builtins' ? -1 : 1);
}
function imp_create_builtin(_m: Ref, spec: Ref): Ref {
  const m = hold(PyObject_GetAttrString(spec, 'name'));
  const name = nameArgument('create_builtin', i32(m));
  release(m);
  return Object.hasOwn(builtinModules, name) ? (builtinModules[name] as () => Ref)() : none();
}
function never(name: string) {
  return (_m: Ref, op: Ref): Ref => {
    nameArgument(name, op);
    return PyBool_FromLong(false);
  };
}

export const impSpec: ModuleSpec = {
  name: '_imp',
  doc: '(Extremely) low-level import machinery bits as used by importlib.',
  methods: [
    {
      name: 'extension_suffixes',
      flags: METH_NOARGS,
      fn: imp_extension_suffixes,
      doc: 'extension_suffixes($module, /)\n--\n\n',
    },
    { name: 'lock_held', flags: METH_NOARGS, fn: () => PyBool_FromLong(false), doc: 'lock_held($module, /)\n--\n\n' },
    { name: 'acquire_lock', flags: METH_NOARGS, fn: none, doc: 'acquire_lock($module, /)\n--\n\n' },
    { name: 'release_lock', flags: METH_NOARGS, fn: none, doc: 'release_lock($module, /)\n--\n\n' },
    {
      name: 'is_frozen_package',
      flags: METH_O,
      fn: never('is_frozen_package'),
      doc: 'is_frozen_package($module, name, /)\n--\n\n',
    },
    { name: 'create_builtin', flags: METH_O, fn: imp_create_builtin, doc: 'create_builtin($module, spec, /)\n--\n\n' },
    { name: 'is_builtin', flags: METH_O, fn: imp_is_builtin, doc: 'is_builtin($module, name, /)\n--\n\n' },
    { name: 'is_frozen', flags: METH_O, fn: never('is_frozen'), doc: 'is_frozen($module, name, /)\n--\n\n' },
    { name: 'exec_builtin', flags: METH_O, fn: () => PyLong_FromLong(0), doc: 'exec_builtin($module, mod, /)\n--\n\n' },
  ],
  exec(module: Ref): void {
    setText(PyModule_GetDict(module), 'check_hash_based_pycs', 'default');
  },
};
