/** A scene from the bytes of a process: its frames, what their names lead to, and what that leads to. */
import { Py_TPFLAGS_TYPE_SUBCLASS, PyTypeObject } from '@moult/abi';
import {
  attributesOf,
  describe,
  dictEntries,
  type FrameInfo,
  frameInfo,
  framesOf,
  hex,
  isImmortal,
  isTracked,
  listItems,
  mainDict,
  nameText,
  ownName,
  type Reader,
  refcount,
  setItems,
  sizeOf,
  tupleItems,
  typeName,
} from '@moult/inspect';
import { _PyInterpreterFrame } from '@moult/abi';
import type { FrameCard, ObjectCard, Row, Scene } from './scene.ts';

export interface SceneOptions {
  /** The innermost frame; 0 or absent: the names of __main__ alone. */
  readonly frame?: number;
  /** Simple (the default) writes small values out and hides addresses; true draws every object. */
  readonly level?: 'simple' | 'true';
  /** What identifies an object over time, if it is known: its serial number. */
  readonly serialOf?: (address: number) => number | null;
  /** Objects drawn at most (default 60); more are counted in a note. */
  readonly limit?: number;
  readonly title?: string;
}

/** The most rows of a card: more are folded around "and 94 more". */
const MOST_ROWS = 8;
const MOST_FRAMES = 8;

export function sceneOf(reader: Reader, options: SceneOptions = {}): Scene {
  return new SceneMaker(reader, options).make();
}

type Held = readonly [key: string, target: number];

class SceneMaker {
  readonly #reader: Reader;
  readonly #options: SceneOptions;
  readonly #simple: boolean;
  /** Addresses in the order in which they are met. */
  readonly #met = new Set<number>();
  readonly #limit: number;
  #left = 0;

  constructor(reader: Reader, options: SceneOptions) {
    this.#reader = reader;
    this.#options = options;
    this.#simple = options.level !== 'true';
    this.#limit = options.limit ?? 60;
  }

  make(): Scene {
    const frames = this.#frames();
    const objects: ObjectCard[] = [];
    for (const address of this.#met) objects.push(this.#object(address));
    // start-up's objects first, in the order in which they are met; then by birth
    const { serialOf } = this.#options;
    if (serialOf !== undefined) {
      const born = new Map([...this.#met].map((address) => [this.#id(address), serialOf(address) ?? 0]));
      objects.sort((a, b) => (born.get(a.id) ?? 0) - (born.get(b.id) ?? 0));
    }
    const notes = this.#left === 0 ? [] : [`and ${this.#left} more object${this.#left === 1 ? '' : 's'}`];
    const title = this.#options.title ?? `Stack and heap: ${frames.map((f) => f.title).join(', ')}`;
    return { frames, objects, ghosts: [], unreachable: [], notes, title };
  }

  // ---- frames ----

  #frames(): FrameCard[] {
    const innermost = this.#options.frame ?? 0;
    const infos = (innermost === 0 ? [] : framesOf(this.#reader, innermost))
      .map((f) => frameInfo(this.#reader, f))
      .filter((f) => f !== null)
      .reverse();
    if (infos.length === 0) return [this.#moduleFrame('<module>', '', mainDict(this.#reader), 'main')];
    const shown = infos.length <= MOST_FRAMES ? infos : [infos[0]!, ...infos.slice(1 - MOST_FRAMES)];
    return shown.map((info, k) => this.#frame(info, k === shown.length - 1));
  }
  #frame(info: FrameInfo, innermost: boolean): FrameCard {
    const note = info.line === null ? '' : `${innermost ? 'next' : 'waits at'}${innermost ? ':' : ''} ${info.line}`;
    const own = this.#reader.ptr(info.address + _PyInterpreterFrame.f_locals);
    if (own !== 0 && this.#reader.typeOrNull(own)?.layout === 'dict') {
      return this.#moduleFrame(info.function, note, own, hex(info.address));
    }
    const rows = info.locals.filter((l) => l.value !== 0).map((l) => this.#row(l.name, l.value));
    return { id: hex(info.address), title: info.function, note, rows };
  }
  #moduleFrame(title: string, note: string, dict: number, id: string): FrameCard {
    const entries = dict === 0 ? [] : dictEntries(this.#reader, dict, 500);
    const names: Held[] = entries.map((e) => [nameText(this.#reader, e.key), e.value]);
    const plain = names.filter(([name]) => !isDunder(name));
    const hidden = names.length - plain.length;
    return {
      id,
      title,
      note,
      rows: plain.map(([name, value]) => this.#row(name, value)),
      ...(hidden === 0 ? {} : { folded: `${hidden} dunder names` }),
      ...(this.#simple || dict === 0 ? {} : { detail: `names live in dict ${hex(dict)}` }),
    };
  }

  // ---- objects ----

  #row(key: string, target: number): Row {
    const small = this.#simple ? smallText(this.#reader, target) : null;
    if (small !== null) return { key, value: small };
    if (!this.#met.has(target)) {
      if (this.#met.size >= this.#limit) {
        this.#left++;
        return { key, value: describe(this.#reader, target, 0) };
      }
      this.#met.add(target);
    }
    return { key, target: this.#id(target) };
  }
  #id(address: number): number {
    return this.#options.serialOf?.(address) ?? address;
  }
  #object(address: number): ObjectCard {
    const reader = this.#reader;
    const info = reader.typeOrNull(address);
    if (info === null) return { id: this.#id(address), type: '?', label: hex(address), count: 0, rows: [] };
    const serial = this.#options.serialOf?.(address) ?? null;
    const held = heldBy(reader, address);
    const text = held === null ? describe(reader, address, 0) : '';
    const immortal = isImmortal(reader, address);
    const atom = text !== '' && !text.startsWith('<');
    const label = [
      atom && immortal ? text : (ownName(reader, address) ?? ''),
      serial === null ? '' : `#${serial}`,
    ].filter((s) => s !== '');
    return {
      id: this.#id(address),
      type: typeName(info),
      label: label.join(' '),
      count: immortal ? null : refcount(reader, address),
      rows: held === null || !this.#opens(address) ? [] : this.#rows(held),
      ...(atom && !immortal ? { text } : {}),
      ...(this.#simple || (atom && immortal) ? {} : { detail: this.#detail(address) }),
    };
  }
  /** Simple shows of modules, classes and functions that they are there, not what is in them. */
  #opens(address: number): boolean {
    return (
      !this.#simple || !['module', 'type', 'function', 'method', 'builtin'].includes(kindOf(this.#reader, address))
    );
  }
  #rows(held: readonly Held[]): Row[] {
    if (held.length <= MOST_ROWS) return held.map(([key, target]) => this.#row(key, target));
    const first = held.slice(0, MOST_ROWS - 2).map(([key, target]) => this.#row(key, target));
    const [key, target] = held.at(-1) as Held;
    return [...first, { key: `and ${held.length - MOST_ROWS + 1} more` }, this.#row(key, target)];
  }
  #detail(address: number): string {
    const info = this.#reader.typeOf(address);
    const size = `${sizeOf(this.#reader, address, info)} B`;
    return `${hex(address)} · ${size}${isTracked(this.#reader, address, info) ? ' · tracked' : ''}`;
  }
}

const isDunder = (name: string): boolean => name.startsWith('__') && name.endsWith('__');

/** The text of a value that Simple writes where it is held; null: it is drawn. */
function smallText(reader: Reader, address: number): string | null {
  const info = reader.typeOrNull(address);
  if (info === null) return describe(reader, address, 0);
  const plain = ['int', 'float', 'bool', 'complex', 'NoneType', 'ellipsis', 'NotImplementedType', 'str', 'bytes'];
  return plain.includes(info.name) ? describe(reader, address, 0) : null;
}
function kindOf(reader: Reader, address: number): string {
  const info = reader.typeOf(address);
  const flags = reader.u32(info.address + PyTypeObject.tp_flags);
  if ((flags & Py_TPFLAGS_TYPE_SUBCLASS) !== 0) return 'type';
  return info.layout.startsWith('builtin') ? 'builtin' : info.layout;
}
/** What an object holds, as rows; null for what holds nothing that is drawn. */
function heldBy(reader: Reader, address: number): Held[] | null {
  const { layout } = reader.typeOf(address);
  const attributes = (): Held[] => attributesOf(reader, address).map((a) => [a.name, a.value]);
  switch (layout) {
    case 'list':
      return [...listItems(reader, address, 1e6).map((t, i): Held => [String(i), t]), ...attributes()];
    case 'tuple':
      return [...tupleItems(reader, address, 1e6).map((t, i): Held => [String(i), t]), ...attributes()];
    case 'set':
    case 'frozenset':
      return [...setItems(reader, address).map((t): Held => ['·', t]), ...attributes()];
    case 'dict':
    case 'collections.OrderedDict':
    case 'collections.defaultdict':
      return dictEntries(reader, address, 1e6).map((e): Held => [describe(reader, e.key, 0), e.value]);
    default: {
      const own = attributes();
      return own.length > 0 || reader.typeOf(address).heap ? own : null;
    }
  }
}
