/** Where `_ctypes` keeps things: its types' addresses and CPython's structs (Modules/_ctypes/ctypes.h), 64-bit. */
import { PyHeapTypeObject } from '@moult/abi';
import { ROOM_STATE } from '../memory/linear.ts';

/** Two KiB each: a type behind whose slots a StgInfo lies. */
const row = (i: number): number => 0x580000 + i * 0x800;
export const CType_Type = row(0);
export const PyCSimpleType_Type = row(1);
export const PyCStructType_Type = row(2);
export const UnionType_Type = row(3);
export const PyCPointerType_Type = row(4);
export const PyCArrayType_Type = row(5);
export const PyCFuncPtrType_Type = row(6);
export const PyCData_Type = row(7);
export const Simple_Type = row(8);
export const Struct_Type = row(9);
export const Union_Type = row(10);
export const PyCPointer_Type = row(11);
export const PyCArray_Type = row(12);
export const PyCFuncPtr_Type = row(13);
export const PyCField_Type = row(14);
export const PyCArg_Type = row(15);
export const PyCThunk_Type = row(16);
export const DictRemover_Type = row(18);

/** The address of the table of C functions. */
export const CTYPES_STATE = ROOM_STATE + 0x4400;

/** CDataObject, 96 bytes; values up to 16 bytes lie in b_value. */
export const CD = {
  b_ptr: 16,
  b_needsfree: 24,
  b_base: 32,
  b_size: 40,
  b_length: 48,
  b_index: 56,
  b_objects: 64,
  b_value: 80,
  SIZE: 96,
} as const;
/** PyCFuncPtrObject: a CDataObject, then: */
export const FP = {
  thunk: 96,
  callable: 104,
  converters: 112,
  argtypes: 120,
  restype: 128,
  checker: 136,
  errcheck: 144,
  paramflags: 152,
  SIZE: 160,
} as const;
/** CFieldObject */
export const CF = {
  offset: 16,
  size: 24,
  index: 32,
  proto: 40,
  getfunc: 48,
  setfunc: 56,
  anonymous: 64,
  SIZE: 72,
} as const;
/** PyCArgObject */
export const CA = { pffi_type: 16, tag: 24, value: 32, obj: 48, size: 56, SIZE: 64 } as const;
/** A callback: what the C function calls. */
export const TH = { callable: 16, converters: 24, restype: 32, SIZE: 40 } as const;

/** StgInfo, from the end of the heap type on: what kind of C data the instances are. */
const S = PyHeapTypeObject.SIZE;
export const SI = {
  initialized: S,
  size: S + 8,
  align: S + 16,
  length: S + 24,
  ffi_type: S + 32,
  /** ffi_type.elements: room for a pointer for each field and one more. */
  elements: S + 48,
  proto: S + 56,
  setfunc: S + 64,
  getfunc: S + 72,
  paramfunc: S + 80,
  argtypes: S + 88,
  converters: S + 96,
  restype: S + 104,
  checker: S + 112,
  module: S + 120,
  flags: S + 128,
  dict_final: S + 132,
  format: S + 136,
  ndim: S + 144,
  shape: S + 152,
} as const;
export const METATYPE_SIZE = S + 160;
