/** The module `_sre`: compiled regular expressions. Mirrors the module part of Modules/_sre/sre.c. */
import {
  METH_FASTCALL,
  METH_KEYWORDS,
  METH_NOARGS,
  METH_O,
  PatternObject as P,
  SRE_MAGIC,
  SRE_MAXGROUPS,
  SRE_MAXREPEAT,
} from '@moult/abi';
import { _PyObject_GC_NewVar } from '../gc/alloc.ts';
import { _PyObject_GC_TRACK } from '../gc/track.ts';
import { i32, setI32, setPtr } from '../memory/linear.ts';
import { PyBuffer_Release } from '../objects/abstractbuffer.ts';
import { _PyNumber_Index } from '../objects/abstractnumber.ts';
import { _PyArg_BadArgument, unpackKeywords } from '../objects/args.ts';
import { PyBool_FromLong } from '../objects/boolobject.ts';
import { PyDict_Size } from '../objects/dictobject.ts';
import { raise } from '../objects/errors.ts';
import { PyLong_AsBigInt, PyLong_AsInt, PyLong_AsSsize_t, PyLong_FromLong } from '../objects/longobject.ts';
import { PyModule_GetDict } from '../objects/moduleobject.ts';
import {
  borrowArguments,
  drop,
  dropArguments,
  hold,
  Py_NewRef,
  PyDict_Check,
  PyList_Check,
  PyLong_Check,
  PyTuple_Check,
  PyUnicode_Check,
  type Ref,
  release,
} from '../objects/object.ts';
import type { TypeSpec } from '../objects/spec.ts';
import { PyExc_OverflowError, PyExc_RuntimeError, PyExc_TypeError, Py_None } from '../objects/static.ts';
import { type ModuleSpec, setStolen, setText } from './spec.ts';
import { asciiAlpha, initChars, sre_lower_ascii, sre_lower_unicode, sre_upper_unicode } from './srechars.ts';
import { matchSpec } from './srematchobject.ts';
import { patternSpec } from './srepattern.ts';
import { scannerSpec } from './srescanner.ts';
import { stringBuffer } from './srestate.ts';
import { sre_template, templateSpec } from './sretemplate.ts';
import { isValidCode } from './srevalidate.ts';
import { SrePattern_Type } from './types.ts';

/** A word of code. */
function wordOf(op: Ref): number {
  if (!PyLong_Check(op)) raise(PyExc_TypeError, 'an integer is required');
  const value = PyLong_AsBigInt(op);
  if (value < 0n) raise(PyExc_OverflowError, "can't convert negative value to unsigned int");
  if (value > 0xffffffffffffffffn) raise(PyExc_OverflowError, 'Python int too large to convert to C unsigned long');
  if (value > 0xffffffffn) raise(PyExc_OverflowError, 'regular expression code size limit exceeded');
  return Number(value);
}
const KEYWORDS = ['pattern', 'flags', 'code', 'groups', 'groupindex', 'indexgroup'];

function sre_compile(_module: Ref, args: number, nargs: number, kwnames: Ref): Ref {
  const [pattern, flagsArg, code, groupsArg, groupindex, indexgroup] = unpackKeywords(args, nargs, kwnames, {
    fname: 'compile',
    keywords: KEYWORDS,
    required: 6,
  }) as [Ref, Ref, Ref, Ref, Ref, Ref];
  const flags = PyLong_AsInt(flagsArg);
  if (!PyList_Check(code)) _PyArg_BadArgument('compile', "argument 'code'", 'list', code);
  const g = hold(_PyNumber_Index(groupsArg));
  const groups = PyLong_AsSsize_t(i32(g));
  release(g);
  if (!PyDict_Check(groupindex)) _PyArg_BadArgument('compile', "argument 'groupindex'", 'dict', groupindex);
  if (!PyTuple_Check(indexgroup)) _PyArg_BadArgument('compile', "argument 'indexgroup'", 'tuple', indexgroup);
  const n = i32(code + 16);
  const self = _PyObject_GC_NewVar(SrePattern_Type, n);
  for (const slot of [P.weakreflist, P.pattern, P.groupindex, P.indexgroup]) setPtr(self + slot, 0);
  const m = hold(self);
  setPtr(self + P.codesize, n);
  setPtr(self + P.groups, 0);
  setI32(self + P.flags, flags);
  _PyObject_GC_TRACK(self);
  for (let i = 0; i < n; i++) setI32(self + P.code + (i << 2), wordOf(i32(i32(code + 24) + (i << 3))));
  setI32(self + P.isbytes, pattern === Py_None ? -1 : PyUnicode_Check(pattern) ? 0 : 1);
  if (i32(self + P.isbytes) > 0) {
    const view = borrowArguments(10);
    stringBuffer(pattern, view);
    PyBuffer_Release(view);
    dropArguments(view);
  }
  setPtr(self + P.pattern, Py_NewRef(pattern));
  setPtr(self + P.groups, groups < 0 || groups > SRE_MAXGROUPS ? -1 : groups);
  if (PyDict_Size(groupindex) > 0) {
    setPtr(self + P.groupindex, Py_NewRef(groupindex));
    if (i32(indexgroup + 16) > 0) setPtr(self + P.indexgroup, Py_NewRef(indexgroup));
  }
  if (!isValidCode(self)) raise(PyExc_RuntimeError, 'invalid SRE code');
  drop(m);
  return self;
}
export const sreTypes: readonly TypeSpec[] = [patternSpec, matchSpec, scannerSpec, templateSpec];

export const sreSpec: ModuleSpec = {
  name: '_sre',
  boot: initChars,
  methods: [
    {
      name: 'compile',
      flags: METH_FASTCALL | METH_KEYWORDS,
      fn: sre_compile,
      doc: 'compile($module, /, pattern, flags, code, groups, groupindex,\n        indexgroup)\n--\n\n',
    },
    {
      name: 'template',
      flags: METH_FASTCALL,
      fn: sre_template,
      doc: 'template($module, pattern, template, /)\n--\n\n\n\n  template\n    A list containing interleaved literal strings (str or bytes) and group\n    indices (int), as returned by re._parser.parse_template():\n        [literal1, group1, ..., literalN, groupN]',
    },
    {
      name: 'getcodesize',
      flags: METH_NOARGS,
      fn: () => PyLong_FromLong(4),
      doc: 'getcodesize($module, /)\n--\n\n',
    },
    {
      name: 'ascii_iscased',
      flags: METH_O,
      fn: (_m: Ref, c: Ref) => PyBool_FromLong(asciiAlpha(PyLong_AsInt(c))),
      doc: 'ascii_iscased($module, character, /)\n--\n\n',
    },
    {
      name: 'unicode_iscased',
      flags: METH_O,
      fn(_m: Ref, op: Ref): Ref {
        const c = PyLong_AsInt(op);
        return PyBool_FromLong(c >= 0 && (sre_lower_unicode(c) !== c || sre_upper_unicode(c) !== c));
      },
      doc: 'unicode_iscased($module, character, /)\n--\n\n',
    },
    {
      name: 'ascii_tolower',
      flags: METH_O,
      fn: (_m: Ref, c: Ref) => PyLong_FromLong(sre_lower_ascii(PyLong_AsInt(c))),
      doc: 'ascii_tolower($module, character, /)\n--\n\n',
    },
    {
      name: 'unicode_tolower',
      flags: METH_O,
      fn(_m: Ref, op: Ref): Ref {
        const c = PyLong_AsInt(op);
        return PyLong_FromLong(c < 0 ? c : sre_lower_unicode(c));
      },
      doc: 'unicode_tolower($module, character, /)\n--\n\n',
    },
  ],
  exec(module: Ref): void {
    const dict = PyModule_GetDict(module);
    const values = { MAGIC: SRE_MAGIC, CODESIZE: 4, MAXREPEAT: SRE_MAXREPEAT, MAXGROUPS: SRE_MAXGROUPS };
    for (const [name, value] of Object.entries(values)) setStolen(dict, name, PyLong_FromLong(value));
    setText(dict, 'copyright', ' SRE 2.2.2 Copyright (c) 1997-2002 by Secret Labs AB ');
  },
};
