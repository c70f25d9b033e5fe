/** What happened in a stretch of the run, as a list: made again by running it. */
import { type EventKind, eventsOf, type StretchEvent, Words } from '@moult/recorder';
import type { Ref, Say } from '../../protocol.ts';
import type { ModelContext, StageModel } from '../context.ts';
import { count, plural } from '../refs.ts';

/** Groups of kinds that can be switched. */
const GROUPS = {
  lines: { title: 'Lines', kinds: ['line'] },
  calls: { title: 'Calls', kinds: ['call', 'return', 'raise'] },
  objects: { title: 'Objects', kinds: ['alloc', 'free', 'keep', 'reuse'] },
  counts: { title: 'Counts', kinds: ['incref', 'decref', 'holder', 'getrefcount'] },
  collector: { title: 'Collector', kinds: ['phase', 'collection', 'weakref', 'finalizer'] },
  lists: { title: 'Lists', kinds: ['track', 'untrack', 'generation'] },
  output: { title: 'Output', kinds: ['print'] },
} as const satisfies Readonly<Record<string, { readonly title: string; readonly kinds: readonly EventKind[] }>>;
export type Group = keyof typeof GROUPS;

export interface EventsOwn {
  readonly groups?: readonly Group[];
}
export interface EventRow {
  readonly at: number;
  readonly group: Group;
  readonly kind: string;
  readonly line: number | null;
  readonly text: string;
  readonly ref: Ref | null;
}
export interface EventsData {
  readonly say: Say;
  readonly rows: readonly EventRow[];
  /** The first row that lies after the moment. */
  readonly now: number;
  readonly groups: readonly Group[];
  /** All groups, by name. */
  readonly all: readonly { readonly group: Group; readonly title: string }[];
  readonly from: number;
  readonly to: number;
  readonly length: number;
  /** There are more in the stretch than are listed. */
  readonly cut: boolean;
  readonly own: EventsOwn;
}

const DEFAULT: readonly Group[] = ['calls', 'objects', 'collector', 'output'];
/** Runs up to this length are listed whole; of longer ones a stretch around the moment. */
const WHOLE = 100_000;
const STRETCH = 20_000;
const MOST = 5000;

export const eventsModel: StageModel<EventsData> = (context) => {
  const own = (context.options.own.events ?? {}) as EventsOwn;
  const groups = own.groups ?? DEFAULT;
  const { at, recording } = context;
  const { length } = recording;
  const part = Math.floor(at / STRETCH);
  // stretches overlap, so that what comes before and after is there
  const [from, to] =
    length <= WHOLE ? [0, length] : [Math.max(0, (part - 0.5) * STRETCH), Math.min(length, (part + 1.5) * STRETCH)];
  const { rows, cut } = context.memo('run', `events ${from} ${groups.join()}`, () => list(context, from, to, groups));
  let now = rows.findIndex((row) => row.at > at);
  if (now < 0) now = rows.length;
  const before = rows.filter((row) => context.before !== null && row.at > context.before && row.at <= at).length;
  return {
    say: {
      head: [
        before === 0
          ? 'Nothing of these kinds happened in this step.'
          : `${plural(before, 'event')} happened in this step.`,
      ],
      why: [
        length <= WHOLE
          ? `${plural(rows.length, 'event')} in the whole run${cut ? ', and more' : ''}.`
          : `${plural(rows.length, 'event')} between instructions ${count(from)} and ${count(to)}${cut ? ', and more' : ''}: the run is long.`,
      ],
    },
    rows,
    now,
    groups,
    all: (Object.keys(GROUPS) as Group[]).map((group) => ({ group, title: GROUPS[group].title })),
    from,
    to,
    length,
    cut,
    own,
  };
};

function list(
  context: ModelContext,
  from: number,
  to: number,
  groups: readonly Group[],
): { rows: EventRow[]; cut: boolean } {
  const kinds = groups.flatMap((g) => [...GROUPS[g].kinds]);
  const groupOf = new Map<string, Group>(groups.flatMap((g) => GROUPS[g].kinds.map((kind) => [kind, g] as const)));
  const words = new Words();
  const rows: EventRow[] = [];
  let cut = false;
  if (kinds.length === 0) return { rows, cut };
  eventsOf(context.recording, from, to, { kinds }, (event) => {
    rows.push(rowOf(context, event, groupOf.get(event.kind) ?? 'objects', words));
    cut = rows.length >= MOST;
    return !cut;
  });
  return { rows, cut };
}

function rowOf(context: ModelContext, event: StretchEvent, group: Group, words: Words): EventRow {
  const { serial } = event;
  return {
    at: event.at,
    group,
    kind: event.kind,
    line: event.file === context.recording.mainFile ? event.line : null,
    text: withoutLine(words.say(event.telling)),
    ref: serial === undefined || serial === 0 ? null : `#${serial}`,
  };
}

/** The line stands in a column of its own. */
function withoutLine(sentence: string): string {
  const rest = sentence.replace(/^Line \d+: /, '');
  return rest.slice(0, 1).toUpperCase() + rest.slice(1);
}
