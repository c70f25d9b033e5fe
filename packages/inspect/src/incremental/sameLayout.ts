// Whether what is known of a type still serves: its name and flags may change, where its instances keep references may not.
import type { TypeInfo } from '../types.ts';

export function sameLayout(a: TypeInfo, b: TypeInfo): boolean {
  return (
    a.kind === b.kind &&
    a.heap === b.heap &&
    a.gc === b.gc &&
    a.layout === b.layout &&
    a.fields === b.fields &&
    a.basicsize === b.basicsize &&
    a.itemsize === b.itemsize &&
    a.hiddenItems === b.hiddenItems &&
    a.managedDict === b.managedDict &&
    a.inlineValues === b.inlineValues &&
    a.dictOffset === b.dictOffset &&
    a.slots.length === b.slots.length &&
    a.slots.every((slot, i) => slot.offset === b.slots[i]!.offset)
  );
}
