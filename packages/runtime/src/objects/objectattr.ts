/** The object protocol: attributes, repr and str, hash, comparison, truth. Mirrors Objects/object.c. */
import { getattro as exceptionGetattro } from './exceptions.ts';
import {
  comparisonSymbols,
  PyMappingMethods as MP,
  PyNumberMethods as NB,
  PySequenceMethods as SQ,
  PyTypeObject as T,
  Py_EQ,
  Py_ID,
  Py_NE,
  Py_TPFLAGS_READY,
  Py_TPFLAGS_READYING,
} from '@moult/abi';
import { HASH_HI, i32, setI32 } from '../memory/linear.ts';
import { type NativeFunction, text } from '../memory/text.ts';
import { PyMapping_Keys, PySequence_List } from './abstract.ts';
import { PyBytes_FromObject } from './bytesobject.ts';
import { callFunction, PyObject_CallNoArgs } from './call.ts';
import { catchPending, raise, swallow } from './errors.ts';
import {
  checkName,
  PyObject_GenericGetAttr,
  _PyObject_GenericGetAttrWithDict,
  _PyObject_SetAttributeErrorContext,
} from './genericattr.ts';
import { internMortal } from './intern.ts';
import { PyList_Sort } from './listobject.ts';
import { _Py_module_getattro_impl, module_getattro } from './moduleobject.ts';
import {
  drop,
  hold,
  nativeMark,
  PyBytes_Check,
  PyList_Check,
  PyType_IsSubtype,
  PyUnicode_Check,
  Py_DECREF,
  Py_NewRef,
  type Ref,
  release,
  tpName,
  typeNameOf,
} from './object.ts';
import { Py_EnterRecursiveCall, Py_LeaveRecursiveCall } from './recursion.ts';
import {
  PyBytes_Type,
  PyExc_AttributeError,
  PyExc_SystemError,
  PyExc_TypeError,
  PyLong_Type,
  PyUnicode_Type,
  Py_False,
  Py_None,
  Py_NotImplemented,
  Py_True,
} from './static.ts';
import { PyType_Ready } from './typeready.ts';
import { type_getattro, _Py_type_getattro_impl } from './typeattrs.ts';
import { _PyType_Lookup } from './typelookup.ts';
import { asText, EMPTY_STRING, PyUnicode_FromString, unicode_hash } from './unicodeobject.ts';

function slot(op: Ref, offset: number): NativeFunction | null {
  const n = i32(i32(op + 8) + offset);
  return n === 0 ? null : (text[n] as NativeFunction);
}

// ---- attributes -----------------------------------------------------------------------------------------------------

/** obj.name, a new reference. */
export function PyObject_GetAttr(obj: Ref, name: Ref): Ref {
  if (!PyUnicode_Check(name)) checkName(name);
  const get = text[i32(i32(obj + 8) + T.tp_getattro)] as NativeFunction;
  const m = nativeMark();
  try {
    if (get === PyObject_GenericGetAttr) return _PyObject_GenericGetAttrWithDict(obj, name, 0, false);
    return get(obj, name) as Ref;
  } catch (e) {
    catchPending(e, m);
    _PyObject_SetAttributeErrorContext(obj, name);
    throw e;
  }
}
/** obj.name, a new reference, or 0 if there is no such attribute (any AttributeError). */
export function PyObject_GetOptionalAttr(obj: Ref, name: Ref): Ref {
  checkName(name);
  const get = text[i32(i32(obj + 8) + T.tp_getattro)] as NativeFunction;
  if (get === PyObject_GenericGetAttr || get === exceptionGetattro)
    return _PyObject_GenericGetAttrWithDict(obj, name, 0, true);
  const m = nativeMark();
  try {
    if (get === type_getattro) return _Py_type_getattro_impl(obj, name, true);
    return get === module_getattro ? _Py_module_getattro_impl(obj, name, true) : (get(obj, name) as Ref);
  } catch (e) {
    swallow(e, PyExc_AttributeError, m);
    return 0;
  }
}
export const _PyObject_LookupAttr = PyObject_GetOptionalAttr;
/** obj.name with a name of ours. */
export function PyObject_GetAttrString(obj: Ref, name: string): Ref {
  const m = hold(internMortal(PyUnicode_FromString(name)));
  const res = PyObject_GetAttr(obj, i32(m));
  release(m);
  return res;
}
export function PyObject_HasAttrWithError(obj: Ref, name: Ref): boolean {
  const res = PyObject_GetOptionalAttr(obj, name);
  if (res === 0) return false;
  Py_DECREF(res);
  return true;
}
/** obj.name = value; `value` 0 deletes. */
export function PyObject_SetAttr(obj: Ref, name: Ref, value: Ref): void {
  checkName(name);
  const type = i32(obj + 8);
  const m = hold(internMortal(Py_NewRef(name)));
  const set = i32(type + T.tp_setattro);
  if (set !== 0) {
    (text[set] as NativeFunction)(obj, i32(m), value);
    release(m);
    return;
  }
  const some = i32(type + T.tp_getattro) === 0 ? 'no' : 'only read-only';
  const verb = value === 0 ? 'del' : 'assign to';
  raise(PyExc_TypeError, `'${tpName(type)}' object has ${some} attributes (${verb} .${asText(name)})`);
}
export function PyObject_SetAttrString(obj: Ref, name: string, value: Ref): void {
  const m = hold(internMortal(PyUnicode_FromString(name)));
  PyObject_SetAttr(obj, i32(m), value);
  release(m);
}
export function PyObject_DelAttr(obj: Ref, name: Ref): void {
  PyObject_SetAttr(obj, name, 0);
}
/** A special method of the type, bound; 0 if there is none (_PyObject_LookupSpecial). */
export function _PyObject_LookupSpecial(self: Ref, name: Ref): Ref {
  const type = i32(self + 8);
  const res = _PyType_Lookup(type, name);
  if (res === 0) return 0;
  const get = i32(i32(res + 8) + T.tp_descr_get);
  if (get === 0) return Py_NewRef(res);
  const m = hold(Py_NewRef(res));
  const bound = (text[get] as NativeFunction)(res, self, type) as Ref;
  release(m);
  return bound;
}
export function PyObject_SelfIter(op: Ref): Ref {
  return Py_NewRef(op);
}
export function PyCallable_Check(op: Ref): boolean {
  return op !== 0 && i32(i32(op + 8) + T.tp_call) !== 0;
}

// ---- text -----------------------------------------------------------------------------------------------------------

function textSlot(op: Ref, fn: NativeFunction, where: string, method: string): Ref {
  Py_EnterRecursiveCall(where);
  let res: Ref;
  try {
    res = fn(op) as Ref;
  } finally {
    Py_LeaveRecursiveCall();
  }
  if (!PyUnicode_Check(res)) {
    hold(res);
    raise(PyExc_TypeError, `${method} returned non-string (type ${typeNameOf(res)})`);
  }
  return res;
}
export function PyObject_Repr(op: Ref): Ref {
  if (op === 0) return PyUnicode_FromString('<NULL>');
  const fn = slot(op, T.tp_repr);
  if (fn === null) return PyUnicode_FromString(`<${typeNameOf(op)} object at 0x${op.toString(16)}>`);
  return textSlot(op, fn, ' while getting the repr of an object', '__repr__');
}
export function PyObject_Str(op: Ref): Ref {
  if (op === 0) return PyUnicode_FromString('<NULL>');
  if (i32(op + 8) === PyUnicode_Type) return Py_NewRef(op);
  const fn = slot(op, T.tp_str);
  if (fn === null) return PyObject_Repr(op);
  return textSlot(op, fn, ' while getting the str of an object', '__str__');
}
/** repr with what is not ASCII escaped. */
export function PyObject_ASCII(op: Ref): Ref {
  const repr = PyObject_Repr(op);
  const m = hold(repr);
  const s = asText(repr);
  let ascii = true;
  for (let i = 0; i < s.length && ascii; i++) ascii = s.charCodeAt(i) < 0x80;
  if (ascii) {
    drop(m);
    return repr;
  }
  const out = PyUnicode_FromString(escapeNonAscii(s));
  release(m);
  return out;
}
function escapeNonAscii(s: string): string {
  let out = '';
  for (const ch of s) {
    const c = ch.codePointAt(0) as number;
    if (c < 0x80) out += ch;
    else if (c < 0x100) out += `\\x${c.toString(16).padStart(2, '0')}`;
    else if (c < 0x10000) out += `\\u${c.toString(16).padStart(4, '0')}`;
    else out += `\\U${c.toString(16).padStart(8, '0')}`;
  }
  return out;
}
/** bytes(op): __bytes__, or what bytes() makes of it. */
export function PyObject_Bytes(op: Ref): Ref {
  if (i32(op + 8) === PyBytes_Type) return Py_NewRef(op);
  const func = _PyObject_LookupSpecial(op, Py_ID.__bytes__);
  if (func === 0) return PyBytes_FromObject(op);
  const m = hold(func);
  const res = PyObject_CallNoArgs(func);
  release(m);
  if (!PyBytes_Check(res)) {
    hold(res);
    raise(PyExc_TypeError, `__bytes__ returned non-bytes (type ${typeNameOf(res)})`);
  }
  return res;
}
/** format(op, spec); `spec` a str or 0 (PyObject_Format of Objects/abstract.c). */
export function PyObject_Format(op: Ref, spec: Ref): Ref {
  if (spec !== 0 && !PyUnicode_Check(spec)) {
    raise(PyExc_SystemError, `Format specifier must be a string, not ${typeNameOf(spec)}`);
  }
  if (spec === 0 || i32(spec + 16) === 0) {
    const t = i32(op + 8);
    if (t === PyUnicode_Type) return Py_NewRef(op);
    if (t === PyLong_Type) return PyObject_Str(op);
  }
  const meth = _PyObject_LookupSpecial(op, Py_ID.__format__);
  if (meth === 0) raise(PyExc_TypeError, `Type ${typeNameOf(op)} doesn't define __format__`);
  const m = hold(meth);
  const res = callFunction(meth, spec === 0 ? EMPTY_STRING : spec);
  release(m);
  if (!PyUnicode_Check(res)) {
    hold(res);
    raise(PyExc_TypeError, `__format__ must return a str, not ${typeNameOf(res)}`);
  }
  return res;
}

// ---- hash -----------------------------------------------------------------------------------------------------------

/** The hash's low word; the high one is at HASH_HI. */
export function PyObject_Hash(op: Ref): number {
  const type = i32(op + 8);
  if (type === PyUnicode_Type) return unicode_hash(op);
  let n = i32(type + T.tp_hash);
  if (n === 0 && (i32(type + T.tp_flags) & (Py_TPFLAGS_READY | Py_TPFLAGS_READYING)) === 0) {
    PyType_Ready(type);
    n = i32(type + T.tp_hash);
  }
  if (n === 0) return PyObject_HashNotImplemented(op);
  return (text[n] as NativeFunction)(op) as number;
}
export function PyObject_HashNotImplemented(op: Ref): never {
  raise(PyExc_TypeError, `unhashable type: '${typeNameOf(op)}'`);
}
/** The hash of an address: rotated by 4, since objects are 16-aligned. */
export function _Py_HashPointer(p: number): number {
  setI32(HASH_HI, (p & 15) << 28);
  return p >>> 4;
}

// ---- comparison -----------------------------------------------------------------------------------------------------

const SWAPPED = [4, 5, 2, 3, 0, 1] as const;

/** The rest of a comparison whose first answer was NotImplemented: `asked` 1: of w, as of the derived type; 2: of v. */
export function PyObject_RichCompareAfter(v: Ref, w: Ref, op: number, asked: number): Ref {
  return do_richcompare(v, w, op, asked);
}
function do_richcompare(v: Ref, w: Ref, op: number, asked = 0): Ref {
  const vt = i32(v + 8);
  const wt = i32(w + 8);
  let checkedReverse = asked === 1;
  if (asked === 0 && vt !== wt && PyType_IsSubtype(wt, vt) && i32(wt + T.tp_richcompare) !== 0) {
    checkedReverse = true;
    const res = (text[i32(wt + T.tp_richcompare)] as NativeFunction)(w, v, SWAPPED[op]) as Ref;
    if (res !== Py_NotImplemented) return res;
    Py_DECREF(res);
  }
  let fn = i32(vt + T.tp_richcompare);
  if (fn !== 0 && asked < 2) {
    const res = (text[fn] as NativeFunction)(v, w, op) as Ref;
    if (res !== Py_NotImplemented) return res;
    Py_DECREF(res);
  }
  fn = i32(i32(w + 8) + T.tp_richcompare);
  if (!checkedReverse && fn !== 0) {
    const res = (text[fn] as NativeFunction)(w, v, SWAPPED[op]) as Ref;
    if (res !== Py_NotImplemented) return res;
    Py_DECREF(res);
  }
  if (op === Py_EQ) return Py_NewRef(v === w ? Py_True : Py_False);
  if (op === Py_NE) return Py_NewRef(v !== w ? Py_True : Py_False);
  return raise(
    PyExc_TypeError,
    `'${comparisonSymbols[op]}' not supported between instances of '${typeNameOf(v)}' and '${typeNameOf(w)}'`,
  );
}
/** v op w, a new reference. */
export function PyObject_RichCompare(v: Ref, w: Ref, op: number): Ref {
  Py_EnterRecursiveCall(' in comparison');
  try {
    return do_richcompare(v, w, op);
  } finally {
    Py_LeaveRecursiveCall();
  }
}
/** The truth of v op w; the same object is equal to itself. */
export function PyObject_RichCompareBool(v: Ref, w: Ref, op: number): boolean {
  if (v === w) {
    if (op === Py_EQ) return true;
    if (op === Py_NE) return false;
  }
  const res = PyObject_RichCompare(v, w, op);
  if (res === Py_True || res === Py_False) {
    Py_DECREF(res);
    return res === Py_True;
  }
  const m = hold(res);
  const truth = PyObject_IsTrue(res);
  release(m);
  return truth;
}

// ---- truth ----------------------------------------------------------------------------------------------------------

export function PyObject_IsTrue(v: Ref): boolean {
  if (v === Py_True) return true;
  if (v === Py_False || v === Py_None) return false;
  const type = i32(v + 8);
  const nb = i32(type + T.tp_as_number);
  if (nb !== 0 && i32(nb + NB.nb_bool) !== 0) return (text[i32(nb + NB.nb_bool)] as NativeFunction)(v) as boolean;
  const mp = i32(type + T.tp_as_mapping);
  if (mp !== 0 && i32(mp + MP.mp_length) !== 0)
    return ((text[i32(mp + MP.mp_length)] as NativeFunction)(v) as number) > 0;
  const sq = i32(type + T.tp_as_sequence);
  if (sq !== 0 && i32(sq + SQ.sq_length) !== 0)
    return ((text[i32(sq + SQ.sq_length)] as NativeFunction)(v) as number) > 0;
  return true;
}
export function PyObject_Not(v: Ref): boolean {
  return !PyObject_IsTrue(v);
}

// ---- dir ------------------------------------------------------------------------------------------------------------

/** dir(obj): a sorted list; `obj` 0: the names of the current scope, which the caller gives as `locals`. */
export function PyObject_Dir(obj: Ref, locals = 0): Ref {
  if (obj === 0) {
    if (locals === 0) raise(PyExc_SystemError, 'frame does not exist');
    const names = PyMapping_Keys(locals);
    if (!PyList_Check(names))
      raise(PyExc_TypeError, `dir(): expected keys() of locals to be a list, not '${typeNameOf(names)}'`);
    const m = hold(names);
    PyList_Sort(names);
    drop(m);
    return names;
  }
  const func = _PyObject_LookupSpecial(obj, Py_ID.__dir__);
  if (func === 0) raise(PyExc_TypeError, 'object does not provide __dir__');
  const m = hold(func);
  const result = PyObject_CallNoArgs(func);
  hold(result);
  const list = PySequence_List(result);
  release(m);
  const m2 = hold(list);
  PyList_Sort(list);
  drop(m2);
  return list;
}

export {
  PyObject_GenericGetAttr,
  PyObject_GenericSetAttr,
  _PyObject_GenericGetAttrWithDict,
  _PyObject_GenericSetAttrWithDict,
  _PyObject_GetMethod,
  _PyObject_SetAttributeErrorContext,
} from './genericattr.ts';
export { PyObject_GenericGetDict, PyObject_GenericSetDict, _PyObject_GetDictPtr } from './instancedict.ts';
export { _PyObject_FunctionStr } from './methodobject.ts';
