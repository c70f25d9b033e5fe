/**
 * Named tuples of the core: sys.flags, time.struct_time … Mirrors Objects/structseq.c.
 *
 *   PyStructSequence  a tuple whose ob_size counts the visible fields; hidden ones lie behind them
 */
import {
  METH_KEYWORDS,
  METH_NOARGS,
  METH_VARARGS,
  _Py_T_OBJECT,
  Py_READONLY,
  Py_TPFLAGS_DISALLOW_INSTANTIATION,
  Py_TPFLAGS_HAVE_GC,
  PyTypeObject,
  Py_ID,
} from '@moult/abi';
import { gc_alloc, PyObject_GC_Del } from '../gc/alloc.ts';
import { PyObject_GC_Track, PyObject_GC_UnTrack } from '../gc/track.ts';
import { bytes, i32, setPtr } from '../memory/linear.ts';
import { fnptr } from '../memory/text.ts';
import { PySequence_Fast, PySequence_Fast_GET_ITEM, PySequence_Fast_GET_SIZE } from './abstract.ts';
import { unpackTupleAndDict } from './args.ts';
import {
  _PyDict_Pop,
  getItemStr,
  PyDict_GetItemString,
  PyDict_New,
  PyDict_SetItemString,
  PyDict_Size,
} from './dictobject.ts';
import { PyDict_Copy, PyDict_Keys } from './dictmerge.ts';
import { catchPending, PyErr_Clear, PyErr_ExceptionMatches, raise, raiseObject } from './errors.ts';
import { longAsNumber, PyLong_FromLong } from './longobject.ts';
import {
  _PyObject_Init,
  drop,
  hold,
  nativeMark,
  Py_CLEAR,
  Py_DECREF,
  Py_NewRef,
  PyDict_Check,
  type Ref,
  release,
  tpName,
} from './object.ts';
import { PyObject_Repr } from './objectattr.ts';
import type { TypeSpec } from './spec.ts';
import { Py_None, PyExc_SystemError, PyExc_TypeError, PyTuple_Type } from './static.ts';
import { _PyTuple_FromArray, PyTuple_New, tupleSteal, buildTuple } from './tupleobject.ts';
import { lookup_tp_dict } from './typelookup.ts';
import { addTypes } from './types.ts';
import { asText, PyUnicode_FromString, PyUnicode_InternFromString } from './unicodeobject.ts';

export interface StructSequenceDesc {
  /** With the module: `sys.version_info`. */
  readonly name: string;
  readonly doc?: string;
  /** null: an unnamed field. */
  readonly fields: readonly (string | null)[];
  /** How many of the fields the tuple shows. */
  readonly n: number;
  /** Cannot be called (sys.flags, sys.version_info …). */
  readonly noInstances?: boolean;
}

function dictNumber(type: Ref, name: 'n_fields' | 'n_sequence_fields' | 'n_unnamed_fields'): number {
  const v = getItemStr(lookup_tp_dict(type), Py_ID[name]);
  if (v === 0) raise(PyExc_TypeError, `Missed attribute '${name}' of type ${tpName(type)}`);
  return longAsNumber(v);
}
function realSize(op: Ref): number {
  return dictNumber(i32(op + 8), 'n_fields');
}
/** The names of the named fields, with the index of each, from the type's members. */
function memberName(type: Ref, i: number): string | null {
  const members = i32(type + PyTypeObject.tp_members);
  for (let m = members; i32(m) !== 0; m += 40) if (i32(m + 16) === 24 + i * 8) return cText(i32(m));
  return null;
}
function cText(p: number): string {
  let s = '';
  for (; bytes[p] !== 0; p++) s += String.fromCharCode(bytes[p] as number);
  return s;
}

/** A new untracked sequence with all fields NULL: fill with setPtr(op + 24 + 8 * i, newReference), then track it. */
export function PyStructSequence_New(type: Ref): Ref {
  const size = dictNumber(type, 'n_fields');
  const visible = dictNumber(type, 'n_sequence_fields');
  const op = gc_alloc(type, i32(type + PyTypeObject.tp_basicsize) + size * 8);
  _PyObject_Init(op, type);
  setPtr(op + 16, visible);
  for (let i = 0; i < size; i++) setPtr(op + 24 + (i << 3), 0);
  return op;
}
export function PyStructSequence_SetItem(op: Ref, i: number, value: Ref): void {
  setPtr(op + 24 + (i << 3), value);
}
export function PyStructSequence_GetItem(op: Ref, i: number): Ref {
  return i32(op + 24 + (i << 3));
}

function structseq_dealloc(op: Ref): void {
  PyObject_GC_UnTrack(op);
  const size = realSize(op);
  for (let i = 0; i < size; i++) Py_CLEAR(op + 24 + (i << 3));
  const type = i32(op + 8);
  PyObject_GC_Del(op);
  if ((i32(type + PyTypeObject.tp_flags) & 0x200) !== 0) Py_DECREF(type);
}
function structseq_traverse(op: Ref, visit: (x: Ref, arg: number) => void, arg: number): void {
  if ((i32(i32(op + 8) + PyTypeObject.tp_flags) & 0x200) !== 0) visit(i32(op + 8), arg);
  const size = realSize(op);
  for (let i = 0; i < size; i++) if (i32(op + 24 + (i << 3)) !== 0) visit(i32(op + 24 + (i << 3)), arg);
}
function structseq_repr(op: Ref): Ref {
  const type = i32(op + 8);
  const parts: string[] = [];
  const n = i32(op + 16);
  for (let i = 0; i < n; i++) {
    // the i-th of the named fields, whatever lies in the i-th place (os.stat_result has unnamed ones before others)
    const member = i32(type + PyTypeObject.tp_members) + i * 40;
    const name = i32(member) === 0 ? null : cText(i32(member));
    if (name === null)
      raise(PyExc_SystemError, `In structseq_repr(), member ${i} name is NULL for type ${tpName(type)}`);
    const s = PyObject_Repr(i32(op + 24 + (i << 3)));
    parts.push(`${name}=${asText(s)}`);
    Py_DECREF(s);
  }
  return PyUnicode_FromString(`${tpName(type)}(${parts.join(', ')})`);
}
/** The hidden named fields as a dict. */
function hiddenFields(op: Ref): Ref {
  const dict = PyDict_New();
  const m = hold(dict);
  for (let i = i32(op + 16), size = realSize(op); i < size; i++) {
    const name = memberName(i32(op + 8), i);
    if (name !== null) PyDict_SetItemString(dict, name, i32(op + 24 + (i << 3)));
  }
  drop(m);
  return dict;
}
function structseq_reduce(op: Ref): Ref {
  const dict = hiddenFields(op);
  const tuple = _PyTuple_FromArray(op + 24, i32(op + 16));
  return buildTuple(
    () => Py_NewRef(i32(op + 8)),
    () => tupleSteal(tuple, dict),
  );
}
const NEW_ARGS = { fname: 'structseq', keywords: ['sequence', 'dict'], required: 1 } as const;
export function structseq_new(type: Ref, args: Ref, kwds: Ref): Ref {
  const given = unpackTupleAndDict(args, kwds, NEW_ARGS);
  return newFrom(type, given[0] as Ref, given[1] as Ref);
}
function newFrom(type: Ref, arg: Ref, dict: Ref): Ref {
  const min = dictNumber(type, 'n_sequence_fields');
  const max = dictNumber(type, 'n_fields');
  const mark = nativeMark();
  let seq: Ref;
  try {
    seq = PySequence_Fast(arg, 'constructor requires a sequence');
  } catch (e) {
    catchPending(e, mark);
    if (!PyErr_ExceptionMatches(PyExc_TypeError)) throw e;
    PyErr_Clear();
    raise(PyExc_TypeError, 'constructor requires a sequence');
  }
  const m = hold(seq);
  const who = tpName(type);
  if (dict !== 0 && !PyDict_Check(dict)) raise(PyExc_TypeError, `${who}() takes a dict as second arg, if any`);
  const len = PySequence_Fast_GET_SIZE(seq);
  if (min !== max) {
    if (len < min) raise(PyExc_TypeError, `${who}() takes an at least ${min}-sequence (${len}-sequence given)`);
    if (len > max) raise(PyExc_TypeError, `${who}() takes an at most ${max}-sequence (${len}-sequence given)`);
  } else if (len !== min) raise(PyExc_TypeError, `${who}() takes a ${min}-sequence (${len}-sequence given)`);
  const res = PyStructSequence_New(type);
  hold(res);
  for (let i = 0; i < len; i++) setPtr(res + 24 + (i << 3), Py_NewRef(PySequence_Fast_GET_ITEM(seq, i)));
  let used = 0;
  for (let i = len; i < max; i++) {
    const name = memberName(type, i);
    const given = dict === 0 || name === null ? 0 : PyDict_GetItemString(dict, name);
    if (given !== 0) used++;
    setPtr(res + 24 + (i << 3), Py_NewRef(given === 0 ? Py_None : given));
  }
  if (dict !== 0 && PyDict_Size(dict) > used)
    raise(PyExc_TypeError, `${who}() got duplicate or unexpected field name(s)`);
  drop(m + 8);
  release(m);
  PyObject_GC_Track(res);
  return res;
}
function structseq_replace(self: Ref, args: Ref, kwds: Ref): Ref {
  if (i32(args + 16) > 0) raise(PyExc_TypeError, '__replace__() takes no positional arguments');
  const type = i32(self + 8);
  if (dictNumber(type, 'n_unnamed_fields') > 0) {
    raise(PyExc_TypeError, `__replace__() is not supported for ${tpName(type)} because it has unnamed field(s)`);
  }
  const left = kwds === 0 ? PyDict_New() : PyDict_Copy(kwds);
  const m = hold(left);
  const res = PyStructSequence_New(type);
  hold(res);
  for (let i = 0, size = realSize(self); i < size; i++) {
    const key = hold(PyUnicode_InternFromString(memberName(type, i) as string));
    setPtr(res + 24 + (i << 3), _PyDict_Pop(left, i32(key), i32(self + 24 + (i << 3))));
    release(key);
  }
  if (PyDict_Size(left) > 0) {
    const names = hold(PyDict_Keys(left));
    const s = hold(PyObject_Repr(i32(names)));
    raiseObject(PyExc_TypeError, i32(hold(PyUnicode_FromString(`Got unexpected field name(s): ${asText(i32(s))}`))));
  }
  drop(m + 8);
  release(m);
  PyObject_GC_Track(res);
  return res;
}

/** Lays the static type down and readies it (cold boot). */
export function PyStructSequence_InitType(address: Ref, desc: StructSequenceDesc): void {
  const total = desc.fields.length;
  const spec: TypeSpec = {
    address,
    name: desc.name,
    basicsize: 24 + (total - desc.n) * 8,
    itemsize: 8,
    flags: Py_TPFLAGS_HAVE_GC | (desc.noInstances ? Py_TPFLAGS_DISALLOW_INSTANTIATION : 0),
    base: PyTuple_Type,
    ...(desc.doc === undefined ? {} : { doc: desc.doc }),
    slots: {
      tp_dealloc: structseq_dealloc,
      tp_repr: structseq_repr,
      tp_traverse: structseq_traverse,
      ...(desc.noInstances ? {} : { tp_new: structseq_new }),
    },
    methods: [
      { name: '__reduce__', flags: METH_NOARGS, fn: structseq_reduce },
      { name: '__replace__', flags: METH_VARARGS | METH_KEYWORDS, fn: structseq_replace },
    ],
    members: desc.fields.flatMap((name, i) =>
      name === null ? [] : [{ name, type: _Py_T_OBJECT, offset: 24 + i * 8, flags: Py_READONLY }],
    ),
  };
  addTypes([spec]);
  const dict = lookup_tp_dict(address);
  const put = (name: string, value: Ref): void => {
    PyDict_SetItemString(dict, name, value);
    Py_DECREF(value);
  };
  put('n_sequence_fields', PyLong_FromLong(desc.n));
  put('n_fields', PyLong_FromLong(total));
  put('n_unnamed_fields', PyLong_FromLong(desc.fields.filter((f) => f === null).length));
  const shown = desc.fields.slice(0, desc.n).filter((f): f is string => f !== null);
  const names = PyTuple_New(shown.length);
  const m = hold(names);
  shown.forEach((name, i) => {
    setPtr(names + 24 + (i << 3), PyUnicode_InternFromString(name));
  });
  drop(m);
  put('__match_args__', names);
}
/** Gives the natives their numbers; in every realm, in the same order. */
export function linkStructSequences(): void {
  for (const fn of [
    structseq_dealloc,
    structseq_repr,
    structseq_traverse,
    structseq_new,
    structseq_reduce,
    structseq_replace,
  ])
    fnptr(fn);
}
