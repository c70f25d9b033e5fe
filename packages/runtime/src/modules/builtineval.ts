/** compile, eval, exec, __import__ and __build_class__. Mirrors Python/bltinmodule.c. */
import { METH_FASTCALL, METH_KEYWORDS, PyCodeObject, Py_ID } from '@moult/abi';
import { i32, setPtr } from '../memory/linear.ts';
import { PyLong_AsInt } from '../objects/longobject.ts';
import { PyMapping_Check, PyObject_SetItem } from '../objects/abstract.ts';
import { unpackKeywords } from '../objects/args.ts';
import { bufferBytes } from './buffers.ts';
import { callFunction, PyObject_CallOneArg, tupleFromArray } from '../objects/call.ts';
import { PyCell_Get } from '../objects/cellobject.ts';
import { PyDict_Contains, PyDict_New, PyDict_SetItem } from '../objects/dictobject.ts';
import { popKey } from '../objects/dictdelete.ts';
import { raise } from '../objects/errors.ts';
import { PyList_Append, PyList_New } from '../objects/listobject.ts';
import {
  drop,
  hold,
  PyDict_Check,
  PyTuple_Check,
  PyType_Check,
  PyUnicode_Check,
  Py_DECREF,
  Py_NewRef,
  type Ref,
  release,
  tpName,
  typeNameOf,
} from '../objects/object.ts';
import {
  callDict,
  dictRoom,
  dropSlot,
  dropSlotsFrom,
  type MachineSpec,
  pushNative,
  runCodeFrom,
  runFunctionWith,
  runNested,
  slotOf,
  stateOf,
  wordOf,
} from '../objects/nativeframe.ts';
import { PyObject_GetOptionalAttr, PyObject_IsTrue, PyObject_Repr } from '../objects/objectattr.ts';
import type { MethodSpec } from '../objects/spec.ts';
import {
  PyCell_Type,
  PyCode_Type,
  PyExc_RuntimeError,
  PyExc_SyntaxError,
  PyExc_SystemError,
  PyExc_TypeError,
  PyExc_ValueError,
  PyFunction_Type,
  PyType_Type,
  Py_None,
} from '../objects/static.ts';
import { PyList_AsTuple } from '../objects/listobject.ts';
import { _PyType_CalculateMetaclass } from '../objects/typebases.ts';
import { asText, PyUnicode_InternFromString } from '../objects/unicodeobject.ts';
import { vm } from '../objects/vmlink.ts';
import { currentFrame } from '../vm/frame.ts';
import { importCall, importFrame } from '../vm/importcall.ts';
import { compileSource, compileTree, parseSource, type TreeResult } from '../vm/pycompile.ts';
import { ensureAst, PyCF_ONLY_AST, PyCF_OPTIMIZED_AST, PyCF_TYPE_COMMENTS } from './astmodule.ts';
import { treeToObjects } from './astobjects.ts';
import { objectsToTree } from './astread.ts';
import { isNode } from './aststate.ts';
import { none, PyEval_GetFrameLocals } from './builtinfuncs.ts';
import { fsPath } from './paths.ts';

const FASTKW = METH_FASTCALL | METH_KEYWORDS;
const PyCF_MASK = 0x1fe0000;
const PyCF_KNOWN = PyCF_MASK | 0x0100 | 0x0200 | PyCF_ONLY_AST | 0x1000 | 0x2000 | 0x4000 | 0x8000 | 0x10;

/** CO_FUTURE_* flags of the running code (PyEval_MergeCompilerFlags). */
function inheritedFlags(): number {
  const fp = currentFrame();
  return fp === 0 ? 0 : i32(i32(fp) + PyCodeObject.co_flags) & PyCF_MASK;
}
/** Source text of str, bytes-like; raises TypeError for others (_Py_SourceAsString). */
function sourceOf(op: Ref, who: string, what: string): string | Uint8Array {
  if (PyUnicode_Check(op)) {
    const text = asText(op);
    if (/[\ud800-\udfff]/u.test(text)) encodeStrict(op);
    if (text.includes('\0')) raise(PyExc_SyntaxError, 'source code string cannot contain null bytes');
    return text;
  }
  const data = bufferBytes(op);
  if (data === null) raise(PyExc_TypeError, `${who}() arg 1 must be a ${what} object`);
  if (data.includes(0)) raise(PyExc_SyntaxError, 'source code string cannot contain null bytes');
  return data;
}
/** Lone surrogates cannot be source text: the error is that of encoding them. */
function encodeStrict(op: Ref): void {
  const m = hold(PyUnicode_InternFromString('encode'));
  hold(callFunctionNamed(op, i32(m)));
  release(m);
}
function callFunctionNamed(op: Ref, name: Ref): Ref {
  const f = PyObject_GetOptionalAttr(op, name);
  const m = hold(f);
  const res = callFunction(f);
  release(m);
  return res;
}

/** What becomes of a tree: objects, of the tree folded or as it was read, or (null) a code object. */
function treeResult(flags: number): TreeResult | null {
  if ((flags & PyCF_ONLY_AST) === 0) return null;
  return { toObject: treeToObjects, folded: (flags & PyCF_OPTIMIZED_AST) === PyCF_OPTIMIZED_AST };
}
function builtin_compile(_m: Ref, args: number, nargs: number, kwnames: Ref): Ref {
  const a = unpackKeywords(args, nargs, kwnames, {
    fname: 'compile',
    keywords: ['source', 'filename', 'mode', 'flags', 'dont_inherit', 'optimize', '_feature_version'],
    required: 3,
    kwonly: 1,
  });
  const source = a[0] as Ref;
  const m = hold(fsPath(a[1] as Ref));
  const filename = i32(m);
  if (!PyUnicode_Check(a[2] as Ref))
    raise(PyExc_TypeError, `compile() argument 'mode' must be str, not ${typeNameOf(a[2] as Ref)}`);
  const mode = asText(a[2] as Ref);
  let flags = a[3] === 0 ? 0 : PyLong_AsInt(a[3] as Ref);
  const dontInherit = a[4] !== 0 && PyObject_IsTrue(a[4] as Ref);
  const optimize = a[5] === 0 ? -1 : PyLong_AsInt(a[5] as Ref);
  if ((flags & ~PyCF_KNOWN) !== 0) raise(PyExc_ValueError, 'compile(): unrecognised flags');
  if (optimize < -1 || optimize > 2) raise(PyExc_ValueError, 'compile(): invalid optimize value');
  if (!dontInherit) flags |= inheritedFlags();
  if (mode !== 'exec' && mode !== 'eval' && mode !== 'single') {
    if (mode === 'func_type' && (flags & PyCF_ONLY_AST) === 0) {
      raise(PyExc_ValueError, "compile() mode 'func_type' requires flag PyCF_ONLY_AST");
    }
    if (mode !== 'func_type') {
      raise(
        PyExc_ValueError,
        (flags & PyCF_ONLY_AST) !== 0
          ? "compile() mode must be 'exec', 'eval', 'single' or 'func_type'"
          : "compile() mode must be 'exec', 'eval' or 'single'",
      );
    }
  }
  ensureAst();
  const options = { noted: true, flags: flags & PyCF_MASK, optimize: Math.max(optimize, 0) as 0 };
  let result: Ref;
  if (isNode(source)) {
    if ((flags & PyCF_OPTIMIZED_AST) === PyCF_ONLY_AST) result = Py_NewRef(source);
    else {
      const tree = objectsToTree(source, mode as 'exec');
      result = compileTree(tree, filename, asText(filename), mode as 'exec', options, treeResult(flags));
    }
  } else {
    const text = sourceOf(source, 'compile', 'string, bytes or AST');
    if (mode === 'func_type') raise(PyExc_ValueError, "compile(): mode 'func_type' is not implemented");
    if ((flags & PyCF_ONLY_AST) !== 0 && (flags & PyCF_TYPE_COMMENTS) !== 0)
      raise(PyExc_ValueError, 'compile(): type comments are not implemented');
    const tree = treeResult(flags);
    result =
      tree !== null
        ? parseSource(text, asText(filename), mode as 'exec', options, tree)
        : compileSource(text, filename, asText(filename), mode as 'exec', options);
  }
  release(m);
  return result;
}
function ensureBuiltins(globals: Ref): void {
  if (!PyDict_Contains(globals, Py_ID.__builtins__))
    PyDict_SetItem(globals, Py_ID.__builtins__, vm.PyEval_GetBuiltins());
}
const freeVariables = (code: Ref): number => i32(code + PyCodeObject.co_nfreevars);

function builtin_eval(m: Ref, args: number, nargs: number, kwnames: Ref): Ref {
  return runNested(() => evalFrame(m, args, nargs, kwnames));
}
function evalFrame(_m: Ref, args: number, nargs: number, kwnames: Ref): number {
  const a = unpackKeywords(args, nargs, kwnames, { fname: 'eval', keywords: ['', 'globals', 'locals'], required: 1 });
  const source = a[0] as Ref;
  let globals = a[1] === 0 ? Py_None : (a[1] as Ref);
  let locals = a[2] === 0 ? Py_None : (a[2] as Ref);
  if (locals !== Py_None && !PyMapping_Check(locals)) raise(PyExc_TypeError, 'locals must be a mapping');
  if (globals !== Py_None && !PyDict_Check(globals)) {
    raise(
      PyExc_TypeError,
      PyMapping_Check(globals) ? 'globals must be a real dict; try eval(code, {}, mapping)' : 'globals must be a dict',
    );
  }
  const frame = pushNative(evalRun, 4, 4);
  if (globals === Py_None) {
    globals = vm.PyEval_GetGlobals();
    if (globals === 0) raise(PyExc_TypeError, 'eval must be given globals and locals when called without a frame');
    if (locals === Py_None) {
      locals = PyEval_GetFrameLocals();
      setPtr(slotOf(frame, LOCALS), locals);
    }
  } else if (locals === Py_None) locals = globals;
  ensureBuiltins(globals);
  let code = source;
  if (i32(source + 8) === PyCode_Type) {
    if (freeVariables(source) > 0)
      raise(PyExc_TypeError, 'code object passed to eval() may not contain free variables');
  } else {
    let text = sourceOf(source, 'eval', 'string, bytes or code');
    if (typeof text === 'string') text = text.replace(/^[ \t]+/, '');
    else {
      let i = 0;
      while (text[i] === 32 || text[i] === 9) i++;
      text = text.subarray(i);
    }
    code = compileInto(frame, text, 'eval');
  }
  return ready(frame, code, globals, locals, 0);
}
/** Slots of the frames of eval and exec: locals, the tree's constants, the code, its function; words of what is to run. */
const LOCALS = 0;
const ARENA = 1;
const CODE = 2;
const FUNC = 3;
function compileInto(frame: number, text: string | Uint8Array, mode: 'exec' | 'eval'): Ref {
  const arena = PyList_New(0);
  setPtr(slotOf(frame, ARENA), arena);
  const code = compileHere(text, mode, arena);
  setPtr(slotOf(frame, CODE), code);
  return code;
}
function ready(frame: number, code: Ref, globals: Ref, locals: Ref, closure: Ref): number {
  [code, globals, locals, closure].forEach((v, i) => {
    setPtr(wordOf(frame, i), v);
  });
  return frame;
}
function runReady(frame: number): number {
  const [code, globals, locals, closure] = [0, 1, 2, 3].map((i) => i32(wordOf(frame, i))) as [Ref, Ref, Ref, Ref];
  return runCodeFrom(frame, 1, code, globals, locals, closure, FUNC);
}
export const evalRun: MachineSpec = {
  name: 'eval,locals,constants,code,function',
  run: (frame, value) => (stateOf(frame) === 0 ? runReady(frame) : value),
  starts: [[builtin_eval, evalFrame]],
};
export const execRun: MachineSpec = {
  name: 'exec,locals,constants,code,function',
  run: (frame, value) => {
    const result = stateOf(frame) === 0 ? runReady(frame) : value;
    if (result < 0) return result;
    Py_DECREF(result);
    return none();
  },
  starts: [[builtin_exec, execFrame]],
};
/** Compiles a text to run it at once; the caller holds `arena`, a list, until it has run. */
function compileHere(text: string | Uint8Array, mode: 'exec' | 'eval', arena: Ref): Ref {
  const m = hold(PyUnicode_InternFromString('<string>'));
  const code = compileSource(text, i32(m), '<string>', mode, { flags: inheritedFlags(), arena, noted: true });
  release(m);
  return code;
}
function builtin_exec(m: Ref, args: number, nargs: number, kwnames: Ref): Ref {
  return runNested(() => execFrame(m, args, nargs, kwnames));
}
function execFrame(_m: Ref, args: number, nargs: number, kwnames: Ref): number {
  const a = unpackKeywords(args, nargs, kwnames, {
    fname: 'exec',
    keywords: ['', 'globals', 'locals', 'closure'],
    required: 1,
    kwonly: 1,
  });
  const source = a[0] as Ref;
  let globals = a[1] === 0 ? Py_None : (a[1] as Ref);
  let locals = a[2] === 0 ? Py_None : (a[2] as Ref);
  let closure = a[3] as Ref;
  const frame = pushNative(execRun, 4, 4);
  if (globals === Py_None) {
    globals = vm.PyEval_GetGlobals();
    if (globals === 0) raise(PyExc_SystemError, 'globals and locals cannot be NULL');
    if (locals === Py_None) {
      locals = PyEval_GetFrameLocals();
      setPtr(slotOf(frame, LOCALS), locals);
    }
  } else if (locals === Py_None) locals = globals;
  if (!PyDict_Check(globals)) raise(PyExc_TypeError, `exec() globals must be a dict, not ${typeNameOf(globals)}`);
  if (!PyMapping_Check(locals)) raise(PyExc_TypeError, `locals must be a mapping or None, not ${typeNameOf(locals)}`);
  ensureBuiltins(globals);
  if (closure === Py_None) closure = 0;
  if (i32(source + 8) === PyCode_Type) {
    const n = freeVariables(source);
    if (n === 0) {
      if (closure !== 0) raise(PyExc_TypeError, 'cannot use a closure with this code object');
    } else if (closure === 0 || !isClosure(closure, n)) {
      raise(PyExc_TypeError, `code object requires a closure of exactly length ${n}`);
    }
    return ready(frame, source, globals, locals, n === 0 ? 0 : closure);
  }
  if (closure !== 0) raise(PyExc_TypeError, 'closure can only be used when source is a code object');
  const code = compileInto(frame, sourceOf(source, 'exec', 'string, bytes or code'), 'exec');
  return ready(frame, code, globals, locals, 0);
}
function isClosure(op: Ref, n: number): boolean {
  if (!PyTuple_Check(op) || i32(op + 16) !== n) return false;
  for (let i = 0; i < n; i++) if (i32(i32(op + 24 + (i << 3)) + 8) !== PyCell_Type) return false;
  return true;
}

function builtin___import__(m: Ref, args: number, nargs: number, kwnames: Ref): Ref {
  return runNested(() => importBuiltinFrame(m, args, nargs, kwnames));
}
export const importBuiltin: MachineSpec = { ...importCall, starts: [[builtin___import__, importBuiltinFrame]] };
function importBuiltinFrame(_m: Ref, args: number, nargs: number, kwnames: Ref): number {
  const a = unpackKeywords(args, nargs, kwnames, {
    fname: '__import__',
    keywords: ['name', 'globals', 'locals', 'fromlist', 'level'],
    required: 1,
  });
  const level = a[4] === 0 ? 0 : PyLong_AsInt(a[4] as Ref);
  return importFrame(a[0] as Ref, a[1] as Ref, a[2] as Ref, a[3] as Ref, level);
}

// ---- __build_class__ ----------------------------------------------------------------------------------------------------

/** Replaces bases that have __mro_entries__; a new reference, `bases` itself when nothing changes. */
export function update_bases(bases: Ref): Ref {
  const n = i32(bases + 16);
  let list = 0;
  const m = hold(0);
  for (let i = 0; i < n; i++) {
    const base = i32(bases + 24 + (i << 3));
    if (PyType_Check(base)) {
      if (list !== 0) PyList_Append(list, base);
      continue;
    }
    const meth = PyObject_GetOptionalAttr(base, Py_ID.__mro_entries__);
    if (meth === 0) {
      if (list !== 0) PyList_Append(list, base);
      continue;
    }
    const k = hold(meth);
    const entries = PyObject_CallOneArg(meth, bases);
    hold(entries);
    if (!PyTuple_Check(entries)) raise(PyExc_TypeError, '__mro_entries__ must return a tuple');
    if (list === 0) {
      list = PyList_New(0);
      setPtr(m, list);
      for (let j = 0; j < i; j++) PyList_Append(list, i32(bases + 24 + (j << 3)));
    }
    for (let j = 0; j < i32(entries + 16); j++) PyList_Append(list, i32(entries + 24 + (j << 3)));
    release(k);
  }
  const result = list === 0 ? Py_NewRef(bases) : PyList_AsTuple(list);
  release(m);
  return result;
}

/** Slots: the bases as written and as they are, keywords, metaclass, __prepare__, namespace, class cell; then callTuple's. */
const ORIG_BASES = 0;
const BASES = 1;
const KEYWORDS = 2;
const META = 3;
const PREPARE = 4;
const NAMESPACE = 5;
const CELL = 6;
const OWN = 7;
/** Words: the arguments; then callDict's. */
const ARGS = 1;

function builtin___build_class__(m: Ref, args: number, nargs: number, kwnames: Ref): Ref {
  return runNested(() => buildClassFrame(m, args, nargs, kwnames));
}
function buildClassFrame(_m: Ref, args: number, nargs: number, kwnames: Ref): number {
  if (nargs < 2) raise(PyExc_TypeError, '__build_class__: not enough arguments');
  const func = i32(args);
  if (i32(func + 8) !== PyFunction_Type) raise(PyExc_TypeError, '__build_class__: func must be a function');
  if (!PyUnicode_Check(i32(args + 8))) raise(PyExc_TypeError, '__build_class__: name is not a string');
  const nk = kwnames === 0 ? 0 : i32(kwnames + 16);
  const { slots, words } = dictRoom(3, nk);
  const frame = pushNative(buildClass, OWN + slots, ARGS + words);
  setPtr(wordOf(frame, 0), args);
  const origBases = tupleFromArray(args + 16, nargs - 2);
  setPtr(slotOf(frame, ORIG_BASES), origBases);
  const bases = update_bases(origBases);
  setPtr(slotOf(frame, BASES), bases);
  let meta = 0;
  if (nk > 0) {
    const mkw = PyDict_New();
    setPtr(slotOf(frame, KEYWORDS), mkw);
    for (let i = 0; i < nk; i++) PyDict_SetItem(mkw, i32(kwnames + 24 + (i << 3)), i32(args + ((nargs + i) << 3)));
    meta = popKey(mkw, Py_ID.metaclass);
  }
  let isclass = true;
  if (meta !== 0) isclass = PyType_Check(meta);
  else meta = Py_NewRef(i32(bases + 16) === 0 ? PyType_Type : i32(i32(bases + 24) + 8));
  setPtr(slotOf(frame, META), meta);
  if (isclass) {
    const winner = _PyType_CalculateMetaclass(meta, bases);
    if (winner !== meta) {
      setPtr(slotOf(frame, META), Py_NewRef(winner));
      Py_DECREF(meta);
    }
  }
  return frame;
}
export const buildClass: MachineSpec = {
  name: '__build_class__,bases as written,bases,keywords,metaclass,__prepare__,namespace,class cell,names',
  run: (frame, result) => {
    let value = result;
    const args = i32(wordOf(frame, 0));
    const [func, name] = [i32(args), i32(args + 8)];
    const bases = i32(slotOf(frame, BASES));
    const mkw = i32(slotOf(frame, KEYWORDS));
    const meta = i32(slotOf(frame, META));
    let state = stateOf(frame);
    if (state === 0) {
      const prepare = PyObject_GetOptionalAttr(meta, Py_ID.__prepare__);
      setPtr(slotOf(frame, PREPARE), prepare);
      value = prepare === 0 ? PyDict_New() : callDict(frame, 1, prepare, [name, bases], mkw, OWN, ARGS);
      if (value < 0) return value;
      state = 1;
    }
    if (state === 1) {
      dropSlotsFrom(frame, OWN);
      setPtr(slotOf(frame, NAMESPACE), value);
      dropSlot(frame, PREPARE);
      if (!PyMapping_Check(value)) {
        const who = PyType_Check(meta) ? tpName(meta) : '<metaclass>';
        raise(PyExc_TypeError, `${who}.__prepare__() must return a mapping, not ${typeNameOf(value)}`);
      }
      value = runFunctionWith(frame, 2, func, value);
      if (value < 0) return value;
      state = 2;
    }
    if (state === 2) {
      setPtr(slotOf(frame, CELL), value);
      const ns = i32(slotOf(frame, NAMESPACE));
      if (bases !== i32(slotOf(frame, ORIG_BASES))) {
        const key = hold(PyUnicode_InternFromString('__orig_bases__'));
        PyObject_SetItem(ns, i32(key), i32(slotOf(frame, ORIG_BASES)));
        release(key);
      }
      value = callDict(frame, 3, meta, [name, bases, ns], mkw, OWN, ARGS);
      if (value < 0) return value;
    }
    dropSlotsFrom(frame, OWN);
    return checkCell(name, value, i32(slotOf(frame, CELL)));
  },
  starts: [[builtin___build_class__, buildClassFrame]],
};
/** The body's class cell must hold the new class, which is returned. */
function checkCell(name: Ref, cls: Ref, cell: Ref): Ref {
  if (!PyType_Check(cls) || i32(cell + 8) !== PyCell_Type) return cls;
  const held = hold(cls);
  const cellCls = PyCell_Get(cell);
  if (cellCls !== cls) {
    if (cellCls === 0) {
      raise(
        PyExc_RuntimeError,
        `__class__ not set defining ${reprText(name)} as ${reprText(cls)}. Was __classcell__ propagated to type.__new__?`,
      );
    }
    hold(cellCls);
    raise(PyExc_TypeError, `__class__ set to ${reprText(cellCls)} defining ${reprText(name)} as ${reprText(cls)}`);
  }
  hold(cellCls);
  release(held + 8);
  drop(held);
  return cls;
}
function reprText(op: Ref): string {
  const m = hold(PyObject_Repr(op));
  const text = asText(i32(m)).slice(0, 200);
  release(m);
  return text;
}

export const evalBuiltins: { readonly [name: string]: MethodSpec } = {
  __build_class__: {
    name: '__build_class__',
    flags: FASTKW,
    fn: builtin___build_class__,
    doc: '__build_class__(func, name, /, *bases, [metaclass], **kwds) -> class\n\nInternal helper function used by the class statement.',
  },
  __import__: {
    name: '__import__',
    flags: FASTKW,
    fn: builtin___import__,
    doc: '__import__($module, /, name, globals=None, locals=None, fromlist=(),\n           level=0)\n--\n\nImport a module.',
  },
  compile: {
    name: 'compile',
    flags: FASTKW,
    fn: builtin_compile,
    doc: 'compile($module, /, source, filename, mode, flags=0,\n        dont_inherit=False, optimize=-1, *, _feature_version=-1)\n--\n\nCompile source into a code object that can be executed by exec() or eval().',
  },
  eval: {
    name: 'eval',
    flags: FASTKW,
    fn: builtin_eval,
    doc: 'eval($module, source, /, globals=None, locals=None)\n--\n\nEvaluate the given source in the context of globals and locals.',
  },
  exec: {
    name: 'exec',
    flags: FASTKW,
    fn: builtin_exec,
    doc: 'exec($module, source, /, globals=None, locals=None, *, closure=None)\n--\n\nExecute the given source in the context of globals and locals.',
  },
};
