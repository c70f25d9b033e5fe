/** The picture of any moment of a run: what is there, where, what the step changed, what is cut off, and what has just died. */
import { sceneId, type SceneOptions, sceneOf } from '../fromMemory.ts';
import { marked } from '../marks.ts';
import { GROUP_MARGIN, ghostSize, objectSize, CARD_GAP } from '../measure.ts';
import { castOf } from '../place/cast.ts';
import { type Actor, type Part, placesOf, withMore } from '../place/places.ts';
import type { Ghost, Scene } from '../scene.ts';
import { Plot, type PlotActor } from './plot.ts';
import type { PictureRun } from './run.ts';
import { lostGroups, lostObjects } from './unreachable.ts';

export interface PicturesOptions extends Pick<SceneOptions, 'level' | 'limit' | 'open'> {
  /** The text of a source line of the program's own file. */
  readonly statement?: (line: number) => string | undefined;
}
export interface MomentOptions {
  /** The moment that marks compare with. */
  readonly before?: number | null;
  /** Who died since then is shown as a ghost. */
  readonly since?: number;
  /** Ghosts that stay, by id. */
  readonly pinned?: readonly number[];
  /** How an object went: one or two lines. */
  readonly causeOf?: (id: number, died: number) => readonly string[];
}
export interface MomentPicture {
  readonly scene: Scene;
  readonly cast: readonly Actor[];
  readonly stack: number;
  /** The step in which each ghost's object died. */
  readonly died: ReadonlyMap<number, number>;
  /** The scene that marks compare with. */
  readonly old: Scene | null;
  /** Cut-off objects in all, shown or not. */
  readonly lost: number;
}

const MOST_GHOSTS = 12;
/** Samples for which the place of a dead object is kept: the steps that its ghost may be shown. */
const GHOST_SAMPLES = 3;
/** Between two samples every instruction is looked at, if that is not more cards than these; else each line. */
const MOST_BETWEEN = 1200;
/** A longer run is plotted in parts: its pictures keep still within one. */
const PART = 200_000;
const KEPT_SCENES = 64;
/** Groups of more objects are not kept together. */
const MOST_TOGETHER = 12;

export class RunPictures {
  readonly #run: PictureRun;
  readonly #options: PicturesOptions;
  readonly #plots = new Map<number, Plot>();
  readonly #between = new Map<number, Plot>();
  #castKey = '';
  #castNow: readonly Actor[] = [];
  #baseKey = '';
  #base: readonly Actor[] = [];
  #castKnown: ReadonlySet<number> = new Set();
  /** The module's frame, by its id: the outermost of all. */
  #mainFrame = '';
  readonly #scenes = new Map<number, { readonly scene: Scene; readonly lost: number }>();

  constructor(run: PictureRun, options: PicturesOptions = {}) {
    this.#run = run;
    this.#options = options;
  }

  at(moment: number, options: MomentOptions = {}): MomentPicture {
    const here = this.#run.moment;
    try {
      return this.#at(moment, options);
    } finally {
      this.#run.seek(here);
    }
  }

  #at(moment: number, options: MomentOptions): MomentPicture {
    const plot = this.#plot(moment);
    const inner = this.#inner(plot, moment);
    const { scene, lost } = this.#scene(moment);
    const named = this.#named(scene, plot, moment);
    const { before } = options;
    let result = named;
    let old: Scene | null = null;
    if (before !== undefined && before !== null) {
      old = this.#scene(before).scene;
      const there = new Set(old.objects.map((o) => o.id));
      result = marked(named, this.#named(old, plot, before), (id) => id > 0 && !there.has(id));
    }
    const died = this.#died(plot, inner, moment, options);
    const present = new Set(scene.objects.map((o) => o.id));
    const ghosts: Ghost[] = [];
    for (const [id, at] of died) {
      const actor = plot.actors.get(id) ?? inner?.actors.get(id);
      if (actor === undefined || present.has(id)) continue;
      const cause = options.causeOf?.(id, at) ?? [];
      ghosts.push({ id, type: actor.type, label: actor.label, cause });
    }
    const cast = this.#cast(plot, inner, scene, options.pinned ?? []);
    const notes = [...result.notes];
    const more = lost - scene.unreachable.reduce((n, u) => n + u.members.length, 0);
    if (more > 0) notes.push(`${more.toLocaleString('en-US')} more that nothing leads to`);
    return {
      scene: { ...result, notes, ghosts: freeGhosts(result, ghosts, cast) },
      cast,
      stack: Math.max(plot.stackWidth, inner?.stackWidth ?? 0),
      died,
      old,
      lost,
    };
  }

  /** The moment `count` line steps before another, as far as this part of the run goes. */
  stepsBack(moment: number, count: number): number {
    const plot = this.#plot(moment);
    const last = plot.indexOf(moment - 1);
    return plot.samples[Math.max(0, last - count + 1)] ?? plot.from;
  }

  // ---- what is there ----

  /** A moment's scene without marks. */
  #scene(moment: number): { readonly scene: Scene; readonly lost: number } {
    const known = this.#scenes.get(moment);
    if (known !== undefined) return known;
    const run = this.#run;
    run.seek(moment);
    let frame = 0;
    if (!run.ended) {
      run.cursor.read();
      frame = run.cursor.frame;
    }
    const made = this.#shoot(frame, true);
    if (this.#scenes.size >= KEPT_SCENES) this.#scenes.delete(this.#scenes.keys().next().value as number);
    this.#scenes.set(moment, made);
    return made;
  }
  #shoot(frame: number, look: boolean): { readonly scene: Scene; readonly lost: number } {
    const run = this.#run;
    const reader = run.reader();
    const serialOf = (address: number): number => run.serials.of(reader, address);
    const { level = 'simple', limit, open } = this.#options;
    const lost = look ? lostObjects(reader, serialOf, level === 'simple') : { shown: [], all: 0 };
    const scene = sceneOf(reader, {
      level,
      frame,
      serialOf: (address) => serialOf(address) || null,
      ...(limit === undefined ? {} : { limit }),
      ...(open === undefined ? {} : { open }),
      also: lost.shown,
      ...(this.#mainFrame === '' ? {} : { mainFrame: this.#mainFrame }),
    });
    if (frame !== 0 && this.#mainFrame === '') this.#mainFrame = scene.frames[0]?.id ?? '';
    if (lost.shown.length === 0) return { scene, lost: lost.all };
    const ids = new Set(lost.shown.map((address) => sceneId(address, serialOf(address))));
    return { scene: { ...scene, unreachable: lostGroups(ids, scene.objects) }, lost: lost.all };
  }
  #named(scene: Scene, plot: Plot, moment: number): Scene {
    const { statement } = this.#options;
    const word = (line: number): string => {
      const text = statement?.(line)?.trim() ?? '';
      return `${/^del\b/.test(text) ? 'del' : 'gone'}, line ${line}`;
    };
    const last = plot.samples[plot.indexOf(moment)] ?? 0;
    return {
      ...scene,
      frames: scene.frames.map((card) =>
        plot.names.apply(card, moment, last < moment ? (card.line ?? null) : null, word),
      ),
    };
  }

  // ---- who is there over time ----

  #plot(moment: number): Plot {
    const run = this.#run;
    const part = run.length <= 2 * PART ? 0 : Math.floor(moment / PART);
    let plot = this.#plots.get(part);
    if (plot === undefined) {
      const to = run.length <= 2 * PART ? run.length : Math.min(run.length, (part + 1) * PART);
      plot = new Plot(run, part * PART, to, 'line', this.#shooter);
      if (this.#plots.size > 20) this.#plots.delete(this.#plots.keys().next().value as number);
      this.#plots.set(part, plot);
    }
    return plot;
  }
  readonly #shooter = {
    scene: (_run: PictureRun, frame: number, look: boolean): Scene => this.#shoot(frame, look).scene,
  };
  /** Between two samples of the plot. */
  #inner(plot: Plot, moment: number): Plot | null {
    const index = plot.indexOf(moment);
    const from = plot.samples[index];
    if (from === undefined || from === moment) return null;
    const known = this.#between.get(from);
    if (known !== undefined) return known;
    const to = plot.samples[index + 1] ?? plot.to;
    const by = (to - from) * plot.cardsEach() <= MOST_BETWEEN ? 'instruction' : 'line';
    const inner = new Plot(this.#run, from, to, by, this.#shooter);
    if (this.#between.size > 50) this.#between.delete(this.#between.keys().next().value as number);
    this.#between.set(from, inner);
    return inner;
  }

  /** The same array while the stretch and who is there are the same: its places are found once. */
  #cast(plot: Plot, inner: Plot | null, scene: Scene, pinned: readonly number[]): readonly Actor[] {
    const key = `${plot.from} ${inner?.from ?? ''} ${pinned.join()}`;
    if (this.#castKey !== key) {
      this.#castKey = key;
      this.#castKnown = new Set([...plot.actors.keys(), ...(inner?.actors.keys() ?? [])]);
      const baseKey = `${plot.from} ${pinned.join()}`;
      if (this.#baseKey !== baseKey) {
        this.#baseKey = baseKey;
        this.#base = actorsOf(plot, new Set(), pinned);
      }
      const more = inner === null ? [] : actorsOf(inner, new Set(plot.actors.keys()), pinned);
      this.#castNow = withMore(this.#base, more);
    }
    // what no sample shows: only this moment has it
    if (scene.objects.every((o) => this.#castKnown.has(o.id))) return this.#castNow;
    const from = inner?.from ?? plot.from;
    const others = castOf(scene).filter((actor) => !this.#castKnown.has(actor.id));
    return withMore(
      this.#castNow,
      others.map((actor) => ({ ...actor, from, until: Infinity })),
    );
  }

  #died(plot: Plot, inner: Plot | null, moment: number, options: MomentOptions): Map<number, number> {
    const out: [number, number][] = [];
    const since = options.since ?? moment;
    const pinned = new Set(options.pinned ?? []);
    for (const source of inner === null ? [plot] : [plot, inner]) {
      for (const [serial, at] of source.deaths) {
        if (at > moment || (at <= since && !pinned.has(serial)) || !source.actors.has(serial)) continue;
        out.push([serial, at]);
      }
    }
    out.sort((a, b) => b[1] - a[1] || a[0] - b[0]);
    return new Map(out.slice(0, MOST_GHOSTS).sort((a, b) => a[0] - b[0]));
  }
}

/** Ghosts that lie where nobody else does now. */
function freeGhosts(scene: Scene, ghosts: readonly Ghost[], cast: readonly Actor[]): Ghost[] {
  if (ghosts.length === 0) return [];
  const places = placesOf(cast);
  const taken = scene.objects.map((o) => ({ ...places.get(o.id), height: objectSize(o).height }));
  return ghosts.filter((ghost) => {
    const spot = places.get(ghost.id);
    if (spot === undefined) return false;
    const { height } = ghostSize(ghost);
    return !taken.some(
      (t) =>
        t.column === spot.column && (t.y as number) < spot.y + height + 8 && spot.y < (t.y as number) + t.height + 8,
    );
  });
}

function actorsOf(plot: Plot, known: ReadonlySet<number>, pinned: readonly number[]): Actor[] {
  const groups = new Map<number, readonly number[]>();
  for (const group of plot.groups) {
    const own = group.filter((id) => !known.has(id) && plot.actors.has(id));
    if (own.length <= MOST_TOGETHER) for (const id of own) groups.set(id, own);
  }
  const out: Actor[] = [];
  const done = new Set<number>();
  for (const actor of plot.actors.values()) {
    if (known.has(actor.id) || done.has(actor.id)) continue;
    const group = groups.get(actor.id);
    if (group === undefined) {
      out.push({
        id: actor.id,
        column: plot.columnOf(actor),
        height: plot.heightOf(actor),
        width: plot.widthOf(actor),
        from: actor.from,
        until: untilOf(plot, actor.id, pinned),
        ...plot.ghostOf(actor.id),
      });
      continue;
    }
    for (const id of group) done.add(id);
    out.push(together(plot, group, pinned));
  }
  return out;
}
/** Objects that will be cut off together, two side by side, with room for the region around them. */
function together(plot: Plot, group: readonly number[], pinned: readonly number[]): Actor {
  const members = group.map((id) => plot.actors.get(id) as PlotActor);
  const parts: Part[] = [];
  let y = GROUP_MARGIN;
  for (let k = 0; k < members.length; k += 2) {
    const row = members.slice(k, k + 2);
    for (const [column, m] of row.entries()) parts.push({ id: m.id, column, y, width: plot.widthOf(m) });
    y += Math.max(...row.map((m) => plot.heightOf(m))) + CARD_GAP;
  }
  return {
    id: members[0]?.id ?? 0,
    column: 1,
    height: y - CARD_GAP + GROUP_MARGIN,
    from: Math.min(...members.map((m) => m.from)),
    until: Math.max(...group.map((id) => untilOf(plot, id, pinned))),
    parts,
  };
}
function untilOf(plot: Plot, id: number, pinned: readonly number[]): number {
  const death = plot.deaths.get(id);
  if (death === undefined || pinned.includes(id)) return Infinity;
  return plot.samples[plot.indexOf(death - 1) + 1 + GHOST_SAMPLES] ?? Infinity;
}
