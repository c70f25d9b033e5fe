/** Type parameters of generic aliases and unions, and putting arguments in their place. Mirrors Objects/genericaliasobject.c. */
import { PyTypeObject as T, Py_ID } from '@moult/abi';
import { i32, setPtr } from '../memory/linear.ts';
import { PyObject_GetItem } from './abstract.ts';
import { callFunction } from './call.ts';
import { raise } from './errors.ts';
import { hold, nativeMark, PyList_Check, PyTuple_Check, PyType_Check, Py_NewRef, type Ref, release } from './object.ts';
import { PyObject_GetOptionalAttr, PyObject_IsTrue, PyObject_Repr } from './objectattr.ts';
import { PyExc_TypeError, Py_Ellipsis, Py_None } from './static.ts';
import { PyTuple_New, PyTuple_Pack } from './tupleobject.ts';
import { asText } from './unicodeobject.ts';

function tupleOf(items: Ref[]): Ref {
  const tuple = PyTuple_New(items.length);
  items.forEach((op, i) => {
    setPtr(tuple + 24 + (i << 3), Py_NewRef(op));
  });
  return tuple;
}
const item = (tuple: Ref, i: number): Ref => i32(tuple + 24 + (i << 3));

/** The type variables in `args` (a tuple or list), each once: a new tuple (_Py_make_parameters). */
export function makeParameters(args: Ref): Ref {
  const found: Ref[] = [];
  const m = nativeMark();
  collect(args, found);
  const tuple = tupleOf(found);
  release(m);
  return tuple;
}
/** The found ones stay held by the native stack of the caller. */
function collect(args: Ref, found: Ref[]): void {
  const isTuple = PyTuple_Check(args);
  const n = i32(args + 16);
  for (let i = 0; i < n; i++) {
    const t = isTuple ? item(args, i) : i32(i32(args + 24) + (i << 3));
    if (PyType_Check(t)) continue;
    const subst = PyObject_GetOptionalAttr(t, Py_ID.__typing_subst__);
    if (subst !== 0) {
      hold(subst);
      add(t, found);
      continue;
    }
    if (PyTuple_Check(t) || PyList_Check(t)) {
      collect(t, found);
      continue;
    }
    const params = PyObject_GetOptionalAttr(t, Py_ID.__parameters__);
    if (params === 0) continue;
    hold(params);
    if (PyTuple_Check(params)) for (let j = 0; j < i32(params + 16); j++) add(item(params, j), found);
  }
}
function add(t: Ref, found: Ref[]): void {
  if (!found.includes(t)) found.push(t);
}

/** The items of an unpacked tuple alias such as *tuple[int, str], held; 0 if it is none or ends in an ellipsis. */
function unpackedTupleArgs(op: Ref): Ref {
  if (PyType_Check(op)) return 0;
  const args = PyObject_GetOptionalAttr(op, Py_ID.__typing_unpacked_tuple_args__);
  if (args === 0) return 0;
  hold(args);
  if (args === Py_None) return 0;
  if (PyTuple_Check(args)) {
    const n = i32(args + 16);
    if (n > 0 && item(args, n - 1) === Py_Ellipsis) return 0;
  }
  return args;
}
/** The arguments as a tuple, unpacked tuples spread out. */
function unpackArgs(key: Ref): Ref {
  const items = PyTuple_Check(key) ? Array.from({ length: i32(key + 16) }, (_, i) => item(key, i)) : [key];
  const out: Ref[] = [];
  for (const op of items) {
    const spread = unpackedTupleArgs(op);
    if (spread !== 0 && PyTuple_Check(spread)) for (let i = 0; i < i32(spread + 16); i++) out.push(item(spread, i));
    else out.push(op);
  }
  return tupleOf(out);
}
function isUnpackedTypeVarTuple(op: Ref): boolean {
  if (PyType_Check(op)) return false;
  const flag = PyObject_GetOptionalAttr(op, Py_ID.__typing_is_unpacked_typevartuple__);
  if (flag === 0) return false;
  hold(flag);
  return PyObject_IsTrue(flag);
}

/** The arguments of `self` with `key` in the place of its parameters: a new tuple (_Py_subs_parameters). */
export function subs_parameters(self: Ref, args: Ref, parameters: Ref, key: Ref): Ref {
  const nparams = i32(parameters + 16);
  const m = nativeMark();
  if (nparams === 0) {
    hold(PyObject_Repr(self));
    raise(PyExc_TypeError, `${asText(i32(m))} is not a generic class`);
  }
  let given = unpackArgs(key);
  hold(given);
  for (let i = 0; i < nparams; i++) {
    const prepare = PyObject_GetOptionalAttr(item(parameters, i), Py_ID.__typing_prepare_subst__);
    if (prepare === 0 || prepare === Py_None) continue;
    hold(prepare);
    const res = callFunction(prepare, self, given);
    hold(res);
    given = PyTuple_Check(res) ? res : PyTuple_Pack(res);
    if (given !== res) hold(given);
  }
  const n = i32(given + 16);
  if (n !== nparams) {
    const many = n > nparams ? 'many' : 'few';
    hold(PyObject_Repr(self));
    const top = asText(i32(nativeMark() - 8));
    raise(PyExc_TypeError, `Too ${many} arguments for ${top}; actual ${n}, expected ${nparams}`);
  }
  const out: Ref[] = [];
  for (let i = 0; i < i32(args + 16); i++) substituteOne(item(args, i), parameters, given, out);
  const tuple = tupleOf(out);
  release(m);
  return tuple;
}
/** One argument: a parameter's substitute, or the argument itself with its own parameters substituted; held. */
function substituteOne(arg: Ref, parameters: Ref, given: Ref, out: Ref[]): void {
  if (PyType_Check(arg)) {
    out.push(arg);
    return;
  }
  if (PyTuple_Check(arg) || PyList_Check(arg)) {
    const inner: Ref[] = [];
    const list = PyList_Check(arg);
    for (let i = 0; i < i32(arg + 16); i++)
      substituteOne(list ? i32(i32(arg + 24) + (i << 3)) : item(arg, i), parameters, given, inner);
    const tuple = tupleOf(inner);
    hold(tuple);
    out.push(tuple);
    return;
  }
  const spread = isUnpackedTypeVarTuple(arg);
  const subst = PyObject_GetOptionalAttr(arg, Py_ID.__typing_subst__);
  let res: Ref;
  if (subst !== 0) {
    hold(subst);
    const at = indexOf(parameters, arg);
    res = callFunction(subst, item(given, at));
  } else res = subs_tvars(arg, parameters, given);
  hold(res);
  if (spread && PyTuple_Check(res)) for (let i = 0; i < i32(res + 16); i++) out.push(item(res, i));
  else out.push(res);
}
function indexOf(tuple: Ref, op: Ref): number {
  for (let i = 0; i < i32(tuple + 16); i++) if (item(tuple, i) === op) return i;
  return -1;
}
/** obj[substitutes of its own parameters], or obj itself: a new reference. */
function subs_tvars(obj: Ref, parameters: Ref, given: Ref): Ref {
  const own = PyObject_GetOptionalAttr(obj, Py_ID.__parameters__);
  if (own === 0) return Py_NewRef(obj);
  const m = hold(own);
  if (!PyTuple_Check(own) || i32(own + 16) === 0) {
    release(m);
    return Py_NewRef(obj);
  }
  const out: Ref[] = [];
  for (let i = 0; i < i32(own + 16); i++) {
    const p = item(own, i);
    const at = indexOf(parameters, p);
    if (at < 0) {
      out.push(p);
      continue;
    }
    const value = item(given, at);
    const variadic = i32(i32(p + 8) + T.tp_iter) !== 0;
    if (variadic && PyTuple_Check(value)) for (let j = 0; j < i32(value + 16); j++) out.push(item(value, j));
    else out.push(value);
  }
  const key = tupleOf(out);
  hold(key);
  const res = PyObject_GetItem(obj, key);
  release(m);
  return res;
}
