/** What an object holds, as rows: its items, its values under their keys, its attributes, what it closes over. */
import {
  FRAME_COMPLETED,
  Py_TPFLAGS_TYPE_SUBCLASS,
  PyCellObject,
  PyCodeObject,
  PyFunctionObject,
  PyGenObject,
  PyTupleObject,
  PyTypeObject,
  PyWeakReference,
} from '@moult/abi';
import {
  attributesOf,
  describe,
  dictEntries,
  frameInfo,
  instanceDict,
  listItems,
  nameText,
  type Reader,
  referencesOf,
  setItems,
  tupleItems,
  typeDict,
} from '@moult/inspect';

/** A slot: its key, and the object that it holds; `text` instead, where it does not hold what it leads to. */
export interface Slot {
  readonly key: string;
  readonly target: number;
  readonly text?: string;
}

const MANY = 1e6;

/** null: it holds nothing that is drawn. */
export function slotsOf(reader: Reader, address: number, level: 'simple' | 'true'): Slot[] | null {
  const { layout, heap } = reader.typeOf(address);
  switch (layout) {
    case 'list':
      return [...numbered(listItems(reader, address, MANY)), ...attributes(reader, address, level)];
    case 'tuple':
      return [...numbered(tupleItems(reader, address, MANY)), ...attributes(reader, address, level)];
    case 'set':
    case 'frozenset':
      return [
        ...setItems(reader, address).map((target) => ({ key: '·', target })),
        ...attributes(reader, address, level),
      ];
    case 'dict':
    case 'collections.OrderedDict':
    case 'collections.defaultdict':
      return dictEntries(reader, address, MANY).map((e) => ({ key: describe(reader, e.key, 0), target: e.value }));
    case 'function':
      return [...closure(reader, address), ...(level === 'true' ? attributes(reader, address, level) : [])];
    case 'cell': {
      const content = reader.ptr(address + PyCellObject.ob_ref);
      return content === 0 ? [] : [{ key: 'contents', target: content }];
    }
    case 'generator':
    case 'coroutine':
    case 'async_generator':
      return locals(reader, address);
    case 'weakref.ReferenceType': {
      const referent = reader.ptr(address + PyWeakReference.wr_object);
      return [{ key: 'weak', target: 0, text: describe(reader, referent, -1) }];
    }
    case 'module':
      return level === 'true' ? attributes(reader, address, 'simple') : [];
    case 'type': {
      const dict = level === 'true' ? typeDict(reader, address) : 0;
      const entries = dict === 0 ? [] : dictEntries(reader, dict);
      return entries.map((e) => ({ key: nameText(reader, e.key), target: e.value }));
    }
    case 'code':
    case 'frame':
      return null;
    default: {
      const own = attributes(reader, address, level);
      if (own.length > 0 || heap) return own;
      const held = referencesOf(reader, address).filter((r) => r.label !== 'ob_type');
      return held.length === 0 ? null : held.map((r) => ({ key: r.label.replace(/^\./, ''), target: r.target }));
    }
  }
}

function numbered(items: readonly number[]): Slot[] {
  return items.map((target, k) => ({ key: String(k), target }));
}
/** True shows the dict that attributes lie in as an object of its own; Simple writes them into the instance. */
function attributes(reader: Reader, address: number, level: 'simple' | 'true'): Slot[] {
  const all = attributesOf(reader, address);
  if (level === 'simple' || !all.some((a) => a.where === 'dict')) {
    return all.map((a) => ({ key: a.name, target: a.value }));
  }
  const dict = instanceDict(reader, address);
  return [
    ...all.filter((a) => a.where !== 'dict').map((a) => ({ key: a.name, target: a.value })),
    ...(dict === 0 ? [] : [{ key: '__dict__', target: dict }]),
  ];
}
/** The variables that a function closes over; their cells are left out, as in its own frame. */
function closure(reader: Reader, address: number): Slot[] {
  const tuple = reader.ptr(address + PyFunctionObject.func_closure);
  if (tuple === 0) return [];
  const code = reader.ptr(address + PyFunctionObject.func_code);
  const names = reader.ptr(code + PyCodeObject.co_localsplusnames);
  const cells = tupleItems(reader, tuple, 100);
  const first = reader.i32(code + PyCodeObject.co_nlocalsplus) - cells.length;
  return cells.map((cell, k) => {
    const key = nameText(reader, reader.ptr(names + PyTupleObject.ob_item + (first + k) * 8));
    const target = reader.typeOrNull(cell)?.layout === 'cell' ? reader.ptr(cell + PyCellObject.ob_ref) : 0;
    return target === 0 ? { key, target, text: 'empty' } : { key, target };
  });
}
function locals(reader: Reader, generator: number): Slot[] {
  if (reader.i8(generator + PyGenObject.gi_frame_state) >= FRAME_COMPLETED) return [];
  const frame = frameInfo(reader, generator + PyGenObject.gi_iframe);
  return (frame?.locals ?? []).filter((l) => l.value !== 0).map((l) => ({ key: l.name, target: l.value }));
}

/** How a person sorts objects: a class is a type, a function may be built in. */
export function kindOf(reader: Reader, address: number): string {
  const info = reader.typeOf(address);
  const flags = reader.u32(info.address + PyTypeObject.tp_flags);
  if ((flags & Py_TPFLAGS_TYPE_SUBCLASS) !== 0) return 'type';
  return info.layout.startsWith('builtin') ? 'builtin' : info.layout;
}

const WRITTEN_OUT: ReadonlySet<string> = new Set([
  'int',
  'float',
  'bool',
  'complex',
  'NoneType',
  'ellipsis',
  'NotImplementedType',
  'str',
  'bytes',
]);
/** The text of a value that Simple writes where it is held; null: it is drawn. */
export function smallText(reader: Reader, address: number): string | null {
  const info = reader.typeOrNull(address);
  return info === null || WRITTEN_OUT.has(info.name) ? describe(reader, address, 0) : null;
}
