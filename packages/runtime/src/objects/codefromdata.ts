/** Code objects made of what the compiler hands over: plain data, whose names are interned and whose constants are shared. */
import { type CodeData, type Constant, type Ledger, notesOf, type StrConstant } from '@moult/compiler';
import { bytes, i32, setPtr } from '../memory/linear.ts';
import { PyMem_Free, PyMem_Malloc } from '../memory/obmalloc.ts';
import { _PyBytes_Resize, PyBytes_FromStringAndSize } from './bytesobject.ts';
import { LedgerPlayer } from './codeledger.ts';
import { newCode, type Parts } from './codeobject.ts';
import { PyComplex_FromDoubles } from './complexobject.ts';
import { PyErr_NoMemory } from './errors.ts';
import { PyFloat_FromDouble } from './floatobject.ts';
import { internImmortal, internMortal, PyUnicode_CHECK_INTERNED } from './intern.ts';
import { PyList_Append } from './listobject.ts';
import { PyLong_FromBigInt } from './longobject.ts';
import { drop, hold, nativeMark, Py_CLEAR, Py_NewRef, Py_REFCNT, type Ref, release } from './object.ts';
import { PyFrozenSet_New } from './setobject.ts';
import { Py_Ellipsis, Py_False, Py_None, Py_True } from './static.ts';
import { PyTuple_New } from './tupleobject.ts';
import { copyInto, fromCodePoints, resize_compact } from './unicodemake.ts';
import { PyUnicode_FromString, PyUnicode_MAX_CHAR_VALUE, PyUnicode_New } from './unicodeobject.ts';

/** A new bytes object with these contents. */
export function bytesFromArray(data: Uint8Array): Ref {
  const op = PyBytes_FromStringAndSize(0, data.length);
  const m = hold(op);
  if (data.length > 1) bytes.set(data, op + 32);
  else if (data.length === 1) {
    // one byte is a singleton
    const scratch = PyMem_Malloc(1);
    if (scratch === 0) PyErr_NoMemory();
    bytes[scratch] = data[0] as number;
    const one = PyBytes_FromStringAndSize(scratch, 1);
    PyMem_Free(scratch);
    release(m);
    return one;
  }
  drop(m);
  return op;
}

/** A bytes object of its own, even of one byte, as C makes one and fills it afterwards. */
export function freshBytes(data: Uint8Array): Ref {
  const op = PyBytes_FromStringAndSize(0, data.length);
  bytes.set(data, op + 32);
  return op;
}

/**
 * A table that the assembler grew to twice its size whenever the next entry (its first byte is above 127) might not fit, and cut
 * at the end: so its block may be larger than it need be.
 */
function grownTable(data: Uint8Array, initial: number, room: number): Ref {
  let capacity = initial;
  for (let at = 0; at < data.length; at++) if ((data[at] as number) > 127 && at + room >= capacity) capacity *= 2;
  const m = hold(PyBytes_FromStringAndSize(0, capacity));
  const op = _PyBytes_Resize(i32(m), data.length);
  drop(m);
  bytes.set(data, op + 32);
  return op;
}

const IDENTIFIER = /^[A-Za-z0-9_]*$/;

/** Constants that are equal and of one type are one object within a compilation (the compiler's const_cache). */
class ConstCache extends Map<string, Ref> {
  /** The constants of the tree, and the list of the arena (or 0) that refers to their objects. */
  fromTree: ReadonlySet<Constant> | undefined;
  arena: Ref = 0;
  /** What the compiler makes meanwhile, if that is to be played. */
  ledger: LedgerPlayer | null = null;
  /** Code objects made before the constants that they are among. */
  readonly codes = new Map<CodeData, Ref>();
  /** The constants that the objects were made of, each the first of those that are equal. */
  readonly made = new Set<Constant>();
}

function constantKey(c: Constant): string | null {
  switch (c.t) {
    case 'None':
    case 'Ellipsis':
      return c.t;
    case 'bool':
      return `b${c.v}`;
    case 'int':
      return `i${c.v}`;
    case 'float':
      return `f${Object.is(c.v, -0) ? '-0' : c.v}`;
    case 'complex':
      return `c${Object.is(c.re, -0) ? '-0' : c.re},${Object.is(c.im, -0) ? '-0' : c.im}`;
    case 'str':
      return c.points === undefined ? `s${c.v.length}:${c.v}` : `p${c.points.join(',')}`;
    case 'bytes':
      return `y${c.v.length}:${Array.from(c.v).join(',')}`;
    case 'tuple':
    case 'frozenset': {
      const keys: string[] = [];
      for (const item of c.v) {
        const k = constantKey(item);
        if (k === null) return null;
        keys.push(k);
      }
      return `${c.t}(${keys.join(';')})`;
    }
    default:
      return null;
  }
}

/** A str that is interned when it looks like a name. */
function stringConstant(text: string): Ref {
  const s = PyUnicode_FromString(text);
  return IDENTIFIER.test(text) ? internMortal(s) : s;
}

/** Of a literal with escapes: made in a block with room for the characters as written, then cut. */
function escapedConstant(c: StrConstant, room: number): Ref {
  const text = c.points === undefined ? stringConstant(c.v) : fromCodePoints(c.points);
  const length = i32(text + 16);
  // a character of its own, an interned one, or nothing to cut
  if (length < 2 || room <= length || PyUnicode_CHECK_INTERNED(text) !== 0) return text;
  const m = hold(text);
  hold(PyUnicode_New(room, PyUnicode_MAX_CHAR_VALUE(text)));
  const op = resize_compact(i32(m + 8), length);
  copyInto(op, 0, text);
  drop(m + 8);
  release(m);
  return op;
}

/** Interns, taking over and returning a reference. */
function intern(s: Ref): Ref {
  return internImmortal(s);
}

export function name(text: string): Ref {
  return intern(PyUnicode_FromString(text));
}

function constant(c: Constant, cache: ConstCache, filename: Ref): Ref {
  if (c.t === 'code') {
    const made = cache.codes.get(c.v);
    return made !== undefined ? Py_NewRef(made) : fromData(c.v, cache, filename);
  }
  const key = constantKey(c);
  if (key !== null) {
    const known = cache.get(key);
    if (known !== undefined) return Py_NewRef(known);
  }
  const op = makeConstant(c, cache, filename);
  const m = hold(op);
  if (cache.arena !== 0 && cache.fromTree?.has(c) === true && !(c.t === 'str' && Py_REFCNT(op) !== 1)) {
    // the compiler makes the code's frozenset anew: the tree's is another
    const noted = c.t === 'frozenset' ? hold(makeConstant(c, cache, filename)) : m;
    for (let i = notesOf(c); i > 0; i--) PyList_Append(cache.arena, i32(noted));
    if (noted !== m) release(noted);
    // an operand refers to its items; an item equal to an earlier constant is another object, that no code uses
    for (const operand of c.operands ?? [])
      for (const item of operand.t === 'tuple' ? operand.v : [])
        if (cache.made.has(item)) PyList_Append(cache.arena, cache.get(constantKey(item) as string) as Ref);
  }
  if (key !== null) {
    cache.set(key, op);
    cache.made.add(c);
  }
  drop(m);
  return op;
}

function makeConstant(c: Exclude<Constant, { t: 'code' }>, cache: ConstCache, filename: Ref): Ref {
  switch (c.t) {
    case 'None':
      return Py_NewRef(Py_None);
    case 'Ellipsis':
      return Py_NewRef(Py_Ellipsis);
    case 'bool':
      return Py_NewRef(c.v ? Py_True : Py_False);
    case 'int':
      return PyLong_FromBigInt(c.v);
    case 'float':
      return PyFloat_FromDouble(c.v);
    case 'complex':
      return PyComplex_FromDoubles(c.re, c.im);
    case 'str':
      if (c.room !== undefined) return escapedConstant(c, c.room);
      return c.points === undefined ? stringConstant(c.v) : fromCodePoints(c.points);
    case 'bytes':
      return bytesFromArray(c.v);
    case 'tuple':
      return tupleOf(c.v, cache, filename);
    case 'frozenset': {
      const m = hold(tupleOf(c.v, cache, filename));
      const set = PyFrozenSet_New(i32(m));
      release(m);
      return set;
    }
  }
}

/** The items are made before the tuple, as the compiler does: a collection then untracks the inner tuples first. */
function tupleOf(items: readonly Constant[], cache: ConstCache, filename: Ref): Ref {
  const m = hold(0);
  for (const item of items) hold(constant(item, cache, filename));
  const tuple = PyTuple_New(items.length);
  for (let i = 0; i < items.length; i++) setPtr(tuple + 24 + (i << 3), i32(m + ((i + 1) << 3)));
  drop(m);
  return tuple;
}

/** A tuple of interned names, shared with an equal one. */
function nameTuple(names: readonly string[], cache: ConstCache): Ref {
  const key = `tuple(${names.map((n) => `s${n.length}:${n}`).join(';')})`;
  const known = cache.get(key);
  if (known !== undefined) return Py_NewRef(known);
  const tuple = PyTuple_New(names.length);
  const m = hold(tuple);
  names.forEach((n, i) => {
    setPtr(tuple + 24 + (i << 3), name(n));
  });
  drop(m);
  cache.set(key, tuple);
  return tuple;
}

/** The table, or an equal one of this compilation. */
function sharedTable(data: Uint8Array, cache: ConstCache, initial: number, room: number): Ref {
  const key = constantKey({ t: 'bytes', v: data }) as string;
  const known = cache.get(key);
  if (known !== undefined) return Py_NewRef(known);
  const op = data.length < 2 ? bytesFromArray(data) : grownTable(data, initial, room);
  cache.set(key, op);
  return op;
}

/** The code objects within come first; then its own tuples are made in the compiler's order, what else it makes between them. */
function tuplesOf(d: CodeData, cache: ConstCache, filename: Ref): Pick<Parts, 'consts' | 'names' | 'localsplusnames'> {
  const held = (op: Ref): Ref => i32(hold(op));
  const { ledger } = cache;
  if (ledger === null) {
    const consts = held(constant({ t: 'tuple', v: d.co_consts }, cache, filename));
    return { consts, names: 0, localsplusnames: 0 };
  }
  const first = nativeMark();
  for (const c of d.co_consts) if (c.t === 'code') cache.codes.set(c.v, held(fromData(c.v, cache, filename)));
  const end = nativeMark();
  ledger.begin(d.ledger as number);
  ledger.next();
  const names = held(nameTuple(d.co_names, cache));
  ledger.next();
  const consts = held(constant({ t: 'tuple', v: d.co_consts }, cache, filename));
  for (let slot = first; slot < end; slot += 8) Py_CLEAR(slot);
  ledger.next();
  const localsplusnames = held(nameTuple(d.co_localsplusnames, cache));
  ledger.next();
  return { consts, names, localsplusnames };
}

function fromData(d: CodeData, cache: ConstCache, filename: Ref): Ref {
  const m = nativeMark();
  const { consts, names, localsplusnames } = tuplesOf(d, cache, filename);
  const held = (op: Ref): Ref => i32(hold(op));
  const parts: Parts = {
    filename: held(Py_NewRef(filename)),
    name: held(name(d.co_name)),
    qualname: held(internMortal(PyUnicode_FromString(d.co_qualname))),
    consts,
    names: names !== 0 ? names : held(nameTuple(d.co_names, cache)),
    localsplusnames: localsplusnames !== 0 ? localsplusnames : held(nameTuple(d.co_localsplusnames, cache)),
    localspluskinds: held(freshBytes(d.co_localspluskinds)),
    linetable: held(sharedTable(d.co_linetable, cache, 32, 25)),
    exceptiontable: held(sharedTable(d.co_exceptiontable, cache, 16, 20)),
    flags: d.co_flags,
    argcount: d.co_argcount,
    posonlyargcount: d.co_posonlyargcount,
    kwonlyargcount: d.co_kwonlyargcount,
    stacksize: d.co_stacksize,
    firstlineno: d.co_firstlineno,
    code: d.co_code,
  };
  const co = newCode(parts);
  drop(m);
  return co;
}

/** The object of one constant; a new reference. */
export function objectOfConstant(c: Constant): Ref {
  return constant(c, new ConstCache(), 0);
}

/** Tuples and sets of code that can never run: no code object has them, but the arena does, and they refer to what others use. */
function keepUnused(cache: ConstCache, filename: Ref): void {
  if (cache.arena === 0) return;
  for (const c of cache.fromTree ?? []) {
    if (c.t !== 'tuple' && c.t !== 'frozenset') continue;
    if (!cache.has(constantKey(c) as string)) hold(constant(c, cache, filename));
  }
}

/** A code object, with all nested ones, of compiled data; a new reference. `filename` (0: the data's) is shared by all. */
export function PyCode_FromData(
  data: CodeData,
  filename: Ref = 0,
  fromTree?: ReadonlySet<Constant>,
  arena: Ref = 0,
  ledger: Ledger | null = null,
): Ref {
  const m = hold(filename === 0 ? PyUnicode_FromString(data.co_filename) : Py_NewRef(filename));
  const cache = new ConstCache();
  cache.fromTree = fromTree;
  cache.arena = arena;
  if (ledger !== null) cache.ledger = new LedgerPlayer(ledger);
  const co = fromData(data, cache, i32(m));
  hold(co);
  cache.ledger?.end();
  keepUnused(cache, i32(m));
  Py_NewRef(co);
  release(m);
  return co;
}
