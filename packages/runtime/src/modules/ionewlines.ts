/** io.IncrementalNewlineDecoder: ends of lines over another decoder. Mirrors its part of Modules/_io/textio.c. */
import { METH_FASTCALL, METH_KEYWORDS, METH_NOARGS, METH_O, nldecoder_object as NL, Py_ID } from '@moult/abi';
import { i32, setI32 } from '../memory/linear.ts';
import { unpackKeywords, unpackTupleAndDict } from '../objects/args.ts';
import { PyBytes_FromStringAndSize } from '../objects/bytesobject.ts';
import { callMethod } from '../objects/call.ts';
import { raise } from '../objects/errors.ts';
import { PyLong_AsLong, PyLong_FromLong } from '../objects/longobject.ts';
import {
  hold,
  Py_NewRef,
  Py_SIZE,
  Py_XSETREF,
  PyTuple_Check,
  PyUnicode_Check,
  type Ref,
  release,
  typeNameOf,
} from '../objects/object.ts';
import { PyObject_IsTrue } from '../objects/objectattr.ts';
import type { TypeSpec } from '../objects/spec.ts';
import {
  IncrementalNewlineDecoder_Type,
  Py_False,
  Py_None,
  Py_True,
  PyExc_TypeError,
  PyExc_ValueError,
} from '../objects/static.ts';
import { buildTuple } from '../objects/tupleobject.ts';
import { PyType_GenericNew } from '../objects/typealloc.ts';
import { codePointsOf, freshFromCodePoints, PyUnicode_Substring } from '../objects/unicodemake.ts';
import { findChar } from '../objects/unicodesearch.ts';
import {
  PyUnicode_DATA,
  PyUnicode_FromString,
  PyUnicode_InternFromString,
  PyUnicode_KIND,
  PyUnicode_READ,
} from '../objects/unicodeobject.ts';
import { none } from './builtinfuncs.ts';
import { record } from './records.ts';

/** The bits behind the references. */
const BITS = NL.errors + 8;
const PENDING_CR = 1;
const TRANSLATE = 2;
const SEEN_SHIFT = 2;
const SEEN_CR = 1;
const SEEN_LF = 2;
const SEEN_CRLF = 4;
const SEEN_ALL = 7;
const CR = 13;
const LF = 10;

const seenOf = (self: Ref): number => i32(self + BITS) >> SEEN_SHIFT;
function see(self: Ref, ends: number): void {
  setI32(self + BITS, i32(self + BITS) | (ends << SEEN_SHIFT));
}
function checkInitialized(self: Ref): void {
  if (i32(self + NL.errors) === 0) raise(PyExc_ValueError, 'IncrementalNewlineDecoder.__init__() not called');
}
function nldecoder_init(self: Ref, args: Ref, kwds: Ref): void {
  const [decoder, translate, errors] = unpackTupleAndDict(args, kwds, {
    fname: 'IncrementalNewlineDecoder',
    keywords: ['decoder', 'translate', 'errors'],
    required: 2,
  }) as [Ref, Ref, Ref];
  const bits = PyObject_IsTrue(translate) ? TRANSLATE : 0;
  Py_XSETREF(self + NL.errors, errors === 0 ? PyUnicode_InternFromString('strict') : Py_NewRef(errors));
  Py_XSETREF(self + NL.decoder, Py_NewRef(decoder));
  setI32(self + BITS, bits);
}
/** Takes `text` over; gives it with the ends of its lines seen and, where asked for, translated. */
function translated(self: Ref, text: Ref): Ref {
  const n = Py_SIZE(text);
  const kind = PyUnicode_KIND(text);
  const data = PyUnicode_DATA(text);
  const seen = seenOf(self);
  if ((seen === SEEN_LF || seen === 0) && findChar(kind, data, n, CR) < 0) {
    if (seen === 0 && findChar(kind, data, n, LF) >= 0) see(self, SEEN_LF);
    return text;
  }
  const all = codePointsOf(text);
  const out: number[] = [];
  let ends = 0;
  for (let i = 0; i < n; i++) {
    const c = all[i] as number;
    if (c === LF) ends |= SEEN_LF;
    else if (c === CR) {
      const both = all[i + 1] === LF;
      ends |= both ? SEEN_CRLF : SEEN_CR;
      if (both) i++;
      out.push(LF);
      continue;
    }
    out.push(c);
  }
  see(self, ends);
  if ((i32(self + BITS) & TRANSLATE) === 0) return text;
  const m = hold(text);
  const result = freshFromCodePoints(out);
  release(m);
  return result;
}
/** A new reference (_PyIncrementalNewlineDecoder_decode). */
function decodeNewlines(self: Ref, input: Ref, final: boolean): Ref {
  checkInitialized(self);
  const decoder = i32(self + NL.decoder);
  const m = hold(
    decoder === Py_None ? Py_NewRef(input) : callMethod(decoder, Py_ID.decode, input, final ? Py_True : Py_False),
  );
  if (!PyUnicode_Check(i32(m)))
    raise(PyExc_TypeError, `decoder should return a string result, not '${typeNameOf(i32(m))}'`);
  if ((i32(self + BITS) & PENDING_CR) !== 0 && (final || Py_SIZE(i32(m)) > 0)) {
    Py_XSETREF(m, freshFromCodePoints([CR, ...codePointsOf(i32(m))]));
    setI32(self + BITS, i32(self + BITS) & ~PENDING_CR);
  }
  const n = Py_SIZE(i32(m));
  // a CR at the end may be half of an end of line
  if (!final && n > 0 && PyUnicode_READ(PyUnicode_KIND(i32(m)), PyUnicode_DATA(i32(m)), n - 1) === CR) {
    Py_XSETREF(m, PyUnicode_Substring(i32(m), 0, n - 1));
    setI32(self + BITS, i32(self + BITS) | PENDING_CR);
  }
  const text = Py_NewRef(i32(m));
  release(m);
  return Py_SIZE(text) === 0 ? text : translated(self, text);
}

function nldecoder_decode(self: Ref, args: number, nargs: number, kwnames: Ref): Ref {
  const [input, final] = unpackKeywords(args, nargs, kwnames, {
    fname: 'decode',
    keywords: ['input', 'final'],
    required: 1,
  }) as [Ref, Ref];
  return decodeNewlines(self, input, final !== 0 && PyObject_IsTrue(final));
}
function nldecoder_getstate(self: Ref): Ref {
  checkInitialized(self);
  const decoder = i32(self + NL.decoder);
  const pending = (i32(self + BITS) & PENDING_CR) !== 0 ? 1 : 0;
  if (decoder === Py_None) {
    return buildTuple(
      () => PyBytes_FromStringAndSize(0, 0),
      () => PyLong_FromLong(pending),
    );
  }
  const m = hold(callMethod(decoder, Py_ID.getstate));
  const state = i32(m);
  if (!PyTuple_Check(state)) raise(PyExc_TypeError, 'illegal decoder state');
  if (Py_SIZE(state) !== 2) raise(PyExc_TypeError, 'getstate() should return 2 items');
  const flag = PyLong_AsLong(i32(state + 32)) * 2 + pending;
  const result = buildTuple(
    () => Py_NewRef(i32(state + 24)),
    () => PyLong_FromLong(flag),
  );
  release(m);
  return result;
}
function nldecoder_setstate(self: Ref, state: Ref): Ref {
  checkInitialized(self);
  if (!PyTuple_Check(state)) raise(PyExc_TypeError, 'state argument must be a tuple');
  if (Py_SIZE(state) !== 2) raise(PyExc_TypeError, 'setstate(): illegal state argument');
  const flag = PyLong_AsLong(i32(state + 32));
  setI32(self + BITS, (i32(self + BITS) & ~PENDING_CR) | (flag & 1));
  const decoder = i32(self + NL.decoder);
  if (decoder === Py_None) return none();
  const m = hold(
    buildTuple(
      () => Py_NewRef(i32(state + 24)),
      () => PyLong_FromLong(Math.floor(flag / 2)),
    ),
  );
  const result = callMethod(decoder, Py_ID.setstate, i32(m));
  release(m);
  return result;
}
function nldecoder_reset(self: Ref): Ref {
  checkInitialized(self);
  setI32(self + BITS, i32(self + BITS) & TRANSLATE);
  const decoder = i32(self + NL.decoder);
  return decoder === Py_None ? none() : callMethod(decoder, Py_ID.reset);
}
/** The ends of lines that were seen: None, one of them or a tuple. */
function newlinesOf(seen: number): Ref {
  const texts = ['\r', '\n', '\r\n'].filter((_, i) => (seen & (1 << i)) !== 0);
  if (texts.length === 0) return none();
  if (texts.length === 1) return PyUnicode_FromString(texts[0] as string);
  return buildTuple(...texts.map((s) => () => PyUnicode_FromString(s)));
}
function nldecoder_newlines(self: Ref): Ref {
  checkInitialized(self);
  return newlinesOf(seenOf(self) & SEEN_ALL);
}

export const newlineDecoderSpec: TypeSpec = record({
  address: IncrementalNewlineDecoder_Type,
  name: '_io.IncrementalNewlineDecoder',
  refs: 2,
  words: 1,
  slots: { tp_new: PyType_GenericNew, tp_init: nldecoder_init },
  methods: [
    { name: 'decode', flags: METH_FASTCALL | METH_KEYWORDS, fn: nldecoder_decode },
    { name: 'getstate', flags: METH_NOARGS, fn: nldecoder_getstate },
    { name: 'setstate', flags: METH_O, fn: nldecoder_setstate },
    { name: 'reset', flags: METH_NOARGS, fn: nldecoder_reset },
  ],
  getset: [{ name: 'newlines', get: nldecoder_newlines }],
});
