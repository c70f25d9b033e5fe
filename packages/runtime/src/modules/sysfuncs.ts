/** The functions of `sys`. Mirrors Python/sysmodule.c. */
import {
  METH_FASTCALL,
  METH_KEYWORDS,
  METH_NOARGS,
  METH_O,
  PyFunctionObject,
  PyInterpreterState,
  PyThreadState,
  Py_ID,
  METH_VARARGS,
} from '@moult/abi';
import { _PyType_PreHeaderSize } from '../gc/alloc.ts';
import { CURRENT_TSTATE, i32, setI32, setPtr } from '../memory/linear.ts';
import { _Py_GetGlobalAllocatedBlocks } from '../memory/account.ts';
import { _PyObject_DebugMallocStats } from '../memory/stats.ts';
import { _PyArg_CheckPositional, unpackKeywords, unpackTupleAndDict } from '../objects/args.ts';
import { _PyObject_IS_GC } from '../gc/track.ts';
import { _PyObject_DebugTypeStats } from '../objects/freelists.ts';
import { PyBool_FromLong } from '../objects/boolobject.ts';
import { PyObject_Call, PyObject_CallNoArgs } from '../objects/call.ts';
import { PyDict_New, PyDict_Next, PyDict_SetItem, PyDict_Size } from '../objects/dictobject.ts';
import { PyErr_GetHandledException, raise, raiseObject, swallow } from '../objects/errors.ts';
import { exceptionTraceback, PyException_SetTraceback } from '../objects/exceptions.ts';
import { PyFloat_AsDouble, PyFloat_FromDouble } from '../objects/floatobject.ts';
import { PyUnicode_CHECK_INTERNED, SSTATE_INTERNED_IMMORTAL, internMortal } from '../objects/intern.ts';
import { PyList_Append, PyList_New } from '../objects/listobject.ts';
import {
  PyLong_AsBigInt,
  PyLong_AsInt,
  PyLong_AsSsize_t,
  PyLong_FromBigInt,
  PyLong_FromLong,
} from '../objects/longobject.ts';
import { MAX_STR_DIGITS } from '../objects/longtext.ts';
import {
  drop,
  hold,
  PyExceptionInstance_Check,
  PyTuple_Check,
  PyUnicode_Check,
  Py_DECREF,
  Py_NewRef,
  Py_REFCNT,
  type Ref,
  release,
  typeNameOf,
  nativeMark,
} from '../objects/object.ts';
import { _PyObject_LookupSpecial, PyCallable_Check, PyObject_IsTrue } from '../objects/objectattr.ts';
import { INTERP } from '../objects/runtime.ts';
import type { MethodSpec } from '../objects/spec.ts';
import {
  PyExc_RecursionError,
  PyExc_RuntimeError,
  PyExc_SystemExit,
  PyExc_TypeError,
  PyExc_ValueError,
  PyUnicode_Type,
  Py_None,
  SysAsyncGenHooks_Type,
  PyTraceBack_Type,
  PyType_Type,
} from '../objects/static.ts';
import { writeHostStderr, writeStderr } from '../objects/stderr.ts';
import { PyStructSequence_New } from '../objects/structseq.ts';
import { PySys_Audit, runAuditHooks } from '../objects/sysaudit.ts';
import { PyTuple_New } from '../objects/tupleobject.ts';
import { PyType_ClearCache } from '../objects/typelookup.ts';
import { writeUnraisable } from '../objects/unraisable.ts';
import { asText, get_latin1_char, PyUnicode_FromString, PyUnicode_InternFromString } from '../objects/unicodeobject.ts';
import { vm } from '../objects/vmlink.ts';
import { currentFrame } from '../vm/frame.ts';
import { _PyEval_CallTracing, _PyEval_SetProfile, _PyEval_SetTrace } from '../vm/tracefunc.ts';
import { printException } from '../vm/traceback.ts';
import { none } from './builtinfuncs.ts';
import { PyFile_WriteObject } from './builtinprint.ts';
import { sysObject } from './sysstate.ts';

const FAST = METH_FASTCALL;
const FASTKW = METH_FASTCALL | METH_KEYWORDS;
const interpField = (name: 'audit_hooks' | 'builtins' | 'imports_modules'): number => INTERP + PyInterpreterState[name];
const ts = (): number => i32(CURRENT_TSTATE);

// ---- counts and sizes ---------------------------------------------------------------------------------------------------

function sys_getrefcount(_m: Ref, op: Ref): Ref {
  return PyLong_FromLong(Py_REFCNT(op));
}
/** __sizeof__ and what lies before the object, GC head, managed dict and weakref pointers, as an int; a new reference. */
function _PySys_GetSizeOf(op: Ref): Ref {
  const method = _PyObject_LookupSpecial(op, Py_ID.__sizeof__);
  if (method === 0) raise(PyExc_TypeError, `Type ${typeNameOf(op)} doesn't define __sizeof__`);
  const m = hold(method);
  const res = PyObject_CallNoArgs(method);
  hold(res);
  const size = PyLong_AsSsize_t(res);
  if (size < 0) raise(PyExc_ValueError, '__sizeof__() should return >= 0');
  // static types are types, but have no GC head
  const before = _PyObject_IS_GC(op) || i32(op + 8) !== PyType_Type ? _PyType_PreHeaderSize(i32(op + 8)) : 0;
  const total = size <= Number.MAX_SAFE_INTEGER - before ? PyLong_FromLong(size + before) : hugeSize(res, before);
  release(m);
  return total;
}
function hugeSize(res: Ref, before: number): Ref {
  return PyLong_FromBigInt(PyLong_AsBigInt(res) + BigInt(before));
}
function sys_getsizeof(_m: Ref, args: Ref, kwds: Ref): Ref {
  const [op, fallback] = unpackTupleAndDict(args, kwds, {
    fname: 'getsizeof',
    keywords: ['object', 'default'],
    required: 1,
  }) as [Ref, Ref];
  if (fallback === 0) return _PySys_GetSizeOf(op);
  const m = nativeMark();
  try {
    return _PySys_GetSizeOf(op);
  } catch (e) {
    swallow(e, PyExc_TypeError, m);
    return Py_NewRef(fallback);
  }
}
function sys_getallocatedblocks(): Ref {
  return PyLong_FromLong(_Py_GetGlobalAllocatedBlocks());
}
function sys_getunicodeinternedsize(_m: Ref, args: number, nargs: number, kwnames: Ref): Ref {
  const [only] = unpackKeywords(args, nargs, kwnames, {
    fname: 'getunicodeinternedsize',
    keywords: ['_only_immortal'],
    kwonly: 1,
  }) as [Ref];
  const dict = i32(INTERP + PyInterpreterState.cached_objects_interned_strings);
  if (dict === 0) return PyLong_FromLong(0);
  if (only === 0 || !PyObject_IsTrue(only)) return PyLong_FromLong(PyDict_Size(dict));
  let n = 0;
  const pos = { i: 0, key: 0, value: 0 };
  while (PyDict_Next(dict, pos)) if (PyUnicode_CHECK_INTERNED(pos.key) === SSTATE_INTERNED_IMMORTAL) n++;
  return PyLong_FromLong(n);
}
function sys__debugmallocstats(): Ref {
  writeHostStderr(`${_PyObject_DebugMallocStats()}\n${_PyObject_DebugTypeStats()}`);
  return none();
}
function sys_intern(_m: Ref, s: Ref): Ref {
  if (!PyUnicode_Check(s))
    raise(PyExc_TypeError, `intern() argument must be str, not ${s === Py_None ? 'None' : typeNameOf(s)}`);
  if (i32(s + 8) !== PyUnicode_Type) raise(PyExc_TypeError, `can't intern ${typeNameOf(s)}`);
  return internMortal(Py_NewRef(s));
}
function sys__is_interned(_m: Ref, s: Ref): Ref {
  if (!PyUnicode_Check(s))
    raise(PyExc_TypeError, `_is_interned() argument must be str, not ${s === Py_None ? 'None' : typeNameOf(s)}`);
  return PyBool_FromLong(PyUnicode_CHECK_INTERNED(s) !== 0);
}

// ---- limits -----------------------------------------------------------------------------------------------------------------

function sys_getrecursionlimit(): Ref {
  return PyLong_FromLong(i32(INTERP + PyInterpreterState.ceval_recursion_limit));
}
function sys_setrecursionlimit(_m: Ref, op: Ref): Ref {
  const n = PyLong_AsInt(op);
  if (n < 1) raise(PyExc_ValueError, 'recursion limit must be greater or equal than 1');
  const t = ts();
  const depth = i32(t + PyThreadState.py_recursion_limit) - i32(t + PyThreadState.py_recursion_remaining);
  if (depth >= n) {
    raise(
      PyExc_RecursionError,
      `cannot set the recursion limit to ${n} at the recursion depth ${depth}: the limit is too low`,
    );
  }
  setI32(INTERP + PyInterpreterState.ceval_recursion_limit, n);
  setI32(t + PyThreadState.py_recursion_limit, n);
  setI32(t + PyThreadState.py_recursion_remaining, n - depth);
  return none();
}
function sys_get_int_max_str_digits(): Ref {
  return PyLong_FromLong(i32(MAX_STR_DIGITS));
}
function sys_set_int_max_str_digits(_m: Ref, args: number, nargs: number, kwnames: Ref): Ref {
  const [op] = unpackKeywords(args, nargs, kwnames, {
    fname: 'set_int_max_str_digits',
    keywords: ['maxdigits'],
    required: 1,
  }) as [Ref];
  const n = PyLong_AsInt(op);
  if (n !== 0 && n < 640) raise(PyExc_ValueError, 'maxdigits must be 0 or larger than 640');
  setI32(MAX_STR_DIGITS, n);
  return none();
}
function sys_getswitchinterval(): Ref {
  return PyFloat_FromDouble(0.005);
}
function sys_setswitchinterval(_m: Ref, op: Ref): Ref {
  const v = PyFloat_AsDouble(op);
  if (!(v > 0)) raise(PyExc_ValueError, 'switch interval must be strictly positive');
  return none();
}

// ---- exceptions and hooks ---------------------------------------------------------------------------------------------------

function sys_exception(): Ref {
  const exc = PyErr_GetHandledException();
  return exc === 0 ? none() : exc;
}
function sys_exc_info(): Ref {
  const t = PyTuple_New(3);
  const m = hold(t);
  const exc = PyErr_GetHandledException();
  const tb = exc === 0 ? 0 : exceptionTraceback(exc);
  setPtr(t + 24, Py_NewRef(exc === 0 ? Py_None : i32(exc + 8)));
  setPtr(t + 32, exc === 0 ? none() : exc);
  setPtr(t + 40, Py_NewRef(tb === 0 ? Py_None : tb));
  drop(m);
  return t;
}
function sys_exit(_m: Ref, args: number, nargs: number): Ref {
  _PyArg_CheckPositional('exit', nargs, 0, 1);
  raiseObject(PyExc_SystemExit, nargs === 0 ? 0 : i32(args));
}
function sys_excepthook(_m: Ref, args: number, nargs: number): Ref {
  _PyArg_CheckPositional('excepthook', nargs, 3, 3);
  const value = i32(args + 8);
  const tb = i32(args + 16);
  if (!PyExceptionInstance_Check(value)) {
    writeStderr(`TypeError: print_exception(): Exception expected for value, ${typeNameOf(value)} found\n`);
    return none();
  }
  if (tb !== 0 && i32(tb + 8) === PyTraceBack_Type && exceptionTraceback(value) === 0)
    PyException_SetTraceback(value, tb);
  const text = printException(value);
  if (typeof text === 'string') writeStderr(text);
  return none();
}
function sys_unraisablehook(_m: Ref, op: Ref): Ref {
  const field = (i: number): Ref => i32(op + 24 + (i << 3));
  if (!PyTuple_Check(op) || typeNameOf(op) !== 'sys.UnraisableHookArgs')
    raise(PyExc_TypeError, 'sys.unraisablehook argument type must be UnraisableHookArgs');
  const message = field(3) === Py_None ? '' : asText(field(3));
  writeUnraisable(field(1), message, field(4));
  return none();
}
function sys_displayhook(_m: Ref, op: Ref): Ref {
  const builtins = i32(interpField('builtins'));
  if (op === Py_None) return none();
  PyDict_SetItem(builtins, get_latin1_char(95), Py_None);
  const out = sysObject('stdout');
  if (out === 0 || out === Py_None) raise(PyExc_RuntimeError, 'lost sys.stdout');
  const m = hold(Py_NewRef(out));
  PyFile_WriteObject(op, out, false);
  hold(PyUnicode_FromString('\n'));
  PyFile_WriteObject(i32(m + 8), out, true);
  PyDict_SetItem(builtins, get_latin1_char(95), op);
  release(m);
  return none();
}
function sys_breakpointhook(): Ref {
  raise(PyExc_RuntimeError, 'breakpoint(): no debugger is available here');
}
function sys_settrace(_m: Ref, op: Ref): Ref {
  PySys_Audit('sys.settrace');
  _PyEval_SetTrace(op === Py_None ? 0 : op);
  return none();
}
function sys_setprofile(_m: Ref, op: Ref): Ref {
  PySys_Audit('sys.setprofile');
  _PyEval_SetProfile(op === Py_None ? 0 : op);
  return none();
}
function sys_gettrace(): Ref {
  const fn = i32(ts() + PyThreadState.c_traceobj);
  return fn === 0 ? none() : Py_NewRef(fn);
}
function sys_getprofile(): Ref {
  const fn = i32(ts() + PyThreadState.c_profileobj);
  return fn === 0 ? none() : Py_NewRef(fn);
}
function sys_call_tracing(_m: Ref, args: number, nargs: number): Ref {
  _PyArg_CheckPositional('call_tracing', nargs, 2, 2);
  if (!PyTuple_Check(i32(args + 8)))
    raise(PyExc_TypeError, `call_tracing() argument 2 must be tuple, not ${typeNameOf(i32(args + 8))}`);
  return _PyEval_CallTracing(() => PyObject_Call(i32(args), i32(args + 8), 0));
}
function sys_addaudithook(_m: Ref, args: number, nargs: number, kwnames: Ref): Ref {
  const [hook] = unpackKeywords(args, nargs, kwnames, { fname: 'addaudithook', keywords: ['hook'], required: 1 }) as [
    Ref,
  ];
  const slot = interpField('audit_hooks');
  const mark = nativeMark();
  try {
    PySys_Audit('sys.addaudithook');
  } catch (e) {
    // a hook may refuse others silently
    swallow(e, PyExc_RuntimeError, mark);
    return none();
  }
  if (i32(slot) === 0) setPtr(slot, PyList_New(0));
  PyList_Append(i32(slot), hook);
  return none();
}
function sys_audit(_m: Ref, args: number, nargs: number): Ref {
  if (nargs === 0) raise(PyExc_TypeError, 'audit expected at least 1 argument, got 0');
  if (!PyUnicode_Check(i32(args)))
    raise(PyExc_TypeError, `expected str for argument 'event', not ${typeNameOf(i32(args))}`);
  if (i32(interpField('audit_hooks')) === 0) return none();
  const rest = PyTuple_New(nargs - 1);
  const m = hold(rest);
  for (let i = 1; i < nargs; i++) setPtr(rest + 16 + (i << 3), Py_NewRef(i32(args + (i << 3))));
  runAuditHooks(i32(args), rest);
  release(m);
  return none();
}

// ---- frames -----------------------------------------------------------------------------------------------------------------

/** The complete Python frame `depth` levels out, or 0. */
function frameAt(depth: number): number {
  let fp = currentFrame();
  for (let d = depth; fp !== 0 && d > 0; d--) fp = vm.completeFrame(i32(fp + 8));
  return fp;
}
function depthArgument(name: string, args: number, nargs: number): number {
  _PyArg_CheckPositional(name, nargs, 0, 1);
  return nargs === 0 ? 0 : PyLong_AsInt(i32(args));
}
function sys__getframe(_m: Ref, args: number, nargs: number): Ref {
  const fp = frameAt(depthArgument('_getframe', args, nargs));
  if (fp === 0) raise(PyExc_ValueError, 'call stack is not deep enough');
  const m = hold(Py_NewRef(vm.frameObject(fp)));
  PySys_Audit('sys._getframe', i32(m));
  const frame = i32(m);
  drop(m);
  return frame;
}
function sys__getframemodulename(_m: Ref, args: number, nargs: number, kwnames: Ref): Ref {
  const [d] = unpackKeywords(args, nargs, kwnames, { fname: '_getframemodulename', keywords: ['depth'] }) as [Ref];
  const depth = d === 0 ? 0 : PyLong_AsInt(d);
  const m = hold(PyLong_FromLong(depth));
  PySys_Audit('sys._getframemodulename', i32(m));
  release(m);
  const fp = frameAt(depth);
  if (fp === 0) return none();
  const func = i32(fp + 16);
  const name = func === 0 ? 0 : i32(func + PyFunctionObject.func_module);
  return name === 0 ? none() : Py_NewRef(name);
}
function sys__current_frames(): Ref {
  PySys_Audit('sys._current_frames');
  const dict = PyDict_New();
  const m = hold(dict);
  const id = hold(PyLong_FromLong(ts()));
  const fp = currentFrame();
  if (fp !== 0) PyDict_SetItem(dict, i32(id), vm.frameObject(fp));
  Py_NewRef(dict);
  release(m);
  return dict;
}
function sys__current_exceptions(): Ref {
  PySys_Audit('sys._current_exceptions');
  const dict = PyDict_New();
  const m = hold(dict);
  const id = hold(PyLong_FromLong(ts()));
  const exc = hold(sys_exception());
  PyDict_SetItem(dict, i32(id), i32(exc));
  Py_NewRef(dict);
  release(m);
  return dict;
}

// ---- generators' hooks ------------------------------------------------------------------------------------------------------

function sys_get_coroutine_origin_tracking_depth(): Ref {
  return PyLong_FromLong(i32(ts() + PyThreadState.coroutine_origin_tracking_depth));
}
function sys_set_coroutine_origin_tracking_depth(_m: Ref, args: number, nargs: number, kwnames: Ref): Ref {
  const [d] = unpackKeywords(args, nargs, kwnames, {
    fname: 'set_coroutine_origin_tracking_depth',
    keywords: ['depth'],
    required: 1,
  }) as [Ref];
  const n = PyLong_AsInt(d);
  if (n < 0) raise(PyExc_ValueError, 'depth must be >= 0');
  setI32(ts() + PyThreadState.coroutine_origin_tracking_depth, n);
  return none();
}
function setHook(slot: number, value: Ref, what: string): void {
  if (value === 0) return;
  if (value !== Py_None && !PyCallable_Check(value))
    raise(PyExc_TypeError, `callable ${what} expected, got ${typeNameOf(value)}`);
  const old = i32(slot);
  setPtr(slot, value === Py_None ? 0 : Py_NewRef(value));
  if (old !== 0) Py_DECREF(old);
}
function sys_set_asyncgen_hooks(_m: Ref, args: Ref, kwds: Ref): Ref {
  const [firstiter, finalizer] = unpackTupleAndDict(args, kwds, { keywords: ['firstiter', 'finalizer'] }) as [Ref, Ref];
  setHook(ts() + PyThreadState.async_gen_finalizer, finalizer, 'finalizer');
  setHook(ts() + PyThreadState.async_gen_firstiter, firstiter, 'firstiter');
  return none();
}
function sys_get_asyncgen_hooks(): Ref {
  const res = PyStructSequence_New(SysAsyncGenHooks_Type);
  const first = i32(ts() + PyThreadState.async_gen_firstiter);
  const fin = i32(ts() + PyThreadState.async_gen_finalizer);
  setPtr(res + 24, first === 0 ? none() : Py_NewRef(first));
  setPtr(res + 32, fin === 0 ? none() : Py_NewRef(fin));
  return res;
}

// ---- the rest -----------------------------------------------------------------------------------------------------------------

const text = (s: string) => (): Ref => PyUnicode_InternFromString(s);
const constant = (n: number) => (): Ref => PyLong_FromLong(n);
function sys_is_finalizing(): Ref {
  return PyBool_FromLong(i32(INTERP + PyInterpreterState._finalizing) !== 0);
}
function sys__clear_type_cache(): Ref {
  PyType_ClearCache();
  return none();
}
function noneNow(): Ref {
  return none();
}
function noTrampoline(): Ref {
  raise(PyExc_ValueError, 'perf trampoline not available');
}
function sys__is_gil_enabled(): Ref {
  return PyBool_FromLong(true);
}
function sys_is_stack_trampoline_active(): Ref {
  return PyBool_FromLong(false);
}
function sys__baserepl(): Ref {
  raise(PyExc_RuntimeError, 'sys._baserepl() is not implemented');
}

const m = (name: string, flags: number, fn: MethodSpec['fn'], doc?: string): MethodSpec =>
  doc === undefined ? { name, flags, fn } : { name, flags, fn, doc };

export const sysMethods: readonly MethodSpec[] = [
  m('addaudithook', FASTKW, sys_addaudithook, 'addaudithook($module, /, hook)\n--\n\nAdds a new audit hook callback.'),
  m(
    'audit',
    FAST,
    sys_audit,
    'audit($module, event, /, *args)\n--\n\nPasses the event to any hooks that are attached.',
  ),
  m(
    'breakpointhook',
    FASTKW,
    sys_breakpointhook,
    'breakpointhook($module, /, *args, **kwargs)\n--\n\nThis hook function is called by built-in breakpoint().',
  ),
  m(
    '_clear_internal_caches',
    METH_NOARGS,
    noneNow,
    '_clear_internal_caches($module, /)\n--\n\nClear all internal performance-related caches.',
  ),
  m(
    '_clear_type_cache',
    METH_NOARGS,
    sys__clear_type_cache,
    '_clear_type_cache($module, /)\n--\n\nClear the internal type lookup cache.',
  ),
  m(
    '_current_frames',
    METH_NOARGS,
    sys__current_frames,
    "_current_frames($module, /)\n--\n\nReturn a dict mapping each thread's thread id to its current stack frame.",
  ),
  m(
    '_current_exceptions',
    METH_NOARGS,
    sys__current_exceptions,
    "_current_exceptions($module, /)\n--\n\nReturn a dict mapping each thread's identifier to its current raised exception.",
  ),
  m(
    'displayhook',
    METH_O,
    sys_displayhook,
    'displayhook($module, object, /)\n--\n\nPrint an object to sys.stdout and also save it in builtins._',
  ),
  m('exception', METH_NOARGS, sys_exception, 'exception($module, /)\n--\n\nReturn the current exception.'),
  m(
    'exc_info',
    METH_NOARGS,
    sys_exc_info,
    'exc_info($module, /)\n--\n\nReturn current exception information: (type, value, traceback).',
  ),
  m(
    'excepthook',
    FAST,
    sys_excepthook,
    'excepthook($module, exctype, value, traceback, /)\n--\n\nHandle an exception by displaying it with a traceback on sys.stderr.',
  ),
  m('exit', FAST, sys_exit, 'exit($module, status=None, /)\n--\n\nExit the interpreter by raising SystemExit(status).'),
  m(
    'getdefaultencoding',
    METH_NOARGS,
    text('utf-8'),
    'getdefaultencoding($module, /)\n--\n\nReturn the current default encoding used by the Unicode implementation.',
  ),
  m('getdlopenflags', METH_NOARGS, constant(2)),
  m(
    'getallocatedblocks',
    METH_NOARGS,
    sys_getallocatedblocks,
    'getallocatedblocks($module, /)\n--\n\nReturn the number of memory blocks currently allocated.',
  ),
  m(
    'getunicodeinternedsize',
    FASTKW,
    sys_getunicodeinternedsize,
    'getunicodeinternedsize($module, /, *, _only_immortal=False)\n--\n\nReturn the number of elements of the unicode interned dictionary',
  ),
  m('getfilesystemencoding', METH_NOARGS, text('utf-8')),
  m('getfilesystemencodeerrors', METH_NOARGS, text('surrogateescape')),
  m(
    'getrefcount',
    METH_O,
    sys_getrefcount,
    'getrefcount($module, object, /)\n--\n\nReturn the reference count of object.\n\nThe count returned is generally one higher than you might expect,\nbecause it includes the (temporary) reference as an argument to\ngetrefcount().',
  ),
  m('getrecursionlimit', METH_NOARGS, sys_getrecursionlimit),
  m(
    'getsizeof',
    METH_VARARGS | METH_KEYWORDS,
    sys_getsizeof,
    'getsizeof(object [, default]) -> int\n\nReturn the size of object in bytes.',
  ),
  m(
    '_getframe',
    FAST,
    sys__getframe,
    '_getframe($module, depth=0, /)\n--\n\nReturn a frame object from the call stack.',
  ),
  m('_getframemodulename', FASTKW, sys__getframemodulename),
  m('intern', METH_O, sys_intern, "intern($module, string, /)\n--\n\n``Intern'' the given string."),
  m('_is_interned', METH_O, sys__is_interned),
  m('is_finalizing', METH_NOARGS, sys_is_finalizing),
  m('setswitchinterval', METH_O, sys_setswitchinterval),
  m('getswitchinterval', METH_NOARGS, sys_getswitchinterval),
  m('setdlopenflags', METH_O, noneNow),
  m('setprofile', METH_O, sys_setprofile),
  m('_setprofileallthreads', METH_O, sys_setprofile),
  m('getprofile', METH_NOARGS, sys_getprofile),
  m('setrecursionlimit', METH_O, sys_setrecursionlimit),
  m('settrace', METH_O, sys_settrace),
  m('_settraceallthreads', METH_O, sys_settrace),
  m('gettrace', METH_NOARGS, sys_gettrace),
  m('call_tracing', FAST, sys_call_tracing),
  m('_debugmallocstats', METH_NOARGS, sys__debugmallocstats),
  m('set_coroutine_origin_tracking_depth', FASTKW, sys_set_coroutine_origin_tracking_depth),
  m('get_coroutine_origin_tracking_depth', METH_NOARGS, sys_get_coroutine_origin_tracking_depth),
  m('set_asyncgen_hooks', METH_VARARGS | METH_KEYWORDS, sys_set_asyncgen_hooks),
  m('get_asyncgen_hooks', METH_NOARGS, sys_get_asyncgen_hooks),
  m('activate_stack_trampoline', METH_O, noTrampoline),
  m('deactivate_stack_trampoline', METH_NOARGS, noneNow),
  m('is_stack_trampoline_active', METH_NOARGS, sys_is_stack_trampoline_active),
  m(
    'unraisablehook',
    METH_O,
    sys_unraisablehook,
    'unraisablehook($module, unraisable, /)\n--\n\nHandle an unraisable exception.',
  ),
  m('get_int_max_str_digits', METH_NOARGS, sys_get_int_max_str_digits),
  m('set_int_max_str_digits', FASTKW, sys_set_int_max_str_digits),
  m('_baserepl', METH_NOARGS, sys__baserepl),
  m('_get_cpu_count_config', METH_NOARGS, constant(-1)),
  m('_is_gil_enabled', METH_NOARGS, sys__is_gil_enabled),
];
