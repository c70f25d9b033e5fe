/** A scene from the bytes of a process: its frames, what their names lead to, and what that leads to. */
import { _PyInterpreterFrame } from '@moult/abi';
import {
  describe,
  dictEntries,
  type FrameInfo,
  frameInfo,
  framesOf,
  hex,
  isImmortal,
  isTracked,
  mainDict,
  nameText,
  ownName,
  type Reader,
  refcount,
  sizeOf,
  typeName,
} from '@moult/inspect';
import { kindOf, type Slot, slotsOf, smallText } from './held.ts';
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
  /** Cards whose folded slots are shown: ids of objects and of frames. */
  readonly open?: ReadonlySet<number | string>;
  /** The id that the module's frame had: behind the end it has no frame. */
  readonly mainFrame?: string;
  /** Objects that are drawn even where no name leads to them. */
  readonly also?: readonly number[];
}

/** The most rows of a card: more are folded around "and 94 more". */
const MOST_ROWS = 8;
/** The most rows of a card that was opened. */
const MOST_OPEN = 200;
const MOST_FRAMES = 8;

export function sceneOf(reader: Reader, options: SceneOptions = {}): Scene {
  return new SceneMaker(reader, options).make();
}
/** An object's id in scenes: its serial number, or its address below zero. */
export function sceneId(address: number, serial: number | null): number {
  return serial === null || serial === 0 ? -address : serial;
}

class SceneMaker {
  readonly #reader: Reader;
  readonly #options: SceneOptions;
  readonly #level: 'simple' | 'true';
  readonly #simple: boolean;
  /** Addresses in the order in which they are met. */
  readonly #met = new Set<number>();
  readonly #limit: number;
  /** What did not fit, by type. */
  readonly #left = new Map<string, Set<number>>();

  constructor(reader: Reader, options: SceneOptions) {
    this.#reader = reader;
    this.#options = options;
    this.#level = options.level ?? 'simple';
    this.#simple = this.#level === 'simple';
    this.#limit = options.limit ?? 60;
  }

  make(): Scene {
    const frames = this.#frames();
    for (const address of this.#options.also ?? []) this.#met.add(address);
    const objects: ObjectCard[] = [];
    for (const address of this.#met) objects.push(this.#object(address));
    // start-up's objects first, in the order in which they are met; then by birth
    if (this.#options.serialOf !== undefined) objects.sort((a, b) => Math.max(0, a.id) - Math.max(0, b.id));
    const title = this.#options.title ?? `Stack and heap: ${frames.map((f) => f.title).join(', ')}`;
    return { frames, objects, ghosts: [], unreachable: [], notes: this.#notes(), title };
  }

  /** "and 94 more objects: 60 Node, 34 list". */
  #notes(): string[] {
    const types = [...this.#left].map(([type, of]) => [type, of.size] as const).sort((a, b) => b[1] - a[1]);
    const all = types.reduce((n, [, of]) => n + of, 0);
    if (all === 0) return [];
    const told = types.slice(0, 4).map(([type, of]) => `${of.toLocaleString('en-US')} ${type}`);
    if (types.length > 4) told.push('others');
    return [`and ${all.toLocaleString('en-US')} more object${all === 1 ? '' : 's'}: ${told.join(', ')}`];
  }

  // ---- frames ----

  #frames(): FrameCard[] {
    const innermost = this.#options.frame ?? 0;
    const infos = (innermost === 0 ? [] : framesOf(this.#reader, innermost))
      .map((f) => frameInfo(this.#reader, f))
      .filter((f) => f !== null)
      .reverse();
    if (infos.length === 0)
      return [this.#moduleFrame('<module>', 'at the end', mainDict(this.#reader), this.#options.mainFrame ?? 'main')];
    if (infos.length <= MOST_FRAMES) return infos.map((info, k) => this.#frame(info, k === infos.length - 1));
    const inner = infos.slice(2 - MOST_FRAMES);
    const between = infos.length - 1 - inner.length;
    const names = new Set(infos.slice(1, 1 + between).map((f) => f.function));
    const fold: FrameCard = {
      id: 'between',
      title: `${between} frames`,
      note: names.size === 1 ? `of ${lastName([...names][0] as string)}` : 'between',
      rows: [],
    };
    return [
      this.#frame(infos[0] as FrameInfo, false),
      fold,
      ...inner.map((info, k) => this.#frame(info, k === inner.length - 1)),
    ];
  }
  #frame(info: FrameInfo, innermost: boolean): FrameCard {
    const title = lastName(info.function);
    const note = info.line === null ? '' : `${innermost ? 'next:' : 'waits at'} ${info.line}`;
    const own = this.#reader.ptr(info.address + _PyInterpreterFrame.f_locals);
    const stack = this.#simple ? [] : this.#stack(info);
    if (own !== 0 && this.#reader.typeOrNull(own)?.layout === 'dict') {
      return { ...this.#moduleFrame(title, note, own, hex(info.address), stack), line: info.line };
    }
    const rows = info.locals.filter((l) => l.value !== 0).map((l) => this.#row({ key: l.name, target: l.value }));
    return { id: hex(info.address), title, note, line: info.line, rows: [...rows, ...stack] };
  }
  #stack(info: FrameInfo): Row[] {
    return (info.stack ?? []).flatMap((target, k) => (target === 0 ? [] : [this.#row({ key: `stack[${k}]`, target })]));
  }
  #moduleFrame(title: string, note: string, dict: number, id: string, stack: readonly Row[] = []): FrameCard {
    const entries = dict === 0 ? [] : dictEntries(this.#reader, dict, 500);
    const names: Slot[] = entries.map((e) => ({ key: nameText(this.#reader, e.key), target: e.value }));
    const plain = names.filter(({ key }) => !isDunder(key));
    const hidden = names.length - plain.length;
    const open = this.#options.open?.has(id) === true;
    return {
      id,
      title,
      note,
      rows: [...(open ? names : plain).map((slot) => this.#row(slot)), ...stack],
      ...(hidden === 0 ? {} : { folded: open ? `fold ${hidden} dunder names` : `${hidden} dunder names`, open }),
      ...(this.#simple || dict === 0 ? {} : { detail: `names live in dict ${this.#called(dict)}` }),
    };
  }
  #called(address: number): string {
    const serial = this.#options.serialOf?.(address) ?? null;
    return serial === null ? hex(address) : `#${serial}`;
  }

  // ---- objects ----

  #row({ key, target, text }: Slot): Row {
    if (text !== undefined) return { key, value: text };
    const small = this.#simple ? smallText(this.#reader, target) : null;
    if (small !== null) return { key, value: small };
    if (!this.#met.has(target)) {
      if (this.#met.size >= this.#limit) {
        const info = this.#reader.typeOrNull(target);
        const type = info === null ? '?' : typeName(info);
        const of = this.#left.get(type);
        if (of === undefined) this.#left.set(type, new Set([target]));
        else of.add(target);
        const serial = this.#options.serialOf?.(target) ?? null;
        return { key, value: serial === null ? describe(this.#reader, target, 0) : `${type} #${serial}` };
      }
      this.#met.add(target);
    }
    return { key, target: this.#id(target) };
  }
  #id(address: number): number {
    return sceneId(address, this.#options.serialOf?.(address) ?? null);
  }
  #object(address: number): ObjectCard {
    const reader = this.#reader;
    const info = reader.typeOrNull(address);
    const id = this.#id(address);
    if (info === null) return { id, type: '?', label: hex(address), count: 0, rows: [] };
    const slots = slotsOf(reader, address, this.#level);
    const text = slots === null ? describe(reader, address, 0) : '';
    const immortal = isImmortal(reader, address);
    const atom = text !== '' && !text.startsWith('<');
    const label = [atom && immortal ? text : lastName(ownName(reader, address) ?? ''), id > 0 ? `#${id}` : ''];
    const open = this.#options.open?.has(id) === true;
    return {
      id,
      type: typeName(info),
      label: label.filter((s) => s !== '').join(' '),
      count: immortal ? null : refcount(reader, address),
      rows: slots === null ? [] : this.#opens(address) || open ? this.#rows(slots, open) : closedRows(slots),
      ...(atom && !immortal ? { text } : {}),
      ...(this.#simple || (atom && immortal) ? {} : { detail: this.#detail(address) }),
      ...(open && slots !== null && slots.length > MOST_ROWS ? { open } : {}),
    };
  }
  /** Modules and classes are there, not what is in them: a module's names are hundreds. */
  #opens(address: number): boolean {
    return !['module', 'type', 'builtin'].includes(kindOf(this.#reader, address));
  }
  #rows(slots: readonly Slot[], open: boolean): Row[] {
    const most = open ? MOST_OPEN : MOST_ROWS;
    if (slots.length <= most) return slots.map((slot) => this.#row(slot));
    const first = slots.slice(0, most - 2).map((slot) => this.#row(slot));
    const fold = slots.length - most + 1;
    return [...first, { key: `and ${fold.toLocaleString('en-US')} more`, fold }, this.#row(slots.at(-1) as Slot)];
  }
  #detail(address: number): string {
    const info = this.#reader.typeOf(address);
    const size = `${sizeOf(this.#reader, address, info)} B`;
    return `${hex(address)} · ${size}${isTracked(this.#reader, address, info) ? ' · tracked' : ''}`;
  }
}

/** `outer.<locals>.inner` is called inner. */
function lastName(name: string): string {
  const at = name.lastIndexOf('<locals>.');
  return at < 0 ? name : name.slice(at + '<locals>.'.length);
}
/** What is closed says how much is in it. */
function closedRows(slots: readonly Slot[]): Row[] {
  const fold = slots.length;
  return fold === 0 ? [] : [{ key: `${fold.toLocaleString('en-US')} name${fold === 1 ? '' : 's'}`, fold }];
}
const isDunder = (name: string): boolean => name.startsWith('__') && name.endsWith('__');
