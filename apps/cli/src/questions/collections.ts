// The collections of a recorded run: when each ran, what it looked at, what it found that nothing outside holds, and what it freed.
import { PyTypeObject } from '@moult/abi';
import {
  AddressTable,
  collectorStats,
  generationHeads,
  type GenerationStats,
  isFinalized,
  type Reader,
  type ReferenceVisitor,
  refcount,
  referencesOf,
  trackedObjects,
  typeName,
  visitKeysTable,
  visitReferences,
} from '@moult/inspect';
import { attributeName, components, cycles, type Graph, GraphBuilder, shortestCycle } from '@moult/graph';
import { ASKED_FOR, type CollectionMoment, eventsOf, type Recording } from '@moult/recorder';

export interface Cycle {
  /** How many objects are held by each other in it. */
  readonly objects: number;
  readonly text: string;
  /** How many such cycles there are. */
  times: number;
}
export interface CollectionTold {
  readonly number: number;
  /** The collection ran in the instruction that came next. */
  readonly at: number;
  readonly file: string;
  readonly line: number | null;
  readonly function: string;
  readonly generation: number;
  readonly trigger: 'threshold' | 'gc.collect()';
  /** Of the generation's count and threshold, before. */
  readonly count: number;
  readonly threshold: number;
  /** Objects that it looked at. */
  readonly candidates: number;
  readonly reachable: number;
  readonly unreachable: number;
  /** Of the unreachable objects, those whose __del__ had not run yet. */
  readonly finalizers: number;
  /** What gc.get_stats() counts as collected, and as uncollectable. */
  readonly freed: number;
  readonly uncollectable: number;
  readonly cycles: readonly Cycle[];
}

const CYCLES_TOLD = 5;
const CYCLES_LOOKED_AT = 2000;

export function tellCollection(recording: Recording, moment: CollectionMoment): CollectionTold {
  const { number, at, until, generation } = moment;
  const { asked, looked } = saidAtItsBegin(recording, moment);
  recording.seek(at);
  const reader = recording.reader();
  const { cursor } = recording;
  cursor.read();
  const info = cursor.info();
  const place = { file: info.file, line: cursor.line(), function: info.qualname };
  const before = collectorStats(reader)[generation] as GenerationStats;
  const found = unreachableOf(reader, generation);
  const { unreachable } = found;
  // what the instruction itself made before the collection ran
  const candidates = looked ?? found.candidates;
  const finalizers = unreachable.filter((object) => hasFinalizer(reader, object)).length;
  const told = cyclesOf(reader, unreachable);
  recording.seek(until);
  const after = collectorStats(recording.reader())[generation] as GenerationStats;
  return {
    number,
    at,
    ...place,
    generation,
    trigger: asked ? 'gc.collect()' : 'threshold',
    count: before.count,
    threshold: before.threshold,
    candidates,
    reachable: candidates - unreachable.length,
    unreachable: unreachable.length,
    finalizers,
    freed: after.collected - before.collected,
    uncollectable: after.uncollectable - before.uncollectable,
    cycles: told,
  };
}

/** Why it ran, and how many objects it looked at: as the collector itself told. */
function saidAtItsBegin(
  recording: Recording,
  { at, until, generation }: CollectionMoment,
): { asked: boolean; looked: number | null } {
  let asked = false;
  let looked: number | null = null;
  eventsOf(recording, at, until, { kinds: ['phase'] }, ({ telling }) => {
    if (telling?.kind !== 'phase' || telling.generation !== generation) return true;
    if (telling.phase === 'begin') asked = telling.why === ASKED_FOR;
    if (telling.phase === 'update_refs') looked = telling.after;
    return looked === null;
  });
  return { asked, looked };
}

/** As update_refs, subtract_refs and move_unreachable do it, on a copy of the counts. */
function unreachableOf(reader: Reader, generation: number): { candidates: number; unreachable: number[] } {
  const table = new AddressTable();
  for (const head of generationHeads(reader).slice(0, generation + 1)) {
    for (const object of trackedObjects(reader, head)) table.add(object);
  }
  const scratch = Float64Array.from({ length: table.size }, (_, k) => refcount(reader, table.at(k)));
  const graph = inside(reader, table, (target) => {
    scratch[target] = (scratch[target] as number) - 1;
  });
  const held = new Uint8Array(table.size);
  const stack: number[] = [];
  for (let k = 0; k < table.size; k++) {
    if ((scratch[k] as number) <= 0) continue;
    held[k] = 1;
    stack.push(k);
  }
  for (let v = stack.pop(); v !== undefined; v = stack.pop()) {
    for (let e = graph.offsets[v] as number; e < (graph.offsets[v + 1] as number); e++) {
      const t = graph.targets[e] as number;
      if (held[t] === 1) continue;
      held[t] = 1;
      stack.push(t);
    }
  }
  const unreachable: number[] = [];
  for (let k = 0; k < table.size; k++) if (held[k] === 0) unreachable.push(table.at(k));
  return { candidates: table.size, unreachable };
}

/** The references among the objects of a table; `each` is told of every one. */
function inside(reader: Reader, table: AddressTable, each: (target: number) => void): Graph {
  const builder = new GraphBuilder();
  const visitor: ReferenceVisitor = {
    reference(target: number): void {
      const node = table.indexOf(target);
      if (node < 0) return;
      builder.edge(node);
      each(node);
    },
    // a table that dicts share holds only their keys, strings, which are not tracked
    keysTable(keys: number): void {
      visitKeysTable(reader, keys, visitor);
    },
  };
  for (let k = 0; k < table.size; k++) {
    builder.node();
    visitReferences(reader, table.at(k), reader.typeOf(table.at(k)), visitor);
  }
  return builder.done();
}

/** The cycles among objects, those of a kind once: the most objects first. */
export function cyclesOf(reader: Reader, unreachable: readonly number[]): Cycle[] {
  const table = new AddressTable();
  for (const object of unreachable) table.add(object);
  const graph = inside(reader, table, () => {});
  const found = components(graph);
  const byText = new Map<string, Cycle>();
  for (const members of cycles(graph, found).slice(0, CYCLES_LOOKED_AT)) {
    const first = members[0] as number;
    const way = shortestCycle(graph, first, found.of, found.of[first] as number).map((node) => table.at(node));
    const text = loopText(reader, way);
    const same = byText.get(`${text} ${members.length}`);
    if (same === undefined) byText.set(`${text} ${members.length}`, { text, objects: members.length, times: 1 });
    else same.times++;
  }
  return [...byText.values()].sort((x, y) => y.times * y.objects - x.times * x.objects).slice(0, CYCLES_TOLD);
}

/** "Node 1.next → Node 2.next → Node 1". */
function loopText(reader: Reader, way: readonly number[]): string {
  const types = way.map((object) => typeName(reader.typeOf(object)));
  const names = types.map((type, k) => {
    if (types.indexOf(type) === types.lastIndexOf(type)) return type;
    return `${type} ${types.slice(0, k + 1).filter((t) => t === type).length}`;
  });
  const steps = way.map((object, k) => {
    const next = way[(k + 1) % way.length] as number;
    const label = referencesOf(reader, object).find((r) => r.target === next)?.label ?? '';
    const local = /^local (.*)$/s.exec(label)?.[1];
    if (local !== undefined) return `${names[k]}.f_locals['${local}']`;
    return `${names[k]}${/^[.[]/.test(label) ? label : `.${attributeName(label)}`}`;
  });
  return [...steps, names[0]].join(' → ');
}

function hasFinalizer(reader: Reader, object: number): boolean {
  const info = reader.typeOf(object);
  return reader.ptr(info.address + PyTypeObject.tp_finalize) !== 0 && !isFinalized(reader, object, info);
}
