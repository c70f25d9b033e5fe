/** The bytes that marshal writes of objects. Mirrors the writing half of Python/marshal.c. */
import { PyCodeObject as C } from '@moult/abi';
import { ByteWriter, orderOfBytes } from '@moult/compiler';
import { bytes, f64, i32 } from '../memory/linear.ts';
import { doubleToString } from '../numeric/dtoa.ts';
import { bytesOfBufferObject, PyObject_CheckBuffer } from '../objects/abstractbuffer.ts';
import { PyBytes_FromBytes } from '../objects/bytesobject.ts';
import { PyUnicode_AsEncodedString } from '../objects/codecs.ts';
import { PyCode_GetCode } from '../objects/codeobject.ts';
import { PyDict_Next } from '../objects/dictobject.ts';
import { raise } from '../objects/errors.ts';
import { PyUnicode_CHECK_INTERNED } from '../objects/intern.ts';
import { longAsBigInt } from '../objects/longobject.ts';
import { hold, Py_REFCNT, Py_SIZE, type Ref, release } from '../objects/object.ts';
import { set_next, setEntry } from '../objects/setobject.ts';
import {
  Py_Ellipsis,
  Py_False,
  Py_None,
  Py_True,
  PyBytes_Type,
  PyCode_Type,
  PyComplex_Type,
  PyDict_Type,
  PyExc_StopIteration,
  PyExc_ValueError,
  PyFloat_Type,
  PyFrozenSet_Type,
  PyList_Type,
  PyLong_Type,
  PySet_Type,
  PyTuple_Type,
  PyUnicode_Type,
} from '../objects/static.ts';
import { PyUnicode_DATA, PyUnicode_IS_ASCII } from '../objects/unicodeobject.ts';

const FLAG_REF = 0x80;
const MAX_DEPTH = 2000;
/** Which versions of the format have what. */
const REFERENCES = 3;
const SHORT_TEXT = 4;
const BINARY_FLOATS = 2;

/** The type of an object that is nothing but its type; '' for others. */
function plainType(op: Ref): string {
  switch (op) {
    case Py_None:
      return 'N';
    case PyExc_StopIteration:
      return 'S';
    case Py_Ellipsis:
      return '.';
    case Py_False:
      return 'F';
    case Py_True:
      return 'T';
    default:
      return '';
  }
}
const typeOf = (c: string): number => c.charCodeAt(0);

class Writer {
  readonly out = new ByteWriter();
  private readonly version: number;
  private readonly allowCode: boolean;
  private readonly places = new Map<Ref, number>();
  private depth = 0;

  constructor(version: number, allowCode: boolean) {
    this.version = version;
    this.allowCode = allowCode;
  }

  /** The flag for the object's type; -1 where a reference to its first place was written. */
  private reference(op: Ref): number {
    if (this.version < REFERENCES) return 0;
    // what has one holder is not shared; names always are, so that equal modules are written alike
    const name = i32(op + 8) === PyUnicode_Type && PyUnicode_CHECK_INTERNED(op) !== 0;
    if (Py_REFCNT(op) === 1 && !name) return 0;
    const place = this.places.get(op);
    if (place === undefined) {
      this.places.set(op, this.places.size);
      return FLAG_REF;
    }
    this.out.byte(typeOf('r'));
    this.out.long(place);
    return -1;
  }

  object(op: Ref): void {
    if (++this.depth > MAX_DEPTH) raise(PyExc_ValueError, 'object too deeply nested to marshal');
    const plain = plainType(op);
    if (plain !== '') this.out.byte(typeOf(plain));
    else {
      const flag = this.reference(op);
      if (flag >= 0) this.whole(op, flag);
    }
    this.depth--;
  }

  private data(p: number, n: number): void {
    this.out.long(n);
    this.out.all(bytes.subarray(p, p + n));
  }
  private items(first: number, n: number): void {
    for (let i = 0; i < n; i++) this.object(i32(first + (i << 3)));
  }
  private double(op: Ref): void {
    this.out.double(f64(op));
  }
  private shown(v: number): void {
    const text = doubleToString(v, 'g', 17, 0);
    this.out.byte(text.length);
    for (const c of text) this.out.byte(typeOf(c));
  }
  private text(op: Ref, flag: number): void {
    const interned = PyUnicode_CHECK_INTERNED(op) !== 0;
    const n = Py_SIZE(op);
    if (this.version >= SHORT_TEXT && PyUnicode_IS_ASCII(op)) {
      const short = n < 256;
      this.out.byte(typeOf(short ? (interned ? 'Z' : 'z') : interned ? 'A' : 'a') | flag);
      if (!short) {
        this.data(PyUnicode_DATA(op), n);
        return;
      }
      this.out.byte(n);
      this.out.all(bytes.subarray(PyUnicode_DATA(op), PyUnicode_DATA(op) + n));
      return;
    }
    const m = hold(PyUnicode_AsEncodedString(op, 'utf-8', 'surrogatepass'));
    this.out.byte(typeOf(this.version >= REFERENCES && interned ? 't' : 'u') | flag);
    this.data(i32(m) + 32, Py_SIZE(i32(m)));
    release(m);
  }
  private int(op: Ref, flag: number): void {
    const v = longAsBigInt(op);
    if (v >= -0x80000000n && v <= 0x7fffffffn) {
      this.out.byte(typeOf('i') | flag);
      this.out.long(Number(v));
      return;
    }
    this.out.byte(typeOf('l') | flag);
    this.out.digits(v);
  }
  private set(op: Ref): void {
    const parts: { data: Uint8Array; item: Ref }[] = [];
    for (let i = set_next(op, 0); i >= 0; i = set_next(op, i + 1)) {
      const item = i32(setEntry(op, i));
      const writer = new Writer(this.version, this.allowCode);
      writer.object(item);
      parts.push({ item, data: writer.out.done() });
    }
    this.out.long(parts.length);
    // in the order of their own bytes: equal sets are written alike
    parts.sort((a, b) => orderOfBytes(a.data, b.data));
    for (const { item } of parts) this.object(item);
  }
  private code(op: Ref): void {
    if (!this.allowCode) raise(PyExc_ValueError, 'marshalling code objects is disallowed');
    for (const field of [C.co_argcount, C.co_posonlyargcount, C.co_kwonlyargcount, C.co_stacksize, C.co_flags])
      this.out.long(i32(op + field));
    const m = hold(PyCode_GetCode(op));
    this.object(i32(m));
    release(m);
    for (const field of [
      C.co_consts,
      C.co_names,
      C.co_localsplusnames,
      C.co_localspluskinds,
      C.co_filename,
      C.co_name,
      C.co_qualname,
    ])
      this.object(i32(op + field));
    this.out.long(i32(op + C.co_firstlineno));
    this.object(i32(op + C.co_linetable));
    this.object(i32(op + C.co_exceptiontable));
  }

  private whole(op: Ref, flag: number): void {
    const { out } = this;
    const begin = (type: string): void => out.byte(typeOf(type) | flag);
    switch (i32(op + 8)) {
      case PyLong_Type:
        this.int(op, flag);
        return;
      case PyFloat_Type:
        if (this.version >= BINARY_FLOATS) {
          begin('g');
          this.double(op + 16);
          return;
        }
        begin('f');
        this.shown(f64(op + 16));
        return;
      case PyComplex_Type:
        if (this.version >= BINARY_FLOATS) {
          begin('y');
          this.double(op + 16);
          this.double(op + 24);
          return;
        }
        begin('x');
        this.shown(f64(op + 16));
        this.shown(f64(op + 24));
        return;
      case PyBytes_Type:
        begin('s');
        this.data(op + 32, Py_SIZE(op));
        return;
      case PyUnicode_Type:
        this.text(op, flag);
        return;
      case PyTuple_Type: {
        const n = Py_SIZE(op);
        const small = this.version >= SHORT_TEXT && n < 256;
        begin(small ? ')' : '(');
        if (small) out.byte(n);
        else out.long(n);
        this.items(op + 24, n);
        return;
      }
      case PyList_Type:
        begin('[');
        out.long(Py_SIZE(op));
        this.items(i32(op + 24), Py_SIZE(op));
        return;
      case PyDict_Type: {
        begin('{');
        const at = { i: 0, key: 0, value: 0 };
        while (PyDict_Next(op, at)) {
          this.object(at.key);
          this.object(at.value);
        }
        out.byte(typeOf('0'));
        return;
      }
      case PySet_Type:
        begin('<');
        this.set(op);
        return;
      case PyFrozenSet_Type:
        begin('>');
        this.set(op);
        return;
      case PyCode_Type:
        begin('c');
        this.code(op);
        return;
      default: {
        const data = PyObject_CheckBuffer(op) ? bytesOfBufferObject(op) : null;
        if (data === null) raise(PyExc_ValueError, 'unmarshallable object');
        begin('s');
        out.long(data.length);
        out.all(data);
      }
    }
  }
}

/** A bytes object of what marshal writes of `op` (_PyMarshal_WriteObjectToString). */
export function writeObject(op: Ref, version: number, allowCode: boolean): Ref {
  const writer = new Writer(version, allowCode);
  writer.object(op);
  return PyBytes_FromBytes(writer.out.done());
}
