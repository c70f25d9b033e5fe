/** cast(): a pointer of another type to the same address. Mirrors cast of Modules/_ctypes/_ctypes.c. */
import { i32, setPtr, setSsize } from '../memory/linear.ts';
import { PyObject_CallNoArgs } from '../objects/call.ts';
import { PyDict_New, PyDict_SetItem } from '../objects/dictobject.ts';
import { raise } from '../objects/errors.ts';
import { PyLong_FromLong } from '../objects/longobject.ts';
import {
  drop,
  hold,
  PyDict_Check,
  PyType_Check,
  Py_DECREF,
  Py_NewRef,
  type Ref,
  release,
  tpName,
} from '../objects/object.ts';
import { PyExc_TypeError, Py_None } from '../objects/static.ts';
import { PyType_IsSubtype } from '../objects/object.ts';
import { CD, PyCFuncPtrType_Type } from './ctypeslayout.ts';
import { containerOf, hasInfo, isData, isPointerType, isSimpleType } from './ctypesdata.ts';
import { codeOf } from './ctypessimple.ts';

function isPointerLike(type: Ref): boolean {
  if (!PyType_Check(type) || !hasInfo(type)) return false;
  if (isPointerType(type) || PyType_IsSubtype(i32(type + 8), PyCFuncPtrType_Type)) return true;
  return isSimpleType(type) && 'sPzUZXO'.includes(codeOf(type)) && codeOf(type) !== '';
}
export function cast(address: number, src: Ref, type: Ref): Ref {
  if (!isPointerLike(type)) {
    const name = PyType_Check(type) ? `, not ${tpName(type)}` : '';
    raise(PyExc_TypeError, `cast() argument 2 must be a pointer type${hasInfo(type) ? name : ''}`);
  }
  const result = PyObject_CallNoArgs(type);
  const m = hold(result);
  if (isData(src)) {
    // the result shares what the source keeps alive, and keeps the source
    containerOf(src);
    if (i32(src + CD.b_objects) === Py_None) {
      setPtr(src + CD.b_objects, PyDict_New());
      Py_DECREF(Py_None);
    }
    const kept = i32(src + CD.b_objects);
    if (kept !== 0) setPtr(result + CD.b_objects, Py_NewRef(kept));
    if (kept !== 0 && PyDict_Check(kept)) {
      const key = hold(PyLong_FromLong(src));
      PyDict_SetItem(kept, i32(key), src);
      release(key);
    }
  }
  setSsize(i32(result + CD.b_ptr), address);
  drop(m);
  return result;
}
