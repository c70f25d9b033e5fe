/** One object: what it is, who holds it, how its count came about, why it is still here, its bytes. */
import { HeapGraph } from '@moult/graph';
import { generationHeads, histogram, objectAt, ownName, type Reader, reachable, trackedObjects } from '@moult/inspect';
import type { Piece, Ref } from '../../protocol.ts';
import type { Model, ModelContext } from '../context.ts';
import { count, plural } from '../refs.ts';
import { type FieldRow, fieldRows } from './fields.ts';
import { type HolderRow, holderRows } from './holders.ts';
import { type LifeData, lifeData } from './life.ts';
import { whyHere } from './why.ts';

export interface InspectorOwn {
  /** Lives of long runs are told when asked for: refs. */
  readonly lives?: readonly Ref[];
}
export interface Selected {
  readonly kind: 'object';
  readonly ref: Ref;
  readonly type: string;
  readonly text: string;
  /** What it is called: "named Object2". */
  readonly called: readonly Piece[];
  readonly state: 'Reachable' | 'Unreachable' | 'Immortal';
  /** null: immortal. */
  readonly count: number | null;
  readonly holders: readonly HolderRow[];
  /** More holders than are listed. */
  readonly moreHolders: number;
  /** By how much the holders that were found differ from the count. */
  readonly missing: number;
  /** What sys.getrefcount would say of it, and why; or why no count is kept. */
  readonly remark: readonly Piece[];
  readonly life: LifeData | null;
  readonly why: readonly Piece[];
  readonly facts: readonly (readonly [term: string, text: string])[];
  readonly struct: string;
  readonly fields: readonly FieldRow[];
  readonly own: InspectorOwn;
}
export interface Absent {
  readonly kind: 'absent';
  readonly ref: Ref;
  readonly state: 'Freed' | 'Not made yet';
  readonly life: LifeData | null;
  readonly own: InspectorOwn;
}
/** Nothing is selected: the heap by type. */
export interface Overview {
  readonly kind: 'overview';
  readonly rows: readonly { readonly type: string; readonly objects: number; readonly bytes: number }[];
  readonly objects: number;
  readonly bytes: number;
}
export type InspectorData = Selected | Absent | Overview;

const MOST_TYPES = 40;
const MOST_HOLDERS = 30;

export const inspectorModel: Model<InspectorData> = (context) => {
  const { selected } = context.options;
  const own = (context.options.own.inspector ?? {}) as InspectorOwn;
  if (selected === null) return overview(context);
  const address = context.addressOf(selected);
  if (address === 0) return absent(context, selected, own);
  const reader = context.reader();
  const facts = objectAt(reader, address);
  if (facts === null) return absent(context, selected, own);
  const held = facts.immortal ? [] : holderRows(context, address);
  const found = held.reduce((n, h) => n + h.times, 0);
  const lost = !facts.immortal && !heldSet(context, reader).has(address);
  const life = lifeData(context, selected, own.lives ?? []);
  const why = lost || !facts.immortal ? whyHere(context, heapOf(context, reader), address) : { why: [], names: [] };
  const [name] = why.names;
  return {
    kind: 'object',
    ref: selected,
    type: facts.type,
    text: facts.text,
    called: name === undefined ? [] : ['named ', { code: name }],
    state: facts.immortal ? 'Immortal' : lost ? 'Unreachable' : 'Reachable',
    count: facts.immortal ? null : facts.count,
    holders: withLines(held, life).slice(0, MOST_HOLDERS),
    moreHolders: Math.max(0, held.length - MOST_HOLDERS),
    missing: facts.immortal ? 0 : facts.count - found,
    remark: remarkOf(context, facts.type, facts.text, facts.immortal ? null : facts.count),
    life,
    why: why.why,
    facts: factRows(context, reader, address, facts),
    struct: `${facts.type}, ${plural(facts.block.size, 'byte')}`,
    fields: fieldRows(context, reader, address),
    own,
  };
};

function overview(context: ModelContext): Overview {
  const rows = histogram(context.reader().target);
  return {
    kind: 'overview',
    rows: rows.slice(0, MOST_TYPES),
    objects: rows.reduce((n, r) => n + r.objects, 0),
    bytes: rows.reduce((n, r) => n + r.bytes, 0),
  };
}
function absent(context: ModelContext, ref: Ref, own: InspectorOwn): Absent {
  const life = lifeData(context, ref, own.lives ?? []);
  const first = life?.events[0];
  return {
    kind: 'absent',
    ref,
    state: first !== undefined && first.at > context.at ? 'Not made yet' : 'Freed',
    life,
    own,
  };
}
function heldSet(context: ModelContext, reader: Reader): { has(object: number): boolean } {
  return context.memo('moment', 'reachable', () => reachable(reader));
}
export function heapOf(context: ModelContext, reader: Reader): HeapGraph {
  return context.memo('moment', 'heap', () => new HeapGraph(reader));
}

/** Since when a holder holds: the line of the step that gained it. */
function withLines(rows: readonly HolderRow[], life: LifeData | null): HolderRow[] {
  const since = new Map<string, number>();
  for (const event of life?.events ?? []) {
    if (event.line !== null) for (const gained of event.gained) since.set(gained, event.line);
  }
  return rows.map((row) => ({ ...row, line: since.get(row.words) ?? null }));
}

function remarkOf(context: ModelContext, type: string, text: string, refs: number | null): Piece[] {
  if (refs === null) {
    const what = text.startsWith('<') ? `This ${type}` : `${type.slice(0, 1).toUpperCase()}${type.slice(1)} ${text}`;
    return [`${what} is immortal since Python 3.12: its count is not kept, and it is never freed.`];
  }
  const say = { code: 'sys.getrefcount' };
  if (context.python.startsWith('3.14') || context.python.startsWith('3.15')) {
    return [say, ` of it says ${count(refs)} or ${count(refs + 1)}: since 3.14 a call may only borrow its argument.`];
  }
  return [say, ` of it says ${count(refs + 1)}: the call's own argument is one more.`];
}

function factRows(
  context: ModelContext,
  reader: Reader,
  address: number,
  facts: NonNullable<ReturnType<typeof objectAt>>,
): (readonly [string, string])[] {
  const buffers = facts.buffers.filter((b) => b.size > 0);
  const own = facts.size - buffers.reduce((n, b) => n + b.size, 0);
  const parts =
    buffers.length === 0
      ? ''
      : `: ${count(own)} object, ${buffers.map((b) => `${count(b.size)} ${b.label}`).join(', ')}`;
  const { block } = facts;
  const place =
    block.sizeClass === null
      ? 'static, or a block of malloc'
      : `block of ${count(block.blockSize ?? 0)} bytes, size class ${block.sizeClass}`;
  const name = ownName(reader, address);
  return [
    ...(name === null ? [] : [['Name', name] as const]),
    ['Size', `${plural(facts.size, 'byte')}${parts}`],
    ['Collector', collectorText(context, reader, address, facts)],
    ['Address', `0x${address.toString(16)}`],
    ['Memory', place],
  ];
}
function collectorText(
  context: ModelContext,
  reader: Reader,
  address: number,
  facts: { readonly collectable: boolean; readonly tracked: boolean; readonly finalized: boolean },
): string {
  if (!facts.collectable) return 'not concerned: it can hold no container';
  if (!facts.tracked) return 'not tracked';
  const of = context.memo('moment', 'generations', () => {
    const map = new Map<number, number>();
    for (const [g, head] of generationHeads(reader).entries())
      for (const o of trackedObjects(reader, head)) map.set(o, g);
    return map;
  });
  const generation = of.get(address);
  const where =
    generation === undefined ? 'in a running collection' : generation === 3 ? 'frozen' : `generation ${generation}`;
  return `${where}, tracked${facts.finalized ? ', its finalizer has run' : ''}`;
}
