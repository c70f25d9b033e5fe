/**
 * Who is there over a stretch of a run: each object that pictures of it show, with its column, its largest card, its birth and
 * its death; the names of each frame; the groups that will be cut off together. A plot is a function of the run and the stretch,
 * so places that come from it are the same by any way to a moment.
 */
import { frameSize, ghostSize, objectSize } from '../measure.ts';
import { depthsOf } from '../place/cast.ts';
import type { Scene } from '../scene.ts';
import { NameHistory } from './names.ts';
import type { PictureRun } from './run.ts';

export interface PlotActor {
  readonly id: number;
  /** The first sample that shows it. */
  readonly from: number;
  /** Votes for columns, by how often it stood so far from the names. */
  readonly votes: number[];
  height: number;
  width: number;
  type: string;
  label: string;
}

/** How the scene of a moment is made, while the run stands there. */
export interface Shooter {
  scene(run: PictureRun, frame: number, lost: boolean): Scene;
}

/** Cards looked at in a stretch; behind so many only every second sample is taken, then every fourth, … */
const MOST_CARDS = 12_000;
/** Cut-off objects are looked for where an object is missed, where there were some, and now and then. */
const LOOK_EVERY = 16;

export class Plot {
  readonly from: number;
  readonly to: number;
  /** The moments that were looked at, in order. */
  readonly samples: number[] = [];
  readonly actors = new Map<number, PlotActor>();
  readonly deaths = new Map<number, number>();
  readonly names = new NameHistory();
  /** Groups that are cut off together at some sample: ids, oldest first. */
  readonly groups: number[][] = [];
  stackWidth = 0;
  #missed = new Set<number>();
  #hadLost = false;
  #cards = 0;

  constructor(run: PictureRun, from: number, to: number, by: 'line' | 'instruction', shooter: Shooter) {
    this.from = from;
    this.to = to;
    const here = run.moment;
    try {
      this.#walk(run, by, shooter);
    } finally {
      run.serials.listener = null;
      run.seek(here);
    }
  }

  #walk(run: PictureRun, by: 'line' | 'instruction', shooter: Shooter): void {
    const { cursor, serials } = run;
    let stride = 1;
    let skipped = 0;
    let began = false;
    run.seek(this.from);
    serials.listener = {
      born() {},
      gone: (serial: number) => {
        if (began && serial > 0) this.deaths.set(serial, run.running);
      },
    };
    run.walk(this.from, this.to, (count) => {
      began = true;
      cursor.read();
      if (cursor.isCall()) this.names.begin(cursor.frame, count);
      const wanted = by === 'instruction' || (cursor.isLine() && cursor.info().file === run.mainFile);
      if (count > this.from && !wanted) return false;
      if (count > this.from && skipped++ % stride !== 0) return false;
      this.#sample(run, count, cursor.frame, shooter);
      if (this.#cards > MOST_CARDS * Math.log2(2 * stride)) stride *= 2;
      return false;
    });
    serials.listener = null;
    if (this.samples.at(-1) === this.to || this.to !== run.length) return;
    run.seek(this.to);
    if (run.ended) cursor.frame = 0;
    else cursor.read();
    this.#sample(run, this.to, cursor.frame, shooter);
  }

  #sample(run: PictureRun, at: number, frame: number, shooter: Shooter): void {
    const look = this.#hadLost || this.#missed.size > 0 || this.samples.length % LOOK_EVERY === 0;
    let scene = shooter.scene(run, frame, look);
    if (!look && this.#someMissed(scene)) scene = shooter.scene(run, frame, true);
    this.samples.push(at);
    this.#cards += scene.objects.length + 10;
    this.#hadLost = scene.unreachable.length > 0;
    const columns = depthsOf(scene);
    for (const card of scene.objects) {
      const size = objectSize(card);
      let actor = this.actors.get(card.id);
      if (actor === undefined) {
        actor = { id: card.id, from: at, votes: [], height: 0, width: 0, type: card.type, label: card.label };
        this.actors.set(card.id, actor);
      }
      actor.height = Math.max(actor.height, size.height);
      actor.width = Math.max(actor.width, size.width);
      actor.type = card.type;
      actor.label = card.label;
      const column = columns.get(card.id) ?? 1;
      actor.votes[column] = (actor.votes[column] ?? 0) + 1;
    }
    for (const card of scene.frames) {
      this.names.see(card, at);
      const full = this.names.apply(card, at, card.line ?? null, (line) => `gone, line ${line}`);
      this.stackWidth = Math.max(this.stackWidth, frameSize(full).width);
    }
    for (const { members } of scene.unreachable) this.#join(members);
  }
  /** An object that was shown, has not died and is not shown now. */
  #someMissed(scene: Scene): boolean {
    const shown = new Set(scene.objects.map((o) => o.id));
    const missed = new Set<number>();
    for (const id of this.actors.keys()) if (id > 0 && !shown.has(id) && !this.deaths.has(id)) missed.add(id);
    const grown = [...missed].some((id) => !this.#missed.has(id));
    this.#missed = missed;
    return grown;
  }
  #join(members: readonly number[]): void {
    const touched = this.groups.filter((g) => g.some((id) => members.includes(id)));
    const all = [...new Set([...touched.flat(), ...members])].sort((a, b) => a - b);
    for (const g of touched) this.groups.splice(this.groups.indexOf(g), 1);
    this.groups.push(all);
  }

  /** How much a sample shows. */
  cardsEach(): number {
    return this.#cards / Math.max(1, this.samples.length);
  }
  /** The column it stands in most of its life. */
  columnOf(actor: PlotActor): number {
    let best = 1;
    for (let column = 1; column < actor.votes.length; column++) {
      if ((actor.votes[column] ?? 0) > (actor.votes[best] ?? 0)) best = column;
    }
    return best;
  }
  heightOf(actor: PlotActor): number {
    const dies = this.deaths.has(actor.id);
    return Math.max(actor.height, dies ? GHOST.height : 0);
  }
  widthOf(actor: PlotActor): number {
    return Math.max(actor.width, this.deaths.has(actor.id) ? GHOST.width : 0);
  }
  ghostOf(id: number): { readonly ghost?: { readonly from: number; readonly height: number } } {
    const death = this.deaths.get(id);
    if (death === undefined) return {};
    // it is gone from the first sample behind its death on
    const from = this.samples[this.indexOf(death - 1) + 1] ?? death;
    return { ghost: { from: Math.min(from, death), height: GHOST.height } };
  }
  /** How many samples a moment lies behind the first. */
  indexOf(moment: number): number {
    let low = 0;
    for (let high = this.samples.length; low < high; ) {
      const middle = (low + high) >> 1;
      if ((this.samples[middle] as number) <= moment) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }
}

const GHOST = ghostSize({ id: 0, type: '', label: '', cause: ['', ''] });
