/** Exception groups. Mirrors that part of Objects/exceptions.c (PEP 654). */
import {
  METH_CLASS,
  METH_O,
  PyBaseExceptionGroupObject as G,
  PyBaseExceptionObject as E,
  PyInterpreterState,
  Py_ID,
  Py_READONLY,
  _Py_T_OBJECT,
} from '@moult/abi';
import { i32, setPtr } from '../memory/linear.ts';
import { PySequence_Check, PySequence_List, PySequence_Tuple } from './abstract.ts';
import { _PyArg_NoKeywords } from './args.ts';
import { callFunction, callMethod, PyObject_CallOneArg } from './call.ts';
import { PyErr_GivenExceptionMatches, raise } from './errors.ts';
import {
  BaseException_init,
  BaseException_new,
  PyException_SetCause,
  PyException_SetContext,
  PyException_SetTraceback,
  exceptionTraceback,
  shortName,
} from './exceptions.ts';
import { fielded } from './excfields.ts';
import { Py_GenericAlias } from './genericaliasobject.ts';
import { PyList_Append, PyList_GET_ITEM, PyList_New } from './listobject.ts';
import { PyLong_FromLong } from './longobject.ts';
import {
  drop,
  hold,
  Py_NewRef,
  PyExceptionClass_Check,
  PyExceptionInstance_Check,
  PyTuple_Check,
  PyType_Check,
  PyType_IsSubtype,
  PyUnicode_Check,
  type Ref,
  release,
  typeNameOf,
} from './object.ts';
import { PyCallable_Check, PyObject_GetOptionalAttr, PyObject_IsTrue, PyObject_SetAttr } from './objectattr.ts';
import { newException } from './excnew.ts';
import { INTERP } from './runtime.ts';
import { Py_EnterRecursiveCall, Py_LeaveRecursiveCall } from './recursion.ts';
import type { TypeSpec } from './spec.ts';
import {
  Py_None,
  PyExc_BaseException,
  PyExc_BaseExceptionGroup,
  PyExc_Exception,
  PyExc_TypeError,
  PyExc_ValueError,
} from './static.ts';
import { PySet_Add, PySet_Contains, PySet_New } from './setobject.ts';
import { PyTuple_Pack } from './tupleobject.ts';
import { asText, PyUnicode_FromString, PyUnicode_InternFromString } from './unicodeobject.ts';

export function isExceptionGroup(op: Ref): boolean {
  return PyType_IsSubtype(i32(op + 8), PyExc_BaseExceptionGroup);
}
function BaseExceptionGroup_new(clsArg: Ref, args: Ref, _kwds: Ref): Ref {
  let cls = clsArg;
  if (i32(args + 16) !== 2) {
    raise(PyExc_TypeError, `BaseExceptionGroup.__new__() takes exactly 2 arguments (${i32(args + 16)} given)`);
  }
  const message = i32(args + 24);
  const given = i32(args + 32);
  if (!PyUnicode_Check(message))
    raise(PyExc_TypeError, `BaseExceptionGroup.__new__() argument 1 must be str, not ${typeNameOf(message)}`);
  if (!PySequence_Check(given)) raise(PyExc_TypeError, 'second argument (exceptions) must be a sequence');
  const excs = PySequence_Tuple(given);
  const m = hold(excs);
  const n = i32(excs + 16);
  if (n === 0) raise(PyExc_ValueError, 'second argument (exceptions) must be a non-empty sequence');
  let base = false;
  for (let i = 0; i < n; i++) {
    const exc = i32(excs + 24 + (i << 3));
    if (!PyExceptionInstance_Check(exc))
      raise(PyExc_ValueError, `Item ${i} of second argument (exceptions) is not an exception`);
    if (!PyType_IsSubtype(i32(exc + 8), PyExc_Exception)) base = true;
  }
  if (cls === PyExc_BaseExceptionGroup && !base) cls = ExceptionGroup_Type();
  else if (cls === ExceptionGroup_Type() && base)
    raise(PyExc_TypeError, 'Cannot nest BaseExceptions in an ExceptionGroup');
  else if (base && PyType_IsSubtype(cls, PyExc_Exception))
    raise(PyExc_TypeError, `Cannot nest BaseExceptions in '${shortName(cls)}'`);
  const self = BaseException_new(cls, args, 0);
  setPtr(self + G.msg, Py_NewRef(message));
  setPtr(self + G.excs, excs);
  drop(m);
  return self;
}
function BaseExceptionGroup_init(self: Ref, args: Ref, kwds: Ref): void {
  _PyArg_NoKeywords(shortName(i32(self + 8)), kwds);
  BaseException_init(self, args, 0);
}
function BaseExceptionGroup_str(self: Ref): Ref {
  const n = i32(i32(self + G.excs) + 16);
  return PyUnicode_FromString(`${asText(i32(self + G.msg))} (${n} sub-exception${n > 1 ? 's' : ''})`);
}
function BaseExceptionGroup_derive(self: Ref, excs: Ref): Ref {
  return callFunction(PyExc_BaseExceptionGroup, i32(self + G.msg), excs);
}
/** A group like `orig` with the exceptions in the list `excs`: derive(), then traceback, context, cause, notes. 0 for an empty list. */
function subset(orig: Ref, excs: Ref): Ref {
  if (i32(excs + 16) === 0) return 0;
  const name = hold(PyUnicode_InternFromString('derive'));
  // the argument comes in a tuple of its own, which is taken apart again
  hold(PyTuple_Pack(excs));
  const eg = callMethod(orig, i32(name), excs);
  release(name);
  const m = hold(eg);
  if (!isExceptionGroup(eg)) raise(PyExc_TypeError, 'derive must return an instance of BaseExceptionGroup');
  const tb = exceptionTraceback(orig);
  if (tb !== 0) PyException_SetTraceback(eg, tb);
  const context = i32(orig + E.context);
  PyException_SetContext(eg, context === 0 ? 0 : Py_NewRef(context));
  const cause = i32(orig + E.cause);
  PyException_SetCause(eg, cause === 0 ? 0 : Py_NewRef(cause));
  const notes = PyObject_GetOptionalAttr(orig, Py_ID.__notes__);
  if (notes !== 0) {
    hold(notes);
    if (PySequence_Check(notes)) {
      const copy = PySequence_List(notes);
      hold(copy);
      PyObject_SetAttr(eg, Py_ID.__notes__, copy);
    }
  }
  release(m + 8);
  drop(m);
  return eg;
}

type Matcher = (exc: Ref) => boolean;
/** The kinds of conditions that split and subgroup take, as a test. */
function matcher(condition: Ref): Matcher {
  if (PyCallable_Check(condition) && !PyType_Check(condition)) {
    return (exc) => {
      const r = PyObject_CallOneArg(condition, exc);
      const m = hold(r);
      const yes = PyObject_IsTrue(r);
      release(m);
      return yes;
    };
  }
  const classes = PyTuple_Check(condition) ? condition : 0;
  let ok = PyExceptionClass_Check(condition);
  if (classes !== 0) {
    ok = true;
    for (let i = 0; i < i32(classes + 16); i++) ok = ok && PyExceptionClass_Check(i32(classes + 24 + (i << 3)));
  }
  if (!ok) raise(PyExc_TypeError, 'expected a function, exception type or tuple of exception types');
  return (exc) => PyErr_GivenExceptionMatches(exc, condition);
}
export interface Split {
  /** New references; 0 where nothing matched or nothing was left. */
  match: Ref;
  rest: Ref;
}
/** Splits a group or plain exception by the test; new references. */
export function splitByMatcher(exc: Ref, test: Matcher, wantRest: boolean): Split {
  if (test(exc)) return { match: Py_NewRef(exc), rest: 0 };
  if (!isExceptionGroup(exc)) return { match: 0, rest: wantRest ? Py_NewRef(exc) : 0 };
  const yes = PyList_New(0);
  const m = hold(yes);
  const no = wantRest ? PyList_New(0) : 0;
  hold(no);
  const excs = i32(exc + G.excs);
  for (let i = 0; i < i32(excs + 16); i++) {
    Py_EnterRecursiveCall(' in exceptiongroup_split_recursive');
    let s: Split;
    try {
      s = splitByMatcher(i32(excs + 24 + (i << 3)), test, wantRest);
    } finally {
      Py_LeaveRecursiveCall();
    }
    const k = hold(s.match);
    hold(s.rest);
    if (s.match !== 0) PyList_Append(yes, s.match);
    if (s.rest !== 0) PyList_Append(no, s.rest);
    release(k);
  }
  const match = subset(exc, yes);
  hold(match);
  const rest = no === 0 ? 0 : subset(exc, no);
  drop(m + 16);
  release(m);
  return { match, rest };
}
/** except* matching: what of `exc` is of `types`, and the rest (_PyEval_ExceptionGroupMatch's split). */
export function splitByTypes(exc: Ref, types: Ref): Split {
  return splitByMatcher(exc, (e) => PyErr_GivenExceptionMatches(e, types), true);
}
/** The reference as it is, or a new one to None. */
function orNone(op: Ref): Ref {
  return op === 0 ? Py_NewRef(Py_None) : op;
}
function BaseExceptionGroup_split(self: Ref, condition: Ref): Ref {
  const s = splitByMatcher(self, matcher(condition), true);
  const m = hold(s.match);
  hold(s.rest);
  const r = PyTuple_Pack(s.match === 0 ? Py_None : s.match, s.rest === 0 ? Py_None : s.rest);
  release(m);
  return r;
}
function BaseExceptionGroup_subgroup(self: Ref, condition: Ref): Ref {
  return orNone(splitByMatcher(self, matcher(condition), false).match);
}

/** ExceptionGroup or BaseExceptionGroup of the tuple or list `excs`, by its contents; a new reference. */
export function newExceptionGroup(message: string, excs: Ref): Ref {
  const m = hold(PyUnicode_FromString(message));
  const r = callFunction(PyExc_BaseExceptionGroup, i32(m), excs);
  release(m);
  return r;
}
function sameMetadata(a: Ref, b: Ref): boolean {
  const note = (e: Ref): Ref => {
    const v = PyObject_GetOptionalAttr(e, Py_ID.__notes__);
    if (v !== 0) release(hold(v));
    return v;
  };
  return (
    note(a) === note(b) &&
    i32(a + E.traceback) === i32(b + E.traceback) &&
    i32(a + E.cause) === i32(b + E.cause) &&
    i32(a + E.context) === i32(b + E.context)
  );
}
/** Adds the ids of the leaves of group `exc` to the set (collect_exception_group_leaf_ids). */
function collectLeaves(exc: Ref, leaves: Ref): void {
  if (exc === Py_None) return;
  if (!isExceptionGroup(exc)) {
    const m = hold(PyLong_FromLong(exc));
    PySet_Add(leaves, i32(m));
    release(m);
    return;
  }
  const excs = i32(exc + G.excs);
  for (let i = 0; i < i32(excs + 16); i++) collectLeaves(i32(excs + 24 + (i << 3)), leaves);
}
function isLeafOf(exc: Ref, leaves: Ref): boolean {
  const m = hold(PyLong_FromLong(exc));
  const found = PySet_Contains(leaves, i32(m));
  release(m);
  return found;
}
/** The part of `orig` whose leaves are in the groups of the list `keep`; 0 if none; a new reference (exception_group_projection). */
function projection(orig: Ref, keep: Ref): Ref {
  const leaves = PySet_New(0);
  const m = hold(leaves);
  for (let i = 0; i < i32(keep + 16); i++) collectLeaves(PyList_GET_ITEM(keep, i), leaves);
  const { match } = splitByMatcher(orig, (e) => !isExceptionGroup(e) && isLeafOf(e, leaves), false);
  release(m);
  return match;
}
/**
 * What an except* statement raises at its end, of the list of what its clauses raised and left (_PyExc_PrepReraiseStar).
 * None, or an exception; a new reference.
 */
export function _PyExc_PrepReraiseStar(orig: Ref, excs: Ref): Ref {
  const n = i32(excs + 16);
  if (n === 0) return Py_NewRef(Py_None);
  if (!isExceptionGroup(orig)) {
    const only = PyList_GET_ITEM(excs, 0);
    return Py_NewRef(only);
  }
  const raised = PyList_New(0);
  const m = hold(raised);
  const kept = PyList_New(0);
  hold(kept);
  for (let i = 0; i < n; i++) {
    const e = PyList_GET_ITEM(excs, i);
    if (e === Py_None) continue;
    PyList_Append(sameMetadata(e, orig) && isExceptionGroup(e) ? kept : raised, e);
  }
  const reraised = projection(orig, kept);
  if (i32(raised + 16) === 0) {
    release(m);
    return orNone(reraised);
  }
  hold(reraised);
  if (reraised !== 0) PyList_Append(raised, reraised);
  if (i32(raised + 16) === 1) {
    const r = Py_NewRef(PyList_GET_ITEM(raised, 0));
    release(m);
    return r;
  }
  const r = newExceptionGroup('', raised);
  release(m);
  return r;
}

/** ExceptionGroup, the interpreter's; borrowed. A class on the heap, as PyErr_NewException makes one. */
function ExceptionGroup_Type(): Ref {
  return i32(INTERP + PyInterpreterState.exc_state_PyExc_ExceptionGroup);
}
/** Makes the class when the names of builtins are set; borrowed (create_exception_group_class). */
export function createExceptionGroupClass(): Ref {
  const bases = PyTuple_Pack(PyExc_BaseExceptionGroup, PyExc_Exception);
  const m = hold(bases);
  const type = newException('builtins', 'ExceptionGroup', bases);
  release(m);
  setPtr(INTERP + PyInterpreterState.exc_state_PyExc_ExceptionGroup, type);
  return type;
}

export function groupSpecs(): readonly TypeSpec[] {
  const spec = fielded({
    name: 'BaseExceptionGroup',
    address: PyExc_BaseExceptionGroup,
    base: PyExc_BaseException,
    size: G.SIZE,
    fields: { msg: G.msg, excs: G.excs },
    attributes: {},
    doc: 'A combination of multiple unrelated exceptions.',
    init: BaseExceptionGroup_init,
    str: BaseExceptionGroup_str,
    methods: [
      {
        name: '__class_getitem__',
        flags: METH_O | METH_CLASS,
        fn: (type: Ref, item: Ref) => Py_GenericAlias(type, item),
        doc: 'See PEP 585',
      },
      { name: 'derive', flags: METH_O, fn: BaseExceptionGroup_derive },
      { name: 'split', flags: METH_O, fn: BaseExceptionGroup_split },
      { name: 'subgroup', flags: METH_O, fn: BaseExceptionGroup_subgroup },
    ],
  });
  return [
    {
      ...spec,
      slots: { ...spec.slots, tp_new: BaseExceptionGroup_new },
      members: [
        { name: 'message', type: _Py_T_OBJECT, offset: G.msg, flags: Py_READONLY, doc: 'exception message' },
        { name: 'exceptions', type: _Py_T_OBJECT, offset: G.excs, flags: Py_READONLY, doc: 'nested exceptions' },
      ],
    },
  ];
}
