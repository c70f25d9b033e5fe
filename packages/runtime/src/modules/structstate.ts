/** What the rooms of `_struct` share: its types' places, its error. */
import { PyDict_GetItemString } from '../objects/dictobject.ts';
import { raise } from '../objects/errors.ts';
import { interpreterDict } from './sysstate.ts';

export const PyStructType = 0x588800;
export const UnpackIter_Type = 0x588c00;
/** PyStructObject, and its iterator. */
export const SO = { s_size: 16, s_len: 24, s_codes: 32, s_format: 40, weakreflist: 48, SIZE: 56 } as const;
export const UI = { so: 16, buf: 24, index: 104, SIZE: 112 } as const;

/** Raises struct.error. */
export function structError(message: string): never {
  raise(PyDict_GetItemString(interpreterDict(), '_struct.error'), message);
}
