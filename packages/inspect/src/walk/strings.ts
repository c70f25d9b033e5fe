// The interned strings: those of the interpreter's dict, and of the runtime's table of static ones where a process has it.
import { _Py_hashtable_entry_t, _Py_hashtable_t, _PyRuntimeState, PyASCIIObject, PyInterpreterState } from '@moult/abi';
import type { Reader } from '../reader.ts';
import { dictEntries } from '../values/containers.ts';

export type InternState = 'mortal' | 'immortal' | 'static';
export interface InternedString {
  readonly address: number;
  /** Of a mortal one the dict's two references are not in its count. */
  readonly state: InternState;
}

const STATES: readonly (InternState | null)[] = [null, 'mortal', 'immortal', 'static'];

export function internedStrings(reader: Reader): InternedString[] {
  const out: InternedString[] = [];
  const add = (address: number): void => {
    const state = STATES[reader.u32(address + PyASCIIObject.state) % 4];
    if (state) out.push({ address, state });
  };
  const dict = reader.ptr(reader.target.interp + PyInterpreterState.cached_objects_interned_strings);
  if (dict !== 0) for (const { key } of dictEntries(reader, dict)) add(key);
  const table = reader.ptr(reader.target.runtime + _PyRuntimeState.cached_objects_interned_strings);
  if (table === 0) return out;
  const buckets = reader.ptr(table + _Py_hashtable_t.buckets);
  for (let b = 0, n = reader.ptr(table + _Py_hashtable_t.nbuckets); b < n; b++) {
    let left = 100_000;
    for (let e = reader.ptr(buckets + b * 8); e !== 0 && left > 0; e = reader.ptr(e), left--) {
      add(reader.ptr(e + _Py_hashtable_entry_t.key));
    }
  }
  return out;
}
