// Who holds an object, as the words of the recorder have it.
import { describe, frameInfo, isImmortal, ownName, type Reader, refcount, typeName } from '@moult/inspect';
import { attributeName, type HeapGraph, type HeapHolder, moduleName, ownerOfNames } from '@moult/graph';
import type { Holder, Thing } from '@moult/recorder';

/** An object's serial number; null: start-up made it, or none is known. */
export type SerialOf = (address: number) => number | null;

export function thingOf(reader: Reader, address: number, serial: number | null = null): Thing {
  const info = reader.typeOrNull(address);
  if (info === null) return { type: 'object', serial: null, name: `0x${address.toString(16)}` };
  const own = ownName(reader, address);
  if (own !== null) return { type: typeName(info), serial, name: own };
  return { type: typeName(info), serial, ...(serial === null ? { name: nameOf(reader, address) } : {}) };
}
/** A small value's text, or its address. */
function nameOf(reader: Reader, address: number): string {
  const text = describe(reader, address, 0);
  return text.startsWith('<') ? `at 0x${address.toString(16)}` : text;
}

/** A reference's holder as a person names it. */
export function holderOf(heap: HeapGraph, { holder, place, label }: HeapHolder, serialOf: SerialOf): Holder {
  const { reader } = heap;
  if (place !== null) {
    if (place.kind !== 'frame') return { kind: 'interpreter', what: label };
    const name = frameInfo(reader, place.address)?.function ?? 'a native call';
    if (label.startsWith('local ')) return { kind: 'local', name: label.slice(6), function: name };
    if (label.startsWith('stack[')) return { kind: 'stack', function: name };
    return { kind: 'interpreter', what: `the frame of ${name}` };
  }
  const owner = thingOf(reader, holder, serialOf(holder));
  const { layout } = reader.typeOf(holder);
  const item = /^\[(\d+)\]$/.exec(label)?.[1];
  if (item !== undefined && layout !== 'dict') return { kind: 'item', index: Number(item), owner };
  const key = /^\[(.*)\]$/s.exec(label)?.[1];
  if (key !== undefined) {
    const names = ownerOfNames(heap, holder);
    const name = /^'([\p{ID_Start}_][\p{ID_Continue}]*)'$/u.exec(key)?.[1];
    if (names === null || name === undefined) return { kind: 'value', key, owner };
    if (names.kind === 'instance')
      return { kind: 'attribute', name, owner: thingOf(reader, names.address, serialOf(names.address)) };
    const module = moduleName(reader, names.address);
    return { kind: 'name', name: module === '__main__' ? name : `${module}.${name}` };
  }
  if (label.startsWith('.')) return { kind: 'attribute', name: label.slice(1), owner };
  if (label.startsWith('key ')) return { kind: 'key', owner };
  if (label.startsWith('item ')) return { kind: 'member', owner };
  return { kind: 'field', field: attributeName(label), owner };
}

/** null: the count of an immortal object is not kept. */
export function countOf(reader: Reader, address: number): number | null {
  return isImmortal(reader, address) ? null : refcount(reader, address);
}
