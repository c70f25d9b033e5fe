/**
 * Where the steps of a unit end: moments at which a line or a call of the program's own file begins, or something happens.
 * Of runs that are not long all are found at once, so that steps have numbers; of others they are looked for from where one is.
 */
import { eventsOf, type Recording } from '@moult/recorder';
import type { Unit } from '../protocol.ts';

/** Instructions of a run whose steps are all found. */
const SHORT = 4_000_000;
/** … and so many of a kind at most. */
const MOST = 400_000;
/** Instructions of a run of which all that happens is listed: each event is looked at for its names. */
const FEW = 100_000;
const KINDS = {
  event: ['alloc', 'free', 'keep', 'print', 'raise', 'collection'],
  phase: ['collection'],
} as const;
/** How far is looked at first where they are not, and by how much more each time. */
const WINDOW = 2_000;
const WIDER = 8;

export interface LineStop {
  readonly at: number;
  readonly line: number;
}

export class Stops {
  private readonly recording: Recording;
  private lineStops: LineStop[] | null | undefined;
  private callStops: number[] | null = null;
  /** Where collections ran, once the whole run has been looked through; null: not yet, or too many. */
  collections: readonly number[] | null = null;
  private readonly cached = new Map<Unit, readonly number[] | null>();

  constructor(recording: Recording) {
    this.recording = recording;
  }

  /** The lines of the program's own file in the order in which they were reached; null: the run is long. */
  lines(): readonly LineStop[] | null {
    this.find();
    return this.lineStops ?? null;
  }

  private find(): void {
    if (this.lineStops !== undefined) return;
    const { recording } = this;
    this.lineStops = null;
    if (recording.length > SHORT) return;
    const lines: LineStop[] = [];
    const calls: number[] = [];
    this.look(0, recording.length, (at, line, call) => {
      if (line > 0) lines.push({ at, line });
      if (call) calls.push(at);
      return lines.length >= MOST;
    });
    if (lines.length >= MOST) return;
    this.lineStops = lines;
    this.callStops = calls;
  }

  /** Visits what begins in the program's own file; the present moment stays. */
  private look(from: number, to: number, visit: (at: number, line: number, call: boolean) => boolean): void {
    const { recording } = this;
    const { cursor, mainFile } = recording;
    const here = recording.moment;
    recording.walk(from, to, (at) => {
      cursor.read();
      if (cursor.frame === 0 || cursor.info().file !== mainFile) return false;
      const call = cursor.isCall();
      const line = cursor.isLine() ? cursor.line() : 0;
      return (call || line > 0) && visit(at, line, call);
    });
    recording.seek(here);
  }

  /** All stops of a unit, rising; null: they are not known. The end is not among them. */
  private all(unit: Unit): readonly number[] | null {
    this.find();
    switch (unit) {
      case 'line':
        return this.lineStops?.map(({ at }) => at) ?? null;
      case 'call':
        return this.callStops;
      case 'event':
        return this.happenings();
      case 'phase':
      case 'instruction':
        return null;
    }
  }
  private stopsOf(unit: Unit): readonly number[] | null {
    // collections become known while the reader looks
    if (unit === 'phase') return this.collections;
    if (!this.cached.has(unit)) this.cached.set(unit, this.all(unit));
    return this.cached.get(unit) ?? null;
  }

  private happenings(): readonly number[] | null {
    const { recording } = this;
    if (recording.length > FEW) return null;
    const found = new Set<number>();
    let whole = true;
    eventsOf(recording, 0, recording.length, { kinds: KINDS.event }, ({ at }) => {
      found.add(at);
      whole = found.size < MOST;
      return whole;
    });
    return whole ? [...found].sort((a, b) => a - b) : null;
  }

  /** The next or the last moment at which something happens, through wider and wider stretches. */
  private happening(at: number, unit: 'event' | 'phase', direction: 1 | -1): number | null {
    const { recording } = this;
    const { length } = recording;
    const kinds = KINDS[unit];
    let found: number | null = null;
    let edge = at;
    for (let size = WINDOW; direction === 1 ? edge < length : edge > 0; size *= WIDER) {
      const [from, to] = direction === 1 ? [edge, Math.min(length, edge + size)] : [Math.max(0, edge - size), edge];
      eventsOf(recording, from, to, { kinds }, (event) => {
        if (direction === 1 ? event.at <= at : event.at >= at) return true;
        found = event.at;
        return direction === -1;
      });
      if (found !== null) return found;
      edge = direction === 1 ? to : from;
    }
    return direction === 1 ? length : 0;
  }

  /** Steps of the unit can be found; where collections ran in a long run only once it has been looked through for the strip. */
  knows(unit: Unit): boolean {
    return unit !== 'phase' || this.collections !== null || this.recording.length <= FEW;
  }

  /** Where the first step begins. */
  first(unit: Unit): number {
    return unit === 'instruction' ? 0 : (this.stopsOf(unit)?.[0] ?? 0);
  }

  /** Which step of how many a moment is: so many have been made. Null where that is not known. */
  numberOf(at: number, unit: Unit): { index: number; of: number } | null {
    if (unit === 'instruction') return { index: at, of: this.recording.length };
    const stops = this.stopsOf(unit);
    if (stops === null) return null;
    const points = withEnds(stops, this.recording.length);
    return { index: before(points, at + 1), of: points.length - 1 };
  }

  /** Where the step that ends at a moment began; null at the beginning. */
  beginOf(at: number, unit: Unit): number | null {
    if (at <= 0) return null;
    if (unit === 'instruction') return at - 1;
    return this.from(at, unit, -1);
  }

  /** The moment `count` steps on or back; the end or the beginning where there are fewer. */
  go(at: number, unit: Unit, direction: 1 | -1, count: number): number {
    const { length } = this.recording;
    if (unit === 'instruction') return Math.max(0, Math.min(length, at + direction * count));
    let to = at;
    for (let n = 0; n < count && (direction === 1 ? to < length : to > 0); n++) {
      to = this.from(to, unit, direction) ?? (direction === 1 ? length : 0);
    }
    return to;
  }

  private from(at: number, unit: Exclude<Unit, 'instruction'>, direction: 1 | -1): number | null {
    const { length } = this.recording;
    const stops = this.stopsOf(unit);
    if (stops === null) return this.search(at, unit, direction);
    const points = withEnds(stops, length);
    const found = points[direction === 1 ? before(points, at + 1) + 1 : before(points, at)];
    return found === undefined || (direction === 1 ? found <= at : found >= at) ? null : found;
  }

  /** By running: forwards to the first, backwards through wider and wider stretches to the last. */
  private search(at: number, unit: Exclude<Unit, 'instruction'>, direction: 1 | -1): number | null {
    const { recording } = this;
    if (unit === 'phase' && !this.knows(unit)) return null;
    if (unit === 'event' || unit === 'phase') return this.happening(at, unit, direction);
    const wanted = (line: number, call: boolean): boolean => (unit === 'line' ? line > 0 : call);
    let found: number | null = null;
    if (direction === 1) {
      this.look(at, recording.length, (n, line, call) => {
        if (n <= at || !wanted(line, call)) return false;
        found = n;
        return true;
      });
      return found ?? recording.length;
    }
    for (let to = at, size = WINDOW; to > 0 && found === null; size *= WIDER) {
      const start = Math.max(0, to - size);
      this.look(start, to, (n, line, call) => {
        if (wanted(line, call)) found = n;
        return false;
      });
      to = start;
    }
    return found ?? 0;
  }
}

/** The first step begins at the first stop, or at the beginning where nothing of the kind happens. */
function withEnds(stops: readonly number[], length: number): readonly number[] {
  const points = stops.length === 0 ? [0] : [...stops];
  if (points.at(-1) !== length) points.push(length);
  return points;
}
/** The index of the last that is less than `at`; the first where none is. */
function before(points: readonly number[], at: number): number {
  let [low, high] = [0, points.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((points[middle] as number) < at) low = middle + 1;
    else high = middle;
  }
  return Math.max(0, low - 1);
}
