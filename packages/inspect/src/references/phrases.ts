// A reference to an object in words, from the side of who holds it: `list[3]`, `dict value of 'x'`, `local total of frame main`.
import { PyCodeObject, PyFunctionObject, PyTupleObject } from '@moult/abi';
import { typeName } from '../object.ts';
import type { Reader } from '../reader.ts';
import type { Place } from '../roots.ts';
import type { TypeInfo } from '../types.ts';
import { classText, describe, frameText, nameText } from '../values/describe.ts';

/** One reference to an object, as whoever walks the heap tells it. */
export interface Holding {
  /** The object that holds; 0 where a place does. */
  readonly holder: number;
  readonly place: Place | null;
  /** As referencesOf and rootsOf label it. */
  readonly label: string;
}

/** Who holds an object; without it (a heap that was not walked) dicts, tuples and cells cannot be named by their owners. */
export type HoldersOf = (object: number) => readonly Holding[];

/** Labels under which a dict of names is held. */
const NAMESPACES: Readonly<Record<string, string>> = {
  md_dict: 'global',
  f_locals: 'local',
  __dict__: 'attribute',
  dict: 'attribute',
  func_dict: 'attribute',
  ns_dict: 'attribute',
  tp_dict: 'class attribute',
};
const ROWS: Readonly<Record<string, string>> = {
  tp_mro: 'mro',
  tp_bases: 'bases',
  func_defaults: 'defaults',
  co_consts: 'constants',
  co_names: 'names',
  args: 'args',
};

/** Never throws: of a holder whose bytes are broken the bare label is given. */
export function phraseOf(reader: Reader, holding: Holding, holdersOf: HoldersOf = () => []): string {
  try {
    return phrase(reader, holding, holdersOf);
  } catch {
    return holding.label;
  }
}

function phrase(reader: Reader, holding: Holding, holdersOf: HoldersOf): string {
  const { holder, place, label } = holding;
  if (place !== null || holder === 0) return placePhrase(reader, place, label);
  const info = reader.typeOrNull(holder);
  if (info === null) return label;
  if (label === 'ob_type') return `type of ${describe(reader, holder, 0)}`;
  switch (info.layout) {
    case 'list':
    case 'collections.deque':
      return `${typeName(info)}${label}`;
    case 'tuple':
      return tuplePhrase(reader, holding, info, holdersOf);
    case 'dict':
    case 'collections.defaultdict':
    case 'collections.OrderedDict':
      return dictPhrase(reader, holding, info, holdersOf);
    case 'set':
    case 'frozenset':
      return `member of ${typeName(info)}`;
    case 'cell':
      return `closure cell ${cellName(reader, holder, holdersOf)}`;
    case 'type':
      return `${ROWS[label] ?? (label === 'tp_dict' ? '__dict__' : label)} of class ${classText(reader, holder)}`;
  }
  return instancePhrase(reader, holder, info, label);
}

function placePhrase(reader: Reader, place: Place | null, label: string): string {
  if (place === null) return label;
  return place.kind === 'frame' ? `${label} of frame ${frameText(reader, place.address)}` : `${place.kind}'s ${label}`;
}

function instancePhrase(reader: Reader, holder: number, info: TypeInfo, label: string): string {
  const owner = describe(reader, holder, 0);
  if (label.startsWith('.')) {
    const isSlot = info.slots.some((slot) => slot.label === label);
    return `${isSlot ? 'slot' : 'inline value'} ${label.slice(1)} of ${owner}`;
  }
  return `${NAMESPACES[label] !== undefined && label !== 'f_locals' ? '__dict__' : label} of ${owner}`;
}

function dictPhrase(reader: Reader, { holder, label }: Holding, info: TypeInfo, holdersOf: HoldersOf): string {
  const shared = label.startsWith('shared key ');
  if (shared || label.startsWith('key ')) return `key ${label.slice(shared ? 11 : 4)} of ${typeName(info)}`;
  const key = /^\[(.*)\]$/s.exec(label)?.[1];
  if (key === undefined) return `${label} of ${typeName(info)}`;
  for (const above of holdersOf(holder)) {
    const kind = NAMESPACES[above.label];
    if (kind === undefined) continue;
    const name = /^'([\p{ID_Start}_][\p{ID_Continue}]*)'$/u.exec(key)?.[1];
    if (name === undefined) break;
    if (above.holder !== 0) return `${kind} ${name} of ${ownerText(reader, above.holder)}`;
    // The module's own frame shows the module's dict: that is told as the module's.
  }
  return `${typeName(info)} value of ${key}`;
}

function ownerText(reader: Reader, owner: number): string {
  return reader.typeOrNull(owner)?.layout === 'type'
    ? `class ${classText(reader, owner)}`
    : describe(reader, owner, 0).replace(/^<module '(.*)'>$/, 'module $1');
}

function tuplePhrase(reader: Reader, { holder, label }: Holding, info: TypeInfo, holdersOf: HoldersOf): string {
  for (const above of holdersOf(holder)) {
    if (above.holder === 0) continue;
    const row = ROWS[above.label];
    if (row !== undefined) return `${ownerText(reader, above.holder)}'s ${row}${label}`;
    if (above.label === 'func_closure') return `closure${label} of ${describe(reader, above.holder, 0)}`;
  }
  return `${typeName(info)}${label}`;
}

/** The variable that a cell is of: from a frame that has it, or from a function that closes over it. */
function cellName(reader: Reader, cell: number, holdersOf: HoldersOf): string {
  for (const { holder, place, label } of holdersOf(cell)) {
    if (label.startsWith('local ')) {
      const where = place?.kind === 'frame' ? `frame ${frameText(reader, place.address)}` : describe(reader, holder, 0);
      return `${label.slice(6)} of ${where}`;
    }
    const index = /^\[(\d+)\]$/.exec(label)?.[1];
    if (holder === 0 || index === undefined) continue;
    for (const above of holdersOf(holder)) {
      if (above.label !== 'func_closure') continue;
      const code = reader.ptr(above.holder + PyFunctionObject.func_code);
      const free = reader.i32(code + PyCodeObject.co_nlocalsplus) - reader.i32(code + PyCodeObject.co_nfreevars);
      const names = reader.ptr(code + PyCodeObject.co_localsplusnames);
      const name = reader.ptr(names + PyTupleObject.ob_item + (free + Number(index)) * 8);
      return `${nameText(reader, name)} of ${describe(reader, above.holder, 0)}`;
    }
  }
  return `at 0x${cell.toString(16)}`;
}
