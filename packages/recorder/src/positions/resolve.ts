// From a moment in words to the number of instructions: by running stretches again and counting. What was found is kept, so
// that the next question goes on where the last one stopped.
import type { Recording } from '../recording.ts';
import type { Cursor } from './cursor.ts';
import { BadMoment, fileMatches, parseMoment, type Place } from './moments.ts';

export interface ResolveOptions {
  /** Called now and then: how many instructions of how many have been looked at. Answering false gives up. */
  progress?(done: number, of: number): boolean | undefined;
}

/** Where a question's answers lie, as far as the run was looked at. */
interface Answers {
  readonly moments: number[];
  lookedTo: number;
}

/** Between two calls of `progress`. */
const PROGRESS = 500_000;

export class Places {
  private readonly recording: Recording;
  private readonly known = new Map<string, Answers>();

  constructor(recording: Recording) {
    this.recording = recording;
  }

  /** The moment that a text names. Throws BadMoment where the run has none. The present moment stays. */
  resolve(text: string, options: ResolveOptions = {}): number {
    const place = parseMoment(text);
    const { recording } = this;
    switch (place.kind) {
      case 'end':
        return recording.length;
      case 'step':
        if (place.n > recording.length) {
          throw new BadMoment(text, `the run has ${recording.length.toLocaleString('en-US')} instructions`);
        }
        return place.n;
      case 'output': {
        const at = outputMoments(recording)[place.n - 1];
        if (at === undefined) {
          throw new BadMoment(text, `the program wrote ${outputMoments(recording).length} lines`);
        }
        return at;
      }
      case 'exception': {
        const { raised, uncaught } = recording.exceptions;
        const at = place.n === null ? (uncaught ?? raised.at(-1)) : raised[place.n - 1];
        if (at === undefined) throw new BadMoment(text, `${raised.length} exceptions were raised`);
        return at;
      }
      default:
        return this.search(text, place, options);
    }
  }

  private search(text: string, place: Extract<Place, { n: number }>, options: ResolveOptions): number {
    const { recording } = this;
    const key = { ...place, n: 0 };
    const name = JSON.stringify(key);
    const answers = this.known.get(name) ?? { moments: [], lookedTo: 0 };
    this.known.set(name, answers);
    if (answers.moments.length < place.n) {
      const here = recording.moment;
      this.look(place, answers, options);
      recording.seek(here);
    }
    const at = answers.moments[place.n - 1];
    if (at !== undefined) return at;
    const times = answers.moments.length;
    const what = place.kind === 'line' ? 'the line was reached' : 'it happened';
    throw new BadMoment(text, times === 0 ? `${what} at no time` : `${what} ${times} time${times === 1 ? '' : 's'}`);
  }

  private look(place: Extract<Place, { n: number }>, answers: Answers, options: ResolveOptions): void {
    const { recording } = this;
    const matches = matcher(place, recording.cursor, recording.mainFile);
    let pause = answers.lookedTo + PROGRESS;
    let lookedTo = recording.length;
    recording.walk(answers.lookedTo, recording.length, (count) => {
      if (count >= pause) {
        pause = count + PROGRESS;
        if (options.progress?.(count, recording.length) === false) {
          lookedTo = count;
          return true;
        }
      }
      recording.cursor.read();
      if (!matches()) return false;
      answers.moments.push(count);
      if (answers.moments.length < place.n) return false;
      lookedTo = count + 1;
      return true;
    });
    answers.lookedTo = lookedTo;
  }
}

/** Is the cursor at such a place? */
function matcher(place: Place, cursor: Cursor, mainFile: string): () => boolean {
  if (place.kind === 'call' || place.kind === 'return') {
    const begins = place.kind === 'call';
    return () => {
      if (begins ? !cursor.isCall() : !cursor.isReturn()) return false;
      const info = cursor.info();
      return info.qualname === place.name || info.name === place.name;
    };
  }
  if (place.kind !== 'line') return () => false;
  const { line, file } = place;
  return () => {
    const info = cursor.info();
    if (file === null ? info.file !== mainFile : !fileMatches(info.file, file)) return false;
    return cursor.line() === line && cursor.isLine();
  };
}

/** By line of standard output, the moment at which it was complete. */
function outputMoments(recording: Recording): number[] {
  const out: number[] = [];
  let open = false;
  let last = 0;
  for (const { at, fd, text } of recording.prints) {
    if (fd !== 1 || text === '') continue;
    last = Math.min(at, recording.length);
    const lines = text.split('\n');
    for (let i = 1; i < lines.length; i++) out.push(last);
    open = lines.at(-1) !== '';
  }
  if (open) out.push(last);
  return out;
}
