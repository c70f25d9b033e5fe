/** A collection, phase by phase, on a copy of the counts: the one that this step ran, or what one would find now. */
import { Py_TPFLAGS_MANAGED_WEAKREF, PyTypeObject, PyWeakReference } from '@moult/abi';
import { type Trial, trialOf } from '@moult/graph';
import { isFinalized, type Reader } from '@moult/inspect';
import { eventsOf } from '@moult/recorder';
import type { ModelContext } from '../context.ts';

export interface Collection {
  /** The bytes are those of this moment. */
  readonly at: number;
  /** It ran in this step; else it is what would be found now. */
  readonly ran: boolean;
  readonly generation: number;
  readonly line: number | null;
  readonly function: string;
  readonly trial: Trial;
  /** Scratch counts that reach 0. */
  readonly zeros: number;
  readonly weakrefs: number;
  readonly callbacks: number;
  readonly finalizers: number;
  /** Of the unreachable: brought back by a finalizer, and freed; null: not known before it has run. */
  readonly resurrected: number | null;
  readonly freed: number | null;
}

export function collectionOf(context: ModelContext, wanted: number): Collection {
  return context.memo('moment', `collection ${wanted}`, () => find(context, wanted));
}

/** A collection of the run: before the instruction in which it began, and behind the one in which it ended. */
export interface Ran {
  readonly began: number;
  readonly at: number;
  readonly generation: number;
  /** Of the program's own file. */
  readonly line: number | null;
}
/** Runs up to this length are searched whole. */
const WHOLE = 2_000_000;
/** How far before a step of a longer run a collection may have begun: finalizers written in Python run inside it. */
const INSIDE = 20_000;
const MOST = 500;

/** Every collection of the run; null: the run is long. */
export function collectionsOf(context: ModelContext): readonly Ran[] | null {
  const { recording } = context;
  if (recording.length > WHOLE) return null;
  return context.memo('run', 'collections', () => collectionsIn(context, 0, recording.length));
}
function collectionsIn(context: ModelContext, from: number, to: number): Ran[] {
  const { recording } = context;
  const out: Ran[] = [];
  let began = from;
  eventsOf(recording, from, to, { kinds: ['phase', 'collection'] }, (event) => {
    if (event.kind === 'phase') {
      if (event.phase === 'begin') began = Math.max(0, event.at - 1);
      return true;
    }
    const line = event.file === recording.mainFile ? event.line : null;
    out.push({ began, at: event.at, generation: event.number ?? 2, line });
    return out.length < MOST;
  });
  return out;
}
/** The last collection that ran in the step that ends here. */
function ranIn(context: ModelContext): Ran | null {
  const { before, at } = context;
  if (before === null) return null;
  const all = collectionsOf(context) ?? collectionsIn(context, Math.max(0, before - INSIDE), at);
  return all.findLast((c) => c.at > before && c.began < at) ?? null;
}

function find(context: ModelContext, wanted: number): Collection {
  const ran = ranIn(context);
  const moment = ran === null ? context.at : ran.began;
  const generation = ran?.generation ?? wanted;
  const seen = context.lookAt(moment, () => {
    const { recording } = context;
    const reader = recording.reader();
    recording.cursor.read();
    const standing = recording.cursor.frame !== 0 && !recording.ended;
    const line = standing ? recording.cursor.line() : 0;
    const trial = trialOf(reader, generation);
    return {
      line: line > 0 ? line : null,
      function: standing ? recording.cursor.info().name : '',
      trial,
      ...measure(reader, trial),
      refs: unreachableOf(trial).map((address) => ({ address, serial: recording.serials.of(reader, address) })),
    };
  });
  const { refs, ...rest } = seen;
  const fate = ran === null ? null : context.lookAt(ran.at, () => fateOf(context, refs));
  return {
    at: moment,
    ran: ran !== null,
    generation,
    ...rest,
    resurrected: fate?.kept ?? null,
    freed: fate?.gone ?? null,
  };
}

export function unreachableOf(trial: Trial): number[] {
  const out: number[] = [];
  for (let k = 0; k < trial.objects.size; k++) if (trial.held[k] === 0) out.push(trial.objects.at(k));
  return out;
}

function measure(reader: Reader, trial: Trial) {
  let zeros = 0;
  let weakrefs = 0;
  let callbacks = 0;
  let finalizers = 0;
  for (let k = 0; k < trial.objects.size; k++) {
    if ((trial.counts[k] as number) - (trial.inside[k] as number) <= 0) zeros++;
    if (trial.held[k] === 1) continue;
    const object = trial.objects.at(k);
    const info = reader.typeOf(object);
    if (reader.ptr(info.address + PyTypeObject.tp_finalize) !== 0 && !isFinalized(reader, object, info)) finalizers++;
    const offset = reader.ssize(info.address + PyTypeObject.tp_weaklistoffset);
    const slot = (info.flags & Py_TPFLAGS_MANAGED_WEAKREF) !== 0 ? object - 32 : offset > 0 ? object + offset : 0;
    for (let ref = slot === 0 ? 0 : reader.ptr(slot), n = 0; ref !== 0 && n < 1000; n++) {
      weakrefs++;
      if (reader.ptr(ref + PyWeakReference.wr_callback) !== 0) callbacks++;
      ref = reader.ptr(ref + PyWeakReference.wr_next);
    }
  }
  return { zeros, weakrefs, callbacks, finalizers };
}

/** What became of the objects: those with the same serial number at the same address live on. */
function fateOf(
  context: ModelContext,
  refs: readonly { readonly address: number; readonly serial: number }[],
): { kept: number; gone: number } {
  const { recording } = context;
  const reader = recording.reader();
  let kept = 0;
  for (const { address, serial } of refs) {
    if (serial > 0 && reader.typeOrNull(address) !== null && recording.serials.of(reader, address) === serial) kept++;
  }
  return { kept, gone: refs.length - kept };
}
