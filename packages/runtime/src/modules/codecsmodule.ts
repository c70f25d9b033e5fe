/** The module `_codecs`: encoders and decoders as functions, and their registry. Mirrors Modules/_codecsmodule.c. */
import { METH_FASTCALL, METH_KEYWORDS, METH_O } from '@moult/abi';
import { bytes, i32, ROOM_STATE } from '../memory/linear.ts';
import { _PyArg_BadArgument, _PyArg_CheckPositional, unpackKeywords } from '../objects/args.ts';
import { PyBytes_FromStringAndSize } from '../objects/bytesobject.ts';
import { callFunction } from '../objects/call.ts';
import {
  handleDecodeError,
  handleEncodeError,
  PyCodec_LookupError,
  PyCodec_RegisterError,
} from '../objects/codecerrors.ts';
import {
  decodeInput,
  type nativeCodec,
  PyCodec_Register,
  PyCodec_Unregister,
  PyUnicode_AsEncodedString,
  _PyCodec_Lookup,
} from '../objects/codecs.ts';
import { raise, raiseObject } from '../objects/errors.ts';
import { PyLong_AsInt, PyLong_AsSsize_t, PyLong_FromLong } from '../objects/longobject.ts';
import { PyCFunction_NewEx } from '../objects/methodobject.ts';
import {
  hold,
  Py_NewRef,
  PyObject_TypeCheck,
  PyTuple_Check,
  PyUnicode_Check,
  type Ref,
  release,
  typeNameOf,
} from '../objects/object.ts';
import { PyObject_GetAttrString, PyObject_IsTrue } from '../objects/objectattr.ts';
import type { MethodSpec } from '../objects/spec.ts';
import {
  Py_None,
  PyExc_Exception,
  PyExc_TypeError,
  PyExc_UnicodeDecodeError,
  PyExc_UnicodeEncodeError,
  PyExc_UnicodeTranslateError,
} from '../objects/static.ts';
import { buildTuple } from '../objects/tupleobject.ts';
import { fromCodePoints } from '../objects/unicodemake.ts';
import { asText, PyUnicode_FromString } from '../objects/unicodeobject.ts';
import { none } from './builtinfuncs.ts';
import { withData } from './codecsdata.ts';
import { charmapFunctions, escapeFunctions } from './codecsmaps.ts';
import type { ModuleSpec } from './spec.ts';
import { PyMethodDef } from '@moult/abi';

/** The table of the error handlers that every process knows. */
const HANDLERS = ROOM_STATE + 0x4a00;

type Codec = NonNullable<ReturnType<typeof nativeCodec>>;

/** The text of an `errors` argument; null where it is not given. */
export function errorsArg(fname: string, n: number, op: Ref): string | null {
  if (op === 0 || op === Py_None) return null;
  if (!PyUnicode_Check(op)) _PyArg_BadArgument(fname, `argument ${n}`, 'str or None', op);
  return asText(op);
}
const argAt = (args: number, nargs: number, i: number): Ref => (i < nargs ? i32(args + (i << 3)) : 0);

/** (object, length). */
export function withLength(make: () => Ref, length: number): Ref {
  return buildTuple(make, () => PyLong_FromLong(length));
}
function encoder(name: string, codecOf: (byteorder: number) => Codec, ordered = false): MethodSpec {
  const fname = `${name}_encode`;
  return {
    name: fname,
    flags: METH_FASTCALL,
    fn(_m: Ref, args: number, nargs: number): Ref {
      _PyArg_CheckPositional(fname, nargs, 1, ordered ? 3 : 2);
      const str = i32(args);
      if (!PyUnicode_Check(str)) _PyArg_BadArgument(fname, 'argument 1', 'str', str);
      const errors = errorsArg(fname, 2, argAt(args, nargs, 1));
      const codec = codecOf(nargs > 2 ? PyLong_AsInt(i32(args + 16)) : 0);
      return withLength(() => PyUnicode_AsEncodedString(str, codec, errors), i32(str + 16));
    },
    doc: `${fname}($module, str, errors=None, ${ordered ? 'byteorder=0, ' : ''}/)\n--\n\n`,
  };
}
/** How many of the last bytes are the beginning of a character that goes on behind them. */
function unfinished(codec: Codec, p: number, n: number): number {
  const at = (i: number): number => bytes[p + i] as number;
  if (codec === 'utf-8') {
    for (let k = 1; k <= 3 && k <= n; k++) {
      const c = at(n - k);
      if ((c & 0xc0) === 0x80) continue;
      const size = c >= 0xf0 && c < 0xf5 ? 4 : c >= 0xe0 && c < 0xf0 ? 3 : c >= 0xc2 && c < 0xe0 ? 2 : 1;
      if (size <= k) return 0;
      const b = k > 1 ? at(n - k + 1) : -1;
      const wrong =
        b >= 0 &&
        ((c === 0xe0 && b < 0xa0) ||
          (c === 0xed && b >= 0xa0) ||
          (c === 0xf0 && b < 0x90) ||
          (c === 0xf4 && b >= 0x90));
      return wrong ? 0 : k;
    }
    return 0;
  }
  if (codec.startsWith('utf-32')) return n & 3;
  if (codec.startsWith('utf-16')) {
    const odd = n & 1;
    if (n - odd < 2) return odd;
    const high = codec === 'utf-16-be' ? at(n - odd - 2) : at(n - odd - 1);
    return (high & 0xfc) === 0xd8 ? odd + 2 : odd;
  }
  return 0;
}
function decoder(
  name: string,
  codec: Codec,
  incremental: 'no' | 'final' | 'partial',
  fname = `${name}_decode`,
): MethodSpec {
  const max = incremental === 'no' ? 2 : 3;
  const tail = incremental === 'no' ? '' : incremental === 'final' ? 'final=True, ' : 'final=False, ';
  return {
    name: fname,
    flags: METH_FASTCALL,
    fn(_m: Ref, args: number, nargs: number): Ref {
      _PyArg_CheckPositional(fname, nargs, 1, max);
      const errors = errorsArg(fname, 2, argAt(args, nargs, 1));
      const final = nargs > 2 ? PyObject_IsTrue(i32(args + 16)) : incremental !== 'partial';
      return withData(i32(args), incremental === 'final' || name === 'escape', (p, n) => {
        const used = final ? n : n - unfinished(codec, p, n);
        const object = (): Ref => PyBytes_FromStringAndSize(p, n);
        return withLength(() => decodeInput({ p, n: used, object }, codec, errors), used);
      });
    },
    doc: `${fname}($module, data, errors=None, ${tail}/)\n--\n\n`,
  };
}
/** utf_16_ex_decode and utf_32_ex_decode: (text, length, byte order that was found). */
function exDecoder(bits: 16 | 32): MethodSpec {
  const fname = `utf_${bits}_ex_decode`;
  return {
    name: fname,
    flags: METH_FASTCALL,
    fn(_m: Ref, args: number, nargs: number): Ref {
      _PyArg_CheckPositional(fname, nargs, 1, 4);
      const errors = errorsArg(fname, 2, argAt(args, nargs, 1));
      let order = nargs > 2 ? PyLong_AsInt(i32(args + 16)) : 0;
      const final = nargs > 3 && PyObject_IsTrue(i32(args + 24));
      return withData(i32(args), false, (p, n) => {
        let skip = 0;
        const size = bits >> 3;
        if (order === 0 && n >= size) {
          const mark = (i: number): number => bytes[p + i] as number;
          const zero = bits === 16 || (mark(2) === 0 && mark(3) === 0);
          if (mark(0) === 0xff && mark(1) === 0xfe && zero) order = -1;
          else if (
            bits === 16
              ? mark(0) === 0xfe && mark(1) === 0xff
              : mark(2) === 0xfe && mark(3) === 0xff && mark(0) + mark(1) === 0
          )
            order = 1;
          if (order !== 0) skip = size;
        }
        const codec = `utf-${bits}-${order > 0 ? 'be' : 'le'}` as Codec;
        const used = final ? n : n - unfinished(codec, p + skip, n - skip);
        const object = (): Ref => PyBytes_FromStringAndSize(p, n);
        return buildTuple(
          () => decodeInput({ p: p + skip, n: used - skip, object }, codec, errors),
          () => PyLong_FromLong(used),
          () => PyLong_FromLong(order),
        );
      });
    },
    doc: `${fname}($module, data, errors=None, byteorder=0, final=False,\n                 /)\n--\n\n`,
  };
}

// ---- the registry -----------------------------------------------------------------------------------------------------------

function textArg(fname: string, what: string, op: Ref): string {
  if (!PyUnicode_Check(op)) _PyArg_BadArgument(fname, what, 'str', op);
  return asText(op);
}
/** encode and decode: the codec's function `index`. */
function byCodec(fname: 'encode' | 'decode', index: number): MethodSpec {
  return {
    name: fname,
    flags: METH_FASTCALL | METH_KEYWORDS,
    fn(_m: Ref, args: number, nargs: number, kwnames: Ref): Ref {
      const [obj, encoding, errors] = unpackKeywords(args, nargs, kwnames, {
        fname,
        keywords: ['obj', 'encoding', 'errors'],
        required: 1,
      }) as [Ref, Ref, Ref];
      const name = encoding === 0 ? 'utf-8' : textArg(fname, "argument 'encoding'", encoding);
      const how = errors === 0 ? null : textArg(fname, "argument 'errors'", errors);
      const m = hold(_PyCodec_Lookup(name));
      if (how !== null) hold(PyUnicode_FromString(how));
      const func = i32(i32(m) + 24 + (index << 3));
      const result = how === null ? callFunction(func, obj) : callFunction(func, obj, i32(m + 8));
      hold(result);
      if (!PyTuple_Check(result) || i32(result + 16) !== 2) {
        raise(PyExc_TypeError, `${fname}r must return a tuple (object, integer)`);
      }
      const value = Py_NewRef(i32(result + 24));
      release(m);
      return value;
    },
    doc: `${fname}($module, /, obj, encoding='utf-8', errors='strict')\n--\n\n`,
  };
}
function lookup(_m: Ref, encoding: Ref): Ref {
  return _PyCodec_Lookup(textArg('lookup', 'argument', encoding));
}

// ---- the error handlers -----------------------------------------------------------------------------------------------------

/** An error handler as a function of an exception: (replacement, where to go on). */
function handler(name: string): MethodSpec {
  return {
    name: `${name}_errors`.replace(/^(surrogate\w+)_errors$/, '$1'),
    flags: METH_O,
    fn(_m: Ref, exc: Ref): Ref {
      if (name === 'strict') {
        if (!PyObject_TypeCheck(exc, PyExc_Exception)) raise(PyExc_TypeError, 'codec must pass exception instance');
        raiseObject(i32(exc + 8), exc);
      }
      const m = hold(0);
      const part = (attribute: string): Ref => {
        const k = hold(PyObject_GetAttrString(exc, attribute));
        return i32(k);
      };
      const encodes = PyObject_TypeCheck(exc, PyExc_UnicodeEncodeError);
      const decodes = PyObject_TypeCheck(exc, PyExc_UnicodeDecodeError);
      const translates = PyObject_TypeCheck(exc, PyExc_UnicodeTranslateError);
      const known = encodes || decodes || (translates && !name.startsWith('surrogate'));
      if (!known) raise(PyExc_TypeError, `don't know how to handle ${typeNameOf(exc)} in error callback`);
      const object = part('object');
      const start = PyLong_AsSsize_t(part('start'));
      const end = PyLong_AsSsize_t(part('end'));
      const reason = asText(part('reason'));
      const encoding = translates ? '' : asText(part('encoding'));
      let made: Ref;
      let next = end;
      if (decodes) {
        const out: number[] = [];
        const input = { p: object + 32, n: i32(object + 16), object: () => Py_NewRef(object) };
        next = handleDecodeError(name, encoding, input, start, end, reason, out);
        made = fromCodePoints(out);
      } else if (translates && name === 'replace') made = fromCodePoints(new Array<number>(end - start).fill(0xfffd));
      else {
        const r = handleEncodeError(name, encoding, object, start, end, reason);
        next = r.next;
        made =
          r.bytes !== null ? PyBytes_FromStringAndSize(Uint8Array.from(r.bytes)) : fromCodePoints(r.chars as number[]);
      }
      const pair = withLength(() => made, next);
      release(m);
      return pair;
    },
  };
}
const HANDLER_NAMES = [
  'strict',
  'ignore',
  'replace',
  'xmlcharrefreplace',
  'backslashreplace',
  'namereplace',
  'surrogatepass',
  'surrogateescape',
];

export const codecsSpec: ModuleSpec = {
  name: '_codecs',
  methods: [
    {
      name: 'register',
      flags: METH_O,
      fn(_m: Ref, search: Ref): Ref {
        PyCodec_Register(search);
        return none();
      },
      doc: 'register($module, search_function, /)\n--\n\n',
    },
    {
      name: 'unregister',
      flags: METH_O,
      fn(_m: Ref, search: Ref): Ref {
        PyCodec_Unregister(search);
        return none();
      },
      doc: 'unregister($module, search_function, /)\n--\n\n',
    },
    { name: 'lookup', flags: METH_O, fn: lookup, doc: 'lookup($module, encoding, /)\n--\n\n' },
    byCodec('encode', 0),
    byCodec('decode', 1),
    {
      name: 'register_error',
      flags: METH_FASTCALL,
      fn(_m: Ref, args: number, nargs: number): Ref {
        _PyArg_CheckPositional('register_error', nargs, 2, 2);
        PyCodec_RegisterError(textArg('register_error', 'argument 1', i32(args)), i32(args + 8));
        return none();
      },
      doc: 'register_error($module, errors, handler, /)\n--\n\n',
    },
    {
      name: 'lookup_error',
      flags: METH_O,
      fn: (_m: Ref, name: Ref) => PyCodec_LookupError(textArg('lookup_error', 'argument', name)),
      doc: 'lookup_error($module, name, /)\n--\n\n',
    },
    encoder('utf_8', () => 'utf-8'),
    decoder('utf_8', 'utf-8', 'partial'),
    encoder('utf_16', (o) => (o === 0 ? 'utf-16' : o < 0 ? 'utf-16-le' : 'utf-16-be'), true),
    encoder('utf_16_le', () => 'utf-16-le'),
    encoder('utf_16_be', () => 'utf-16-be'),
    decoder('utf_16', 'utf-16', 'partial'),
    decoder('utf_16_le', 'utf-16-le', 'partial'),
    decoder('utf_16_be', 'utf-16-be', 'partial'),
    exDecoder(16),
    encoder('utf_32', (o) => (o === 0 ? 'utf-32' : o < 0 ? 'utf-32-le' : 'utf-32-be'), true),
    encoder('utf_32_le', () => 'utf-32-le'),
    encoder('utf_32_be', () => 'utf-32-be'),
    decoder('utf_32', 'utf-32', 'partial'),
    decoder('utf_32_le', 'utf-32-le', 'partial'),
    decoder('utf_32_be', 'utf-32-be', 'partial'),
    exDecoder(32),
    encoder('unicode_escape', () => 'unicode-escape'),
    decoder('unicode_escape', 'unicode-escape', 'final'),
    encoder('raw_unicode_escape', () => 'raw-unicode-escape'),
    decoder('raw_unicode_escape', 'raw-unicode-escape', 'final'),
    encoder('latin_1', () => 'latin-1'),
    decoder('latin_1', 'latin-1', 'no'),
    encoder('ascii', () => 'ascii'),
    decoder('ascii', 'ascii', 'no'),
    ...charmapFunctions(),
    ...escapeFunctions(),
  ],
  hidden: { at: HANDLERS, methods: HANDLER_NAMES.map(handler) },
  exec(): void {
    HANDLER_NAMES.forEach((name, i) => {
      const m = hold(PyCFunction_NewEx(i32(HANDLERS) + i * PyMethodDef.SIZE, 0, 0));
      PyCodec_RegisterError(name, i32(m));
      release(m);
    });
  },
};
