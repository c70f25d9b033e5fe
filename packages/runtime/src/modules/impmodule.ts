/** The module _imp: what importlib asks of the interpreter. Mirrors that part of Python/import.c. */
import { METH_FASTCALL, METH_KEYWORDS, METH_NOARGS, METH_O, Py_ID, PyCodeObject, PyInterpreterState } from '@moult/abi';
import { bytes, CURRENT_TSTATE, i32, setI32, setPtr } from '../memory/linear.ts';
import { PyMem_Free, PyMem_Malloc } from '../memory/obmalloc.ts';
import { siphash13 } from '../numeric/siphash.ts';
import { withBytes } from '../objects/abstractbuffer.ts';
import { _PyArg_BadArgument, _PyArg_CheckPositional, unpackKeywords } from '../objects/args.ts';
import { PyBool_FromLong } from '../objects/boolobject.ts';
import { PyBytes_FromBytes } from '../objects/bytesobject.ts';
import { PyDict_SetItem } from '../objects/dictobject.ts';
import { PENDING, PyErr_NoMemory, raise } from '../objects/errors.ts';
import { PyList_Append, PyList_New } from '../objects/listobject.ts';
import { PyLong_AsBigInt, PyLong_AsInt, PyLong_FromLong } from '../objects/longobject.ts';
import { PyModule_GetDict } from '../objects/moduleobject.ts';
import { drop, hold, Py_NewRef, Py_SIZE, Py_XSETREF, PyUnicode_Check, type Ref, release } from '../objects/object.ts';
import { PyObject_GetAttrString, PyObject_RichCompareBool } from '../objects/objectattr.ts';
import { INTERP } from '../objects/runtime.ts';
import {
  Py_None,
  PyCode_Type,
  PyExc_ImportError,
  PyExc_NotImplementedError,
  PyExc_RuntimeError,
  PyExc_TypeError,
} from '../objects/static.ts';
import { buildTuple } from '../objects/tupleobject.ts';
import { asText, PyUnicode_FromString } from '../objects/unicodeobject.ts';
import { PyEval_EvalCode } from '../vm/calls.ts';
import { builtinModules, PyImport_AddModuleRef, setImportError } from '../vm/import.ts';
import { BY_IMPORTLIB } from '../vm/importcall.ts';
import { none } from './builtinfuncs.ts';
import { frozenCode, frozenModule, frozenNames } from './frozenmodules.ts';
import { memorySource, readObject } from './marshalread.ts';
import { type ModuleSpec, setText } from './spec.ts';

const SUFFIXES = ['.cpython-313-x86_64-linux-gnu.so', '.abi3.so', '.so'];
const LEVEL = INTERP + PyInterpreterState.imports_lock_level;
const THREAD = INTERP + PyInterpreterState.imports_lock_thread;

function listOfTexts(texts: readonly string[]): Ref {
  const list = PyList_New(0);
  const m = hold(list);
  for (const text of texts) {
    const k = hold(PyUnicode_FromString(text));
    PyList_Append(list, i32(k));
    release(k);
  }
  drop(m);
  return list;
}
function nameArgument(fname: string, op: Ref): string {
  if (!PyUnicode_Check(op)) _PyArg_BadArgument(fname, 'argument', 'str', op);
  return asText(op);
}

// ---- the lock: one thread holds it, as often as it takes it

function imp_lock_held(): Ref {
  return PyBool_FromLong(i32(LEVEL) !== 0);
}
function imp_acquire_lock(): Ref {
  setPtr(THREAD, i32(CURRENT_TSTATE));
  setI32(LEVEL, i32(LEVEL) + 1);
  return none();
}
function imp_release_lock(): Ref {
  if (i32(LEVEL) === 0) raise(PyExc_RuntimeError, 'not holding the import lock');
  setI32(LEVEL, i32(LEVEL) - 1);
  if (i32(LEVEL) === 0) setPtr(THREAD, 0);
  return none();
}

// ---- built-in modules

function imp_is_builtin(_m: Ref, op: Ref): Ref {
  const name = nameArgument('is_builtin', op);
  if (!Object.hasOwn(builtinModules, name)) return PyLong_FromLong(0);
  return PyLong_FromLong(name === 'sys' || name === 'builtins' ? -1 : 1);
}
function imp_create_builtin(_m: Ref, spec: Ref): Ref {
  const m = hold(PyObject_GetAttrString(spec, 'name'));
  if (!PyUnicode_Check(i32(m))) raise(PyExc_TypeError, 'name must be string');
  const name = asText(i32(m));
  release(m);
  return Object.hasOwn(builtinModules, name) ? (builtinModules[name] as () => Ref)() : none();
}
function imp_create_dynamic(_m: Ref, args: number, nargs: number): Ref {
  _PyArg_CheckPositional('create_dynamic', nargs, 1, 2);
  const m = hold(PyObject_GetAttrString(i32(args), 'name'));
  const name = PyUnicode_Check(i32(m)) ? asText(i32(m)) : '?';
  release(m);
  setImportError(PyExc_ImportError, `${name}: machine code cannot be loaded here`, name, null, 0);
  throw PENDING;
}
const done = (): Ref => PyLong_FromLong(0);

// ---- modules that are built in as bytecode

function noFrozen(name: string): never {
  setImportError(PyExc_ImportError, `No such frozen object named ${name}`, name, null, 0);
  throw PENDING;
}
function codeOf(name: string): Ref {
  const code = frozenCode(name);
  if (code === null) noFrozen(name);
  const p = PyMem_Malloc(code.length);
  if (p === 0) PyErr_NoMemory();
  bytes.set(code, p);
  const op = readObject(memorySource(p, code.length));
  PyMem_Free(p);
  return op;
}
/** Where importlib does not import (importmachine.ts), nothing is built in as bytecode. */
const known = (name: string) => (i32(BY_IMPORTLIB) === 0 ? null : frozenModule(name));
function imp_is_frozen(_m: Ref, op: Ref): Ref {
  return PyBool_FromLong(known(nameArgument('is_frozen', op)) !== null);
}
function imp_is_frozen_package(_m: Ref, op: Ref): Ref {
  const name = nameArgument('is_frozen_package', op);
  const frozen = known(name);
  if (frozen === null) noFrozen(name);
  return PyBool_FromLong(frozen.isPackage);
}
function imp_find_frozen(_m: Ref, args: number, nargs: number, kwnames: Ref): Ref {
  const [name] = unpackKeywords(args, nargs, kwnames, {
    fname: 'find_frozen',
    keywords: ['', 'withdata'],
    required: 1,
    kwonly: 1,
  }) as [Ref];
  const frozen = known(nameArgument('find_frozen', name));
  if (frozen === null) return none();
  return buildTuple(
    none,
    () => PyBool_FromLong(frozen.isPackage),
    () => PyUnicode_FromString(frozen.origin),
  );
}
function imp_get_frozen_object(_m: Ref, args: number, nargs: number): Ref {
  _PyArg_CheckPositional('get_frozen_object', nargs, 1, 2);
  if (!PyUnicode_Check(i32(args))) _PyArg_BadArgument('get_frozen_object', 'argument 1', 'str', i32(args));
  if (nargs > 1 && i32(args + 8) !== Py_None) {
    const data = i32(args + 8);
    return withBytes(data, (p, n) => readObject(memorySource(p, n)));
  }
  return codeOf(asText(i32(args)));
}
/** Makes the module `name` of its built-in code in sys.modules; borrowed, or 0 where there is none (PyImport_ImportFrozenModuleObject). */
export function importFrozenModule(name: string, builtins: Ref): Ref {
  if (frozenCode(name) === null) return 0;
  const m = hold(codeOf(name));
  hold(PyImport_AddModuleRef(name));
  const dict = PyModule_GetDict(i32(m + 8));
  PyDict_SetItem(dict, Py_ID.__builtins__, builtins);
  hold(PyEval_EvalCode(i32(m), dict, dict));
  // FrozenImporter takes it out again
  setText(dict, '__origname__', frozenModule(name)?.origin ?? name);
  const module = i32(m + 8);
  release(m);
  return module;
}
function imp_init_frozen(_m: Ref, op: Ref): Ref {
  const name = nameArgument('init_frozen', op);
  const module = importFrozenModule(name, i32(INTERP + PyInterpreterState.builtins));
  return module === 0 ? none() : Py_NewRef(module);
}
function imp_frozen_module_names(): Ref {
  return listOfTexts(frozenNames());
}
function imp_override(_m: Ref, op: Ref): Ref {
  PyLong_AsInt(op);
  raise(PyExc_NotImplementedError, 'overriding what frozen modules and extensions are used is not implemented');
}

// ---- code

/** Gives the code, and all within it that had the same, another file name. */
function renameCode(co: Ref, old: Ref, name: Ref): void {
  const slot = co + PyCodeObject.co_filename;
  if (!PyObject_RichCompareBool(i32(slot), old, 2)) return;
  Py_XSETREF(slot, Py_NewRef(name));
  const consts = i32(co + PyCodeObject.co_consts);
  for (let i = 0; i < Py_SIZE(consts); i++) {
    const item = i32(consts + 24 + (i << 3));
    if (i32(item + 8) === PyCode_Type) renameCode(item, old, name);
  }
}
function imp_fix_co_filename(_m: Ref, args: number, nargs: number): Ref {
  _PyArg_CheckPositional('_fix_co_filename', nargs, 2, 2);
  const code = i32(args);
  const path = i32(args + 8);
  if (i32(code + 8) !== PyCode_Type) _PyArg_BadArgument('_fix_co_filename', 'argument 1', 'code', code);
  if (!PyUnicode_Check(path)) _PyArg_BadArgument('_fix_co_filename', 'argument 2', 'str', path);
  const old = i32(code + PyCodeObject.co_filename);
  if (PyObject_RichCompareBool(old, path, 2)) return none();
  const m = hold(Py_NewRef(old));
  renameCode(code, old, path);
  release(m);
  return none();
}
function imp_source_hash(_m: Ref, args: number, nargs: number, kwnames: Ref): Ref {
  const [key, source] = unpackKeywords(args, nargs, kwnames, {
    fname: 'source_hash',
    keywords: ['key', 'source'],
    required: 2,
  }) as [Ref, Ref];
  const k = BigInt.asIntN(64, PyLong_AsBigInt(key));
  return withBytes(source, (p, n) => {
    const out = new Int32Array(2);
    siphash13(bytes, p, n, Number(BigInt.asIntN(32, k)), Number(BigInt.asIntN(32, k >> 32n)), 0, 0, out);
    return PyBytes_FromBytes(new Uint8Array(out.buffer));
  });
}

const FASTKW = METH_FASTCALL | METH_KEYWORDS;
export const impSpec: ModuleSpec = {
  name: '_imp',
  doc: '(Extremely) low-level import machinery bits as used by importlib.',
  methods: [
    {
      name: 'extension_suffixes',
      flags: METH_NOARGS,
      fn: () => listOfTexts(SUFFIXES),
      doc: 'extension_suffixes($module, /)\n--\n\n',
    },
    { name: 'lock_held', flags: METH_NOARGS, fn: imp_lock_held, doc: 'lock_held($module, /)\n--\n\n' },
    { name: 'acquire_lock', flags: METH_NOARGS, fn: imp_acquire_lock, doc: 'acquire_lock($module, /)\n--\n\n' },
    { name: 'release_lock', flags: METH_NOARGS, fn: imp_release_lock, doc: 'release_lock($module, /)\n--\n\n' },
    {
      name: 'find_frozen',
      flags: FASTKW,
      fn: imp_find_frozen,
      doc: 'find_frozen($module, name, /, *, withdata=False)\n--\n\n',
    },
    {
      name: 'get_frozen_object',
      flags: METH_FASTCALL,
      fn: imp_get_frozen_object,
      doc: 'get_frozen_object($module, name, data=None, /)\n--\n\n',
    },
    {
      name: 'is_frozen_package',
      flags: METH_O,
      fn: imp_is_frozen_package,
      doc: 'is_frozen_package($module, name, /)\n--\n\n',
    },
    { name: 'create_builtin', flags: METH_O, fn: imp_create_builtin, doc: 'create_builtin($module, spec, /)\n--\n\n' },
    { name: 'init_frozen', flags: METH_O, fn: imp_init_frozen, doc: 'init_frozen($module, name, /)\n--\n\n' },
    { name: 'is_builtin', flags: METH_O, fn: imp_is_builtin, doc: 'is_builtin($module, name, /)\n--\n\n' },
    { name: 'is_frozen', flags: METH_O, fn: imp_is_frozen, doc: 'is_frozen($module, name, /)\n--\n\n' },
    {
      name: '_frozen_module_names',
      flags: METH_NOARGS,
      fn: imp_frozen_module_names,
      doc: '_frozen_module_names($module, /)\n--\n\n',
    },
    {
      name: '_override_frozen_modules_for_tests',
      flags: METH_O,
      fn: imp_override,
      doc: '_override_frozen_modules_for_tests($module, override, /)\n--\n\n',
    },
    {
      name: '_override_multi_interp_extensions_check',
      flags: METH_O,
      fn: imp_override,
      doc: '_override_multi_interp_extensions_check($module, override, /)\n--\n\n',
    },
    {
      name: 'create_dynamic',
      flags: METH_FASTCALL,
      fn: imp_create_dynamic,
      doc: 'create_dynamic($module, spec, file=<unrepresentable>, /)\n--\n\n',
    },
    { name: 'exec_dynamic', flags: METH_O, fn: done, doc: 'exec_dynamic($module, mod, /)\n--\n\n' },
    { name: 'exec_builtin', flags: METH_O, fn: done, doc: 'exec_builtin($module, mod, /)\n--\n\n' },
    {
      name: '_fix_co_filename',
      flags: METH_FASTCALL,
      fn: imp_fix_co_filename,
      doc: '_fix_co_filename($module, code, path, /)\n--\n\n',
    },
    { name: 'source_hash', flags: FASTKW, fn: imp_source_hash, doc: 'source_hash($module, key, source)\n--\n\n' },
  ],
  exec(module: Ref): void {
    setText(PyModule_GetDict(module), 'check_hash_based_pycs', 'default');
  },
};
