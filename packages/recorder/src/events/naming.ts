// Objects and the references to them as a person names them: the one place where what memory holds becomes things and holders.
import { _PyInterpreterFrame, PyCodeObject, PyInterpreterState, PyModuleObject } from '@moult/abi';
import {
  attributeName,
  decodeStr,
  describe,
  dictEntries,
  dictGet,
  nameText,
  ownName,
  type Reader,
  typeName,
} from '@moult/inspect';
import type { Holder, Thing } from '../words/telling.ts';

/** An object's serial number; null: start-up made it, or none is known. */
export type SerialOf = (object: number) => number | null;

/** Whose names a dict holds. */
export interface Scope {
  readonly kind: 'module' | 'instance';
  readonly address: number;
}

/** One reference. */
export interface Reference {
  /** The object that has it; 0: none does. */
  readonly holder: number;
  /** The frame that has it; 0: none does. */
  readonly frame: number;
  /** Its label, written out. */
  readonly label: string;
}

export interface NamingOptions {
  /** Of dicts that hold the names of a module or an instance; by default those of modules in sys.modules. */
  scopeOf?(dict: number): Scope | null;
}

/** Values that are called by their text. */
const BY_TEXT = ['int', 'str', 'float', 'bool'];
/** A module's dict begins with its __name__. */
const FIRST_NAMES = 4;
const IDENTIFIER = /^'([\p{ID_Start}_][\p{ID_Continue}]*)'$/u;

export class Naming {
  readonly reader: Reader;
  private readonly serialOf: SerialOf;
  private readonly scopeOf: (dict: number) => Scope | null;
  private readonly scopes = new Map<number, Scope | null>();

  constructor(reader: Reader, serialOf: SerialOf, options: NamingOptions = {}) {
    this.reader = reader;
    this.serialOf = serialOf;
    this.scopeOf = options.scopeOf ?? ((dict) => this.moduleOf(dict));
  }

  thing(object: number, serial: number | null = this.serialOf(object)): Thing {
    const { reader } = this;
    const info = reader.typeOrNull(object);
    if (info === null) return { type: 'object', serial: null, name: at(object) };
    const type = typeName(info);
    const name = BY_TEXT.includes(info.layout) ? describe(reader, object, -1) : ownName(reader, object);
    if (name !== null && name !== '?') return { type, serial, name };
    return serial === null && info.layout !== 'NoneType' ? { type, serial, name: at(object) } : { type, serial };
  }

  serial(object: number): number | null {
    return this.serialOf(object);
  }

  holder({ holder, frame, label }: Reference): Holder {
    if (frame !== 0) return frameHolder(this.functionOf(frame), label);
    if (holder === 0) return placeHolder(label);
    const layout = this.reader.typeOrNull(holder)?.layout ?? '';
    const key = /^\[(.*)\]$/s.exec(label)?.[1];
    if (layout === 'dict' && key !== undefined) return this.dictHolder(holder, key);
    return objectHolder(label, layout, this.thing(holder));
  }

  private dictHolder(dict: number, key: string): Holder {
    const name = IDENTIFIER.exec(key)?.[1];
    const scope = name === undefined ? null : this.scope(dict);
    if (scope === null || name === undefined) return { kind: 'value', key, owner: this.thing(dict) };
    if (scope.kind === 'instance') return { kind: 'attribute', name, owner: this.thing(scope.address) };
    const module = nameText(this.reader, this.reader.ptr(scope.address + PyModuleObject.md_name));
    return { kind: 'name', name: module === '__main__' ? name : `${module}.${name}` };
  }
  private scope(dict: number): Scope | null {
    const known = this.scopes.get(dict);
    if (known !== undefined) return known;
    const scope = this.scopeOf(dict);
    this.scopes.set(dict, scope);
    return scope;
  }
  /** A module says its own name, and sys.modules that it has it. */
  moduleOf(dict: number): Scope | null {
    const { reader } = this;
    const isStr = (object: number): boolean => reader.typeOrNull(object)?.layout === 'str';
    const first = dictEntries(reader, dict, FIRST_NAMES, FIRST_NAMES);
    const name = first.find(({ key }) => isStr(key) && decodeStr(reader, key, 9) === '__name__')?.value ?? 0;
    if (name === 0 || !isStr(name)) return null;
    const modules = reader.ptr(reader.target.interp + PyInterpreterState.imports_modules);
    const module = modules === 0 ? 0 : dictGet(reader, modules, decodeStr(reader, name));
    if (module === 0 || reader.typeOrNull(module)?.layout !== 'module') return null;
    return reader.ptr(module + PyModuleObject.md_dict) === dict ? { kind: 'module', address: module } : null;
  }

  /** The function that a frame runs. */
  functionOf(frame: number): string {
    const code = this.reader.ptr(frame + _PyInterpreterFrame.f_executable);
    if (this.reader.typeOrNull(code)?.layout !== 'code') return 'a native call';
    return nameText(this.reader, this.reader.ptr(code + PyCodeObject.co_qualname));
  }
}

/** A reference from an object that is no dict, by its label and what the object is. */
export function objectHolder(label: string, layout: string, owner: Thing): Holder {
  const item = /^\[(\d+)\]$/.exec(label)?.[1];
  if (item !== undefined && layout !== 'dict') return { kind: 'item', index: Number(item), owner };
  const key = /^\[(.*)\]$/s.exec(label)?.[1];
  if (key !== undefined) return { kind: 'value', key, owner };
  if (label.startsWith('.')) return { kind: 'attribute', name: label.slice(1), owner };
  if (/^(?:shared )?key /.test(label)) return { kind: 'key', owner };
  if (label.startsWith('item ')) return { kind: 'member', owner };
  if (layout === 'cell' || owner.type === 'cell') return { kind: 'cell', name: null };
  return { kind: 'field', field: attributeName(label), owner };
}

export function frameHolder(name: string, label: string): Holder {
  // what a native function keeps while it waits for Python code has names: "sorted: keys"
  const native = /^([^:[]+): /.exec(label);
  if (native !== null) return { kind: 'native', native: native[1] as string };
  if (label.startsWith('local ')) return { kind: 'local', name: label.slice(6), function: name };
  if (label.startsWith('stack[')) return { kind: 'stack', function: name };
  return { kind: 'frame', function: name };
}

export function placeHolder(label: string): Holder {
  if (label === 'finalizer') return { kind: 'finalizer' };
  if (/^(?:native stack|released array)\[/.test(label)) return { kind: 'native', native: null };
  return { kind: 'interpreter', what: label };
}

const at = (object: number): string => `at 0x${object.toString(16)}`;
