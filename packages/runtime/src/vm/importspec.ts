/**
 * What an import leaves on a module: __spec__, __loader__, __path__, __file__, __cached__, as Lib/importlib/_bootstrap.py's
 * _init_module_attrs does. The classes are Python's (modules/importlibsource.ts); their instances are made here without a call.
 */
import { Py_ID, PyInterpreterState, PyTypeObject } from '@moult/abi';
import { i32 } from '../memory/linear.ts';
import { text } from '../memory/text.ts';
import { PyDict_GetItemString, PyDict_SetItem, PyDict_SetItemString } from '../objects/dictobject.ts';
import { PyList_Append, PyList_New } from '../objects/listobject.ts';
import { drop, hold, Py_NewRef, type Ref, release } from '../objects/object.ts';
import { PyObject_SetAttrString } from '../objects/objectattr.ts';
import { INTERP } from '../objects/runtime.ts';
import { Py_False, Py_None, Py_True } from '../objects/static.ts';
import { PyUnicode_FromString } from '../objects/unicodeobject.ts';

/** A class of _frozen_importlib or, by `external`, of _frozen_importlib_external; borrowed. 0 before they are made. */
export function importClass(name: string, external = false): Ref {
  let module = i32(INTERP + PyInterpreterState.imports_importlib);
  if (module === 0) return 0;
  if (external) module = PyDict_GetItemString(i32(module + 16), '_bootstrap_external');
  return module === 0 ? 0 : PyDict_GetItemString(i32(module + 16), name);
}
/** A new instance of the class, without __init__. */
function instance(cls: Ref): Ref {
  return (text[i32(cls + PyTypeObject.tp_alloc)] as (type: Ref, n: number) => Ref)(cls, 0);
}
/** op.name = value, whose reference is stolen. */
function give(op: Ref, name: string, value: Ref): void {
  const m = hold(value);
  PyObject_SetAttrString(op, name, value);
  release(m);
}
function textOrNone(s: string | null): Ref {
  return s === null ? Py_NewRef(Py_None) : PyUnicode_FromString(s);
}
export function listOfTexts(items: readonly string[]): Ref {
  const list = PyList_New(0);
  const m = hold(list);
  for (const item of items) {
    const h = hold(PyUnicode_FromString(item));
    PyList_Append(list, i32(h));
    release(h);
  }
  drop(m);
  return list;
}

/** Where the bytecode of a source file would lie (cache_from_source). */
function cachedPath(file: string): string {
  const slash = file.lastIndexOf('/');
  const folder = slash < 0 ? '' : file.slice(0, slash + 1);
  const base = file.slice(slash + 1).replace(/\.py$/, '');
  return `${folder}__pycache__/${base}.cpython-313.pyc`;
}

export interface Found {
  readonly name: string;
  readonly kind: 'built-in' | 'source' | 'namespace';
  /** Of a source file. */
  readonly file?: string;
  /** Of a package. */
  readonly locations?: readonly string[];
}
/** A loader object for what was found; a new reference. */
function newLoader(found: Found, locations: Ref): Ref {
  if (found.kind === 'built-in') return Py_NewRef(importClass('BuiltinImporter'));
  const loader = instance(importClass(found.kind === 'source' ? 'SourceFileLoader' : 'NamespaceLoader', true));
  const m = hold(loader);
  if (found.kind === 'source') {
    give(loader, 'name', PyUnicode_FromString(found.name));
    give(loader, 'path', PyUnicode_FromString(found.file as string));
  } else give(loader, '_path', Py_NewRef(locations));
  drop(m);
  return loader;
}
/** submodule_search_locations: a list, a _NamespacePath or None; a new reference. */
function newLocations(found: Found): Ref {
  if (found.locations === undefined) return Py_NewRef(Py_None);
  const list = listOfTexts(found.locations);
  if (found.kind !== 'namespace') return list;
  const m = hold(list);
  const path = instance(importClass('_NamespacePath', true));
  hold(path);
  give(path, '_name', PyUnicode_FromString(found.name));
  give(path, '_path', Py_NewRef(list));
  give(path, '_path_finder', Py_NewRef(importClass('PathFinder', true)));
  Py_NewRef(path);
  release(m);
  return path;
}

/** Sets __package__, __loader__, __spec__, __path__, __file__ and __cached__ of a module that has none yet. */
export function describeModule(module: Ref, found: Found): void {
  const dict = i32(module + 16);
  const { name, file } = found;
  const parent = found.locations !== undefined ? name : name.slice(0, Math.max(0, name.lastIndexOf('.')));
  const m = hold(newLocations(found));
  const locations = i32(m);
  const loader = newLoader(found, locations);
  hold(loader);
  const spec = instance(importClass('ModuleSpec'));
  hold(spec);
  give(spec, 'name', PyUnicode_FromString(name));
  give(spec, 'loader', Py_NewRef(loader));
  give(spec, 'origin', textOrNone(found.kind === 'built-in' ? 'built-in' : (file ?? null)));
  give(spec, 'loader_state', Py_NewRef(Py_None));
  give(spec, 'submodule_search_locations', Py_NewRef(locations));
  give(spec, '_uninitialized_submodules', PyList_New(0));
  give(spec, '_set_fileattr', Py_NewRef(file === undefined ? Py_False : Py_True));
  give(spec, '_cached', textOrNone(file === undefined ? null : cachedPath(file)));
  const set = (key: string, value: Ref): void => {
    const h = hold(value);
    PyDict_SetItemString(dict, key, value);
    release(h);
  };
  PyDict_SetItem(dict, Py_ID.__spec__, spec);
  PyDict_SetItem(dict, Py_ID.__loader__, loader);
  set('__package__', PyUnicode_FromString(parent));
  if (found.kind === 'namespace') PyDict_SetItemString(dict, '__file__', Py_None);
  if (locations !== Py_None) PyDict_SetItem(dict, Py_ID.__path__, locations);
  if (file !== undefined) {
    set('__file__', PyUnicode_FromString(file));
    set('__cached__', PyUnicode_FromString(cachedPath(file)));
  }
  release(m);
}
/** The __loader__ of __main__: of its file, or what -c and standard input have; a new reference. */
export function mainModuleLoader(file: string | null): Ref {
  return newLoader(
    file === null ? { name: '__main__', kind: 'built-in' } : { name: '__main__', kind: 'source', file },
    Py_None,
  );
}
