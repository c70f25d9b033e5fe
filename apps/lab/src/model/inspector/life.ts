/** An object's life: each change of its count, as a chart and as sentences. */
import { birthOf, type Life, lifeOf, Words } from '@moult/recorder';
import type { Ref } from '../../protocol.ts';
import type { ModelContext } from '../context.ts';

export interface LifePoint {
  readonly at: number;
  readonly line: number | null;
  readonly before: number;
  readonly after: number;
  /** "the name Object2": what the step gained, else what it lost. */
  readonly cause: string;
  readonly sentence: string;
  readonly gained: readonly string[];
}
export interface LifeData {
  readonly events: readonly LifePoint[];
  /** Other things worth saying: the address was used before, it is immortal. */
  readonly notes: readonly string[];
  readonly cut: boolean;
  /** The moment that the reader stands at. */
  readonly now: number;
  readonly length: number;
}

/** Lives of runs up to this long are told at once; of longer ones when asked for. */
const AT_ONCE = 1_000_000;
const MOST_CHANGES = 48;

/** null: not told yet. */
export function lifeData(context: ModelContext, ref: Ref, asked: readonly Ref[]): LifeData | null {
  if (ref.startsWith('0x')) return null;
  if (context.recording.length > AT_ONCE && !asked.includes(ref)) return null;
  const life = context.memo('run', `life ${ref}`, () => findLife(context, Number(ref.slice(1))));
  if (life === null) return null;
  return { ...tell(life), now: context.at, length: context.recording.length };
}

function findLife(context: ModelContext, serial: number): Life | null {
  const { recording } = context;
  const here = recording.moment;
  try {
    const born = birthOf(recording, serial);
    if (recording.serials.made < serial) return null;
    recording.seek(born);
    const address = context.addressOf(`#${serial}`);
    if (address === 0) return null;
    const lines = context.program.source.split('\n');
    return lifeOf(recording, address, {
      most: MOST_CHANGES,
      statement: (file, line) => (file === recording.mainFile ? lines[line - 1]?.trim() : undefined),
    });
  } finally {
    recording.seek(here);
  }
}

function tell(life: Life): { events: LifePoint[]; notes: string[]; cut: boolean } {
  const words = new Words();
  const events: LifePoint[] = [];
  const notes: string[] = [];
  for (const { at, telling } of life.events) {
    const sentence = words.say(telling);
    const holder = (h: Parameters<Words['holder']>[0] | null | undefined): string =>
      h === null || h === undefined ? 'nothing that can be named' : words.holder(h);
    switch (telling.kind) {
      case 'born': {
        const cause = telling.holder === null ? 'made' : holder(telling.holder);
        const gained = telling.holder === null ? [] : [cause];
        events.push({ at, line: telling.where.line, before: 0, after: telling.after, cause, sentence, gained });
        break;
      }
      case 'count': {
        const gained = telling.gained.map(holder);
        const cause =
          telling.after >= telling.before ? (gained[0] ?? holder(telling.lost[0])) : holder(telling.lost[0]);
        events.push({
          at,
          line: telling.where.line,
          before: telling.before,
          after: telling.after,
          cause,
          sentence,
          gained,
        });
        break;
      }
      case 'freed': {
        const cause = holder(telling.holder);
        events.push({ at, line: telling.where.line, before: telling.before, after: 0, cause, sentence, gained: [] });
        break;
      }
      case 'collected':
        events.push({
          at,
          line: null,
          before: telling.before,
          after: 0,
          cause: 'the collector cleared its cycle',
          sentence,
          gained: [],
        });
        break;
      default:
        notes.push(sentence);
    }
  }
  return { events, notes, cut: life.cut };
}
