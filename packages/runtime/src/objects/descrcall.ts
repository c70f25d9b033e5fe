/** Calling the descriptors of built-in types: the vectorcalls by METH_* flags. Mirrors Objects/descrobject.c. */
import { PyMethodDef, PyMethodDescrObject, PyWrapperDescrObject, wrapperbase } from '@moult/abi';
import { cstring, i32, setPtr } from '../memory/linear.ts';
import { type NativeFunction, text } from '../memory/text.ts';
import { PyObject_Call, tupleFromArray, _PyStack_AsDict } from './call.ts';
import { classmethod_get, descrName, descrType } from './descrobject.ts';
import { PyDict_Size } from './dictobject.ts';
import { raise } from './errors.ts';
import { functionText } from './methodobject.ts';
import {
  hold,
  PyObject_TypeCheck,
  PyType_IsSubtype,
  Py_NewRef,
  type Ref,
  release,
  tpName,
  typeNameOf,
} from './object.ts';
import { PyExc_TypeError } from './static.ts';
import { PyTuple_New } from './tupleobject.ts';

/** Checks self; the rest of the arguments begins at args + 8. */
function method_check_args(func: Ref, args: number, nargs: number, kwnames: Ref): void {
  if (nargs < 1) raise(PyExc_TypeError, `unbound method ${functionText(func)} needs an argument`);
  const type = i32(func + PyMethodDescrObject.d_common_d_type);
  const self = i32(args);
  if (i32(self + 8) !== type && !PyObject_TypeCheck(self, type)) {
    raise(
      PyExc_TypeError,
      `descriptor '${descrName(func)}' for '${tpName(type)}' objects doesn't apply to a '${typeNameOf(self)}' object`,
    );
  }
  if (kwnames !== 0 && i32(kwnames + 16) > 0)
    raise(PyExc_TypeError, `${functionText(func)} takes no keyword arguments`);
}
function methodOf(func: Ref): NativeFunction {
  return text[i32(i32(func + PyMethodDescrObject.d_method) + PyMethodDef.ml_meth)] as NativeFunction;
}
export function method_vectorcall_VARARGS(func: Ref, args: number, nargs: number, kwnames: Ref): Ref {
  method_check_args(func, args, nargs, kwnames);
  const m = hold(tupleFromArray(args + 8, nargs - 1));
  const res = methodOf(func)(i32(args), i32(m)) as Ref;
  release(m);
  return res;
}
export function method_vectorcall_VARARGS_KEYWORDS(func: Ref, args: number, nargs: number, kwnames: Ref): Ref {
  method_check_args(func, args, nargs, 0);
  const m = hold(tupleFromArray(args + 8, nargs - 1));
  let kwargs = 0;
  if (kwnames !== 0 && i32(kwnames + 16) > 0) {
    kwargs = _PyStack_AsDict(args + (nargs << 3), kwnames);
    hold(kwargs);
  }
  const res = methodOf(func)(i32(args), i32(m), kwargs) as Ref;
  release(m);
  return res;
}
export function method_vectorcall_FASTCALL(func: Ref, args: number, nargs: number, kwnames: Ref): Ref {
  method_check_args(func, args, nargs, kwnames);
  return methodOf(func)(i32(args), args + 8, nargs - 1) as Ref;
}
export function method_vectorcall_FASTCALL_KEYWORDS(func: Ref, args: number, nargs: number, kwnames: Ref): Ref {
  method_check_args(func, args, nargs, 0);
  return methodOf(func)(i32(args), args + 8, nargs - 1, kwnames) as Ref;
}
export function method_vectorcall_METHOD(func: Ref, args: number, nargs: number, kwnames: Ref): Ref {
  method_check_args(func, args, nargs, 0);
  return methodOf(func)(i32(args), descrType(func), args + 8, nargs - 1, kwnames) as Ref;
}
export function method_vectorcall_NOARGS(func: Ref, args: number, nargs: number, kwnames: Ref): Ref {
  method_check_args(func, args, nargs, kwnames);
  if (nargs !== 1) raise(PyExc_TypeError, `${functionText(func)} takes no arguments (${nargs - 1} given)`);
  return methodOf(func)(i32(args)) as Ref;
}
export function method_vectorcall_O(func: Ref, args: number, nargs: number, kwnames: Ref): Ref {
  method_check_args(func, args, nargs, kwnames);
  if (nargs !== 2) raise(PyExc_TypeError, `${functionText(func)} takes exactly one argument (${nargs - 1} given)`);
  return methodOf(func)(i32(args), i32(args + 8)) as Ref;
}

/** A tuple without its first item. */
export function tupleTail(args: Ref): Ref {
  const n = i32(args + 16) - 1;
  const rest = PyTuple_New(n);
  for (let i = 0; i < n; i++) setPtr(rest + 24 + (i << 3), Py_NewRef(i32(args + 32 + (i << 3))));
  return rest;
}
export function classmethoddescr_call(descr: Ref, args: Ref, kwds: Ref): Ref {
  if (i32(args + 16) < 1) {
    raise(
      PyExc_TypeError,
      `descriptor '${descrName(descr)}' of '${tpName(descrType(descr))}' object needs an argument`,
    );
  }
  const bound = classmethod_get(descr, 0, i32(args + 24));
  const m = hold(bound);
  const rest = tupleTail(args);
  hold(rest);
  const res = PyObject_Call(bound, rest, kwds);
  release(m);
  return res;
}
/** Calls a slot wrapper with `self` and a tuple (wrapperdescr_raw_call). */
export function wrapperdescr_raw_call(descr: Ref, self: Ref, args: Ref, kwds: Ref): Ref {
  const base = i32(descr + PyWrapperDescrObject.d_base);
  const wrapper = text[i32(base + wrapperbase.wrapper)] as NativeFunction;
  const wrapped = i32(descr + PyWrapperDescrObject.d_wrapped);
  if (i32(base + wrapperbase.flags) !== 0) return wrapper(self, args, wrapped, kwds) as Ref;
  if (kwds !== 0 && PyDict_Size(kwds) !== 0)
    raise(PyExc_TypeError, `wrapper ${cstring(i32(base + wrapperbase.name))}() takes no keyword arguments`);
  return wrapper(self, args, wrapped) as Ref;
}
export function wrapperdescr_call(descr: Ref, args: Ref, kwds: Ref): Ref {
  const type = descrType(descr);
  if (i32(args + 16) < 1)
    raise(PyExc_TypeError, `descriptor '${descrName(descr)}' of '${tpName(type)}' object needs an argument`);
  const self = i32(args + 24);
  if (!PyType_IsSubtype(i32(self + 8), type)) {
    raise(
      PyExc_TypeError,
      `descriptor '${descrName(descr)}' requires a '${tpName(type)}' object but received a '${typeNameOf(self)}'`,
    );
  }
  const m = hold(tupleTail(args));
  const res = wrapperdescr_raw_call(descr, self, i32(m), kwds);
  release(m);
  return res;
}
