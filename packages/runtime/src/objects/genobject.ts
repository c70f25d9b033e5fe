/**
 * Generators and coroutines: objects whose frame lies inside them. Mirrors Objects/genobject.c.
 * Asynchronous generators have their own file (asyncgenobject.ts).
 */
import {
  CO_ASYNC_GENERATOR,
  CO_COROUTINE,
  CO_GENERATOR,
  CO_ITERABLE_COROUTINE,
  FRAME_CLEARED,
  FRAME_COMPLETED,
  FRAME_CREATED,
  FRAME_EXECUTING,
  FRAME_SUSPENDED,
  FRAME_SUSPENDED_YIELD_FROM,
  METH_FASTCALL,
  METH_NOARGS,
  METH_O,
  Py_TPFLAGS_DEFAULT,
  Py_TPFLAGS_HAVE_GC,
  PyAsyncMethods,
  PyCodeObject,
  PyFunctionObject,
  PyGenObject,
  PyThreadState,
  PyTypeObject,
} from '@moult/abi';
import { gc_alloc, PyObject_GC_Del } from '../gc/alloc.ts';
import { frameFreed } from '../gc/framecount.ts';
import { _PyObject_GC_TRACK, PyObject_GC_Track, PyObject_GC_UnTrack } from '../gc/track.ts';
import { CURRENT_TSTATE, i32, mem, POLICY, setI32, setPtr, setU8, u8 } from '../memory/linear.ts';
import { text } from '../memory/text.ts';
import { PyIter_Check } from './abstract.ts';
import { callFunction } from './call.ts';
import {
  catchPending,
  chainContext,
  PENDING,
  PyErr_Clear,
  PyErr_ExceptionMatches,
  PyErr_GetRaisedException,
  PyErr_Occurred,
  PyErr_SetObject,
  PyErr_SetRaisedException,
  raise,
  raiseNone,
} from './errors.ts';
import { PyObject_CallFinalizerFromDealloc } from './finalize.ts';
import { isBorrowed } from './frameslots.ts';
import {
  _gen_throw,
  _PyGen_FetchStopIterationValue,
  _PyGen_SetStopIterationValue,
  _PyGen_yf,
  gen_close_iter,
} from './genthrow.ts';
import { PyLong_FromLong } from './longobject.ts';
import {
  drop,
  hold,
  nativeMark,
  Py_CLEAR,
  Py_DECREF,
  Py_NewRef,
  Py_XSETREF,
  PyUnicode_Check,
  type Ref,
  release,
  typeNameOf,
} from './object.ts';
import { PyObject_GenericGetAttr, PyObject_SelfIter } from './objectattr.ts';
import type { TypeSpec } from './spec.ts';
import {
  _PyCoroWrapper_Type,
  Py_False,
  Py_None,
  Py_True,
  PyAsyncGen_Type,
  PyCoro_Type,
  PyExc_DeprecationWarning,
  PyExc_GeneratorExit,
  PyExc_RuntimeError,
  PyExc_RuntimeWarning,
  PyExc_StopAsyncIteration,
  PyExc_StopIteration,
  PyExc_TypeError,
  PyExc_ValueError,
  PyGen_Type,
} from './static.ts';
import { asText, PyUnicode_FromString } from './unicodeobject.ts';
import { PyErr_WriteUnraisable } from './unraisable.ts';
import { vm } from './vmlink.ts';
import { PyErr_WarnText } from './warnings.ts';
import { PyObject_ClearWeakRefs } from './weakrefobject.ts';
import { warningsAttribute } from './warnfilter.ts';

export { _PyGen_FetchStopIterationValue, _PyGen_SetStopIterationValue, _PyGen_yf, _gen_throw } from './genthrow.ts';

export const G = PyGenObject;

export function frameState(gen: Ref): number {
  return mem.getInt8(gen + G.gi_frame_state);
}

export function setFrameState(gen: Ref, state: number): void {
  setU8(gen + G.gi_frame_state, state & 0xff);
}

export function genCode(gen: Ref): Ref {
  return i32(gen + G.gi_iframe);
}

const isAsyncGen = (op: Ref): boolean => i32(op + 8) === PyAsyncGen_Type;

export const isCoro = (op: Ref): boolean => i32(op + 8) === PyCoro_Type;

/** _Py_MakeCoro: the empty generator, coroutine or async generator for a call of `func`; its frame is filled by the caller. */
export function _Py_MakeCoro(func: Ref): Ref {
  const code = i32(func + PyFunctionObject.func_code);
  const flags = i32(code + PyCodeObject.co_flags) & (CO_GENERATOR | CO_COROUTINE | CO_ASYNC_GENERATOR);
  const type = flags === CO_COROUTINE ? PyCoro_Type : flags === CO_ASYNC_GENERATOR ? PyAsyncGen_Type : PyGen_Type;
  const slots = i32(code + PyCodeObject.co_nlocalsplus) + i32(code + PyCodeObject.co_stacksize);
  const gen = gc_alloc(type, i32(type + PyTypeObject.tp_basicsize) + slots * 8);
  setPtr(gen, 1);
  setPtr(gen + 8, type);
  setPtr(gen + G.gi_iframe, 0);
  setPtr(gen + G.gi_weakreflist, 0);
  setPtr(gen + G.gi_exc_state, 0);
  setPtr(gen + G.gi_exc_state_previous_item, 0);
  setPtr(gen + G.gi_origin_or_finalizer, 0);
  setPtr(gen + G.gi_hooks_inited, 0);
  setFrameState(gen, FRAME_CLEARED);
  setPtr(gen + G.gi_name, Py_NewRef(i32(func + PyFunctionObject.func_name)));
  setPtr(gen + G.gi_qualname, Py_NewRef(i32(func + PyFunctionObject.func_qualname)));
  _PyObject_GC_TRACK(gen);
  return gen;
}

export function gen_traverse(gen: Ref, visit: (op: Ref, arg: number) => void, arg: number): void {
  const v = (slot: number): void => {
    const op = i32(slot);
    if (op !== 0) visit(op, arg);
  };
  v(gen + G.gi_name);
  v(gen + G.gi_qualname);
  if (frameState(gen) < FRAME_CLEARED) {
    const fp = gen + G.gi_iframe;
    v(fp + 48);
    v(fp + 40);
    v(fp + 16);
    v(fp);
    // While it executes, CPython's frame has no stack top: nothing of it is visited.
    const n = frameState(gen) === FRAME_EXECUTING ? 0 : i32(fp + 64);
    for (let i = 0; i < n; i++) if (!isBorrowed(fp + 72 + (i << 3))) v(fp + 72 + (i << 3));
  } else v(gen + G.gi_iframe);
  v(gen + G.gi_exc_state);
  if (isAsyncGen(gen) || isCoro(gen)) v(gen + G.gi_origin_or_finalizer);
}

/** The finalizer: an async generator's hook, the warning of a coroutine never awaited, or close(). */
export function _PyGen_Finalize(gen: Ref): void {
  const state = frameState(gen);
  if (state >= FRAME_COMPLETED) return;
  if (isAsyncGen(gen)) {
    const finalizer = i32(gen + G.gi_origin_or_finalizer);
    if (finalizer !== 0 && u8(gen + G.gi_closed) === 0) {
      const exc = PyErr_GetRaisedException();
      const m = hold(exc);
      const mark = nativeMark();
      try {
        Py_DECREF(callFunction(finalizer, gen));
      } catch (e) {
        catchPending(e, mark);
        PyErr_WriteUnraisable(gen);
      }
      drop(m);
      PyErr_SetRaisedException(exc);
      return;
    }
  }
  const exc = PyErr_GetRaisedException();
  const m = hold(exc);
  const flags = i32(genCode(gen) + PyCodeObject.co_flags);
  const mark = nativeMark();
  try {
    if ((flags & CO_COROUTINE) !== 0 && state === FRAME_CREATED) _PyErr_WarnUnawaitedCoroutine(gen);
    else Py_DECREF(gen_close(gen));
  } catch (e) {
    catchPending(e, mark);
    if (PyErr_Occurred()) PyErr_WriteUnraisable(gen);
  }
  drop(m);
  PyErr_SetRaisedException(exc);
}

/** By warnings._warn_unawaited_coroutine where there is one; a RuntimeWarning that it raises is the answer. */
function _PyErr_WarnUnawaitedCoroutine(coro: Ref): void {
  const mark = nativeMark();
  let warn = 0;
  try {
    warn = warningsAttribute('_warn_unawaited_coroutine', true);
    if (warn !== 0) {
      hold(warn);
      Py_DECREF(callFunction(warn, coro));
      release(mark);
      return;
    }
  } catch (e) {
    catchPending(e, mark);
    if (warn !== 0 && PyErr_ExceptionMatches(PyExc_RuntimeWarning)) throw e;
    PyErr_WriteUnraisable(coro);
  }
  PyErr_WarnText(PyExc_RuntimeWarning, `coroutine '${asText(i32(coro + G.gi_qualname))}' was never awaited`, 1, coro);
}

export function gen_dealloc(gen: Ref): void {
  PyObject_GC_UnTrack(gen);
  if (i32(gen + G.gi_weakreflist) !== 0) PyObject_ClearWeakRefs(gen);
  _PyObject_GC_TRACK(gen);
  if (PyObject_CallFinalizerFromDealloc(gen)) return;
  PyObject_GC_UnTrack(gen);
  if (isAsyncGen(gen)) Py_CLEAR(gen + G.gi_origin_or_finalizer);
  if (frameState(gen) !== FRAME_CLEARED) {
    const fp = gen + G.gi_iframe;
    setFrameState(gen, FRAME_CLEARED);
    setPtr(fp + 8, 0);
    vm.clearFrame(fp);
    if (i32(POLICY) < 311) frameFreed(i32(fp));
  }
  Py_CLEAR(gen + G.gi_iframe);
  if (isCoro(gen)) Py_CLEAR(gen + G.gi_origin_or_finalizer);
  Py_CLEAR(gen + G.gi_name);
  Py_CLEAR(gen + G.gi_qualname);
  Py_CLEAR(gen + G.gi_exc_state);
  PyObject_GC_Del(gen);
}

/** Is the generator suspended in an except clause? */
function handles(gen: Ref): boolean {
  const value = i32(gen + G.gi_exc_state);
  return value !== 0 && value !== Py_None;
}

/** How a run of the generator ended. */
export const PYGEN_RETURN = 0;

export const PYGEN_NEXT = 1;

/**
 * gen_send_ex2: resumes with `arg` (0: None, or the pending exception when `throwing`). Returns the yielded value, or
 * the returned one negated (as -address); throws on error. `closing`: the pending exception is GeneratorExit from close().
 */
export function gen_send_ex2(gen: Ref, arg: Ref, throwing: boolean): number {
  const state = frameState(gen);
  const fp = gen + G.gi_iframe;
  if (state === FRAME_CREATED && arg !== 0 && arg !== Py_None) {
    const what = isCoro(gen) ? 'coroutine' : isAsyncGen(gen) ? 'async generator' : 'generator';
    raise(PyExc_TypeError, `can't send non-None value to a just-started ${what}`);
  }
  if (state === FRAME_EXECUTING) {
    const what = isCoro(gen) ? 'coroutine' : isAsyncGen(gen) ? 'async generator' : 'generator';
    raise(PyExc_ValueError, `${what} already executing`);
  }
  if (state >= FRAME_COMPLETED) {
    if (isCoro(gen) && !throwing) raise(PyExc_RuntimeError, 'cannot reuse already awaited coroutine');
    if (throwing) throw PENDING;
    return arg !== 0 && !isAsyncGen(gen) ? -Py_NewRef(Py_None) : 0;
  }
  const value = arg === 0 ? Py_None : arg;
  const top = i32(fp + 64);
  setPtr(fp + 72 + (top << 3), Py_NewRef(value));
  setI32(fp + 64, top + 1);
  const tstate = i32(CURRENT_TSTATE);
  setPtr(gen + G.gi_exc_state_previous_item, i32(tstate + PyThreadState.exc_info));
  setPtr(tstate + PyThreadState.exc_info, gen + G.gi_exc_state);
  setFrameState(gen, FRAME_EXECUTING);
  // what the caller handles is no context of it; what the generator itself does is
  if (throwing && handles(gen)) chainContext(i32(tstate + PyThreadState.current_exception));
  // as in C, the caller keeps the generator alive
  const result = vm.resumeFrame(fp, throwing);
  const suspended = frameState(gen) < FRAME_EXECUTING;
  const none = result === Py_None && !suspended && arg === 0 && !isAsyncGen(gen);
  if (suspended) return result;
  if (none) {
    Py_DECREF(result);
    return 0;
  }
  return -result;
}

/** A value came (> 0), or StopIteration is to be set (≤ 0): gen_send_ex. */
export function gen_send_ex(gen: Ref, arg: Ref, throwing: boolean): Ref {
  const r = gen_send_ex2(gen, arg, throwing);
  if (r > 0) return r;
  if (isAsyncGen(gen)) {
    if (r !== 0) Py_DECREF(-r);
    raiseNone(PyExc_StopAsyncIteration);
  }
  if (r === -Py_None) Py_DECREF(Py_None);
  if (r === 0 || r === -Py_None) raiseNone(PyExc_StopIteration);
  const m = hold(-r);
  _PyGen_SetStopIterationValue(-r);
  release(m);
  throw PENDING;
}

export function gen_send(gen: Ref, arg: Ref): Ref {
  return gen_send_ex(gen, arg, false);
}

export function gen_iternext(gen: Ref): Ref {
  const r = gen_send_ex2(gen, 0, false);
  if (r > 0) return r;
  if (r === -Py_None) Py_DECREF(Py_None);
  if (r === 0 || r === -Py_None) return 0;
  const m = hold(-r);
  _PyGen_SetStopIterationValue(-r);
  release(m);
  throw PENDING;
}

/** am_send: the value yielded, or the one returned negated. */
export function PyGen_am_send(gen: Ref, arg: Ref): number {
  const r = gen_send_ex2(gen, arg, false);
  return r === 0 ? -Py_NewRef(Py_None) : r;
}

/** Is the frame suspended where closing needs no Python code: a yield that no handler but the outermost covers? */
export function gen_close(gen: Ref): Ref {
  const state = frameState(gen);
  if (state === FRAME_CREATED) {
    setFrameState(gen, FRAME_COMPLETED);
    return Py_NewRef(Py_None);
  }
  if (state >= FRAME_COMPLETED) return Py_NewRef(Py_None);
  const yf = _PyGen_yf(gen);
  let failed = false;
  if (yf !== 0) {
    const m = hold(yf);
    setFrameState(gen, FRAME_EXECUTING);
    const mark = nativeMark();
    try {
      gen_close_iter(yf);
    } catch (e) {
      catchPending(e, mark);
      failed = true;
    }
    setFrameState(gen, state);
    const exc = PyErr_GetRaisedException();
    release(m);
    PyErr_SetRaisedException(exc);
  }
  if (!failed && vm.closeQuietly(gen + G.gi_iframe)) {
    // nothing in the generator would notice: its locals are just cleared, the function stays
    setFrameState(gen, FRAME_COMPLETED);
    vm.clearFrameLocals(gen + G.gi_iframe);
    return Py_NewRef(Py_None);
  }
  if (!failed) PyErr_SetObject(PyExc_GeneratorExit, 0);
  let r: number;
  const mark = nativeMark();
  try {
    r = gen_send_ex2(gen, Py_None, true);
  } catch (e) {
    catchPending(e, mark);
    if (PyErr_ExceptionMatches(PyExc_StopIteration)) {
      return _PyGen_FetchStopIterationValue();
    }
    if (PyErr_ExceptionMatches(PyExc_GeneratorExit)) {
      PyErr_Clear();
      return Py_NewRef(Py_None);
    }
    throw e;
  }
  if (r > 0) {
    Py_DECREF(r);
    const what = isCoro(gen) ? 'coroutine' : isAsyncGen(gen) ? 'async generator' : 'generator';
    raise(PyExc_RuntimeError, `${what} ignored GeneratorExit`);
  }
  return r === 0 ? Py_NewRef(Py_None) : -r;
}

export function gen_throw(gen: Ref, args: number, nargs: number): Ref {
  if (nargs < 1 || nargs > 3) {
    raise(
      PyExc_TypeError,
      nargs < 1
        ? `throw expected at least 1 argument, got ${nargs}`
        : `throw expected at most 3 arguments, got ${nargs}`,
    );
  }
  if (nargs > 1) {
    PyErr_WarnText(
      PyExc_DeprecationWarning,
      'the (type, exc, tb) signature of throw() is deprecated, use the single-arg signature instead.',
      1,
    );
  }
  return _gen_throw(gen, true, i32(args), nargs > 1 ? i32(args + 8) : 0, nargs > 2 ? i32(args + 16) : 0);
}

export function gen_repr(gen: Ref): Ref {
  const kind = isCoro(gen) ? 'coroutine' : isAsyncGen(gen) ? 'async_generator' : 'generator';
  return PyUnicode_FromString(`<${kind} object ${asText(i32(gen + G.gi_qualname))} at 0x${gen.toString(16)}>`);
}

export function nameGetSet(): TypeSpec['getset'] {
  return [
    { name: '__name__', get: gen_get_name, set: gen_set_name },
    { name: '__qualname__', get: gen_get_qualname, set: gen_set_qualname },
  ];
}

function gen_get_name(gen: Ref): Ref {
  return Py_NewRef(i32(gen + G.gi_name));
}

function gen_set_name(gen: Ref, value: Ref): void {
  if (value === 0 || !PyUnicode_Check(value)) raise(PyExc_TypeError, '__name__ must be set to a string object');
  Py_XSETREF(gen + G.gi_name, Py_NewRef(value));
}

function gen_get_qualname(gen: Ref): Ref {
  return Py_NewRef(i32(gen + G.gi_qualname));
}

function gen_set_qualname(gen: Ref, value: Ref): void {
  if (value === 0 || !PyUnicode_Check(value)) raise(PyExc_TypeError, '__qualname__ must be set to a string object');
  Py_XSETREF(gen + G.gi_qualname, Py_NewRef(value));
}

export function gen_getyieldfrom(gen: Ref): Ref {
  const yf = _PyGen_yf(gen);
  return yf === 0 ? Py_NewRef(Py_None) : yf;
}

export function gen_getrunning(gen: Ref): Ref {
  return Py_NewRef(frameState(gen) === FRAME_EXECUTING ? Py_True : Py_False);
}

export function gen_getsuspended(gen: Ref): Ref {
  const s = frameState(gen);
  return Py_NewRef(s === FRAME_SUSPENDED || s === FRAME_SUSPENDED_YIELD_FROM ? Py_True : Py_False);
}

export function gen_getframe(gen: Ref): Ref {
  if (frameState(gen) >= FRAME_COMPLETED) return Py_NewRef(Py_None);
  return Py_NewRef(vm.frameObject(gen + G.gi_iframe));
}

export function gen_getcode(gen: Ref): Ref {
  return Py_NewRef(genCode(gen));
}

export function gen_sizeof(gen: Ref): Ref {
  const code = genCode(gen);
  return PyLong_FromLong(
    i32(i32(gen + 8) + PyTypeObject.tp_basicsize) +
      (i32(code + PyCodeObject.co_nlocalsplus) + i32(code + PyCodeObject.co_stacksize)) * 8,
  );
}

const genSizeof = { name: '__sizeof__', flags: METH_NOARGS, fn: gen_sizeof };

/** What `await o` iterates: the coroutine itself, or o.__await__(). */
export function _PyCoro_GetAwaitableIter(o: Ref): Ref {
  const type = i32(o + 8);
  if (type === PyCoro_Type || isIterableCoroutine(o)) return Py_NewRef(o);
  const table = i32(type + PyTypeObject.tp_as_async);
  const getter = table === 0 ? 0 : i32(table + PyAsyncMethods.am_await);
  if (getter !== 0) {
    const res = (text[getter] as (op: Ref) => Ref)(o);
    if (i32(res + 8) === PyCoro_Type || isIterableCoroutine(res)) {
      hold(res);
      raise(PyExc_TypeError, '__await__() returned a coroutine');
    }
    if (!PyIter_Check(res)) {
      hold(res);
      raise(PyExc_TypeError, `__await__() returned non-iterator of type '${typeNameOf(res)}'`);
    }
    return res;
  }
  raise(PyExc_TypeError, `object ${typeNameOf(o)} can't be used in 'await' expression`);
}

function isIterableCoroutine(o: Ref): boolean {
  return i32(o + 8) === PyGen_Type && (i32(genCode(o) + PyCodeObject.co_flags) & CO_ITERABLE_COROUTINE) !== 0;
}

function coro_await(coro: Ref): Ref {
  const w = gc_alloc(_PyCoroWrapper_Type, 24);
  setPtr(w, 1);
  setPtr(w + 8, _PyCoroWrapper_Type);
  setPtr(w + 16, Py_NewRef(coro));
  PyObject_GC_Track(w);
  return w;
}

function coro_get_origin(coro: Ref): Ref {
  const origin = i32(coro + G.gi_origin_or_finalizer);
  return Py_NewRef(origin === 0 ? Py_None : origin);
}

const send = { name: 'send', flags: METH_O, fn: gen_send };

const throwMethod = { name: 'throw', flags: METH_FASTCALL, fn: gen_throw };

export const close = { name: 'close', flags: METH_NOARGS, fn: gen_close };

const FLAGS = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC;

export const genSpec: TypeSpec = {
  address: PyGen_Type,
  name: 'generator',
  basicsize: 72 + 72,
  itemsize: 8,
  flags: FLAGS,
  weaklistoffset: G.gi_weakreflist,
  slots: {
    tp_dealloc: gen_dealloc,
    tp_repr: gen_repr,
    tp_getattro: PyObject_GenericGetAttr,
    tp_traverse: gen_traverse,
    tp_iter: PyObject_SelfIter,
    tp_iternext: gen_iternext,
    tp_finalize: _PyGen_Finalize,
    am_send: PyGen_am_send,
  },
  methods: [send, throwMethod, close, genSizeof],
  getset: [
    ...(nameGetSet() ?? []),
    { name: 'gi_yieldfrom', get: gen_getyieldfrom },
    { name: 'gi_running', get: gen_getrunning },
    { name: 'gi_frame', get: gen_getframe },
    { name: 'gi_suspended', get: gen_getsuspended },
    { name: 'gi_code', get: gen_getcode },
  ],
};

export const coroSpec: TypeSpec = {
  address: PyCoro_Type,
  name: 'coroutine',
  basicsize: 72 + 72,
  itemsize: 8,
  flags: FLAGS,
  weaklistoffset: G.gi_weakreflist,
  slots: {
    tp_dealloc: gen_dealloc,
    tp_repr: gen_repr,
    tp_getattro: PyObject_GenericGetAttr,
    tp_traverse: gen_traverse,
    tp_finalize: _PyGen_Finalize,
    am_await: coro_await,
    am_send: PyGen_am_send,
  },
  methods: [send, throwMethod, close, genSizeof],
  getset: [
    ...(nameGetSet() ?? []),
    { name: 'cr_await', get: gen_getyieldfrom },
    { name: 'cr_running', get: gen_getrunning },
    { name: 'cr_frame', get: gen_getframe },
    { name: 'cr_code', get: gen_getcode },
    { name: 'cr_suspended', get: gen_getsuspended },
    { name: 'cr_origin', get: coro_get_origin },
  ],
};

const inner = (w: Ref): Ref => i32(w + 16);

function wrapper_dealloc(w: Ref): void {
  PyObject_GC_UnTrack(w);
  Py_CLEAR(w + 16);
  PyObject_GC_Del(w);
}

export const coroWrapperSpec: TypeSpec = {
  address: _PyCoroWrapper_Type,
  name: 'coroutine_wrapper',
  basicsize: 24,
  flags: FLAGS,
  doc: 'A wrapper object implementing __await__ for coroutines.',
  slots: {
    tp_dealloc: wrapper_dealloc,
    tp_getattro: PyObject_GenericGetAttr,
    tp_traverse: (w: Ref, visit: (op: Ref, arg: number) => void, arg: number) => {
      if (inner(w) !== 0) visit(inner(w), arg);
    },
    tp_iter: PyObject_SelfIter,
    tp_iternext: (w: Ref) => gen_iternext(inner(w)),
  },
  methods: [
    { name: 'send', flags: METH_O, fn: (w: Ref, v: Ref) => gen_send(inner(w), v) },
    { name: 'throw', flags: METH_FASTCALL, fn: (w: Ref, a: number, n: number) => gen_throw(inner(w), a, n) },
    { name: 'close', flags: METH_NOARGS, fn: (w: Ref) => gen_close(inner(w)) },
  ],
};

export { _PyAsyncGenValueWrapperNew } from './asyncgenobject.ts';
