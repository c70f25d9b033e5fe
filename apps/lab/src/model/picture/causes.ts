/** How an object went, in two short lines for its ghost. */
import { collectorStats, reachable, trackedObjects, generationHeads } from '@moult/inspect';
import { holdersOf, Words } from '@moult/recorder';
import type { ModelContext } from '../context.ts';
import { refOfId } from '../refs.ts';

const LINE = 26;
const cut = (text: string): string => (text.length <= LINE ? text : `${text.slice(0, LINE - 1)}…`);

export interface Cause {
  readonly lines: readonly string[];
  /** A collection did it. */
  readonly collected: boolean;
  /** The last holder, where there was one that can be named. */
  readonly holder: string | null;
}

/** `died`: the moment behind the instruction in which it died. */
export function causeOf(context: ModelContext, id: number, died: number): Cause {
  return context.memo('run', `cause ${id} ${died}`, () => findCause(context, id, died));
}

function findCause(context: ModelContext, id: number, died: number): Cause {
  const { recording } = context;
  const after = context.lookAt(died, () => collectionsNow(context));
  return context.lookAt(Math.max(0, died - 1), () => {
    const address = context.addressOf(refOfId(id));
    recording.cursor.read();
    const line = recording.cursor.frame === 0 ? 0 : recording.cursor.line();
    const where = line > 0 ? `line ${line}` : 'no line';
    const before = collectionsNow(context);
    const generation = [2, 1, 0].find((g) => (after[g] ?? 0) > (before[g] ?? 0));
    const reader = recording.reader();
    if (
      generation !== undefined &&
      address !== 0 &&
      !reachable(reader).has(address) &&
      isTrackedNow(context, address)
    ) {
      const lines = ['Cleared by the collector,', `${where}, generation ${generation}`];
      return { lines, collected: true, holder: null };
    }
    if (address === 0) return { lines: [`Made and freed at ${where}`], collected: false, holder: null };
    const named = holdersOf(reader, recording.serials, address).filter(
      ({ holder }) => holder.kind !== 'stack' && holder.kind !== 'native',
    );
    const [only] = named;
    if (only === undefined)
      return { lines: [`Freed at ${where}:`, 'the stack let it go'], collected: false, holder: null };
    const text = new Words().holder(only.holder);
    const second = named.length === 1 ? cut(`${text} let it go`) : cut(`${named.length} holders let it go`);
    return { lines: [`Freed at ${where}:`, second], collected: false, holder: text };
  });
}

function collectionsNow(context: ModelContext): number[] {
  return collectorStats(context.recording.reader()).map((g) => g.collections);
}
function isTrackedNow(context: ModelContext, address: number): boolean {
  const reader = context.recording.reader();
  return generationHeads(reader).some((head) => trackedObjects(reader, head).includes(address));
}
