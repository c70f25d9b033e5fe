/**
 * Calling Python functions: new frames and the binding of arguments to parameters, with CPython's messages.
 * Mirrors initialize_locals, _PyEvalFramePushAndInit, _PyEval_Vector and PyEval_EvalCode of Python/ceval.c.
 *
 * `args` are slots of the caller: with `steal` they lie on its value stack and what is bound is moved out of them (the
 * slot becomes NULL, so that an unwinding releases exactly what is left); without it they are borrowed.
 */
import { PyList_New } from '../objects/listobject.ts';
import {
  CO_OPTIMIZED,
  CO_VARARGS,
  CO_VARKEYWORDS,
  FRAME_OWNED_BY_THREAD,
  PyCodeObject,
  PyFunctionObject,
  Py_ID,
  PyThreadState,
} from '@moult/abi';
import { frameMade } from '../gc/framecount.ts';
import { CURRENT_TSTATE, i32, POLICY, setPtr, setU8 } from '../memory/linear.ts';
import { PyDict_GetItemRef, PyDict_New, PyDict_SetItem, PyDict_Size, PyDict_Next } from '../objects/dictobject.ts';
import { PENDING, PyErr_GetRaisedException, PyErr_SetRaisedException, raise } from '../objects/errors.ts';
import { PyFunction_New } from '../objects/funcobject.ts';
import {
  drop,
  hold,
  holdArray,
  PyUnicode_Check,
  Py_DECREF,
  Py_INCREF,
  Py_NewRef,
  Py_SIZE,
  type Ref,
  release,
  shrinkArray,
  borrowArguments,
  dropArguments,
} from '../objects/object.ts';
import { PyObject_RichCompareBool } from '../objects/objectattr.ts';
import { EMPTY_TUPLE } from '../objects/runtime.ts';
import { PyExc_SystemError, PyExc_TypeError, PyModule_Type } from '../objects/static.ts';
import { PyTuple_New } from '../objects/tupleobject.ts';
import { asText } from '../objects/unicodeobject.ts';
import { _PyEval_EvalFrame } from './ceval.ts';
import { _PyEval_FrameClearAndPop, _PyFrame_Initialize, _PyThreadState_PushFrame } from './frame.ts';
import { suggestionFor } from './suggestions.ts';

const Py_EQ = 2;

function qualname(func: Ref): string {
  return asText(i32(func + PyFunctionObject.func_qualname));
}
function localName(code: Ref, i: number): Ref {
  return i32(i32(code + PyCodeObject.co_localsplusnames) + 24 + (i << 3));
}

/** Binds `nargs` positional arguments and those of `kwnames` to the parameters in `locals` (all NULL at first). */
function initializeLocals(func: Ref, locals: number, args: number, nargs: number, kwnames: Ref, steal: boolean): void {
  const code = i32(func + PyFunctionObject.func_code);
  const flags = i32(code + PyCodeObject.co_flags);
  const argcount = i32(code + PyCodeObject.co_argcount);
  const kwonly = i32(code + PyCodeObject.co_kwonlyargcount);
  const total = argcount + kwonly;
  let kwdict = 0;
  if ((flags & CO_VARKEYWORDS) !== 0) {
    kwdict = PyDict_New();
    setPtr(locals + ((total + ((flags & CO_VARARGS) !== 0 ? 1 : 0)) << 3), kwdict);
  }
  const n = Math.min(nargs, argcount);
  for (let j = 0; j < n; j++) take(locals + (j << 3), args + (j << 3), steal);
  if ((flags & CO_VARARGS) !== 0) {
    let rest = EMPTY_TUPLE;
    if (nargs === n) Py_INCREF(rest);
    else {
      rest = PyTuple_New(nargs - n);
      for (let j = n; j < nargs; j++) take(rest + 24 + ((j - n) << 3), args + (j << 3), steal);
    }
    setPtr(locals + (total << 3), rest);
  }
  if (kwnames !== 0) bindKeywords(func, code, locals, args + (nargs << 3), kwnames, kwdict, total, steal);
  if (nargs > argcount && (flags & CO_VARARGS) === 0) tooManyPositional(func, code, nargs, locals);
  const defaults = i32(func + PyFunctionObject.func_defaults);
  if (nargs < argcount) {
    const defcount = defaults === 0 ? 0 : Py_SIZE(defaults);
    const m = argcount - defcount;
    let missing = 0;
    for (let i = nargs; i < m; i++) if (i32(locals + (i << 3)) === 0) missing++;
    if (missing > 0) missingArguments(func, code, missing, defcount, locals);
    for (let i = n > m ? n - m : 0; i < defcount; i++) {
      const slot = locals + ((m + i) << 3);
      if (i32(slot) === 0) setPtr(slot, Py_NewRef(i32(defaults + 24 + (i << 3))));
    }
  }
  if (kwonly > 0) {
    const kwdefaults = i32(func + PyFunctionObject.func_kwdefaults);
    let missing = 0;
    for (let i = argcount; i < total; i++) {
      const slot = locals + (i << 3);
      if (i32(slot) !== 0) continue;
      if (kwdefaults !== 0) {
        const value = PyDict_GetItemRef(kwdefaults, localName(code, i));
        if (value !== 0) {
          setPtr(slot, value);
          continue;
        }
      }
      missing++;
    }
    if (missing > 0) missingArguments(func, code, missing, -1, locals);
  }
}
function take(to: number, from: number, steal: boolean): void {
  const v = i32(from);
  setPtr(to, v);
  if (steal) setPtr(from, 0);
  else Py_INCREF(v);
}

function bindKeywords(
  func: Ref,
  code: Ref,
  locals: number,
  values: number,
  kwnames: Ref,
  kwdict: Ref,
  total: number,
  steal: boolean,
): void {
  const posonly = i32(code + PyCodeObject.co_posonlyargcount);
  const names = i32(code + PyCodeObject.co_localsplusnames);
  const count = Py_SIZE(kwnames);
  for (let i = 0; i < count; i++) {
    const keyword = i32(kwnames + 24 + (i << 3));
    const slot = values + (i << 3);
    if (!PyUnicode_Check(keyword)) raise(PyExc_TypeError, `${qualname(func)}() keywords must be strings`);
    let j = -1;
    for (let k = posonly; k < total; k++) {
      if (i32(names + 24 + (k << 3)) === keyword) {
        j = k;
        break;
      }
    }
    if (j < 0) {
      for (let k = posonly; k < total; k++) {
        if (PyObject_RichCompareBool(keyword, i32(names + 24 + (k << 3)), Py_EQ)) {
          j = k;
          break;
        }
      }
    }
    if (j < 0) {
      if (kwdict === 0) {
        if (posonly > 0) positionalOnlyPassedAsKeyword(func, code, posonly, kwnames);
        const possible: string[] = [];
        listOfNames(total - posonly);
        for (let k = posonly; k < total; k++) possible.push(asText(i32(names + 24 + (k << 3))));
        const name = asText(keyword);
        const suggestion = suggestionFor(name, possible);
        const hint = suggestion === null ? '' : `. Did you mean '${suggestion}'?`;
        raise(PyExc_TypeError, `${qualname(func)}() got an unexpected keyword argument '${name}'${hint}`);
      }
      PyDict_SetItem(kwdict, keyword, i32(slot));
      if (steal) {
        const v = i32(slot);
        setPtr(slot, 0);
        Py_DECREF(v);
      }
      continue;
    }
    if (i32(locals + (j << 3)) !== 0) {
      raise(PyExc_TypeError, `${qualname(func)}() got multiple values for argument '${asText(keyword)}'`);
    }
    take(locals + (j << 3), slot, steal);
  }
}

function positionalOnlyPassedAsKeyword(func: Ref, code: Ref, posonly: number, kwnames: Ref): void {
  const conflicts: string[] = [];
  listOfNames(0);
  for (let k = 0; k < posonly; k++) {
    const name = localName(code, k);
    const n = Py_SIZE(kwnames);
    for (let i = 0; i < n; i++) {
      const keyword = i32(kwnames + 24 + (i << 3));
      if (keyword === name || PyObject_RichCompareBool(name, keyword, Py_EQ)) {
        conflicts.push(asText(keyword));
        break;
      }
    }
  }
  if (conflicts.length === 0) return;
  raise(
    PyExc_TypeError,
    `${qualname(func)}() got some positional-only arguments passed as keyword arguments: '${conflicts.join(', ')}'`,
  );
}

function tooManyPositional(func: Ref, code: Ref, given: number, locals: number): never {
  const argcount = i32(code + PyCodeObject.co_argcount);
  const kwonlyCount = i32(code + PyCodeObject.co_kwonlyargcount);
  const defaults = i32(func + PyFunctionObject.func_defaults);
  const defcount = defaults === 0 ? 0 : Py_SIZE(defaults);
  let kwonlyGiven = 0;
  for (let i = argcount; i < argcount + kwonlyCount; i++) if (i32(locals + (i << 3)) !== 0) kwonlyGiven++;
  const plural = defcount > 0 ? true : argcount !== 1;
  const takes = defcount > 0 ? `from ${argcount - defcount} to ${argcount}` : `${argcount}`;
  const kw =
    kwonlyGiven > 0
      ? ` positional argument${given !== 1 ? 's' : ''} (and ${kwonlyGiven} keyword-only argument${kwonlyGiven !== 1 ? 's' : ''})`
      : '';
  raise(
    PyExc_TypeError,
    `${qualname(func)}() takes ${takes} positional argument${plural ? 's' : ''} but ${given}${kw} ${given === 1 && kwonlyGiven === 0 ? 'was' : 'were'} given`,
  );
}

/** CPython gathers the names for its message in a list (two where there are many); the collector's counts show them. */
function listOfNames(n: number, two = false): void {
  const m = hold(PyList_New(n));
  if (two) hold(PyList_New(2));
  release(m);
}
function missingArguments(func: Ref, code: Ref, missing: number, defcount: number, locals: number): never {
  const argcount = i32(code + PyCodeObject.co_argcount);
  const positional = defcount !== -1;
  const start = positional ? 0 : argcount;
  const end = positional ? argcount - defcount : argcount + i32(code + PyCodeObject.co_kwonlyargcount);
  const names: string[] = [];
  for (let i = start; i < end; i++) if (i32(locals + (i << 3)) === 0) names.push(`'${asText(localName(code, i))}'`);
  listOfNames(missing, names.length > 2);
  let list: string;
  if (names.length === 1) list = names[0] as string;
  else if (names.length === 2) list = names.join(' and ');
  else list = `${names.slice(0, -1).join(', ')}, and ${names[names.length - 1]}`;
  raise(
    PyExc_TypeError,
    `${qualname(func)}() missing ${missing} required ${positional ? 'positional' : 'keyword-only'} argument${missing === 1 ? '' : 's'}: ${list}`,
  );
}

/**
 * A frame for a call of `func`, its arguments bound. Takes over one reference to `func` and to `locals` (0: none) when
 * it succeeds, and the arguments when `steal`; when it throws, func and locals are still the caller's.
 */
export function _PyEvalFramePushAndInit(
  tstate: number,
  func: Ref,
  locals: Ref,
  args: number,
  nargs: number,
  kwnames: Ref,
  steal: boolean,
): number {
  const code = i32(func + PyFunctionObject.func_code);
  if (i32(POLICY) < 311) frameMade(code);
  const fp = _PyThreadState_PushFrame(tstate, i32(code + PyCodeObject.co_framesize));
  _PyFrame_Initialize(fp, func, locals, code, 0);
  const flags = i32(code + PyCodeObject.co_flags);
  if (
    kwnames === 0 &&
    (flags & (CO_VARARGS | CO_VARKEYWORDS)) === 0 &&
    nargs === i32(code + PyCodeObject.co_argcount) &&
    i32(code + PyCodeObject.co_kwonlyargcount) === 0
  ) {
    for (let i = 0; i < nargs; i++) {
      const v = i32(args + (i << 3));
      setPtr(fp + 72 + (i << 3), v);
      if (!steal) Py_INCREF(v);
    }
    return fp;
  }
  // up to 3.11 the tuple and the dict of further arguments may collect: what the frame owns must be seen
  const collects = i32(POLICY) < 312;
  const m = collects ? holdArray(fp, 1) : 0;
  if (collects) holdArray(fp + 72, i32(fp + 64));
  try {
    initializeLocals(func, fp + 72, args, nargs, kwnames, steal);
  } catch (e) {
    if (e !== PENDING) throw e;
    if (collects) {
      shrinkArray(m, 0);
      shrinkArray(m + 16, 0);
    }
    const exc = PyErr_GetRaisedException();
    Py_INCREF(func);
    if (locals !== 0) Py_INCREF(locals);
    setU8(fp + 70, FRAME_OWNED_BY_THREAD);
    _PyEval_FrameClearAndPop(tstate, fp);
    PyErr_SetRaisedException(exc);
    throw e;
  }
  if (collects) drop(m);
  return fp;
}

/** Runs `func` in a nested loop; `args` are borrowed. */
export function _PyEval_Vector(tstate: number, func: Ref, locals: Ref, args: number, nargs: number, kwnames: Ref): Ref {
  return _PyEval_EvalFrame(tstate, frameFor(tstate, func, locals, args, nargs, kwnames), false);
}
/** A frame that runs `func`; all arguments are borrowed. */
export function frameFor(tstate: number, func: Ref, locals: Ref, args: number, nargs: number, kwnames: Ref): number {
  Py_INCREF(func);
  if (locals !== 0) Py_INCREF(locals);
  const m = hold(func);
  if (locals !== 0) hold(locals);
  const fp = _PyEvalFramePushAndInit(tstate, func, locals, args, nargs, kwnames, false);
  drop(m);
  return fp;
}
/** A frame for the vectorcall of a function. */
export function frameForCall(func: Ref, args: number, nargs: number, kwnames: Ref): number {
  const code = i32(func + PyFunctionObject.func_code);
  const locals =
    (i32(code + PyCodeObject.co_flags) & CO_OPTIMIZED) !== 0 ? 0 : i32(func + PyFunctionObject.func_globals);
  const kw = kwnames !== 0 && Py_SIZE(kwnames) === 0 ? 0 : kwnames;
  return frameFor(i32(CURRENT_TSTATE), func, locals, args, nargs, kw);
}

/** The vectorcall of function objects. */
export function _PyFunction_Vectorcall(func: Ref, args: number, nargs: number, kwnames: Ref): Ref {
  return _PyEval_EvalFrame(i32(CURRENT_TSTATE), frameForCall(func, args, nargs, kwnames), false);
}

/** globals['__builtins__'] as a dict, or the current builtins; borrowed. */
export function _PyEval_BuiltinsFromGlobals(globals: Ref): Ref {
  const b = PyDict_GetItemRef(globals, Py_ID.__builtins__);
  if (b !== 0) {
    Py_DECREF(b);
    return i32(b + 8) === PyModule_Type ? i32(b + 16) : b;
  }
  return PyEval_GetBuiltins();
}
export function PyEval_GetBuiltins(): Ref {
  const tstate = i32(CURRENT_TSTATE);
  const fp = completeFrame(tstate);
  if (fp !== 0) return i32(fp + 32);
  return i32(i32(tstate + PyThreadState.interp) + BUILTINS);
}
export function PyEval_GetGlobals(): Ref {
  const fp = completeFrame(i32(CURRENT_TSTATE));
  return fp === 0 ? 0 : i32(fp + 24);
}
import { PyInterpreterState } from '@moult/abi';
import { _PyThreadState_GetFrame as completeFrame } from './frame.ts';
const BUILTINS = PyInterpreterState.builtins;

/** Runs a code object; `globals` must be a dict, `locals` any mapping. Returns what the code returns. */
export function PyEval_EvalCode(code: Ref, globals: Ref, locals: Ref): Ref {
  return PyEval_EvalCodeEx(code, globals, locals, 0);
}
/** With a tuple of cells for the free variables (exec(…, closure=…)). */
export function PyEval_EvalCodeEx(code: Ref, globals: Ref, locals: Ref, closure: Ref): Ref {
  const func = codeFunction(code, globals, closure);
  const m = hold(func);
  const result = _PyEval_Vector(i32(CURRENT_TSTATE), func, locals === 0 ? globals : locals, 0, 0, 0);
  release(m);
  return result;
}
/** The function that runs a code object. */
export function codeFunction(code: Ref, globals: Ref, closure: Ref): Ref {
  if (globals === 0 || (i32(i32(globals + 8) + 168) & (1 << 29)) === 0) {
    raise(PyExc_SystemError, 'PyEval_EvalCodeEx: NULL globals');
  }
  const builtins = _PyEval_BuiltinsFromGlobals(globals);
  const func = PyFunction_New(code, globals);
  if (i32(func + PyFunctionObject.func_builtins) !== builtins) {
    const old = i32(func + PyFunctionObject.func_builtins);
    setPtr(func + PyFunctionObject.func_builtins, Py_NewRef(builtins));
    Py_DECREF(old);
  }
  if (closure !== 0) setPtr(func + PyFunctionObject.func_closure, Py_NewRef(closure));
  return func;
}

/** A call with a tuple and a dict: the form that CALL_FUNCTION_EX inlines (_PyEvalFramePushAndInit_Ex). Borrows both. `keepAt`: a slot that owns the values from then on. */
export function _PyEvalFramePushAndInit_Ex(
  tstate: number,
  func: Ref,
  locals: Ref,
  tuple: Ref,
  kwargs: Ref,
  keepAt = 0,
): number {
  const nargs = Py_SIZE(tuple);
  const nk = kwargs === 0 ? 0 : PyDict_Size(kwargs);
  if (nk === 0) return _PyEvalFramePushAndInit(tstate, func, locals, tuple + 24, nargs, 0, false);
  const total = nargs + nk;
  const names = PyTuple_New(nk);
  const m = hold(names);
  const kept = keepAt === 0 ? 0 : PyTuple_New(total);
  if (kept !== 0) hold(kept);
  const values = kept === 0 ? borrowArguments(total) : kept + 24;
  const own = (value: Ref): Ref => (kept === 0 ? value : Py_NewRef(value));
  for (let i = 0; i < nargs; i++) setPtr(values + (i << 3), own(i32(tuple + 24 + (i << 3))));
  const pos = { i: 0, key: 0, value: 0 };
  for (let k = 0; PyDict_Next(kwargs, pos); k++) {
    if (!PyUnicode_Check(pos.key)) raise(PyExc_TypeError, 'keywords must be strings');
    setPtr(names + 24 + (k << 3), Py_NewRef(pos.key));
    setPtr(values + ((nargs + k) << 3), own(pos.value));
  }
  const fp = _PyEvalFramePushAndInit(tstate, func, locals, values, nargs, names, false);
  if (kept === 0) dropArguments(values);
  else setPtr(keepAt, Py_NewRef(kept));
  release(m);
  return fp;
}
