/** The module `sys`: its constants and struct sequences. Mirrors Python/sysmodule.c. */
import { METH_NOARGS, PyInterpreterState } from '@moult/abi';
import { INTERP } from '../objects/runtime.ts';
import type { NativeFunction } from '../memory/text.ts';
import { i32, ROOM_STATE, setPtr } from '../memory/linear.ts';
import { PyBool_FromLong } from '../objects/boolobject.ts';
import { PyDict_GetItemString, PyDict_New, PyDict_SetItemString } from '../objects/dictobject.ts';
import { PyFloat_FromDouble } from '../objects/floatobject.ts';
import { PyList_New } from '../objects/listobject.ts';
import { PyLong_FromBigInt, PyLong_FromLong } from '../objects/longobject.ts';
import { PyCFunction_NewEx } from '../objects/methodobject.ts';
import { PyModule_GetDict } from '../objects/moduleobject.ts';
import { _PyNamespace_New } from '../objects/namespaceobject.ts';
import { hold, Py_NewRef, type Ref, release, drop } from '../objects/object.ts';
import { PyFrozenSet_New } from '../objects/setobject.ts';
import {
  Py_None,
  SysAsyncGenHooks_Type,
  SysFlags_Type,
  SysFloatInfo_Type,
  SysHashInfo_Type,
  SysIntInfo_Type,
  SysThreadInfo_Type,
  SysUnraisableHookArgs_Type,
  SysVersionInfo_Type,
} from '../objects/static.ts';
import { PyStructSequence_New } from '../objects/structseq.ts';
import { PyTuple_New } from '../objects/tupleobject.ts';
import { PyUnicode_FromString, PyUnicode_InternFromString } from '../objects/unicodeobject.ts';
import { hostNotes } from './hostio.ts';
import { type ModuleSpec, setStolen, setText } from './spec.ts';
import { stdlibModuleNames } from './stdlibnames.ts';
import { sysMethods } from './sysfuncs.ts';
import { sysDict } from './sysstate.ts';

export const HEXVERSION = 0x030d00f0;
export const VERSION = '3.13.0 (main, Oct  7 2024, 00:00:00) [GCC 12.2.0]';

export interface StructSequenceRow {
  readonly address: number;
  readonly name: string;
  readonly doc?: string;
  readonly fields: readonly (string | null)[];
  /** How many the tuple shows; all by default. */
  readonly n?: number;
  readonly noInstances?: boolean;
  /** A constructor of its own. */
  readonly tp_new?: NativeFunction;
}
const fields = (s: string): string[] => s.split(' ');

/** The struct sequences of sys, laid down at boot. */
export const sysSequences: readonly StructSequenceRow[] = [
  {
    noInstances: true,
    address: SysFlags_Type,
    name: 'sys.flags',
    doc: 'sys.flags\n\nFlags provided through command line arguments or environment vars.',
    fields: fields(
      'debug inspect interactive optimize dont_write_bytecode no_user_site no_site ignore_environment verbose bytes_warning quiet hash_randomization isolated dev_mode utf8_mode warn_default_encoding safe_path int_max_str_digits gil',
    ),
    n: 18,
  },
  {
    noInstances: true,
    address: SysVersionInfo_Type,
    name: 'sys.version_info',
    doc: 'sys.version_info\n\nVersion information as a named tuple.',
    fields: fields('major minor micro releaselevel serial'),
  },
  {
    address: SysHashInfo_Type,
    name: 'sys.hash_info',
    doc: 'hash_info\n\nA named tuple providing parameters used for computing hashes. The attributes are read only.',
    fields: fields('width modulus inf nan imag algorithm hash_bits seed_bits cutoff'),
  },
  {
    address: SysFloatInfo_Type,
    name: 'sys.float_info',
    doc: 'sys.float_info\n\nA named tuple holding information about the float type.',
    fields: fields('max max_exp max_10_exp min min_exp min_10_exp dig mant_dig epsilon radix rounds'),
  },
  {
    address: SysIntInfo_Type,
    name: 'sys.int_info',
    doc: "sys.int_info\n\nA named tuple that holds information about Python's\ninternal representation of integers.  The attributes are read only.",
    fields: fields('bits_per_digit sizeof_digit default_max_str_digits str_digits_check_threshold'),
  },
  {
    address: SysThreadInfo_Type,
    name: 'sys.thread_info',
    doc: 'sys.thread_info\n\nA named tuple holding information about the thread implementation.',
    fields: fields('name lock version'),
  },
  { address: SysAsyncGenHooks_Type, name: 'sys.asyncgen_hooks', fields: fields('firstiter finalizer') },
  {
    address: SysUnraisableHookArgs_Type,
    name: 'sys.UnraisableHookArgs',
    doc: 'UnraisableHookArgs\n\nType used to pass arguments to sys.unraisablehook.',
    fields: fields('exc_type exc_value exc_traceback err_msg object'),
  },
];

type Plain = number | string | boolean | bigint | { float: number };
export function plainObject(v: Plain): Ref {
  if (typeof v === 'number') return PyLong_FromLong(v);
  if (typeof v === 'bigint') return PyLong_FromBigInt(v);
  if (typeof v === 'string') return PyUnicode_FromString(v);
  if (typeof v === 'boolean') return PyBool_FromLong(v);
  return PyFloat_FromDouble(v.float);
}
export function newSequence(type: Ref, values: readonly Plain[]): Ref {
  const op = PyStructSequence_New(type);
  const m = hold(op);
  values.forEach((v, i) => {
    setPtr(op + 24 + (i << 3), plainObject(v));
  });
  drop(m);
  return op;
}
function tupleOfTexts(items: readonly string[]): Ref {
  const t = PyTuple_New(items.length);
  const m = hold(t);
  items.forEach((s, i) => {
    setPtr(t + 24 + (i << 3), PyUnicode_InternFromString(s));
  });
  drop(m);
  return t;
}
function versionInfo(): Ref {
  return newSequence(SysVersionInfo_Type, [3, 13, 0, 'final', 0]);
}
function implementation(version: Ref): Ref {
  const ns = PyDict_New();
  const m = hold(ns);
  setText(ns, 'name', 'cpython');
  setText(ns, 'cache_tag', 'cpython-313');
  PyDict_SetItemString(ns, 'version', version);
  setStolen(ns, 'hexversion', PyLong_FromLong(HEXVERSION));
  setText(ns, '_multiarch', 'x86_64-linux-gnu');
  const op = _PyNamespace_New(ns);
  release(m);
  return op;
}

/** Where the functions lie that only a debug build has. */
const SYS_DEBUG_STATE = ROOM_STATE + 0x4440;
function sys_gettotalrefcount(): Ref {
  return PyLong_FromLong(hostNotes.totalReferences());
}
/** sys.gettotalrefcount, which a debug build has. */
export function addDebugFunctions(): void {
  const name = PyUnicode_InternFromString('sys');
  const m = hold(name);
  setStolen(sysDict(), 'gettotalrefcount', PyCFunction_NewEx(i32(SYS_DEBUG_STATE), 0, name));
  release(m);
}
export const sysSpec: ModuleSpec = {
  name: 'sys',
  doc: 'This module provides access to some objects used or maintained by the\ninterpreter and to functions that interact strongly with the interpreter.',
  methods: sysMethods,
  hidden: {
    at: SYS_DEBUG_STATE,
    methods: [{ name: 'gettotalrefcount', flags: METH_NOARGS, fn: sys_gettotalrefcount }],
  },
  exec(module: Ref): void {
    const d = PyModule_GetDict(module);
    setPtr(INTERP + PyInterpreterState.sysdict, Py_NewRef(d));
    const number = (name: string, n: number): void => setStolen(d, name, PyLong_FromLong(n));
    for (const hook of ['displayhook', 'excepthook', 'breakpointhook', 'unraisablehook']) {
      PyDict_SetItemString(d, `__${hook}__`, PyDict_GetItemString(d, hook));
    }
    setText(d, 'version', VERSION);
    number('hexversion', HEXVERSION);
    setStolen(d, '_git', tupleOfTexts(['CPython', '', '']));
    setText(d, '_framework', '');
    number('api_version', 1013);
    setText(
      d,
      'copyright',
      'Copyright (c) 2001-2024 Python Software Foundation.\nAll Rights Reserved.\n\nCopyright (c) 2000 BeOpen.com.\nAll Rights Reserved.\n\nCopyright (c) 1995-2001 Corporation for National Research Initiatives.\nAll Rights Reserved.\n\nCopyright (c) 1991-1995 Stichting Mathematisch Centrum, Amsterdam.\nAll Rights Reserved.',
    );
    setText(d, 'platform', 'linux');
    setStolen(d, 'maxsize', PyLong_FromBigInt(2n ** 63n - 1n));
    setStolen(
      d,
      'float_info',
      newSequence(SysFloatInfo_Type, [
        { float: Number.MAX_VALUE },
        1024,
        308,
        { float: 2.2250738585072014e-308 },
        -1021,
        -307,
        15,
        53,
        { float: Number.EPSILON },
        2,
        1,
      ]),
    );
    setStolen(d, 'int_info', newSequence(SysIntInfo_Type, [30, 4, 4300, 640]));
    setStolen(
      d,
      'hash_info',
      newSequence(SysHashInfo_Type, [64, 2n ** 61n - 1n, 314159, 0, 1000003, 'siphash13', 64, 128, 0]),
    );
    number('maxunicode', 0x10ffff);
    const names = hold(tupleOfTexts(stdlibModuleNames.split(' ')));
    setStolen(d, 'stdlib_module_names', PyFrozenSet_New(i32(names)));
    release(names);
    setText(d, 'byteorder', 'little');
    setText(d, 'abiflags', '');
    const version = hold(versionInfo());
    PyDict_SetItemString(d, 'version_info', i32(version));
    setStolen(d, 'implementation', implementation(i32(version)));
    release(version);
    setFlags(d, true, false);
    setText(d, 'float_repr_style', 'short');
    setStolen(d, 'thread_info', newSequence(SysThreadInfo_Type, ['pthread', 'semaphore', 'NPTL 2.36']));
    setStolen(d, 'meta_path', PyList_New(0));
    setStolen(d, 'path_importer_cache', PyDict_New());
    setStolen(d, 'path_hooks', PyList_New(0));
    setStolen(d, 'path', PyList_New(0));
    for (const name of ['prefix', 'base_prefix', 'exec_prefix', 'base_exec_prefix']) setText(d, name, '/usr/local');
    setText(d, 'platlibdir', 'lib');
    PyDict_SetItemString(d, 'pycache_prefix', Py_None);
    setStolen(d, 'warnoptions', PyList_New(0));
    setStolen(d, '_xoptions', PyDict_New());
    setStolen(d, 'dont_write_bytecode', PyBool_FromLong(true));
  },
};
/** sys.flags: bytecode is never written; whether hashes are randomised depends on PYTHONHASHSEED. */
export function setFlags(d: Ref, dontWrite: boolean, randomised: boolean): void {
  setStolen(
    d,
    'flags',
    newSequence(SysFlags_Type, [
      0,
      0,
      0,
      0,
      dontWrite ? 1 : 0,
      0,
      0,
      0,
      0,
      0,
      0,
      randomised ? 1 : 0,
      0,
      false,
      0,
      0,
      false,
      4300,
      1,
    ]),
  );
}
/** sys.builtin_module_names, once the table is known. */
export function setBuiltinNames(d: Ref, names: readonly string[]): void {
  setStolen(d, 'builtin_module_names', tupleOfTexts([...names].sort()));
}
