/** Frame objects and the write-through view of their locals (PEP 667). Mirrors Objects/frameobject.c. */
import {
  CO_FAST_CELL,
  CO_FAST_FREE,
  CO_FAST_HIDDEN,
  CO_OPTIMIZED,
  FRAME_COMPLETED,
  FRAME_EXECUTING,
  FRAME_OWNED_BY_FRAME_OBJECT,
  FRAME_OWNED_BY_GENERATOR,
  FRAME_SUSPENDED,
  FRAME_SUSPENDED_YIELD_FROM,
  METH_NOARGS,
  PyCodeObject,
  PyFrameObject,
  PyFunctionObject,
  Py_T_BOOL,
  Py_TPFLAGS_DEFAULT,
  Py_TPFLAGS_HAVE_GC,
} from '@moult/abi';
import { _PyObject_GC_NewVar, PyObject_GC_Del } from '../gc/alloc.ts';
import { PyObject_GC_UnTrack } from '../gc/track.ts';
import { own, ownValue } from './frameslots.ts';
import { bytes, i32, mem, POLICY, setI32, setPtr, setU8, u8 } from '../memory/linear.ts';
import { PyDict_Update } from './dictmerge.ts';
import { PyDict_New, PyDict_SetItem } from './dictobject.ts';
import { raise } from './errors.ts';
import { frame_setlineno } from './framejump.ts';
import { PyLong_FromLong } from './longobject.ts';
import { hold, Py_CLEAR, Py_NewRef, Py_SIZE, type Ref, release, Py_XSETREF } from './object.ts';
import { PyObject_GenericGetAttr, PyObject_GenericSetAttr } from './objectattr.ts';
import type { TypeSpec } from './spec.ts';
import {
  PyCell_Type,
  PyExc_RuntimeError,
  PyExc_TypeError,
  PyFrame_Type,
  PyFunction_Type,
  Py_False,
  Py_None,
  Py_True,
} from './static.ts';
import { clearOrWait } from './trashcan.ts';
import { asText, PyUnicode_FromString } from './unicodeobject.ts';
import { _PyGen_Finalize } from './genobject.ts';
import { newLocalsProxy } from './framelocals.ts';
import { vm } from './vmlink.ts';

const F = PyFrameObject;

/** _PyFrame_New_NoTrack: a frame object with room for a frame of `code`; the caller sets f_frame. */
export function frameNew(code: Ref): Ref {
  const slots = i32(code + PyCodeObject.co_nlocalsplus) + i32(code + PyCodeObject.co_stacksize);
  const f = _PyObject_GC_NewVar(PyFrame_Type, slots);
  setPtr(f + F.f_back, 0);
  setPtr(f + F.f_frame, 0);
  setPtr(f + F.f_trace, 0);
  setI32(f + F.f_lineno, 0);
  setI32(f + F.f_lineno + 4, 1);
  setPtr(f + F.f_extra_locals, 0);
  setPtr(f + F.f_locals_cache, 0);
  return f;
}

export function frameOf(f: Ref): number {
  return i32(f + F.f_frame);
}
export function frameCode(f: Ref): Ref {
  return i32(frameOf(f));
}
/** f_lineno: -1 when the frame has no line (0 is one: before a module's first). */
export function PyFrame_GetLineNumber(f: Ref): number {
  const own = i32(f + F.f_lineno);
  return own !== 0 ? own : vm.frameLine(frameOf(f));
}
/** f_lasti in bytes. */
export function PyFrame_GetLasti(f: Ref): number {
  const fp = frameOf(f);
  const lasti = i32(fp + 56) - i32(fp) - 200;
  return lasti < 0 ? -1 : lasti;
}

export function frame_dealloc(f: Ref): void {
  PyObject_GC_UnTrack(f);
  const fp = frameOf(f);
  if (fp === f + F._f_frame_data && u8(fp + 70) === FRAME_OWNED_BY_FRAME_OBJECT) {
    const n = i32(fp + 64);
    for (let i = 0; i < n; i++) if (clearOrWait(fp + 72 + (i << 3))) return;
    setI32(fp + 64, 0);
    if (clearOrWait(fp + 40) || clearOrWait(fp + 16) || clearOrWait(fp)) return;
  }
  for (const field of [F.f_back, F.f_trace, F.f_extra_locals, F.f_locals_cache]) if (clearOrWait(f + field)) return;
  PyObject_GC_Del(f);
}
function frame_traverse(f: Ref, visit: (op: Ref, arg: number) => void, arg: number): void {
  const v = (slot: number): void => {
    const op = i32(slot);
    if (op !== 0) visit(op, arg);
  };
  v(f + F.f_back);
  v(f + F.f_trace);
  v(f + F.f_extra_locals);
  v(f + F.f_locals_cache);
  const fp = frameOf(f);
  if (u8(fp + 70) !== FRAME_OWNED_BY_FRAME_OBJECT) return;
  v(fp + 40);
  v(fp + 16);
  v(fp);
  const n = i32(fp + 64);
  for (let i = 0; i < n; i++) v(fp + 72 + (i << 3));
}
function frame_tp_clear(f: Ref): void {
  Py_CLEAR(f + F.f_trace);
  Py_CLEAR(f + F.f_extra_locals);
  Py_CLEAR(f + F.f_locals_cache);
  const fp = frameOf(f);
  const n = i32(fp + 64);
  if (u8(fp + 70) === FRAME_OWNED_BY_FRAME_OBJECT) {
    for (let i = 0; i < n; i++) Py_CLEAR(fp + 72 + (i << 3));
    setI32(fp + 64, 0);
    Py_CLEAR(fp + 40);
  }
}
function frame_repr(f: Ref): Ref {
  const code = frameCode(f);
  const where = `<frame at 0x${f.toString(16)}, file '${asText(i32(code + PyCodeObject.co_filename))}', line ${PyFrame_GetLineNumber(f)}, code ${asText(i32(code + PyCodeObject.co_name))}>`;
  return PyUnicode_FromString(where);
}

/** f.clear(): what the frame's locals refer to is released. */
function frame_clear(f: Ref): Ref {
  const fp = frameOf(f);
  const owner = u8(fp + 70);
  if (owner === FRAME_OWNED_BY_GENERATOR) {
    const state = mem.getInt8(fp - 5);
    if (state === FRAME_EXECUTING) raise(PyExc_RuntimeError, 'cannot clear an executing frame');
    if (state === FRAME_SUSPENDED || state === FRAME_SUSPENDED_YIELD_FROM) {
      raise(PyExc_RuntimeError, 'cannot clear a suspended frame');
    }
    if (state < FRAME_COMPLETED) {
      const m = hold(Py_NewRef(fp - 72));
      _PyGen_Finalize(fp - 72);
      release(m);
    }
  } else if (owner === FRAME_OWNED_BY_FRAME_OBJECT) frame_tp_clear(f);
  else raise(PyExc_RuntimeError, 'cannot clear an executing frame');
  return Py_NewRef(Py_None);
}

/** The complete frame that called this one, as a frame object; None at the bottom. */
export function PyFrame_GetBack(f: Ref): Ref {
  const back = i32(f + F.f_back);
  if (back !== 0) return Py_NewRef(back);
  const previous = vm.completeFrame(i32(frameOf(f) + 8));
  return previous === 0 ? Py_NewRef(Py_None) : Py_NewRef(vm.frameObject(previous));
}
function hasFastLocals(fp: number): boolean {
  return (i32(i32(fp) + PyCodeObject.co_flags) & CO_OPTIMIZED) !== 0;
}
function hasHiddenLocals(fp: number): boolean {
  const kinds = i32(i32(fp) + PyCodeObject.co_localspluskinds);
  const n = i32(kinds + 16);
  for (let i = 0; i < n; i++) {
    if (((bytes[kinds + 32 + i] as number) & CO_FAST_HIDDEN) !== 0 && localValue(fp, i) !== 0) return true;
  }
  return false;
}
/** The value of local i, borrowed: a cell's content for cells and free variables; 0 when unbound. */
export function localValue(fp: number, i: number): Ref {
  const code = i32(fp);
  const kind = bytes[i32(code + PyCodeObject.co_localspluskinds) + 32 + i] as number;
  if (i >= i32(fp + 64)) return 0;
  let v = i32(fp + 72 + (i << 3));
  if ((kind & CO_FAST_FREE) !== 0 && v === 0) {
    // COPY_FREE_VARS has not run yet
    const func = i32(fp + 16);
    if (func === 0 || i32(func + 8) !== PyFunction_Type) return 0;
    const closure = i32(func + PyFunctionObject.func_closure);
    const first = i32(code + PyCodeObject.co_nlocalsplus) - Py_SIZE(closure);
    v = i32(closure + 24 + ((i - first) << 3));
  }
  if (v !== 0 && (kind & (CO_FAST_CELL | CO_FAST_FREE)) !== 0 && i32(v + 8) === PyCell_Type) {
    // a cell variable that is still a plain argument is no cell
    if ((kind & CO_FAST_FREE) !== 0 || i32(fp + 56) > code + 200) return i32(v + 16);
  }
  return v;
}
/** Binds local i (0: unbinds). */
export function setLocalValue(fp: number, i: number, value: Ref): void {
  const kind = bytes[i32(i32(fp) + PyCodeObject.co_localspluskinds) + 32 + i] as number;
  const slot = fp + 72 + (i << 3);
  const v = i32(slot);
  if (v !== 0 && i32(POLICY) >= 314) {
    own(slot);
    ownValue(v);
  }
  if (v !== 0 && (kind & (CO_FAST_CELL | CO_FAST_FREE)) !== 0 && i32(v + 8) === PyCell_Type) {
    Py_XSETREF(v + 16, value === 0 ? 0 : Py_NewRef(value));
    return;
  }
  Py_XSETREF(slot, value === 0 ? 0 : Py_NewRef(value));
}

/** _PyFrame_GetLocals: the proxy of a function's frame, or the mapping of a module's or class's; new reference. */
export function PyFrame_GetLocals(f: Ref): Ref {
  const fp = frameOf(f);
  if (hasFastLocals(fp) || hasHiddenLocals(fp)) return newLocalsProxy(f);
  const locals = i32(fp + 40);
  if (locals !== 0) return Py_NewRef(locals);
  setPtr(fp + 40, PyDict_New());
  return Py_NewRef(i32(fp + 40));
}
/** locals() of the frame: a fresh dict for a function. */
export function localsSnapshot(fp: number): Ref {
  const base = i32(fp + 40);
  if (!hasFastLocals(fp) && !hasHiddenLocals(fp)) {
    if (base === 0) setPtr(fp + 40, PyDict_New());
    return Py_NewRef(i32(fp + 40));
  }
  const proxy = newLocalsProxy(vm.frameObject(fp));
  const m = hold(proxy);
  const dict = PyDict_New();
  hold(dict);
  PyDict_Update(dict, proxy);
  const result = Py_NewRef(dict);
  release(m);
  return result;
}

function frame_getlineno(f: Ref): Ref {
  const line = PyFrame_GetLineNumber(f);
  return line < 0 ? Py_NewRef(Py_None) : PyLong_FromLong(line);
}
function frame_settrace(f: Ref, given: Ref): void {
  const value = given === Py_None ? 0 : given;
  if (value === i32(f + F.f_trace)) return;
  Py_XSETREF(f + F.f_trace, value === 0 ? 0 : Py_NewRef(value));
  if (value !== 0 && u8(f + F.f_trace_opcodes) !== 0) vm.setOpcodeTrace(f, true);
}
function frame_settrace_opcodes(f: Ref, value: Ref): void {
  if (value !== Py_True && value !== Py_False) raise(PyExc_TypeError, 'attribute value type must be bool');
  setU8(f + F.f_trace_opcodes, value === Py_True ? 1 : 0);
  if (value === Py_False) vm.setOpcodeTrace(f, false);
  else if (i32(f + F.f_trace) !== 0) vm.setOpcodeTrace(f, true);
}
const boolMember = (name: string, offset: number, flags = 0) => ({ name, type: Py_T_BOOL, offset, flags });

export const frameSpec: TypeSpec = {
  address: PyFrame_Type,
  name: 'frame',
  basicsize: 64 + 72,
  itemsize: 8,
  flags: Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
  slots: {
    tp_dealloc: frame_dealloc,
    tp_repr: frame_repr,
    tp_getattro: PyObject_GenericGetAttr,
    tp_setattro: PyObject_GenericSetAttr,
    tp_traverse: frame_traverse,
    tp_clear: frame_tp_clear,
  },
  members: [boolMember('f_trace_lines', F.f_trace_lines)],
  methods: [
    { name: 'clear', flags: METH_NOARGS, fn: frame_clear },
    {
      name: '__sizeof__',
      flags: METH_NOARGS,
      fn: (f: Ref) => {
        const code = frameCode(f);
        return PyLong_FromLong(
          64 + 72 + (i32(code + PyCodeObject.co_nlocalsplus) + i32(code + PyCodeObject.co_stacksize)) * 8,
        );
      },
    },
  ],
  getset: [
    { name: 'f_back', get: PyFrame_GetBack },
    { name: 'f_locals', get: PyFrame_GetLocals },
    { name: 'f_lineno', get: frame_getlineno, set: frame_setlineno },
    {
      name: 'f_trace',
      get: (f: Ref) => Py_NewRef(i32(f + F.f_trace) === 0 ? Py_None : i32(f + F.f_trace)),
      set: frame_settrace,
    },
    { name: 'f_lasti', get: (f: Ref) => PyLong_FromLong(PyFrame_GetLasti(f)) },
    { name: 'f_globals', get: (f: Ref) => Py_NewRef(i32(frameOf(f) + 24)) },
    { name: 'f_builtins', get: (f: Ref) => Py_NewRef(i32(frameOf(f) + 32)) },
    { name: 'f_code', get: (f: Ref) => Py_NewRef(frameCode(f)) },
    {
      name: 'f_trace_opcodes',
      get: (f: Ref) => Py_NewRef(u8(f + F.f_trace_opcodes) !== 0 ? Py_True : Py_False),
      set: frame_settrace_opcodes,
    },
  ],
};
