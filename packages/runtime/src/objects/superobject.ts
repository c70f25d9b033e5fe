/** super. Mirrors the superobject part of Objects/typeobject.c. */
import {
  PyCodeObject,
  PyTypeObject as T,
  PyThreadState,
  Py_ID,
  Py_READONLY,
  Py_TPFLAGS_BASETYPE,
  Py_TPFLAGS_HAVE_GC,
  Py_TPFLAGS_METHOD_DESCRIPTOR,
  superobject as S,
  _PyInterpreterFrame as F,
  _Py_T_OBJECT,
} from '@moult/abi';
import { PyObject_GC_Del } from '../gc/alloc.ts';
import { PyObject_GC_UnTrack } from '../gc/track.ts';
import { CURRENT_TSTATE, i32, setI32, setPtr, u8 } from '../memory/linear.ts';
import { type NativeFunction, text } from '../memory/text.ts';
import { callFunction } from './call.ts';
import { _PyArg_CheckPositional, _PyArg_NoKeywords, _PyArg_NoKwnames } from './args.ts';
import { PyDict_GetItemWithError } from './dictobject.ts';
import { raise } from './errors.ts';
import {
  drop,
  hold,
  PyType_Check,
  PyType_IsSubtype,
  Py_CLEAR,
  Py_DECREF,
  Py_NewRef,
  Py_XDECREF,
  type Ref,
  release,
  tpName,
  typeNameOf,
} from './object.ts';
import { PyObject_GenericGetAttr, PyObject_GetOptionalAttr } from './objectattr.ts';
import type { TypeSpec } from './spec.ts';
import { PyCell_Type, PyExc_RuntimeError, PyExc_TypeError, PySuper_Type, Py_None } from './static.ts';
import { PyType_GenericAlloc, PyType_GenericNew, typeAlloc } from './typealloc.ts';
import { lookup_tp_dict } from './typelookup.ts';
import { PyUnicode_FromString, _PyUnicode_EqualToASCIIString } from './unicodeobject.ts';

/** The type whose mro is searched: of obj, or obj itself if it is a class (new reference; supercheck). */
function supercheck(type: Ref, obj: Ref): Ref {
  if (PyType_Check(obj) && PyType_IsSubtype(obj, type)) return Py_NewRef(obj);
  if (PyType_IsSubtype(i32(obj + 8), type)) return Py_NewRef(i32(obj + 8));
  const cls = PyObject_GetOptionalAttr(obj, Py_ID.__class__);
  if (cls !== 0) {
    if (PyType_Check(cls) && cls !== i32(obj + 8) && PyType_IsSubtype(cls, type)) return cls;
    Py_DECREF(cls);
  }
  const what = PyType_Check(obj) ? `type ${tpName(obj)}` : `instance of ${typeNameOf(obj)}`;
  return raise(
    PyExc_TypeError,
    `super(type, obj): obj (${what}) is not an instance or subtype of type (${tpName(type)}).`,
  );
}

/**
 * Looks `name` up behind `type` in the mro of `starttype`: a new reference, bound; 0 if there is none. With `methodSlot`
 * an unbound method is returned as it is and 1 written there.
 */
function do_super_lookup(type: Ref, obj: Ref, starttype: Ref, name: Ref, methodSlot: number): Ref {
  const mro = i32(starttype + T.tp_mro);
  if (mro === 0) return 0;
  const n = i32(mro + 16);
  let i = 0;
  while (i + 1 < n && i32(mro + 24 + (i << 3)) !== type) i++;
  i++;
  const m = hold(Py_NewRef(mro));
  for (; i < n; i++) {
    const res = PyDict_GetItemWithError(lookup_tp_dict(i32(mro + 24 + (i << 3))), name);
    if (res === 0) continue;
    if (methodSlot !== 0 && (i32(i32(res + 8) + T.tp_flags) & Py_TPFLAGS_METHOD_DESCRIPTOR) !== 0) {
      setI32(methodSlot, 1);
      Py_NewRef(res);
      release(m);
      return res;
    }
    const get = i32(i32(res + 8) + T.tp_descr_get);
    let out: Ref;
    if (get !== 0) {
      hold(Py_NewRef(res));
      out = (text[get] as NativeFunction)(res, obj === starttype ? 0 : obj, starttype) as Ref;
    } else out = Py_NewRef(res);
    release(m);
    return out;
  }
  release(m);
  return 0;
}
function super_getattro(self: Ref, name: Ref): Ref {
  const starttype = i32(self + S.obj_type);
  if (starttype === 0 || name === Py_ID.__class__ || _PyUnicode_EqualToASCIIString(name, '__class__'))
    return PyObject_GenericGetAttr(self, name);
  const m = hold(Py_NewRef(starttype));
  const res = do_super_lookup(i32(self + S.type), i32(self + S.obj), starttype, name, 0);
  release(m);
  return res !== 0 ? res : PyObject_GenericGetAttr(self, name);
}
/** For LOAD_SUPER_ATTR: super(type, obj).name without the super object. `methodSlot` 0: bind methods. */
export function _PySuper_Lookup(type: Ref, obj: Ref, name: Ref, methodSlot: number): Ref {
  const starttype = supercheck(type, obj);
  const m = hold(starttype);
  if (methodSlot !== 0) setI32(methodSlot, 0);
  let res = do_super_lookup(type, obj, starttype, name, methodSlot);
  release(m);
  if (res !== 0) return res;
  const su = makeSuper(type, obj);
  const ms = hold(su);
  res = super_getattro(su, name);
  release(ms);
  return res;
}
function makeSuper(type: Ref, obj: Ref): Ref {
  const objType = supercheck(type, obj);
  const m = hold(objType);
  const su = PyType_GenericAlloc(PySuper_Type, 0);
  drop(m);
  setPtr(su + S.type, Py_NewRef(type));
  setPtr(su + S.obj, Py_NewRef(obj));
  setPtr(su + S.obj_type, objType);
  return su;
}

function super_repr(self: Ref): Ref {
  const type = i32(self + S.type);
  const name = type === 0 ? 'NULL' : tpName(type);
  const objType = i32(self + S.obj_type);
  return PyUnicode_FromString(`<super: <class '${name}'>, ${objType === 0 ? 'NULL' : `<${tpName(objType)} object>`}>`);
}
function super_descr_get(self: Ref, obj: Ref): Ref {
  if (obj === 0 || obj === Py_None || i32(self + S.obj) !== 0) return Py_NewRef(self);
  if (i32(self + 8) !== PySuper_Type) return callFunction(i32(self + 8), i32(self + S.type), obj);
  return makeSuper(i32(self + S.type), obj);
}

// ---- super() without arguments --------------------------------------------------------------------------------------------

/** The first argument and `__class__` of the running function (super_init_without_args): borrowed. */
function fromFrame(): { type: Ref; obj: Ref } {
  const fail = (why: string): never => raise(PyExc_RuntimeError, `super(): ${why}`);
  let frame = i32(i32(CURRENT_TSTATE) + PyThreadState.current_frame);
  while (frame !== 0 && u8(frame + F.owner) === 3) frame = i32(frame + F.previous);
  if (frame === 0) fail('no current frame');
  const code = i32(frame + F.f_executable);
  if (i32(code + PyCodeObject.co_argcount) === 0) fail('no arguments');
  const locals = frame + F.localsplus;
  let obj = i32(locals);
  const kinds = i32(code + PyCodeObject.co_localspluskinds);
  if (obj !== 0 && (u8(kinds + 32) & 0x40) !== 0 && i32(obj + 8) === PyCell_Type) obj = i32(obj + 16);
  if (obj === 0) fail('arg[0] deleted');
  const names = i32(code + PyCodeObject.co_localsplusnames);
  const n = i32(code + PyCodeObject.co_nlocalsplus);
  const nfree = i32(code + PyCodeObject.co_nfreevars);
  for (let i = n - nfree; i < n; i++) {
    if (!_PyUnicode_EqualToASCIIString(i32(names + 24 + (i << 3)), '__class__')) continue;
    const cell = i32(locals + (i << 3));
    if (cell === 0 || i32(cell + 8) !== PyCell_Type) fail('bad __class__ cell');
    const type = i32(cell + 16);
    if (type === 0) fail('empty __class__ cell');
    if (!PyType_Check(type)) fail(`__class__ is not a type (${typeNameOf(type)})`);
    return { type, obj };
  }
  return fail('__class__ cell not found');
}
function super_init_impl(self: Ref, type: Ref, obj: Ref): void {
  if (type === 0) ({ type, obj } = fromFrame());
  if (obj === Py_None) obj = 0;
  const objType = obj === 0 ? 0 : supercheck(type, obj);
  const old = [i32(self + S.type), i32(self + S.obj), i32(self + S.obj_type)];
  setPtr(self + S.type, Py_NewRef(type));
  setPtr(self + S.obj, obj === 0 ? 0 : Py_NewRef(obj));
  setPtr(self + S.obj_type, objType);
  for (const op of old) Py_XDECREF(op);
}
function checkType(type: Ref): void {
  if (type !== 0 && !PyType_Check(type))
    raise(PyExc_TypeError, `super() argument 1 must be a type, not ${typeNameOf(type)}`);
}
function super_init(self: Ref, args: Ref, kwds: Ref): void {
  _PyArg_NoKeywords('super', kwds);
  const n = i32(args + 16);
  _PyArg_CheckPositional('super', n, 0, 2);
  const type = n > 0 ? i32(args + 24) : 0;
  checkType(type);
  super_init_impl(self, type, n > 1 ? i32(args + 32) : 0);
}
function super_vectorcall(cls: Ref, args: number, nargs: number, kwnames: Ref): Ref {
  _PyArg_NoKwnames('super', kwnames);
  _PyArg_CheckPositional('super()', nargs, 0, 2);
  const type = nargs > 0 ? i32(args) : 0;
  checkType(type);
  const self = typeAlloc(cls, 0);
  const m = hold(self);
  super_init_impl(self, type, nargs > 1 ? i32(args + 8) : 0);
  drop(m);
  return self;
}

function super_dealloc(self: Ref): void {
  PyObject_GC_UnTrack(self);
  Py_CLEAR(self + S.obj);
  Py_CLEAR(self + S.type);
  Py_CLEAR(self + S.obj_type);
  (text[i32(i32(self + 8) + T.tp_free)] as NativeFunction)(self);
}
function super_traverse(self: Ref, visit: (op: Ref, arg: number) => void, arg: number): void {
  for (const offset of [S.obj, S.type, S.obj_type]) if (i32(self + offset) !== 0) visit(i32(self + offset), arg);
}

export const superSpec: TypeSpec = {
  address: PySuper_Type,
  name: 'super',
  basicsize: S.SIZE,
  flags: Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE,
  doc:
    'super() -> same as super(__class__, <first argument>)\nsuper(type) -> unbound super object\n' +
    'super(type, obj) -> bound super object; requires isinstance(obj, type)\n' +
    'super(type, type2) -> bound super object; requires issubclass(type2, type)\n' +
    'Typical use to call a cooperative superclass method:\nclass C(B):\n    def meth(self, arg):\n        super().meth(arg)\n' +
    'This works for class methods too:\nclass C(B):\n    @classmethod\n    def cmeth(cls, arg):\n        super().cmeth(arg)\n',
  slots: {
    tp_dealloc: super_dealloc,
    tp_repr: super_repr,
    tp_getattro: super_getattro,
    tp_traverse: super_traverse,
    tp_descr_get: super_descr_get,
    tp_init: super_init,
    tp_alloc: PyType_GenericAlloc,
    tp_new: PyType_GenericNew,
    tp_free: PyObject_GC_Del,
    tp_vectorcall: super_vectorcall,
  },
  members: [
    {
      name: '__thisclass__',
      type: _Py_T_OBJECT,
      offset: S.type,
      flags: Py_READONLY,
      doc: 'the class invoking super()',
    },
    {
      name: '__self__',
      type: _Py_T_OBJECT,
      offset: S.obj,
      flags: Py_READONLY,
      doc: 'the instance invoking super(); may be None',
    },
    {
      name: '__self_class__',
      type: _Py_T_OBJECT,
      offset: S.obj_type,
      flags: Py_READONLY,
      doc: 'the type of the instance invoking super(); may be None',
    },
  ],
};
