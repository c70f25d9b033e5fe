/**
 * The table of special methods: name, slot, what a class written in Python puts there, how Python calls it, its doc.
 * In memory it is CPython's slotdefs[] (struct wrapperbase each, ended by a zero row), ordered as there; wrapper
 * descriptors point into it. Mirrors Objects/typeobject.c.
 */
import { PyHeapTypeObject as H, PyTypeObject as T, wrapperbase } from '@moult/abi';
import { i32, ROOM_STATE, setI32, setPtr, staticAlloc, staticString } from '../memory/linear.ts';
import { fnptr, type NativeFunction } from '../memory/text.ts';
import { type SlotName, slotPlace } from './spec.ts';
import * as n from './typenumslots.ts';
import * as b from './typebuffer.ts';
import * as s from './typeslots.ts';
import * as w from './typewrap.ts';
import { PyUnicode_InternFromString } from './unicodeobject.ts';

/** Words of this room. */
const SLOTDEFS = ROOM_STATE;

type Row = readonly [
  name: string,
  slot: SlotName,
  fn: NativeFunction | null,
  wrapper: NativeFunction | null,
  doc: string,
  keywords?: 1,
];

const BINARY: ReadonlyArray<readonly [name: string, slot: string, symbol: string]> = [
  ['add', 'nb_add', '+'],
  ['sub', 'nb_subtract', '-'],
  ['mul', 'nb_multiply', '*'],
  ['mod', 'nb_remainder', '%'],
];
const BITS: ReadonlyArray<readonly [name: string, slot: string, symbol: string]> = [
  ['lshift', 'nb_lshift', '<<'],
  ['rshift', 'nb_rshift', '>>'],
  ['and', 'nb_and', '&'],
  ['xor', 'nb_xor', '^'],
  ['or', 'nb_or', '|'],
];
const DIVIDE: ReadonlyArray<readonly [name: string, slot: string, symbol: string]> = [
  ['floordiv', 'nb_floor_divide', '//'],
  ['truediv', 'nb_true_divide', '/'],
];

function sig(params: string, doc: string): string {
  return `(${params})\n--\n\n${doc}`;
}
const SELF = '$self, /';
const VALUE = '$self, value, /';
const KEY = '$self, key, /';

function slotOf(name: string): NativeFunction {
  return (n as unknown as Record<string, NativeFunction>)[`slot_${name}`] as NativeFunction;
}
function binaryRows(table: ReadonlyArray<readonly [string, string, string]>): Row[] {
  const rows: Row[] = [];
  for (const [name, slot, op] of table) {
    const fn = slotOf(slot);
    rows.push([`__${name}__`, slot as SlotName, fn, w.wrap_binaryfunc_l, sig(VALUE, `Return self${op}value.`)]);
    rows.push([`__r${name}__`, slot as SlotName, fn, w.wrap_binaryfunc_r, sig(VALUE, `Return value${op}self.`)]);
  }
  return rows;
}
function inplaceRows(table: ReadonlyArray<readonly [string, string, string]>): Row[] {
  return table.map(([name, slot, op]): Row => {
    const place = slot.replace('nb_', 'nb_inplace_');
    return [`__i${name}__`, place as SlotName, slotOf(place), w.wrap_binaryfunc, sig(VALUE, `Return self${op}=value.`)];
  });
}
function unaryRow(name: string, slot: SlotName, doc: string): Row {
  return [name, slot, slotOf(slot), w.wrap_unaryfunc, sig(SELF, doc)];
}

function slotdefRows(): Row[] {
  const compare = (
    [
      ['__lt__', '<', w.richcmp_lt],
      ['__le__', '<=', w.richcmp_le],
      ['__eq__', '==', w.richcmp_eq],
      ['__ne__', '!=', w.richcmp_ne],
      ['__gt__', '>', w.richcmp_gt],
      ['__ge__', '>=', w.richcmp_ge],
    ] as const
  ).map(
    ([name, op, wrap]): Row => [
      name,
      'tp_richcompare',
      s.slot_tp_richcompare,
      wrap,
      sig(VALUE, `Return self${op}value.`),
    ],
  );
  const args = '$self, /, *args, **kwargs';
  const seeType = 'See help(type(self)) for accurate signature.';
  return [
    ['__repr__', 'tp_repr', s.slot_tp_repr, w.wrap_unaryfunc, sig(SELF, 'Return repr(self).')],
    ['__hash__', 'tp_hash', s.slot_tp_hash, w.wrap_hashfunc, sig(SELF, 'Return hash(self).')],
    ['__call__', 'tp_call', s.slot_tp_call, w.wrap_call, sig(args, 'Call self as a function.'), 1],
    ['__str__', 'tp_str', s.slot_tp_str, w.wrap_unaryfunc, sig(SELF, 'Return str(self).')],
    [
      '__getattribute__',
      'tp_getattro',
      s._Py_slot_tp_getattr_hook,
      w.wrap_binaryfunc,
      sig('$self, name, /', 'Return getattr(self, name).'),
    ],
    [
      '__getattr__',
      'tp_getattro',
      s._Py_slot_tp_getattr_hook,
      null,
      sig('$self, name, /', 'Implement getattr(self, name).'),
    ],
    [
      '__setattr__',
      'tp_setattro',
      s.slot_tp_setattro,
      w.wrap_setattr,
      sig('$self, name, value, /', 'Implement setattr(self, name, value).'),
    ],
    [
      '__delattr__',
      'tp_setattro',
      s.slot_tp_setattro,
      w.wrap_delattr,
      sig('$self, name, /', 'Implement delattr(self, name).'),
    ],
    ...compare,
    ['__iter__', 'tp_iter', s.slot_tp_iter, w.wrap_unaryfunc, sig(SELF, 'Implement iter(self).')],
    ['__next__', 'tp_iternext', s.slot_tp_iternext, w.wrap_next, sig(SELF, 'Implement next(self).')],
    [
      '__get__',
      'tp_descr_get',
      s.slot_tp_descr_get,
      w.wrap_descr_get,
      sig('$self, instance, owner=None, /', 'Return an attribute of instance, which is of type owner.'),
    ],
    [
      '__set__',
      'tp_descr_set',
      s.slot_tp_descr_set,
      w.wrap_descr_set,
      sig('$self, instance, value, /', 'Set an attribute of instance to value.'),
    ],
    [
      '__delete__',
      'tp_descr_set',
      s.slot_tp_descr_set,
      w.wrap_descr_delete,
      sig('$self, instance, /', 'Delete an attribute of instance.'),
    ],
    ['__init__', 'tp_init', s.slot_tp_init, w.wrap_init, sig(args, `Initialize self.  ${seeType}`), 1],
    [
      '__new__',
      'tp_new',
      s.slot_tp_new,
      null,
      sig('type, /, *args, **kwargs', 'Create and return new object.  See help(type) for accurate signature.'),
    ],
    [
      '__del__',
      'tp_finalize',
      s.slot_tp_finalize,
      w.wrap_del,
      sig(SELF, 'Called when the instance is about to be destroyed.'),
    ],
    [
      '__buffer__',
      'bf_getbuffer',
      b.slot_bf_getbuffer,
      b.wrap_buffer,
      sig('$self, flags, /', 'Return a buffer object that exposes the underlying memory of the object.'),
    ],
    [
      '__release_buffer__',
      'bf_releasebuffer',
      b.slot_bf_releasebuffer,
      b.wrap_releasebuffer,
      sig('$self, buffer, /', 'Release the buffer object that exposes the underlying memory of the object.'),
    ],
    [
      '__await__',
      'am_await',
      s.slot_am_await,
      w.wrap_unaryfunc,
      sig(SELF, 'Return an iterator to be used in await expression.'),
    ],
    [
      '__aiter__',
      'am_aiter',
      s.slot_am_aiter,
      w.wrap_unaryfunc,
      sig(SELF, 'Return an awaitable, that resolves in asynchronous iterator.'),
    ],
    [
      '__anext__',
      'am_anext',
      s.slot_am_anext,
      w.wrap_unaryfunc,
      sig(SELF, 'Return a value or raise StopAsyncIteration.'),
    ],
    ...binaryRows(BINARY),
    ['__divmod__', 'nb_divmod', n.slot_nb_divmod, w.wrap_binaryfunc_l, sig(VALUE, 'Return divmod(self, value).')],
    ['__rdivmod__', 'nb_divmod', n.slot_nb_divmod, w.wrap_binaryfunc_r, sig(VALUE, 'Return divmod(value, self).')],
    [
      '__pow__',
      'nb_power',
      n.slot_nb_power,
      w.wrap_ternaryfunc,
      sig('$self, value, mod=None, /', 'Return pow(self, value, mod).'),
    ],
    [
      '__rpow__',
      'nb_power',
      n.slot_nb_power,
      w.wrap_ternaryfunc_r,
      sig('$self, value, mod=None, /', 'Return pow(value, self, mod).'),
    ],
    unaryRow('__neg__', 'nb_negative', '-self'),
    unaryRow('__pos__', 'nb_positive', '+self'),
    unaryRow('__abs__', 'nb_absolute', 'abs(self)'),
    ['__bool__', 'nb_bool', n.slot_nb_bool, w.wrap_inquirypred, sig(SELF, 'True if self else False')],
    unaryRow('__invert__', 'nb_invert', '~self'),
    ...binaryRows(BITS),
    unaryRow('__int__', 'nb_int', 'int(self)'),
    unaryRow('__float__', 'nb_float', 'float(self)'),
    ...inplaceRows(BINARY),
    ['__ipow__', 'nb_inplace_power', n.slot_nb_inplace_power, w.wrap_ternaryfunc, sig(VALUE, 'Return self**=value.')],
    ...inplaceRows(BITS),
    ...binaryRows(DIVIDE),
    ...inplaceRows(DIVIDE),
    [
      '__index__',
      'nb_index',
      n.slot_nb_index,
      w.wrap_unaryfunc,
      sig(SELF, 'Return self converted to an integer, if self is suitable for use as an index into a list.'),
    ],
    ...binaryRows([['matmul', 'nb_matrix_multiply', '@']]),
    ...inplaceRows([['matmul', 'nb_matrix_multiply', '@']]),
    ['__len__', 'mp_length', s.slot_sq_length, w.wrap_lenfunc, sig(SELF, 'Return len(self).')],
    ['__getitem__', 'mp_subscript', s.slot_mp_subscript, w.wrap_binaryfunc, sig(KEY, 'Return self[key].')],
    [
      '__setitem__',
      'mp_ass_subscript',
      s.slot_mp_ass_subscript,
      w.wrap_objobjargproc,
      sig('$self, key, value, /', 'Set self[key] to value.'),
    ],
    ['__delitem__', 'mp_ass_subscript', s.slot_mp_ass_subscript, w.wrap_delitem, sig(KEY, 'Delete self[key].')],
    ['__len__', 'sq_length', s.slot_sq_length, w.wrap_lenfunc, sig(SELF, 'Return len(self).')],
    ['__add__', 'sq_concat', null, w.wrap_binaryfunc, sig(VALUE, 'Return self+value.')],
    ['__mul__', 'sq_repeat', null, w.wrap_indexargfunc, sig(VALUE, 'Return self*value.')],
    ['__rmul__', 'sq_repeat', null, w.wrap_indexargfunc, sig(VALUE, 'Return value*self.')],
    ['__getitem__', 'sq_item', s.slot_sq_item, w.wrap_sq_item, sig(KEY, 'Return self[key].')],
    [
      '__setitem__',
      'sq_ass_item',
      s.slot_sq_ass_item,
      w.wrap_sq_setitem,
      sig('$self, key, value, /', 'Set self[key] to value.'),
    ],
    ['__delitem__', 'sq_ass_item', s.slot_sq_ass_item, w.wrap_sq_delitem, sig(KEY, 'Delete self[key].')],
    ['__contains__', 'sq_contains', s.slot_sq_contains, w.wrap_objobjproc, sig(KEY, 'Return bool(key in self).')],
    ['__iadd__', 'sq_inplace_concat', null, w.wrap_binaryfunc, sig(VALUE, 'Implement self+=value.')],
    ['__imul__', 'sq_inplace_repeat', null, w.wrap_indexargfunc, sig(VALUE, 'Implement self*=value.')],
  ];
}

/** Gives the slot functions and wrappers their numbers; in every realm, before the types. */
export function linkSlotdefs(): void {
  for (const [, , fn, wrapper] of slotdefRows()) {
    if (fn !== null) fnptr(fn);
    if (wrapper !== null) fnptr(wrapper);
  }
}

/** Lays slotdefs[] down (cold boot). The names are interned by internSlotNames, once there are strings. */
export function writeSlotdefs(): void {
  const rows = slotdefRows();
  const table = staticAlloc((rows.length + 1) * wrapperbase.SIZE);
  rows.forEach(([name, slot, fn, wrapper, doc, keywords], i) => {
    const d = table + i * wrapperbase.SIZE;
    const place = slotPlace(slot);
    setPtr(d + wrapperbase.name, staticString(name));
    setI32(d + wrapperbase.offset, place.table === 'type' ? place.offset : H[place.table] + place.offset);
    setPtr(d + wrapperbase.function, fn === null ? 0 : fnptr(fn));
    setPtr(d + wrapperbase.wrapper, wrapper === null ? 0 : fnptr(wrapper));
    setPtr(d + wrapperbase.doc, staticString(name + doc));
    setI32(d + wrapperbase.flags, keywords ?? 0);
    setPtr(d + wrapperbase.name_strobj, PyUnicode_InternFromString(name));
  });
  setPtr(SLOTDEFS, table);
}
/** The first row; the last has name_strobj 0. */
export function firstSlotdef(): number {
  return i32(SLOTDEFS);
}

/** The address of the slot at `offset` (in PyHeapTypeObject) in this type, or 0 if it lacks the table (slotptr). */
export function slotptr(type: number, offset: number): number {
  if (offset >= H.as_sequence) {
    if (offset >= H.as_buffer) return within(type, T.tp_as_buffer, offset - H.as_buffer);
    return within(type, T.tp_as_sequence, offset - H.as_sequence);
  }
  if (offset >= H.as_mapping) return within(type, T.tp_as_mapping, offset - H.as_mapping);
  if (offset >= H.as_number) return within(type, T.tp_as_number, offset - H.as_number);
  if (offset >= H.as_async) return within(type, T.tp_as_async, offset - H.as_async);
  return type + offset;
}
function within(type: number, table: number, offset: number): number {
  const p = i32(type + table);
  return p === 0 ? 0 : p + offset;
}
