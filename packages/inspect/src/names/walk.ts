// Walks a name from a frame or a module to an object: through what lies in memory, never through code. A property is the property
// object, a `__getattr__` is never asked, a `__getitem__` neither.
import {
  _PyInterpreterFrame,
  PyInterpreterState,
  PyModuleObject,
  PyTypeObject,
  Py_TPFLAGS_TYPE_SUBCLASS,
} from '@moult/abi';
import type { Reader } from '../reader.ts';
import { referencesOf } from '../references/labels.ts';
import { typeDict } from '../references/types.ts';
import { attributesOf, instanceDict } from '../values/attributes.ts';
import { dictEntries, dictGet, listItems, tupleItems } from '../values/containers.ts';
import { describe, nameText } from '../values/describe.ts';
import { frameInfo } from '../values/frames.ts';
import { decodeInt } from '../values/number.ts';
import { decodeStr } from '../values/text.ts';
import { BadName, type Key, type ObjectName, type Step, stepText } from './parse.ts';

/** Where a name is looked for: a frame (its locals, its globals, the builtins), or without one the module __main__. */
export interface Scope {
  readonly frame?: number;
}

/** The address of the object that a path names. BadName says how far it led and what is there. */
export function walkName(reader: Reader, name: Extract<ObjectName, { kind: 'path' }>, scope: Scope = {}): number {
  let object = firstName(reader, name.name, scope);
  let soFar = name.name;
  for (const step of name.steps) {
    object = step.kind === 'attribute' ? attribute(reader, object, step, soFar) : item(reader, object, step, soFar);
    soFar += stepText(step);
  }
  return object;
}

/** The dict of the module __main__; 0 before there is one. */
export function mainDict(reader: Reader): number {
  const modules = reader.ptr(reader.target.interp + PyInterpreterState.imports_modules);
  const main = modules === 0 ? 0 : dictGet(reader, modules, '__main__');
  return main === 0 ? 0 : reader.ptr(main + PyModuleObject.md_dict);
}

function firstName(reader: Reader, name: string, scope: Scope): number {
  const known: string[] = [];
  for (const { names, get } of namespaces(reader, scope)) {
    const found = get(name);
    if (found !== 0) return found;
    known.push(...names());
  }
  const others = [...new Set(known)].filter((n) => !n.startsWith('__'));
  throw new BadName(`there is no name ${name} here${list('; there are ', others)}`);
}

interface Namespace {
  get(name: string): number;
  names(): string[];
}
function namespaces(reader: Reader, scope: Scope): Namespace[] {
  const out: Namespace[] = [];
  const dict = (address: number, hidden = false): void => {
    if (address === 0) return;
    out.push({ get: (name) => dictGet(reader, address, name), names: () => (hidden ? [] : keyNames(reader, address)) });
  };
  if (scope.frame !== undefined) {
    const locals = frameInfo(reader, scope.frame)?.locals.filter((l) => l.value !== 0) ?? [];
    out.push({
      get: (name) => locals.find((l) => l.name === name)?.value ?? 0,
      names: () => locals.map((l) => l.name),
    });
    // a class body's and exec's names are in a dict of their own
    const own = reader.ptr(scope.frame + _PyInterpreterFrame.f_locals);
    if (own !== 0 && reader.typeOrNull(own)?.layout === 'dict') dict(own);
    dict(reader.ptr(scope.frame + _PyInterpreterFrame.f_globals));
    dict(reader.ptr(scope.frame + _PyInterpreterFrame.f_builtins), true);
  } else dict(mainDict(reader));
  dict(reader.ptr(reader.target.interp + PyInterpreterState.builtins), true);
  dict(reader.ptr(reader.target.interp + PyInterpreterState.imports_modules), true);
  return out;
}
function keyNames(reader: Reader, dict: number): string[] {
  return dictEntries(reader, dict, 200).map(({ key }) => nameText(reader, key));
}

/** Python's names of what C structs hold. */
const MEMBERS: Readonly<Record<string, string>> = {
  __code__: 'func_code',
  __globals__: 'func_globals',
  __closure__: 'func_closure',
  __defaults__: 'func_defaults',
  __kwdefaults__: 'func_kwdefaults',
  __func__: 'im_func',
  cell_contents: 'ob_ref',
  fget: 'prop_get',
  fset: 'prop_set',
  fdel: 'prop_del',
  __traceback__: 'traceback',
  __context__: 'context',
  __cause__: 'cause',
  __bases__: 'tp_bases',
  __base__: 'tp_base',
  __mro__: 'tp_mro',
  start: 'start',
  stop: 'stop',
  step: 'step',
};

function attribute(reader: Reader, object: number, step: Extract<Step, { kind: 'attribute' }>, soFar: string): number {
  const { name } = step;
  if (name === '__class__') return reader.typeAddress(object);
  const own = attributesOf(reader, object);
  const found = own.find((a) => a.name === name)?.value ?? 0;
  if (found !== 0) return found;
  if (name === '__dict__') {
    const dict = isType(reader, object) ? typeDict(reader, object) : instanceDict(reader, object);
    if (dict !== 0) return dict;
    throw new BadName(`${soFar} has no dict object${own.length > 0 ? ': its attributes lie in itself' : ''}`);
  }
  const inherited =
    (isType(reader, object) ? fromLine(reader, object, name) : 0) || fromLine(reader, reader.typeAddress(object), name);
  const fields = referencesOf(reader, object);
  const label = MEMBERS[name] ?? name;
  const field = fields.find((f) => f.label === label || (name === '__self__' && /^(?:im|m)_self$/.test(f.label)));
  // a member of the C struct is what the descriptor in the type would answer
  if (field !== undefined) return field.target;
  if (inherited !== 0) return inherited;
  throw new BadName(
    `${soFar} (${describe(reader, object)}) has no attribute ${name}${list(
      '; it has ',
      own.map((a) => a.name),
    )}`,
  );
}
function isType(reader: Reader, object: number): boolean {
  const flags = reader.u32(reader.typeAddress(object) + PyTypeObject.tp_flags);
  return (flags & Py_TPFLAGS_TYPE_SUBCLASS) !== 0;
}
/** What the classes of a type's line hold under a name, the nearest first. */
function fromLine(reader: Reader, type: number, name: string): number {
  const mro = reader.ptr(type + PyTypeObject.tp_mro);
  for (const t of mro === 0 ? [type] : tupleItems(reader, mro, 1000)) {
    const dict = typeDict(reader, t);
    const found = dict === 0 ? 0 : dictGet(reader, dict, name);
    if (found !== 0) return found;
  }
  return 0;
}

function item(reader: Reader, object: number, step: Extract<Step, { kind: 'item' }>, soFar: string): number {
  const { key } = step;
  const { layout, name } = reader.typeOf(object);
  if (layout === 'dict' || layout === 'collections.OrderedDict' || layout === 'collections.defaultdict') {
    const entry = dictEntries(reader, object).find((e) => isKey(reader, e.key, key));
    if (entry !== undefined) return entry.value;
    const some = dictEntries(reader, object, 8).map((e) => describe(reader, e.key));
    throw new BadName(`${soFar} has no key ${stepText(step).slice(1, -1)}${list('; it has ', some)}`);
  }
  const items =
    layout === 'list'
      ? listItems(reader, object)
      : layout === 'tuple'
        ? tupleItems(reader, object)
        : dequeItems(reader, object);
  if (items === null) throw new BadName(`${soFar} is a ${name}, which has no items to walk to`);
  if (typeof key !== 'bigint')
    throw new BadName(`${soFar} is a ${name}: its items have numbers, not ${stepText(step)}`);
  const index = Number(key < 0n ? key + BigInt(items.length) : key);
  const found = items[index];
  if (found === undefined) {
    const last = items.length === 0 ? 'it is empty' : `its items are 0 to ${items.length - 1}`;
    throw new BadName(`${soFar} has no item ${key}: ${last}`);
  }
  return found;
}
function dequeItems(reader: Reader, object: number): number[] | null {
  if (reader.typeOf(object).layout !== 'collections.deque') return null;
  return referencesOf(reader, object)
    .filter((r) => /^\[\d+\]$/.test(r.label))
    .map((r) => r.target);
}
function isKey(reader: Reader, object: number, key: Key): boolean {
  const info = reader.typeOrNull(object);
  if (info === null) return false;
  if (key === null) return info.name === 'NoneType';
  if (typeof key === 'string') return info.layout === 'str' && decodeStr(reader, object, key.length + 1) === key;
  const number = typeof key === 'boolean' ? BigInt(key) : key;
  return (info.layout === 'int' || info.layout === 'bool') && decodeInt(reader, object) === number;
}

function list(before: string, names: readonly string[]): string {
  if (names.length === 0) return '';
  return before + names.slice(0, 8).join(', ') + (names.length > 8 ? ', …' : '');
}
