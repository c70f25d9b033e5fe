/** Objects of the bytes that marshal writes. Mirrors the reading half of Python/marshal.c. */
import { bytes, f64, i32, setPtr, u32 } from '../memory/linear.ts';
import { parseFloatExact } from '../numeric/strtod.ts';
import { freshBytes } from '../objects/bytesobject.ts';
import { PyUnicode_DecodeUTF8 } from '../objects/codecs.ts';
import { newCode } from '../objects/codeobject.ts';
import { PyComplex_FromDoubles } from '../objects/complexobject.ts';
import { PyDict_New, PyDict_SetItem } from '../objects/dictobject.ts';
import { raise } from '../objects/errors.ts';
import { PyFloat_FromDouble } from '../objects/floatobject.ts';
import { internImmortal } from '../objects/intern.ts';
import { PyList_Append, PyList_New, PyList_SetItem } from '../objects/listobject.ts';
import { PyLong_FromBigInt, PyLong_FromLong } from '../objects/longobject.ts';
import { drop, hold, Py_NewRef, Py_SIZE, type Ref, release } from '../objects/object.ts';
import { PyFrozenSet_New, PySet_Add, PySet_New } from '../objects/setobject.ts';
import {
  Py_Ellipsis,
  Py_False,
  Py_None,
  Py_True,
  PyExc_EOFError,
  PyExc_StopIteration,
  PyExc_TypeError,
  PyExc_ValueError,
} from '../objects/static.ts';
import { PyTuple_New } from '../objects/tupleobject.ts';
import { PyUnicode_FromKindAndData } from '../objects/unicodemake.ts';

const FLAG_REF = 0x80;
const MAX_DEPTH = 2000;
const SIZE32_MAX = 0x7fffffff;
const DIGIT_BITS = 15n;
const DIGIT_BASE = 1 << 15;

/** Where bytes come from: `take` answers the address of the next n, or fails. */
export interface Source {
  take(n: number): number;
  /** The next byte, or -1 at the end. */
  byte(): number;
}

/** n bytes at p, which stay there. */
export function memorySource(p: number, n: number): Source {
  let at = p;
  const end = p + n;
  return {
    take(count) {
      if (count > end - at) raise(PyExc_EOFError, 'marshal data too short');
      at += count;
      return at - count;
    },
    byte: () => (at < end ? (bytes[at++] as number) : -1),
  };
}

function bad(what: string): never {
  raise(PyExc_ValueError, `bad marshal data (${what})`);
}

/** One call of load or loads. */
class Reader {
  private readonly source: Source;
  private readonly allowCode: boolean;
  /** The list of what later places refer to, held by the caller. */
  private readonly refs: Ref;
  private depth = 0;

  constructor(source: Source, allowCode: boolean, refs: Ref) {
    this.source = source;
    this.allowCode = allowCode;
    this.refs = refs;
  }

  private byte(): number {
    const b = this.source.byte();
    if (b < 0) raise(PyExc_EOFError, 'EOF read where not expected');
    return b;
  }
  private long(): number {
    return i32(this.source.take(4));
  }
  private short(): number {
    const p = this.source.take(2);
    return (((bytes[p] as number) | ((bytes[p + 1] as number) << 8)) << 16) >> 16;
  }
  private double(): number {
    return f64(this.source.take(8));
  }
  private size(what: string): number {
    const n = this.long();
    if (n < 0 || n > SIZE32_MAX) bad(`${what} size out of range`);
    return n;
  }
  private shownDouble(): number {
    const n = this.byte();
    const p = this.source.take(n);
    const shown = String.fromCharCode(...bytes.subarray(p, p + n));
    const value = parseFloatExact(shown);
    if (value === null) raise(PyExc_ValueError, `could not convert string to float: '${shown}'`);
    return value;
  }
  private int(): Ref {
    const n = this.long();
    if (n === 0) return PyLong_FromLong(0);
    if (n < -SIZE32_MAX || n > SIZE32_MAX) bad('long size out of range');
    let v = 0n;
    let last = 0;
    for (let i = 0; i < Math.abs(n); i++) {
      last = this.short();
      if (last < 0 || last > DIGIT_BASE) bad('digit out of range in long');
      v |= BigInt(last) << (BigInt(i) * DIGIT_BITS);
    }
    if (last === 0) bad('unnormalized long data');
    return PyLong_FromBigInt(n < 0 ? -v : v);
  }
  private bytesObject(): Ref {
    const n = this.size('bytes object');
    const p = this.source.take(n);
    return freshBytes(bytes.subarray(p, p + n));
  }
  private ascii(n: number, interned: boolean): Ref {
    const text = PyUnicode_FromKindAndData(1, this.source.take(n), n);
    return interned ? internImmortal(text) : text;
  }
  private unicode(interned: boolean): Ref {
    const n = this.size('string');
    const text = PyUnicode_DecodeUTF8(this.source.take(n), n, 'surrogatepass');
    return interned ? internImmortal(text) : text;
  }

  /** Notes what is complete: its place is the next one. */
  private noted(op: Ref, flag: boolean): Ref {
    if (!flag) return op;
    const m = hold(op);
    PyList_Append(this.refs, op);
    drop(m);
    return op;
  }
  /** A place for what is read only after its parts. */
  private reserve(flag: boolean): number {
    if (!flag) return -1;
    PyList_Append(this.refs, Py_None);
    return Py_SIZE(this.refs) - 1;
  }
  private insert(op: Ref, place: number): Ref {
    if (place >= 0) PyList_SetItem(this.refs, place, Py_NewRef(op));
    return op;
  }

  private item(what: string): Ref {
    const v = this.object();
    if (v === 0) raise(PyExc_TypeError, `NULL object in marshal data for ${what}`);
    return v;
  }
  private tuple(n: number, flag: boolean): Ref {
    const tuple = this.noted(PyTuple_New(n), flag);
    const m = hold(tuple);
    for (let i = 0; i < n; i++) setPtr(tuple + 24 + (i << 3), this.item('tuple'));
    drop(m);
    return tuple;
  }
  private list(flag: boolean): Ref {
    const n = this.size('list');
    const list = this.noted(PyList_New(n), flag);
    const m = hold(list);
    for (let i = 0; i < n; i++) PyList_SetItem(list, i, this.item('list'));
    drop(m);
    return list;
  }
  private dict(flag: boolean): Ref {
    const dict = this.noted(PyDict_New(), flag);
    const m = hold(dict);
    for (;;) {
      const key = this.object();
      if (key === 0) break;
      const k = hold(key);
      const value = this.object();
      if (value === 0) {
        release(k);
        break;
      }
      hold(value);
      PyDict_SetItem(dict, key, value);
      release(k);
    }
    drop(m);
    return dict;
  }
  private set(frozen: boolean, flag: boolean): Ref {
    const n = this.size('set');
    if (n === 0 && frozen) return this.noted(PyFrozenSet_New(0), flag);
    // a frozen one is noted when it is complete: until then it changes
    const place = frozen ? this.reserve(flag) : -1;
    const set = frozen ? PyFrozenSet_New(0) : this.noted(PySet_New(0), flag);
    const m = hold(set);
    for (let i = 0; i < n; i++) {
      const k = hold(this.item('set'));
      PySet_Add(set, i32(k));
      release(k);
    }
    this.insert(set, place);
    drop(m);
    return set;
  }
  private code(flag: boolean): Ref {
    if (!this.allowCode) raise(PyExc_ValueError, 'unmarshalling code objects is disallowed');
    const place = this.reserve(flag);
    const argcount = this.long();
    const posonlyargcount = this.long();
    const kwonlyargcount = this.long();
    const stacksize = this.long();
    const flags = this.long();
    const held = (): Ref => i32(hold(this.item('object')));
    const m = hold(0);
    const code = held();
    const consts = held();
    const names = held();
    const localsplusnames = held();
    const localspluskinds = held();
    const filename = held();
    const name = held();
    const qualname = held();
    const firstlineno = this.long();
    const linetable = held();
    const exceptiontable = held();
    const own = (op: Ref): Ref => Py_NewRef(op);
    const co = newCode({
      filename: own(filename),
      name: own(name),
      qualname: own(qualname),
      consts: own(consts),
      names: own(names),
      localsplusnames: own(localsplusnames),
      localspluskinds: own(localspluskinds),
      linetable: own(linetable),
      exceptiontable: own(exceptiontable),
      flags,
      argcount,
      posonlyargcount,
      kwonlyargcount,
      stacksize,
      firstlineno,
      code: bytes.slice(code + 32, code + 32 + Py_SIZE(code)),
    });
    hold(co);
    this.insert(co, place);
    Py_NewRef(co);
    release(m);
    return co;
  }

  /** The next object, a new reference; 0 where NULL stands there. */
  object(): Ref {
    const type = this.source.byte();
    if (type < 0) raise(PyExc_EOFError, 'EOF read where object expected');
    if (++this.depth > MAX_DEPTH) {
      this.depth--;
      raise(PyExc_ValueError, 'recursion limit exceeded');
    }
    const op = this.ofType(String.fromCharCode(type & ~FLAG_REF), (type & FLAG_REF) !== 0);
    this.depth--;
    return op;
  }
  private ofType(type: string, flag: boolean): Ref {
    switch (type) {
      case '0':
        return 0;
      case 'N':
        return Py_NewRef(Py_None);
      case 'S':
        return Py_NewRef(PyExc_StopIteration);
      case '.':
        return Py_NewRef(Py_Ellipsis);
      case 'F':
        return Py_NewRef(Py_False);
      case 'T':
        return Py_NewRef(Py_True);
      case 'i':
        return this.noted(PyLong_FromLong(this.long()), flag);
      case 'I': {
        const p = this.source.take(8);
        return this.noted(PyLong_FromBigInt((BigInt(i32(p + 4)) << 32n) | BigInt(u32(p))), flag);
      }
      case 'l':
        return this.noted(this.int(), flag);
      case 'f':
        return this.noted(PyFloat_FromDouble(this.shownDouble()), flag);
      case 'g':
        return this.noted(PyFloat_FromDouble(this.double()), flag);
      case 'x': {
        const re = this.shownDouble();
        return this.noted(PyComplex_FromDoubles(re, this.shownDouble()), flag);
      }
      case 'y': {
        const re = this.double();
        return this.noted(PyComplex_FromDoubles(re, this.double()), flag);
      }
      case 's':
        return this.noted(this.bytesObject(), flag);
      case 'A':
        return this.noted(this.ascii(this.size('string'), true), flag);
      case 'a':
        return this.noted(this.ascii(this.size('string'), false), flag);
      case 'Z':
        return this.noted(this.ascii(this.byte(), true), flag);
      case 'z':
        return this.noted(this.ascii(this.byte(), false), flag);
      case 't':
        return this.noted(this.unicode(true), flag);
      case 'u':
        return this.noted(this.unicode(false), flag);
      case ')':
        return this.tuple(this.byte(), flag);
      case '(':
        return this.tuple(this.size('tuple'), flag);
      case '[':
        return this.list(flag);
      case '{':
        return this.dict(flag);
      case '<':
        return this.set(false, flag);
      case '>':
        return this.set(true, flag);
      case 'c':
        return this.code(flag);
      case 'r': {
        const n = this.long();
        const op = n < 0 || n >= Py_SIZE(this.refs) ? Py_None : i32(i32(this.refs + 24) + (n << 3));
        if (op === Py_None) bad('invalid reference');
        return Py_NewRef(op);
      }
      default:
        bad('unknown type code');
    }
  }
}

/** The object that comes from `source`; a new reference. */
export function readObject(source: Source, allowCode = true): Ref {
  const refs = PyList_New(0);
  const m = hold(refs);
  const op = new Reader(source, allowCode, refs).object();
  if (op === 0) raise(PyExc_TypeError, 'NULL object in marshal data for object');
  hold(op);
  Py_NewRef(op);
  release(m);
  return op;
}
