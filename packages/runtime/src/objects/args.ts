/**
 * Taking the arguments of built-in functions apart, with CPython's messages. Mirrors Python/getargs.c
 * (_PyArg_CheckPositional, _PyArg_UnpackKeywords and friends). What comes back is borrowed from the caller's arguments.
 */
import { PyASCIIObject, PyInterpreterState } from '@moult/abi';
import { bytes, i32, setPtr, u32 } from '../memory/linear.ts';
import { PyDict_GetItemWithError, PyDict_New, PyDict_Next, PyDict_SetItem, PyDict_Size } from './dictobject.ts';
import { raise } from './errors.ts';
import { hold, PyUnicode_Check, Py_DECREF, type Ref, release, tpName } from './object.ts';
import { INTERP } from './runtime.ts';
import { PyExc_TypeError, Py_None } from './static.ts';
import { PyTuple_New } from './tupleobject.ts';
import { asText, PyUnicode_InternFromString } from './unicodeobject.ts';

export interface ArgSpec {
  /** The name in messages, without parentheses; left out: "function". */
  readonly fname?: string;
  /** Names in order; '' for positional-only ones (or give `posonly`). */
  readonly keywords: readonly string[];
  /** How many of the first are positional-only; default: the leading ''. */
  readonly posonly?: number;
  /** How many of the positional ones must be given. */
  readonly required?: number;
  /** How many of the last are keyword-only. */
  readonly kwonly?: number;
  /** How many of the keyword-only ones (the first of them) must be given. */
  readonly requiredKw?: number;
  /** The function's full name, where CPython loads its module from a file: its keywords become a tuple when first needed, for good. */
  readonly loaded?: string;
}

const plural = (n: number): string => (n === 1 ? '' : 's');

/** Checks a plain count of positional arguments; `name` empty: a tuple to unpack. */
export function _PyArg_CheckPositional(name: string, nargs: number, min: number, max: number): void {
  if (nargs >= min && nargs <= max) return;
  const low = nargs < min;
  const bound = min === max ? '' : low ? 'at least ' : 'at most ';
  const n = low ? min : max;
  if (name !== '') raise(PyExc_TypeError, `${name} expected ${bound}${n} argument${plural(n)}, got ${nargs}`);
  raise(PyExc_TypeError, `unpacked tuple should have ${bound}${n} element${plural(n)}, but has ${nargs}`);
}
/** The count that PyArg_ParseTuple refuses. */
export function parseTupleCount(name: string, nargs: number, min: number, max: number): void {
  if (nargs >= min && nargs <= max) return;
  const bound = min === max ? 'exactly' : nargs < min ? 'at least' : 'at most';
  const n = nargs < min ? min : max;
  raise(PyExc_TypeError, `${name}() takes ${bound} ${n} argument${plural(n)} (${nargs} given)`);
}
/** A METH_VARARGS function from one that takes an array: the caller makes the tuple. */
export const fromTuple =
  (fn: (self: Ref, args: number, nargs: number) => Ref) =>
  (self: Ref, tuple: Ref): Ref =>
    fn(self, tuple + 24, i32(tuple + 16));
/** Refuses a dict of keyword arguments that is not empty. */
export function _PyArg_NoKeywords(name: string, kwargs: Ref): void {
  if (kwargs !== 0 && PyDict_Size(kwargs) > 0) raise(PyExc_TypeError, `${name}() takes no keyword arguments`);
}
export function _PyArg_NoKwnames(name: string, kwnames: Ref): void {
  if (kwnames !== 0 && i32(kwnames + 16) > 0) raise(PyExc_TypeError, `${name}() takes no keyword arguments`);
}
export function _PyArg_NoPositional(name: string, args: Ref): void {
  if (args !== 0 && i32(args + 16) > 0) raise(PyExc_TypeError, `${name}() takes no positional arguments`);
}
/** `displayname` is such as 'argument 2' or "argument 'x'". */
export function _PyArg_BadArgument(fname: string, displayname: string, expected: string, arg: Ref): never {
  raise(
    PyExc_TypeError,
    `${fname}() ${displayname} must be ${expected}, not ${arg === Py_None ? 'None' : tpName(i32(arg + 8))}`,
  );
}

/** Whether the str `op` is the ASCII text `name`. */
export function strEqualsAscii(op: Ref, name: string): boolean {
  const n = name.length;
  if (i32(op + PyASCIIObject.length) !== n || (u32(op + PyASCIIObject.state) & 0x40) === 0) return false;
  const data = op + PyASCIIObject.SIZE;
  for (let i = 0; i < n; i++) if (bytes[data + i] !== name.charCodeAt(i)) return false;
  return true;
}

/** Where keyword values come from: slots beside a tuple of names, or a dict. */
interface Keywords {
  readonly count: number;
  find(name: string): Ref;
  each(visit: (key: Ref) => void): void;
}
function keywordsOfNames(values: number, kwnames: Ref): Keywords {
  const n = kwnames === 0 ? 0 : i32(kwnames + 16);
  return {
    count: n,
    find(name) {
      for (let i = 0; i < n; i++) {
        const key = i32(kwnames + 24 + (i << 3));
        if (PyUnicode_Check(key) && strEqualsAscii(key, name)) return i32(values + (i << 3));
      }
      return 0;
    },
    each(visit) {
      for (let i = 0; i < n; i++) visit(i32(kwnames + 24 + (i << 3)));
    },
  };
}
function keywordsOfDict(kwargs: Ref): Keywords {
  const n = kwargs === 0 ? 0 : PyDict_Size(kwargs);
  return {
    count: n,
    find(name) {
      if (n === 0) return 0;
      const key = PyUnicode_InternFromString(name);
      const value = PyDict_GetItemWithError(kwargs, key);
      Py_DECREF(key);
      return value;
    },
    each(visit) {
      const pos = { i: 0, key: 0, value: 0 };
      while (n > 0 && PyDict_Next(kwargs, pos)) visit(pos.key);
    },
  };
}

function leadingEmpty(keywords: readonly string[]): number {
  let n = 0;
  while (n < keywords.length && keywords[n] === '') n++;
  return n;
}

/** The tuple of keywords that a parser of a loaded module makes once (new_kwtuple); the interpreter's dict keeps it. */
function makeKeywordTuple(key: string, names: readonly string[]): void {
  const slot = INTERP + PyInterpreterState.dict;
  if (i32(slot) === 0) setPtr(slot, PyDict_New());
  const m = hold(PyUnicode_InternFromString(key));
  if (PyDict_GetItemWithError(i32(slot), i32(m)) === 0) {
    const tuple = hold(PyTuple_New(names.length));
    names.forEach((name, i) => {
      setPtr(i32(tuple) + 24 + (i << 3), PyUnicode_InternFromString(name));
    });
    PyDict_SetItem(i32(slot), i32(m), i32(tuple));
  }
  release(m);
}
/** The arguments in the order of `spec.keywords`, 0 where absent. */
function unpack(args: number, nargs: number, kw: Keywords, spec: ArgSpec): Ref[] {
  const names = spec.keywords;
  const len = names.length;
  const maxpos = len - (spec.kwonly ?? 0);
  const minpos = spec.required ?? 0;
  const out: Ref[] = new Array<Ref>(len).fill(0);
  if (kw.count === 0 && nargs >= minpos && nargs <= maxpos && (spec.requiredKw ?? 0) === 0) {
    for (let i = 0; i < nargs; i++) out[i] = i32(args + (i << 3));
    return out;
  }
  const posonly = spec.posonly ?? leadingEmpty(names);
  if (spec.loaded !== undefined) makeKeywordTuple(spec.loaded, names.slice(posonly));
  const who = spec.fname === undefined ? 'function' : `${spec.fname}()`;
  let left = kw.count;
  if (nargs + left > len) {
    const word = nargs === 0 ? 'keyword ' : '';
    raise(PyExc_TypeError, `${who} takes at most ${len} ${word}argument${plural(len)} (${nargs + left} given)`);
  }
  if (nargs > maxpos) {
    if (maxpos === 0) raise(PyExc_TypeError, `${who} takes no positional arguments`);
    const bound = minpos < maxpos ? 'at most' : 'exactly';
    raise(PyExc_TypeError, `${who} takes ${bound} ${maxpos} positional argument${plural(maxpos)} (${nargs} given)`);
  }
  const minposonly = Math.min(posonly, minpos);
  if (nargs < minposonly) {
    const bound = minposonly < maxpos ? 'at least' : 'exactly';
    raise(
      PyExc_TypeError,
      `${who} takes ${bound} ${minposonly} positional argument${plural(minposonly)} (${nargs} given)`,
    );
  }
  for (let i = 0; i < nargs; i++) out[i] = i32(args + (i << 3));
  const required = (spec.requiredKw ?? 0) > 0 ? maxpos + (spec.requiredKw as number) : minpos;
  for (let i = Math.max(nargs, posonly); i < len; i++) {
    let value = 0;
    if (left > 0) value = kw.find(names[i] as string);
    else if (i >= minpos && (i < maxpos || i >= required)) return out;
    if (value !== 0) {
      out[i] = value;
      left--;
    } else if (i < minpos || (maxpos <= i && i < required)) {
      raise(PyExc_TypeError, `${who} missing required argument '${names[i]}' (pos ${i + 1})`);
    }
  }
  if (left > 0) refuseKeywords(nargs, posonly, kw, spec, who);
  return out;
}

function refuseKeywords(nargs: number, posonly: number, kw: Keywords, spec: ArgSpec, who: string): void {
  const names = spec.keywords;
  for (let i = posonly; i < nargs; i++) {
    if (kw.find(names[i] as string) !== 0) {
      raise(PyExc_TypeError, `argument for ${who} given by name ('${names[i]}') and position (${i + 1})`);
    }
  }
  kw.each((key) => {
    if (!PyUnicode_Check(key)) raise(PyExc_TypeError, 'keywords must be strings');
    const name = asText(key);
    if (names.indexOf(name, posonly) < 0) {
      const what = spec.fname === undefined ? 'this function' : who;
      raise(PyExc_TypeError, `${what} got an unexpected keyword argument '${name}'`);
    }
  });
}

/** The arguments where all are positional, as many as there may be; undefined where that does not hold. */
function positional(args: number, nargs: number, spec: ArgSpec): Ref[] | undefined {
  const len = spec.keywords.length;
  if (nargs < (spec.required ?? 0) || nargs > len - (spec.kwonly ?? 0) || (spec.requiredKw ?? 0) !== 0)
    return undefined;
  const out = new Array<Ref>(len);
  for (let i = 0; i < len; i++) out[i] = i < nargs ? i32(args + (i << 3)) : 0;
  return out;
}

/** For FASTCALL|KEYWORDS: `args` holds `nargs` positional ones, then the values of `kwnames` (0: none). */
export function unpackKeywords(args: number, nargs: number, kwnames: Ref, spec: ArgSpec): Ref[] {
  const plain = kwnames === 0 ? positional(args, nargs, spec) : undefined;
  return plain ?? unpack(args, nargs, keywordsOfNames(args + (nargs << 3), kwnames), spec);
}

/** The same for an array and a dict or 0. */
export function unpackArrayAndDict(args: number, nargs: number, kwargsOr0: Ref, spec: ArgSpec): Ref[] {
  const plain = kwargsOr0 === 0 ? positional(args, nargs, spec) : undefined;
  return plain ?? unpack(args, nargs, keywordsOfDict(kwargsOr0), spec);
}
/** For tp_new, tp_init and VARARGS|KEYWORDS: a tuple and a dict or 0 (PyArg_ParseTupleAndKeywords's part). */
export function unpackTupleAndDict(argsTuple: Ref, kwargsOr0: Ref, spec: ArgSpec): Ref[] {
  return unpackArrayAndDict(argsTuple + 24, i32(argsTuple + 16), kwargsOr0, spec);
}
