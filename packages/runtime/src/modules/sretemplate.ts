/** Templates of replacements: literals and numbers of groups by turns. Mirrors that part of Modules/_sre/sre.c. */
import {
  MatchObject as M,
  Py_TPFLAGS_DISALLOW_INSTANTIATION,
  Py_TPFLAGS_HAVE_GC,
  PyTypeObject,
  TemplateObject as T,
} from '@moult/abi';
import { _PyObject_GC_NewVar } from '../gc/alloc.ts';
import { _PyObject_GC_TRACK, PyObject_GC_UnTrack } from '../gc/track.ts';
import { i32, setPtr } from '../memory/linear.ts';
import { type NativeFunction, text } from '../memory/text.ts';
import { PyObject_CheckBuffer } from '../objects/abstractbuffer.ts';
import { _PyArg_BadArgument, _PyArg_CheckPositional } from '../objects/args.ts';
import { PyBytes_CheckExact, PyBytes_FromObject } from '../objects/bytesobject.ts';
import { bytes_join } from '../objects/bytessplit.ts';
import { callFunction } from '../objects/call.ts';
import { PyDict_GetItemString, PyDict_SetItemString } from '../objects/dictobject.ts';
import { catchPending, PyErr_Clear, PyErr_ExceptionMatches, raise } from '../objects/errors.ts';
import { PyObject_GenericGetAttr } from '../objects/genericattr.ts';
import { PyList_New } from '../objects/listobject.ts';
import { PyLong_AsSsize_t } from '../objects/longobject.ts';
import {
  drop,
  hold,
  nativeMark,
  Py_CLEAR,
  Py_DECREF,
  Py_NewRef,
  PyBytes_Check,
  PyList_Check,
  PyUnicode_Check,
  type Ref,
  release,
  typeNameOf,
} from '../objects/object.ts';
import { PyObject_GetAttrString } from '../objects/objectattr.ts';
import { EMPTY_BYTES } from '../objects/runtime.ts';
import type { TypeSpec } from '../objects/spec.ts';
import { PyExc_IndexError, PyExc_RuntimeError, PyExc_TypeError, Py_None } from '../objects/static.ts';
import { PyUnicode_CheckExact } from '../objects/unicodecore.ts';
import { _PyUnicode_Copy, _PyUnicode_JoinArray } from '../objects/unicodemake.ts';
import { EMPTY_STRING } from '../objects/unicodeobject.ts';
import { PyImport_ImportModule } from '../objects/importhelp.ts';
import { visitType } from './records.ts';
import { match_getslice_by_index } from './srematchobject.ts';
import { interpreterDict } from './sysstate.ts';
import { SreTemplate_Type } from './types.ts';

type Visit = (op: Ref, arg: number) => void;
const itemAt = (self: Ref, i: number): number => self + T.items + (i << 4);

/** _sre.template(pattern, [literal, group, literal, …]). */
export function sre_template(_module: Ref, args: number, nargs: number): Ref {
  _PyArg_CheckPositional('template', nargs, 2, 2);
  const list = i32(args + 8);
  if (!PyList_Check(list)) _PyArg_BadArgument('template', 'argument 2', 'list', list);
  const length = i32(list + 16);
  if ((length & 1) === 0) raise(PyExc_TypeError, 'invalid template');
  const n = length >> 1;
  const self = _PyObject_GC_NewVar(SreTemplate_Type, n);
  const item = (i: number): Ref => i32(i32(list + 24) + (i << 3));
  let chunks = length;
  setPtr(self + T.literal, Py_NewRef(item(0)));
  // as many items as have been filled
  setPtr(self + 16, 0);
  const m = hold(self);
  for (let i = 0; i < n; i++) {
    const index = PyLong_AsSsize_t(item(2 * i + 1));
    if (index < 0) raise(PyExc_TypeError, 'invalid template');
    const at = itemAt(self, i);
    setPtr(at, index);
    const literal = item(2 * i + 2);
    const empty = (PyUnicode_Check(literal) || PyBytes_Check(literal)) && i32(literal + 16) === 0;
    if (empty) chunks--;
    setPtr(at + 8, empty ? 0 : Py_NewRef(literal));
    setPtr(self + 16, i + 1);
  }
  setPtr(self + T.chunks, chunks);
  drop(m);
  _PyObject_GC_TRACK(self);
  return self;
}
function template_clear(self: Ref): void {
  Py_CLEAR(self + T.literal);
  for (let i = 0; i < i32(self + 16); i++) Py_CLEAR(itemAt(self, i) + 8);
}
/** What the template makes of a match. */
export function expand_template(self: Ref, match: Ref): Ref {
  const n = i32(self + 16);
  const literal = i32(self + T.literal);
  if (n === 0) return Py_NewRef(literal);
  const isText = PyUnicode_Check(literal);
  const chunks = i32(self + T.chunks);
  // few texts wait on the native stack, others in a list
  const list = chunks > 10 || !isText ? PyList_New(chunks) : 0;
  const m = hold(list);
  if (list !== 0) setPtr(list + 16, 0);
  let count = 0;
  const put = (piece: Ref): void => {
    if (list === 0) hold(piece);
    else {
      setPtr(i32(list + 24) + (count << 3), piece);
      setPtr(list + 16, count + 1);
    }
    count++;
  };
  put(Py_NewRef(literal));
  for (let i = 0; i < n; i++) {
    const at = itemAt(self, i);
    const index = i32(at);
    if (index >= i32(match + M.groups)) raise(PyExc_IndexError, 'no such group');
    const group = match_getslice_by_index(match, index, Py_None);
    if (group === Py_None) Py_DECREF(group);
    else put(group);
    if (i32(at + 8) !== 0) put(Py_NewRef(i32(at + 8)));
  }
  const result = isText
    ? _PyUnicode_JoinArray(EMPTY_STRING, list === 0 ? m + 8 : i32(list + 24), count)
    : bytes_join(EMPTY_BYTES, list);
  release(m);
  return result;
}

/** re._compile_template, kept once looked up; borrowed. */
function templateCompiler(): Ref {
  const known = PyDict_GetItemString(interpreterDict(), '_sre.compile_template');
  if (known !== 0) return known;
  const module = hold(PyImport_ImportModule('re'));
  hold(PyObject_GetAttrString(i32(module), '_compile_template'));
  PyDict_SetItemString(interpreterDict(), '_sre.compile_template', i32(module + 8));
  const func = i32(module + 8);
  release(module);
  return func;
}
const callCompiler = (pattern: Ref, template: Ref): Ref => callFunction(templateCompiler(), pattern, template);

/** The template of a replacement's source, by re._compile_template. */
export function compileTemplate(pattern: Ref, source: Ref): Ref {
  const m = nativeMark();
  let result: Ref;
  try {
    result = callCompiler(pattern, source);
  } catch (e) {
    catchPending(e, m);
    if (!PyErr_ExceptionMatches(PyExc_TypeError)) throw e;
    // what cannot be hashed (a bytearray) is tried again as plain str or bytes
    const isStr = PyUnicode_Check(source) && !PyUnicode_CheckExact(source);
    if (!isStr && !(PyObject_CheckBuffer(source) && !PyBytes_CheckExact(source))) throw e;
    PyErr_Clear();
    const plain = hold(isStr ? _PyUnicode_Copy(source) : PyBytes_FromObject(source));
    result = callCompiler(pattern, i32(plain));
    const r = hold(result);
    drop(r);
    release(plain);
  }
  if (i32(result + 8) !== SreTemplate_Type) {
    hold(result);
    raise(PyExc_RuntimeError, `the result of compiling a replacement string is ${typeNameOf(result)}`);
  }
  return result;
}

export const templateSpec: TypeSpec = {
  address: SreTemplate_Type,
  name: '_sre.SRE_Template',
  basicsize: T.SIZE,
  itemsize: 16,
  flags: Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_DISALLOW_INSTANTIATION,
  slots: {
    tp_dealloc(self: Ref): void {
      PyObject_GC_UnTrack(self);
      template_clear(self);
      (text[i32(i32(self + 8) + PyTypeObject.tp_free)] as NativeFunction)(self);
    },
    tp_traverse(self: Ref, visit: Visit, arg: number): void {
      visitType(self, visit, arg);
      if (i32(self + T.literal) !== 0) visit(i32(self + T.literal), arg);
      for (let i = 0; i < i32(self + 16); i++) {
        const literal = i32(itemAt(self, i) + 8);
        if (literal !== 0) visit(literal, arg);
      }
    },
    tp_clear: template_clear,
    tp_getattro: PyObject_GenericGetAttr,
  },
};
