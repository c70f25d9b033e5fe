/** Code objects. Mirrors Objects/codeobject.c; made from the compiler's plain data (CodeData). */
import {
  _Py_T_OBJECT,
  _PyCoCached,
  ADAPTIVE_WARMUP_BACKOFF,
  ADAPTIVE_WARMUP_VALUE,
  CO_FAST_CELL,
  CO_FAST_FREE,
  CO_FAST_LOCAL,
  JUMP_BACKWARD_INITIAL_BACKOFF,
  JUMP_BACKWARD_INITIAL_VALUE,
  METH_FASTCALL,
  METH_KEYWORDS,
  METH_NOARGS,
  METH_O,
  OP,
  opcodeCaches,
  Py_READONLY,
  Py_T_INT,
  Py_TPFLAGS_DEFAULT,
  PyCodeObject,
  PyInterpreterState,
} from '@moult/abi';
import { _PyObject_NewVar, _PyObject_VAR_SIZE } from '../gc/alloc.ts';
import { frameOfCodeFreed } from '../gc/framecount.ts';
import { bytes, HASH_HI, i32, POLICY, setI32, setPtr, setU16, u8 } from '../memory/linear.ts';
import { PyMem_Free, PyMem_Malloc, PyObject_Free } from '../memory/obmalloc.ts';
import { unpackKeywords, unpackTupleAndDict } from './args.ts';
import { PyBytes_FromStringAndSize } from './bytesobject.ts';
import { bytesFromArray, freshBytes } from './codefromdata.ts';
import { newLineIterator, newPositionsIterator } from './codeiter.ts';
import { PyCode_Addr2Line } from './codelines.ts';
import { _Py_GetBaseOpcode, freeMonitoringData } from './codemonitoring.ts';
import { PyErr_NoMemory, raise } from './errors.ts';
import { internMortal } from './intern.ts';
import { PyLong_AsInt, PyLong_FromLong } from './longobject.ts';
import { hold, Py_CLEAR, Py_NewRef, Py_SIZE, PyUnicode_Check, type Ref, release } from './object.ts';
import { PyObject_GenericGetAttr, PyObject_Hash, PyObject_RichCompareBool } from './objectattr.ts';
import { INTERP } from './runtime.ts';
import type { TypeSpec } from './spec.ts';
import { Py_False, Py_NotImplemented, Py_True, PyCode_Type, PyExc_ValueError, PyTuple_Type } from './static.ts';
import { PyTuple_New } from './tupleobject.ts';
import { asText, PyUnicode_FromString } from './unicodeobject.ts';
import { PyObject_ClearWeakRefs } from './weakrefobject.ts';

export { PyCode_FromData } from './codefromdata.ts';

export { PyCode_Addr2Line };

const C = PyCodeObject;

const CODE = C.co_code_adaptive;

/** What a code object is made of; references are new ones, taken over by newCode. */
export interface Parts {
  filename: Ref;
  name: Ref;
  qualname: Ref;
  consts: Ref;
  names: Ref;
  localsplusnames: Ref;
  localspluskinds: Ref;
  linetable: Ref;
  exceptiontable: Ref;
  flags: number;
  argcount: number;
  posonlyargcount: number;
  kwonlyargcount: number;
  stacksize: number;
  firstlineno: number;
  /** Un-adaptive instructions. */
  code: Uint8Array;
}

/** _PyCode_New: the object, its counters set as before its first run. */
export function newCode(p: Parts): Ref {
  const co = _PyObject_NewVar(PyCode_Type, p.code.length >> 1);
  setPtr(co + C.co_consts, p.consts);
  setPtr(co + C.co_names, p.names);
  setPtr(co + C.co_exceptiontable, p.exceptiontable);
  setI32(co + C.co_flags, p.flags);
  setI32(co + C.co_argcount, p.argcount);
  setI32(co + C.co_posonlyargcount, p.posonlyargcount);
  setI32(co + C.co_kwonlyargcount, p.kwonlyargcount);
  setI32(co + C.co_stacksize, p.stacksize);
  setI32(co + C.co_firstlineno, p.firstlineno);
  const n = Py_SIZE(p.localsplusnames);
  let locals = 0;
  let cells = 0;
  let free = 0;
  for (let i = 0; i < n; i++) {
    const kind = bytes[p.localspluskinds + 32 + i] as number;
    if ((kind & CO_FAST_LOCAL) !== 0) locals++;
    if ((kind & CO_FAST_CELL) !== 0) cells++;
    else if ((kind & CO_FAST_FREE) !== 0) free++;
  }
  setI32(co + C.co_nlocalsplus, n);
  setI32(co + C.co_framesize, n + p.stacksize + 9);
  setI32(co + C.co_nlocals, locals);
  setI32(co + C.co_ncellvars, cells);
  setI32(co + C.co_nfreevars, free);
  const next = INTERP + PyInterpreterState.func_state_next_version;
  const version = i32(next);
  setI32(co + C.co_version, version);
  if (version !== 0) setI32(next, version + 1);
  setPtr(co + C.co_localsplusnames, p.localsplusnames);
  setPtr(co + C.co_localspluskinds, p.localspluskinds);
  // only 3.13 interns them here, so that equal ones are one object
  const own = i32(POLICY) < 313 ? (op: Ref): Ref => op : internMortal;
  setPtr(co + C.co_filename, own(p.filename));
  setPtr(co + C.co_name, own(p.name));
  setPtr(co + C.co_qualname, own(p.qualname));
  setPtr(co + C.co_linetable, p.linetable);
  setPtr(co + C.co_weakreflist, 0);
  setPtr(co + C.co_executors, 0);
  setPtr(co + C._co_cached, 0);
  setPtr(co + C._co_instrumentation_version, 0);
  setPtr(co + C._co_monitoring, 0);
  setPtr(co + C.co_extra, 0);
  bytes.set(p.code, co + CODE);
  let entry = 0;
  while (entry < p.code.length >> 1 && p.code[entry * 2] !== OP.RESUME) entry++;
  setI32(co + C._co_firsttraceable, entry);
  setI32(co + C._co_firsttraceable + 4, 0);
  quicken(co);
  return co;
}

/** _PyCode_Quicken: the counters of fresh instructions. */
function quicken(co: Ref): void {
  const n = Py_SIZE(co);
  for (let i = 0; i < n; i++) {
    const at = co + CODE + i * 2;
    const op = u8(at);
    const caches = opcodeCaches[op] as number;
    if (caches > 0) {
      if (op === OP.JUMP_BACKWARD) setU16(at + 2, (JUMP_BACKWARD_INITIAL_VALUE << 4) | JUMP_BACKWARD_INITIAL_BACKOFF);
      else if (op >= OP.POP_JUMP_IF_FALSE && op <= OP.POP_JUMP_IF_TRUE) setU16(at + 2, 0x5555);
      else setU16(at + 2, (ADAPTIVE_WARMUP_VALUE << 4) | ADAPTIVE_WARMUP_BACKOFF);
      i += caches;
    }
  }
}

/** The instructions without specialisations and cache contents: what co_code shows. */
export function baseCode(co: Ref): Uint8Array {
  const n = Py_SIZE(co);
  const out = new Uint8Array(n * 2);
  for (let i = 0; i < n; i++) {
    const at = co + CODE + i * 2;
    const op = _Py_GetBaseOpcode(co, i);
    out[i * 2] = op;
    out[i * 2 + 1] = u8(at + 1);
    i += opcodeCaches[op] as number;
  }
  return out;
}

function cached(co: Ref, field: number, make: () => Ref): Ref {
  let box = i32(co + C._co_cached);
  if (box === 0) {
    box = PyMem_Malloc(_PyCoCached.SIZE);
    if (box === 0) PyErr_NoMemory();
    for (let i = 0; i < _PyCoCached.SIZE; i += 8) setPtr(box + i, 0);
    setPtr(co + C._co_cached, box);
  }
  if (i32(box + field) === 0) setPtr(box + field, make());
  return Py_NewRef(i32(box + field));
}

/** _PyCode_GetCode: co_code, a new reference. */
export function PyCode_GetCode(co: Ref): Ref {
  return cached(co, _PyCoCached._co_code, () => bytesFromArray(baseCode(co)));
}

function namesOfKind(co: Ref, kind: number): Ref {
  const all = i32(co + C.co_localsplusnames);
  const kinds = i32(co + C.co_localspluskinds) + 32;
  const picked: Ref[] = [];
  for (let i = 0; i < Py_SIZE(all); i++)
    if (((bytes[kinds + i] as number) & kind) !== 0) picked.push(i32(all + 24 + (i << 3)));
  const tuple = PyTuple_New(picked.length);
  picked.forEach((n, i) => {
    setPtr(tuple + 24 + (i << 3), Py_NewRef(n));
  });
  return tuple;
}

export function PyCode_GetVarnames(co: Ref): Ref {
  return cached(co, _PyCoCached._co_varnames, () => namesOfKind(co, CO_FAST_LOCAL));
}

export function PyCode_GetCellvars(co: Ref): Ref {
  return cached(co, _PyCoCached._co_cellvars, () => namesOfKind(co, CO_FAST_CELL));
}

export function PyCode_GetFreevars(co: Ref): Ref {
  return cached(co, _PyCoCached._co_freevars, () => namesOfKind(co, CO_FAST_FREE));
}

function code_repr(co: Ref): Ref {
  const line = i32(co + C.co_firstlineno);
  const file = i32(co + C.co_filename);
  const text = PyUnicode_Check(file) ? asText(file) : '???';
  const where = `<code object ${asText(i32(co + C.co_name))} at 0x${co.toString(16)}, file "${text}", line ${line !== 0 ? line : -1}>`;
  return PyUnicode_FromString(where);
}

function code_dealloc(co: Ref): void {
  if (i32(co + C.co_weakreflist) !== 0) PyObject_ClearWeakRefs(co);
  if (i32(POLICY) < 311) frameOfCodeFreed(co);
  for (const field of [
    C.co_consts,
    C.co_names,
    C.co_localsplusnames,
    C.co_localspluskinds,
    C.co_filename,
    C.co_name,
    C.co_qualname,
    C.co_linetable,
    C.co_exceptiontable,
  ]) {
    Py_CLEAR(co + field);
  }
  const box = i32(co + C._co_cached);
  if (box !== 0) {
    for (let i = 0; i < _PyCoCached.SIZE; i += 8) Py_CLEAR(box + i);
    PyMem_Free(box);
  }
  const monitoring = i32(co + C._co_monitoring);
  if (monitoring !== 0) {
    setPtr(co + C._co_monitoring, 0);
    freeMonitoringData(monitoring);
  }
  PyObject_Free(co);
}

const SCALARS = [C.co_argcount, C.co_posonlyargcount, C.co_kwonlyargcount, C.co_flags, C.co_firstlineno] as const;

function code_richcompare(a: Ref, b: Ref, op: number): Ref {
  if ((op !== 2 && op !== 3) || i32(a + 8) !== PyCode_Type || i32(b + 8) !== PyCode_Type)
    return Py_NewRef(Py_NotImplemented);
  return Py_NewRef(sameCode(a, b) === (op === 2) ? Py_True : Py_False);
}

function sameCode(a: Ref, b: Ref): boolean {
  if (!PyObject_RichCompareBool(i32(a + C.co_name), i32(b + C.co_name), 2)) return false;
  for (const f of SCALARS) if (i32(a + f) !== i32(b + f)) return false;
  const ca = baseCode(a);
  const cb = baseCode(b);
  if (ca.length !== cb.length || ca.some((x, i) => x !== cb[i])) return false;
  if (!sameConstant(i32(a + C.co_consts), i32(b + C.co_consts))) return false;
  for (const f of [C.co_names, C.co_localsplusnames, C.co_linetable, C.co_exceptiontable]) {
    if (!PyObject_RichCompareBool(i32(a + f), i32(b + f), 2)) return false;
  }
  return true;
}

/** Equality of constants with their types (by _PyCode_ConstantKey in C). */
function sameConstant(a: Ref, b: Ref): boolean {
  if (a === b) return true;
  if (i32(a + 8) !== i32(b + 8)) return false;
  if (i32(a + 8) === PyTuple_Type) {
    if (Py_SIZE(a) !== Py_SIZE(b)) return false;
    for (let i = 0; i < Py_SIZE(a); i++)
      if (!sameConstant(i32(a + 24 + (i << 3)), i32(b + 24 + (i << 3)))) return false;
    return true;
  }
  return PyObject_RichCompareBool(a, b, 2);
}

const U64 = (1n << 64n) - 1n;

function code_hash(co: Ref): number {
  let h = 20221211n;
  const scramble = (x: bigint): void => {
    h = ((h ^ (x & U64)) * 1000003n) & U64;
  };
  const object = (op: Ref): void => {
    const lo = PyObject_Hash(op);
    scramble((BigInt(i32(HASH_HI)) << 32n) | BigInt(lo >>> 0));
  };
  for (const f of [C.co_name, C.co_consts, C.co_names, C.co_localsplusnames, C.co_linetable, C.co_exceptiontable]) {
    object(i32(co + f));
  }
  for (const f of SCALARS) scramble(BigInt(i32(co + f)));
  scramble(BigInt(Py_SIZE(co)));
  const code = baseCode(co);
  for (let i = 0; i < code.length; i += 2) {
    scramble(BigInt(code[i] as number));
    scramble(BigInt(code[i + 1] as number));
    i += 2 * (opcodeCaches[code[i] as number] as number);
  }
  if (h === U64) h = U64 - 1n;
  setI32(HASH_HI, Number(h >> 32n) | 0);
  return Number(h & 0xffffffffn) | 0;
}

function code_sizeof(co: Ref): Ref {
  return PyLong_FromLong(_PyObject_VAR_SIZE(PyCode_Type, Py_SIZE(co)));
}

function code_varname(co: Ref, arg: Ref): Ref {
  return Py_NewRef(i32(i32(co + C.co_localsplusnames) + 24 + (PyLong_AsInt(arg) << 3)));
}

/** Splits varnames, cellvars and freevars into names and kinds of localsplus. */
function localsplus(varnames: Ref, cellvars: Ref, freevars: Ref): { names: Ref; kinds: Ref } {
  const list: Ref[] = [];
  const kinds: number[] = [];
  const each = (t: Ref, f: (n: Ref) => void): void => {
    for (let i = 0; i < Py_SIZE(t); i++) f(i32(t + 24 + (i << 3)));
  };
  each(varnames, (n) => {
    list.push(n);
    kinds.push(CO_FAST_LOCAL);
  });
  each(cellvars, (n) => {
    const at = list.findIndex((x) => x === n || asText(x) === asText(n));
    if (at >= 0) kinds[at] = (kinds[at] as number) | CO_FAST_CELL;
    else {
      list.push(n);
      kinds.push(CO_FAST_CELL);
    }
  });
  each(freevars, (n) => {
    list.push(n);
    kinds.push(CO_FAST_FREE);
  });
  const names = PyTuple_New(list.length);
  list.forEach((n, i) => {
    setPtr(names + 24 + (i << 3), Py_NewRef(n));
  });
  return { names, kinds: freshBytes(Uint8Array.from(kinds)) };
}

const FIELDS = [
  'co_argcount',
  'co_posonlyargcount',
  'co_kwonlyargcount',
  'co_nlocals',
  'co_stacksize',
  'co_flags',
  'co_firstlineno',
  'co_code',
  'co_consts',
  'co_names',
  'co_varnames',
  'co_freevars',
  'co_cellvars',
  'co_filename',
  'co_name',
  'co_qualname',
  'co_linetable',
  'co_exceptiontable',
] as const;

type Field = (typeof FIELDS)[number];

function build(given: (f: Field) => Ref): Ref {
  const bytesOf = (op: Ref): Uint8Array => bytes.slice(op + 32, op + 32 + i32(op + 16));
  const lp = localsplus(given('co_varnames'), given('co_cellvars'), given('co_freevars'));
  const code = bytesOf(given('co_code'));
  if (code.length % 2 !== 0) raise(PyExc_ValueError, 'code: co_code is malformed');
  return newCode({
    filename: Py_NewRef(given('co_filename')),
    name: Py_NewRef(given('co_name')),
    qualname: Py_NewRef(given('co_qualname')),
    consts: Py_NewRef(given('co_consts')),
    names: Py_NewRef(given('co_names')),
    localsplusnames: lp.names,
    localspluskinds: lp.kinds,
    linetable: Py_NewRef(given('co_linetable')),
    exceptiontable: Py_NewRef(given('co_exceptiontable')),
    flags: PyLong_AsInt(given('co_flags')),
    argcount: PyLong_AsInt(given('co_argcount')),
    posonlyargcount: PyLong_AsInt(given('co_posonlyargcount')),
    kwonlyargcount: PyLong_AsInt(given('co_kwonlyargcount')),
    stacksize: PyLong_AsInt(given('co_stacksize')),
    firstlineno: PyLong_AsInt(given('co_firstlineno')),
    code,
  });
}

function present(co: Ref, f: Field): Ref {
  switch (f) {
    case 'co_code':
      return PyCode_GetCode(co);
    // of the names only co_varnames and its like keep a tuple
    case 'co_varnames':
      return namesOfKind(co, CO_FAST_LOCAL);
    case 'co_cellvars':
      return namesOfKind(co, CO_FAST_CELL);
    case 'co_freevars':
      return namesOfKind(co, CO_FAST_FREE);
    case 'co_consts':
    case 'co_names':
    case 'co_filename':
    case 'co_name':
    case 'co_qualname':
    case 'co_linetable':
    case 'co_exceptiontable':
      return Py_NewRef(i32(co + C[f]));
    default:
      return PyLong_FromLong(i32(co + C[f]));
  }
}

function code_replace(co: Ref, args: number, nargs: number, kwnames: Ref): Ref {
  const given = unpackKeywords(args, nargs, kwnames, { fname: 'replace', keywords: FIELDS, kwonly: FIELDS.length });
  const m = hold(0);
  const result = build((f) => {
    const v = given[FIELDS.indexOf(f)] as Ref;
    if (v !== 0) return v;
    const own = present(co, f);
    hold(own);
    return own;
  });
  release(m);
  return result;
}

const NEW_ORDER: readonly Field[] = [
  'co_argcount',
  'co_posonlyargcount',
  'co_kwonlyargcount',
  'co_nlocals',
  'co_stacksize',
  'co_flags',
  'co_code',
  'co_consts',
  'co_names',
  'co_varnames',
  'co_filename',
  'co_name',
  'co_qualname',
  'co_firstlineno',
  'co_linetable',
  'co_exceptiontable',
  'co_freevars',
  'co_cellvars',
];

function code_new(_type: Ref, args: Ref, kwargs: Ref): Ref {
  const given = unpackTupleAndDict(args, kwargs, {
    fname: 'code',
    keywords: NEW_ORDER.map(() => ''),
    required: 16,
  });
  const empty = PyTuple_New(0);
  return build((f) => (given[NEW_ORDER.indexOf(f)] as Ref) || empty);
}

function member(
  n: string,
  type: number,
  offset: number,
): { name: string; type: number; offset: number; flags: number } {
  return { name: n, type, offset, flags: Py_READONLY };
}

export const codeSpec: TypeSpec = {
  address: PyCode_Type,
  name: 'code',
  basicsize: CODE,
  itemsize: 2,
  flags: Py_TPFLAGS_DEFAULT,
  doc: 'Create a code object.  Not for mere mortals.',
  weaklistoffset: C.co_weakreflist,
  slots: {
    tp_dealloc: code_dealloc,
    tp_repr: code_repr,
    tp_hash: code_hash,
    tp_getattro: PyObject_GenericGetAttr,
    tp_richcompare: code_richcompare,
    tp_new: code_new,
  },
  members: [
    member('co_argcount', Py_T_INT, C.co_argcount),
    member('co_posonlyargcount', Py_T_INT, C.co_posonlyargcount),
    member('co_kwonlyargcount', Py_T_INT, C.co_kwonlyargcount),
    member('co_stacksize', Py_T_INT, C.co_stacksize),
    member('co_flags', Py_T_INT, C.co_flags),
    member('co_names', _Py_T_OBJECT, C.co_names),
    member('co_filename', _Py_T_OBJECT, C.co_filename),
    member('co_name', _Py_T_OBJECT, C.co_name),
    member('co_qualname', _Py_T_OBJECT, C.co_qualname),
    member('co_linetable', _Py_T_OBJECT, C.co_linetable),
    member('co_consts', _Py_T_OBJECT, C.co_consts),
    member('co_exceptiontable', _Py_T_OBJECT, C.co_exceptiontable),
    member('co_firstlineno', Py_T_INT, C.co_firstlineno),
    member('co_nlocals', Py_T_INT, C.co_nlocals),
  ],
  getset: [
    { name: 'co_code', get: PyCode_GetCode },
    { name: '_co_code_adaptive', get: (co: Ref) => PyBytes_FromStringAndSize(co + CODE, Py_SIZE(co) * 2) },
    { name: 'co_varnames', get: PyCode_GetVarnames },
    { name: 'co_cellvars', get: PyCode_GetCellvars },
    { name: 'co_freevars', get: PyCode_GetFreevars },
  ],
  methods: [
    { name: '__sizeof__', flags: METH_NOARGS, fn: code_sizeof },
    { name: 'co_lines', flags: METH_NOARGS, fn: newLineIterator },
    { name: 'co_positions', flags: METH_NOARGS, fn: newPositionsIterator },
    { name: 'replace', flags: METH_FASTCALL | METH_KEYWORDS, fn: code_replace },
    { name: '__replace__', flags: METH_FASTCALL | METH_KEYWORDS, fn: code_replace },
    { name: '_varname_from_oparg', flags: METH_O, fn: code_varname },
  ],
};

/** For reports: the name of the code, `module.function` style. */
export function codeTitle(co: Ref): string {
  return asText(i32(co + C.co_qualname));
}
