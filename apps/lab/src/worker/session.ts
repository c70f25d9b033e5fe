/** One recording and the moment that the page stands at: answers what the page wishes to see. */
import { frameInfo, type Reader } from '@moult/inspect';
import { BadMoment, birthOf, lifeOf } from '@moult/recorder';
import { models } from '../model/index.ts';
import type { FrameLine, Moment, Printed, Ref, Say, StageView, Target, ViewId, ViewOptions } from '../protocol.ts';
import { STAGE_VIEWS } from '../protocol.ts';
import type { Recorded } from './context.ts';
import { lineNotes } from './notes.ts';

/** What the reader wished for is not there; the message is for people. */
export class NotThere extends Error {}

const NOTHING: Say = { head: [], why: [] };

export class Session {
  private readonly recorded: Recorded;
  private readonly prints: readonly Printed[];
  private at: number;

  constructor(recorded: Recorded, prints: readonly Printed[]) {
    this.recorded = recorded;
    this.prints = prints;
    this.at = recorded.recording.moment;
  }

  /** Goes there, if anywhere, and tells the moment. */
  show(to: Target | undefined, views: readonly ViewId[], options: ViewOptions): Moment {
    const { recording } = this.recorded;
    recording.seek(this.at);
    if (to !== undefined) this.at = this.resolve(to, options);
    recording.seek(this.at);
    return this.moment(views, options);
  }

  private resolve(to: Target, options: ViewOptions): number {
    const { stops, places, recording } = this.recorded;
    switch (to.kind) {
      case 'moment':
        return Math.max(0, Math.min(recording.length, Math.round(to.at)));
      case 'step':
        if (!stops.knows(to.unit)) {
          throw new NotThere(
            'Where collections ran is not known yet: the strip is still being drawn. Try again in a moment.',
          );
        }
        return stops.go(this.at, to.unit, to.direction, to.count);
      case 'place':
        try {
          return to.text === 'start' ? stops.first(options.unit) : places.resolve(to.text);
        } catch (e) {
          if (e instanceof BadMoment) throw new NotThere(e.message);
          throw e;
        }
      case 'breakpoint':
        return this.breakpoint(to.direction, new Set(to.lines));
      case 'life':
        return this.life(to.ref, to.of, options);
    }
  }

  private breakpoint(direction: 1 | -1, lines: ReadonlySet<number>): number {
    const { stops, recording } = this.recorded;
    let at = this.at;
    for (;;) {
      const next = stops.go(at, 'line', direction, 1);
      if (next === at || next === recording.length || next === 0) return next;
      at = next;
      recording.seek(at);
      recording.cursor.read();
      if (recording.cursor.frame !== 0 && lines.has(recording.cursor.line())) return at;
    }
  }

  private life(ref: Ref, of: 'birth' | 'death', options: ViewOptions): number {
    const { recording } = this.recorded;
    if (ref.startsWith('0x')) throw new NotThere('Start-up made this object, before the first moment.');
    const born = birthOf(recording, Number(ref.slice(1)));
    if (recording.ended) throw new NotThere(`The program made no object ${ref}.`);
    if (of === 'birth') return born;
    const { addressOf } = this.recorded.context(options);
    const { events } = lifeOf(recording, addressOf(ref));
    const end = events.find((e) => e.telling.kind === 'freed');
    if (end === undefined) throw new NotThere(`Object ${ref} lives to the end of the run.`);
    return end.at;
  }

  private moment(views: readonly ViewId[], options: ViewOptions): Moment {
    const { recorded, at } = this;
    const { recording, stops } = recorded;
    const context = recorded.context(options);
    const frames = this.frames();
    const next = ownLine(frames, recording.mainFile);
    const ran =
      context.before === null ? null : context.lookAt(context.before, () => ownLine(this.frames(), recording.mainFile));
    const data: Partial<Record<ViewId, unknown>> = {};
    let say: Say = NOTHING;
    for (const id of views) {
      const made = models[id]?.(context);
      recording.seek(at);
      if (made === undefined) continue;
      data[id] = made;
      if (STAGE_VIEWS.includes(id as StageView)) say = (made as { say?: Say }).say ?? NOTHING;
    }
    const printed = upTo(this.prints, at);
    return {
      at,
      before: context.before,
      step: stops.numberOf(at, options.unit),
      ran,
      next,
      frames,
      notes: lineNotes(recorded, at, context.before, ran),
      printed,
      say,
      data,
    };
  }

  /** Innermost first. */
  private frames(): FrameLine[] {
    const { recording } = this.recorded;
    const { cursor } = recording;
    if (recording.ended) return [];
    cursor.read();
    if (cursor.frame === 0) return [];
    return framesAt(recording.reader(), cursor.frames());
  }
}

function framesAt(reader: Reader, frames: readonly number[]): FrameLine[] {
  return frames.flatMap((frame) => {
    const info = frameInfo(reader, frame);
    return info === null ? [] : [{ function: info.function, file: info.file, line: info.line }];
  });
}
function ownLine(frames: readonly FrameLine[], file: string): number | null {
  // an instruction that belongs to no line has 0
  return frames.find((f) => f.file === file)?.line || null;
}
function upTo(prints: readonly Printed[], at: number): number {
  let n = prints.length;
  while (n > 0 && (prints[n - 1] as Printed).at > at) n--;
  return n;
}
