/** str: encode, translate, maketrans. Mirrors those parts of Objects/unicodeobject.c. */
import { METH_FASTCALL, METH_KEYWORDS, METH_O, METH_STATIC } from '@moult/abi';
import { i32 } from '../memory/linear.ts';
import { PyObject_GetItem } from './abstract.ts';
import { _PyArg_CheckPositional, unpackKeywords } from './args.ts';
import { PyUnicode_AsEncodedString } from './codecs.ts';
import { PyDict_New, PyDict_Next, PyDict_SetItem } from './dictobject.ts';
import { raise, swallow } from './errors.ts';
import { PyLong_AsLong, PyLong_FromLong } from './longobject.ts';
import {
  drop,
  hold,
  nativeMark,
  PyDict_Check,
  PyLong_Check,
  PyUnicode_Check,
  type Ref,
  release,
  typeNameOf,
} from './object.ts';
import type { MethodSpec } from './spec.ts';
import { Py_None, PyDict_Type, PyExc_LookupError, PyExc_TypeError, PyExc_ValueError } from './static.ts';
import { fromCodePoints, pushCodePoints } from './unicodemake.ts';
import { asText, PyUnicode_DATA, PyUnicode_KIND, PyUnicode_READ } from './unicodeobject.ts';
import { unicode_result_unchanged } from './unicodemake.ts';
import { wantStr } from './unicodesearchmethods.ts';

/** The encoding and errors arguments of encode and decode: null where absent. */
export function codecArguments(
  name: string,
  args: number,
  nargs: number,
  kwnames: Ref,
): { encoding: string | null; errors: string | null } {
  const [e, r] = unpackKeywords(args, nargs, kwnames, { fname: name, keywords: ['encoding', 'errors'] }) as [Ref, Ref];
  for (const [arg, op] of [
    ['encoding', e],
    ['errors', r],
  ] as const) {
    if (op !== 0 && !PyUnicode_Check(op)) {
      raise(
        PyExc_TypeError,
        `${name}() argument '${arg}' must be str, not ${op === Py_None ? 'None' : typeNameOf(op)}`,
      );
    }
    if (op !== 0 && asText(op).includes('\0')) raise(PyExc_ValueError, 'embedded null character');
  }
  return { encoding: e === 0 ? null : asText(e), errors: r === 0 ? null : asText(r) };
}
function unicode_encode(self: Ref, args: number, nargs: number, kwnames: Ref): Ref {
  const { encoding, errors } = codecArguments('encode', args, nargs, kwnames);
  return PyUnicode_AsEncodedString(self, encoding, errors);
}

/** Appends what the table makes of c. */
function translateOne(table: Ref, c: number, out: number[]): void {
  const m = hold(PyLong_FromLong(c));
  const mark = nativeMark();
  let x: Ref;
  try {
    x = PyObject_GetItem(table, i32(m));
  } catch (e) {
    swallow(e, PyExc_LookupError, mark);
    release(m);
    out.push(c);
    return;
  }
  hold(x);
  if (x === Py_None) {
    // deleted
  } else if (PyLong_Check(x)) {
    const v = PyLong_AsLong(x);
    if (v < 0 || v > 0x10ffff) raise(PyExc_ValueError, 'character mapping must be in range(0x110000)');
    out.push(v);
  } else if (PyUnicode_Check(x)) pushCodePoints(out, x);
  else raise(PyExc_TypeError, 'character mapping must return integer, None or str');
  release(m);
}
/** self.translate(table). ASCII characters are looked up once each when the table is a plain dict. */
export function unicode_translate(self: Ref, table: Ref): Ref {
  const n = i32(self + 16);
  const kind = PyUnicode_KIND(self);
  const data = PyUnicode_DATA(self);
  const out: number[] = [];
  const known: (number[] | undefined)[] = [];
  const plain = i32(table + 8) === PyDict_Type;
  for (let i = 0; i < n; i++) {
    const c = PyUnicode_READ(kind, data, i);
    if (plain && c < 128) {
      let k = known[c];
      if (k === undefined) {
        k = [];
        translateOne(table, c, k);
        known[c] = k;
      }
      for (const x of k) out.push(x);
    } else translateOne(table, c, out);
  }
  return out.length === 0 && n === 0 ? unicode_result_unchanged(self) : fromCodePoints(out);
}

function unicode_maketrans(_self: Ref, args: number, nargs: number): Ref {
  _PyArg_CheckPositional('maketrans', nargs, 1, 3);
  const x = i32(args);
  const y = nargs > 1 ? i32(args + 8) : 0;
  const z = nargs > 2 ? i32(args + 16) : 0;
  if (nargs > 1) wantStr('maketrans', 2, y);
  if (nargs > 2) wantStr('maketrans', 3, z);
  const dict = PyDict_New();
  const m = hold(dict);
  const set = (c: number, value: Ref): void => {
    const k = hold(PyLong_FromLong(c));
    PyDict_SetItem(dict, i32(k), value);
    release(k);
  };
  if (y !== 0) {
    if (!PyUnicode_Check(x))
      raise(PyExc_TypeError, 'first maketrans argument must be a string if there is a second argument');
    const n = i32(x + 16);
    if (n !== i32(y + 16)) raise(PyExc_ValueError, 'the first two maketrans arguments must have equal length');
    for (let i = 0; i < n; i++) {
      const v = hold(PyLong_FromLong(PyUnicode_READ(PyUnicode_KIND(y), PyUnicode_DATA(y), i)));
      set(PyUnicode_READ(PyUnicode_KIND(x), PyUnicode_DATA(x), i), i32(v));
      release(v);
    }
    if (z !== 0)
      for (let i = 0; i < i32(z + 16); i++) set(PyUnicode_READ(PyUnicode_KIND(z), PyUnicode_DATA(z), i), Py_None);
  } else {
    if (!PyDict_Check(x)) raise(PyExc_TypeError, 'if you give only one argument to maketrans it must be a dict');
    const pos = { i: 0, key: 0, value: 0 };
    while (PyDict_Next(x, pos)) {
      if (PyUnicode_Check(pos.key)) {
        if (i32(pos.key + 16) !== 1) raise(PyExc_ValueError, 'string keys in translate table must be of length 1');
        set(PyUnicode_READ(PyUnicode_KIND(pos.key), PyUnicode_DATA(pos.key), 0), pos.value);
      } else if (PyLong_Check(pos.key)) PyDict_SetItem(dict, pos.key, pos.value);
      else raise(PyExc_TypeError, 'keys in translate table must be strings or integers');
    }
  }
  drop(m);
  return dict;
}

export function translateMethods(): MethodSpec[] {
  return [
    {
      name: 'encode',
      flags: METH_FASTCALL | METH_KEYWORDS,
      fn: unicode_encode,
      doc: "encode($self, /, encoding='utf-8', errors='strict')\n--\n\nEncode the string using the codec registered for encoding.",
    },
    {
      name: 'translate',
      flags: METH_O,
      fn: unicode_translate,
      doc: 'translate($self, table, /)\n--\n\nReplace each character in the string using the given translation table.',
    },
    {
      name: 'maketrans',
      flags: METH_FASTCALL | METH_STATIC,
      fn: unicode_maketrans,
      doc: 'maketrans(x, y=<unrepresentable>, z=<unrepresentable>, /)\n--\n\nReturn a translation table usable for str.translate().',
    },
  ];
}
