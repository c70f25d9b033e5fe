// The attributes that an instance itself has: in its __slots__, in its inline values, in its dict.
import { MANAGED_DICT_OFFSET, PyDictValues, PyHeapTypeObject } from '@moult/abi';
import type { Reader } from '../reader.ts';
import { dictOffsetOf } from '../references/visit.ts';
import { dictEntries, splitEntries } from './containers.ts';
import { nameText } from './describe.ts';

export interface Attribute {
  readonly name: string;
  readonly value: number;
  readonly slot: number;
  readonly where: 'slot' | 'inline' | 'dict';
}

/** The instance's dict object, 0 where it has none (yet). */
export function instanceDict(reader: Reader, object: number): number {
  const info = reader.typeOf(object);
  if (info.managedDict) return reader.ptr(object + MANAGED_DICT_OFFSET);
  if (info.dictOffset !== 0) return reader.ptr(object + dictOffsetOf(reader, object, info));
  const field = info.fields.find((f) => ['dict', 'func_dict', 'ns_dict', 'md_dict'].includes(f.label));
  return field ? reader.ptr(object + field.offset) : 0;
}

export function attributesOf(reader: Reader, object: number): Attribute[] {
  const info = reader.typeOf(object);
  const attributes: Attribute[] = [];
  for (const { label, offset } of info.slots) {
    const value = reader.ptr(object + offset);
    if (value !== 0) attributes.push({ name: label.slice(1), value, slot: object + offset, where: 'slot' });
  }
  const values = object + info.basicsize;
  if (info.inlineValues && reader.u8(values + PyDictValues.valid) !== 0) {
    const keys = reader.ptr(info.address + PyHeapTypeObject.ht_cached_keys);
    for (const { key, value, valueSlot } of splitEntries(reader, keys, values)) {
      attributes.push({ name: nameText(reader, key), value, slot: valueSlot, where: 'inline' });
    }
    return attributes;
  }
  const dict = instanceDict(reader, object);
  if (dict === 0 || reader.typeOf(dict).layout !== 'dict') return attributes;
  for (const { key, value, valueSlot } of dictEntries(reader, dict)) {
    attributes.push({ name: nameText(reader, key), value, slot: valueSlot, where: 'dict' });
  }
  return attributes;
}
