/** Generators and coroutines: throwing into them, what they wait for, the value of StopIteration. Mirrors that part of Objects/genobject.c. */
import { FRAME_EXECUTING, FRAME_SUSPENDED_YIELD_FROM, Py_ID, PyThreadState, PyTypeObject } from '@moult/abi';
import { CURRENT_TSTATE, i32, setPtr } from '../memory/linear.ts';
import { callFunction, PyObject_CallNoArgs } from './call.ts';
import {
  catchPending,
  PENDING,
  PyErr_ExceptionMatches,
  PyErr_GetRaisedException,
  PyErr_Occurred,
  PyErr_SetObject,
  setWithoutContext,
  PyErr_SetRaisedException,
  raise,
} from './errors.ts';
import { PyException_SetTraceback } from './exceptions.ts';
import { frameState, G, gen_close, gen_send_ex, isCoro, setFrameState } from './genobject.ts';
import {
  drop,
  hold,
  nativeMark,
  Py_DECREF,
  Py_NewRef,
  PyExceptionClass_Check,
  PyExceptionInstance_Check,
  PyTuple_Check,
  type Ref,
  release,
  typeNameOf,
} from './object.ts';
import { PyObject_GetOptionalAttr } from './objectattr.ts';
import {
  Py_None,
  PyExc_GeneratorExit,
  PyExc_StopIteration,
  PyExc_TypeError,
  PyGen_Type,
  PyTraceBack_Type,
} from './static.ts';
import { PyErr_WriteUnraisable } from './unraisable.ts';

/** Sets StopIteration(value), whatever the value is. */
export function _PyGen_SetStopIterationValue(value: Ref): void {
  if (!PyTuple_Check(value) && !PyExceptionInstance_Check(value)) {
    PyErr_SetObject(PyExc_StopIteration, value);
    return;
  }
  const exc = callFunction(PyExc_StopIteration, value);
  const m = hold(exc);
  PyErr_SetObject(PyExc_StopIteration, exc);
  release(m);
}

/** The value of the pending StopIteration, which is cleared; None without one. Another pending exception is thrown. */
export function _PyGen_FetchStopIterationValue(): Ref {
  if (!PyErr_Occurred()) return Py_NewRef(Py_None);
  if (!PyErr_ExceptionMatches(PyExc_StopIteration)) throw PENDING;
  const exc = PyErr_GetRaisedException();
  const value = i32(exc + 72);
  const result = Py_NewRef(value === 0 ? Py_None : value);
  Py_DECREF(exc);
  return result;
}

/** What the generator is waiting for, a new reference; 0: nothing. */
export function _PyGen_yf(gen: Ref): Ref {
  if (frameState(gen) !== FRAME_SUSPENDED_YIELD_FROM) return 0;
  const fp = gen + G.gi_iframe;
  return Py_NewRef(i32(fp + 72 + ((i32(fp + 64) - 1) << 3)));
}

/** Closes what is being yielded from: an exception there is thrown. */
export function gen_close_iter(yf: Ref): void {
  if (i32(yf + 8) === PyGen_Type || isCoro(yf)) {
    Py_DECREF(gen_close(yf));
    return;
  }
  let meth = 0;
  const mark = nativeMark();
  try {
    meth = PyObject_GetOptionalAttr(yf, Py_ID.close);
  } catch (e) {
    catchPending(e, mark);
    PyErr_WriteUnraisable(yf);
  }
  if (meth !== 0) {
    const m = hold(meth);
    Py_DECREF(PyObject_CallNoArgs(meth));
    release(m);
  }
}

/** Throws into the generator, or into what it yields from (_gen_throw). `val` and `tb` 0: not given. */
export function _gen_throw(gen: Ref, closeOnGenExit: boolean, typ: Ref, val: Ref, tb: Ref): Ref {
  const yf = _PyGen_yf(gen);
  if (yf !== 0) {
    const m = hold(yf);
    const state = frameState(gen);
    if (closeOnGenExit && isGeneratorExit(typ)) {
      setFrameState(gen, FRAME_EXECUTING);
      const mark = nativeMark();
      let failed = false;
      try {
        gen_close_iter(yf);
      } catch (e) {
        catchPending(e, mark);
        failed = true;
      }
      setFrameState(gen, state);
      if (failed) {
        keepError(() => release(m));
        return gen_send_ex(gen, Py_None, true);
      }
      release(m);
      return throwHere(gen, typ, val, tb);
    }
    let ret = 0;
    const mark = nativeMark();
    try {
      if (i32(yf + 8) === PyGen_Type || isCoro(yf)) {
        const tstate = i32(CURRENT_TSTATE);
        const fp = gen + G.gi_iframe;
        // the inner generator sees this one as its caller
        const previous = i32(tstate + PyThreadState.current_frame);
        setPtr(fp + 8, previous);
        setPtr(tstate + PyThreadState.current_frame, fp);
        setFrameState(gen, FRAME_EXECUTING);
        try {
          ret = _gen_throw(yf, closeOnGenExit, typ, val, tb);
        } finally {
          setPtr(tstate + PyThreadState.current_frame, previous);
          setPtr(fp + 8, 0);
        }
      } else {
        const meth = PyObject_GetOptionalAttr(yf, Py_ID.throw);
        if (meth === 0) {
          release(m);
          return throwHere(gen, typ, val, tb);
        }
        hold(meth);
        setFrameState(gen, FRAME_EXECUTING);
        if (val === 0) ret = callFunction(meth, typ);
        else if (tb === 0) ret = callFunction(meth, typ, val);
        else ret = callFunction(meth, typ, val, tb);
      }
    } catch (e) {
      catchPending(e, mark);
      ret = 0;
    }
    setFrameState(gen, state);
    if (ret === 0) {
      keepError(() => release(m));
      return gen_send_ex(gen, Py_None, true);
    }
    // the result takes yf's place while yf and its method are let go
    setPtr(m, ret);
    hold(yf);
    release(m + 8);
    drop(m);
    return ret;
  }
  return throwHere(gen, typ, val, tb);
}

function keepError(f: () => void): void {
  const exc = PyErr_GetRaisedException();
  f();
  PyErr_SetRaisedException(exc);
}

function isGeneratorExit(typ: Ref): boolean {
  const t = PyExceptionInstance_Check(typ) ? i32(typ + 8) : typ;
  if (!PyExceptionClass_Check(t)) return false;
  for (let b = t; b !== 0; b = i32(b + PyTypeObject.tp_base)) if (b === PyExc_GeneratorExit) return true;
  return false;
}

function throwHere(gen: Ref, typ: Ref, val: Ref, tbGiven: Ref): Ref {
  let tb = tbGiven;
  if (tb === Py_None) tb = 0;
  else if (tb !== 0 && i32(tb + 8) !== PyTraceBack_Type) {
    raise(PyExc_TypeError, 'throw() third argument must be a traceback object');
  }
  if (PyExceptionClass_Check(typ)) {
    setWithoutContext(typ, val);
  } else if (PyExceptionInstance_Check(typ)) {
    if (val !== 0 && val !== Py_None) raise(PyExc_TypeError, 'instance exception may not have a separate value');
    setWithoutContext(i32(typ + 8), typ);
  } else {
    raise(
      PyExc_TypeError,
      `exceptions must be classes or instances deriving from BaseException, not ${typeNameOf(typ)}`,
    );
  }
  if (tb !== 0) PyException_SetTraceback(i32(i32(CURRENT_TSTATE) + PyThreadState.current_exception), tb);
  return gen_send_ex(gen, Py_None, true);
}
