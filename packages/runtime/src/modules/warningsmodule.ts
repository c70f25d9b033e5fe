/** The module _warnings. Mirrors Python/_warnings.c. */
import { METH_FASTCALL, METH_KEYWORDS, METH_NOARGS, Py_ID } from '@moult/abi';
import { i32 } from '../memory/linear.ts';
import { unpackKeywords } from '../objects/args.ts';
import { getItemStr, PyDict_SetItemString } from '../objects/dictobject.ts';
import { raise } from '../objects/errors.ts';
import { PyNumber_AsSsize_t } from '../objects/abstract.ts';
import { PyLong_AsInt } from '../objects/longobject.ts';
import { PyModule_GetDict } from '../objects/moduleobject.ts';
import {
  hold,
  Py_NewRef,
  PyTuple_Check,
  PyType_Check,
  PyType_IsSubtype,
  PyUnicode_Check,
  type Ref,
  release,
  typeNameOf,
} from '../objects/object.ts';
import { Py_None, PyExc_OverflowError, PyExc_TypeError, PyExc_UserWarning, PyExc_Warning } from '../objects/static.ts';
import { asText, PyUnicode_FromString } from '../objects/unicodeobject.ts';
import { filtersMutated, warn_explicit, warningRegistry, warningsState } from '../objects/warnfilter.ts';
import { vm } from '../objects/vmlink.ts';
import { none } from './builtinfuncs.ts';
import type { ModuleSpec } from './spec.ts';
import { sysDict } from './sysstate.ts';

function categoryOf(message: Ref, category: Ref): Ref {
  if (PyType_IsSubtype(i32(message + 8), PyExc_Warning)) return i32(message + 8);
  if (category === 0 || category === Py_None) return PyExc_UserWarning;
  if (!PyType_Check(category) || !PyType_IsSubtype(category, PyExc_Warning)) {
    raise(PyExc_TypeError, `category must be a Warning subclass, not '${typeNameOf(category)}'`);
  }
  return category;
}
/** The frame that is to blame: `level` up, not counting the import system's and files that begin with a prefix. */
function blamed(level: number, prefixes: Ref): { filename: string; line: number; globals: Ref } | null {
  const skipped = (name: string): boolean => {
    if (name.includes('importlib') && name.includes('_bootstrap')) return true;
    for (let i = 0; prefixes !== 0 && i < i32(prefixes + 16); i++) {
      if (name.startsWith(asText(i32(prefixes + 24 + (i << 3))))) return true;
    }
    return false;
  };
  const first = vm.callerLine(1);
  if (level <= 0 || (first !== null && skipped(first.filename) && prefixes === 0))
    return vm.callerLine(Math.max(level, 1));
  for (let at = 1, left = level; ; at++) {
    const frame = vm.callerLine(at);
    if (frame === null) return null;
    if (at > 1 && skipped(frame.filename)) continue;
    if (at === 1 && skipped(frame.filename)) {
      left = Math.max(left, 1);
      continue;
    }
    if (--left <= 0) return frame;
  }
}
function warnings_warn(_m: Ref, args: number, nargs: number, kwnames: Ref): Ref {
  const a = unpackKeywords(args, nargs, kwnames, {
    fname: 'warn',
    keywords: ['message', 'category', 'stacklevel', 'source', 'skip_file_prefixes'],
    required: 1,
    kwonly: 1,
  });
  const message = a[0] as Ref;
  const category = categoryOf(message, a[1] as Ref);
  let level = a[2] === 0 ? 1 : PyNumber_AsSsize_t(a[2] as Ref, PyExc_OverflowError);
  let prefixes = a[4] as Ref;
  if (prefixes !== 0) {
    if (!PyTuple_Check(prefixes)) {
      raise(PyExc_TypeError, `warn() argument 'skip_file_prefixes' must be tuple, not ${typeNameOf(prefixes)}`);
    }
    for (let i = 0; i < i32(prefixes + 16); i++) {
      const item = i32(prefixes + 24 + (i << 3));
      if (!PyUnicode_Check(item)) raise(PyExc_TypeError, `Found non-str '${typeNameOf(item)}' in skip_file_prefixes.`);
    }
    if (i32(prefixes + 16) === 0) prefixes = 0;
    else if (level < 2) level = 2;
  }
  const frame = blamed(level, prefixes);
  const globals = frame?.globals ?? sysDict();
  const m = hold(PyUnicode_FromString(frame?.filename ?? '<sys>'));
  const registry = warningRegistry(globals);
  hold(Py_NewRef(registry));
  const name = getItemStr(globals, Py_ID.__name__);
  const known = name !== 0 && (name === Py_None || PyUnicode_Check(name));
  hold(known ? Py_NewRef(name) : PyUnicode_FromString('<string>'));
  warn_explicit({
    category,
    message,
    filename: i32(m),
    line: frame?.line ?? 0,
    module: i32(m + 16),
    registry,
    source: a[3] as Ref,
  });
  release(m);
  return none();
}
function warnings_warn_explicit(_m: Ref, args: number, nargs: number, kwnames: Ref): Ref {
  const a = unpackKeywords(args, nargs, kwnames, {
    fname: 'warn_explicit',
    keywords: ['message', 'category', 'filename', 'lineno', 'module', 'registry', 'module_globals', 'source'],
    required: 4,
  });
  const filename = a[2] as Ref;
  if (!PyUnicode_Check(filename)) {
    raise(PyExc_TypeError, `warn_explicit() argument 'filename' must be str, not ${typeNameOf(filename)}`);
  }
  warn_explicit({
    category: a[1] as Ref,
    message: a[0] as Ref,
    filename,
    line: PyLong_AsInt(a[3] as Ref),
    module: a[4] as Ref,
    registry: a[5] as Ref,
    source: a[7] as Ref,
  });
  return none();
}
function warnings_filters_mutated(): Ref {
  filtersMutated();
  return none();
}

export const warningsSpec: ModuleSpec = {
  name: '_warnings',
  doc: '_warnings provides basic warning filtering support.\nIt is a helper module to speed up interpreter start-up.',
  methods: [
    {
      name: 'warn',
      flags: METH_FASTCALL | METH_KEYWORDS,
      fn: warnings_warn,
      doc: 'warn($module, /, message, category=None, stacklevel=1, source=None, *,\n     skip_file_prefixes=<unrepresentable>)\n--\n\n',
    },
    {
      name: 'warn_explicit',
      flags: METH_FASTCALL | METH_KEYWORDS,
      fn: warnings_warn_explicit,
      doc: 'warn_explicit($module, /, message, category, filename, lineno,\n              module=<unrepresentable>, registry=None,\n              module_globals=None, source=None)\n--\n\n',
    },
    {
      name: '_filters_mutated',
      flags: METH_NOARGS,
      fn: warnings_filters_mutated,
      doc: '_filters_mutated($module, /)\n--\n\n',
    },
  ],
  exec(module: Ref): void {
    const d = PyModule_GetDict(module);
    const { filters, once, action } = warningsState();
    PyDict_SetItemString(d, 'filters', filters);
    PyDict_SetItemString(d, '_onceregistry', once);
    PyDict_SetItemString(d, '_defaultaction', action);
  },
};
