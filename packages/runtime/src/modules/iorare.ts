/** Classes of `_io` that are named but not implemented: making one says so. */
import { raise } from '../objects/errors.ts';
import type { TypeSpec } from '../objects/spec.ts';
import { BufferedIOBase_Type, PyExc_NotImplementedError } from '../objects/static.ts';
import { BufferedRWPair_Type } from './types.ts';
import { IO_FLAGS } from './iobase.ts';

const refuse = (name: string) =>
  function refuse_new(): never {
    raise(PyExc_NotImplementedError, `${name} is not implemented`);
  };
export const ioRareTypes: readonly TypeSpec[] = [
  {
    address: BufferedRWPair_Type,
    name: '_io.BufferedRWPair',
    basicsize: 32,
    flags: IO_FLAGS,
    base: BufferedIOBase_Type,
    slots: { tp_new: refuse('io.BufferedRWPair') },
  },
];
