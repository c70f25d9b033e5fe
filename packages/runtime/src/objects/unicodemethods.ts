/** str: case conversions and the is… predicates. Mirrors those parts of Objects/unicodeobject.c. */
import { Py_NewRef } from './object.ts';
import { METH_NOARGS } from '@moult/abi';
import { bytes, i32 } from '../memory/linear.ts';
import {
  capitalizeAll,
  casefoldAll,
  isLowerAll,
  isTitleAll,
  isUpperAll,
  lowerAll,
  swapcaseAll,
  titleAll,
  upperAll,
} from '../numeric/unicode/casing.ts';
import {
  isAlnum,
  isAlpha,
  isDecimal,
  isDigit,
  isNumeric,
  isPrintable,
  isSpace,
  isXidContinue,
  isXidStart,
} from '../numeric/unicode/properties.ts';
import { PyBool_FromLong } from './boolobject.ts';
import type { Ref } from './object.ts';
import type { MethodSpec } from './spec.ts';
import { codePointsOf, freshFromCodePoints } from './unicodemake.ts';
import {
  EMPTY_STRING,
  PyUnicode_DATA,
  PyUnicode_IS_ASCII,
  PyUnicode_KIND,
  PyUnicode_New,
  PyUnicode_READ,
} from './unicodeobject.ts';

/** An ASCII str with each character c mapped: upper-case letters by `up`, lower-case ones by `low` (32 is the case bit). */
function asciiCase(self: Ref, toLower: boolean, toUpper: boolean): Ref {
  const n = i32(self + 16);
  if (n === 0) return Py_NewRef(EMPTY_STRING);
  const from = PyUnicode_DATA(self);
  const op = PyUnicode_New(n, 127);
  for (let i = 0; i < n; i++) bytes[op + 40 + i] = mapAscii(bytes[from + i] as number, toLower, toUpper);
  return op;
}
export function mapAscii(c: number, toLower: boolean, toUpper: boolean): number {
  if (toLower && c >= 65 && c <= 90) return c + 32;
  if (toUpper && c >= 97 && c <= 122) return c - 32;
  return c;
}
function unicode_lower(self: Ref): Ref {
  return PyUnicode_IS_ASCII(self) ? asciiCase(self, true, false) : freshFromCodePoints(lowerAll(codePointsOf(self)));
}
function unicode_upper(self: Ref): Ref {
  return PyUnicode_IS_ASCII(self) ? asciiCase(self, false, true) : freshFromCodePoints(upperAll(codePointsOf(self)));
}
function unicode_swapcase(self: Ref): Ref {
  return PyUnicode_IS_ASCII(self) ? asciiCase(self, true, true) : freshFromCodePoints(swapcaseAll(codePointsOf(self)));
}
function unicode_casefold(self: Ref): Ref {
  return PyUnicode_IS_ASCII(self) ? asciiCase(self, true, false) : freshFromCodePoints(casefoldAll(codePointsOf(self)));
}
function unicode_title(self: Ref): Ref {
  return freshFromCodePoints(titleAll(codePointsOf(self)));
}
function unicode_capitalize(self: Ref): Ref {
  return freshFromCodePoints(capitalizeAll(codePointsOf(self)));
}

/** All characters have the property, and there is one. */
function every(self: Ref, has: (c: number) => boolean): Ref {
  const n = i32(self + 16);
  const kind = PyUnicode_KIND(self);
  const data = PyUnicode_DATA(self);
  for (let i = 0; i < n; i++) if (!has(PyUnicode_READ(kind, data, i))) return PyBool_FromLong(false);
  return PyBool_FromLong(n > 0);
}
function unicode_isspace(self: Ref): Ref {
  return every(self, isSpace);
}
function unicode_isalpha(self: Ref): Ref {
  return every(self, isAlpha);
}
function unicode_isalnum(self: Ref): Ref {
  return every(self, isAlnum);
}
function unicode_isdecimal(self: Ref): Ref {
  return every(self, isDecimal);
}
function unicode_isdigit(self: Ref): Ref {
  return every(self, isDigit);
}
function unicode_isnumeric(self: Ref): Ref {
  return every(self, isNumeric);
}
function unicode_isprintable(self: Ref): Ref {
  return i32(self + 16) === 0 ? PyBool_FromLong(true) : every(self, isPrintable);
}
function unicode_isascii(self: Ref): Ref {
  return PyBool_FromLong(PyUnicode_IS_ASCII(self));
}
function unicode_islower(self: Ref): Ref {
  return PyBool_FromLong(isLowerAll(codePointsOf(self)));
}
function unicode_isupper(self: Ref): Ref {
  return PyBool_FromLong(isUpperAll(codePointsOf(self)));
}
function unicode_istitle(self: Ref): Ref {
  return PyBool_FromLong(isTitleAll(codePointsOf(self)));
}
export function PyUnicode_IsIdentifier(self: Ref): boolean {
  const n = i32(self + 16);
  const kind = PyUnicode_KIND(self);
  const data = PyUnicode_DATA(self);
  if (n === 0) return false;
  const first = PyUnicode_READ(kind, data, 0);
  if (first !== 95 && !isXidStart(first)) return false;
  for (let i = 1; i < n; i++) if (!isXidContinue(PyUnicode_READ(kind, data, i))) return false;
  return true;
}
function unicode_isidentifier(self: Ref): Ref {
  return PyBool_FromLong(PyUnicode_IsIdentifier(self));
}

function noArgs(name: string, fn: (self: Ref) => Ref, doc: string): MethodSpec {
  return { name, flags: METH_NOARGS, fn, doc: `${name}($self, /)\n--\n\n${doc}` };
}
export function caseMethods(): MethodSpec[] {
  return [
    noArgs('capitalize', unicode_capitalize, 'Return a capitalized version of the string.'),
    noArgs('casefold', unicode_casefold, 'Return a version of the string suitable for caseless comparisons.'),
    noArgs('title', unicode_title, 'Return a version of the string where each word is titlecased.'),
    noArgs('lower', unicode_lower, 'Return a copy of the string converted to lowercase.'),
    noArgs(
      'swapcase',
      unicode_swapcase,
      'Convert uppercase characters to lowercase and lowercase characters to uppercase.',
    ),
    noArgs('upper', unicode_upper, 'Return a copy of the string converted to uppercase.'),
    noArgs('isascii', unicode_isascii, 'Return True if all characters in the string are ASCII, False otherwise.'),
    noArgs('islower', unicode_islower, 'Return True if the string is a lowercase string, False otherwise.'),
    noArgs('isupper', unicode_isupper, 'Return True if the string is an uppercase string, False otherwise.'),
    noArgs('istitle', unicode_istitle, 'Return True if the string is a title-cased string, False otherwise.'),
    noArgs('isspace', unicode_isspace, 'Return True if the string is a whitespace string, False otherwise.'),
    noArgs('isdecimal', unicode_isdecimal, 'Return True if the string is a decimal string, False otherwise.'),
    noArgs('isdigit', unicode_isdigit, 'Return True if the string is a digit string, False otherwise.'),
    noArgs('isnumeric', unicode_isnumeric, 'Return True if the string is a numeric string, False otherwise.'),
    noArgs('isalpha', unicode_isalpha, 'Return True if the string is an alphabetic string, False otherwise.'),
    noArgs('isalnum', unicode_isalnum, 'Return True if the string is an alpha-numeric string, False otherwise.'),
    noArgs(
      'isidentifier',
      unicode_isidentifier,
      'Return True if the string is a valid Python identifier, False otherwise.',
    ),
    noArgs(
      'isprintable',
      unicode_isprintable,
      'Return True if all characters in the string are printable, False otherwise.',
    ),
  ];
}
