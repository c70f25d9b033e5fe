/** CALL_INTRINSIC_1 and _2. Mirrors Python/intrinsics.c. */
import * as abi from '@moult/abi';
import { PyCodeObject, PyFunctionObject } from '@moult/abi';
import { i32 } from '../memory/linear.ts';
import { PyNumber_Positive } from '../objects/abstract.ts';
import { callFunction } from '../objects/call.ts';
import { PyDict_GetItemString } from '../objects/dictobject.ts';
import { PyErr_GivenExceptionMatches, raise, PyErr_GetRaisedException, PyErr_SetString } from '../objects/errors.ts';
import { PyException_SetCause, PyException_SetContext } from '../objects/exceptions.ts';
import { _PyAsyncGenValueWrapperNew } from '../objects/genobject.ts';
import { PyList_AsTuple } from '../objects/listobject.ts';
import { Py_NewRef, type Ref, Py_XSETREF } from '../objects/object.ts';
import {
  PyExc_RuntimeError,
  PyExc_StopAsyncIteration,
  PyExc_StopIteration,
  PyExc_SystemError,
  Py_None,
} from '../objects/static.ts';
import {
  _Py_make_paramspec,
  _Py_make_typealias,
  _Py_make_typevar,
  _Py_make_typevartuple,
  _Py_set_typeparam_default,
  _Py_subscript_generic,
} from '../objects/typevarobject.ts';
import { INTERP } from '../objects/runtime.ts';
import { importStar } from './importops.ts';
import { prepReraiseStar } from './raise.ts';

/** StopIteration that leaves a generator becomes RuntimeError. */
function stopIterationError(fp: number, exc: Ref): Ref {
  const flags = i32(i32(fp) + PyCodeObject.co_flags);
  let message = '';
  if (PyErr_GivenExceptionMatches(exc, PyExc_StopIteration)) {
    if ((flags & abi.CO_ASYNC_GENERATOR) !== 0) message = 'async generator raised StopIteration';
    else if ((flags & abi.CO_COROUTINE) !== 0) message = 'coroutine raised StopIteration';
    else message = 'generator raised StopIteration';
  } else if ((flags & abi.CO_ASYNC_GENERATOR) !== 0 && PyErr_GivenExceptionMatches(exc, PyExc_StopAsyncIteration)) {
    message = 'async generator raised StopAsyncIteration';
  }
  if (message === '') return Py_NewRef(exc);
  PyErr_SetString(PyExc_RuntimeError, message);
  const error = PyErr_GetRaisedException();
  PyException_SetCause(error, Py_NewRef(exc));
  PyException_SetContext(error, Py_NewRef(exc));
  return error;
}

function print(value: Ref): Ref {
  const hook = PyDict_GetItemString(i32(INTERP + abi.PyInterpreterState.sysdict), 'displayhook');
  if (hook === 0) raise(PyExc_RuntimeError, 'lost sys.displayhook');
  return callFunction(hook, value);
}

export function callIntrinsic1(fp: number, oparg: number, v: Ref): Ref {
  switch (oparg) {
    case abi.INTRINSIC_PRINT:
      return print(v);
    case abi.INTRINSIC_IMPORT_STAR:
      if (i32(fp + 40) === 0) raise(PyExc_SystemError, "no locals found during 'import *'");
      importStar(fp, v);
      return Py_NewRef(Py_None);
    case abi.INTRINSIC_STOPITERATION_ERROR:
      return stopIterationError(fp, v);
    case abi.INTRINSIC_ASYNC_GEN_WRAP:
      return _PyAsyncGenValueWrapperNew(v);
    case abi.INTRINSIC_UNARY_POSITIVE:
      return PyNumber_Positive(v);
    case abi.INTRINSIC_LIST_TO_TUPLE:
      return PyList_AsTuple(v);
    case abi.INTRINSIC_TYPEVAR:
      return _Py_make_typevar(v, 0, 0);
    case abi.INTRINSIC_PARAMSPEC:
      return _Py_make_paramspec(v);
    case abi.INTRINSIC_TYPEVARTUPLE:
      return _Py_make_typevartuple(v);
    case abi.INTRINSIC_SUBSCRIPT_GENERIC:
      return _Py_subscript_generic(v);
    case abi.INTRINSIC_TYPEALIAS:
      return _Py_make_typealias(v);
    default:
      raise(PyExc_SystemError, 'invalid intrinsic function');
  }
}

export function callIntrinsic2(oparg: number, a: Ref, b: Ref): Ref {
  switch (oparg) {
    case abi.INTRINSIC_PREP_RERAISE_STAR:
      return prepReraiseStar(a, b);
    case abi.INTRINSIC_TYPEVAR_WITH_BOUND:
      return _Py_make_typevar(a, b, 0);
    case abi.INTRINSIC_TYPEVAR_WITH_CONSTRAINTS:
      return _Py_make_typevar(a, 0, b);
    case abi.INTRINSIC_SET_FUNCTION_TYPE_PARAMS:
      Py_XSETREF(a + PyFunctionObject.func_typeparams, Py_NewRef(b));
      return Py_NewRef(a);
    case abi.INTRINSIC_SET_TYPEPARAM_DEFAULT:
      return _Py_set_typeparam_default(a, b);
    default:
      raise(PyExc_SystemError, 'invalid intrinsic function');
  }
}
