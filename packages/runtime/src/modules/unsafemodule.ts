/**
 * The package `moult` with the module `moult.unsafe`: the mistakes that native code can make with memory, to be made on
 * purpose (docs/mistakes.md). From the first of them on the process counts as tainted: what breaks then is its own doing.
 */
import { METH_FASTCALL, METH_O } from '@moult/abi';
import { DEADBYTE } from '../memory/debughooks.ts';
import { fatalError, segmentationFault } from '../memory/fatal.ts';
import { bytes, i32, setI32, u8 } from '../memory/linear.ts';
import { isMapped, taint as markTainted } from '../memory/mapped.ts';
import {
  PyMem_Free,
  PyMem_Malloc,
  PyMem_RawFree,
  PyMem_RawMalloc,
  PyMem_RawRealloc,
  PyMem_Realloc,
  PyObject_Free,
  PyObject_Malloc,
  PyObject_Realloc,
} from '../memory/obmalloc.ts';
import { PyNumber_AsSsize_t } from '../objects/abstractnumber.ts';
import { _PyArg_CheckPositional } from '../objects/args.ts';
import { PyBytes_FromStringAndSize } from '../objects/bytesobject.ts';
import { PyErr_NoMemory, raise } from '../objects/errors.ts';
import { PyList_New } from '../objects/listobject.ts';
import { PyLong_AsBigInt, PyLong_FromLong } from '../objects/longobject.ts';
import { PyModule_GetDict } from '../objects/moduleobject.ts';
import {
  Py_DECREF,
  Py_INCREF,
  Py_NewRef,
  PyBytes_Check,
  PyLong_Check,
  PyUnicode_Check,
  type Ref,
  tpName,
  typeNameOf,
} from '../objects/object.ts';
import { PyObject_Repr } from '../objects/objectattr.ts';
import { PyExc_OverflowError, PyExc_TypeError, PyExc_ValueError } from '../objects/static.ts';
import { asText } from '../objects/unicodeobject.ts';
import { none } from './builtinfuncs.ts';
import { hostNotes } from './hostio.ts';
import { type ModuleSpec, setStolen } from './spec.ts';

function taint(): void {
  if (markTainted()) hostNotes.tainted();
}
const hex = (n: number): string => `0x${n.toString(16)}`;

/** An address: any number that 64 bits hold. Beyond what a double counts exactly it is nowhere anyway. */
function addressOf(op: Ref): number {
  if (!PyLong_Check(op)) raise(PyExc_TypeError, `an address must be an int, not ${typeNameOf(op)}`);
  return Number(BigInt.asUintN(64, PyLong_AsBigInt(op)));
}
function argument(args: number, i: number): Ref {
  return i32(args + (i << 3));
}

interface Domain {
  malloc(n: number): number;
  realloc(p: number, n: number): number;
  free(p: number): void;
}
function domainOf(args: number, nargs: number, i: number): Domain {
  const op = nargs > i ? argument(args, i) : 0;
  const name = op === 0 ? 'object' : PyUnicode_Check(op) ? asText(op) : '';
  switch (name) {
    case 'raw':
      return { malloc: PyMem_RawMalloc, realloc: PyMem_RawRealloc, free: PyMem_RawFree };
    case 'mem':
      return { malloc: PyMem_Malloc, realloc: PyMem_Realloc, free: PyMem_Free };
    case 'object':
      return { malloc: PyObject_Malloc, realloc: PyObject_Realloc, free: PyObject_Free };
    default:
      raise(PyExc_ValueError, "a domain is 'raw', 'mem' or 'object'");
  }
}
function sizeArgument(op: Ref): number {
  const n = PyNumber_AsSsize_t(op, PyExc_OverflowError);
  if (n < 0) raise(PyExc_ValueError, 'a size is not negative');
  return n;
}
/** Native code that is given an address of nowhere faults where it first looks at it. */
function touch(address: number, n: number, what: string): void {
  if (!isMapped(address, n))
    segmentationFault(`${what} touched ${n} bytes at ${hex(address)}, where nothing is mapped`, '', address);
}

function unsafe_alloc(_m: Ref, args: number, nargs: number): Ref {
  _PyArg_CheckPositional('alloc', nargs, 1, 2);
  const p = domainOf(args, nargs, 1).malloc(sizeArgument(argument(args, 0)));
  if (p === 0) PyErr_NoMemory();
  return PyLong_FromLong(p);
}
function unsafe_realloc(_m: Ref, args: number, nargs: number): Ref {
  _PyArg_CheckPositional('realloc', nargs, 2, 3);
  taint();
  const p = addressOf(argument(args, 0));
  if (p !== 0) touch(p, 1, 'realloc');
  const q = domainOf(args, nargs, 2).realloc(p, sizeArgument(argument(args, 1)));
  if (q === 0) PyErr_NoMemory();
  return PyLong_FromLong(q);
}
function unsafe_free(_m: Ref, args: number, nargs: number): Ref {
  _PyArg_CheckPositional('free', nargs, 1, 2);
  taint();
  const p = addressOf(argument(args, 0));
  if (p !== 0) touch(p, 1, 'free');
  domainOf(args, nargs, 1).free(p);
  return none();
}
function unsafe_peek(_m: Ref, args: number, nargs: number): Ref {
  _PyArg_CheckPositional('peek', nargs, 1, 2);
  const address = addressOf(argument(args, 0));
  const n = nargs > 1 ? sizeArgument(argument(args, 1)) : 8;
  touch(address, n, 'peek');
  return PyBytes_FromStringAndSize(address, n);
}
/** poke(address, bytes) or poke(address, n, size=8): n in little-endian order. */
function unsafe_poke(_m: Ref, args: number, nargs: number): Ref {
  _PyArg_CheckPositional('poke', nargs, 2, 3);
  taint();
  const address = addressOf(argument(args, 0));
  const value = argument(args, 1);
  if (PyBytes_Check(value)) {
    const n = i32(value + 16);
    touch(address, n, 'poke');
    bytes.copyWithin(address, value + 32, value + 32 + n);
    return none();
  }
  if (!PyLong_Check(value)) raise(PyExc_TypeError, `poke() writes bytes or an int, not ${typeNameOf(value)}`);
  const size = nargs > 2 ? sizeArgument(argument(args, 2)) : 8;
  const bits = PyLong_AsBigInt(value);
  touch(address, size, 'poke');
  for (let i = 0; i < size; i++) bytes[address + i] = Number(BigInt.asUintN(8, bits >> BigInt(8 * i)));
  return none();
}

function unsafe_incref(_m: Ref, op: Ref): Ref {
  taint();
  Py_INCREF(op);
  return none();
}
function unsafe_decref(_m: Ref, op: Ref): Ref {
  taint();
  decref(op);
  return none();
}
function unsafe_incref_at(_m: Ref, address: Ref): Ref {
  taint();
  Py_INCREF(objectAt(address, 'incref_at'));
  return none();
}
function unsafe_decref_at(_m: Ref, address: Ref): Ref {
  taint();
  decref(objectAt(address, 'decref_at'));
  return none();
}
function unsafe_object_at(_m: Ref, address: Ref): Ref {
  taint();
  return Py_NewRef(objectAt(address, 'object_at'));
}
function objectAt(op: Ref, who: string): Ref {
  const address = addressOf(op);
  touch(address, 16, who);
  return address;
}

/** Py_DECREF as a CPython built with Py_REF_DEBUG has it: a count of 0 or less is the end. */
function decref(op: Ref): void {
  const count = i32(op);
  if (count === 0 || (count < 0 && isFreed(op))) negativeCount(op);
  Py_DECREF(op);
}
/** _PyObject_IsFreed: the type's pointer is one of the debug hooks' fill bytes. */
function isFreed(op: Ref): boolean {
  return [0, 1, 2, 3, 4, 5, 6, 7].every((i) => u8(op + 8 + i) === DEADBYTE);
}
/** _Py_NegativeRefcount, and the report of _PyObject_AssertFailed. */
function negativeCount(op: Ref): never {
  let text = 'moult.unsafe: _Py_NegativeRefcount: Assertion failed: object has negative ref count\n';
  if (isFreed(op)) text += `<object at ${hex(op)} is freed>\n`;
  else {
    text += 'Enable tracemalloc to get the memory block allocation traceback\n\n';
    text += `object address  : ${hex(op)}\nobject refcount : ${i32(op)}\nobject type     : ${hex(i32(op + 8))}\n`;
    text += `object type name: ${tpName(i32(op + 8))}\nobject repr     : ${reprText(op)}\n\n`;
  }
  fatalError('_PyObject_AssertFailed', '_PyObject_AssertFailed', text, op);
}
function reprText(op: Ref): string {
  // nothing may free it meanwhile
  setI32(op, 1 << 20);
  return asText(PyObject_Repr(op));
}

const f = (name: string, fn: (m: Ref, args: number, nargs: number) => Ref, doc: string) =>
  ({ name, flags: METH_FASTCALL, fn, doc }) as const;
const o = (name: string, fn: (m: Ref, op: Ref) => Ref, doc: string) => ({ name, flags: METH_O, fn, doc }) as const;

export const moultSpec: ModuleSpec = {
  name: 'moult',
  doc: 'What the engine has beyond CPython.',
  methods: [],
  exec(module: Ref): void {
    setStolen(PyModule_GetDict(module), '__path__', PyList_New(0));
  },
};
export const unsafeSpec: ModuleSpec = {
  name: 'moult.unsafe',
  doc: 'Mistakes with memory, to be made on purpose.',
  methods: [
    f('alloc', unsafe_alloc, "alloc(size, domain='object') -> address; domains are 'raw', 'mem' and 'object'"),
    f('realloc', unsafe_realloc, "realloc(address, size, domain='object') -> address"),
    f('free', unsafe_free, "free(address, domain='object')"),
    f('peek', unsafe_peek, 'peek(address, size=8) -> bytes'),
    f('poke', unsafe_poke, 'poke(address, bytes); poke(address, int, size=8)'),
    o('incref', unsafe_incref, 'incref(object): one reference more than anyone holds'),
    o('decref', unsafe_decref, 'decref(object): one reference less than are held'),
    o('incref_at', unsafe_incref_at, 'incref_at(address)'),
    o('decref_at', unsafe_decref_at, 'decref_at(address)'),
    o('object_at', unsafe_object_at, 'object_at(address) -> what lies there, taken for an object'),
  ],
};
