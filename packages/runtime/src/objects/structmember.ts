/** Reading and writing a field of an object's struct as a Python value. Mirrors Python/structmember.c. */
import {
  PyMemberDef,
  Py_READONLY,
  Py_RELATIVE_OFFSET,
  Py_T_BOOL,
  Py_T_BYTE,
  Py_T_CHAR,
  Py_T_DOUBLE,
  Py_T_FLOAT,
  Py_T_INT,
  Py_T_LONG,
  Py_T_LONGLONG,
  Py_T_OBJECT_EX,
  Py_T_PYSSIZET,
  Py_T_SHORT,
  Py_T_STRING,
  Py_T_STRING_INPLACE,
  Py_T_UBYTE,
  Py_T_UINT,
  Py_T_ULONG,
  Py_T_ULONGLONG,
  Py_T_USHORT,
  _Py_T_NONE,
  _Py_T_OBJECT,
} from '@moult/abi';
import { cstring, f64, i32, i64, mem, setBig64, setF64, setI32, setPtr, setU8, u8 } from '../memory/linear.ts';
import { PyBool_FromLong } from './boolobject.ts';
import { raise } from './errors.ts';
import { PyFloat_AsDouble, PyFloat_FromDouble } from './floatobject.ts';
import { PyLong_AsBigInt, PyLong_FromBigInt, PyLong_FromLong } from './longobject.ts';
import { PyUnicode_Check, Py_NewRef, Py_XDECREF, type Ref, typeNameOf } from './object.ts';
import {
  PyBool_Type,
  PyExc_AttributeError,
  PyExc_OverflowError,
  PyExc_SystemError,
  PyExc_TypeError,
  Py_None,
  Py_True,
} from './static.ts';
import { asText, PyUnicode_FromString } from './unicodeobject.ts';

export function PyMember_GetOne(obj: Ref, def: number): Ref {
  if ((i32(def + PyMemberDef.flags) & Py_RELATIVE_OFFSET) !== 0)
    raise(PyExc_SystemError, 'PyMember_GetOne used with Py_RELATIVE_OFFSET');
  const a = obj + i32(def + PyMemberDef.offset);
  switch (i32(def + PyMemberDef.type)) {
    case Py_T_BOOL:
      return PyBool_FromLong(u8(a) !== 0);
    case Py_T_BYTE:
      return PyLong_FromLong(mem.getInt8(a));
    case Py_T_UBYTE:
      return PyLong_FromLong(u8(a));
    case Py_T_SHORT:
      return PyLong_FromLong(mem.getInt16(a, true));
    case Py_T_USHORT:
      return PyLong_FromLong(mem.getUint16(a, true));
    case Py_T_INT:
      return PyLong_FromLong(i32(a));
    case Py_T_UINT:
      return PyLong_FromLong(mem.getUint32(a, true));
    case Py_T_LONG:
    case Py_T_LONGLONG:
    case Py_T_PYSSIZET:
      return PyLong_FromBigInt(i64(a));
    case Py_T_ULONG:
    case Py_T_ULONGLONG:
      return PyLong_FromBigInt(BigInt.asUintN(64, i64(a)));
    case Py_T_FLOAT:
      return PyFloat_FromDouble(mem.getFloat32(a, true));
    case Py_T_DOUBLE:
      return PyFloat_FromDouble(f64(a));
    case Py_T_STRING:
      return i32(a) === 0 ? Py_NewRef(Py_None) : PyUnicode_FromString(cstring(i32(a)));
    case Py_T_STRING_INPLACE:
      return PyUnicode_FromString(cstring(a));
    case Py_T_CHAR:
      return PyUnicode_FromString(String.fromCharCode(u8(a)));
    case _Py_T_OBJECT:
      return Py_NewRef(i32(a) === 0 ? Py_None : i32(a));
    case Py_T_OBJECT_EX:
      if (i32(a) === 0) {
        raise(
          PyExc_AttributeError,
          `'${typeNameOf(obj)}' object has no attribute '${cstring(i32(def + PyMemberDef.name))}'`,
        );
      }
      return Py_NewRef(i32(a));
    case _Py_T_NONE:
      return Py_NewRef(Py_None);
    default:
      return raise(PyExc_SystemError, 'bad memberdescr type for ' + cstring(i32(def + PyMemberDef.name)));
  }
}

function checked(value: Ref, bits: number, signed: boolean, what: string): bigint {
  const v = PyLong_AsBigInt(value);
  const fits = signed ? BigInt.asIntN(bits, v) === v : BigInt.asUintN(bits, v) === v;
  if (!fits) raise(PyExc_OverflowError, `Python int too large to convert to C ${what}`);
  return v;
}

/** `value` 0 deletes, where that is possible. */
export function PyMember_SetOne(obj: Ref, def: number, value: Ref): void {
  const flags = i32(def + PyMemberDef.flags);
  const type = i32(def + PyMemberDef.type);
  if ((flags & Py_READONLY) !== 0) raise(PyExc_AttributeError, 'readonly attribute');
  const a = obj + i32(def + PyMemberDef.offset);
  if (value === 0) {
    if (type === Py_T_OBJECT_EX) {
      if (i32(a) === 0) raise(PyExc_AttributeError, cstring(i32(def + PyMemberDef.name)));
    } else if (type !== _Py_T_OBJECT) raise(PyExc_TypeError, "can't delete numeric/char attribute");
  }
  switch (type) {
    case Py_T_BOOL:
      if (i32(value + 8) !== PyBool_Type) raise(PyExc_TypeError, 'attribute value type must be bool');
      setU8(a, value === Py_True ? 1 : 0);
      break;
    case Py_T_BYTE:
    case Py_T_UBYTE:
      setU8(a, Number(checked(value, 64, true, 'long') & 255n));
      break;
    case Py_T_SHORT:
    case Py_T_USHORT:
      mem.setInt16(a, Number(checked(value, 64, true, 'long') & 65535n), true);
      break;
    case Py_T_INT:
    case Py_T_UINT:
      setI32(a, Number(BigInt.asIntN(32, checked(value, 64, true, 'long'))));
      break;
    case Py_T_LONG:
    case Py_T_LONGLONG:
      setBig64(a, checked(value, 64, true, 'long'));
      break;
    case Py_T_PYSSIZET:
      setBig64(a, checked(value, 64, true, 'ssize_t'));
      break;
    case Py_T_ULONG:
    case Py_T_ULONGLONG:
      setBig64(a, BigInt.asIntN(64, checked(value, 64, false, 'unsigned long')));
      break;
    case Py_T_FLOAT:
      mem.setFloat32(a, PyFloat_AsDouble(value), true);
      break;
    case Py_T_DOUBLE:
      setF64(a, PyFloat_AsDouble(value));
      break;
    case _Py_T_OBJECT:
    case Py_T_OBJECT_EX: {
      const old = i32(a);
      setPtr(a, value === 0 ? 0 : Py_NewRef(value));
      Py_XDECREF(old);
      break;
    }
    case Py_T_CHAR: {
      const s = PyUnicode_Check(value) ? asText(value) : '';
      if (s.length !== 1 || s.charCodeAt(0) > 127) raise(PyExc_TypeError, 'bad argument type for built-in operation');
      setU8(a, s.charCodeAt(0));
      break;
    }
    case Py_T_STRING:
    case Py_T_STRING_INPLACE:
      raise(PyExc_TypeError, 'readonly attribute');
      break;
    default:
      raise(PyExc_SystemError, `bad memberdescr type for ${cstring(i32(def + PyMemberDef.name))}`);
  }
}
