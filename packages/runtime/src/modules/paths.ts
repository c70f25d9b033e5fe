/** Paths that programs give: str, bytes and os.PathLike. Mirrors PyOS_FSPath and PyUnicode_FSDecoder. */
import { i32 } from '../memory/linear.ts';
import { raise } from '../objects/errors.ts';
import { hold, PyBytes_Check, PyUnicode_Check, Py_NewRef, type Ref, release, typeNameOf } from '../objects/object.ts';
import { _PyObject_LookupSpecial } from '../objects/objectattr.ts';
import { PyExc_TypeError } from '../objects/static.ts';
import { PyObject_CallNoArgs } from '../objects/call.ts';
import { PyUnicode_InternFromString, PyUnicode_FromString } from '../objects/unicodeobject.ts';
import { bufferBytes, decodeUtf8 } from './buffers.ts';

/** The path as a str object, a new reference. */
export function fsPath(op: Ref): Ref {
  if (PyUnicode_Check(op)) return Py_NewRef(op);
  if (PyBytes_Check(op)) return PyUnicode_FromString(decodeUtf8(bufferBytes(op) as Uint8Array));
  const m = hold(PyUnicode_InternFromString('__fspath__'));
  const func = _PyObject_LookupSpecial(op, i32(m));
  if (func === 0) {
    raise(PyExc_TypeError, `expected str, bytes or os.PathLike object, not ${typeNameOf(op)}`);
  }
  hold(func);
  const path = PyObject_CallNoArgs(func);
  hold(path);
  if (!PyUnicode_Check(path) && !PyBytes_Check(path)) {
    raise(PyExc_TypeError, `expected ${typeNameOf(op)}.__fspath__() to return str or bytes, not ${typeNameOf(path)}`);
  }
  const result = fsPath(path);
  release(m);
  return result;
}
