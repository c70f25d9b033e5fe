// Steps, both ways: to the next or the last moment of a kind.
import type { Recording } from '../recording.ts';
import type { Cursor } from './cursor.ts';

/**
 * `instruction`; `line`: where a line is reached, in whatever frame; `over`: in this frame or one that called it; `call`: where a
 * frame begins; `return`: at an instruction that returns; `finish`: at the one by which this frame returns; `out`: in a frame that called
 * this one.
 */
export type StepUnit = 'instruction' | 'line' | 'over' | 'call' | 'return' | 'finish' | 'out';

/** How far back is looked at first, and by how much more each time. */
const WINDOW = 4096;
const WIDER = 8;

/** The frame that runs and those that called it, as long as they are these and no later ones at their addresses. */
class Chain {
  private readonly cursor: Cursor;
  private readonly here: number;
  private readonly alive: Set<number>;

  constructor(cursor: Cursor) {
    cursor.read();
    this.cursor = cursor;
    this.here = cursor.frame;
    this.alive = new Set(cursor.frames());
  }
  /** The cursor is at the beginning of a frame. */
  begins(): void {
    this.forget(this.cursor.frame);
  }
  forget(frame: number): void {
    this.alive.delete(frame);
  }
  matches(unit: StepUnit): boolean {
    const { cursor } = this;
    const { frame } = cursor;
    switch (unit) {
      case 'instruction':
        return true;
      case 'line':
        return cursor.isLine();
      case 'call':
        return cursor.isCall();
      case 'return':
        return cursor.isReturn();
      case 'over':
        // behind the end there is no frame to stay in
        return (this.here === 0 || this.alive.has(frame)) && cursor.isLine();
      case 'finish':
        return frame === this.here && this.alive.has(frame) && cursor.isReturn();
      case 'out':
        return frame !== this.here && this.alive.has(frame);
    }
  }
}

/** Goes to the next (1) or the last (-1) moment of the kind; where there is none, to the end or the beginning, and answers false. */
export function step(recording: Recording, unit: StepUnit, direction: 1 | -1): boolean {
  const from = recording.moment;
  if (direction === 1 ? from >= recording.length : from <= 0) return false;
  if (unit === 'instruction') {
    recording.seek(from + direction);
    return true;
  }
  return direction === 1 ? forward(recording, unit, from) : backward(recording, unit, from);
}

function forward(recording: Recording, unit: StepUnit, from: number): boolean {
  const { cursor } = recording;
  const chain = new Chain(cursor);
  // what returns next has nothing left to finish
  if (unit === 'finish' && cursor.isReturn()) return forward(recording, 'out', from);
  const found = recording.walk(from, recording.length, (count) => {
    if (count === from) return false;
    cursor.read();
    if (cursor.isCall()) chain.begins();
    return chain.matches(unit);
  });
  if (!found) recording.seek(recording.length);
  return found;
}

function backward(recording: Recording, unit: StepUnit, from: number): boolean {
  const { cursor } = recording;
  const chain = new Chain(cursor);
  let to = from;
  // the beginning of this very frame is not that of a later one
  let began = cursor.frame !== 0 && cursor.isCall() ? cursor.frame : 0;
  for (let size = WINDOW; to > 0; size *= WIDER) {
    const start = Math.max(0, to - size);
    /** By frame: matches of a frame are forgotten where another begins at its address. */
    const matches = new Map<number, number>();
    const beginnings = new Set<number>();
    recording.walk(start, to, (count) => {
      cursor.read();
      const { frame } = cursor;
      if (cursor.isCall()) {
        if (unit === 'over' || unit === 'finish' || unit === 'out') matches.delete(frame);
        beginnings.add(frame);
      }
      if (chain.matches(unit)) matches.set(frame, count);
      return false;
    });
    if (began !== 0) {
      if (unit === 'over' || unit === 'finish' || unit === 'out') matches.delete(began);
    }
    const best = Math.max(-1, ...matches.values());
    if (best >= 0) {
      recording.seek(best);
      return true;
    }
    for (const frame of beginnings) chain.forget(frame);
    if (began !== 0) chain.forget(began);
    began = 0;
    to = start;
  }
  recording.seek(0);
  return false;
}
