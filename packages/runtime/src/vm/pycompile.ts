/** From source to code objects: calls the compiler, and turns what it throws into Python's exceptions. */
import { lookupName } from '../numeric/unicode/names.ts';
import { pow } from '../numeric/libm/pow.ts';
import {
  type ast,
  compile,
  type CodeData,
  compileModule,
  Ledger,
  marshalCode,
  type CompileOptions,
  type Constant,
  optimizeModule,
  parse,
  type ParseOptions,
  PyParserMemoryError,
  PyRecursionError,
  PySyntaxError,
} from '@moult/compiler';
import { _gc_runtime_state as gcs, gc_generation } from '@moult/abi';
import { _PyObject_GC_Link } from '../gc/alloc.ts';
import { i32, POLICY, setI32, setPtr } from '../memory/linear.ts';
import { callFunction } from '../objects/call.ts';
import { LedgerPlayer } from '../objects/codeledger.ts';
import { PyCode_FromData } from '../objects/codeobject.ts';
import { PENDING, PyErr_SetObject, PyErr_SetString, raise } from '../objects/errors.ts';
import { PyObject_SetAttrString } from '../objects/objectattr.ts';
import { GC_STATE } from '../objects/runtime.ts';
import { PyLong_FromLong } from '../objects/longobject.ts';
import { MAX_STR_DIGITS } from '../objects/longtext.ts';
import { PyList_New } from '../objects/listobject.ts';
import { drop, Py_NewRef, hold, type Ref, release } from '../objects/object.ts';
import {
  PyExc_DeprecationWarning,
  PyExc_IndentationError,
  PyExc_MemoryError,
  PyExc_RecursionError,
  PyExc_SyntaxError,
  PyExc_SyntaxWarning,
  PyExc_TabError,
  Py_None,
} from '../objects/static.ts';
import { PyTuple_New } from '../objects/tupleobject.ts';
import { PyUnicode_FromString } from '../objects/unicodeobject.ts';
import { warnExplicit } from '../objects/warnings.ts';
import { host } from './host.ts';
import { decodeUtf8 } from './tbsource.ts';

export interface SourceOptions {
  flags?: number;
  optimize?: 0 | 1 | 2;
  /** Whether CPython would compile here: then what its compiler makes and frees is, too. */
  noted?: boolean;
  /** A list that gets the constants of the tree, as the arena of a compilation has them until the code has run. */
  arena?: Ref;
}

const YOUNG = GC_STATE + gcs.generations + gc_generation.count;

function orNone(n: number | null): Ref {
  return n === null ? Py_NewRef(Py_None) : PyLong_FromLong(n);
}
function textOrNone(s: string | null): Ref {
  return s === null ? Py_NewRef(Py_None) : PyUnicode_FromString(s);
}

/** The line of a file, for errors found after parsing; null where there is no file (_PyErr_ProgramDecodedTextObject). */
function programText(filename: string, lineno: number | null): string | null {
  if (lineno === null || lineno < 1 || filename.startsWith('<')) return null;
  const data = host.files.readFile(filename);
  if (data === null) return null;
  const lines = decodeUtf8(data).split(/(?<=\n)/);
  return lines[lineno - 1] ?? null;
}

/** The failed attempt to open the file of an error for its line: an OSError that no one sees. */
function noteLine(filename: string): void {
  if (i32(POLICY) !== 313 || host.files.readFile(filename) !== null) return;
  const m = hold(PyTuple_New(3));
  _PyObject_GC_Link(0);
  hold(PyTuple_New(2));
  release(m);
  setI32(YOUNG, Math.max(i32(YOUNG) - 1, 0));
}
function syntaxErrorType(e: PySyntaxError): Ref {
  if (e.kind === 'IndentationError') return PyExc_IndentationError;
  return e.kind === 'TabError' ? PyExc_TabError : PyExc_SyntaxError;
}
function exceptionOf(type: Ref, ...args: Ref[]): Ref {
  return callFunction(type, ...args);
}
/** Of the symbol table: made of the message alone, the place is set afterwards (PyErr_RangedSyntaxLocationObject). */
function locatedError(e: PySyntaxError): Ref {
  const message = hold(PyUnicode_FromString(e.msg));
  const exc = exceptionOf(PyExc_SyntaxError, i32(message));
  const m = hold(exc);
  noteLine(e.filename);
  const set = (name: string, value: Ref): void => {
    const held = hold(value);
    PyObject_SetAttrString(exc, name, value);
    release(held);
  };
  set('lineno', orNone(e.lineno));
  set('offset', orNone(e.offset));
  set('end_lineno', orNone(e.end_lineno));
  set('end_offset', orNone(e.end_offset));
  set('filename', PyUnicode_FromString(e.filename));
  set('text', textOrNone(programText(e.filename, e.lineno)));
  drop(m);
  release(message);
  return exc;
}
/** Of the others: made of the message and a tuple. */
function detailedError(e: PySyntaxError, exec: boolean): Ref {
  const reads = e.phase === 'compiler' || (e.phase === 'parser' && exec);
  const m = hold(0);
  if (e.second && i32(POLICY) === 313) {
    if (exec) noteLine(e.filename);
    hold(PyTuple_New(6));
    hold(PyTuple_New(2));
    _PyObject_GC_Link(0);
  }
  if (reads) noteLine(e.filename);
  const details = PyTuple_New(6);
  hold(details);
  setPtr(details + 24, textOrNone(e.filename));
  setPtr(details + 32, orNone(e.lineno));
  setPtr(details + 40, orNone(e.offset));
  setPtr(details + 48, textOrNone(e.text ?? programText(e.filename, e.lineno)));
  setPtr(details + 56, orNone(e.end_lineno));
  setPtr(details + 64, orNone(e.end_offset));
  const message = PyUnicode_FromString(e.msg);
  hold(message);
  const exc = exceptionOf(syntaxErrorType(e), message, details);
  if (e.second && i32(POLICY) === 313) setI32(YOUNG, Math.max(i32(YOUNG) - 1, 0));
  release(m);
  return exc;
}

/** Makes a pending Python exception of an error that the compiler threw; other errors are thrown on. `exec`: a whole file is compiled. */
export function raiseCompileError(e: unknown, exec = false): never {
  if (e instanceof PySyntaxError) {
    const exc = e.phase === 'symtable' ? locatedError(e) : detailedError(e, exec);
    const m = hold(exc);
    PyErr_SetObject(i32(exc + 8), exc);
    release(m);
    throw PENDING;
  }
  if (e instanceof PyParserMemoryError) {
    PyErr_SetString(PyExc_MemoryError, e.msg);
    throw PENDING;
  }
  if (e instanceof PyRecursionError) {
    PyErr_SetString(PyExc_RecursionError, e.message);
    throw PENDING;
  }
  if (e instanceof RangeError && /call stack/i.test(e.message)) {
    raise(PyExc_RecursionError, 'maximum recursion depth exceeded during compilation');
  }
  throw e;
}

/** Filled when linked: what the function compile does before it compiles, for those who call it in CPython. */
export const compileHooks = {
  beforeCompile: (): void => {},
};

/** What is to become of a tree instead of a code object. */
export interface TreeResult {
  toObject(tree: ast.Node): Ref;
  /** Whether constants are folded before. */
  folded: boolean;
}
type Mode = 'exec' | 'eval' | 'single';

function compileOptions(filename: string, mode: Mode, options: SourceOptions): CompileOptions & ParseOptions {
  return {
    resolveCharName: lookupName,
    power: pow,
    borrowedLoads: borrowsLoads(),
    filename,
    mode,
    optimize: options.optimize ?? 0,
    flags: options.flags ?? 0,
    intMaxStrDigits: i32(MAX_STR_DIGITS),
    onWarning: (category, message, line) => {
      const type = category === 'SyntaxWarning' ? PyExc_SyntaxWarning : PyExc_DeprecationWarning;
      warnExplicit(type, message, filename, line, 0);
    },
  };
}

/** The code object of a source text; a new reference. `filename` is a str object (borrowed). */
export function compileSource(
  source: string | Uint8Array,
  filename: Ref,
  filenameText: string,
  mode: Mode,
  options: SourceOptions = {},
): Ref {
  let data: CodeData;
  const ledger = options.noted === true && i32(POLICY) === 313 ? new Ledger() : null;
  // the arena's list, where the caller has none
  const m = hold(ledger !== null && options.arena === undefined ? PyList_New(0) : 0);
  const constants = options.arena === undefined ? undefined : new Set<Constant>();
  try {
    const all = compileOptions(filenameText, mode, options);
    if (constants !== undefined) all.arena = constants;
    if (ledger !== null) all.ledger = ledger;
    data = compile(source, all);
  } catch (e) {
    // what was made until then is freed when the error has been raised
    if (ledger !== null) new LedgerPlayer(ledger).end();
    raiseCompileError(e, mode === 'exec');
  }
  const code = PyCode_FromData(data, filename, constants, options.arena ?? 0, ledger);
  release(m);
  return code;
}

/** The tree of a source text as objects; a new reference. */
export function parseSource(
  source: string | Uint8Array,
  filename: string,
  mode: Mode,
  options: SourceOptions,
  result: TreeResult,
): Ref {
  const all = compileOptions(filename, mode, options);
  const m = hold(newArena());
  let tree: ast.Mod;
  try {
    tree = parse(source, all);
  } catch (e) {
    raiseCompileError(e, mode === 'exec');
  }
  const objects = treeResult(tree, all, result);
  release(m);
  return objects;
}
/** The list of the arena that a tree lives in, where the ledger of a compilation is kept; else 0. */
function newArena(): Ref {
  return i32(POLICY) === 313 ? PyList_New(0) : 0;
}
function treeResult(tree: ast.Mod, all: CompileOptions, result: TreeResult): Ref {
  try {
    if (result.folded) optimizeModule(tree, all);
  } catch (e) {
    raiseCompileError(e, all.mode === 'exec');
  }
  return result.toObject(tree);
}

/** The code object of a tree, or its objects; a new reference. */
export function compileTree(
  tree: ast.Mod,
  filename: Ref,
  filenameText: string,
  mode: Mode,
  options: SourceOptions,
  result: TreeResult | null,
): Ref {
  const all = compileOptions(filenameText, mode, options);
  const m = hold(newArena());
  let made: Ref;
  if (result !== null) made = treeResult(tree, all, result);
  else {
    const ledger = i32(POLICY) === 313 ? new Ledger() : null;
    let data: CodeData;
    try {
      if (ledger !== null) all.ledger = ledger;
      data = compileModule(tree, all);
    } catch (e) {
      if (ledger !== null) new LedgerPlayer(ledger).end();
      raiseCompileError(e, mode === 'exec');
    }
    made = PyCode_FromData(data, filename, undefined, 0, ledger);
  }
  release(m);
  return made;
}

export function compileText(
  source: string | Uint8Array,
  filename: string,
  mode: 'exec' | 'eval' | 'single',
  options: SourceOptions = {},
): Ref {
  const m = hold(PyUnicode_FromString(filename));
  const code = compileSource(source, i32(m), filename, mode, options);
  release(m);
  return code;
}

/** Whether this process's loads may borrow (policies from 3.14 on): its code is another. */
export function borrowsLoads(): boolean {
  return i32(POLICY) >= 314;
}
/** A module's code as marshal writes it. Touches no memory. */
export function precompile(source: Uint8Array, filename: string, borrowedLoads: boolean): Uint8Array {
  const options = { ...compileOptions(filename, 'exec', {}), borrowedLoads, onWarning: () => {} };
  return marshalCode(compile(source, options));
}
