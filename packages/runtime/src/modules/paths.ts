/** Paths that programs give: str, bytes and os.PathLike. Mirrors PyOS_FSPath and PyUnicode_FSDecoder. */
import { i32 } from '../memory/linear.ts';
import { raise } from '../objects/errors.ts';
import { hold, PyBytes_Check, PyUnicode_Check, Py_NewRef, type Ref, release, typeNameOf } from '../objects/object.ts';
import { _PyObject_LookupSpecial } from '../objects/objectattr.ts';
import { PyExc_TypeError } from '../objects/static.ts';
import { PyObject_CallNoArgs } from '../objects/call.ts';
import { PyUnicode_InternFromString, PyUnicode_FromString } from '../objects/unicodeobject.ts';
import { bufferBytes, decodeUtf8 } from './buffers.ts';

/** The str or bytes of a path, a new reference. */
export function PyOS_FSPath(op: Ref): Ref {
  if (PyUnicode_Check(op) || PyBytes_Check(op)) return Py_NewRef(op);
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
  Py_NewRef(path);
  release(m);
  return path;
}
/** The path as a str object, a new reference. */
export function fsPath(op: Ref): Ref {
  const path = PyOS_FSPath(op);
  if (PyUnicode_Check(path)) return path;
  const m = hold(path);
  const text = PyUnicode_FromString(decodeUtf8(bufferBytes(path) as Uint8Array));
  release(m);
  return text;
}
