/** IMPORT_NAME, IMPORT_FROM, `from x import *`. Mirrors import_name, import_from of Python/ceval.c and import_all_from. */
import { Py_ID } from '@moult/abi';
import { i32 } from '../memory/linear.ts';
import { PyMapping_Keys, PyObject_SetItem, PySequence_GetItem } from '../objects/abstract.ts';
import { PyDict_SetItem } from '../objects/dictobject.ts';
import { PENDING, raise, swallow } from '../objects/errors.ts';
import { hold, nativeMark, PyUnicode_Check, type Ref, release, typeNameOf } from '../objects/object.ts';
import { PyObject_GetAttr, PyObject_GetOptionalAttr } from '../objects/objectattr.ts';
import { PyDict_Type, PyExc_ImportError, PyExc_IndexError, PyExc_TypeError } from '../objects/static.ts';
import { asText, PyUnicode_FromString } from '../objects/unicodeobject.ts';
import { moduleSpecInitializing, originOf, PyImport_GetModule, setImportErrorFrom } from './import.ts';

export function importFrom(v: Ref, name: Ref): Ref {
  const x = PyObject_GetOptionalAttr(v, name);
  if (x !== 0) return x;
  // a circular import: the submodule may be in sys.modules before it is bound
  const modName = PyObject_GetOptionalAttr(v, Py_ID.__name__);
  if (modName !== 0) {
    const m = hold(modName);
    if (PyUnicode_Check(modName)) {
      hold(PyUnicode_FromString(`${asText(modName)}.${asText(name)}`));
      const found = PyImport_GetModule(i32(m + 8));
      if (found !== 0) {
        release(m);
        return found;
      }
    }
    release(m);
  }
  cannotImport(v, name, modName !== 0 && PyUnicode_Check(modName) ? asText(modName) : '<unknown module name>');
}

function cannotImport(v: Ref, name: Ref, module: string): never {
  const text = asText(name);
  const spec = PyObject_GetOptionalAttr(v, Py_ID.__spec__);
  let origin: string | null = null;
  let initializing = false;
  if (spec !== 0) {
    hold(spec);
    origin = originOf(spec);
    initializing = moduleSpecInitializing(spec);
  }
  if (origin === null) {
    const file = PyObject_GetOptionalAttr(v, Py_ID.__file__);
    if (file !== 0) {
      hold(file);
      if (PyUnicode_Check(file)) origin = asText(file);
    }
  }
  const where = origin ?? 'unknown location';
  const message = initializing
    ? `cannot import name '${text}' from partially initialized module '${module}' (most likely due to a circular import) (${where})`
    : `cannot import name '${text}' from '${module}' (${where})`;
  setImportErrorFrom(message, module, origin, name);
  throw PENDING;
}

/** `from v import *` into the frame's locals. */
export function importStar(fp: number, v: Ref): void {
  const locals = i32(fp + 40);
  let skipUnderscore = false;
  let all = PyObject_GetOptionalAttr(v, Py_ID.__all__);
  const m = hold(all);
  if (all === 0) {
    const dict = PyObject_GetOptionalAttr(v, Py_ID.__dict__);
    if (dict === 0) raise(PyExc_ImportError, 'from-import-* object has no __dict__ and no __all__');
    hold(dict);
    all = PyMapping_Keys(dict);
    hold(all);
    skipUnderscore = true;
  }
  for (let pos = 0; ; pos++) {
    const mark = nativeMark();
    let name = 0;
    try {
      name = PySequence_GetItem(all, pos);
    } catch (e) {
      swallow(e, PyExc_IndexError, mark);
      break;
    }
    hold(name);
    if (!PyUnicode_Check(name)) {
      const modname = PyObject_GetAttr(v, Py_ID.__name__);
      hold(modname);
      const where = asText(modname);
      raise(
        PyExc_TypeError,
        skipUnderscore
          ? `Key in ${where}.__dict__ must be str, not ${typeNameOf(name)}`
          : `Item in ${where}.__all__ must be str, not ${typeNameOf(name)}`,
      );
    }
    if (!skipUnderscore || asText(name)[0] !== '_') {
      const value = PyObject_GetAttr(v, name);
      hold(value);
      if (i32(locals + 8) === PyDict_Type) PyDict_SetItem(locals, name, value);
      else PyObject_SetItem(locals, name, value);
    }
    release(mark);
  }
  release(m);
}
