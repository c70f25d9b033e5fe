/** Making a class: `type(name, bases, namespace)`. Mirrors type_new of Objects/typeobject.c. */
import {
  PyHeapTypeObject as H,
  PyMemberDef,
  PyTypeObject as T,
  Py_ID,
  Py_T_OBJECT_EX,
  Py_TPFLAGS_BASETYPE,
  Py_TPFLAGS_HAVE_GC,
  Py_TPFLAGS_HEAPTYPE,
  Py_TPFLAGS_MANAGED_DICT,
  Py_TPFLAGS_MANAGED_WEAKREF,
  MANAGED_WEAKREF_OFFSET,
} from '@moult/abi';
import { PyObject_GC_Del } from '../gc/alloc.ts';
import { i32, setI32, setPtr, utf8Length, writeUtf8, setU8 } from '../memory/linear.ts';
import { PyMem_Malloc } from '../memory/obmalloc.ts';
import { fnptr, type NativeFunction, text } from '../memory/text.ts';
import { PySequence_Tuple } from './abstract.ts';
import { callFunction, callMethod, PyObject_Call } from './call.ts';
import { PyCell_Set } from './cellobject.ts';
import {
  PyDict_Contains,
  PyDict_Copy,
  PyDict_GetItemWithError,
  PyDict_Next,
  PyDict_SetItem,
  PyDict_Size,
} from './dictobject.ts';
import { PyDict_DelItem } from './dictdelete.ts';
import { catchPending, PyErr_GetRaisedException, PyErr_SetRaisedException, raise } from './errors.ts';
import { PyClassMethod_New, PyStaticMethod_New } from './funcobject.ts';
import { PyList_Append, PyList_AsTuple, PyList_New, PyList_Sort } from './listobject.ts';
import {
  drop,
  hold,
  nativeMark,
  PyDict_Check,
  PyTuple_Check,
  PyType_Check,
  PyUnicode_Check,
  Py_DECREF,
  Py_NewRef,
  type Ref,
  release,
  tpName,
  typeNameOf,
} from './object.ts';
import { _PyObject_LookupSpecial, PyObject_GetAttr, PyObject_GetOptionalAttr, PyObject_Repr } from './objectattr.ts';
import { EMPTY_TUPLE } from './runtime.ts';
import {
  PyBaseObject_Type,
  PyCell_Type,
  PyExc_TypeError,
  PyExc_ValueError,
  PyFunction_Type,
  PySuper_Type,
} from './static.ts';
import { subtype_clear, subtype_dealloc, subtype_traverse, subtypeGetSets } from './typesubtype.ts';
import { checkNoNul } from './typeattrs.ts';
import { best_base, _PyType_CalculateMetaclass } from './typebases.ts';
import { PyType_GenericAlloc, typeAlloc } from './typealloc.ts';
import { lookup_tp_dict } from './typelookup.ts';
import { PyType_Ready, setNegative } from './typeready.ts';
import { fixup_slot_dispatchers } from './typeupdate.ts';
import { PyTuple_Pack } from './tupleobject.ts';
import { asText, PyUnicode_AsUTF8, PyUnicode_FromString, PyUnicode_IsIdentifier } from './unicodeobject.ts';
import { vm } from './vmlink.ts';

interface Making {
  metatype: Ref;
  readonly args: Ref;
  readonly kwds: Ref;
  readonly name: Ref;
  bases: Ref;
  base: Ref;
  /** The tuple of slot names, or 0. */
  slots: Ref;
  addDict: boolean;
  addWeak: boolean;
  mayAddDict: boolean;
  mayAddWeak: boolean;
}

const item = (tuple: Ref, i: number): Ref => i32(tuple + 24 + (i << 3));

export function type_new(metatype: Ref, args: Ref, kwds: Ref): Ref {
  const n = i32(args + 16);
  if (n !== 3) raise(PyExc_TypeError, `type.__new__() takes exactly 3 arguments (${n} given)`);
  const [name, bases, dict] = [item(args, 0), item(args, 1), item(args, 2)];
  const bad = (i: number, what: string, got: Ref): never =>
    raise(PyExc_TypeError, `type.__new__() argument ${i} must be ${what}, not ${typeNameOf(got)}`);
  if (!PyUnicode_Check(name)) bad(1, 'str', name);
  if (!PyTuple_Check(bases)) bad(2, 'tuple', bases);
  if (!PyDict_Check(dict)) bad(3, 'dict', dict);
  const m = nativeMark();
  const ctx: Making = {
    metatype,
    args,
    kwds,
    name,
    bases,
    base: 0,
    slots: 0,
    addDict: false,
    addWeak: false,
    mayAddDict: false,
    mayAddWeak: false,
  };
  const made = get_bases(ctx);
  if (made !== 0) {
    release(m);
    return made;
  }
  const copy = PyDict_Copy(dict);
  hold(copy);
  prepareSlots(ctx, copy);
  const type = type_new_alloc(ctx, copy);
  hold(type);
  set_attrs(ctx, type, copy);
  PyType_Ready(type);
  fixup_slot_dispatchers(type);
  set_names(type);
  init_subclass(type, kwds);
  // the type leaves the native stack first; bases, slots and the dict's reference go
  Py_NewRef(type);
  release(m);
  return type;
}

// ---- bases ------------------------------------------------------------------------------------------------------------

/** Finds metaclass and base; returns the whole class if another metaclass's __new__ makes it, else 0. */
function get_bases(ctx: Making): Ref {
  const n = i32(ctx.bases + 16);
  if (n === 0) {
    ctx.base = PyBaseObject_Type;
    ctx.bases = PyTuple_Pack(PyBaseObject_Type);
    hold(ctx.bases);
    return 0;
  }
  for (let i = 0; i < n; i++) {
    const base = item(ctx.bases, i);
    if (PyType_Check(base)) continue;
    const entries = PyObject_GetOptionalAttr(base, Py_ID.__mro_entries__);
    if (entries !== 0) {
      Py_DECREF(entries);
      raise(PyExc_TypeError, "type() doesn't support MRO entry resolution; use types.new_class()");
    }
  }
  const winner = _PyType_CalculateMetaclass(ctx.metatype, ctx.bases);
  if (winner !== ctx.metatype) {
    const tp_new = i32(winner + T.tp_new);
    if (text[tp_new] !== type_new) return (text[tp_new] as NativeFunction)(winner, ctx.args, ctx.kwds) as Ref;
    ctx.metatype = winner;
  }
  ctx.base = best_base(ctx.bases);
  hold(Py_NewRef(ctx.bases));
  return 0;
}

// ---- slots ------------------------------------------------------------------------------------------------------------

function prepareSlots(ctx: Making, dict: Ref): void {
  const base = ctx.base;
  ctx.mayAddDict = i32(base + T.tp_dictoffset) === 0;
  ctx.mayAddWeak = i32(base + T.tp_weaklistoffset) === 0 && i32(base + T.tp_itemsize) === 0;
  const declared = PyDict_GetItemWithError(dict, Py_ID.__slots__);
  if (declared === 0) {
    ctx.addDict = ctx.mayAddDict;
    ctx.addWeak = ctx.mayAddWeak;
    return;
  }
  const m = hold(Py_NewRef(declared));
  const slots = PyUnicode_Check(declared) ? PyTuple_Pack(declared) : PySequence_Tuple(declared);
  hold(slots);
  const n = i32(slots + 16);
  if (n > 0 && i32(base + T.tp_itemsize) !== 0)
    raise(PyExc_TypeError, `nonempty __slots__ not supported for subtype of '${tpName(base)}'`);
  for (let i = 0; i < n; i++) visit_slot(ctx, item(slots, i));
  const fresh = slotNames(ctx, slots, dict);
  drop(m);
  Py_DECREF(slots);
  Py_DECREF(declared);
  ctx.slots = fresh;
  hold(fresh);
  const nbases = i32(ctx.bases + 16);
  if (nbases > 1) {
    for (let i = 0; i < nbases; i++) {
      const other = item(ctx.bases, i);
      if (other === base) continue;
      if (ctx.mayAddDict && i32(other + T.tp_dictoffset) !== 0) ctx.addDict = true;
      if (ctx.mayAddWeak && i32(other + T.tp_weaklistoffset) !== 0) ctx.addWeak = true;
    }
  }
}
function visit_slot(ctx: Making, slot: Ref): void {
  if (!PyUnicode_Check(slot)) raise(PyExc_TypeError, `__slots__ items must be strings, not '${typeNameOf(slot)}'`);
  if (!PyUnicode_IsIdentifier(slot)) raise(PyExc_TypeError, '__slots__ must be identifiers');
  const name = asText(slot);
  if (name === '__dict__') {
    if (!ctx.mayAddDict || ctx.addDict) raise(PyExc_TypeError, '__dict__ slot disallowed: we already got one');
    ctx.addDict = true;
  } else if (name === '__weakref__') {
    if (!ctx.mayAddWeak || ctx.addWeak) raise(PyExc_TypeError, '__weakref__ slot disallowed: we already got one');
    ctx.addWeak = true;
  }
}
/** The name as a private name of the class (_Py_Mangle). */
function mangle(className: string, name: string): string {
  if (!name.startsWith('__') || name.endsWith('__') || name.includes('.')) return name;
  const stripped = className.replace(/^_+/, '');
  return stripped === '' ? name : `_${stripped}${name}`;
}
/** Sorted, mangled, without __dict__ and __weakref__. */
function slotNames(ctx: Making, slots: Ref, dict: Ref): Ref {
  const list = PyList_New(0);
  const m = hold(list);
  const className = asText(ctx.name);
  for (let i = 0; i < i32(slots + 16); i++) {
    const slot = item(slots, i);
    const plain = asText(slot);
    if ((ctx.addDict && plain === '__dict__') || (ctx.addWeak && plain === '__weakref__')) continue;
    const mangled = mangle(className, plain);
    const name = mangled === plain ? Py_NewRef(slot) : PyUnicode_FromString(mangled);
    const mn = hold(name);
    PyList_Append(list, name);
    if (
      PyDict_Contains(dict, name) &&
      mangled !== '__qualname__' &&
      mangled !== '__classcell__' &&
      mangled !== '__classdictcell__'
    ) {
      hold(PyObject_Repr(name));
      raise(PyExc_ValueError, `${asText(i32(mn + 8))} in __slots__ conflicts with class variable`);
    }
    release(mn);
  }
  PyList_Sort(list);
  const tuple = PyList_AsTuple(list);
  release(m);
  return tuple;
}

// ---- the type object ----------------------------------------------------------------------------------------------------

function type_new_alloc(ctx: Making, dict: Ref): Ref {
  const n = ctx.slots === 0 ? 0 : i32(ctx.slots + 16);
  const type = typeAlloc(ctx.metatype, n);
  const m = hold(type);
  setI32(type + T.tp_flags, Py_TPFLAGS_HEAPTYPE | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_HAVE_GC);
  setPtr(type + T.tp_as_async, type + H.as_async);
  setPtr(type + T.tp_as_sequence, type + H.as_sequence);
  setPtr(type + T.tp_as_mapping, type + H.as_mapping);
  setPtr(type + T.tp_as_number, type + H.as_number);
  setPtr(type + T.tp_as_buffer, type + H.as_buffer);
  setPtr(type + T.tp_bases, Py_NewRef(ctx.bases));
  setPtr(type + T.tp_base, Py_NewRef(ctx.base));
  setPtr(type + T.tp_dealloc, fnptr(subtype_dealloc));
  setPtr(type + H.ht_name, Py_NewRef(ctx.name));
  setPtr(type + T.tp_dict, Py_NewRef(dict));
  if (ctx.slots !== 0) setPtr(type + H.ht_slots, Py_NewRef(ctx.slots));
  drop(m);
  return type;
}
function set_attrs(ctx: Making, type: Ref, dict: Ref): void {
  setPtr(type + T.tp_name, PyUnicode_AsUTF8(ctx.name));
  checkNoNul(ctx.name);
  if (!PyDict_Contains(dict, Py_ID.__module__)) {
    const globals = vm.PyEval_GetGlobals();
    const module = globals === 0 ? 0 : PyDict_GetItemWithError(globals, Py_ID.__name__);
    if (module !== 0) PyDict_SetItem(dict, Py_ID.__module__, module);
  }
  const qualname = PyDict_GetItemWithError(dict, Py_ID.__qualname__);
  if (qualname !== 0) {
    if (!PyUnicode_Check(qualname))
      raise(PyExc_TypeError, `type __qualname__ must be a str, not ${typeNameOf(qualname)}`);
    setPtr(type + H.ht_qualname, Py_NewRef(qualname));
    PyDict_DelItem(dict, Py_ID.__qualname__);
  } else setPtr(type + H.ht_qualname, Py_NewRef(ctx.name));
  const doc = PyDict_GetItemWithError(dict, Py_ID.__doc__);
  if (doc !== 0 && PyUnicode_Check(doc)) {
    const s = asText(doc);
    const p = PyMem_Malloc(utf8Length(s) + 1);
    setU8(writeUtf8(p, s), 0);
    setPtr(type + T.tp_doc, p);
  }
  wrapFunction(dict, Py_ID.__new__, PyStaticMethod_New);
  wrapFunction(dict, Py_ID.__init_subclass__, PyClassMethod_New);
  wrapFunction(dict, Py_ID.__class_getitem__, PyClassMethod_New);
  set_descriptors(ctx, type);
  setPtr(type + T.tp_getset, subtypeGetSets(ctx.addDict, ctx.addWeak));
  setPtr(type + T.tp_alloc, fnptr(PyType_GenericAlloc));
  setPtr(type + T.tp_free, fnptr(PyObject_GC_Del));
  setPtr(type + T.tp_traverse, fnptr(subtype_traverse));
  setPtr(type + T.tp_clear, fnptr(subtype_clear));
  setCell(dict, Py_ID.__classcell__, '__classcell__', type);
  setCell(dict, Py_ID.__classdictcell__, '__classdictcell__', dict);
}
/** A plain function `name` becomes a static or class method. */
function wrapFunction(dict: Ref, name: Ref, wrap: (func: Ref) => Ref): void {
  const func = PyDict_GetItemWithError(dict, name);
  if (func === 0 || i32(func + 8) !== PyFunction_Type) return;
  const m = hold(wrap(func));
  PyDict_SetItem(dict, name, i32(m));
  release(m);
}
function set_descriptors(ctx: Making, type: Ref): void {
  let offset = i32(ctx.base + T.tp_basicsize);
  const members = type + i32(ctx.metatype + T.tp_basicsize);
  if (ctx.slots !== 0) {
    let mp = members;
    for (let i = 0; i < i32(ctx.slots + 16); i++, mp += PyMemberDef.SIZE) {
      setPtr(mp + PyMemberDef.name, PyUnicode_AsUTF8(item(ctx.slots, i)));
      setI32(mp + PyMemberDef.type, Py_T_OBJECT_EX);
      setPtr(mp + PyMemberDef.offset, offset);
      offset += 8;
    }
  }
  if (ctx.addWeak) {
    setI32(type + T.tp_flags, i32(type + T.tp_flags) | Py_TPFLAGS_MANAGED_WEAKREF);
    setNegative(type + T.tp_weaklistoffset, MANAGED_WEAKREF_OFFSET);
  }
  if (ctx.addDict) {
    setI32(type + T.tp_flags, i32(type + T.tp_flags) | Py_TPFLAGS_MANAGED_DICT);
    setNegative(type + T.tp_dictoffset, -1);
  }
  setPtr(type + T.tp_basicsize, offset);
  setPtr(type + T.tp_itemsize, i32(ctx.base + T.tp_itemsize));
  setPtr(type + T.tp_members, members);
}
/** Fills the cell that the compiler left for `__class__` (or the class namespace) and takes it out of the dict. */
function setCell(dict: Ref, name: Ref, what: string, value: Ref): void {
  const cell = PyDict_GetItemWithError(dict, name);
  if (cell === 0) return;
  if (i32(cell + 8) !== PyCell_Type) {
    const m = hold(PyObject_Repr(i32(cell + 8)));
    raise(PyExc_TypeError, `${what} must be a nonlocal cell, not ${asText(i32(m))}`);
  }
  PyCell_Set(cell, value);
  PyDict_DelItem(dict, name);
}

// ---- afterwards ---------------------------------------------------------------------------------------------------------

/** Calls __set_name__ of each value that has one. */
function set_names(type: Ref): void {
  const names = PyDict_Copy(lookup_tp_dict(type));
  const m = hold(names);
  const pos = { i: 0, key: 0, value: 0 };
  while (PyDict_Next(names, pos)) {
    const { key, value } = pos;
    const found = _PyObject_LookupSpecial(value, Py_ID.__set_name__);
    if (found === 0) continue;
    const mark = nativeMark();
    hold(found);
    try {
      Py_DECREF(callFunction(found, type, key));
      release(mark);
    } catch (e) {
      catchPending(e, mark);
      const exc = PyErr_GetRaisedException();
      const r = hold(exc);
      hold(PyObject_Repr(key));
      hold(
        PyUnicode_FromString(
          `Error calling __set_name__ on '${typeNameOf(value)}' instance ${asText(i32(r + 8))} in '${tpName(type)}'`,
        ),
      );
      hold(PyUnicode_FromString('add_note'));
      Py_DECREF(callMethod(exc, i32(r + 24), i32(r + 16)));
      Py_NewRef(exc);
      release(r);
      PyErr_SetRaisedException(exc);
      throw e;
    }
  }
  release(m);
}
/** super(type, type).__init_subclass__(**kwds). */
function init_subclass(type: Ref, kwds: Ref): void {
  const m = hold(callFunction(PySuper_Type, type, type));
  const func = PyObject_GetAttr(i32(m), Py_ID.__init_subclass__);
  release(m);
  hold(func);
  Py_DECREF(PyObject_Call(func, EMPTY_TUPLE, kwds !== 0 && PyDict_Size(kwds) > 0 ? kwds : 0));
  release(m);
}
