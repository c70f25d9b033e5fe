// Every type: from `object` down along tp_subclasses, whose dicts hold weak references to the classes.
import { managed_static_type_state, PyTypeObject, PyWeakReference } from '@moult/abi';
import type { Reader } from '../reader.ts';
import { isStaticBuiltin, staticTypeState } from '../references/types.ts';
import { visitRoots } from '../roots.ts';
import type { TypeInfo } from '../types.ts';
import { dictEntries } from '../values/containers.ts';

/** The dict of a type's subclasses, 0 where it has none. */
function subclassesDict(reader: Reader, type: number): number {
  if (!isStaticBuiltin(reader, type)) return reader.ptr(type + PyTypeObject.tp_subclasses);
  const state = staticTypeState(reader, type);
  return state === 0 ? 0 : reader.ptr(state + managed_static_type_state.tp_subclasses);
}

/** A type's direct subclasses, in the order of their making. */
export function subclassesOf(reader: Reader, type: number): number[] {
  const dict = subclassesDict(reader, type);
  if (dict === 0 || reader.typeOrNull(dict)?.layout !== 'dict') return [];
  return dictEntries(reader, dict)
    .map(({ value }) => reader.ptr(value + PyWeakReference.wr_object))
    .filter((found) => reader.typeOrNull(found)?.layout === 'type');
}

/** All types that are ready: the static ones of the interpreter, then their subclasses, each once. */
export function typesOf(reader: Reader): TypeInfo[] {
  const found = new Set<number>();
  visitRoots(reader, {
    enter() {},
    exists(object) {
      if (reader.typeOrNull(object)?.layout === 'type') found.add(object);
    },
    dying() {},
    reference() {},
    keysTable() {},
  });
  // A Set's iterator comes to what is added meanwhile.
  for (const type of found) for (const subclass of subclassesOf(reader, type)) found.add(subclass);
  return [...found].map((type) => reader.type(type));
}
