/** `re.Match`. Mirrors the match methods of Modules/_sre/sre.c. */
import {
  METH_FASTCALL,
  METH_KEYWORDS,
  METH_VARARGS,
  MatchObject as M,
  PatternObject as P,
  Py_buffer,
  Py_READONLY,
  Py_T_PYSSIZET,
  Py_TPFLAGS_DISALLOW_INSTANTIATION,
  Py_TPFLAGS_HAVE_GC,
  PyTypeObject,
  _Py_T_OBJECT,
  SRE_STATE as S,
} from '@moult/abi';
import { _PyObject_GC_NewVar } from '../gc/alloc.ts';
import { _PyObject_GC_TRACK, PyObject_GC_UnTrack } from '../gc/track.ts';
import { HASH_HI, i32, setI64, setPtr } from '../memory/linear.ts';
import { type NativeFunction, text } from '../memory/text.ts';
import { PyBuffer_Release } from '../objects/abstractbuffer.ts';
import { PyIndex_Check, PyNumber_AsSsize_t } from '../objects/abstractnumber.ts';
import { _PyArg_CheckPositional, unpackKeywords } from '../objects/args.ts';
import { _PyDict_SetItem_KnownHash, PyDict_GetItemWithError, PyDict_New, PyDict_Next } from '../objects/dictobject.ts';
import { raise, undoAndRethrow } from '../objects/errors.ts';
import { PyObject_GenericGetAttr } from '../objects/genericattr.ts';
import { PyLong_AsSsize_t, PyLong_FromLong } from '../objects/longobject.ts';
import {
  borrowArguments,
  drop,
  dropArguments,
  hold,
  Py_CLEAR,
  Py_NewRef,
  PyBytes_Check,
  PyLong_Check,
  PyUnicode_Check,
  type Ref,
  release,
  tpName,
} from '../objects/object.ts';
import { PyObject_Hash, PyObject_Repr } from '../objects/objectattr.ts';
import type { TypeSpec } from '../objects/spec.ts';
import { PyExc_IndexError, Py_None } from '../objects/static.ts';
import { PyTuple_New } from '../objects/tupleobject.ts';
import { asText, PyUnicode_FromString } from '../objects/unicodeobject.ts';
import { PyUnicode_Substring } from '../objects/unicodemake.ts';
import { none } from './builtinfuncs.ts';
import { visitType } from './records.ts';
import { COPY_METHODS } from './sremethods.ts';
import { getslice, offsetOf, stringBuffer, wrongSpan } from './srestate.ts';
import { compileTemplate, expand_template } from './sretemplate.ts';
import { SreMatch_Type } from './types.ts';

const FASTKW = METH_FASTCALL | METH_KEYWORDS;
type Visit = (op: Ref, arg: number) => void;

/** The match that the state of a successful search describes. */
export function pattern_new_match(pattern: Ref, state: number): Ref {
  const groups = i32(pattern + P.groups);
  const match = _PyObject_GC_NewVar(SreMatch_Type, 2 * (groups + 1));
  setPtr(match + M.pattern, Py_NewRef(pattern));
  setPtr(match + M.string, Py_NewRef(i32(state + S.string)));
  setPtr(match + M.regs, 0);
  setPtr(match + M.groups, groups + 1);
  setPtr(match + M.mark, offsetOf(state, i32(state + S.start)));
  setPtr(match + M.mark + 8, offsetOf(state, i32(state + S.ptr)));
  const mark = i32(state + S.mark);
  const lastmark = i32(state + S.lastmark);
  let wrong = false;
  for (let i = 0; i < groups; i++) {
    const from = mark + (i << 4);
    const to = match + M.mark + 16 + (i << 4);
    if (2 * i + 1 <= lastmark && i32(from) !== 0 && i32(from + 8) !== 0) {
      setPtr(to, offsetOf(state, i32(from)));
      setPtr(to + 8, offsetOf(state, i32(from + 8)));
      if (i32(to) > i32(to + 8)) wrong = true;
    } else {
      setI64(to, -1, -1);
      setI64(to + 8, -1, -1);
    }
  }
  setPtr(match + M.pos, i32(state + S.pos));
  setPtr(match + M.endpos, i32(state + S.endpos));
  const lastindex = i32(state + S.lastindex);
  setI64(match + M.lastindex, lastindex, lastindex >> 31);
  if (wrong) {
    hold(match);
    wrongSpan();
  }
  _PyObject_GC_TRACK(match);
  return match;
}
function match_clear(self: Ref): void {
  Py_CLEAR(self + M.string);
  Py_CLEAR(self + M.regs);
  Py_CLEAR(self + M.pattern);
}

/** What group `index` has matched, or `otherwise`; a new reference. */
export function match_getslice_by_index(self: Ref, index: number, otherwise: Ref): Ref {
  const string = i32(self + M.string);
  const mark = self + M.mark + (index << 4);
  if (string === Py_None || i32(mark) < 0) return Py_NewRef(otherwise);
  if (PyUnicode_Check(string)) return PyUnicode_Substring(string, i32(mark), i32(mark + 8));
  if (PyBytes_Check(string)) return sliceBytes(string, string + 32, i32(string + 16), mark);
  const view = borrowArguments(10);
  stringBuffer(string, view);
  let slice: Ref;
  try {
    slice = sliceBytes(string, i32(view), i32(view + Py_buffer.len), mark);
  } catch (e) {
    undoAndRethrow(e, () => PyBuffer_Release(view));
  }
  PyBuffer_Release(view);
  dropArguments(view);
  return slice;
}
/** A buffer may have become shorter since. */
function sliceBytes(string: Ref, data: number, length: number, mark: number): Ref {
  return getslice(true, data, string, Math.min(i32(mark), length), Math.min(i32(mark + 8), length));
}
/** The number of the group with this number or name (0: the whole match). */
function match_getindex(self: Ref, index: Ref): number {
  if (index === 0) return 0;
  let i = -1;
  if (PyIndex_Check(index)) i = PyNumber_AsSsize_t(index, 0);
  else {
    const names = i32(i32(self + M.pattern) + P.groupindex);
    const number = names === 0 ? 0 : PyDict_GetItemWithError(names, index);
    if (number !== 0 && PyLong_Check(number)) i = PyLong_AsSsize_t(number);
  }
  if (i < 0 || i >= i32(self + M.groups)) raise(PyExc_IndexError, 'no such group');
  return i;
}
function match_getslice(self: Ref, index: Ref, otherwise: Ref): Ref {
  return match_getslice_by_index(self, match_getindex(self, index), otherwise);
}
function match_getitem(self: Ref, name: Ref): Ref {
  return match_getslice(self, name, Py_None);
}
function match_group(self: Ref, args: Ref): Ref {
  const n = i32(args + 16);
  if (n === 0) return match_getslice_by_index(self, 0, Py_None);
  if (n === 1) return match_getslice(self, i32(args + 24), Py_None);
  const result = PyTuple_New(n);
  const m = hold(result);
  for (let i = 0; i < n; i++) {
    setPtr(result + 24 + (i << 3), match_getslice(self, i32(args + 24 + (i << 3)), Py_None));
  }
  drop(m);
  return result;
}
function defaultOf(args: number, nargs: number, kwnames: Ref, fname: string): Ref {
  const [otherwise] = unpackKeywords(args, nargs, kwnames, { fname, keywords: ['default'] }) as [Ref];
  return otherwise === 0 ? Py_None : otherwise;
}
function match_groups(self: Ref, args: number, nargs: number, kwnames: Ref): Ref {
  const otherwise = defaultOf(args, nargs, kwnames, 'groups');
  const n = i32(self + M.groups);
  const result = PyTuple_New(n - 1);
  const m = hold(result);
  for (let i = 1; i < n; i++) setPtr(result + 16 + (i << 3), match_getslice_by_index(self, i, otherwise));
  drop(m);
  return result;
}
function match_groupdict(self: Ref, args: number, nargs: number, kwnames: Ref): Ref {
  const otherwise = defaultOf(args, nargs, kwnames, 'groupdict');
  const result = PyDict_New();
  const names = i32(i32(self + M.pattern) + P.groupindex);
  if (names === 0) return result;
  const m = hold(result);
  const pos = { i: 0, key: 0, value: 0 };
  while (PyDict_Next(names, pos)) {
    const k = hold(Py_NewRef(pos.key));
    hold(match_getslice(self, pos.key, otherwise));
    const lo = PyObject_Hash(pos.key);
    _PyDict_SetItem_KnownHash(result, pos.key, i32(k + 8), lo, i32(HASH_HI));
    release(k);
  }
  drop(m);
  return result;
}
function groupArg(self: Ref, args: number, nargs: number, fname: string): number {
  _PyArg_CheckPositional(fname, nargs, 0, 1);
  return self + M.mark + (match_getindex(self, nargs === 0 ? 0 : i32(args)) << 4);
}
function match_start(self: Ref, args: number, nargs: number): Ref {
  return PyLong_FromLong(i32(groupArg(self, args, nargs, 'start')));
}
function match_end(self: Ref, args: number, nargs: number): Ref {
  return PyLong_FromLong(i32(groupArg(self, args, nargs, 'end') + 8));
}
function pairAt(mark: number): Ref {
  const pair = PyTuple_New(2);
  const m = hold(pair);
  setPtr(pair + 24, PyLong_FromLong(i32(mark)));
  setPtr(pair + 32, PyLong_FromLong(i32(mark + 8)));
  drop(m);
  return pair;
}
function match_span(self: Ref, args: number, nargs: number): Ref {
  return pairAt(groupArg(self, args, nargs, 'span'));
}
function match_expand(self: Ref, args: number, nargs: number, kwnames: Ref): Ref {
  const [template] = unpackKeywords(args, nargs, kwnames, { fname: 'expand', keywords: ['template'], required: 1 }) as [
    Ref,
  ];
  const filter = hold(compileTemplate(i32(self + M.pattern), template));
  const result = expand_template(i32(filter), self);
  release(filter);
  return result;
}
function match_lastindex_get(self: Ref): Ref {
  const i = i32(self + M.lastindex);
  return i >= 0 ? PyLong_FromLong(i) : none();
}
function match_lastgroup_get(self: Ref): Ref {
  const names = i32(i32(self + M.pattern) + P.indexgroup);
  const i = i32(self + M.lastindex);
  return names !== 0 && i >= 0 && i < i32(names + 16) ? Py_NewRef(i32(names + 24 + (i << 3))) : none();
}
function match_regs_get(self: Ref): Ref {
  if (i32(self + M.regs) === 0) {
    const n = i32(self + M.groups);
    const regs = PyTuple_New(n);
    const m = hold(regs);
    for (let i = 0; i < n; i++) setPtr(regs + 24 + (i << 3), pairAt(self + M.mark + (i << 4)));
    drop(m);
    setPtr(self + M.regs, regs);
  }
  return Py_NewRef(i32(self + M.regs));
}
/** The first `n` characters of an object's repr. */
export function cutRepr(op: Ref, n: number): string {
  const m = hold(PyObject_Repr(op));
  const start = hold(PyUnicode_Substring(i32(m), 0, n));
  const cut = asText(i32(start));
  release(m);
  return cut;
}
function match_repr(self: Ref): Ref {
  const group = hold(match_getslice_by_index(self, 0, Py_None));
  const shown = cutRepr(i32(group), 50);
  release(group);
  const name = tpName(i32(self + 8));
  const mark = self + M.mark;
  return PyUnicode_FromString(`<${name} object; span=(${i32(mark)}, ${i32(mark + 8)}), match=${shown}>`);
}

export const matchSpec: TypeSpec = {
  address: SreMatch_Type,
  name: 're.Match',
  basicsize: M.SIZE,
  itemsize: 8,
  flags: Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_DISALLOW_INSTANTIATION,
  doc: 'The result of re.match() and re.search().\nMatch objects always have a boolean value of True.',
  slots: {
    tp_dealloc(self: Ref): void {
      PyObject_GC_UnTrack(self);
      match_clear(self);
      (text[i32(i32(self + 8) + PyTypeObject.tp_free)] as NativeFunction)(self);
    },
    tp_traverse(self: Ref, visit: Visit, arg: number): void {
      visitType(self, visit, arg);
      for (const slot of [M.string, M.regs, M.pattern]) if (i32(self + slot) !== 0) visit(i32(self + slot), arg);
    },
    tp_clear: match_clear,
    tp_repr: match_repr,
    tp_getattro: PyObject_GenericGetAttr,
    mp_subscript: match_getitem,
  },
  methods: [
    {
      name: 'group',
      flags: METH_VARARGS,
      fn: match_group,
      doc: 'group([group1, ...]) -> str or tuple.\n    Return subgroup(s) of the match by indices or names.\n    For 0 returns the entire match.',
    },
    {
      name: 'start',
      flags: METH_FASTCALL,
      fn: match_start,
      doc: 'start($self, group=0, /)\n--\n\nReturn index of the start of the substring matched by group.',
    },
    {
      name: 'end',
      flags: METH_FASTCALL,
      fn: match_end,
      doc: 'end($self, group=0, /)\n--\n\nReturn index of the end of the substring matched by group.',
    },
    {
      name: 'span',
      flags: METH_FASTCALL,
      fn: match_span,
      doc: 'span($self, group=0, /)\n--\n\nFor match object m, return the 2-tuple (m.start(group), m.end(group)).',
    },
    {
      name: 'groups',
      flags: FASTKW,
      fn: match_groups,
      doc: 'groups($self, /, default=None)\n--\n\nReturn a tuple containing all the subgroups of the match, from 1.\n\n  default\n    Is used for groups that did not participate in the match.',
    },
    {
      name: 'groupdict',
      flags: FASTKW,
      fn: match_groupdict,
      doc: 'groupdict($self, /, default=None)\n--\n\nReturn a dictionary containing all the named subgroups of the match, keyed by the subgroup name.\n\n  default\n    Is used for groups that did not participate in the match.',
    },
    {
      name: 'expand',
      flags: FASTKW,
      fn: match_expand,
      doc: 'expand($self, /, template)\n--\n\nReturn the string obtained by doing backslash substitution on the string template, as done by the sub() method.',
    },
    ...COPY_METHODS,
  ],
  members: [
    {
      name: 'string',
      type: _Py_T_OBJECT,
      offset: M.string,
      flags: Py_READONLY,
      doc: 'The string passed to match() or search().',
    },
    { name: 're', type: _Py_T_OBJECT, offset: M.pattern, flags: Py_READONLY, doc: 'The regular expression object.' },
    {
      name: 'pos',
      type: Py_T_PYSSIZET,
      offset: M.pos,
      flags: Py_READONLY,
      doc: 'The index into the string at which the RE engine started looking for a match.',
    },
    {
      name: 'endpos',
      type: Py_T_PYSSIZET,
      offset: M.endpos,
      flags: Py_READONLY,
      doc: 'The index into the string beyond which the RE engine will not go.',
    },
  ],
  getset: [
    { name: 'lastindex', get: match_lastindex_get, doc: 'The integer index of the last matched capturing group.' },
    { name: 'lastgroup', get: match_lastgroup_get, doc: 'The name of the last matched capturing group.' },
    { name: 'regs', get: match_regs_get },
  ],
};
