/** `re.Pattern`: its methods and how it is made. Mirrors the pattern methods of Modules/_sre/sre.c. */
import {
  METH_FASTCALL,
  METH_KEYWORDS,
  PatternObject as P,
  Py_EQ,
  Py_NE,
  Py_READONLY,
  Py_T_INT,
  Py_T_PYSSIZET,
  Py_TPFLAGS_DISALLOW_INSTANTIATION,
  Py_TPFLAGS_HAVE_GC,
  PyTypeObject,
  _Py_T_OBJECT,
  SRE_FLAG_ASCII,
  SRE_FLAG_LOCALE,
  SRE_FLAG_UNICODE,
  SRE_STATE as S,
} from '@moult/abi';
import { PyObject_GC_UnTrack } from '../gc/track.ts';
import { HASH_HI, i32, setI32, setPtr } from '../memory/linear.ts';
import { type NativeFunction, text } from '../memory/text.ts';
import { _PyNumber_Index } from '../objects/abstractnumber.ts';
import { unpackKeywords } from '../objects/args.ts';
import { PyBool_FromLong } from '../objects/boolobject.ts';
import { PyDict_New } from '../objects/dictobject.ts';
import { PyObject_GenericGetAttr } from '../objects/genericattr.ts';
import { PyCallIter_New } from '../objects/iterobject.ts';
import { _PyList_AppendTakeRef, PyList_New } from '../objects/listobject.ts';
import { PyLong_AsSsize_t } from '../objects/longobject.ts';
import { PyDictProxy_New } from '../objects/mappingproxy.ts';
import { drop, hold, Py_CLEAR, Py_NewRef, type Ref, release } from '../objects/object.ts';
import { PyObject_GetAttrString, PyObject_Hash, PyObject_RichCompareBool } from '../objects/objectattr.ts';
import type { MethodSpec, TypeSpec } from '../objects/spec.ts';
import { Py_None, Py_NotImplemented } from '../objects/static.ts';
import { PyTuple_New } from '../objects/tupleobject.ts';
import { _Py_HashBytes, PyUnicode_FromString } from '../objects/unicodeobject.ts';
import { PyObject_ClearWeakRefs } from '../objects/weakrefobject.ts';
import { compareBytes } from '../objects/bytesobject.ts';
import { none } from './builtinfuncs.ts';
import { visitType } from './records.ts';
import { COPY_METHODS } from './sremethods.ts';
import { cutRepr, pattern_new_match } from './srematchobject.ts';
import { sre_match } from './srematch.ts';
import { pattern_scanner } from './srescanner.ts';
import { sre_search } from './sresearch.ts';
import { offsetOf, sliceOf, state_advance, state_getslice, state_reset, withState } from './srestate.ts';
import { pattern_sub } from './sresub.ts';
import { SrePattern_Type } from './types.ts';

type Visit = (op: Ref, arg: number) => void;
const FASTKW = METH_FASTCALL | METH_KEYWORDS;
/** Beyond the end of any string. */
export const TO_THE_END = 0x7fffffff;

// ---- searching ------------------------------------------------------------------------------------------------------------

function matchHere(state: number, pattern: Ref): Ref {
  setPtr(state + S.ptr, i32(state + S.start));
  return sre_match(state, pattern + P.code, 1) ? pattern_new_match(pattern, state) : none();
}
function fullmatchHere(state: number, pattern: Ref): Ref {
  setI32(state + S.match_all, 1);
  return matchHere(state, pattern);
}
function searchFrom(state: number, pattern: Ref): Ref {
  return sre_search(state, pattern + P.code) ? pattern_new_match(pattern, state) : none();
}
/** What findall gives for a match: the match, its only group, or a tuple of its groups. */
function found(state: number, groups: number): Ref {
  if (groups === 0) return sliceOf(state, offsetOf(state, i32(state + S.start)), offsetOf(state, i32(state + S.ptr)));
  if (groups === 1) return state_getslice(state, 1, true);
  const item = PyTuple_New(groups);
  const m = hold(item);
  for (let i = 0; i < groups; i++) setPtr(item + 24 + (i << 3), state_getslice(state, i + 1, true));
  drop(m);
  return item;
}
function findallFrom(state: number, pattern: Ref): Ref {
  const groups = i32(pattern + P.groups);
  const list = PyList_New(0);
  const m = hold(list);
  while (i32(state + S.start) <= i32(state + S.end)) {
    state_reset(state);
    if (!sre_search(state, pattern + P.code)) break;
    _PyList_AppendTakeRef(list, found(state, groups));
    state_advance(state);
  }
  drop(m);
  return list;
}
function scannerOf(pattern: Ref, string: Ref, pos: number, endpos: number): Ref {
  return pattern_scanner(pattern, string, pos, endpos);
}
function finditerOf(pattern: Ref, string: Ref, pos: number, endpos: number): Ref {
  const m = hold(pattern_scanner(pattern, string, pos, endpos));
  hold(PyObject_GetAttrString(i32(m), 'search'));
  const it = PyCallIter_New(i32(m + 8), Py_None);
  hold(it);
  drop(m + 16);
  release(m);
  return it;
}
/** A Py_ssize_t argument; 0 where it is not given. */
function sizeArg(op: Ref, otherwise: number): number {
  if (op === 0) return otherwise;
  const m = hold(_PyNumber_Index(op));
  const n = PyLong_AsSsize_t(i32(m));
  release(m);
  return n;
}
/** A method of string, pos and endpos. */
function overSpan(
  name: string,
  run: (pattern: Ref, string: Ref, pos: number, endpos: number) => Ref,
  doc = '',
): MethodSpec {
  const spec = { fname: name, keywords: ['string', 'pos', 'endpos'], required: 1 };
  return {
    name,
    flags: FASTKW,
    fn(self: Ref, args: number, nargs: number, kwnames: Ref): Ref {
      if (nargs === 1 && kwnames === 0) return run(self, i32(args), 0, TO_THE_END);
      const [string, pos, endpos] = unpackKeywords(args, nargs, kwnames, spec) as [Ref, Ref, Ref];
      const from = sizeArg(pos, 0);
      return run(self, string, from, sizeArg(endpos, TO_THE_END));
    },
    doc: `${name}($self, /, string, pos=0, endpos=sys.maxsize)\n--\n\n${doc}`,
  };
}
function pattern_split(self: Ref, args: number, nargs: number, kwnames: Ref): Ref {
  const spec = { fname: 'split', keywords: ['string', 'maxsplit'], required: 1 };
  const [string, max] = unpackKeywords(args, nargs, kwnames, spec) as [Ref, Ref];
  const maxsplit = sizeArg(max, 0);
  return withState(self, string, 0, TO_THE_END, (state, pattern) => {
    const groups = i32(pattern + P.groups);
    const list = PyList_New(0);
    const m = hold(list);
    let last = i32(state + S.start);
    for (let n = 0; maxsplit === 0 || n < maxsplit; n++) {
      state_reset(state);
      if (!sre_search(state, pattern + P.code)) break;
      _PyList_AppendTakeRef(list, sliceOf(state, offsetOf(state, last), offsetOf(state, i32(state + S.start))));
      for (let i = 1; i <= groups; i++) _PyList_AppendTakeRef(list, state_getslice(state, i, false));
      state_advance(state);
      last = i32(state + S.start);
    }
    _PyList_AppendTakeRef(list, sliceOf(state, offsetOf(state, last), i32(state + S.endpos)));
    drop(m);
    return list;
  });
}
function substitution(name: 'sub' | 'subn'): MethodSpec['fn'] {
  const spec = { fname: name, keywords: ['repl', 'string', 'count'], required: 2 };
  return (self: Ref, args: number, nargs: number, kwnames: Ref): Ref => {
    const [repl, string, count] = unpackKeywords(args, nargs, kwnames, spec) as [Ref, Ref, Ref];
    return pattern_sub(self, repl, string, sizeArg(count, 0), name === 'subn');
  };
}

// ---- the object -----------------------------------------------------------------------------------------------------------

const FLAG_NAMES = ['', 'IGNORECASE', 'LOCALE', 'MULTILINE', 'DOTALL', 'UNICODE', 'VERBOSE', 'DEBUG', 'ASCII'] as const;

function pattern_repr(self: Ref): Ref {
  let flags = i32(self + P.flags);
  if (
    i32(self + P.isbytes) === 0 &&
    (flags & (SRE_FLAG_LOCALE | SRE_FLAG_UNICODE | SRE_FLAG_ASCII)) === SRE_FLAG_UNICODE
  ) {
    flags &= ~SRE_FLAG_UNICODE;
  }
  const names: string[] = [];
  for (let bit = 1; bit < FLAG_NAMES.length; bit++) {
    if ((flags & (1 << bit)) === 0) continue;
    names.push(`re.${FLAG_NAMES[bit]}`);
    flags &= ~(1 << bit);
  }
  if (flags !== 0) names.push(`0x${(flags >>> 0).toString(16)}`);
  const source = cutRepr(i32(self + P.pattern), 200);
  return PyUnicode_FromString(`re.compile(${[source, ...(names.length > 0 ? [names.join('|')] : [])].join(', ')})`);
}
function pattern_hash(self: Ref): number {
  let lo = PyObject_Hash(i32(self + P.pattern));
  let hi = i32(HASH_HI);
  const n = i32(self + P.codesize);
  lo ^= _Py_HashBytes(self + P.code, n << 2);
  hi ^= i32(HASH_HI);
  for (const v of [i32(self + P.flags), i32(self + P.isbytes), n]) {
    lo ^= v;
    hi ^= v >> 31;
  }
  if (lo === -1 && hi === -1) lo = -2;
  setI32(HASH_HI, hi);
  return lo;
}
function pattern_richcompare(a: Ref, b: Ref, op: number): Ref {
  if ((op !== Py_EQ && op !== Py_NE) || i32(b + 8) !== SrePattern_Type) return Py_NewRef(Py_NotImplemented);
  if (a === b) return PyBool_FromLong(op === Py_EQ);
  const n = i32(a + P.codesize) << 2;
  const equal =
    i32(a + P.flags) === i32(b + P.flags) &&
    i32(a + P.isbytes) === i32(b + P.isbytes) &&
    i32(a + P.codesize) === i32(b + P.codesize) &&
    compareBytes(a + P.code, n, b + P.code, n) === 0 &&
    PyObject_RichCompareBool(i32(a + P.pattern), i32(b + P.pattern), Py_EQ);
  return PyBool_FromLong(equal === (op === Py_EQ));
}
function pattern_groupindex(self: Ref): Ref {
  const names = i32(self + P.groupindex);
  return names === 0 ? PyDict_New() : PyDictProxy_New(names);
}
function pattern_clear(self: Ref): void {
  Py_CLEAR(self + P.groupindex);
  Py_CLEAR(self + P.indexgroup);
  Py_CLEAR(self + P.pattern);
}

export const patternSpec: TypeSpec = {
  address: SrePattern_Type,
  name: 're.Pattern',
  basicsize: P.SIZE,
  itemsize: 4,
  flags: Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_DISALLOW_INSTANTIATION,
  weaklistoffset: P.weakreflist,
  doc: 'Compiled regular expression object.',
  slots: {
    tp_dealloc(self: Ref): void {
      PyObject_GC_UnTrack(self);
      if (i32(self + P.weakreflist) !== 0) PyObject_ClearWeakRefs(self);
      pattern_clear(self);
      (text[i32(i32(self + 8) + PyTypeObject.tp_free)] as NativeFunction)(self);
    },
    tp_traverse(self: Ref, visit: Visit, arg: number): void {
      visitType(self, visit, arg);
      for (const slot of [P.groupindex, P.indexgroup, P.pattern])
        if (i32(self + slot) !== 0) visit(i32(self + slot), arg);
    },
    tp_clear: pattern_clear,
    tp_repr: pattern_repr,
    tp_hash: pattern_hash,
    tp_richcompare: pattern_richcompare,
    tp_getattro: PyObject_GenericGetAttr,
  },
  methods: [
    overSpan(
      'match',
      (p, s, from, to) => withState(p, s, from, to, matchHere),
      'Matches zero or more characters at the beginning of the string.',
    ),
    overSpan(
      'fullmatch',
      (p, s, from, to) => withState(p, s, from, to, fullmatchHere),
      'Matches against all of the string.',
    ),
    overSpan(
      'search',
      (p, s, from, to) => withState(p, s, from, to, searchFrom),
      'Scan through string looking for a match, and return a corresponding match object instance.\n\nReturn None if no position in the string matches.',
    ),
    {
      name: 'sub',
      flags: FASTKW,
      fn: substitution('sub'),
      doc: 'sub($self, /, repl, string, count=0)\n--\n\nReturn the string obtained by replacing the leftmost non-overlapping occurrences of pattern in string by the replacement repl.',
    },
    {
      name: 'subn',
      flags: FASTKW,
      fn: substitution('subn'),
      doc: 'subn($self, /, repl, string, count=0)\n--\n\nReturn the tuple (new_string, number_of_subs_made) found by replacing the leftmost non-overlapping occurrences of pattern with the replacement repl.',
    },
    overSpan(
      'findall',
      (p, s, from, to) => withState(p, s, from, to, findallFrom),
      'Return a list of all non-overlapping matches of pattern in string.',
    ),
    {
      name: 'split',
      flags: FASTKW,
      fn: pattern_split,
      doc: 'split($self, /, string, maxsplit=0)\n--\n\nSplit string by the occurrences of pattern.',
    },
    overSpan(
      'finditer',
      finditerOf,
      'Return an iterator over all non-overlapping matches for the RE pattern in string.\n\nFor each match, the iterator returns a match object.',
    ),
    overSpan('scanner', scannerOf),
    ...COPY_METHODS,
  ],
  members: [
    {
      name: 'pattern',
      type: _Py_T_OBJECT,
      offset: P.pattern,
      flags: Py_READONLY,
      doc: 'The pattern string from which the RE object was compiled.',
    },
    { name: 'flags', type: Py_T_INT, offset: P.flags, flags: Py_READONLY, doc: 'The regex matching flags.' },
    {
      name: 'groups',
      type: Py_T_PYSSIZET,
      offset: P.groups,
      flags: Py_READONLY,
      doc: 'The number of capturing groups in the pattern.',
    },
  ],
  getset: [{ name: 'groupindex', get: pattern_groupindex, doc: 'A dictionary mapping group names to group numbers.' }],
};
