/** The collector at a moment: its generations, the collection of this step or of now played in seven phases, its books. */
import { _gc_runtime_state, PyInterpreterState } from '@moult/abi';
import type { Trial } from '@moult/graph';
import { collectorStats, generationHeads, mainDict, trackedObjects } from '@moult/inspect';
import { type Layout, type ObjectCard, type PicturePart, pictureParts, type Scene } from '@moult/picture';
import type { Piece, Ref, Say } from '../../protocol.ts';
import type { ModelContext, StageModel } from '../context.ts';
import { type Card, cardsOf } from '../picture/cards.ts';
import { picturesOf } from '../picture/picture.ts';
import { count, idOfRef, nameOf, plural, refOfId } from '../refs.ts';
import { type Collection, collectionOf, collectionsOf, type Ran } from './collection.ts';

export const PHASES = [
  'Copy counts',
  'Subtract inside',
  'Find reachable',
  'Weakrefs',
  'Finalizers',
  'Resurrected',
  'Clear',
] as const;

export interface CollectorOwn {
  readonly phase?: number;
  /** Which generation a collection of now would look at. */
  readonly generation?: number;
}
export interface Lane {
  readonly title: string;
  readonly note: string;
  readonly count: number;
  readonly threshold: number;
  /** What its counter counts. */
  readonly counts: string;
  readonly objects: number;
  readonly collections: number;
}
export interface BookRow {
  readonly ref: Ref;
  readonly text: string;
  readonly count: number;
  readonly inside: number;
  readonly left: number;
  readonly held: boolean;
}
export interface CollectorData {
  readonly say: Say;
  readonly lanes: readonly Lane[];
  readonly disabled: boolean;
  readonly phase: number;
  readonly phases: readonly { readonly title: string; readonly figure: string }[];
  readonly ran: boolean;
  readonly generation: number;
  readonly started: readonly Piece[];
  readonly width: number;
  readonly height: number;
  readonly parts: readonly PicturePart[];
  readonly cards: readonly Card[];
  /** Where the garbage lies in the picture; null: none is shown. */
  readonly focus: { readonly y: number; readonly height: number } | null;
  readonly books: readonly BookRow[];
  readonly others: number;
  readonly collections: readonly Ran[] | null;
  readonly selected: Ref | null;
  readonly own: CollectorOwn;
  readonly policy: string;
}

const MOST_BOOKS = 40;

export const collectorModel: StageModel<CollectorData> = (context) => {
  const own = (context.options.own.collector ?? {}) as CollectorOwn;
  const found = collectionOf(context, own.generation ?? 2);
  const phase = Math.max(0, Math.min(PHASES.length - 1, own.phase ?? 0));
  const { scene, cast, names } = sceneThen(context, found);
  const nodes = nodesOf(context, found, scene);
  const shown = withScratch(scene, found.trial, nodes, phase);
  const { width, height, layout, parts } = pictureParts(shown, { cast, prefix: 'gc' });
  const inside = new Set(nodes.keys());
  const cut = new Set(shown.unreachable.flatMap((u) => u.members));
  const books = booksOf(context, found, nodes, names);
  return {
    say: sayOf(found, phase, books),
    lanes: lanesOf(context),
    disabled: context.reader().i32(gcEnabledAt(context)) === 0,
    phase,
    phases: PHASES.map((title, k) => ({ title, figure: figureOf(found, k) })),
    ran: found.ran,
    generation: found.generation,
    started: startedBy(found),
    width,
    height,
    // references between objects that are looked at are what is subtracted
    parts: parts.map((part) =>
      phase === 1 &&
      typeof part.from === 'number' &&
      inside.has(part.from) &&
      part.to !== undefined &&
      inside.has(part.to)
        ? { ...part, markup: part.markup.replace('class="arrow', 'class="inside arrow') }
        : part,
    ),
    cards: cardsOf(layout, cut),
    focus: focusOf(layout, found.trial, nodes),
    books: books.slice(0, MOST_BOOKS),
    others: found.trial.objects.size - Math.min(books.length, MOST_BOOKS),
    collections: collectionsOf(context),
    selected: context.options.selected,
    own,
    policy: context.python,
  };
};

/** Collections can be switched off: the word behind which gc.isenabled() stands. */
function gcEnabledAt(context: ModelContext): number {
  return context.reader().target.interp + ENABLED;
}
const ENABLED = PyInterpreterState.gc + _gc_runtime_state.enabled;

function lanesOf(context: ModelContext): Lane[] {
  const reader = context.reader();
  const heads = generationHeads(reader);
  const titles = ['young', 'middle', 'old'];
  const counts = [
    'new containers since its last collection',
    'collections of generation 0',
    'collections of generation 1',
  ];
  return collectorStats(reader).map((g, k) => ({
    title: `Generation ${k}`,
    note: titles[k] ?? '',
    count: g.count,
    threshold: g.threshold,
    counts: counts[k] ?? '',
    objects: trackedObjects(reader, heads[k] as number).length,
    collections: g.collections,
  }));
}

/** The picture of the moment before the collection, without marks of the step. */
function sceneThen(context: ModelContext, found: Collection) {
  const pictures = picturesOf(context, {});
  const { scene, cast } = pictures.at(found.at);
  const names = context.lookAt(found.at, () => mainDict(context.recording.reader()));
  // the names that are gone hold nothing
  const frames = scene.frames.map((f) => ({ ...f, rows: f.rows.filter((r) => r.gone === undefined) }));
  return { scene: { ...scene, frames, unreachable: [], notes: [] }, cast, names };
}
/** The scene's objects that are looked at: their nodes by id. */
function nodesOf(context: ModelContext, found: Collection, scene: Scene): Map<number, number> {
  return context.lookAt(found.at, () => {
    const nodes = new Map<number, number>();
    for (const { id } of scene.objects) {
      const address = context.addressOf(refOfId(id));
      const node = address === 0 ? -1 : found.trial.objects.indexOf(address);
      if (node >= 0) nodes.set(id, node);
    }
    return nodes;
  });
}
function focusOf(layout: Layout, trial: Trial, nodes: ReadonlyMap<number, number>): CollectorData['focus'] {
  const lost = layout.objects.filter((o) => trial.held[nodes.get(o.card.id) ?? -1] === 0);
  if (lost.length === 0) return null;
  const y = Math.min(...lost.map((o) => o.y));
  return { y, height: Math.max(...lost.map((o) => o.y + o.height)) - y };
}
function withScratch(scene: Scene, trial: Trial, nodes: ReadonlyMap<number, number>, phase: number): Scene {
  const lost: number[] = [];
  const objects = scene.objects.map((card): ObjectCard => {
    const node = nodes.get(card.id);
    if (node === undefined) return card;
    const full = trial.counts[node] as number;
    const left = full - (trial.inside[node] as number);
    const held = trial.held[node] === 1;
    if (phase >= 2 && !held) lost.push(card.id);
    return { ...card, scratch: phase === 0 ? full : phase === 1 ? left : held ? Math.max(1, left) : 0 };
  });
  const clusters = phase < 2 ? [] : lostGroupsOf(objects, lost);
  return { ...scene, objects, unreachable: clusters };
}
function lostGroupsOf(objects: readonly ObjectCard[], lost: readonly number[]) {
  const groups = groupsOf(objects, lost);
  return groups.map((members) => ({
    members,
    title: 'Nothing outside leads in here',
    note: `Scratch count 0: ${members.length === 1 ? 'it is' : 'they are'} the garbage of this collection.`,
  }));
}
/** Lost objects that references join. */
function groupsOf(objects: readonly ObjectCard[], lost: readonly number[]): number[][] {
  const left = new Set(lost);
  const cards = new Map(objects.map((o) => [o.id, o]));
  const near = new Map<number, number[]>(lost.map((id) => [id, []]));
  for (const id of lost) {
    for (const { target } of cards.get(id)?.rows ?? []) {
      if (target === undefined || !near.has(target)) continue;
      near.get(id)?.push(target);
      near.get(target)?.push(id);
    }
  }
  const out: number[][] = [];
  for (const first of lost) {
    if (!left.delete(first)) continue;
    const group = [first];
    for (const id of group) for (const next of near.get(id) ?? []) if (left.delete(next)) group.push(next);
    out.push(group.sort((a, b) => a - b));
  }
  return out;
}

function booksOf(
  context: ModelContext,
  found: Collection,
  nodes: ReadonlyMap<number, number>,
  names: number,
): BookRow[] {
  const { trial } = found;
  return context.lookAt(found.at, () => {
    const reader = context.recording.reader();
    const all = new Map<number, number>();
    const own = trial.objects.indexOf(names);
    if (own >= 0) all.set(0, own);
    for (const [id, node] of nodes) all.set(id, node);
    // garbage that no picture shows
    for (let node = 0, n = 0; node < trial.objects.size && n < MOST_BOOKS; node++) {
      if (trial.held[node] === 1) continue;
      const id = idOfRef(context.refOf(trial.objects.at(node)));
      if (!all.has(id)) all.set(id, node);
      n++;
    }
    return [...all].map(([id, node]) => {
      const thing = nameOf(context, reader, trial.objects.at(node));
      const full = trial.counts[node] as number;
      const inside = trial.inside[node] as number;
      return {
        ref: thing.ref,
        text: id === 0 ? 'dict of names' : thing.text,
        count: full,
        inside,
        left: full - inside,
        held: trial.held[node] === 1,
      };
    });
  });
}

function figureOf(found: Collection, phase: number): string {
  const { trial } = found;
  switch (phase) {
    case 0:
      return plural(trial.objects.size, 'count');
    case 1:
      return `${count(trial.references)} inside`;
    case 2:
      return `${count(trial.unreachable)} not`;
    case 3:
      return `${count(found.weakrefs)} cleared`;
    case 4:
      return `${count(found.finalizers)} to run`;
    case 5:
      return found.resurrected === null ? 'not run' : `${count(found.resurrected)} back`;
    default:
      return found.freed === null ? 'not run' : `${count(found.freed)} freed`;
  }
}

function sayOf(found: Collection, phase: number, books: readonly BookRow[]): Say {
  const { trial } = found;
  const would = found.ran ? '' : 'would ';
  const all = count(trial.objects.size);
  const lost = trial.unreachable;
  const low = books.findLast((b) => b.left === 0 && b.held && b.inside > 1) ?? books.findLast((b) => b.left === 0);
  switch (phase) {
    case 0:
      return {
        head: [
          `${found.ran ? 'The collector copied' : 'A collection now would copy'} the counts of ${all} containers.`,
        ],
        why: ['It works on the copies. The real counts never change here.'],
      };
    case 1:
      return {
        head:
          low === undefined
            ? [`${count(trial.references)} references from inside ${would === '' ? 'were' : 'would be'} subtracted.`]
            : [
                { ref: low.ref, text: `${low.text.slice(0, 1).toUpperCase()}${low.text.slice(1)}` },
                ` is held ${low.inside === 1 ? 'once' : low.inside === 2 ? 'twice' : `${count(low.inside)} times`} from inside: its scratch count drops from ${count(low.count)} to ${count(low.left)}.`,
              ],
        why: [
          'Zero is not yet garbage. The next phase starts at objects with a count left, and brings back what they lead to.',
        ],
      };
    case 2:
      return {
        head: [
          lost === 0
            ? `All ${all} containers can be reached from outside.`
            : `Nothing outside leads to ${plural(lost, 'object')}. ${count(trial.objects.size - lost)} can be reached.`,
        ],
        why: [
          lost === 0
            ? 'There is no garbage to clear.'
            : 'Only objects of the set hold each other: no count of theirs can reach 0 by itself.',
        ],
      };
    case 3:
      return {
        head: [
          `${plural(found.weakrefs, 'weak reference')} to the garbage ${found.weakrefs === 1 ? 'is' : 'are'} cleared.`,
        ],
        why: [
          `${plural(found.callbacks, 'callback')} to run. From here on no weak reference can bring the garbage back.`,
        ],
      };
    case 4:
      return {
        head: [
          `${plural(found.finalizers, 'finalizer')} of the garbage ${found.finalizers === 1 ? 'runs' : 'run'}, before anything is freed.`,
        ],
        why: [
          found.finalizers === 0
            ? 'No object of the garbage has a __del__ that has not run yet.'
            : 'A finalizer may bring its object back: that is looked at next.',
        ],
      };
    case 5:
      return {
        head: [
          found.resurrected === null
            ? 'What finalizers bring back is not known before they have run.'
            : `Finalizers brought back ${plural(found.resurrected, 'object')}.`,
        ],
        why: ['The counts are copied and subtracted once more, on the garbage alone.'],
      };
    default:
      return {
        head: [
          found.freed === null
            ? `${plural(lost, 'object')} would be cleared.`
            : `The garbage was cleared: ${plural(found.freed, 'object')} freed.`,
        ],
        why: ['Clearing one lets go of what it holds. Counts fall to 0, and the objects free themselves.'],
      };
  }
}

function startedBy(found: Collection): Piece[] {
  if (!found.ran) return ['No collection ran in this step. This is what one would find now.'];
  const where = found.line === null ? '' : `, line ${found.line}`;
  return [
    { code: found.function === '' ? '<module>' : found.function },
    `${where}. `,
    generationText(found.generation),
  ];
}
function generationText(generation: number): string {
  if (generation === 2) return 'A full collection joins all lists into one before it starts.';
  return generation === 1 ? 'It joins generation 0 to generation 1 first.' : 'It looks at generation 0 alone.';
}
