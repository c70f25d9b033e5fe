/** The module `unicodedata`: names and normal forms. What asks for a property that is not kept here (category and the like) is missing. */
import { METH_FASTCALL, METH_O } from '@moult/abi';
import { i32 } from '../memory/linear.ts';
import { lookupName, nameOf } from '../numeric/unicode/names.ts';
import { normalize, type NormalForm } from '../numeric/unicode/normalize.ts';
import { decimalValue, digitValue } from '../numeric/unicode/properties.ts';
import { _PyArg_BadArgument, _PyArg_CheckPositional } from '../objects/args.ts';
import { PyBool_FromLong } from '../objects/boolobject.ts';
import { raise } from '../objects/errors.ts';
import { PyLong_FromLong } from '../objects/longobject.ts';
import { PyModule_GetDict } from '../objects/moduleobject.ts';
import { Py_NewRef, PyUnicode_Check, type Ref } from '../objects/object.ts';
import type { MethodSpec } from '../objects/spec.ts';
import { PyExc_KeyError, PyExc_ValueError } from '../objects/static.ts';
import { asText, PyUnicode_FromOrdinal, PyUnicode_FromString, PyUnicode_READ_CHAR } from '../objects/unicodeobject.ts';
import { type ModuleSpec, setText } from './spec.ts';

function characterArg(fname: string, what: string, op: Ref): number {
  if (!PyUnicode_Check(op) || i32(op + 16) !== 1) _PyArg_BadArgument(fname, what, 'a unicode character', op);
  return PyUnicode_READ_CHAR(op, 0);
}
/** A property of a character, or the default that is given. */
function property(fname: string, message: string, of: (c: number) => Ref): MethodSpec {
  return {
    name: fname,
    flags: METH_FASTCALL,
    fn(_m: Ref, args: number, nargs: number): Ref {
      _PyArg_CheckPositional(fname, nargs, 1, 2);
      const value = of(characterArg(fname, 'argument 1', i32(args)));
      if (value !== 0) return value;
      if (nargs < 2) raise(PyExc_ValueError, message);
      return Py_NewRef(i32(args + 8));
    },
    doc: `${fname}($module, chr, default=<unrepresentable>, /)\n--\n\n`,
  };
}
function formArg(fname: string, args: number, nargs: number): NormalForm {
  _PyArg_CheckPositional(fname, nargs, 2, 2);
  const form = i32(args);
  if (!PyUnicode_Check(form)) _PyArg_BadArgument(fname, 'argument 1', 'str', form);
  if (!PyUnicode_Check(i32(args + 8))) _PyArg_BadArgument(fname, 'argument 2', 'str', i32(args + 8));
  const name = asText(form);
  if (!/^NFK?[CD]$/.test(name)) raise(PyExc_ValueError, 'invalid normalization form');
  return name as NormalForm;
}
const number = (v: number): Ref => (v < 0 ? 0 : PyLong_FromLong(v));

export const unicodedataSpec: ModuleSpec = {
  name: 'unicodedata',
  methods: [
    {
      name: 'lookup',
      flags: METH_O,
      fn(_m: Ref, op: Ref): Ref {
        if (!PyUnicode_Check(op)) _PyArg_BadArgument('lookup', 'argument', 'str', op);
        const name = asText(op);
        const c = lookupName(name);
        if (c < 0) raise(PyExc_KeyError, `undefined character name '${name}'`);
        return PyUnicode_FromOrdinal(c);
      },
      doc: 'lookup($module, name, /)\n--\n\nLook up character by name.',
    },
    property('name', 'no such name', (c) => {
      const name = nameOf(c);
      return name === null ? 0 : PyUnicode_FromString(name);
    }),
    property('decimal', 'not a decimal', (c) => number(decimalValue(c))),
    property('digit', 'not a digit', (c) => number(digitValue(c))),
    {
      name: 'normalize',
      flags: METH_FASTCALL,
      fn(_m: Ref, args: number, nargs: number): Ref {
        const form = formArg('normalize', args, nargs);
        const text = asText(i32(args + 8));
        const made = normalize(text, form);
        return made === text ? Py_NewRef(i32(args + 8)) : PyUnicode_FromString(made);
      },
      doc: 'normalize($module, form, unistr, /)\n--\n\n',
    },
    {
      name: 'is_normalized',
      flags: METH_FASTCALL,
      fn(_m: Ref, args: number, nargs: number): Ref {
        const form = formArg('is_normalized', args, nargs);
        const text = asText(i32(args + 8));
        return PyBool_FromLong(normalize(text, form) === text);
      },
      doc: 'is_normalized($module, form, unistr, /)\n--\n\n',
    },
  ],
  exec(module: Ref): void {
    setText(PyModule_GetDict(module), 'unidata_version', '15.1.0');
  },
};
