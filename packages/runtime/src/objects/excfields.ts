/**
 * Exceptions with fields of their own: SystemExit, StopIteration, ImportError, NameError, AttributeError, SyntaxError
 * and their subtypes. Mirrors those parts of Objects/exceptions.c. Fields lie behind PyBaseExceptionObject, in order.
 */
import {
  METH_NOARGS,
  PyAttributeErrorObject as AE,
  PyBaseExceptionObject as E,
  PyImportErrorObject as IE,
  PyNameErrorObject as NE,
  PyStopIterationObject as SI,
  PySyntaxErrorObject as SE,
  PySystemExitObject as SX,
  Py_ID,
  _Py_T_OBJECT,
} from '@moult/abi';
import { i32 } from '../memory/linear.ts';
import { PySequence_Tuple } from './abstract.ts';
import { unpackTupleAndDict } from './args.ts';
import { PyDict_Copy } from './dictmerge.ts';
import { PyDict_New, PyDict_SetItem } from './dictobject.ts';
import { raise } from './errors.ts';
import {
  BaseException_clear,
  BaseException_init,
  BaseException_str,
  BaseException_traverse,
  baseSlots,
  EXCEPTION_FLAGS,
} from './exceptions.ts';
import { groupSpecs } from './excgroup.ts';
import { osErrorSpecs } from './excoserror.ts';
import { unicodeErrorSpecs } from './excunicode.ts';
import { drop, hold, Py_CLEAR, Py_NewRef, Py_XSETREF, PyUnicode_Check, type Ref, release } from './object.ts';
import { PyObject_Str } from './objectattr.ts';
import { EMPTY_TUPLE } from './runtime.ts';
import type { MemberSpec, MethodSpec, TypeSpec } from './spec.ts';
import * as T from './static.ts';
import { Py_None, PyExc_TypeError } from './static.ts';
import { PyTuple_Pack } from './tupleobject.ts';
import { asText, PyUnicode_FromString } from './unicodeobject.ts';
import { longAsNumber } from './longobject.ts';

type Fields = { readonly [field: string]: number };

interface FieldedOptions {
  readonly name: string;
  readonly address: number;
  readonly base: number;
  readonly size: number;
  /** Field names in C's order of clearing and their offsets. */
  readonly fields: Fields;
  /** Attributes, name → offset; by default the fields. */
  readonly attributes?: Fields;
  readonly doc: string;
  readonly init?: (self: Ref, args: Ref, kwds: Ref) => void;
  readonly str?: (self: Ref) => Ref;
  readonly methods?: readonly MethodSpec[];
}
/** The spec of an exception whose fields are plain object slots. */
export function fielded(o: FieldedOptions): TypeSpec {
  const offsets = Object.values(o.fields);
  const members: MemberSpec[] = Object.entries(o.attributes ?? o.fields).map(([name, offset]) => ({
    name,
    type: _Py_T_OBJECT,
    offset,
    flags: 0,
    doc: `exception ${name}`,
  }));
  const slots = {
    ...baseSlots,
    tp_clear: (self: Ref): void => {
      for (const f of offsets) Py_CLEAR(self + f);
      BaseException_clear(self);
    },
    tp_traverse: (self: Ref, visit: (op: Ref, arg: number) => void, arg: number): void => {
      for (const f of offsets) {
        const v = i32(self + f);
        if (v !== 0) visit(v, arg);
      }
      BaseException_traverse(self, visit, arg);
    },
    ...(o.init === undefined ? {} : { tp_init: o.init }),
    ...(o.str === undefined ? {} : { tp_str: o.str }),
  };
  return {
    address: o.address,
    name: o.name,
    basicsize: o.size,
    flags: EXCEPTION_FLAGS,
    base: o.base,
    doc: o.doc,
    dictoffset: E.dict,
    slots,
    members,
    ...(o.methods === undefined ? {} : { methods: o.methods }),
  };
}
/** Only the positional arguments go to BaseException; keywords are taken by the subtype's own init. */
function positional(self: Ref, args: Ref): void {
  BaseException_init(self, args, 0);
}
function setField(self: Ref, field: number, value: Ref): void {
  Py_XSETREF(self + field, value === 0 ? 0 : Py_NewRef(value));
}

function SystemExit_init(self: Ref, args: Ref, kwds: Ref): void {
  BaseException_init(self, args, kwds);
  const n = i32(args + 16);
  if (n === 1) setField(self, SX.code, i32(args + 24));
  else if (n > 1) setField(self, SX.code, args);
}
function StopIteration_init(self: Ref, args: Ref, kwds: Ref): void {
  BaseException_init(self, args, kwds);
  setField(self, SI.value, i32(args + 16) > 0 ? i32(args + 24) : Py_None);
}

const importErrorArgs = {
  fname: 'ImportError',
  keywords: ['name', 'path', 'name_from'],
  posonly: 0,
  required: 0,
  kwonly: 3,
} as const;
function ImportError_init(self: Ref, args: Ref, kwds: Ref): void {
  positional(self, args);
  const [name, path, from] = unpackTupleAndDict(EMPTY_TUPLE, kwds, importErrorArgs) as [Ref, Ref, Ref];
  setField(self, IE.name, name);
  setField(self, IE.path, path);
  setField(self, IE.name_from, from);
  if (i32(args + 16) === 1) setField(self, IE.msg, i32(args + 24));
}
function ImportError_str(self: Ref): Ref {
  const msg = i32(self + IE.msg);
  return msg !== 0 && PyUnicode_Check(msg) && i32(msg + 8) === T.PyUnicode_Type
    ? Py_NewRef(msg)
    : BaseException_str(self);
}
function ImportError_reduce(self: Ref): Ref {
  const args = i32(self + E.args);
  const dict = i32(self + E.dict);
  const parts: [Ref, Ref][] = [
    [Py_ID.name, i32(self + IE.name)],
    [Py_ID.path, i32(self + IE.path)],
    [Py_ID.name_from, i32(self + IE.name_from)],
  ];
  if (parts.every(([, v]) => v === 0))
    return dict === 0 ? PyTuple_Pack(i32(self + 8), args) : PyTuple_Pack(i32(self + 8), args, dict);
  const state = dict === 0 ? PyDict_New() : PyDict_Copy(dict);
  const m = hold(state);
  for (const [k, v] of parts) if (v !== 0) PyDict_SetItem(state, k, v);
  const result = PyTuple_Pack(i32(self + 8), args, state);
  release(m);
  return result;
}

const nameErrorArgs = { fname: 'NameError', keywords: ['name'], posonly: 0, required: 0, kwonly: 1 } as const;
function NameError_init(self: Ref, args: Ref, kwds: Ref): void {
  positional(self, args);
  const [name] = unpackTupleAndDict(EMPTY_TUPLE, kwds, nameErrorArgs) as [Ref];
  setField(self, NE.name, name);
}
const attributeErrorArgs = {
  fname: 'AttributeError',
  keywords: ['name', 'obj'],
  posonly: 0,
  required: 0,
  kwonly: 2,
} as const;
function AttributeError_init(self: Ref, args: Ref, kwds: Ref): void {
  positional(self, args);
  const [name, obj] = unpackTupleAndDict(EMPTY_TUPLE, kwds, attributeErrorArgs) as [Ref, Ref];
  setField(self, AE.name, name);
  setField(self, AE.obj, obj);
}
function AttributeError_getstate(self: Ref): Ref {
  const dict = i32(self + E.dict);
  const name = i32(self + AE.name);
  const args = i32(self + E.args);
  if (name === 0 && args === 0) return dict === 0 ? Py_NewRef(Py_None) : Py_NewRef(dict);
  const state = dict === 0 ? PyDict_New() : PyDict_Copy(dict);
  const m = hold(state);
  if (name !== 0) PyDict_SetItem(state, Py_ID.name, name);
  if (args !== 0) PyDict_SetItem(state, Py_ID.args, args);
  drop(m);
  return state;
}

function AttributeError_reduce(self: Ref): Ref {
  const m = hold(AttributeError_getstate(self));
  const r = PyTuple_Pack(i32(self + 8), i32(self + E.args), i32(m));
  release(m);
  return r;
}

function SyntaxError_init(self: Ref, args: Ref, kwds: Ref): void {
  BaseException_init(self, args, kwds);
  const n = i32(args + 16);
  if (n >= 1) setField(self, SE.msg, i32(args + 24));
  if (n !== 2) return;
  const info = PySequence_Tuple(i32(args + 32));
  const m = hold(info);
  const k = i32(info + 16);
  if (k !== 4 && k !== 6) {
    if (k < 4)
      raise(
        PyExc_TypeError,
        `function missing required argument '${['filename', 'lineno', 'offset', 'text'][k]}' (pos ${k + 1})`,
      );
    if (k === 5) raise(PyExc_TypeError, 'end_offset must be provided when end_lineno is provided');
    raise(PyExc_TypeError, `function takes at most 6 arguments (${k} given)`);
  }
  const at = (i: number): Ref => (i < k ? i32(info + 24 + (i << 3)) : 0);
  setField(self, SE.filename, at(0));
  setField(self, SE.lineno, at(1));
  setField(self, SE.offset, at(2));
  setField(self, SE.text, at(3));
  setField(self, SE.end_lineno, at(4));
  setField(self, SE.end_offset, at(5));
  release(m);
}
function SyntaxError_str(self: Ref): Ref {
  const filename = i32(self + SE.filename);
  const lineno = i32(self + SE.lineno);
  const hasName = filename !== 0 && PyUnicode_Check(filename);
  const hasLine = lineno !== 0 && i32(lineno + 8) === T.PyLong_Type;
  const msg = i32(self + SE.msg);
  const m = hold(PyObject_Str(msg === 0 ? Py_None : msg));
  if (!hasName && !hasLine) {
    drop(m);
    return i32(m);
  }
  let text = asText(i32(m));
  release(m);
  const base = hasName ? (asText(filename).split('/').pop() as string) : '';
  const line = hasLine ? longAsNumber(lineno) : 0;
  if (hasName && hasLine) text += ` (${base}, line ${line})`;
  else if (hasName) text += ` (${base})`;
  else text += ` (line ${line})`;
  return PyUnicode_FromString(text);
}

function pick(all: Fields, names: readonly string[]): Fields {
  return Object.fromEntries(names.map((n) => [n, all[n] as number]));
}

/** Specs of all exceptions with fields, in no particular order. */
export function complexExceptionSpecs(): readonly TypeSpec[] {
  const reduce = (fn: (self: Ref) => Ref): MethodSpec => ({ name: '__reduce__', flags: METH_NOARGS, fn });
  const importError = {
    size: IE.SIZE,
    fields: pick(IE, ['msg', 'name', 'path', 'name_from']),
    init: ImportError_init,
    str: ImportError_str,
    methods: [reduce(ImportError_reduce)],
  };
  const syntaxError = {
    size: SE.SIZE,
    fields: pick(SE, [
      'msg',
      'filename',
      'lineno',
      'offset',
      'end_lineno',
      'end_offset',
      'text',
      'print_file_and_line',
    ]),
    attributes: pick(SE, [
      'msg',
      'filename',
      'lineno',
      'offset',
      'text',
      'end_lineno',
      'end_offset',
      'print_file_and_line',
    ]),
    init: SyntaxError_init,
    str: SyntaxError_str,
  };
  const nameError = { size: NE.SIZE, fields: pick(NE, ['name']), init: NameError_init };
  return [
    ...groupSpecs(),
    ...osErrorSpecs(),
    ...unicodeErrorSpecs(),
    fielded({
      name: 'SystemExit',
      address: T.PyExc_SystemExit,
      base: T.PyExc_BaseException,
      size: SX.SIZE,
      fields: pick(SX, ['code']),
      doc: 'Request to exit from the interpreter.',
      init: SystemExit_init,
    }),
    fielded({
      name: 'StopIteration',
      address: T.PyExc_StopIteration,
      base: T.PyExc_Exception,
      size: SI.SIZE,
      fields: pick(SI, ['value']),
      doc: 'Signal the end from iterator.__next__().',
      init: StopIteration_init,
    }),
    fielded({
      name: 'ImportError',
      address: T.PyExc_ImportError,
      base: T.PyExc_Exception,
      doc: "Import can't find module, or can't find name in module.",
      ...importError,
    }),
    fielded({
      name: 'ModuleNotFoundError',
      address: T.PyExc_ModuleNotFoundError,
      base: T.PyExc_ImportError,
      doc: 'Module not found.',
      ...importError,
    }),
    fielded({
      name: 'NameError',
      address: T.PyExc_NameError,
      base: T.PyExc_Exception,
      doc: 'Name not found globally.',
      ...nameError,
    }),
    fielded({
      name: 'UnboundLocalError',
      address: T.PyExc_UnboundLocalError,
      base: T.PyExc_NameError,
      doc: 'Local name referenced but not bound to a value.',
      ...nameError,
    }),
    fielded({
      name: 'AttributeError',
      address: T.PyExc_AttributeError,
      base: T.PyExc_Exception,
      size: AE.SIZE,
      fields: pick(AE, ['obj', 'name']),
      attributes: pick(AE, ['name', 'obj']),
      doc: 'Attribute not found.',
      init: AttributeError_init,
      methods: [
        { name: '__getstate__', flags: METH_NOARGS, fn: AttributeError_getstate },
        reduce(AttributeError_reduce),
      ],
    }),
    fielded({
      name: 'SyntaxError',
      address: T.PyExc_SyntaxError,
      base: T.PyExc_Exception,
      doc: 'Invalid syntax.',
      ...syntaxError,
    }),
    fielded({
      name: 'IndentationError',
      address: T.PyExc_IndentationError,
      base: T.PyExc_SyntaxError,
      doc: 'Improper indentation.',
      ...syntaxError,
    }),
    fielded({
      name: 'TabError',
      address: T.PyExc_TabError,
      base: T.PyExc_IndentationError,
      doc: 'Improper mixture of spaces and tabs.',
      ...syntaxError,
    }),
    fielded({
      name: '_IncompleteInputError',
      address: T.PyExc__IncompleteInputError,
      base: T.PyExc_SyntaxError,
      doc: 'incomplete input.',
      ...syntaxError,
    }),
  ];
}
