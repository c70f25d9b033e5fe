/**
 * What every object has: a reference count and a type; counting, deallocation without recursion, and the native stack
 * on which native functions keep what they own. Mirrors Include/object.h and Objects/object.c (counts, trashcan).
 *
 *   PyObject     +0 ob_refcnt (immortal: low word 0xFFFFFFFF)   +8 ob_type
 *   PyVarObject  +16 ob_size
 *
 * Ownership (design D5): as in C. A function "returns a new reference" unless its CPython namesake borrows.
 * An error is the thread state's current_exception plus the thrown constant PENDING (errors.ts).
 */
import {
  PyThreadState,
  PyTypeObject,
  Py_TPFLAGS_BASE_EXC_SUBCLASS,
  Py_TPFLAGS_BYTES_SUBCLASS,
  Py_TPFLAGS_DICT_SUBCLASS,
  Py_TPFLAGS_HAVE_GC,
  Py_TPFLAGS_HEAPTYPE,
  Py_TPFLAGS_LIST_SUBCLASS,
  Py_TPFLAGS_LONG_SUBCLASS,
  Py_TPFLAGS_TUPLE_SUBCLASS,
  Py_TPFLAGS_TYPE_SUBCLASS,
  Py_TPFLAGS_UNICODE_SUBCLASS,
} from '@moult/abi';
import {
  CURRENT_TSTATE,
  cstring,
  i32,
  mem,
  NATIVE_SP,
  NATIVE_STACK_END,
  setI32,
  setPtr,
  TRASH_NESTING,
} from '../memory/linear.ts';
import { text } from '../memory/text.ts';
import { _PyFloat_ExactDealloc } from './floatobject.ts';
import { list_dealloc } from './listobject.ts';
import { long_dealloc } from './longmethods.ts';
import { PyFloat_Type, PyList_Type, PyLong_Type, PyTuple_Type, PyType_Type } from './static.ts';
import { tuple_dealloc } from './tupleobject.ts';
import { deallocDeep, destroyChain, HOSTED_LEVELS } from './trashcan.ts';

/** A type of the whole: an address of an object. 0 is NULL. */
export type Ref = number;

export function Py_INCREF(op: Ref): void {
  const rc = mem.getInt32(op, true);
  if (rc >= 0) mem.setInt32(op, rc + 1, true);
}
export function Py_DECREF(op: Ref): void {
  const rc = mem.getInt32(op, true);
  if (rc < 0) return;
  mem.setInt32(op, rc - 1, true);
  if (rc === 1) _Py_Dealloc(op);
}
export function Py_XINCREF(op: Ref): void {
  if (op !== 0) Py_INCREF(op);
}
export function Py_XDECREF(op: Ref): void {
  if (op !== 0) Py_DECREF(op);
}
export function Py_NewRef(op: Ref): Ref {
  Py_INCREF(op);
  return op;
}
export function Py_XNewRef(op: Ref): Ref {
  if (op !== 0) Py_INCREF(op);
  return op;
}
/** Py_CLEAR of the 8-byte slot at `slot`: the slot is NULL before the count falls. */
export function Py_CLEAR(slot: number): void {
  const op = i32(slot);
  if (op !== 0) {
    setI32(slot, 0);
    Py_DECREF(op);
  }
}
/** Py_XSETREF: stores `value` (its reference is stolen) in `slot`, then releases what was there. */
export function Py_XSETREF(slot: number, value: Ref): void {
  const old = i32(slot);
  setPtr(slot, value);
  if (old !== 0) Py_DECREF(old);
}
export function Py_REFCNT(op: Ref): number {
  return mem.getUint32(op, true);
}
export function _Py_IsImmortal(op: Ref): boolean {
  return mem.getInt32(op, true) < 0;
}
/** Sets up the header of fresh memory: count 1, the type; a heap type gains a reference (_PyObject_Init). */
export function _PyObject_Init(op: Ref, type: Ref): Ref {
  setPtr(op, 1);
  setPtr(op + 8, type);
  if ((i32(type + PyTypeObject.tp_flags) & Py_TPFLAGS_HEAPTYPE) !== 0) Py_INCREF(type);
  return op;
}
export function Py_TYPE(op: Ref): Ref {
  return i32(op + 8);
}
export function Py_SET_TYPE(op: Ref, type: Ref): void {
  setPtr(op + 8, type);
}
export function Py_IS_TYPE(op: Ref, type: Ref): boolean {
  return i32(op + 8) === type;
}
/** ob_size of a var-sized object. */
export function Py_SIZE(op: Ref): number {
  return i32(op + 16);
}
export function Py_SET_SIZE(op: Ref, n: number): void {
  setPtr(op + 16, n);
}

// ---- the current thread ----

export function _PyThreadState_GET(): number {
  return i32(CURRENT_TSTATE);
}

// ---- the native stack -------------------------------------------------------------------------------------------
// Slots of 8 bytes. Low bits tell what a slot is, so that the audit and an unwinding can walk it from the bottom:
//   ....000  an object owned by a native function of ours further down the host's stack
//   ....001  an object being deallocated: its remaining references still count, it itself does not
//   n<<3|2   a header: the next n slots are borrowed (arguments of a call), skip them
//   ....100  a dict's keys table that no dict shows any more, while it is released
//   ....101  the object being deallocated is in its base's tp_dealloc (typesubtype.ts)
//   ....011  an array of owned references that no object holds any more; the next slot is how many still count

/** Pushes an owned reference for the time of calls that can throw or run Python. Returns the mark to drop or release. */
export function hold(op: Ref): number {
  const sp = i32(NATIVE_SP);
  if (sp >= NATIVE_STACK_END - 64) throw new RangeError('the native stack is full');
  setPtr(sp, op);
  setI32(NATIVE_SP, sp + 8);
  return sp;
}
/** Pushes a detached array of `n` owned references (a list's items while they are released). Pop with drop(mark). */
export function holdArray(items: number, n: number): number {
  const sp = i32(NATIVE_SP);
  if (sp >= NATIVE_STACK_END - 64) throw new RangeError('the native stack is full');
  setPtr(sp, items | 3);
  setPtr(sp + 8, n);
  setI32(NATIVE_SP, sp + 16);
  return sp;
}
/** The array at `mark` now holds only its first `n` references. */
export function shrinkArray(mark: number, n: number): void {
  setI32(mark + 8, n);
}
/** The present top, as a mark for release in a catch. */
export function nativeMark(): number {
  return i32(NATIVE_SP);
}
/** Pops down to `mark` without releasing: ownership goes back to the caller's variables. */
export function drop(mark: number): void {
  setI32(NATIVE_SP, mark);
}
/** Pops down to `mark` and releases what was owned above it, last pushed first. */
export function release(mark: number): void {
  let top = i32(NATIVE_SP);
  if (top === mark) return;
  if (top === mark + 8) {
    const v = i32(mark);
    setI32(NATIVE_SP, mark);
    if ((v & 7) === 0) Py_XDECREF(v);
    return;
  }
  const owned: number[] = [];
  for (let p = mark; p < top; p += 8) {
    const v = i32(p);
    if ((v & 7) === 2) p += (v >>> 3) << 3;
    else if ((v & 7) === 3) p += 8;
    else if ((v & 7) === 0 && v !== 0) owned.push(p);
  }
  while (owned.length > 0) {
    top = owned.pop() as number;
    const v = i32(top);
    setI32(NATIVE_SP, top);
    Py_DECREF(v);
  }
  setI32(NATIVE_SP, mark);
}
/**
 * Room for `n` borrowed arguments of a vectorcall, on the native stack. The slot before the first may be used by the
 * callee (PY_VECTORCALL_ARGUMENTS_OFFSET). Fill with setPtr; after the call `dropArguments`. An unwinding skips them.
 */
export function borrowArguments(n: number): number {
  const sp = i32(NATIVE_SP);
  const end = sp + 16 + (n << 3);
  if (end >= NATIVE_STACK_END - 64) throw new RangeError('the native stack is full');
  setPtr(sp, ((n + 1) << 3) | 2);
  setPtr(sp + 8, 0);
  setI32(NATIVE_SP, end);
  return sp + 16;
}
export function dropArguments(args: number): void {
  setI32(NATIVE_SP, args - 16);
}

// ---- deallocation -----------------------------------------------------------------------------------------------

/**
 * Calls the type's tp_dealloc. Never recurses deeply: trashcan.ts takes over beyond 50 levels.
 * A tp_dealloc must untrack with PyObject_GC_UnTrack (tolerant of untracked), must take each reference out of the
 * object before it releases it (Py_CLEAR, shrinking sizes), and must keep current_exception.
 */
export function _Py_Dealloc(op: Ref): void {
  const type = i32(op + 8);
  // the commonest by name: a call that V8 knows costs a third of one through the slot
  if (type === PyLong_Type) {
    long_dealloc(op);
    return;
  }
  if (type === PyFloat_Type) {
    _PyFloat_ExactDealloc(op);
    return;
  }
  if ((i32(type + PyTypeObject.tp_flags) & Py_TPFLAGS_HAVE_GC) === 0) {
    (text[i32(type + PyTypeObject.tp_dealloc)] as (op: number) => void)(op);
    return;
  }
  const nesting = i32(TRASH_NESTING);
  if (nesting >= HOSTED_LEVELS - 1) {
    deallocDeep(op);
    return;
  }
  setI32(TRASH_NESTING, nesting + 1);
  const mark = i32(NATIVE_SP);
  setPtr(mark, op | 1);
  setI32(NATIVE_SP, mark + 8);
  if (type === PyTuple_Type) tuple_dealloc(op);
  else if (type === PyList_Type) list_dealloc(op);
  else (text[i32(type + PyTypeObject.tp_dealloc)] as (op: number) => void)(op);
  setI32(NATIVE_SP, mark);
  setI32(TRASH_NESTING, nesting);
  if (nesting === 0 && i32(i32(CURRENT_TSTATE) + PyThreadState.delete_later) !== 0) destroyChain();
}

// ---- types of objects -------------------------------------------------------------------------------------------

/** tp_flags' low 32 bits (all flags that this engine sets lie there). */
export function typeFlags(type: Ref): number {
  return i32(type + PyTypeObject.tp_flags);
}
export function PyType_HasFeature(type: Ref, flag: number): boolean {
  return (i32(type + PyTypeObject.tp_flags) & flag) !== 0;
}
function instanceFlag(op: Ref, flag: number): boolean {
  return (i32(i32(op + 8) + PyTypeObject.tp_flags) & flag) !== 0;
}
export function PyLong_Check(op: Ref): boolean {
  return instanceFlag(op, Py_TPFLAGS_LONG_SUBCLASS);
}
export function PyUnicode_Check(op: Ref): boolean {
  return instanceFlag(op, Py_TPFLAGS_UNICODE_SUBCLASS);
}
export function PyBytes_Check(op: Ref): boolean {
  return instanceFlag(op, Py_TPFLAGS_BYTES_SUBCLASS);
}
export function PyTuple_Check(op: Ref): boolean {
  return instanceFlag(op, Py_TPFLAGS_TUPLE_SUBCLASS);
}
export function PyList_Check(op: Ref): boolean {
  return instanceFlag(op, Py_TPFLAGS_LIST_SUBCLASS);
}
export function PyDict_Check(op: Ref): boolean {
  return instanceFlag(op, Py_TPFLAGS_DICT_SUBCLASS);
}
export function PyType_Check(op: Ref): boolean {
  return instanceFlag(op, Py_TPFLAGS_TYPE_SUBCLASS);
}
export function PyExceptionInstance_Check(op: Ref): boolean {
  return instanceFlag(op, Py_TPFLAGS_BASE_EXC_SUBCLASS);
}
export function PyExceptionClass_Check(op: Ref): boolean {
  return PyType_Check(op) && PyType_HasFeature(op, Py_TPFLAGS_BASE_EXC_SUBCLASS);
}
export function PyType_CheckExact(op: Ref): boolean {
  return i32(op + 8) === PyType_Type;
}
/** PyType_IsSubtype: `a` is `b` or derives from it, by tp_mro (by tp_base before the type is ready). */
export function PyType_IsSubtype(a: Ref, b: Ref): boolean {
  if (a === b) return true;
  const mro = i32(a + PyTypeObject.tp_mro);
  if (mro !== 0) {
    const n = Py_SIZE(mro);
    for (let i = 0; i < n; i++) if (i32(mro + 24 + (i << 3)) === b) return true;
    return false;
  }
  for (let t = a; t !== 0; t = i32(t + PyTypeObject.tp_base)) if (t === b) return true;
  return false;
}
export function PyObject_TypeCheck(op: Ref, type: Ref): boolean {
  const t = i32(op + 8);
  return t === type || PyType_IsSubtype(t, type);
}
/** The C name of a type (tp_name), such as `list` or `types.SimpleNamespace`; for error texts that use `%s` with tp_name. */
export function tpName(type: Ref): string {
  return cstring(i32(type + PyTypeObject.tp_name));
}
/** tp_name of an object's type. */
export function typeNameOf(op: Ref): string {
  return tpName(i32(op + 8));
}
