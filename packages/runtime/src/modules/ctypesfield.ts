/** Fields of structures and unions: descriptors. Mirrors Modules/_ctypes/cfield.c. */
import { Py_TPFLAGS_HAVE_GC } from '@moult/abi';
import { i32, setPtr, u16 } from '../memory/linear.ts';
import { fnptr } from '../memory/text.ts';
import { PyObject_GC_UnTrack } from '../gc/track.ts';
import { PyObject_GC_Del } from '../gc/alloc.ts';
import { raise } from '../objects/errors.ts';
import { PyLong_FromLong } from '../objects/longobject.ts';
import { Py_CLEAR, Py_NewRef, type Ref, tpName } from '../objects/object.ts';
import type { TypeSpec } from '../objects/spec.ts';
import { PyExc_TypeError } from '../objects/static.ts';
import { PyUnicode_FromString } from '../objects/unicodeobject.ts';
import { CD, CF, PyCField_Type, SI } from './ctypeslayout.ts';
import { getPart, hasInfo, isArrayType, isData, setPart } from './ctypesdata.ts';
import { FIELDS, type FieldDesc } from './ctypesvalues.ts';
import { codeOf } from './ctypessimple.ts';
import { typeAlloc } from '../objects/typealloc.ts';

/** How far the layout of a structure has come. `fieldBits`: the width of the open bit field unit, 0 if there is none. */
export interface Layout {
  size: number;
  offset: number;
  align: number;
  fieldBits: number;
  bitOffset: number;
}

/** The next field: its place goes into the descriptor, the layout moves on (PyCField_FromDesc of 3.13). */
export function newField(type: Ref, index: number, bits: number, at: Layout, pack: number, bigEndian: boolean): Ref {
  const self = typeAlloc(PyCField_Type, 0);
  const size = i32(type + SI.size);
  let kind: 'none' | 'new' | 'continue' | 'expand' = 'none';
  if (bits === 0) {
    at.bitOffset = 0;
    at.fieldBits = 0;
  } else if (at.fieldBits !== 0 && size * 8 <= at.fieldBits && at.bitOffset + bits <= at.fieldBits) kind = 'continue';
  else if (at.fieldBits !== 0 && size * 8 >= at.fieldBits && at.bitOffset + bits <= size * 8) kind = 'expand';
  else {
    kind = 'new';
    at.bitOffset = 0;
    at.fieldBits = size * 8;
  }
  setPtr(self + CF.index, index);
  setPtr(self + CF.proto, Py_NewRef(type));
  if (isArrayType(type)) {
    // an array of characters reads as text
    const item = i32(type + SI.proto);
    const code = item !== 0 && hasInfo(item) ? codeOf(item) : '';
    const desc = code === 'c' ? FIELDS.s : code === 'u' ? FIELDS.U : undefined;
    if (desc !== undefined) {
      setPtr(self + CF.getfunc, fnptr((desc as FieldDesc).get));
      setPtr(self + CF.setfunc, fnptr((desc as FieldDesc).set));
    }
  }
  const low = (): number => (bigEndian ? at.fieldBits - at.bitOffset - bits : at.bitOffset);
  if (kind === 'none' || kind === 'new') {
    setPtr(self + CF.size, kind === 'new' ? (bits << 16) + low() : size);
    if (kind === 'new') at.bitOffset = bits;
    const align = pack !== 0 ? Math.min(pack, i32(type + SI.align)) : i32(type + SI.align);
    if (align !== 0 && at.offset % align !== 0) {
      const delta = align - (at.offset % align);
      at.size += delta;
      at.offset += delta;
    }
    at.size += size;
    setPtr(self + CF.offset, at.offset);
    at.offset += size;
    at.align = align;
    return self;
  }
  if (kind === 'expand') {
    at.offset += size - at.fieldBits / 8;
    at.size += size - at.fieldBits / 8;
    at.fieldBits = size * 8;
  }
  setPtr(self + CF.size, (bits << 16) + low());
  setPtr(self + CF.offset, at.offset - size);
  at.bitOffset += bits;
  return self;
}

const address = (self: Ref, inst: Ref): number => i32(inst + CD.b_ptr) + i32(self + CF.offset);
function field_get(self: Ref, inst: Ref, _type: Ref): Ref {
  if (inst === 0) return Py_NewRef(self);
  if (!isData(inst)) raise(PyExc_TypeError, 'not a ctype instance');
  return getPart(
    i32(self + CF.proto),
    i32(self + CF.getfunc),
    inst,
    i32(self + CF.index),
    i32(self + CF.size),
    address(self, inst),
  );
}
function field_set(self: Ref, inst: Ref, value: Ref): void {
  if (!isData(inst)) raise(PyExc_TypeError, 'not a ctype instance');
  if (value === 0) raise(PyExc_TypeError, "can't delete attribute");
  const proto = i32(self + CF.proto);
  setPart(inst, proto, i32(self + CF.setfunc), value, i32(self + CF.index), i32(self + CF.size), address(self, inst));
}
function field_repr(self: Ref): Ref {
  const bits = i32(self + CF.size) >> 16;
  const low = u16(self + CF.size);
  const name = tpName(i32(self + CF.proto));
  const at = i32(self + CF.offset);
  return PyUnicode_FromString(
    bits !== 0
      ? `<Field type=${name}, ofs=${at}:${low}, bits=${bits}>`
      : `<Field type=${name}, ofs=${at}, size=${low}>`,
  );
}
function field_dealloc(self: Ref): void {
  PyObject_GC_UnTrack(self);
  Py_CLEAR(self + CF.proto);
  PyObject_GC_Del(self);
}

export const fieldSpec: TypeSpec = {
  address: PyCField_Type,
  name: '_ctypes.CField',
  basicsize: CF.SIZE,
  flags: Py_TPFLAGS_HAVE_GC,
  doc: 'Structure/Union member',
  slots: {
    tp_dealloc: field_dealloc,
    tp_repr: field_repr,
    tp_traverse(self: Ref, visit: (op: Ref, arg: number) => void, arg: number): void {
      if (i32(self + CF.proto) !== 0) visit(i32(self + CF.proto), arg);
    },
    tp_clear(self: Ref): void {
      Py_CLEAR(self + CF.proto);
    },
    tp_descr_get: field_get,
    tp_descr_set: field_set,
  },
  getset: [
    {
      name: 'offset',
      get: (self: Ref) => PyLong_FromLong(i32(self + CF.offset)),
      doc: 'offset in bytes of this field',
    },
    { name: 'size', get: (self: Ref) => PyLong_FromLong(i32(self + CF.size)), doc: 'size in bytes of this field' },
  ],
};
