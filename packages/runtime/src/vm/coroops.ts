/** GET_AITER, GET_ANEXT, GET_AWAITABLE. Mirrors Python/bytecodes.c and _PyEval_GetAwaitable. */
import { PyAsyncMethods, PyTypeObject } from '@moult/abi';
import { i32 } from '../memory/linear.ts';
import { text } from '../memory/text.ts';
import { catchPending, chainCause, PENDING, raise } from '../objects/errors.ts';
import { _PyCoro_GetAwaitableIter, _PyGen_yf } from '../objects/genobject.ts';
import { hold, nativeMark, Py_DECREF, type Ref, release, typeNameOf } from '../objects/object.ts';
import { PyAsyncGen_Type, PyCoro_Type, PyExc_RuntimeError, PyExc_TypeError } from '../objects/static.ts';

function asyncSlot(type: Ref, offset: number): number {
  const table = i32(type + PyTypeObject.tp_as_async);
  return table === 0 ? 0 : i32(table + offset);
}
const call = (fn: number, op: Ref): Ref => (text[fn] as (op: Ref) => Ref)(op);

export function getAiter(obj: Ref): Ref {
  const getter = asyncSlot(i32(obj + 8), PyAsyncMethods.am_aiter);
  if (getter === 0) {
    raise(PyExc_TypeError, `'async for' requires an object with __aiter__ method, got ${typeNameOf(obj)}`);
  }
  const iter = call(getter, obj);
  if (asyncSlot(i32(iter + 8), PyAsyncMethods.am_anext) === 0) {
    hold(iter);
    raise(
      PyExc_TypeError,
      `'async for' received an object from __aiter__ that does not implement __anext__: ${typeNameOf(iter)}`,
    );
  }
  return iter;
}

export function getAnext(aiter: Ref): Ref {
  const type = i32(aiter + 8);
  const getter = asyncSlot(type, PyAsyncMethods.am_anext);
  if (type === PyAsyncGen_Type) return call(getter, aiter);
  if (getter === 0) {
    raise(PyExc_TypeError, `'async for' requires an iterator with __anext__ method, got ${typeNameOf(aiter)}`);
  }
  const next = call(getter, aiter);
  const m = hold(next);
  const mark = nativeMark();
  let awaitable: Ref;
  try {
    awaitable = _PyCoro_GetAwaitableIter(next);
  } catch (e) {
    catchPending(e, mark);
    chainCause(PyExc_TypeError, `'async for' received an invalid object from __anext__: ${typeNameOf(next)}`);
    throw PENDING;
  }
  release(m);
  return awaitable;
}

/** GET_AWAITABLE: `oparg` 1 after __aenter__, 2 after __aexit__. */
export function getAwaitable(iterable: Ref, oparg: number): Ref {
  const mark = nativeMark();
  let iter: Ref;
  try {
    iter = _PyCoro_GetAwaitableIter(iterable);
  } catch (e) {
    catchPending(e, mark);
    const type = i32(iterable + 8);
    const noAwait = asyncSlot(type, PyAsyncMethods.am_await) === 0;
    if (noAwait && (oparg === 1 || oparg === 2)) {
      const where = oparg === 1 ? '__aenter__' : '__aexit__';
      raise(
        PyExc_TypeError,
        `'async with' received an object from ${where} that does not implement __await__: ${typeNameOf(iterable)}`,
      );
    }
    throw e;
  }
  if (i32(iter + 8) === PyCoro_Type) {
    const yf = _PyGen_yf(iter);
    if (yf !== 0) {
      Py_DECREF(yf);
      hold(iter);
      raise(PyExc_RuntimeError, 'coroutine is being awaited already');
    }
  }
  return iter;
}
