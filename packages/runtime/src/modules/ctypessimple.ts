/** Simple C types: c_int, c_char_p, py_object … Mirrors the Simple part of Modules/_ctypes/_ctypes.c. */
import { METH_O, PyTypeObject as T } from '@moult/abi';
import { bytes, i32, setI32, setPtr } from '../memory/linear.ts';
import { fnptr, type NativeFunction, text } from '../memory/text.ts';
import { _PyObject_GC_New, PyObject_GC_Del } from '../gc/alloc.ts';
import { _PyObject_GC_TRACK, PyObject_GC_UnTrack } from '../gc/track.ts';
import { PyObject_IsInstance } from '../objects/abstract.ts';
import { PyDescr_NewClassMethod } from '../objects/descrobject.ts';
import { catchPending, PyErr_GetRaisedException, PyErr_SetRaisedException, PENDING, raise } from '../objects/errors.ts';
import {
  drop,
  hold,
  nativeMark,
  PyBytes_Check,
  PyLong_Check,
  PyUnicode_Check,
  Py_CLEAR,
  Py_NewRef,
  type Ref,
  release,
  tpName,
  typeNameOf,
} from '../objects/object.ts';
import { PyObject_GetOptionalAttr, PyObject_Repr } from '../objects/objectattr.ts';
import type { MethodSpec, TypeSpec } from '../objects/spec.ts';
import { PyExc_AttributeError, PyExc_TypeError, PyExc_ValueError, Py_None, PyType_Type } from '../objects/static.ts';
import { tupleSteal } from '../objects/tupleobject.ts';
import { asText, PyUnicode_FromString, PyUnicode_InternFromString } from '../objects/unicodeobject.ts';
import { none } from './builtinfuncs.ts';
import {
  CA,
  CD,
  CTYPES_STATE,
  PyCArg_Type,
  PyCFuncPtrType_Type,
  PyCSimpleType_Type,
  SI,
  Simple_Type,
} from './ctypeslayout.ts';
import {
  PLACEHOLDER_DOC,
  DATA_FLAGS,
  dataSlots,
  dataSpec,
  hasInfo,
  initInfo,
  isArrayType,
  isData,
  isPointerType,
  keepRef,
  needInfo,
  newCString,
  newData,
} from './ctypesdata.ts';
import { asParameter, ctypeMethods, metaSpec, setOwn } from './ctypesmeta.ts';
import { checkAccess } from './ctypeswild.ts';
import { FIELDS, type FieldDesc, SIMPLE_TYPE_CHARS, wideCopy } from './ctypesvalues.ts';

// ---- arguments ----------------------------------------------------------------------------------------------------------

/** An argument ready for a C function: `value` is written by the caller. `tag` as the format's code. */
export function newArgument(tag: string, obj: Ref): Ref {
  const arg = _PyObject_GC_New(PyCArg_Type);
  setPtr(arg + CA.pffi_type, 0);
  setPtr(arg + CA.tag, tag.charCodeAt(0));
  setPtr(arg + CA.value, 0);
  setPtr(arg + CA.value + 8, 0);
  setPtr(arg + CA.obj, obj);
  setPtr(arg + CA.size, 0);
  _PyObject_GC_TRACK(arg);
  return arg;
}
function arg_dealloc(self: Ref): void {
  PyObject_GC_UnTrack(self);
  Py_CLEAR(self + CA.obj);
  PyObject_GC_Del(self);
}
function arg_repr(self: Ref): Ref {
  const tag = String.fromCharCode(i32(self + CA.tag));
  const at = self + CA.value;
  const hex = (n: number): string => `0x${(n >>> 0).toString(16)}`;
  if ('bBhHiIlLqQfdg'.includes(tag)) {
    const m = hold((FIELDS[tag] as FieldDesc).get(at, 0));
    hold(PyObject_Repr(i32(m)));
    const shown = asText(i32(m + 8));
    release(m);
    return PyUnicode_FromString(`<cparam '${tag}' (${shown})>`);
  }
  if (tag === 'c') return PyUnicode_FromString(`<cparam 'c' ('${String.fromCharCode(bytes[at] as number)}')>`);
  if ('zZP'.includes(tag)) return PyUnicode_FromString(`<cparam '${tag}' (${hex(i32(at))})>`);
  return PyUnicode_FromString(`<cparam '${tag}' at ${hex(self)}>`);
}
export const argSpec: TypeSpec = {
  address: PyCArg_Type,
  name: '_ctypes.CArgObject',
  basicsize: CA.SIZE,
  flags: 1 << 14,
  slots: {
    tp_dealloc: arg_dealloc,
    tp_repr: arg_repr,
    tp_traverse(self: Ref, visit: (op: Ref, arg: number) => void, arg: number): void {
      if (i32(self + CA.obj) !== 0) visit(i32(self + CA.obj), arg);
    },
    tp_clear(self: Ref): void {
      Py_CLEAR(self + CA.obj);
    },
  },
  members: [{ name: '_obj', type: 6, offset: CA.obj, flags: 1, doc: 'the wrapped object' }],
};

// ---- making a simple class ----------------------------------------------------------------------------------------------

/** The code of a simple class. */
export function codeOf(type: Ref): string {
  const proto = i32(type + SI.proto);
  return proto !== 0 && PyUnicode_Check(proto) ? asText(proto) : '';
}
function layOut(type: Ref, code: string, swapped: boolean): void {
  const desc = FIELDS[code] as FieldDesc;
  initInfo(type);
  setPtr(type + SI.align, desc.align);
  setPtr(type + SI.size, desc.size);
  setPtr(type + SI.length, 0);
  setPtr(type + SI.setfunc, fnptr(swapped ? (desc.setSwapped as NativeFunction) : desc.set));
  setPtr(type + SI.getfunc, fnptr(swapped ? (desc.getSwapped as NativeFunction) : desc.get));
  setPtr(type + SI.format, newCString((swapped ? '>' : '<') + desc.pep));
  setI32(type + SI.flags, 'OPzZ'.includes(code) ? 0x100 : 0);
}
function simple_type_init(self: Ref, args: Ref, kwds: Ref): void {
  (text[i32(PyType_Type + T.tp_init)] as NativeFunction)(self, args, kwds);
  const name = PyUnicode_InternFromString('_type_');
  const m = hold(name);
  const proto = PyObject_GetOptionalAttr(self, name);
  if (proto === 0) raise(PyExc_AttributeError, "class must define a '_type_' attribute");
  hold(proto);
  if (!PyUnicode_Check(proto)) raise(PyExc_TypeError, "class must define a '_type_' string attribute");
  const code = asText(proto);
  if (code.length !== 1) {
    raise(PyExc_ValueError, "class must define a '_type_' attribute which must be a string of length 1");
  }
  if (!SIMPLE_TYPE_CHARS.includes(code) || FIELDS[code] === undefined) {
    raise(
      PyExc_AttributeError,
      `class must define a '_type_' attribute which must be\na single character string containing one of '${SIMPLE_TYPE_CHARS}'.`,
    );
  }
  layOut(self, code, false);
  setPtr(self + SI.proto, Py_NewRef(proto));
  if (i32(self + T.tp_base) === Simple_Type) {
    const index = 'zZP'.indexOf(code);
    if (index >= 0) addFromParam(self, index);
  }
  if (i32(self + 8) === PyCSimpleType_Type && FIELDS[code]?.setSwapped !== undefined)
    addSwapped(self, args, kwds, proto);
  release(m);
}
/** c_char_p, c_wchar_p and c_void_p take more than others. The three rows stand first in the module's hidden table. */
function addFromParam(type: Ref, index: number): void {
  const ml = i32(CTYPES_STATE) + 32 * index;
  const m = hold(PyDescr_NewClassMethod(type, ml));
  setOwn(type, 'from_param', i32(m));
  release(m);
}
/** The class of the other byte order: its name has a suffix. */
function addSwapped(self: Ref, args: Ref, _kwds: Ref, proto: Ref): void {
  const name = PyUnicode_FromString(`${asText(i32(args + 24))}_be`);
  const m = hold(name);
  const whole = hold(tupleSteal(Py_NewRef(name), Py_NewRef(i32(args + 32)), Py_NewRef(i32(args + 40))));
  const swapped = (text[i32(PyType_Type + T.tp_new)] as NativeFunction)(PyCSimpleType_Type, i32(whole), 0) as Ref;
  hold(swapped);
  layOut(swapped, asText(proto), true);
  setPtr(swapped + SI.proto, Py_NewRef(proto));
  setOwn(self, '__ctype_le__', self);
  setOwn(self, '__ctype_be__', swapped);
  setOwn(swapped, '__ctype_le__', self);
  setOwn(swapped, '__ctype_be__', swapped);
  release(m);
}

// ---- from_param ---------------------------------------------------------------------------------------------------------

/** An argument whose value the type's set function writes; 0 if it refuses. */
function argumentFrom(code: string, setfunc: number, value: Ref): Ref {
  const arg = newArgument(code, 0);
  const m = hold(arg);
  setPtr(arg + CA.obj, (text[setfunc] as NativeFunction)(arg + CA.value, value, 0) as Ref);
  drop(m);
  return arg;
}
function simple_from_param(type: Ref, value: Ref): Ref {
  if (PyObject_IsInstance(value, type)) return Py_NewRef(value);
  needInfo(type);
  const code = codeOf(type);
  const m = nativeMark();
  try {
    return argumentFrom(code, fnptr((FIELDS[code] as FieldDesc).set), value);
  } catch (e) {
    catchPending(e, m);
  }
  const exc = PyErr_GetRaisedException();
  hold(exc);
  const other = asParameter(value);
  if (other !== 0) {
    hold(other);
    const r = simple_from_param(type, other);
    release(m);
    return r;
  }
  drop(m);
  PyErr_SetRaisedException(exc);
  throw PENDING;
}
function viaParameter(type: Ref, value: Ref, again: (type: Ref, value: Ref) => Ref): Ref {
  const other = asParameter(value);
  if (other !== 0) {
    const m = hold(other);
    const r = again(type, other);
    release(m);
    return r;
  }
  raise(PyExc_TypeError, `'${typeNameOf(value)}' object cannot be interpreted as ctypes.${tpName(type)}`);
}
/** A byref() or array or pointer of items with this code may stand for the address. */
function pointsTo(value: Ref, codes: string): boolean {
  const inner = (type: Ref): boolean => {
    const item = i32(type + SI.proto);
    return item !== 0 && hasInfo(item) && codes.includes(codeOf(item)) && codeOf(item) !== '';
  };
  return isData(value) && (isArrayType(i32(value + 8)) || isPointerType(i32(value + 8))) && inner(i32(value + 8));
}
function byteArgument(value: Ref): Ref {
  const arg = newArgument('z', Py_NewRef(value));
  setPtr(arg + CA.value, value + 32);
  return arg;
}
function wideArgument(value: Ref): Ref {
  const { buffer, keep } = wideCopy(value);
  const m = hold(keep);
  const arg = newArgument('Z', keep);
  drop(m);
  setPtr(arg + CA.value, buffer);
  return arg;
}
function c_char_p_from_param(type: Ref, value: Ref): Ref {
  if (value === Py_None) return none();
  if (PyBytes_Check(value)) return byteArgument(value);
  if (PyObject_IsInstance(value, type) || pointsTo(value, 'c')) return Py_NewRef(value);
  if (i32(value + 8) === PyCArg_Type && i32(value + CA.obj) !== 0 && codeOf(i32(i32(value + CA.obj) + 8)) === 'c') {
    return Py_NewRef(value);
  }
  return viaParameter(type, value, c_char_p_from_param);
}
function c_wchar_p_from_param(type: Ref, value: Ref): Ref {
  if (value === Py_None) return none();
  if (PyUnicode_Check(value)) return wideArgument(value);
  if (PyObject_IsInstance(value, type) || pointsTo(value, 'u')) return Py_NewRef(value);
  return viaParameter(type, value, c_wchar_p_from_param);
}
function c_void_p_from_param(type: Ref, value: Ref): Ref {
  if (value === Py_None) return none();
  if (PyLong_Check(value)) return argumentFrom('P', fnptr((FIELDS.P as FieldDesc).set), value);
  if (PyBytes_Check(value)) return byteArgument(value);
  if (PyUnicode_Check(value)) return wideArgument(value);
  if (PyObject_IsInstance(value, type)) return Py_NewRef(value);
  if (isData(value) && (isArrayType(i32(value + 8)) || isPointerType(i32(value + 8)))) return Py_NewRef(value);
  if (i32(value + 8) === PyCArg_Type && 'PzZ'.includes(String.fromCharCode(i32(value + CA.tag))))
    return Py_NewRef(value);
  if (isData(value) && i32(i32(i32(value + 8) + 8)) !== 0 && i32(i32(value + 8) + 8) === PyCFuncPtrType_Type) {
    const arg = newArgument('P', Py_NewRef(value));
    setPtr(arg + CA.value, i32(i32(value + CD.b_ptr)));
    return arg;
  }
  if (isData(value) && 'zZ'.includes(codeOf(i32(value + 8))) && codeOf(i32(value + 8)) !== '') {
    const arg = newArgument('Z', Py_NewRef(value));
    setPtr(arg + CA.value, i32(i32(value + CD.b_ptr)));
    return arg;
  }
  return viaParameter(type, value, c_void_p_from_param);
}
/** First in the module's hidden table: what addFromParam uses. */
export const fromParamRows: readonly MethodSpec[] = [
  { name: 'from_param', flags: METH_O, fn: c_char_p_from_param },
  { name: 'from_param', flags: METH_O, fn: c_wchar_p_from_param },
  { name: 'from_param', flags: METH_O, fn: c_void_p_from_param },
];

// ---- instances ----------------------------------------------------------------------------------------------------------

function simple_set_value(self: Ref, value: Ref): void {
  if (value === 0) raise(PyExc_TypeError, "can't delete attribute");
  const type = i32(self + 8);
  needInfo(type);
  if (i32(self + CD.b_needsfree) === 0) checkAccess(i32(self + CD.b_ptr), i32(self + CD.b_size));
  keepRef(
    self,
    0,
    (text[i32(type + SI.setfunc)] as NativeFunction)(i32(self + CD.b_ptr), value, i32(type + SI.size)) as Ref,
  );
}
function simple_get_value(self: Ref): Ref {
  const type = i32(self + 8);
  needInfo(type);
  if (i32(self + CD.b_needsfree) === 0) checkAccess(i32(self + CD.b_ptr), i32(self + CD.b_size));
  return (text[i32(type + SI.getfunc)] as NativeFunction)(i32(self + CD.b_ptr), i32(self + CD.b_size)) as Ref;
}
function simple_init(self: Ref, args: Ref, _kwds: Ref): void {
  const n = i32(args + 16);
  if (n > 1) raise(PyExc_TypeError, `__init__ expected at most 1 argument, got ${n}`);
  if (n === 1) simple_set_value(self, i32(args + 24));
}
function simple_repr(self: Ref): Ref {
  const type = i32(self + 8);
  if (i32(type + T.tp_base) !== Simple_Type) {
    return PyUnicode_FromString(`<${tpName(type)} object at 0x${self.toString(16)}>`);
  }
  const m = hold(simple_get_value(self));
  hold(PyObject_Repr(i32(m)));
  const shown = asText(i32(m + 8));
  release(m);
  return PyUnicode_FromString(`${tpName(type)}(${shown})`);
}
function simple_bool(self: Ref): boolean {
  const p = i32(self + CD.b_ptr);
  for (let i = 0; i < i32(self + CD.b_size); i++) if (bytes[p + i] !== 0) return true;
  return false;
}

export const simpleTypeSpec = metaSpec(PyCSimpleType_Type, 'PyCSimpleType', { tp_init: simple_type_init }, [
  {
    name: 'from_param',
    flags: METH_O,
    fn: simple_from_param,
    doc: 'Convert a Python object into a function call parameter.',
  },
  ...ctypeMethods,
]);
export const simpleSpec: TypeSpec = {
  address: Simple_Type,
  name: '_ctypes._SimpleCData',
  basicsize: CD.SIZE,
  flags: DATA_FLAGS,
  base: dataSpec.address,
  metatype: PyCSimpleType_Type,
  doc: PLACEHOLDER_DOC,
  slots: { ...dataSlots, tp_new: newData, tp_init: simple_init, tp_repr: simple_repr, nb_bool: simple_bool },
  getset: [{ name: 'value', get: simple_get_value, set: simple_set_value, doc: 'current value' }],
};
