// A short text for any address: what repr() would say where that is short, else what the object is. Never throws: memory may be
// broken, and then that is what is said.
import {
  PyBaseExceptionObject,
  PyCellObject,
  PyCFunctionObject,
  PyCodeObject,
  PyDescrObject,
  PyFrameObject,
  PyFunctionObject,
  PyGenObject,
  PyHeapTypeObject,
  PyMethodDef,
  PyMethodObject,
  PyModuleObject,
  PySliceObject,
  PyVarObject,
  PyWeakReference,
  _PyInterpreterFrame,
  rangeobject,
} from '@moult/abi';
import { typeName } from '../object.ts';
import type { Reader } from '../reader.ts';
import type { TypeInfo } from '../types.ts';
import { dictEntries, listItems, setItems, tupleItems } from './containers.ts';
import { decodeComplex, decodeFloat, decodeInt, floatText } from './number.ts';
import { bytesRepr, decodeBytes, decodeStr, strRepr } from './text.ts';

const MAX_ITEMS = 4;
const MAX_TEXT = 40;
/** Entries looked at in search of items: where a size is broken, a table may seem endless. */
const MAX_SCANNED = 10_000;
/** A cell may hold itself, a method another method: below this depth only the type is named. */
const MAX_DEPTH = -4;

export function describe(reader: Reader, address: number, depth = 1): string {
  if (address === 0) return 'NULL';
  const info = reader.typeOrNull(address);
  if (info === null) return `<no object at ${hex(address)}>`;
  if (depth < MAX_DEPTH) return `<${typeName(info)} object at ${hex(address)}>`;
  try {
    return text(reader, address, info, depth);
  } catch {
    return `<broken ${typeName(info)} at ${hex(address)}>`;
  }
}

export function hex(address: number): string {
  return `0x${address.toString(16)}`;
}

/** The text of a str, for names; its description where the object is no str. */
export function nameText(reader: Reader, address: number, depth = 0): string {
  if (address === 0) return '?';
  if (reader.typeOrNull(address)?.layout !== 'str') return describe(reader, address, depth);
  try {
    return decodeStr(reader, address, 200);
  } catch {
    return '?';
  }
}

function text(reader: Reader, object: number, info: TypeInfo, depth: number): string {
  switch (info.layout) {
    case 'int':
      return wrap(info, 'int', intText(reader, object));
    case 'bool':
      return decodeInt(reader, object) === 0n ? 'False' : 'True';
    case 'float':
      return wrap(info, 'float', floatText(decodeFloat(reader, object)));
    case 'complex': {
      const [real, imag] = decodeComplex(reader, object);
      return `(${floatText(real)}${imag < 0 ? '' : '+'}${floatText(imag)}j)`;
    }
    case 'str':
      return wrap(
        info,
        'str',
        cut(strRepr(decodeStr(reader, object, MAX_TEXT + 1)), reader.ssize(object + PyVarObject.ob_size)),
      );
    case 'bytes':
    case 'bytearray': {
      const size = reader.ssize(object + PyVarObject.ob_size);
      const shown = cut(bytesRepr(decodeBytes(reader, object, info.layout === 'bytearray', MAX_TEXT + 1)), size);
      return info.layout === 'bytearray' ? `bytearray(${shown})` : shown;
    }
    case 'NoneType':
      return 'None';
    case 'ellipsis':
      return 'Ellipsis';
    case 'NotImplementedType':
      return 'NotImplemented';
    case 'list':
      return wrap(info, 'list', row('[', listItems(reader, object, MAX_ITEMS + 1), ']', reader, object, depth));
    case 'tuple':
      return wrap(info, 'tuple', tupleText(reader, object, depth));
    case 'set':
    case 'frozenset':
      return wrap(info, 'set', setText(reader, object, depth));
    case 'dict':
      return wrap(info, 'dict', dictText(reader, object, depth));
    case 'slice':
      return `slice(${fields(reader, object, [PySliceObject.start, PySliceObject.stop, PySliceObject.step], depth)})`;
    case 'range':
      return `range(${fields(reader, object, [rangeobject.start, rangeobject.stop, rangeobject.step], depth)})`;
    default:
      return `<${named(reader, object, info, depth)}>`;
  }
}

function intText(reader: Reader, object: number): string {
  const value = decodeInt(reader, object, 1000);
  const digits = value.toString();
  return digits.length > MAX_TEXT ? `${digits.slice(0, MAX_TEXT - 8)}…(${digits.length} digits)` : digits;
}

function wrap(info: TypeInfo, layout: string, shown: string): string {
  return info.heap ? `${typeName(info)}(${shown})` : info.layout === layout ? shown : shown;
}

function cut(shown: string, length: number): string {
  return length > MAX_TEXT ? `${shown.slice(0, MAX_TEXT)}…${shown.slice(-1)}` : shown;
}

function fields(reader: Reader, object: number, offsets: readonly number[], depth: number): string {
  return offsets.map((offset) => describe(reader, reader.ptr(object + offset), Math.min(depth, 1) - 1)).join(', ');
}

function row(
  open: string,
  items: readonly number[],
  close: string,
  reader: Reader,
  self: number,
  depth: number,
): string {
  if (items.length === 0) return open + close;
  if (depth < 0) return `${open}…${close}`;
  const shown = items
    .slice(0, MAX_ITEMS)
    .map((item) => (item === self ? `${open}...${close}` : describe(reader, item, depth - 1)));
  if (items.length > MAX_ITEMS) shown.push('…');
  return open + shown.join(', ') + close;
}

function tupleText(reader: Reader, object: number, depth: number): string {
  const items = tupleItems(reader, object, MAX_ITEMS + 1);
  return row('(', items, items.length === 1 ? ',)' : ')', reader, object, depth);
}

function setText(reader: Reader, object: number, depth: number): string {
  const items = setItems(reader, object, MAX_ITEMS + 1, MAX_SCANNED);
  return items.length === 0 ? 'set()' : row('{', items, '}', reader, object, depth);
}

function dictText(reader: Reader, object: number, depth: number): string {
  const entries = dictEntries(reader, object, MAX_ITEMS + 1, MAX_SCANNED);
  if (entries.length === 0) return '{}';
  if (depth < 0) return '{…}';
  const shown = entries
    .slice(0, MAX_ITEMS)
    .map(
      ({ key, value }) =>
        `${describe(reader, key, 0)}: ${value === object ? '{...}' : describe(reader, value, depth - 1)}`,
    );
  if (entries.length > MAX_ITEMS) shown.push('…');
  return `{${shown.join(', ')}}`;
}

/** The inside of <…>: what the object is and what it is called. */
function named(reader: Reader, object: number, info: TypeInfo, depth: number): string {
  const deeper = (at: number) => describe(reader, at, Math.min(depth, 0) - 1);
  const name = (offset: number) => nameText(reader, reader.ptr(object + offset), Math.min(depth, 0) - 1);
  const at = `at ${hex(object)}`;
  switch (info.layout) {
    case 'type':
      return `class '${classText(reader, object, Math.min(depth, 0) - 1)}'`;
    case 'function':
      return `function ${name(PyFunctionObject.func_qualname)} ${at}`;
    case 'builtin_function_or_method':
    case 'builtin_method':
      return `built-in function ${reader.cstring(reader.ptr(reader.ptr(object + PyCFunctionObject.m_ml) + PyMethodDef.ml_name)) ?? '?'}`;
    case 'method':
      return `bound method ${nameText(reader, reader.ptr(reader.ptr(object + PyMethodObject.im_func) + PyFunctionObject.func_qualname), Math.min(depth, 0) - 1)} of ${deeper(reader.ptr(object + PyMethodObject.im_self))}`;
    case 'module':
      return `module '${name(PyModuleObject.md_name)}'`;
    case 'code':
      return `code object ${name(PyCodeObject.co_qualname)} ${at}, line ${reader.i32(object + PyCodeObject.co_firstlineno)}`;
    case 'cell':
      return `cell ${at}: ${reader.ptr(object + PyCellObject.ob_ref) === 0 ? 'empty' : deeper(reader.ptr(object + PyCellObject.ob_ref))}`;
    case 'frame':
      return `frame ${at}, code ${frameText(reader, reader.ptr(object + PyFrameObject.f_frame), Math.min(depth, 0) - 1)}`;
    case 'generator':
    case 'coroutine':
    case 'async_generator':
      return `${info.layout} object ${name(PyGenObject.gi_qualname)} ${at}`;
    case 'weakref.ReferenceType': {
      const referent = reader.ptr(object + PyWeakReference.wr_object);
      const dead = reader.typeOrNull(referent)?.layout === 'NoneType';
      return `weakref ${at}; ${dead ? 'dead' : `to ${deeper(referent)}`}`;
    }
    case 'method_descriptor':
    case 'member_descriptor':
    case 'getset_descriptor':
    case 'wrapper_descriptor':
    case 'classmethod_descriptor':
      return `${info.layout} ${name(PyDescrObject.d_name)} of ${classText(reader, reader.ptr(object + PyDescrObject.d_type), Math.min(depth, 0) - 1)}`;
  }
  const base = exceptionText(reader, object, info, depth);
  return base ?? `${typeName(info)} object ${at}`;
}

const EXCEPTIONS = /Error$|Exception|^StopIteration$|^SystemExit$/;

function exceptionText(reader: Reader, object: number, info: TypeInfo, depth: number): string | null {
  if (!EXCEPTIONS.test(info.layout)) return null;
  const args = reader.ptr(object + PyBaseExceptionObject.args);
  return `${typeName(info)}${args === 0 ? '()' : tupleText(reader, args, Math.min(depth, 0)).replace(/,\)$/, ')')} at ${hex(object)}`;
}

/** A class's qualified name. */
export function classText(reader: Reader, type: number, depth = 0): string {
  try {
    const info = reader.type(type);
    return info.heap ? nameText(reader, reader.ptr(type + PyHeapTypeObject.ht_qualname), depth) : info.name;
  } catch {
    return '?';
  }
}

/** The function's name that an interpreter frame runs. */
export function frameText(reader: Reader, frame: number, depth = 0): string {
  const code = reader.ptr(frame + _PyInterpreterFrame.f_executable);
  if (reader.typeOrNull(code)?.layout !== 'code') return '?';
  return nameText(reader, reader.ptr(code + PyCodeObject.co_qualname), depth);
}
