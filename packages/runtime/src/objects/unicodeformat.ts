/**
 * str.format, format_map, __format__ and what string.Formatter needs. Mirrors Objects/stringlib/unicode_format.h: the text
 * is read piece by piece, so that errors come where CPython finds them.
 */
import { METH_KEYWORDS, METH_O, METH_VARARGS } from '@moult/abi';
import { i32 } from '../memory/linear.ts';
import { strLayout } from '../numeric/formatters.ts';
import { decimalValue } from '../numeric/unicode/properties.ts';
import { PyObject_GetItem, PyObject_GetIter, PySequence_Check, PySequence_GetItem } from './abstract.ts';
import { _PyArg_BadArgument } from './args.ts';
import { PyBool_FromLong } from './boolobject.ts';
import { raise, raiseObject } from './errors.ts';
import { withFormatErrors } from './formaterrors.ts';
import { _PyList_AppendTakeRef, PyList_New } from './listobject.ts';
import { PyLong_FromLong } from './longobject.ts';
import { drop, hold, Py_NewRef, PyUnicode_Check, type Ref, release, typeNameOf } from './object.ts';
import { PyObject_ASCII, PyObject_Format, PyObject_GetAttr, PyObject_Repr, PyObject_Str } from './objectattr.ts';
import type { MethodSpec } from './spec.ts';
import {
  Py_None,
  PyExc_IndexError,
  PyExc_KeyError,
  PyExc_TypeError,
  PyExc_ValueError,
  PyLong_Type,
  PyUnicode_Type,
} from './static.ts';
import { tupleSteal, buildTuple } from './tupleobject.ts';
import {
  codePointsOf,
  copyCharacters,
  fillCharacters,
  fromCodePoints,
  pushCodePoints,
  unicode_result_unchanged,
} from './unicodemake.ts';
import { narrow } from './unicodesearchmethods.ts';
import {
  asText,
  EMPTY_STRING,
  PyUnicode_DATA,
  PyUnicode_IS_ASCII,
  PyUnicode_KIND,
  PyUnicode_MAX_CHAR_VALUE,
  PyUnicode_New,
  PyUnicode_READ,
  unicode_char,
} from './unicodeobject.ts';

const LBRACE = 123;
const RBRACE = 125;
const DOT = 46;
const LBRACKET = 91;
const RBRACKET = 93;
const COLON = 58;
const BANG = 33;

function fail(message: string): never {
  raise(PyExc_ValueError, message);
}

/** The format being read: code points s[pos:end]. */
interface Reader {
  readonly s: readonly number[];
  pos: number;
  readonly end: number;
}
/** A literal and maybe a replacement field behind it (MarkupIterator_next). */
interface Markup {
  literalStart: number;
  literalEnd: number;
  field: boolean;
  nameStart: number;
  nameEnd: number;
  specStart: number;
  specEnd: number;
  nested: boolean;
  conversion: number;
}
function nextMarkup(r: Reader): Markup | null {
  if (r.pos >= r.end) return null;
  const start = r.pos;
  let c = 0;
  let follows = false;
  while (r.pos < r.end) {
    c = r.s[r.pos++] as number;
    if (c === LBRACE || c === RBRACE) {
      follows = true;
      break;
    }
  }
  const atEnd = r.pos >= r.end;
  let len = r.pos - start;
  if (c === RBRACE && (atEnd || r.s[r.pos] !== c)) fail("Single '}' encountered in format string");
  if (atEnd && c === LBRACE) fail("Single '{' encountered in format string");
  if (!atEnd) {
    if (r.s[r.pos] === c) {
      r.pos++;
      follows = false;
    } else len--;
  }
  const m: Markup = {
    literalStart: start,
    literalEnd: start + len,
    field: follows,
    nameStart: 0,
    nameEnd: 0,
    specStart: 0,
    specEnd: 0,
    nested: false,
    conversion: 0,
  };
  if (follows) parseField(r, m);
  return m;
}
function parseField(r: Reader, m: Markup): void {
  let c = 0;
  m.nameStart = r.pos;
  scan: while (r.pos < r.end) {
    c = r.s[r.pos++] as number;
    switch (c) {
      case LBRACE:
        fail("unexpected '{' in field name");
        break;
      case LBRACKET:
        while (r.pos < r.end && r.s[r.pos] !== RBRACKET) r.pos++;
        break;
      case RBRACE:
      case COLON:
      case BANG:
        break scan;
    }
  }
  m.nameEnd = r.pos - 1;
  if (c !== BANG && c !== COLON) {
    if (c !== RBRACE) fail("expected '}' before end of string");
    return;
  }
  if (c === BANG) {
    if (r.pos >= r.end) fail('end of string while looking for conversion specifier');
    m.conversion = r.s[r.pos++] as number;
    if (r.pos < r.end) {
      c = r.s[r.pos++] as number;
      if (c === RBRACE) return;
      if (c !== COLON) fail("expected ':' after conversion specifier");
    }
  }
  m.specStart = r.pos;
  let depth = 1;
  while (r.pos < r.end) {
    c = r.s[r.pos++] as number;
    if (c === LBRACE) {
      m.nested = true;
      depth++;
    } else if (c === RBRACE && --depth === 0) {
      m.specEnd = r.pos - 1;
      return;
    }
  }
  fail("unmatched '{' in format spec");
}

/** The index that s[start:end] spells, or -1. */
function integerOf(s: readonly number[], start: number, end: number): number {
  if (start >= end) return -1;
  let v = 0;
  for (let i = start; i < end; i++) {
    const d = decimalValue(s[i] as number);
    if (d < 0) return -1;
    v = v * 10 + d;
    if (v > 9223372036854775000) fail('Too many decimal digits in format string');
  }
  return v;
}
const AUTO = 1;
const MANUAL = 2;
interface AutoNumber {
  state: number;
  next: number;
}
/** The first part of a field name: its end, and its index (-1: a key). */
function firstPart(
  s: readonly number[],
  start: number,
  end: number,
  auto: AutoNumber | null,
): { at: number; index: number } {
  let i = start;
  while (i < end && s[i] !== LBRACKET && s[i] !== DOT) i++;
  let index = integerOf(s, start, i);
  const empty = start >= i;
  if (auto !== null) {
    if (empty || index !== -1) {
      if (auto.state === 0) auto.state = empty ? AUTO : MANUAL;
      if (auto.state === MANUAL && empty)
        fail('cannot switch from manual field specification to automatic field numbering');
      if (auto.state === AUTO && !empty)
        fail('cannot switch from automatic field numbering to manual field specification');
    }
    if (empty) index = auto.next++;
  }
  return { at: i, index };
}
/** One `.name` or `[item]` behind position at. */
interface Accessor {
  attribute: boolean;
  start: number;
  stop: number;
  next: number;
  index: number;
}
function nextAccessor(s: readonly number[], at: number, end: number): Accessor | null {
  if (at >= end) return null;
  const c = s[at] as number;
  let i = at + 1;
  let a: Accessor;
  if (c === DOT) {
    while (i < end && s[i] !== DOT && s[i] !== LBRACKET) i++;
    a = { attribute: true, start: at + 1, stop: i, next: i, index: -1 };
  } else if (c === LBRACKET) {
    while (i < end && s[i] !== RBRACKET) i++;
    if (i >= end) fail("Missing ']' in format string");
    a = { attribute: false, start: at + 1, stop: i, next: i + 1, index: integerOf(s, at + 1, i) };
  } else fail("Only '.' or '[' may follow ']' in format field specifier");
  if (a.start === a.stop) fail('Empty attribute in format string');
  return a;
}
function slice(s: readonly number[], start: number, end: number): Ref {
  return fromCodePoints(s.slice(start, end));
}

/** The object that a field name means, a new reference. */
function fieldObject(s: readonly number[], start: number, end: number, args: Ref, kwargs: Ref, auto: AutoNumber): Ref {
  const first = firstPart(s, start, end, auto);
  let obj: Ref;
  if (first.index === -1) {
    const m = hold(slice(s, start, first.at));
    if (kwargs === 0) raiseObject(PyExc_KeyError, i32(m));
    obj = PyObject_GetItem(kwargs, i32(m));
    release(m);
  } else {
    if (args === 0) fail('Format string contains positional fields');
    if (first.index >= i32(args + 16))
      raise(PyExc_IndexError, `Replacement index ${first.index} out of range for positional args tuple`);
    obj = Py_NewRef(i32(args + 24 + (first.index << 3)));
  }
  for (let at = first.at; ; ) {
    const m = hold(obj);
    const a = nextAccessor(s, at, end);
    if (a === null) {
      drop(m);
      return obj;
    }
    at = a.next;
    if (!a.attribute && a.index !== -1) {
      if (PySequence_Check(obj)) obj = PySequence_GetItem(obj, a.index);
      else {
        hold(PyLong_FromLong(a.index));
        obj = PyObject_GetItem(obj, i32(m + 8));
      }
    } else {
      hold(slice(s, a.start, a.stop));
      obj = a.attribute ? PyObject_GetAttr(obj, i32(m + 8)) : PyObject_GetItem(obj, i32(m + 8));
    }
    const got = obj;
    release(m);
    obj = got;
  }
}
function convertField(obj: Ref, conversion: number): Ref {
  switch (conversion) {
    case 114:
      return PyObject_Repr(obj);
    case 115:
      return PyObject_Str(obj);
    case 97:
      return PyObject_ASCII(obj);
  }
  return fail(
    conversion > 32 && conversion < 127
      ? `Unknown conversion specifier ${String.fromCharCode(conversion)}`
      : `Unknown conversion specifier \\x${conversion.toString(16)}`,
  );
}

/** Formats s[start:end]; `whole` is the str that it is all of, or 0. */
function build(
  s: readonly number[],
  start: number,
  end: number,
  args: Ref,
  kwargs: Ref,
  depth: number,
  auto: AutoNumber,
  whole: Ref,
): Ref {
  if (depth <= 0) fail('Max string recursion exceeded');
  const r: Reader = { s, pos: start, end };
  const out: number[] = [];
  for (;;) {
    const m = nextMarkup(r);
    if (m === null) return fromCodePoints(out);
    if (!m.field && whole !== 0 && m.literalStart === 0 && m.literalEnd === end) return unicode_result_unchanged(whole);
    for (let i = m.literalStart; i < m.literalEnd; i++) out.push(s[i] as number);
    if (!m.field) continue;
    const mark = hold(fieldObject(s, m.nameStart, m.nameEnd, args, kwargs, auto));
    let obj = i32(mark);
    if (m.conversion !== 0) {
      obj = convertField(obj, m.conversion);
      hold(obj);
    }
    let spec = 0;
    if (m.nested) spec = build(s, m.specStart, m.specEnd, args, kwargs, depth - 1, auto, 0);
    else if (m.specEnd > m.specStart) spec = slice(s, m.specStart, m.specEnd);
    if (spec !== 0) hold(spec);
    const text = PyObject_Format(obj, spec);
    if (out.length === 0 && r.pos >= end && i32(text + 8) === PyUnicode_Type && i32(obj + 8) !== PyLong_Type) {
      hold(text);
      Py_NewRef(text);
      release(mark);
      return text;
    }
    hold(text);
    pushCodePoints(out, text);
    release(mark);
  }
}
function do_string_format(self: Ref, args: Ref, kwargs: Ref): Ref {
  return build(codePointsOf(self), 0, i32(self + 16), args, kwargs, 2, { state: 0, next: 0 }, self);
}
function do_string_format_map(self: Ref, obj: Ref): Ref {
  return do_string_format(self, 0, obj);
}

/** format(str, spec) for a spec that is not empty. */
export function formatUnicode(self: Ref, spec: Ref): Ref {
  const n = i32(self + 16);
  const layout = withFormatErrors(() => strLayout(n, asText(spec)));
  if (layout.left === 0 && layout.right === 0 && layout.take === n) return unicode_result_unchanged(self);
  const total = layout.left + layout.take + layout.right;
  if (total === 0) return Py_NewRef(EMPTY_STRING);
  if (total === 1 && layout.take === 1)
    return unicode_char(PyUnicode_READ(PyUnicode_KIND(self), PyUnicode_DATA(self), 0));
  const fill = layout.fill.codePointAt(0) as number;
  const padded = layout.left + layout.right > 0;
  const op = PyUnicode_New(total, PyUnicode_MAX_CHAR_VALUE(self) | (padded ? fill : 0));
  const kind = PyUnicode_KIND(op);
  fillCharacters(op, 0, layout.left, fill);
  copyCharacters(
    kind,
    PyUnicode_DATA(op) + layout.left * kind,
    PyUnicode_KIND(self),
    PyUnicode_DATA(self),
    layout.take,
  );
  fillCharacters(op, layout.left + layout.take, layout.right, fill);
  return PyUnicode_IS_ASCII(op) ? op : narrow(op);
}
function unicode___format__(self: Ref, spec: Ref): Ref {
  if (!PyUnicode_Check(spec)) _PyArg_BadArgument('__format__', 'argument', 'str', spec);
  if (i32(spec + 16) === 0) return i32(self + 8) === PyUnicode_Type ? Py_NewRef(self) : PyObject_Str(self);
  return formatUnicode(self, spec);
}

// ---- for string.Formatter (module _string) ----

/** An iterator of (literal, field name, spec, conversion); what is malformed is refused at once. */
export function formatter_parser(_module: Ref, self: Ref): Ref {
  if (!PyUnicode_Check(self)) raise(PyExc_TypeError, `expected str, got ${typeNameOf(self)}`);
  const s = codePointsOf(self);
  const r: Reader = { s, pos: 0, end: s.length };
  const list = PyList_New(0);
  const m = hold(list);
  for (;;) {
    const k = nextMarkup(r);
    if (k === null) break;
    const literal = slice(s, k.literalStart, k.literalEnd);
    if (!k.field)
      _PyList_AppendTakeRef(list, tupleSteal(literal, Py_NewRef(Py_None), Py_NewRef(Py_None), Py_NewRef(Py_None)));
    else {
      const conversion = k.conversion === 0 ? Py_NewRef(Py_None) : fromCodePoints([k.conversion]);
      _PyList_AppendTakeRef(
        list,
        buildTuple(
          () => literal,
          () => slice(s, k.nameStart, k.nameEnd),
          () => slice(s, k.specStart, k.specEnd),
          () => conversion,
        ),
      );
    }
  }
  const it = PyObject_GetIter(list);
  release(m);
  return it;
}
/** (first, iterator of (is attribute, name or index)). */
export function formatter_field_name_split(_module: Ref, self: Ref): Ref {
  if (!PyUnicode_Check(self)) raise(PyExc_TypeError, `expected str, got ${typeNameOf(self)}`);
  const s = codePointsOf(self);
  const first = firstPart(s, 0, s.length, null);
  const list = PyList_New(0);
  const m = hold(list);
  for (let at = first.at; ; ) {
    const a = nextAccessor(s, at, s.length);
    if (a === null) break;
    at = a.next;
    _PyList_AppendTakeRef(
      list,
      buildTuple(
        () => PyBool_FromLong(a.attribute),
        () => (a.index === -1 ? slice(s, a.start, a.stop) : PyLong_FromLong(a.index)),
      ),
    );
  }
  const it = PyObject_GetIter(list);
  release(m);
  return tupleSteal(first.index === -1 ? slice(s, 0, first.at) : PyLong_FromLong(first.index), it);
}

export function formatMethods(): MethodSpec[] {
  return [
    {
      name: 'format',
      flags: METH_VARARGS | METH_KEYWORDS,
      fn: do_string_format,
      doc: 'format($self, /, *args, **kwargs)\n--\n\nReturn a formatted version of the string, using substitutions from args and kwargs.',
    },
    {
      name: 'format_map',
      flags: METH_O,
      fn: do_string_format_map,
      doc: 'format_map($self, mapping, /)\n--\n\nReturn a formatted version of the string, using substitutions from mapping.',
    },
    {
      name: '__format__',
      flags: METH_O,
      fn: unicode___format__,
      doc: '__format__($self, format_spec, /)\n--\n\nReturn a formatted version of the string as described by format_spec.',
    },
  ];
}
