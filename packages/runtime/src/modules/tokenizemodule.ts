/** The module `_tokenize`: an iterator over the tokens of the lines that a function gives. Mirrors Python/Python-tokenize.c. */
import { type ShownError, type ShownToken, tokensOfLines } from '@moult/compiler';
import { i32, setPtr } from '../memory/linear.ts';
import { unpackTupleAndDict } from '../objects/args.ts';
import { PyObject_CallNoArgs } from '../objects/call.ts';
import { PyUnicode_Decode } from '../objects/codecs.ts';
import { PyDict_GetItemWithError, PyDict_New, PyDict_SetItem, PyDict_SetItemString } from '../objects/dictobject.ts';
import { catchPending, PyErr_Clear, PyErr_ExceptionMatches, raise, raiseObject } from '../objects/errors.ts';
import { PyList_Append, PyList_New } from '../objects/listobject.ts';
import { PyLong_AsLong, PyLong_FromLong } from '../objects/longobject.ts';
import { PyModule_GetDict } from '../objects/moduleobject.ts';
import { hold, nativeMark, Py_NewRef, PyBytes_Check, PyUnicode_Check, type Ref, release } from '../objects/object.ts';
import { PyObject_IsTrue } from '../objects/objectattr.ts';
import {
  Py_None,
  PyExc_IndentationError,
  PyExc_StopIteration,
  PyExc_SyntaxError,
  PyExc_TabError,
  PyExc_TypeError,
} from '../objects/static.ts';
import { buildTuple } from '../objects/tupleobject.ts';
import { asText, PyUnicode_FromString } from '../objects/unicodeobject.ts';
import { make } from './itertoolsbasic.ts';
import { record, REF } from './records.ts';
import type { ModuleSpec } from './spec.ts';
import { TokenizerIter_Type } from './types.ts';

/** The function that gives lines; its encoding or None; whether comments are wanted; the tokens left, last first; the error behind them. */
const READLINE = REF(0);
const ENCODING = REF(1);
const EXTRA = REF(2);
const TOKENS = REF(3);
const ERROR = REF(4);
const REFS = 5;

function tokenizer_new(type: Ref, args: Ref, kwds: Ref): Ref {
  const [readline, extra, encoding] = unpackTupleAndDict(args, kwds, {
    fname: 'tokenizeriter',
    keywords: ['readline', 'extra_tokens', 'encoding'],
    required: 1,
    kwonly: 2,
    requiredKw: 1,
  }) as [Ref, Ref, Ref];
  if (encoding !== 0 && !PyUnicode_Check(encoding)) raise(PyExc_TypeError, 'encoding must be a str');
  const wants = PyLong_FromLong(PyObject_IsTrue(extra) ? 1 : 0);
  return make(type, Py_NewRef(readline), Py_NewRef(encoding === 0 ? Py_None : encoding), wants, 0, 0);
}
/** The next line as text of ours; null at the end. */
function readLine(self: Ref): string | null {
  const mark = nativeMark();
  let line: Ref;
  try {
    line = PyObject_CallNoArgs(i32(self + READLINE));
  } catch (e) {
    catchPending(e, mark);
    if (!PyErr_ExceptionMatches(PyExc_StopIteration)) throw e;
    PyErr_Clear();
    return null;
  }
  hold(line);
  const encoding = i32(self + ENCODING);
  let text: string;
  if (encoding !== Py_None) {
    if (!PyBytes_Check(line)) raise(PyExc_TypeError, 'readline() returned a non-bytes object');
    const decoded = hold(PyUnicode_Decode(line + 32, i32(line + 16), asText(encoding), 'replace'));
    text = asText(i32(decoded));
  } else {
    if (!PyUnicode_Check(line)) raise(PyExc_TypeError, 'readline() returned a non-string object');
    text = asText(line);
  }
  release(mark);
  return text === '' ? null : text;
}
function tokenTuple(t: ShownToken, line: Ref): Ref {
  const pair = (a: number, b: number): Ref =>
    buildTuple(
      () => PyLong_FromLong(a),
      () => PyLong_FromLong(b),
    );
  return buildTuple(
    () => PyLong_FromLong(t.type),
    () => PyUnicode_FromString(t.text),
    () => pair(t.line, t.col),
    () => pair(t.endLine, t.endCol),
    () => Py_NewRef(line),
  );
}
function errorTuple(e: ShownError): Ref {
  const type =
    e.kind === 'TabError' ? PyExc_TabError : e.kind === 'IndentationError' ? PyExc_IndentationError : PyExc_SyntaxError;
  return buildTuple(
    () => Py_NewRef(type),
    () => PyUnicode_FromString(e.msg),
    () =>
      buildTuple(
        () => PyUnicode_FromString('<string>'),
        () => PyLong_FromLong(e.line),
        () => PyLong_FromLong(e.offset),
        () => PyUnicode_FromString(e.lineText),
        () => Py_NewRef(Py_None),
        () => Py_NewRef(Py_None),
      ),
  );
}
/** Reads all lines; what they hold waits in a list, last token first. */
function readAll(self: Ref): void {
  const lines: string[] = [];
  for (let line = readLine(self); line !== null; line = readLine(self)) lines.push(line);
  const { tokens, error } = tokensOfLines(lines, PyLong_AsLong(i32(self + EXTRA)) !== 0);
  const list = PyList_New(0);
  const m = hold(list);
  const texts = PyDict_New();
  hold(texts);
  for (let i = tokens.length - 1; i >= 0; i--) {
    const token = tokens[i] as ShownToken;
    // tokens of one line share it
    const k = hold(PyUnicode_FromString(token.lineText));
    const known = PyDict_GetItemWithError(texts, i32(k));
    if (known === 0) PyDict_SetItem(texts, i32(k), i32(k));
    hold(tokenTuple(token, known === 0 ? i32(k) : known));
    PyList_Append(list, i32(k + 8));
    release(k);
  }
  if (error !== null) setPtr(self + ERROR, errorTuple(error));
  setPtr(self + TOKENS, Py_NewRef(list));
  release(m);
}
function tokenizer_next(self: Ref): Ref {
  if (i32(self + TOKENS) === 0) readAll(self);
  const list = i32(self + TOKENS);
  const n = i32(list + 16);
  if (n > 0) {
    setPtr(list + 16, n - 1);
    return i32(i32(list + 24) + ((n - 1) << 3));
  }
  const error = i32(self + ERROR);
  if (error === 0) return 0;
  setPtr(self + ERROR, 0);
  hold(error);
  const type = i32(error + 24);
  const args = hold(
    buildTuple(
      () => Py_NewRef(i32(error + 32)),
      () => Py_NewRef(i32(error + 40)),
    ),
  );
  return raiseObject(type, i32(args));
}

export const tokenizerIterSpec = record({
  address: TokenizerIter_Type,
  name: '_tokenize.TokenizerIter',
  refs: REFS,
  base: false,
  slots: { tp_new: tokenizer_new, tp_iternext: tokenizer_next },
});
export const tokenizeSpec: ModuleSpec = {
  name: '_tokenize',
  methods: [],
  exec(module: Ref): void {
    PyDict_SetItemString(PyModule_GetDict(module), 'TokenizerIter', TokenizerIter_Type);
  },
};
