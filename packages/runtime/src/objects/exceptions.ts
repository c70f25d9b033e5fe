/**
 * BaseException and the list of exception types. Mirrors the base part of Objects/exceptions.c. Types with fields of
 * their own are in excfields.ts, groups in excgroup.ts, OSError and Unicode errors in excoserror.ts and excunicode.ts.
 *
 *   PyBaseExceptionObject  +16 dict +24 args +32 notes +40 traceback +48 context +56 cause +64 suppress_context
 */
import {
  METH_NOARGS,
  METH_O,
  PyBaseExceptionObject as E,
  PyInterpreterState,
  PyTypeObject,
  Py_ID,
  Py_T_BOOL,
  Py_TPFLAGS_BASE_EXC_SUBCLASS,
  Py_TPFLAGS_BASETYPE,
  Py_TPFLAGS_HAVE_GC,
} from '@moult/abi';
import { PyObject_GC_Del } from '../gc/alloc.ts';
import { _PyObject_GC_TRACK, PyObject_GC_UnTrack } from '../gc/track.ts';
import { i32, setPtr, setU8 } from '../memory/linear.ts';
import { text } from '../memory/text.ts';
import { _PyArg_NoKeywords } from './args.ts';
import { PyDict_Next } from './dictobject.ts';
import { raise } from './errors.ts';
import { complexExceptionSpecs } from './excfields.ts';
import { PyList_Append, PyList_New } from './listobject.ts';
import {
  drop,
  hold,
  Py_CLEAR,
  Py_DECREF,
  Py_NewRef,
  PyDict_Check,
  PyExceptionInstance_Check,
  PyList_Check,
  PyUnicode_Check,
  Py_XNewRef,
  Py_XSETREF,
  type Ref,
  release,
  tpName,
  typeNameOf,
} from './object.ts';
import {
  PyObject_GenericGetAttr,
  PyObject_GenericSetAttr,
  PyObject_GetOptionalAttr,
  PyObject_Repr,
  PyObject_SetAttr,
  PyObject_Str,
} from './objectattr.ts';
import { PyObject_GenericGetDict } from './instancedict.ts';
import { EMPTY_TUPLE, INTERP } from './runtime.ts';
import type { GetSetSpec, MemberSpec, MethodSpec, TypeSpec } from './spec.ts';
import * as T from './static.ts';
import { Py_None, PyBaseObject_Type, PyExc_BaseException, PyExc_TypeError, PyTraceBack_Type } from './static.ts';
import { PySequence_Tuple } from './abstract.ts';
import { _PyTuple_FromArray, PyTuple_Pack } from './tupleobject.ts';
import { asText, EMPTY_STRING, PyUnicode_FromString } from './unicodeobject.ts';
import { clearOrWait } from './trashcan.ts';

export const EXCEPTION_FLAGS = Py_TPFLAGS_BASETYPE | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASE_EXC_SUBCLASS;

const MEMERRORS = INTERP + PyInterpreterState.exc_state_memerrors_freelist;
const MEMERRORS_COUNT = INTERP + PyInterpreterState.exc_state_memerrors_numfree;
const MEMERRORS_SAVE = 16;

export function BaseException_new(type: Ref, args: Ref, _kwds: Ref): Ref {
  const self = (text[i32(type + PyTypeObject.tp_alloc)] as (t: Ref, n: number) => Ref)(type, 0);
  setPtr(self + E.dict, 0);
  setPtr(self + E.notes, 0);
  setPtr(self + E.traceback, 0);
  setPtr(self + E.context, 0);
  setPtr(self + E.cause, 0);
  setU8(self + E.suppress_context, 0);
  setPtr(self + E.args, Py_NewRef(args === 0 ? EMPTY_TUPLE : args));
  return self;
}
export function BaseException_init(self: Ref, args: Ref, kwds: Ref): void {
  if (kwds !== 0) {
    _PyArg_NoKeywords(
      tpName(i32(self + 8))
        .split('.')
        .pop() as string,
      kwds,
    );
  }
  Py_XSETREF(self + E.args, Py_NewRef(args));
}
/** Vectorcall of BaseException itself: its args tuple straight from the array. */
export function BaseException_vectorcall(type: Ref, args: number, nargs: number, kwnames: Ref): Ref {
  if (kwnames !== 0 && i32(kwnames + 16) > 0) raise(PyExc_TypeError, `${tpName(type)}() takes no keyword arguments`);
  const m = hold(_PyTuple_FromArray(args, nargs));
  const self = BaseException_new(type, i32(m), 0);
  release(m);
  return self;
}
export function BaseException_clear(self: Ref): void {
  Py_CLEAR(self + E.dict);
  Py_CLEAR(self + E.args);
  Py_CLEAR(self + E.notes);
  Py_CLEAR(self + E.traceback);
  Py_CLEAR(self + E.cause);
  Py_CLEAR(self + E.context);
}
/** tp_dealloc of every exception: clears the subtype's fields first (its tp_clear), then frees. */
export function BaseException_dealloc(self: Ref): void {
  PyObject_GC_UnTrack(self);
  for (const field of [E.dict, E.args, E.notes, E.traceback, E.cause, E.context]) {
    // where fields come before these, all are cleared below, in C's order
    if (i32(i32(self + 8) + PyTypeObject.tp_basicsize) !== E.SIZE) break;
    if (clearOrWait(self + field)) return;
  }
  const clear = i32(staticBase(i32(self + 8)) + PyTypeObject.tp_clear);
  text[clear]?.(self);
  text[i32(i32(self + 8) + PyTypeObject.tp_free)]?.(self);
}
/** The type whose fields the object has: for an instance of a Python subclass, its nearest static ancestor. */
function staticBase(type: Ref): Ref {
  let t = type;
  while ((i32(t + PyTypeObject.tp_flags) & (1 << 9)) !== 0) t = i32(t + PyTypeObject.tp_base);
  return t;
}
export function BaseException_traverse(self: Ref, visit: (op: Ref, arg: number) => void, arg: number): void {
  for (const f of [E.dict, E.args, E.notes, E.traceback, E.cause, E.context]) {
    const v = i32(self + f);
    if (v !== 0) visit(v, arg);
  }
}
export function BaseException_str(self: Ref): Ref {
  const args = i32(self + E.args);
  const n = i32(args + 16);
  if (n === 0) return Py_NewRef(EMPTY_STRING);
  return n === 1 ? PyObject_Str(i32(args + 24)) : PyObject_Str(args);
}
function BaseException_repr(self: Ref): Ref {
  const name = shortName(i32(self + 8));
  const args = i32(self + E.args);
  const m = hold(PyObject_Repr(i32(args + 16) === 1 ? i32(args + 24) : args));
  const inner = asText(i32(m));
  release(m);
  return PyUnicode_FromString(i32(args + 16) === 1 ? `${name}(${inner})` : name + inner);
}
/** _PyType_Name: the part of tp_name behind the last dot. */
export function shortName(type: Ref): string {
  const name = tpName(type);
  return name.slice(name.lastIndexOf('.') + 1);
}

function BaseException_reduce(self: Ref): Ref {
  const args = i32(self + E.args);
  const dict = i32(self + E.dict);
  return args !== 0 && dict !== 0 ? PyTuple_Pack(i32(self + 8), args, dict) : PyTuple_Pack(i32(self + 8), args);
}
function BaseException_setstate(self: Ref, state: Ref): Ref {
  if (state !== Py_None) {
    if (!PyDict_Check(state)) raise(PyExc_TypeError, 'state is not a dictionary');
    const pos = { i: 0, key: 0, value: 0 };
    while (PyDict_Next(state, pos)) {
      const m = hold(Py_NewRef(pos.key));
      hold(Py_NewRef(pos.value));
      PyObject_SetAttr(self, pos.key, pos.value);
      release(m);
    }
  }
  return Py_NewRef(Py_None);
}
function BaseException_with_traceback(self: Ref, tb: Ref): Ref {
  setTraceback(self, tb, '__traceback__ must be a traceback or None');
  return Py_NewRef(self);
}
function BaseException_add_note(self: Ref, note: Ref): Ref {
  if (!PyUnicode_Check(note)) raise(PyExc_TypeError, `note must be a str, not '${typeNameOf(note)}'`);
  let notes = PyObject_GetOptionalAttr(self, Py_ID.__notes__);
  if (notes === 0) {
    notes = PyList_New(0);
    const m = hold(notes);
    PyObject_SetAttr(self, Py_ID.__notes__, notes);
    drop(m);
  }
  const m = hold(notes);
  if (!PyList_Check(notes)) raise(PyExc_TypeError, 'Cannot add note: __notes__ is not a list');
  PyList_Append(notes, note);
  release(m);
  return Py_NewRef(Py_None);
}

function get_args(self: Ref): Ref {
  const args = i32(self + E.args);
  return args === 0 ? Py_NewRef(Py_None) : Py_NewRef(args);
}
function set_args(self: Ref, value: Ref): void {
  if (value === 0) raise(PyExc_TypeError, 'args may not be deleted');
  Py_XSETREF(self + E.args, PySequence_Tuple(value));
}
function orNone(v: Ref): Ref {
  return v === 0 ? Py_NewRef(Py_None) : Py_NewRef(v);
}
function get_traceback(self: Ref): Ref {
  return orNone(i32(self + E.traceback));
}
function setTraceback(self: Ref, tb: Ref, message: string): void {
  if (tb !== Py_None && i32(tb + 8) !== PyTraceBack_Type) raise(PyExc_TypeError, message);
  Py_XSETREF(self + E.traceback, tb === Py_None ? 0 : Py_NewRef(tb));
}
function set_traceback(self: Ref, tb: Ref): void {
  if (tb === 0) raise(PyExc_TypeError, '__traceback__ may not be deleted');
  setTraceback(self, tb, '__traceback__ must be a traceback or None');
}
function get_context(self: Ref): Ref {
  return orNone(i32(self + E.context));
}
function checkLink(value: Ref, name: string, word: string): Ref {
  if (value === 0) raise(PyExc_TypeError, `${name} may not be deleted`);
  if (value === Py_None) return 0;
  if (!PyExceptionInstance_Check(value))
    raise(PyExc_TypeError, `exception ${word} must be None or derive from BaseException`);
  return Py_NewRef(value);
}
function set_context(self: Ref, value: Ref): void {
  PyException_SetContext(self, checkLink(value, '__context__', 'context'));
}
function get_cause(self: Ref): Ref {
  return orNone(i32(self + E.cause));
}
function set_cause(self: Ref, value: Ref): void {
  PyException_SetCause(self, checkLink(value, '__cause__', 'cause'));
}
/** Sets __context__, stealing `context`. */
export function PyException_SetContext(self: Ref, context: Ref): void {
  Py_XSETREF(self + E.context, context);
}
/** Sets __cause__, stealing it, and __suppress_context__. */
export function PyException_SetCause(self: Ref, cause: Ref): void {
  setU8(self + E.suppress_context, 1);
  Py_XSETREF(self + E.cause, cause);
}
export function PyException_GetContext(self: Ref): Ref {
  return Py_XNewRef(i32(self + E.context));
}
export function PyException_GetCause(self: Ref): Ref {
  return Py_XNewRef(i32(self + E.cause));
}
export function PyException_GetTraceback(self: Ref): Ref {
  return Py_XNewRef(i32(self + E.traceback));
}
/** `tb` is a traceback or None, borrowed. */
export function PyException_SetTraceback(self: Ref, tb: Ref): void {
  setTraceback(self, tb, '__traceback__ must be a traceback or None');
}
export function PyException_SetArgs(self: Ref, args: Ref): void {
  Py_XSETREF(self + E.args, Py_NewRef(args));
}
/** The traceback, borrowed, or 0. */
export function exceptionTraceback(self: Ref): Ref {
  return i32(self + E.traceback);
}
/**
 * Makes `handled` (stolen) the context of the new exception `exc`, after cutting the place in handled's own chain where
 * `exc` would come again (the part of _PyErr_SetObject).
 */
export function BaseException_SetContext(exc: Ref, handled: Ref): void {
  let o = handled;
  let slow = o;
  let step = false;
  for (let c = i32(o + E.context); c !== 0; c = i32(o + E.context)) {
    if (c === exc) {
      Py_XSETREF(o + E.context, 0);
      break;
    }
    o = c;
    if (o === slow) break;
    if (step) slow = i32(slow + E.context);
    step = !step;
  }
  PyException_SetContext(exc, handled);
}

/** A MemoryError from the reserve, or the static one when that is used up; never allocates. */
export function newMemoryError(): Ref {
  const self = i32(MEMERRORS);
  if (self === 0) return Py_NewRef(LAST_RESORT);
  setPtr(MEMERRORS, i32(self + E.dict));
  setPtr(MEMERRORS_COUNT, i32(MEMERRORS_COUNT) - 1);
  setPtr(self, 1);
  setPtr(self + E.dict, 0);
  setPtr(self + E.args, Py_NewRef(EMPTY_TUPLE));
  _PyObject_GC_TRACK(self);
  return self;
}
const LAST_RESORT = INTERP + PyInterpreterState.static_objects_singletons_last_resort_memory_error;
function MemoryError_new(type: Ref, args: Ref, kwds: Ref): Ref {
  if (type !== T.PyExc_MemoryError || i32(MEMERRORS) === 0) return BaseException_new(type, args, kwds);
  const self = newMemoryError();
  Py_XSETREF(self + E.args, Py_NewRef(args));
  return self;
}
function MemoryError_dealloc(self: Ref): void {
  PyObject_GC_UnTrack(self);
  BaseException_clear(self);
  if (i32(self + 8) !== T.PyExc_MemoryError) {
    text[i32(i32(self + 8) + PyTypeObject.tp_free)]?.(self);
    return;
  }
  if (i32(MEMERRORS_COUNT) >= MEMERRORS_SAVE) {
    PyObject_GC_Del(self);
    return;
  }
  setPtr(self + E.dict, i32(MEMERRORS));
  setPtr(MEMERRORS, self);
  setPtr(MEMERRORS_COUNT, i32(MEMERRORS_COUNT) + 1);
}
/** Fills the reserve of MemoryErrors (preallocate_memerrors) and sets up the last one. */
export function initExceptions(): void {
  setPtr(LAST_RESORT, -1);
  setPtr(LAST_RESORT + 8, T.PyExc_MemoryError);
  setPtr(LAST_RESORT + E.args, EMPTY_TUPLE);
  const made: Ref[] = [];
  for (let i = 0; i < MEMERRORS_SAVE; i++) made.push(BaseException_new(T.PyExc_MemoryError, EMPTY_TUPLE, 0));
  for (const e of made) Py_DECREF(e);
}
/** Frees the reserve (at finalization). */
export function freeMemoryErrors(): void {
  for (let self = i32(MEMERRORS); self !== 0; self = i32(MEMERRORS)) {
    setPtr(MEMERRORS, i32(self + E.dict));
    setPtr(MEMERRORS_COUNT, i32(MEMERRORS_COUNT) - 1);
    PyObject_GC_Del(self);
  }
}

function KeyError_str(self: Ref): Ref {
  const args = i32(self + E.args);
  return i32(args + 16) === 1 ? PyObject_Repr(i32(args + 24)) : BaseException_str(self);
}

const methods: readonly MethodSpec[] = [
  { name: '__reduce__', flags: METH_NOARGS, fn: BaseException_reduce, doc: 'Helper for pickle.' },
  { name: '__setstate__', flags: METH_O, fn: BaseException_setstate },
  {
    name: 'with_traceback',
    flags: METH_O,
    fn: BaseException_with_traceback,
    doc: 'Exception.with_traceback(tb) --\n    set self.__traceback__ to tb and return self.',
  },
  {
    name: 'add_note',
    flags: METH_O,
    fn: BaseException_add_note,
    doc: 'Exception.add_note(note) --\n    add a note to the exception',
  },
];
const members: readonly MemberSpec[] = [
  { name: '__suppress_context__', type: Py_T_BOOL, offset: E.suppress_context, flags: 0 },
];
const getset: readonly GetSetSpec[] = [
  { name: '__dict__', get: PyObject_GenericGetDict_, set: set_dict },
  { name: 'args', get: get_args, set: set_args },
  { name: '__traceback__', get: get_traceback, set: set_traceback },
  { name: '__context__', get: get_context, set: set_context, doc: 'exception context' },
  { name: '__cause__', get: get_cause, set: set_cause, doc: 'exception cause' },
];
function PyObject_GenericGetDict_(self: Ref): Ref {
  return PyObject_GenericGetDict(self);
}
function set_dict(self: Ref, value: Ref): void {
  if (value === 0) raise(PyExc_TypeError, 'cannot delete __dict__');
  if (!PyDict_Check(value))
    raise(PyExc_TypeError, `__dict__ must be set to a dictionary, not a '${typeNameOf(value)}'`);
  Py_XSETREF(self + E.dict, Py_NewRef(value));
}

/** Slots that every exception type has. Native functions of other rooms are reached through a function of ours. */
export function getattro(op: Ref, name: Ref): Ref {
  return PyObject_GenericGetAttr(op, name);
}
export function setattro(op: Ref, name: Ref, value: Ref): void {
  PyObject_GenericSetAttr(op, name, value);
}
export const baseSlots = {
  tp_dealloc: BaseException_dealloc,
  tp_traverse: BaseException_traverse,
  tp_clear: BaseException_clear,
  tp_init: BaseException_init,
  tp_new: BaseException_new,
} as const;
const baseExceptionSpec: TypeSpec = {
  address: PyExc_BaseException,
  name: 'BaseException',
  basicsize: E.SIZE,
  flags: EXCEPTION_FLAGS,
  base: PyBaseObject_Type,
  doc: 'Common base class for all exceptions.',
  dictoffset: E.dict,
  slots: {
    ...baseSlots,
    tp_repr: BaseException_repr,
    tp_str: BaseException_str,
    tp_getattro: getattro,
    tp_setattro: setattro,
    tp_vectorcall: BaseException_vectorcall,
  },
  methods,
  members,
  getset,
};
function simple(name: string, base: number, doc: string, extra: TypeSpec['slots'] = {}): TypeSpec {
  const address = (T as unknown as Record<string, number>)[`PyExc_${name}`] as number;
  return {
    address,
    name,
    basicsize: E.SIZE,
    flags: EXCEPTION_FLAGS,
    base,
    doc,
    dictoffset: E.dict,
    slots: { ...baseSlots, ...extra },
  };
}

/** All exception types in the order of CPython's static_exceptions, base types before derived ones. */
export function makeExceptionSpecs(): readonly TypeSpec[] {
  const complex = complexExceptionSpecs();
  const c = (name: string): TypeSpec => complex.find((s) => s.name === name) as TypeSpec;
  return [
    baseExceptionSpec,
    c('BaseExceptionGroup'),
    simple('Exception', T.PyExc_BaseException, 'Common base class for all non-exit exceptions.'),
    simple('GeneratorExit', T.PyExc_BaseException, 'Request that a generator exit.'),
    simple('KeyboardInterrupt', T.PyExc_BaseException, 'Program interrupted by user.'),
    c('SystemExit'),
    simple('ArithmeticError', T.PyExc_Exception, 'Base class for arithmetic errors.'),
    simple('AssertionError', T.PyExc_Exception, 'Assertion failed.'),
    c('AttributeError'),
    simple('BufferError', T.PyExc_Exception, 'Buffer error.'),
    simple('EOFError', T.PyExc_Exception, 'Read beyond end of file.'),
    c('ImportError'),
    simple('LookupError', T.PyExc_Exception, 'Base class for lookup errors.'),
    simple('MemoryError', T.PyExc_Exception, 'Out of memory.', {
      tp_dealloc: MemoryError_dealloc,
      tp_new: MemoryError_new,
    }),
    c('NameError'),
    c('OSError'),
    simple('ReferenceError', T.PyExc_Exception, 'Weak ref proxy used after referent went away.'),
    simple('RuntimeError', T.PyExc_Exception, 'Unspecified run-time error.'),
    simple('StopAsyncIteration', T.PyExc_Exception, 'Signal the end from iterator.__anext__().'),
    c('StopIteration'),
    c('SyntaxError'),
    simple(
      'SystemError',
      T.PyExc_Exception,
      'Internal error in the Python interpreter.\n\nPlease report this to the Python maintainer, along with the traceback,\nthe Python version, and the hardware/OS platform and version.',
    ),
    simple('TypeError', T.PyExc_Exception, 'Inappropriate argument type.'),
    simple('ValueError', T.PyExc_Exception, 'Inappropriate argument value (of correct type).'),
    simple('Warning', T.PyExc_Exception, 'Base class for warning categories.'),
    simple('FloatingPointError', T.PyExc_ArithmeticError, 'Floating-point operation failed.'),
    simple('OverflowError', T.PyExc_ArithmeticError, 'Result too large to be represented.'),
    simple('ZeroDivisionError', T.PyExc_ArithmeticError, 'Second argument to a division or modulo operation was zero.'),
    simple(
      'BytesWarning',
      T.PyExc_Warning,
      'Base class for warnings about bytes and buffer related problems, mostly\nrelated to conversion from str or comparing to str.',
    ),
    simple('DeprecationWarning', T.PyExc_Warning, 'Base class for warnings about deprecated features.'),
    simple('EncodingWarning', T.PyExc_Warning, 'Base class for warnings about encodings.'),
    simple(
      'FutureWarning',
      T.PyExc_Warning,
      'Base class for warnings about constructs that will change semantically\nin the future.',
    ),
    simple('ImportWarning', T.PyExc_Warning, 'Base class for warnings about probable mistakes in module imports'),
    simple(
      'PendingDeprecationWarning',
      T.PyExc_Warning,
      'Base class for warnings about features which will be deprecated\nin the future.',
    ),
    simple('ResourceWarning', T.PyExc_Warning, 'Base class for warnings about resource usage.'),
    simple('RuntimeWarning', T.PyExc_Warning, 'Base class for warnings about dubious runtime behavior.'),
    simple('SyntaxWarning', T.PyExc_Warning, 'Base class for warnings about dubious syntax.'),
    simple(
      'UnicodeWarning',
      T.PyExc_Warning,
      'Base class for warnings about Unicode related problems, mostly\nrelated to conversion problems.',
    ),
    simple('UserWarning', T.PyExc_Warning, 'Base class for warnings generated by user code.'),
    ...complex.filter((s) => s.base === T.PyExc_OSError),
    c('IndentationError'),
    c('_IncompleteInputError'),
    simple('IndexError', T.PyExc_LookupError, 'Sequence index out of range.'),
    simple('KeyError', T.PyExc_LookupError, 'Mapping key not found.', { tp_str: KeyError_str }),
    c('ModuleNotFoundError'),
    simple('NotImplementedError', T.PyExc_RuntimeError, "Method or function hasn't been implemented yet."),
    simple('PythonFinalizationError', T.PyExc_RuntimeError, 'Operation blocked during Python finalization.'),
    simple('RecursionError', T.PyExc_RuntimeError, 'Recursion limit exceeded.'),
    c('UnboundLocalError'),
    simple('UnicodeError', T.PyExc_ValueError, 'Unicode related error.'),
    ...complex.filter((s) => s.base === T.PyExc_ConnectionError),
    c('TabError'),
    c('UnicodeDecodeError'),
    c('UnicodeEncodeError'),
    c('UnicodeTranslateError'),
    c('ExceptionGroup'),
  ];
}
export { _PyExc_PrepReraiseStar, newExceptionGroup } from './excgroup.ts';
