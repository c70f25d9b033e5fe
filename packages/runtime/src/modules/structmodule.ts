/** The module `_struct`. Mirrors Modules/_struct.c. */
import { METH_FASTCALL, METH_KEYWORDS, METH_NOARGS, METH_O, Py_buffer, PyBUF_WRITABLE } from '@moult/abi';
import { Py_TPFLAGS_BASETYPE, Py_TPFLAGS_HAVE_GC, PyTypeObject as T } from '@moult/abi';
import { _PyObject_GC_New } from '../gc/alloc.ts';
import { _PyObject_GC_TRACK, PyObject_GC_UnTrack } from '../gc/track.ts';
import { bytes, i32, setI32, setPtr } from '../memory/linear.ts';
import { PyMem_Calloc, PyMem_Free } from '../memory/obmalloc.ts';
import { type NativeFunction, text } from '../memory/text.ts';
import {
  PyBuffer_Release,
  PyObject_CheckBuffer,
  PyObject_GetBuffer,
  withBytes,
  withView,
} from '../objects/abstractbuffer.ts';
import { PyNumber_AsSsize_t } from '../objects/abstractnumber.ts';
import { _PyArg_CheckPositional, unpackKeywords, unpackTupleAndDict } from '../objects/args.ts';
import { newBytes } from '../objects/bytesobject.ts';
import { PyUnicode_AsEncodedString } from '../objects/codecs.ts';
import { callFunction } from '../objects/call.ts';
import {
  PyDict_GetItemWithError,
  PyDict_New,
  PyDict_SetItem,
  PyDict_SetItemString,
  PyDict_Size,
} from '../objects/dictobject.ts';
import { catchPending, PyErr_Clear, PyErr_NoMemory, raise } from '../objects/errors.ts';
import { PyDict_Clear } from '../objects/dictdelete.ts';
import { PyLong_FromLong } from '../objects/longobject.ts';
import { PyModule_GetDict } from '../objects/moduleobject.ts';
import {
  drop,
  hold,
  nativeMark,
  PyBytes_Check,
  PyUnicode_Check,
  Py_CLEAR,
  Py_NewRef,
  type Ref,
  release,
  typeNameOf,
} from '../objects/object.ts';
import { PyObject_GenericGetAttr, PyObject_GenericSetAttr } from '../objects/genericattr.ts';
import { PyObject_SelfIter } from '../objects/objectattr.ts';
import type { MethodSpec, TypeSpec } from '../objects/spec.ts';
import { PyExc_Exception, PyExc_IndexError, PyExc_TypeError, Py_None, PyType_Type } from '../objects/static.ts';
import { PyTuple_New, tupleSteal } from '../objects/tupleobject.ts';
import { typeAlloc } from '../objects/typealloc.ts';
import { asText, PyUnicode_FromString } from '../objects/unicodeobject.ts';
import { PyObject_ClearWeakRefs } from '../objects/weakrefobject.ts';
import { none } from './builtinfuncs.ts';
import { visitType } from './records.ts';
import { type ModuleSpec, setStolen, setText } from './spec.ts';
import { type Format, packValues, parseFormat, unpackValues } from './structformat.ts';
import { PyStructType, SO, structError, UI, UnpackIter_Type } from './structstate.ts';
import { interpreterDict, moduleDict } from './sysstate.ts';

/** The text of a format: str or bytes. */
function formatText(op: Ref): string {
  let s = '';
  if (PyUnicode_Check(op)) {
    s = asText(op);
    if ([...s].some((c) => c > '\x7f')) PyUnicode_AsEncodedString(op, 'ascii', null);
  } else if (PyBytes_Check(op))
    for (let i = 0; i < i32(op + 16); i++) s += String.fromCharCode(bytes[op + 32 + i] as number);
  else
    raise(
      PyExc_TypeError,
      `Struct() argument 1 must be a str or bytes object, not ${op === Py_None ? 'NoneType' : typeNameOf(op)}`,
    );
  if (s.includes('\0')) structError('embedded null character');
  return s;
}
const formatOfStruct = (self: Ref): Format => {
  if (i32(self + SO.s_codes) === 0) structError('Struct object is not initialized');
  return parseFormat(formatText(i32(self + SO.s_format)));
};

// ---- what module and Struct share ----------------------------------------------------------------------------------------

function pack(f: Format, args: number, nargs: number): Ref {
  if (nargs !== f.length) structError(`pack expected ${f.length} items for packing (got ${nargs})`);
  const result = newBytes(f.size);
  const m = hold(result);
  bytes.fill(0, result + 32, result + 32 + f.size);
  packValues(f, result + 32, (i) => i32(args + (i << 3)));
  drop(m);
  return result;
}
/** The place for `size` bytes at `offset` of a buffer. */
function place(what: 'pack' | 'unpack', offset: number, size: number, length: number): number {
  let at = offset;
  if (offset < 0) {
    if (offset + size > 0) {
      structError(
        what === 'pack'
          ? `no space to pack ${size} bytes at offset ${offset}`
          : `not enough data to unpack ${size} bytes at offset ${offset}`,
      );
    }
    if (offset + length < 0) structError(`offset ${offset} out of range for ${length}-byte buffer`);
    at += length;
  }
  if (length - at < size) {
    structError(
      `${what === 'pack' ? 'pack_into' : 'unpack_from'} requires a buffer of at least ${size + at} bytes for ` +
        `${what}ing ${size} bytes at offset ${at} (actual buffer size is ${length})`,
    );
  }
  return at;
}
function packInto(f: Format, args: number, nargs: number): Ref {
  if (nargs !== f.length + 2) {
    if (nargs === 0) structError('pack_into expected buffer argument');
    if (nargs === 1) structError('pack_into expected offset argument');
    structError(`pack_into expected ${f.length} items for packing (got ${nargs - 2})`);
  }
  withWritable(i32(args), (start, length) => {
    const offset = PyNumber_AsSsize_t(i32(args + 8), PyExc_IndexError);
    const p = start + place('pack', offset, f.size, length);
    bytes.fill(0, p, p + f.size);
    packValues(f, p, (i) => i32(args + 16 + (i << 3)));
  });
  return none();
}
/** Calls use(address, length) with the bytes of a writable object, exported meanwhile. */
function withWritable(op: Ref, use: (p: number, n: number) => void): void {
  if (PyBytes_Check(op) || !PyObject_CheckBuffer(op)) {
    raise(PyExc_TypeError, `argument must be read-write bytes-like object, not ${typeNameOf(op)}`);
  }
  withView(op, PyBUF_WRITABLE, (view) => use(i32(view + Py_buffer.buf), i32(view + Py_buffer.len)));
}
function unpackAt(f: Format, p: number): Ref {
  const tuple = PyTuple_New(f.length);
  const m = hold(tuple);
  unpackValues(f, p, (i, value) => setPtr(tuple + 24 + (i << 3), value));
  drop(m);
  return tuple;
}
function unpack(f: Format, buffer: Ref): Ref {
  return withBytes(buffer, (p, n) => {
    if (n !== f.size) structError(`unpack requires a buffer of ${f.size} bytes`);
    return unpackAt(f, p);
  });
}
function unpackFrom(f: Format, buffer: Ref, offset: Ref): Ref {
  const o = offset === 0 ? 0 : PyNumber_AsSsize_t(offset, PyExc_IndexError);
  return withBytes(buffer, (p, n) => unpackAt(f, p + place('unpack', o, f.size, n)));
}
function iterUnpack(struct: Ref, f: Format, buffer: Ref): Ref {
  if (f.size === 0) structError('cannot iteratively unpack with a struct of length 0');
  const it = _PyObject_GC_New(UnpackIter_Type);
  bytes.fill(0, it + UI.so, it + UI.SIZE);
  const m = hold(it);
  PyObject_GetBuffer(buffer, it + UI.buf, 0);
  if (i32(it + UI.buf + Py_buffer.len) % f.size !== 0) {
    structError(`iterative unpacking requires a buffer of a multiple of ${f.size} bytes`);
  }
  setPtr(it + UI.so, Py_NewRef(struct));
  _PyObject_GC_TRACK(it);
  drop(m);
  return it;
}

// ---- Struct -------------------------------------------------------------------------------------------------------------

function struct_new(type: Ref): Ref {
  return typeAlloc(type, 0);
}
function struct_init(self: Ref, args: Ref, kwds: Ref): void {
  const [format] = unpackTupleAndDict(args, kwds, {
    fname: 'Struct',
    loaded: 'Struct',
    keywords: ['format'],
    required: 1,
  }) as [Ref];
  fill(self, format);
}
function fill(self: Ref, format: Ref): void {
  const s = formatText(format);
  // kept as bytes
  const kept = newBytes(s.length);
  const m = hold(kept);
  for (let i = 0; i < s.length; i++) bytes[kept + 32 + i] = s.charCodeAt(i);
  const old = i32(self + SO.s_format);
  setPtr(self + SO.s_format, kept);
  setPtr(m, old);
  release(m);
  const f = parseFormat(s);
  const codes = PyMem_Calloc(f.codes.length + 1, 32);
  if (codes === 0) PyErr_NoMemory();
  f.codes.forEach((code, i) => {
    setPtr(codes + 32 * i, code.code.charCodeAt(0));
    setPtr(codes + 32 * i + 8, code.offset);
    setPtr(codes + 32 * i + 16, code.size);
    setPtr(codes + 32 * i + 24, code.repeat);
  });
  const before = i32(self + SO.s_codes);
  if (before !== 0) PyMem_Free(before);
  setPtr(self + SO.s_codes, codes);
  setPtr(self + SO.s_size, f.size);
  setPtr(self + SO.s_len, f.length);
}
function struct_dealloc(self: Ref): void {
  PyObject_GC_UnTrack(self);
  if (i32(self + SO.weakreflist) !== 0) PyObject_ClearWeakRefs(self);
  const codes = i32(self + SO.s_codes);
  if (codes !== 0) PyMem_Free(codes);
  setPtr(self + SO.s_codes, 0);
  Py_CLEAR(self + SO.s_format);
  (text[i32(i32(self + 8) + T.tp_free)] as NativeFunction)(self);
}
function struct_repr(self: Ref): Ref {
  formatOfStruct(self);
  return PyUnicode_FromString(`${typeNameOf(self).replace(/^.*\./, '')}('${formatText(i32(self + SO.s_format))}')`);
}
function struct_sizeof(self: Ref): Ref {
  return PyLong_FromLong(i32(i32(self + 8) + T.tp_basicsize) + 32 * (formatOfStruct(self).codes.length + 1));
}
const FAST = METH_FASTCALL;
const FASTKW = METH_FASTCALL | METH_KEYWORDS;
const structMethods: readonly MethodSpec[] = [
  {
    name: 'iter_unpack',
    flags: METH_O,
    fn: (self: Ref, buffer: Ref) => iterUnpack(self, formatOfStruct(self), buffer),
  },
  { name: 'pack', flags: FAST, fn: (self: Ref, args: number, n: number) => pack(formatOfStruct(self), args, n) },
  {
    name: 'pack_into',
    flags: FAST,
    fn: (self: Ref, args: number, n: number) => packInto(formatOfStruct(self), args, n),
  },
  { name: 'unpack', flags: METH_O, fn: (self: Ref, buffer: Ref) => unpack(formatOfStruct(self), buffer) },
  {
    name: 'unpack_from',
    flags: FASTKW,
    fn(self: Ref, args: number, n: number, names: Ref): Ref {
      const [buffer, offset] = unpackKeywords(args, n, names, {
        fname: 'unpack_from',
        loaded: 'Struct.unpack_from',
        keywords: ['buffer', 'offset'],
        required: 1,
      }) as [Ref, Ref];
      return unpackFrom(formatOfStruct(self), buffer, offset);
    },
  },
  { name: '__sizeof__', flags: METH_NOARGS, fn: struct_sizeof },
];
const structSpec: TypeSpec = {
  address: PyStructType,
  name: '_struct.Struct',
  basicsize: SO.SIZE,
  flags: Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE,
  weaklistoffset: SO.weakreflist,
  doc: 'Struct(fmt) --> compiled struct object',
  slots: {
    tp_dealloc: struct_dealloc,
    tp_traverse(self: Ref, visit: (op: Ref, arg: number) => void, arg: number): void {
      visitType(self, visit, arg);
    },
    tp_new: struct_new,
    tp_init: struct_init,
    tp_repr: struct_repr,
    tp_getattro: PyObject_GenericGetAttr,
    tp_setattro: PyObject_GenericSetAttr,
  },
  methods: structMethods,
  getset: [
    {
      name: 'format',
      get: (self: Ref) => PyUnicode_FromString(formatText(i32(self + SO.s_format))),
      doc: 'struct format string',
    },
    { name: 'size', get: (self: Ref) => PyLong_FromLong(i32(self + SO.s_size)), doc: 'struct size in bytes' },
  ],
};

// ---- the iterator -------------------------------------------------------------------------------------------------------

function clearIter(it: Ref): void {
  Py_CLEAR(it + UI.so);
  PyBuffer_Release(it + UI.buf);
}
function remaining(it: Ref): number {
  const so = i32(it + UI.so);
  return so === 0 ? 0 : (i32(it + UI.buf + Py_buffer.len) - i32(it + UI.index)) / i32(so + SO.s_size);
}
const unpackIterSpec: TypeSpec = {
  address: UnpackIter_Type,
  name: '_struct.unpack_iterator',
  basicsize: UI.SIZE,
  flags: Py_TPFLAGS_HAVE_GC | (1 << 7),
  slots: {
    tp_dealloc(it: Ref): void {
      PyObject_GC_UnTrack(it);
      clearIter(it);
      (text[i32(i32(it + 8) + T.tp_free)] as NativeFunction)(it);
    },
    tp_traverse(it: Ref, visit: (op: Ref, arg: number) => void, arg: number): void {
      visitType(it, visit, arg);
      for (const slot of [UI.so, UI.buf + Py_buffer.obj]) if (i32(it + slot) !== 0) visit(i32(it + slot), arg);
    },
    tp_iter: PyObject_SelfIter,
    tp_iternext(it: Ref): Ref {
      const so = i32(it + UI.so);
      if (so === 0) return 0;
      const at = i32(it + UI.index);
      if (at >= i32(it + UI.buf + Py_buffer.len)) {
        clearIter(it);
        return 0;
      }
      const result = unpackAt(formatOfStruct(so), i32(it + UI.buf) + at);
      setI32(it + UI.index, at + i32(so + SO.s_size));
      return result;
    },
  },
  methods: [{ name: '__length_hint__', flags: METH_NOARGS, fn: (it: Ref) => PyLong_FromLong(remaining(it)) }],
};
export const structTypes = [structSpec, unpackIterSpec];

// ---- the module ---------------------------------------------------------------------------------------------------------

const MAXCACHE = 100;
/** The Struct of a format, made once: the module keeps up to 100 of them (cache_struct_converting). A new reference. */
function cachedStruct(format: Ref): Ref {
  const cache = moduleDict('_struct.cache');
  const known = PyDict_GetItemWithError(cache, format);
  if (known !== 0) return Py_NewRef(known);
  const m = hold(tupleSteal(Py_NewRef(format)));
  const struct = typeAlloc(PyStructType, 0);
  hold(struct);
  fill(struct, format);
  drop(m + 8);
  release(m);
  hold(struct);
  if (PyDict_Size(cache) >= MAXCACHE) PyDict_Clear(cache);
  const mark = nativeMark();
  try {
    PyDict_SetItem(cache, format, struct);
  } catch (e) {
    catchPending(e, mark);
    PyErr_Clear();
  }
  drop(m);
  return struct;
}
function withStruct(format: Ref, use: (f: Format, struct: Ref) => Ref): Ref {
  const m = hold(cachedStruct(format));
  const result = use(formatOfStruct(i32(m)), i32(m));
  release(m);
  return result;
}
function needFormat(nargs: number): void {
  if (nargs === 0) raise(PyExc_TypeError, 'missing format argument');
}
export const structModuleSpec: ModuleSpec = {
  name: '_struct',
  doc: 'Functions to convert between Python values and C structs.\nPython bytes objects are used to hold the data representing the C struct\nand also as format strings (explained below) to describe the layout of data\nin the C struct.',
  methods: [
    {
      name: '_clearcache',
      flags: METH_NOARGS,
      fn(): Ref {
        PyDict_Clear(moduleDict('_struct.cache'));
        return none();
      },
      doc: '_clearcache($module, /)\n--\n\nClear the internal cache.',
    },
    {
      name: 'calcsize',
      flags: METH_O,
      fn: (_m: Ref, format: Ref) => withStruct(format, (f) => PyLong_FromLong(f.size)),
      doc: 'calcsize($module, format, /)\n--\n\nReturn size in bytes of the struct described by the format string.',
    },
    {
      name: 'iter_unpack',
      flags: FAST,
      fn(_m: Ref, args: number, nargs: number): Ref {
        _PyArg_CheckPositional('iter_unpack', nargs, 2, 2);
        return withStruct(i32(args), (f, struct) => iterUnpack(struct, f, i32(args + 8)));
      },
    },
    {
      name: 'pack',
      flags: FAST,
      fn(_m: Ref, args: number, nargs: number): Ref {
        needFormat(nargs);
        return withStruct(i32(args), (f) => pack(f, args + 8, nargs - 1));
      },
      doc: 'pack(format, v1, v2, ...) -> bytes\n\nReturn a bytes object containing the values v1, v2, ... packed according\nto the format string.  See help(struct) for more on format strings.',
    },
    {
      name: 'pack_into',
      flags: FAST,
      fn(_m: Ref, args: number, nargs: number): Ref {
        needFormat(nargs);
        return withStruct(i32(args), (f) => packInto(f, args + 8, nargs - 1));
      },
    },
    {
      name: 'unpack',
      flags: FAST,
      fn(_m: Ref, args: number, nargs: number): Ref {
        _PyArg_CheckPositional('unpack', nargs, 2, 2);
        return withStruct(i32(args), (f) => unpack(f, i32(args + 8)));
      },
    },
    {
      name: 'unpack_from',
      flags: FASTKW,
      fn(_m: Ref, args: number, nargs: number, names: Ref): Ref {
        const [format, buffer, offset] = unpackKeywords(args, nargs, names, {
          fname: 'unpack_from',
          loaded: '_struct.unpack_from',
          keywords: ['', 'buffer', 'offset'],
          required: 2,
        }) as [Ref, Ref, Ref];
        return withStruct(format, (f) => unpackFrom(f, buffer, offset));
      },
    },
  ],
  exec(module: Ref): void {
    moduleDict('_struct.cache');
    const d = PyModule_GetDict(module);
    PyDict_SetItemString(d, 'Struct', PyStructType);
    const name = hold(PyUnicode_FromString('error'));
    const bases = hold(tupleSteal(Py_NewRef(PyExc_Exception)));
    const dict = hold(PyDict_New());
    setText(i32(dict), '__module__', 'struct');
    const type = callFunction(PyType_Type, i32(name), i32(bases), i32(dict));
    hold(type);
    PyDict_SetItemString(interpreterDict(), '_struct.error', type);
    drop(dict + 8);
    release(name);
    setStolen(d, 'error', type);
  },
};
