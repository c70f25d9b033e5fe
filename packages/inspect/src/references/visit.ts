// Every owned reference of any object, in one pass: the built-in part by the kind of its layout, then what heap types add.
import { MANAGED_DICT_OFFSET, PyDictValues, PyHeapTypeObject, PyLongObject, PyObject, PyVarObject } from '@moult/abi';
import type { Reader } from '../reader.ts';
import type { TypeInfo } from '../types.ts';
import {
  visitDeque,
  visitDict,
  visitHamtArray,
  visitHamtBitmap,
  visitHamtCollision,
  visitListItems,
  visitLruLinks,
  visitOrderedDictNodes,
  visitSetEntries,
  visitTemplate,
  visitTupleItems,
  visitValues,
} from './containers.ts';
import { visitCodeCaches, visitFrameObject, visitGeneratorFrame } from './frames.ts';
import { Kind } from './kinds.ts';
import { visitTypeFields } from './types.ts';
import { LABEL_ATTRIBUTE, type ReferenceVisitor } from './visitor.ts';

export function visitReferences(reader: Reader, object: number, info: TypeInfo, visitor: ReferenceVisitor): void {
  const fields = info.fields;
  for (let i = 0; i < fields.length; i++) {
    const { label, offset } = fields[i]!;
    const target = reader.ptr(object + offset);
    if (target !== 0) visitor.reference(target, object + offset, label, -1);
  }
  switch (info.kind) {
    case Kind.list:
      visitListItems(reader, object, visitor);
      break;
    case Kind.tuple:
      visitTupleItems(reader, object, info.hiddenItems, visitor);
      break;
    case Kind.dict:
    case Kind.defaultDict:
      visitDict(reader, object, visitor);
      break;
    case Kind.orderedDict:
      visitDict(reader, object, visitor);
      visitOrderedDictNodes(reader, object, visitor);
      break;
    case Kind.set:
      visitSetEntries(reader, object, visitor);
      break;
    case Kind.type:
      visitTypeFields(reader, object, visitor);
      break;
    case Kind.generator:
      visitGeneratorFrame(reader, object, visitor);
      break;
    case Kind.frame:
      visitFrameObject(reader, object, visitor);
      break;
    case Kind.code:
      visitCodeCaches(reader, object, visitor);
      break;
    case Kind.hamtBitmap:
      visitHamtBitmap(reader, object, visitor);
      break;
    case Kind.hamtArray:
      visitHamtArray(reader, object, visitor);
      break;
    case Kind.hamtCollision:
      visitHamtCollision(reader, object, visitor);
      break;
    case Kind.deque:
      visitDeque(reader, object, visitor);
      break;
    case Kind.template:
      visitTemplate(reader, object, visitor);
      break;
    case Kind.lruCache:
      visitLruLinks(reader, object, visitor);
      break;
  }
  if (info.heap) visitHeapTypeParts(reader, object, info, visitor);
  else if (info.managedDict) visitManagedDict(reader, object, info, visitor);
}

/** What an instance of a heap type owns besides: its type, its __slots__, its dict or inline values. */
function visitHeapTypeParts(reader: Reader, object: number, info: TypeInfo, visitor: ReferenceVisitor): void {
  visitor.reference(info.address, object + PyObject.ob_type, 'ob_type', -1);
  const slots = info.slots;
  for (let i = 0; i < slots.length; i++) {
    const { label, offset } = slots[i]!;
    const target = reader.ptr(object + offset);
    if (target !== 0) visitor.reference(target, object + offset, label, -1);
  }
  if (info.managedDict) visitManagedDict(reader, object, info, visitor);
  else if (info.dictOffset !== 0) {
    const slot = object + dictOffsetOf(reader, object, info);
    const dict = reader.ptr(slot);
    if (dict !== 0) visitor.reference(dict, slot, '__dict__', -1);
  }
}

function visitManagedDict(reader: Reader, object: number, info: TypeInfo, visitor: ReferenceVisitor): void {
  const dict = reader.ptr(object + MANAGED_DICT_OFFSET);
  if (dict !== 0) visitor.reference(dict, object + MANAGED_DICT_OFFSET, '__dict__', -1);
  if (!info.inlineValues) return;
  const values = object + info.basicsize;
  if (reader.u8(values + PyDictValues.valid) === 0) return;
  visitValues(reader, values, reader.ptr(info.address + PyHeapTypeObject.ht_cached_keys), LABEL_ATTRIBUTE, visitor);
}

/** A negative tp_dictoffset counts from the end of a variable-sized object. */
export function dictOffsetOf(reader: Reader, object: number, info: TypeInfo): number {
  if (info.dictOffset >= 0) return info.dictOffset;
  const items =
    info.layout === 'int' || info.layout === 'bool'
      ? Math.floor(reader.ptr(object + PyLongObject.lv_tag) / 8)
      : Math.abs(reader.ssize(object + PyVarObject.ob_size));
  return Math.ceil((info.basicsize + items * info.itemsize) / 8) * 8 + info.dictOffset;
}
