/** Classes of `_io` that are named but not implemented: making one says so. */
import { Py_TPFLAGS_BASETYPE } from '@moult/abi';
import { raise } from '../objects/errors.ts';
import type { TypeSpec } from '../objects/spec.ts';
import { BufferedIOBase_Type, IncrementalNewlineDecoder_Type, PyExc_NotImplementedError } from '../objects/static.ts';
import { BufferedRWPair_Type } from './types.ts';
import { IO_FLAGS } from './iobase.ts';

const refuse = (name: string) =>
  function refuse_new(): never {
    raise(PyExc_NotImplementedError, `${name} is not implemented`);
  };
export const ioRareTypes: readonly TypeSpec[] = [
  {
    address: IncrementalNewlineDecoder_Type,
    name: '_io.IncrementalNewlineDecoder',
    basicsize: 16,
    flags: Py_TPFLAGS_BASETYPE,
    slots: { tp_new: refuse('io.IncrementalNewlineDecoder') },
  },
  {
    address: BufferedRWPair_Type,
    name: '_io.BufferedRWPair',
    basicsize: 32,
    flags: IO_FLAGS,
    base: BufferedIOBase_Type,
    slots: { tp_new: refuse('io.BufferedRWPair') },
  },
];
