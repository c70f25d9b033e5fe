/** Making a type ready: bases, dict, mro, what it inherits. Mirrors PyType_Ready of Objects/typeobject.c. */
import {
  managed_static_type_state as state,
  MANAGED_WEAKREF_OFFSET,
  METH_CLASS,
  METH_COEXIST,
  METH_KEYWORDS,
  METH_STATIC,
  METH_VARARGS,
  PyGetSetDef,
  PyHeapTypeObject,
  PyMemberDef,
  PyMethodDef,
  PyTypeObject as T,
  Py_ID,
  Py_RELATIVE_OFFSET,
  Py_TPFLAGS_DISALLOW_INSTANTIATION,
  Py_TPFLAGS_HAVE_VERSION_TAG,
  Py_TPFLAGS_HEAPTYPE,
  Py_TPFLAGS_INLINE_VALUES,
  PyObject,
  Py_TPFLAGS_MANAGED_DICT,
  Py_TPFLAGS_MANAGED_WEAKREF,
  Py_TPFLAGS_READY,
  Py_TPFLAGS_READYING,
  PyDescrObject,
  wrapperbase,
} from '@moult/abi';
import { cstring, i32, POLICY, ROOM_STATE, setI32, setPtr } from '../memory/linear.ts';
import { fnptr, type NativeFunction, text } from '../memory/text.ts';
import { PyObject_GC_UnTrack } from '../gc/track.ts';
import {
  PyDescr_NewClassMethod,
  PyDescr_NewGetSet,
  PyDescr_NewMember,
  PyDescr_NewMethod,
  PyDescr_NewWrapper,
} from './descrobject.ts';
import {
  PyDict_Contains,
  PyDict_New,
  PyDict_SetDefault,
  PyDict_SetItem,
  _PyDict_NewKeysForClass,
} from './dictobject.ts';
import { raise } from './errors.ts';
import { PyStaticMethod_New } from './funcobject.ts';
import { PyCFunction_NewEx } from './methodobject.ts';
import {
  hold,
  PyTuple_Check,
  PyType_Check,
  PyType_IsSubtype,
  Py_INCREF,
  Py_NewRef,
  type Ref,
  release,
  tpName,
} from './object.ts';
import { PyObject_GenericGetAttr, PyObject_HashNotImplemented } from './objectattr.ts';
import { type MethodSpec, writeMethods } from './spec.ts';
import {
  PyBaseObject_Type,
  PyByteArray_Type,
  PyBytes_Type,
  PyComplex_Type,
  PyDict_Type,
  PyEnum_Type,
  PyExc_BaseException,
  PyExc_SystemError,
  PyExc_TypeError,
  PyFilter_Type,
  PyList_Type,
  PyLong_Type,
  PyMap_Type,
  PyMemoryView_Type,
  PyProperty_Type,
  PyRange_Type,
  PyReversed_Type,
  PySet_Type,
  PySlice_Type,
  PyTuple_Type,
  PyType_Type,
  PyZip_Type,
  Py_None,
  _PyUnion_Type,
} from './static.ts';
import { PyTuple_New } from './tupleobject.ts';
import { inherit_as_structs, inherit_patma_flags, inherit_slots, inherit_special } from './typeinherit.ts';
import {
  add_subclass,
  assignGlobalVersion,
  initStaticState,
  isStaticBuiltin,
  lookup_tp_dict,
  set_tp_dict,
  _PyStaticType_GetState,
} from './typelookup.ts';
import { setMro } from './typemro.ts';
import { firstSlotdef, slotptr } from './typeslotdefs.ts';
import { slot_tp_new } from './typeslots.ts';
import { docWithoutSignature } from './typedoc.ts';
import { PyUnicode_FromString } from './unicodeobject.ts';

/** Where the PyMethodDef of `__new__` lies. */
const NEW_METHODDEF = ROOM_STATE + 8;

function addFlags(type: Ref, flags: number): void {
  setI32(type + T.tp_flags, i32(type + T.tp_flags) | flags);
}
function immortalize(op: Ref): void {
  PyObject_GC_UnTrack(op);
  if (i32(POLICY) >= 312) setPtr(op, -1);
}

/** Readies a type: static ones at boot, heap types from type.__new__. */
export function PyType_Ready(type: Ref): void {
  const flags = i32(type + T.tp_flags);
  if ((flags & Py_TPFLAGS_READY) !== 0) return;
  addFlags(type, Py_TPFLAGS_READYING);
  if (i32(type + 8) === 0) setPtr(type + 8, PyType_Type);
  if (lookup_tp_dict(type) === 0) set_tp_dict(type, PyDict_New());
  setBase(type);
  setBases(type);
  readyMro(type);
  setNew(type);
  add_operators(type);
  fillDict(type);
  readyInherit(type);
  readyPreheader(type);
  setHash(type);
  const bases = i32(type + T.tp_bases);
  for (let i = 0; i < i32(bases + 16); i++) add_subclass(i32(bases + 24 + (i << 3)), type);
  readyManagedDict(type);
  setI32(type + T.tp_flags, (i32(type + T.tp_flags) & ~Py_TPFLAGS_READYING) | Py_TPFLAGS_READY);
}

/** A static type of the core: gives it its row and version tag, then readies it (_PyStaticType_InitBuiltin). */
export function _PyStaticType_InitBuiltin(type: Ref): void {
  // Py_TPFLAGS_DEFAULT has no bit in 3.13
  setI32(type + T.tp_flags, i32(type + T.tp_flags) & ~Py_TPFLAGS_HAVE_VERSION_TAG);
  initStaticState(type);
  assignGlobalVersion(type);
  if (namesGetattro(type) && i32(type + T.tp_getattro) === 0)
    setPtr(type + T.tp_getattro, fnptr(PyObject_GenericGetAttr));
  PyType_Ready(type);
  if (isStaticBuiltin(type)) {
    const row = _PyStaticType_GetState(type);
    setI32(row + state.readying, 0);
    setI32(row + state.ready, 1);
  }
}

/** A type of C code on the heap, named already: readied as type.__new__'s are. */
export function _PyHeapType_Init(type: Ref): void {
  setI32(type + T.tp_flags, i32(type + T.tp_flags) & ~Py_TPFLAGS_HAVE_VERSION_TAG);
  if (namesGetattro(type) && i32(type + T.tp_getattro) === 0)
    setPtr(type + T.tp_getattro, fnptr(PyObject_GenericGetAttr));
  if (i32(type + T.tp_base) === 0) setPtr(type + T.tp_base, PyBaseObject_Type);
  Py_INCREF(i32(type + T.tp_base));
  PyType_Ready(type);
}

function setBase(type: Ref): void {
  let base = i32(type + T.tp_base);
  if (base === 0 && type !== PyBaseObject_Type) {
    base = PyBaseObject_Type;
    setPtr(type + T.tp_base, base);
  }
  if (base === 0) return;
  // a heap type has its reference from type.__new__
  if ((i32(type + T.tp_flags) & Py_TPFLAGS_HEAPTYPE) === 0) Py_INCREF(base);
  if (i32(base + T.tp_dict) === 0 && !isStaticBuiltin(base))
    raise(PyExc_SystemError, `base '${tpName(base)}' of '${tpName(type)}' is not ready`);
  if ((i32(base + T.tp_flags) & (Py_TPFLAGS_READY | Py_TPFLAGS_READYING)) === 0) {
    throw new Error(`type ${tpName(type)}: its base ${tpName(base)} must come first in types.ts`);
  }
}
function setBases(type: Ref): void {
  if (i32(type + T.tp_bases) !== 0) return;
  const base = i32(type + T.tp_base);
  const bases = PyTuple_New(base === 0 ? 0 : 1);
  if (base !== 0) setPtr(bases + 24, Py_NewRef(base));
  setPtr(type + T.tp_bases, bases);
  if (base !== 0 && isStaticBuiltin(type)) immortalize(bases);
}

// ---- the dict -----------------------------------------------------------------------------------------------------

/** `__new__` and which types can be instantiated. */
function setNew(type: Ref): void {
  const base = i32(type + T.tp_base);
  const flags = i32(type + T.tp_flags);
  const own = i32(type + T.tp_new);
  if (own === 0 && base === PyBaseObject_Type && (flags & Py_TPFLAGS_HEAPTYPE) === 0) {
    addFlags(type, Py_TPFLAGS_DISALLOW_INSTANTIATION);
  }
  if ((i32(type + T.tp_flags) & Py_TPFLAGS_DISALLOW_INSTANTIATION) !== 0) setPtr(type + T.tp_new, 0);
  else if (own !== 0) add_tp_new_wrapper(type);
  else setPtr(type + T.tp_new, i32(base + T.tp_new));
}
/** The `__new__` of a static type, a built-in function of the type (tp_new_wrapper). */
function add_tp_new_wrapper(type: Ref): void {
  const dict = lookup_tp_dict(type);
  if (PyDict_Contains(dict, Py_ID.__new__)) return;
  const func = PyCFunction_NewEx(i32(NEW_METHODDEF), type, 0);
  const m = hold(func);
  PyDict_SetItem(dict, Py_ID.__new__, func);
  release(m);
}
/** The number of tp_new_wrapper tells the __new__ of a static type from others. */
export function tp_new_wrapper(self: Ref, args: Ref, kwds: Ref): Ref {
  if (self === 0 || !PyType_Check(self)) raise(PyExc_SystemError, "__new__() called with non-type 'self'");
  if (!PyTuple_Check(args) || i32(args + 16) < 1)
    raise(PyExc_TypeError, `${tpName(self)}.__new__(): not enough arguments`);
  const sub = i32(args + 24);
  if (!PyType_Check(sub)) {
    raise(PyExc_TypeError, `${tpName(self)}.__new__(X): X is not a type object (${tpName(i32(sub + 8))})`);
  }
  if (!PyType_IsSubtype(sub, self)) {
    raise(
      PyExc_TypeError,
      `${tpName(self)}.__new__(${tpName(sub)}): ${tpName(sub)} is not a subtype of ${tpName(self)}`,
    );
  }
  // the tp_new that a base of C gave must be the one called: object.__new__(dict) would make a broken dict
  let staticbase = sub;
  while (staticbase !== 0 && isSlotTpNew(i32(staticbase + T.tp_new))) staticbase = i32(staticbase + T.tp_base);
  if (staticbase !== 0 && i32(staticbase + T.tp_new) !== i32(self + T.tp_new)) {
    raise(PyExc_TypeError, `${tpName(self)}.__new__(${tpName(sub)}) is not safe, use ${tpName(staticbase)}.__new__()`);
  }
  const n = i32(args + 16) - 1;
  const rest = PyTuple_New(n);
  for (let i = 0; i < n; i++) setPtr(rest + 24 + (i << 3), Py_NewRef(i32(args + 32 + (i << 3))));
  const m = hold(rest);
  const res = (text[i32(self + T.tp_new)] as NativeFunction)(sub, rest, kwds) as Ref;
  release(m);
  return res;
}
function isSlotTpNew(n: number): boolean {
  return text[n] === slot_tp_new;
}
function newMethodSpec(): MethodSpec {
  return {
    name: '__new__',
    flags: METH_VARARGS | METH_KEYWORDS,
    fn: tp_new_wrapper,
    doc: '__new__($type, *args, **kwargs)\n--\n\nCreate and return a new object.  See help(type) for accurate signature.',
  };
}
/** Natives of this file, in every realm. */
export function linkTypeReady(): void {
  fnptr(tp_new_wrapper);
  fnptr(PyObject_HashNotImplemented);
}
/** Lays down the method definition of `__new__` (cold boot). */
export function writeNewMethodDef(): void {
  setPtr(NEW_METHODDEF, writeMethods([newMethodSpec()]));
}

/** Is the slot's function the base's? Then the base's wrapper serves, but for a few types that name it themselves. */
function slot_inherited(type: Ref, p: number, slot: number): boolean {
  const base = i32(type + T.tp_base);
  if (base === 0) return false;
  const baseSlot = slotptr(base, i32(p + wrapperbase.offset));
  if (baseSlot === 0 || i32(slot) !== i32(baseSlot)) return false;
  if (slot === type + T.tp_hash) return i32(type + T.tp_richcompare) === i32(base + T.tp_richcompare);
  if (slot === type + T.tp_richcompare) return i32(type + T.tp_hash) === i32(base + T.tp_hash);
  if (slot === type + T.tp_init) return false;
  return slot !== type + T.tp_getattro || !namesGetattro(type);
}
function namesGetattro(type: Ref): boolean {
  switch (type) {
    case PyExc_BaseException:
    case PyByteArray_Type:
    case PyBytes_Type:
    case PyComplex_Type:
    case PyDict_Type:
    case PyEnum_Type:
    case PyFilter_Type:
    case PyList_Type:
    case PyLong_Type:
    case PyMap_Type:
    case PyMemoryView_Type:
    case PyProperty_Type:
    case PyRange_Type:
    case PyReversed_Type:
    case PySet_Type:
    case PySlice_Type:
    case PyTuple_Type:
    case PyZip_Type:
    case _PyUnion_Type:
      return true;
    default:
      return false;
  }
}
/** Slot wrappers for every slot that is set. */
function add_operators(type: Ref): void {
  const dict = lookup_tp_dict(type);
  for (let p = firstSlotdef(); i32(p + wrapperbase.name_strobj) !== 0; p += wrapperbase.SIZE) {
    if (i32(p + wrapperbase.wrapper) === 0) continue;
    const slot = slotptr(type, i32(p + wrapperbase.offset));
    if (slot === 0 || i32(slot) === 0) continue;
    const name = i32(p + wrapperbase.name_strobj);
    if (PyDict_Contains(dict, name)) continue;
    if (isStaticBuiltin(type) && slot_inherited(type, p, slot)) continue;
    if (text[i32(slot)] === PyObject_HashNotImplemented) PyDict_SetItem(dict, name, Py_None);
    else {
      const descr = PyDescr_NewWrapper(type, p, i32(slot));
      const m = hold(descr);
      PyDict_SetItem(dict, name, descr);
      release(m);
    }
  }
}
function setDefault(dict: Ref, name: Ref, value: Ref): void {
  const m = hold(value);
  PyDict_SetDefault(dict, name, value);
  release(m);
}
/** Adds one PyMethodDef to the type's dict (type_add_method). */
export function type_add_method(type: Ref, meth: number): void {
  const dict = lookup_tp_dict(type);
  const flags = i32(meth + PyMethodDef.ml_flags);
  let descr: Ref;
  let name: Ref;
  if ((flags & METH_CLASS) !== 0) {
    if ((flags & METH_STATIC) !== 0) raise(PyExc_TypeError, 'method cannot be both class and static');
    descr = PyDescr_NewClassMethod(type, meth);
    name = Py_NewRef(i32(descr + PyDescrObject.d_name));
  } else if ((flags & METH_STATIC) !== 0) {
    const cfunc = PyCFunction_NewEx(meth, type, 0);
    const m = hold(cfunc);
    descr = PyStaticMethod_New(cfunc);
    release(m);
    name = PyUnicode_FromString(cstring(i32(meth + PyMethodDef.ml_name)));
  } else {
    descr = PyDescr_NewMethod(type, meth);
    name = Py_NewRef(i32(descr + PyDescrObject.d_name));
  }
  const m = hold(name);
  if ((flags & METH_COEXIST) !== 0) {
    hold(descr);
    PyDict_SetItem(dict, name, descr);
  } else setDefault(dict, name, descr);
  release(m);
}
function fillDict(type: Ref): void {
  const dict = lookup_tp_dict(type);
  for (let d = i32(type + T.tp_methods); d !== 0 && i32(d + PyMethodDef.ml_name) !== 0; d += PyMethodDef.SIZE)
    type_add_method(type, d);
  for (let d = i32(type + T.tp_members); d !== 0 && i32(d + PyMemberDef.name) !== 0; d += PyMemberDef.SIZE) {
    if ((i32(d + PyMemberDef.flags) & Py_RELATIVE_OFFSET) !== 0)
      raise(PyExc_SystemError, 'PyMemberDef with relative offset in a static type');
    const descr = PyDescr_NewMember(type, d);
    setDefault(dict, i32(descr + PyDescrObject.d_name), descr);
  }
  for (let d = i32(type + T.tp_getset); d !== 0 && i32(d + PyGetSetDef.name) !== 0; d += PyGetSetDef.SIZE) {
    const descr = PyDescr_NewGetSet(type, d);
    setDefault(dict, i32(descr + PyDescrObject.d_name), descr);
  }
  if (PyDict_Contains(dict, Py_ID.__doc__)) return;
  const doc = i32(type + T.tp_doc);
  if (doc === 0) {
    PyDict_SetItem(dict, Py_ID.__doc__, Py_None);
    return;
  }
  const m = hold(PyUnicode_FromString(docWithoutSignature(tpName(type), cstring(doc))));
  PyDict_SetItem(dict, Py_ID.__doc__, i32(m));
  release(m);
}

// ---- mro and inheritance --------------------------------------------------------------------------------------------

function readyMro(type: Ref): void {
  setMro(type);
  const mro = i32(type + T.tp_mro);
  if (isStaticBuiltin(type)) {
    immortalize(mro);
    return;
  }
  if ((i32(type + T.tp_flags) & Py_TPFLAGS_HEAPTYPE) === 0) {
    for (let i = 1; i < i32(mro + 16); i++) {
      const b = i32(mro + 24 + (i << 3));
      if ((i32(b + T.tp_flags) & Py_TPFLAGS_HEAPTYPE) !== 0) {
        raise(
          PyExc_TypeError,
          `type '${tpName(type)}' is not dynamically allocated but its base type '${tpName(b)}' is dynamically allocated`,
        );
      }
    }
  }
}
function readyInherit(type: Ref): void {
  const base = i32(type + T.tp_base);
  if (base !== 0) inherit_special(type, base);
  const mro = i32(type + T.tp_mro);
  const n = i32(mro + 16);
  for (let i = 1; i < n; i++) {
    const b = i32(mro + 24 + (i << 3));
    if (PyType_Check(b)) {
      inherit_slots(type, b);
      inherit_patma_flags(type, b);
    }
  }
  if (base !== 0) inherit_as_structs(type, base);
}
function readyPreheader(type: Ref): void {
  const flags = i32(type + T.tp_flags);
  if ((flags & Py_TPFLAGS_MANAGED_DICT) !== 0) {
    const off = i32(type + T.tp_dictoffset);
    if (off > 0 || off < -1)
      raise(
        PyExc_TypeError,
        `type ${tpName(type)} has the Py_TPFLAGS_MANAGED_DICT flag but tp_dictoffset is set to incompatible value`,
      );
    setNegative(type + T.tp_dictoffset, -1);
  }
  if ((flags & Py_TPFLAGS_MANAGED_WEAKREF) !== 0) {
    const off = i32(type + T.tp_weaklistoffset);
    if (off !== 0 && off !== MANAGED_WEAKREF_OFFSET)
      raise(
        PyExc_TypeError,
        `type ${tpName(type)} has the Py_TPFLAGS_MANAGED_WEAKREF flag but tp_weaklistoffset is set to incompatible value`,
      );
    setNegative(type + T.tp_weaklistoffset, MANAGED_WEAKREF_OFFSET);
  }
}
/** A negative Py_ssize_t. */
export function setNegative(a: number, n: number): void {
  setI32(a, n);
  setI32(a + 4, -1);
}
function setHash(type: Ref): void {
  if (i32(type + T.tp_hash) !== 0) return;
  const dict = lookup_tp_dict(type);
  if (PyDict_Contains(dict, Py_ID.__hash__)) return;
  PyDict_SetItem(dict, Py_ID.__hash__, Py_None);
  setPtr(type + T.tp_hash, fnptr(PyObject_HashNotImplemented));
}
function readyManagedDict(type: Ref): void {
  // a static type's row has room for PyHeapTypeObject, so that typing's types can have managed dicts
  if ((i32(type + T.tp_flags) & Py_TPFLAGS_MANAGED_DICT) === 0) return;
  if (i32(type + PyHeapTypeObject.ht_cached_keys) === 0) {
    // up to 3.10 an instance has a dict from its first attribute on
    if (i32(POLICY) >= 311 && i32(type + T.tp_basicsize) === PyObject.SIZE && i32(type + T.tp_itemsize) === 0)
      addFlags(type, Py_TPFLAGS_INLINE_VALUES);
    setPtr(type + PyHeapTypeObject.ht_cached_keys, _PyDict_NewKeysForClass());
  }
}
