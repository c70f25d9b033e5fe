/** print and input, over whatever file objects sys.stdout, sys.stdin and sys.stderr are. Mirrors Python/bltinmodule.c and Objects/fileobject.c. */
import { METH_FASTCALL, METH_KEYWORDS, Py_ID } from '@moult/abi';
import { i32 } from '../memory/linear.ts';
import { unpackKeywords, _PyArg_CheckPositional } from '../objects/args.ts';
import { callMethod, PyObject_CallOneArg } from '../objects/call.ts';
import { catchPending, PyErr_Clear, raise } from '../objects/errors.ts';
import {
  hold,
  nativeMark,
  PyBytes_Check,
  PyUnicode_Check,
  Py_DECREF,
  Py_NewRef,
  type Ref,
  release,
  typeNameOf,
} from '../objects/object.ts';
import { PyObject_GetAttr, PyObject_IsTrue, PyObject_Repr, PyObject_Str } from '../objects/objectattr.ts';
import type { MethodSpec } from '../objects/spec.ts';
import { PyExc_EOFError, PyExc_RuntimeError, PyExc_TypeError, Py_None } from '../objects/static.ts';
import {
  get_latin1_char,
  PyUnicode_GET_LENGTH,
  PyUnicode_READ_CHAR,
  PyUnicode_Substring,
} from '../objects/unicodeobject.ts';
import { _PyTuple_FromArray } from '../objects/tupleobject.ts';
import { newBytes } from './buffers.ts';
import { bytes } from '../memory/linear.ts';
import { none } from './builtinfuncs.ts';
import { sysObject } from './sysstate.ts';

const NEWLINE = 10;
const SPACE = 32;

/** file.write(str(op)), or repr with `raw` false (PyFile_WriteObject). */
export function PyFile_WriteObject(op: Ref, file: Ref, raw: boolean): void {
  const m = hold(PyObject_GetAttr(file, Py_ID.write));
  hold(raw ? PyObject_Str(op) : PyObject_Repr(op));
  hold(PyObject_CallOneArg(i32(m), i32(m + 8)));
  release(m);
}
function writeChar(c: number, file: Ref): void {
  PyFile_WriteObject(get_latin1_char(c), file, true);
}
export function flushFile(file: Ref): void {
  Py_DECREF(callMethod(file, Py_ID.flush));
}

function builtin_print(_m: Ref, args: number, nargs: number, kwnames: Ref): Ref {
  let sep = 0;
  let end = 0;
  let file = 0;
  let flush = 0;
  // *args is a real tuple, in which __str__ can see one reference more
  const values = _PyTuple_FromArray(args, nargs);
  const m = hold(values);
  if (kwnames !== 0) {
    const kw = unpackKeywords(args + (nargs << 3), 0, kwnames, {
      fname: 'print',
      keywords: ['sep', 'end', 'file', 'flush'],
      kwonly: 4,
    });
    [sep, end, file, flush] = kw as [Ref, Ref, Ref, Ref];
  }
  const doFlush = flush !== 0 && PyObject_IsTrue(flush);
  if (file === 0 || file === Py_None) {
    file = sysObject('stdout');
    if (file === 0) raise(PyExc_RuntimeError, 'lost sys.stdout');
    if (file === Py_None) {
      release(m);
      return none();
    }
  }
  if (sep === Py_None) sep = 0;
  if (sep !== 0 && !PyUnicode_Check(sep))
    raise(PyExc_TypeError, `sep must be None or a string, not ${typeNameOf(sep)}`);
  if (end === Py_None) end = 0;
  if (end !== 0 && !PyUnicode_Check(end))
    raise(PyExc_TypeError, `end must be None or a string, not ${typeNameOf(end)}`);
  hold(Py_NewRef(file));
  for (let i = 0; i < nargs; i++) {
    if (i > 0) {
      if (sep === 0) writeChar(SPACE, file);
      else PyFile_WriteObject(sep, file, true);
    }
    PyFile_WriteObject(i32(values + 24 + (i << 3)), file, true);
  }
  if (end === 0) writeChar(NEWLINE, file);
  else PyFile_WriteObject(end, file, true);
  if (doFlush) flushFile(file);
  release(m);
  return none();
}

/** A line of a file object without its newline; EOFError at the end (PyFile_GetLine(f, -1)). */
export function PyFile_GetLine(file: Ref): Ref {
  const m = hold(callMethod(file, Py_ID.readline));
  const line = i32(m);
  if (PyUnicode_Check(line)) {
    const n = PyUnicode_GET_LENGTH(line);
    if (n === 0) raise(PyExc_EOFError, 'EOF when reading a line');
    const res = PyUnicode_READ_CHAR(line, n - 1) === NEWLINE ? PyUnicode_Substring(line, 0, n - 1) : Py_NewRef(line);
    release(m);
    return res;
  }
  if (PyBytes_Check(line)) {
    const n = i32(line + 16);
    if (n === 0) raise(PyExc_EOFError, 'EOF when reading a line');
    const data = bytes.slice(line + 32, line + 32 + n);
    const res = data[n - 1] === NEWLINE ? newBytes(data.subarray(0, n - 1)) : Py_NewRef(line);
    release(m);
    return res;
  }
  raise(PyExc_TypeError, 'object.readline() returned non-string');
}

function builtin_input(_m: Ref, args: number, nargs: number): Ref {
  _PyArg_CheckPositional('input', nargs, 0, 1);
  const [fin, fout, ferr] = ['stdin', 'stdout', 'stderr'].map(sysObject) as [Ref, Ref, Ref];
  for (const [file, name] of [
    [fin, 'stdin'],
    [fout, 'stdout'],
    [ferr, 'stderr'],
  ] as const) {
    if (file === 0 || file === Py_None) raise(PyExc_RuntimeError, `input(): lost sys.${name}`);
  }
  const m = hold(Py_NewRef(fin));
  hold(Py_NewRef(fout));
  hold(Py_NewRef(ferr));
  flushQuietly(ferr);
  if (nargs === 1) PyFile_WriteObject(i32(args), fout, true);
  flushQuietly(fout);
  const line = PyFile_GetLine(fin);
  release(m);
  return line;
}
function flushQuietly(file: Ref): void {
  const mark = nativeMark();
  try {
    flushFile(file);
  } catch (e) {
    catchPending(e, mark);
    PyErr_Clear();
  }
}

export const printBuiltins: { readonly [name: string]: MethodSpec } = {
  print: {
    name: 'print',
    flags: METH_FASTCALL | METH_KEYWORDS,
    fn: builtin_print,
    doc: "print($module, /, *args, sep=' ', end='\\n', file=None, flush=False)\n--\n\nPrints the values to a stream, or to sys.stdout by default.",
  },
  input: {
    name: 'input',
    flags: METH_FASTCALL,
    fn: builtin_input,
    doc: "input($module, prompt='', /)\n--\n\nRead a string from standard input.  The trailing newline is stripped.",
  },
};
