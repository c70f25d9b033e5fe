/**
 * How built-in modules are described. A spec is data; linking numbers its natives (every realm), booting lays the
 * method tables down, so that no address depends on the order of imports; creating makes the module object.
 */
import { PyMethodDef, Py_ID } from '@moult/abi';
import { cstring, i32, ROOM_STATE, setPtr } from '../memory/linear.ts';
import { fnptr, type NativeFunction } from '../memory/text.ts';
import { PyDict_SetItem, PyDict_SetItemString } from '../objects/dictobject.ts';
import { PyCFunction_NewEx } from '../objects/methodobject.ts';
import { PyModule_GetDict, PyModule_NewObject } from '../objects/moduleobject.ts';
import { drop, hold, Py_DECREF, type Ref, release } from '../objects/object.ts';
import { type MethodSpec, writeMethods } from '../objects/spec.ts';
import { PyUnicode_FromString, PyUnicode_InternFromString } from '../objects/unicodeobject.ts';

export interface ModuleSpec {
  readonly name: string;
  readonly doc?: string;
  readonly methods: readonly MethodSpec[];
  /** Definitions of functions that are no attributes; the address of their table is written at `at` (own state). */
  readonly hidden?: { readonly at: number; readonly methods: readonly MethodSpec[] };
  /** Cold boot: what else the module lays down. */
  boot?(): void;
  /** Natives besides those of the methods, to be numbered when linking. */
  readonly natives?: readonly NativeFunction[];
  /** Adds what is no method (Py_mod_exec). */
  exec?(module: Ref): void;
}

/** Row of this room: the modules' method tables, in the order of their specs. */
const MODULES_STATE = ROOM_STATE + 0x2000;
/** Where _abc's hidden functions lie. */
export const ABC_STATE = ROOM_STATE + 0x2800;

/** Numbers the natives; same order in every realm. */
export function linkModule(spec: ModuleSpec): void {
  for (const m of spec.methods) fnptr(m.fn);
  for (const m of spec.hidden?.methods ?? []) fnptr(m.fn);
  for (const fn of spec.natives ?? []) fnptr(fn);
}
/** Cold boot: lays down the method table of module number `index`. */
export function writeModule(spec: ModuleSpec, index: number): void {
  setPtr(MODULES_STATE + (index << 3), writeMethods(spec.methods));
  if (spec.hidden !== undefined) setPtr(spec.hidden.at, writeMethods(spec.hidden.methods));
  spec.boot?.();
}
/** A new module object of module number `index`; a new reference. */
export function createModule(spec: ModuleSpec, index: number): Ref {
  const name = PyUnicode_InternFromString(spec.name);
  const m = hold(name);
  const module = PyModule_NewObject(name);
  hold(module);
  const dict = PyModule_GetDict(module);
  for (let ml = i32(MODULES_STATE + (index << 3)); i32(ml + PyMethodDef.ml_name) !== 0; ml += PyMethodDef.SIZE) {
    const key = hold(PyUnicode_InternFromString(cstring(i32(ml + PyMethodDef.ml_name))));
    hold(PyCFunction_NewEx(ml, module, name));
    PyDict_SetItem(dict, i32(key), i32(key + 8));
    release(key);
  }
  if (spec.doc !== undefined) {
    const doc = hold(PyUnicode_FromString(spec.doc));
    PyDict_SetItem(dict, Py_ID.__doc__, i32(doc));
    release(doc);
  }
  spec.exec?.(module);
  drop(m);
  Py_DECREF(name);
  return module;
}

/** dict[name] = value, whose reference is stolen. */
export function setStolen(dict: Ref, name: string, value: Ref): void {
  const m = hold(value);
  PyDict_SetItemString(dict, name, value);
  release(m);
}
export function setText(dict: Ref, name: string, value: string): void {
  setStolen(dict, name, PyUnicode_FromString(value));
}
