// What every object says of itself: type name, count, whether the collector may track it and does, where its block starts.
import { _PyGC_PREV_MASK_FINALIZED, Py_TPFLAGS_HEAPTYPE, PyObject, PyTypeObject } from '@moult/abi';
import type { Reader } from './reader.ts';
import { preheaderSize, type TypeInfo } from './types.ts';

/** The type's short name, without its module: `type(x).__name__`. */
export function typeName(info: TypeInfo): string {
  return info.heap && !info.name.includes('.') ? info.name : info.name.slice(info.name.lastIndexOf('.') + 1);
}

/** ob_refcnt: an immortal object's is a large constant. */
export function refcount(reader: Reader, object: number): number {
  return reader.ssize(object + PyObject.ob_refcnt);
}

/** PEP 683, as CPython 3.13 tests it: the low 32 bits, as an int32, are negative. */
export function isImmortal(reader: Reader, object: number): boolean {
  return reader.i32(object + PyObject.ob_refcnt) < 0;
}

/** Whether the object has a collector's head before it (a static type has none). */
export function isCollectable(reader: Reader, object: number, info: TypeInfo): boolean {
  if (!info.gc) return false;
  if (info.layout !== 'type') return true;
  return (reader.u32(object + PyTypeObject.tp_flags) & Py_TPFLAGS_HEAPTYPE) !== 0;
}

export function isTracked(reader: Reader, object: number, info: TypeInfo): boolean {
  return isCollectable(reader, object, info) && reader.ptr(object - 16) !== 0;
}

export function isFinalized(reader: Reader, object: number, info: TypeInfo): boolean {
  return isCollectable(reader, object, info) && reader.u32(object - 8) % 2 === _PyGC_PREV_MASK_FINALIZED;
}

/** The address of the allocation that holds the object. */
export function blockOf(reader: Reader, object: number, info: TypeInfo): number {
  return isCollectable(reader, object, info)
    ? object - preheaderSize(info)
    : object - (info.gc ? 0 : preheaderSize(info));
}
