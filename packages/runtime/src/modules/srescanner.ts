/** Scanners: searches that go on where the last ended. Mirrors that part of Modules/_sre/sre.c. */
import {
  METH_NOARGS,
  PatternObject as P,
  Py_READONLY,
  Py_TPFLAGS_DISALLOW_INSTANTIATION,
  Py_TPFLAGS_HAVE_GC,
  PyTypeObject,
  _Py_T_OBJECT,
  ScannerObject as SC,
  SRE_STATE as S,
} from '@moult/abi';
import { _PyObject_GC_New } from '../gc/alloc.ts';
import { _PyObject_GC_TRACK, PyObject_GC_UnTrack } from '../gc/track.ts';
import { bytes, i32, setI32, setPtr } from '../memory/linear.ts';
import { type NativeFunction, text } from '../memory/text.ts';
import { raise } from '../objects/errors.ts';
import { PyObject_GenericGetAttr } from '../objects/genericattr.ts';
import { drop, hold, Py_CLEAR, Py_NewRef, type Ref } from '../objects/object.ts';
import type { TypeSpec } from '../objects/spec.ts';
import { PyExc_ValueError } from '../objects/static.ts';
import { none } from './builtinfuncs.ts';
import { visitType } from './records.ts';
import { pattern_new_match } from './srematchobject.ts';
import { sre_match } from './srematch.ts';
import { sre_search } from './sresearch.ts';
import { state_advance, state_fini, state_init, state_reset } from './srestate.ts';
import { SreScanner_Type } from './types.ts';

type Visit = (op: Ref, arg: number) => void;

export function pattern_scanner(pattern: Ref, string: Ref, pos: number, endpos: number): Ref {
  const self = _PyObject_GC_New(SreScanner_Type);
  bytes.fill(0, self + SC.pattern, self + SC.SIZE);
  const m = hold(self);
  state_init(self + SC.state, pattern, string, pos, endpos);
  setPtr(self + SC.pattern, Py_NewRef(pattern));
  drop(m);
  _PyObject_GC_TRACK(self);
  return self;
}
function advance(self: Ref, search: boolean): Ref {
  if (i32(self + SC.executing) !== 0) raise(PyExc_ValueError, 'regular expression scanner already executing');
  const state = self + SC.state;
  if (i32(state + S.start) === 0) return none();
  setI32(self + SC.executing, 1);
  try {
    state_reset(state);
    const pattern = i32(self + SC.pattern);
    const code = pattern + P.code;
    if (!(search ? sre_search(state, code) : sre_match(state, code, 1))) {
      setPtr(state + S.start, 0);
      return none();
    }
    const match = pattern_new_match(pattern, state);
    state_advance(state);
    return match;
  } finally {
    setI32(self + SC.executing, 0);
  }
}
function scanner_match(self: Ref): Ref {
  return advance(self, false);
}
function scanner_search(self: Ref): Ref {
  return advance(self, true);
}

export const scannerSpec: TypeSpec = {
  address: SreScanner_Type,
  name: '_sre.SRE_Scanner',
  basicsize: SC.SIZE,
  flags: Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_DISALLOW_INSTANTIATION,
  slots: {
    tp_dealloc(self: Ref): void {
      PyObject_GC_UnTrack(self);
      state_fini(self + SC.state);
      Py_CLEAR(self + SC.pattern);
      (text[i32(i32(self + 8) + PyTypeObject.tp_free)] as NativeFunction)(self);
    },
    tp_traverse(self: Ref, visit: Visit, arg: number): void {
      visitType(self, visit, arg);
      if (i32(self + SC.pattern) !== 0) visit(i32(self + SC.pattern), arg);
    },
    tp_clear(self: Ref): void {
      Py_CLEAR(self + SC.pattern);
    },
    tp_getattro: PyObject_GenericGetAttr,
  },
  methods: [
    { name: 'match', flags: METH_NOARGS, fn: scanner_match, doc: 'match($self, /)\n--\n\n' },
    { name: 'search', flags: METH_NOARGS, fn: scanner_search, doc: 'search($self, /)\n--\n\n' },
  ],
  members: [{ name: 'pattern', type: _Py_T_OBJECT, offset: SC.pattern, flags: Py_READONLY }],
};
