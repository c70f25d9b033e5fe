// What the collector does while a stretch runs: each part of each collection with its lists and scratch counts, weak references
// that it or a death clears, finalizers.
import { Py_TPFLAGS_HEAPTYPE, PyObject, PyTypeObject } from '@moult/abi';
import { generationHeads, type Reader, refcount, trackedObjects, typeName } from '@moult/inspect';
import type { CollectionPart, TellingListener } from '@moult/runtime';
import type { Phase, Where } from '../words/telling.ts';
import type { Listed, Told } from './event.ts';
import type { Naming } from './naming.ts';

export const ASKED_FOR = 'gc.collect() asked for it';
const REASONS = ['its count was over the threshold', 'the program ends', ASKED_FOR] as const;
/** Behind an object's head: its scratch count lies above these bits of _gc_prev. */
const REFS_SHIFT = 2;

/** What is known of the collection that runs. */
interface Running {
  readonly number: number;
  readonly generation: number;
  candidates: number;
  unreachable: readonly number[];
  /** Told to be freed by its end. */
  condemned: ReadonlySet<number>;
  finalizers: number;
  /** What deduce_unreachable does a second time, after finalizers. */
  again: boolean;
}

export class Collector implements Required<Pick<TellingListener, 'collecting' | 'weakrefCleared' | 'finalizing'>> {
  /** What the last collection found that nothing outside holds: who of it dies was freed by it. */
  condemned: {
    readonly collection: number;
    readonly generation: number;
    readonly objects: ReadonlySet<number>;
  } | null = null;
  private readonly reader: Reader;
  private readonly naming: () => Naming;
  private readonly tell: (told: Told) => void;
  private readonly where: () => Where;
  private readonly lists: boolean;
  /** Collections that have ended since the program's start. */
  ended: number;
  private running: Running | null = null;

  constructor(
    reader: Reader,
    naming: () => Naming,
    tell: (told: Told) => void,
    where: () => Where,
    options: { readonly ended: number; readonly lists: boolean },
  ) {
    this.reader = reader;
    this.naming = naming;
    this.tell = tell;
    this.where = where;
    this.ended = options.ended;
    this.lists = options.lists;
  }

  /** The number of the collection that runs, or of the last one. */
  get present(): number {
    return this.running?.number ?? this.ended;
  }

  collecting(part: CollectionPart, generation: number, list: number, other: number): void {
    if (part === 'begin') this.begin(generation, other);
    const { running } = this;
    if (running === null) return;
    switch (part) {
      case 'begin':
        return;
      case 'merge': {
        const own = running.candidates;
        running.candidates = this.members(list).length;
        this.phase('merge', own, running.candidates, list, 0);
        return;
      }
      case 'update_refs':
        if (running.again) return;
        running.candidates = this.members(list).length;
        this.phase('update_refs', 0, running.candidates, list, 0, true);
        return;
      case 'subtract_refs': {
        if (running.again) return;
        const zero = this.members(list).filter((object) => this.refs(object) === 0).length;
        this.phase('subtract_refs', running.candidates, zero, list, 0, true);
        return;
      }
      case 'move_unreachable':
        if (running.again) return;
        running.unreachable = this.members(list);
        this.phase('move_unreachable', running.candidates, running.unreachable.length, other, list);
        running.again = true;
        return;
      case 'legacy':
        this.phase('legacy', running.unreachable.length, this.members(other).length, list, other);
        running.unreachable = this.members(list);
        return;
      case 'weakrefs':
        this.phase('weakrefs', running.unreachable.length, this.members(other).length, list, other);
        return;
      case 'finalize':
        this.phase('finalize', running.unreachable.length, running.finalizers, list, 0);
        return;
      case 'resurrected': {
        const condemned = this.members(list);
        this.phase('resurrected', running.unreachable.length, condemned.length, list, 0);
        running.condemned = new Set(condemned);
        this.condemned = { collection: running.number, generation: running.generation, objects: running.condemned };
        return;
      }
      case 'clear': {
        const left = new Set(this.members(list));
        const survivors = [...running.condemned].filter((object) => left.has(object)).length;
        this.phase('clear', running.condemned.size, running.condemned.size - survivors, list, 0);
        return;
      }
      case 'end':
        this.end(running);
    }
  }

  private begin(generation: number, reason: number): void {
    this.running = {
      number: this.ended + 1,
      generation,
      candidates: 0,
      unreachable: [],
      condemned: new Set(),
      finalizers: 0,
      again: false,
    };
    const heads = generationHeads(this.reader).slice(0, generation + 1);
    const sizes = heads.map((head) => this.members(head).length);
    this.running.candidates = sizes.at(-1) ?? 0;
    const all = sizes.reduce((n, size) => n + size, 0);
    this.phase('begin', 0, all, 0, 0, false, REASONS[reason] ?? REASONS[0]);
  }
  private end(running: Running): void {
    const { number, generation, condemned, candidates } = running;
    this.phase('end', candidates, condemned.size, 0, 0);
    this.ended = number;
    this.running = null;
    const telling = { kind: 'phase', phase: 'end', collection: number, generation } as const;
    this.tell({
      kind: 'collection',
      number: generation,
      collection: number,
      before: candidates,
      after: condemned.size,
      telling: { ...telling, before: candidates, after: condemned.size },
    });
  }
  private phase(
    phase: Phase,
    before: number,
    after: number,
    list: number,
    apart: number,
    counted = false,
    why?: string,
  ): void {
    const { number: collection, generation } = this.running as Running;
    const telling = { kind: 'phase', phase, collection, generation, before, after } as const;
    this.tell({
      kind: 'phase',
      phase,
      collection,
      number: generation,
      before,
      after,
      ...(this.lists && list !== 0 ? { list: this.listed(list, counted) } : {}),
      ...(this.lists && apart !== 0 ? { apart: this.listed(apart, false) } : {}),
      telling: why === undefined ? telling : { ...telling, why },
    });
  }

  private members(head: number): number[] {
    // a list that this collection has not used yet has no head
    return this.reader.ptr(head) === 0 ? [] : trackedObjects(this.reader, head);
  }
  private refs(object: number): number {
    return this.reader.i32(object - 8) >> REFS_SHIFT;
  }
  private listed(head: number, counted: boolean): Listed[] {
    const naming = this.naming();
    return this.members(head).map((address) => ({
      address,
      serial: naming.serial(address) ?? 0,
      type: typeName(naming.reader.typeOf(address)),
      refs: counted ? this.refs(address) : null,
    }));
  }

  weakrefCleared(reference: number, object: number): void {
    const naming = this.naming();
    const thing = naming.thing(object);
    const telling = {
      kind: 'weakref',
      thing,
      where: this.where(),
      reference: naming.thing(reference),
      count: refcount(this.reader, object),
    } as const;
    this.tell({ kind: 'weakref', address: object, serial: thing.serial ?? 0, type: thing.type, telling });
  }
  finalizing(object: number, unreachable: boolean): void {
    const naming = this.naming();
    const thing = naming.thing(object);
    if (this.running !== null && unreachable) this.running.finalizers++;
    const type = this.reader.ptr(object + PyObject.ob_type);
    const isClass = (this.reader.u32(type + PyTypeObject.tp_flags) & Py_TPFLAGS_HEAPTYPE) !== 0;
    const telling = {
      kind: 'finalizer',
      thing,
      where: this.where(),
      name: isClass ? '__del__' : 'the finalizer',
      collection: unreachable ? this.present : null,
    } as const;
    this.tell({ kind: 'finalizer', address: object, serial: thing.serial ?? 0, type: thing.type, telling });
  }
}
