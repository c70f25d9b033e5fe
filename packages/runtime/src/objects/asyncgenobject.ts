/** Asynchronous generators and what drives them: asend, athrow, aclose, wrapped values. Mirrors Objects/genobject.c. */
import {
  METH_FASTCALL,
  METH_NOARGS,
  METH_VARARGS,
  METH_O,
  PyAsyncGenASend,
  PyAsyncGenAThrow,
  PyAsyncGenObject,
  PyInterpreterState,
  PyThreadState,
  Py_TPFLAGS_DEFAULT,
  Py_TPFLAGS_HAVE_FINALIZE,
  Py_TPFLAGS_HAVE_GC,
  FRAME_COMPLETED,
  _PyAsyncGen_MAXFREELIST,
} from '@moult/abi';
import { _PyObject_GC_New, PyObject_GC_Del } from '../gc/alloc.ts';
import { _PyObject_GC_TRACK, PyObject_GC_UnTrack } from '../gc/track.ts';
import { hooks } from '../hooks.ts';
import { CURRENT_TSTATE, i32, setI32, setPtr, setU8, u8 } from '../memory/linear.ts';
import { callFunction } from './call.ts';
import {
  catchPending,
  PENDING,
  PyErr_Clear,
  PyErr_ExceptionMatches,
  PyErr_Occurred,
  PyErr_SetObject,
  raise,
  raiseNone,
} from './errors.ts';
import {
  _gen_throw,
  _PyGen_Finalize,
  _PyGen_SetStopIterationValue,
  frameState,
  gen_dealloc,
  gen_getcode,
  gen_getframe,
  gen_getsuspended,
  gen_getyieldfrom,
  gen_repr,
  gen_send_ex2,
  gen_traverse,
  gen_sizeof,
  nameGetSet,
} from './genobject.ts';
import { hold, nativeMark, Py_CLEAR, Py_DECREF, Py_NewRef, type Ref, release } from './object.ts';
import { PyObject_GenericGetAttr, PyObject_SelfIter } from './objectattr.ts';
import { INTERP } from './runtime.ts';
import type { TypeSpec } from './spec.ts';
import {
  _PyAsyncGenASend_Type,
  _PyAsyncGenAThrow_Type,
  _PyAsyncGenWrappedValue_Type,
  PyAsyncGen_Type,
  PyExc_DeprecationWarning,
  PyExc_GeneratorExit,
  PyExc_RuntimeError,
  PyExc_RuntimeWarning,
  PyExc_StopAsyncIteration,
  PyExc_StopIteration,
  PyExc_TypeError,
  Py_False,
  Py_None,
  Py_True,
} from './static.ts';
import { Py_GenericAlias } from './genericaliasobject.ts';
import { asText } from './unicodeobject.ts';
import { PyErr_WarnText } from './warnings.ts';
import { TRACING_WORD } from '../memory/layout.ts';
import { traceReused } from './tracemalloc.ts';

declare const __TRACE__: boolean;

const A = PyAsyncGenObject;
const INIT = 0;
const ITER = 1;
const CLOSED = 2;

const P = PyInterpreterState;
const VALUES = INTERP + P.object_state_freelists_async_gens_items;
const VALUES_FREE = INTERP + P.object_state_freelists_async_gens_numfree;
const ASENDS = INTERP + P.object_state_freelists_async_gen_asends_items;
const ASENDS_FREE = INTERP + P.object_state_freelists_async_gen_asends_numfree;

function take(items: number, free: number, type: Ref): Ref {
  const n = i32(free);
  if (n <= 0) return _PyObject_GC_New(type);
  setI32(free, n - 1);
  const op = i32(items + ((n - 1) << 3));
  setPtr(op, 1);
  if (__TRACE__) hooks.reused(op);
  if (i32(TRACING_WORD) !== 0) traceReused(op);
  return op;
}
function give(items: number, free: number, op: Ref): void {
  const n = i32(free);
  if (n < _PyAsyncGen_MAXFREELIST && n >= 0) {
    // a freed object must not look finalized when it is reused
    setPtr(op - 8, 0);
    setPtr(items + (n << 3), op);
    setI32(free, n + 1);
    if (__TRACE__) hooks.kept(op);
  } else PyObject_GC_Del(op);
}
/** Frees what the lists hold; with `done` nothing is kept from now on. */
export function _PyAsyncGen_ClearFreeLists(done: boolean): void {
  for (const [items, free] of [
    [VALUES, VALUES_FREE],
    [ASENDS, ASENDS_FREE],
  ] as const) {
    while (i32(free) > 0) {
      setI32(free, i32(free) - 1);
      PyObject_GC_Del(i32(items + (i32(free) << 3)));
    }
    if (done) setI32(free, -1);
  }
}

/** async_gen_init_hooks: the thread's hooks, at the first iteration. */
function initHooks(gen: Ref): void {
  if (u8(gen + A.ag_hooks_inited) !== 0) return;
  setU8(gen + A.ag_hooks_inited, 1);
  const tstate = i32(CURRENT_TSTATE);
  const finalizer = i32(tstate + PyThreadState.async_gen_finalizer);
  if (finalizer !== 0) setPtr(gen + A.ag_origin_or_finalizer, Py_NewRef(finalizer));
  const first = i32(tstate + PyThreadState.async_gen_firstiter);
  if (first !== 0) {
    const m = hold(Py_NewRef(first));
    Py_DECREF(callFunction(first, gen));
    release(m);
  }
}
function newASend(gen: Ref, value: Ref): Ref {
  const o = take(ASENDS, ASENDS_FREE, _PyAsyncGenASend_Type);
  setPtr(o + PyAsyncGenASend.ags_gen, Py_NewRef(gen));
  setPtr(o + PyAsyncGenASend.ags_sendval, value === 0 ? 0 : Py_NewRef(value));
  setPtr(o + PyAsyncGenASend.ags_state, INIT);
  _PyObject_GC_TRACK(o);
  return o;
}
function newAThrow(gen: Ref, args: Ref): Ref {
  const o = _PyObject_GC_New(_PyAsyncGenAThrow_Type);
  setPtr(o + PyAsyncGenAThrow.agt_gen, Py_NewRef(gen));
  setPtr(o + PyAsyncGenAThrow.agt_args, args === 0 ? 0 : Py_NewRef(args));
  setPtr(o + PyAsyncGenAThrow.agt_state, INIT);
  _PyObject_GC_TRACK(o);
  return o;
}
function async_gen_anext(gen: Ref): Ref {
  initHooks(gen);
  return newASend(gen, 0);
}
function async_gen_asend(gen: Ref, value: Ref): Ref {
  initHooks(gen);
  return newASend(gen, value);
}
function async_gen_aclose(gen: Ref): Ref {
  initHooks(gen);
  return newAThrow(gen, 0);
}
function async_gen_athrow(gen: Ref, args: Ref): Ref {
  if (i32(args + 16) > 1) {
    PyErr_WarnText(
      PyExc_DeprecationWarning,
      'the (type, exc, tb) signature of athrow() is deprecated, use the single-arg signature instead.',
      1,
    );
  }
  initHooks(gen);
  return newAThrow(gen, args);
}

/** INTRINSIC_ASYNC_GEN_WRAP: marks a value as yielded by the generator itself, not by an await in it. */
export function _PyAsyncGenValueWrapperNew(value: Ref): Ref {
  const o = take(VALUES, VALUES_FREE, _PyAsyncGenWrappedValue_Type);
  setPtr(o + 16, Py_NewRef(value));
  _PyObject_GC_TRACK(o);
  return o;
}

/**
 * async_gen_unwrap_value: `result` as gen_send_ex2 gave it, > 0 a value, ≤ 0 the end; or the exception that was caught.
 * A wrapped value ends the step: StopIteration(value).
 */
function unwrap(gen: Ref, run: () => number): Ref {
  let result: number;
  const mark = nativeMark();
  try {
    result = run();
  } catch (e) {
    catchPending(e, mark);
    if (PyErr_ExceptionMatches(PyExc_StopAsyncIteration) || PyErr_ExceptionMatches(PyExc_GeneratorExit)) {
      setU8(gen + A.ag_closed, 1);
    }
    setU8(gen + A.ag_running_async, 0);
    throw e;
  }
  if (result <= 0) {
    if (result !== 0) Py_DECREF(-result);
    if (!PyErr_Occurred()) PyErr_SetObject(PyExc_StopAsyncIteration, 0);
    setU8(gen + A.ag_closed, 1);
    setU8(gen + A.ag_running_async, 0);
    throw PENDING;
  }
  if (i32(result + 8) === _PyAsyncGenWrappedValue_Type) {
    const m = hold(result);
    _PyGen_SetStopIterationValue(i32(result + 16));
    release(m);
    setU8(gen + A.ag_running_async, 0);
    throw PENDING;
  }
  return result;
}

// ---- asend ----

const agsGen = (o: Ref): Ref => i32(o + PyAsyncGenASend.ags_gen);

function asend_send(o: Ref, argGiven: Ref): Ref {
  let arg = argGiven;
  const gen = agsGen(o);
  const state = i32(o + PyAsyncGenASend.ags_state);
  if (state === CLOSED) raise(PyExc_RuntimeError, 'cannot reuse already awaited __anext__()/asend()');
  if (state === INIT) {
    if (u8(gen + A.ag_running_async) !== 0) {
      setI32(o + PyAsyncGenASend.ags_state, CLOSED);
      raise(PyExc_RuntimeError, 'anext(): asynchronous generator is already running');
    }
    const sendval = i32(o + PyAsyncGenASend.ags_sendval);
    if (arg === 0 || arg === Py_None) arg = sendval;
    setI32(o + PyAsyncGenASend.ags_state, ITER);
  }
  setU8(gen + A.ag_running_async, 1);
  try {
    return unwrap(gen, () => gen_send_ex2(gen, arg, false));
  } catch (e) {
    if (e === PENDING) setI32(o + PyAsyncGenASend.ags_state, CLOSED);
    throw e;
  }
}
/** Ends an iteration quietly: a plain StopIteration(None) becomes 0. */
function asend_iternext(o: Ref): Ref {
  return asend_send(o, 0);
}
function asend_throw(o: Ref, args: number, nargs: number): Ref {
  const gen = agsGen(o);
  const state = i32(o + PyAsyncGenASend.ags_state);
  if (state === CLOSED) raise(PyExc_RuntimeError, 'cannot reuse already awaited __anext__()/asend()');
  if (state === INIT) {
    if (u8(gen + A.ag_running_async) !== 0) {
      setI32(o + PyAsyncGenASend.ags_state, CLOSED);
      raise(PyExc_RuntimeError, 'anext(): asynchronous generator is already running');
    }
    setI32(o + PyAsyncGenASend.ags_state, ITER);
    setU8(gen + A.ag_running_async, 1);
  }
  try {
    return unwrap(gen, () => throwInto(gen, args, nargs));
  } catch (e) {
    if (e === PENDING) setI32(o + PyAsyncGenASend.ags_state, CLOSED);
    throw e;
  }
}
function throwInto(gen: Ref, args: number, nargs: number): Ref {
  if (nargs < 1) raise(PyExc_TypeError, `throw expected at least 1 argument, got ${nargs}`);
  return _gen_throw(gen, false, i32(args), nargs > 1 ? i32(args + 8) : 0, nargs > 2 ? i32(args + 16) : 0);
}
/** What close() of an awaitable does: GeneratorExit is thrown in; the expected ends are quiet. */
function closeBy(throwIt: () => Ref, message: string): Ref {
  const mark = nativeMark();
  let result: Ref;
  try {
    result = throwIt();
  } catch (e) {
    catchPending(e, mark);
    if (
      PyErr_ExceptionMatches(PyExc_StopIteration) ||
      PyErr_ExceptionMatches(PyExc_StopAsyncIteration) ||
      PyErr_ExceptionMatches(PyExc_GeneratorExit)
    ) {
      PyErr_Clear();
      return Py_NewRef(Py_None);
    }
    throw e;
  }
  Py_DECREF(result);
  raise(PyExc_RuntimeError, message);
}
function withGeneratorExit(f: (args: number, nargs: number) => Ref): () => Ref {
  return () => {
    const m = hold(Py_NewRef(PyExc_GeneratorExit));
    const r = f(m, 1);
    release(m);
    return r;
  };
}
function asend_close(o: Ref): Ref {
  if (i32(o + PyAsyncGenASend.ags_state) === CLOSED) return Py_NewRef(Py_None);
  return closeBy(
    withGeneratorExit((a, n) => asend_throw(o, a, n)),
    'coroutine ignored GeneratorExit',
  );
}
function asend_dealloc(o: Ref): void {
  PyObject_GC_UnTrack(o);
  Py_CLEAR(o + PyAsyncGenASend.ags_gen);
  Py_CLEAR(o + PyAsyncGenASend.ags_sendval);
  give(ASENDS, ASENDS_FREE, o);
}
function traverse2(o: Ref, visit: (op: Ref, arg: number) => void, arg: number): void {
  if (i32(o + 16) !== 0) visit(i32(o + 16), arg);
  if (i32(o + 24) !== 0) visit(i32(o + 24), arg);
}
function asend_finalize(o: Ref): void {
  if (i32(o + PyAsyncGenASend.ags_state) !== INIT) return;
  const name = asText(i32(agsGen(o) + A.ag_qualname));
  PyErr_WarnText(PyExc_RuntimeWarning, `coroutine method 'asend' of '${name}' was never awaited`, 1);
}

// ---- athrow and aclose ----

function athrow_send(o: Ref, arg: Ref): Ref {
  const gen = i32(o + PyAsyncGenAThrow.agt_gen);
  const args = i32(o + PyAsyncGenAThrow.agt_args);
  const state = i32(o + PyAsyncGenAThrow.agt_state);
  if (state === CLOSED) raise(PyExc_RuntimeError, 'cannot reuse already awaited aclose()/athrow()');
  if (frameState(gen) >= FRAME_COMPLETED) {
    setI32(o + PyAsyncGenAThrow.agt_state, CLOSED);
    raiseNone(PyExc_StopIteration);
  }
  let run: () => number;
  if (state === INIT) {
    if (u8(gen + A.ag_running_async) !== 0) {
      setI32(o + PyAsyncGenAThrow.agt_state, CLOSED);
      raise(
        PyExc_RuntimeError,
        args === 0
          ? 'aclose(): asynchronous generator is already running'
          : 'athrow(): asynchronous generator is already running',
      );
    }
    if (u8(gen + A.ag_closed) !== 0) {
      setI32(o + PyAsyncGenAThrow.agt_state, CLOSED);
      raiseNone(PyExc_StopAsyncIteration);
    }
    if (arg !== 0 && arg !== Py_None)
      raise(PyExc_RuntimeError, "can't send non-None value to a just-started coroutine");
    setI32(o + PyAsyncGenAThrow.agt_state, ITER);
    setU8(gen + A.ag_running_async, 1);
    if (args === 0) {
      setU8(gen + A.ag_closed, 1);
      run = () => _gen_throw(gen, false, PyExc_GeneratorExit, 0, 0);
    } else run = () => throwInto(gen, args + 24, i32(args + 16));
  } else run = () => gen_send_ex2(gen, arg, false);
  const mark = nativeMark();
  try {
    if (args !== 0) return unwrap(gen, run);
    const r = run();
    if (r > 0 && i32(r + 8) === _PyAsyncGenWrappedValue_Type) {
      Py_DECREF(r);
      setU8(gen + A.ag_running_async, 0);
      raise(PyExc_RuntimeError, 'async generator ignored GeneratorExit');
    }
    if (r > 0) return r;
    if (r !== 0) Py_DECREF(-r);
    PyErr_SetObject(PyExc_StopAsyncIteration, 0);
    throw PENDING;
  } catch (e) {
    catchPending(e, mark);
    setU8(gen + A.ag_running_async, 0);
    setI32(o + PyAsyncGenAThrow.agt_state, CLOSED);
    if (
      args === 0 &&
      (PyErr_ExceptionMatches(PyExc_StopAsyncIteration) || PyErr_ExceptionMatches(PyExc_GeneratorExit))
    ) {
      // closing ends as asked
      PyErr_Clear();
      raiseNone(PyExc_StopIteration);
    }
    throw e;
  }
}
function athrow_throw(o: Ref, args: number, nargs: number): Ref {
  const gen = i32(o + PyAsyncGenAThrow.agt_gen);
  const own = i32(o + PyAsyncGenAThrow.agt_args);
  const state = i32(o + PyAsyncGenAThrow.agt_state);
  if (state === CLOSED) raise(PyExc_RuntimeError, 'cannot reuse already awaited aclose()/athrow()');
  if (state === INIT) {
    if (u8(gen + A.ag_running_async) !== 0) {
      setI32(o + PyAsyncGenAThrow.agt_state, CLOSED);
      raise(
        PyExc_RuntimeError,
        own === 0
          ? 'aclose(): asynchronous generator is already running'
          : 'athrow(): asynchronous generator is already running',
      );
    }
    setI32(o + PyAsyncGenAThrow.agt_state, ITER);
    setU8(gen + A.ag_running_async, 1);
  }
  const mark = nativeMark();
  try {
    if (own !== 0) return unwrap(gen, () => throwInto(gen, args, nargs));
    const r = throwInto(gen, args, nargs);
    if (i32(r + 8) === _PyAsyncGenWrappedValue_Type) {
      Py_DECREF(r);
      raise(PyExc_RuntimeError, 'async generator ignored GeneratorExit');
    }
    return r;
  } catch (e) {
    catchPending(e, mark);
    setU8(gen + A.ag_running_async, 0);
    setI32(o + PyAsyncGenAThrow.agt_state, CLOSED);
    if (
      own === 0 &&
      (PyErr_ExceptionMatches(PyExc_StopAsyncIteration) || PyErr_ExceptionMatches(PyExc_GeneratorExit))
    ) {
      PyErr_Clear();
      raiseNone(PyExc_StopIteration);
    }
    throw e;
  }
}
function athrow_close(o: Ref): Ref {
  if (i32(o + PyAsyncGenAThrow.agt_state) === CLOSED) return Py_NewRef(Py_None);
  return closeBy(
    withGeneratorExit((a, n) => athrow_throw(o, a, n)),
    'coroutine ignored GeneratorExit',
  );
}
function athrow_dealloc(o: Ref): void {
  PyObject_GC_UnTrack(o);
  Py_CLEAR(o + PyAsyncGenAThrow.agt_gen);
  Py_CLEAR(o + PyAsyncGenAThrow.agt_args);
  PyObject_GC_Del(o);
}
function athrow_finalize(o: Ref): void {
  if (i32(o + PyAsyncGenAThrow.agt_state) !== INIT) return;
  const what = i32(o + PyAsyncGenAThrow.agt_args) !== 0 ? 'athrow' : 'aclose';
  const name = asText(i32(i32(o + PyAsyncGenAThrow.agt_gen) + A.ag_qualname));
  PyErr_WarnText(PyExc_RuntimeWarning, `coroutine method '${what}' of '${name}' was never awaited`, 1);
}

function value_dealloc(o: Ref): void {
  PyObject_GC_UnTrack(o);
  Py_CLEAR(o + 16);
  give(VALUES, VALUES_FREE, o);
}

const FLAGS = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC;

export const asyncGenSpec: TypeSpec = {
  address: PyAsyncGen_Type,
  name: 'async_generator',
  basicsize: 72 + 72,
  itemsize: 8,
  flags: FLAGS,
  weaklistoffset: A.ag_weakreflist,
  slots: {
    tp_dealloc: gen_dealloc,
    tp_repr: gen_repr,
    tp_getattro: PyObject_GenericGetAttr,
    tp_traverse: gen_traverse,
    tp_finalize: _PyGen_Finalize,
    am_aiter: PyObject_SelfIter,
    am_anext: async_gen_anext,
  },
  methods: [
    { name: 'asend', flags: METH_O, fn: async_gen_asend },
    { name: 'athrow', flags: METH_VARARGS, fn: async_gen_athrow },
    { name: 'aclose', flags: METH_NOARGS, fn: async_gen_aclose },
    { name: '__sizeof__', flags: METH_NOARGS, fn: gen_sizeof },
    { name: '__class_getitem__', flags: METH_O | 0x10, fn: Py_GenericAlias, doc: 'See PEP 585' },
  ],
  getset: [
    ...(nameGetSet() ?? []),
    { name: 'ag_await', get: gen_getyieldfrom },
    { name: 'ag_frame', get: gen_getframe },
    { name: 'ag_code', get: gen_getcode },
    { name: 'ag_suspended', get: gen_getsuspended },
    { name: 'ag_running', get: (g: Ref) => Py_NewRef(u8(g + A.ag_running_async) !== 0 ? Py_True : Py_False) },
  ],
};
export const asendSpec: TypeSpec = {
  address: _PyAsyncGenASend_Type,
  name: 'async_generator_asend',
  basicsize: PyAsyncGenASend.SIZE,
  flags: FLAGS | Py_TPFLAGS_HAVE_FINALIZE,
  slots: {
    tp_dealloc: asend_dealloc,
    tp_getattro: PyObject_GenericGetAttr,
    tp_traverse: traverse2,
    tp_iter: PyObject_SelfIter,
    tp_iternext: asend_iternext,
    tp_finalize: asend_finalize,
    am_await: PyObject_SelfIter,
  },
  methods: [
    { name: 'send', flags: METH_O, fn: asend_send },
    { name: 'throw', flags: METH_FASTCALL, fn: asend_throw },
    { name: 'close', flags: METH_NOARGS, fn: asend_close },
  ],
};
export const athrowSpec: TypeSpec = {
  address: _PyAsyncGenAThrow_Type,
  name: 'async_generator_athrow',
  basicsize: PyAsyncGenAThrow.SIZE,
  flags: FLAGS | Py_TPFLAGS_HAVE_FINALIZE,
  slots: {
    tp_dealloc: athrow_dealloc,
    tp_getattro: PyObject_GenericGetAttr,
    tp_traverse: traverse2,
    tp_iter: PyObject_SelfIter,
    tp_iternext: (o: Ref) => athrow_send(o, Py_None),
    tp_finalize: athrow_finalize,
    am_await: PyObject_SelfIter,
  },
  methods: [
    { name: 'send', flags: METH_O, fn: athrow_send },
    { name: 'throw', flags: METH_FASTCALL, fn: athrow_throw },
    { name: 'close', flags: METH_NOARGS, fn: athrow_close },
  ],
};
export const wrappedValueSpec: TypeSpec = {
  address: _PyAsyncGenWrappedValue_Type,
  name: 'async_generator_wrapped_value',
  basicsize: 24,
  flags: FLAGS,
  slots: {
    tp_dealloc: value_dealloc,
    tp_getattro: PyObject_GenericGetAttr,
    tp_traverse: (o: Ref, visit: (op: Ref, arg: number) => void, arg: number) => {
      if (i32(o + 16) !== 0) visit(i32(o + 16), arg);
    },
  },
};
