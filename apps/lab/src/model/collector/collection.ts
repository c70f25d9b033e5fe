/** A collection, phase by phase, on a copy of the counts: the one that this step ran, or what one would find now. */
import { Py_TPFLAGS_MANAGED_WEAKREF, PyTypeObject, PyWeakReference } from '@moult/abi';
import { type Trial, trialOf } from '@moult/graph';
import { collectorStats, isFinalized, type Reader } from '@moult/inspect';
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

/** The last collection of the step that ends here. */
function ranIn(context: ModelContext): { at: number; generation: number } | null {
  const { before, at, recording } = context;
  if (before === null) return null;
  const sum = (moment: number): number =>
    context.lookAt(moment, () => collectorStats(recording.reader()).reduce((n, g) => n + g.collections, 0));
  if (sum(before) === sum(at)) return null;
  let found: { at: number; generation: number } | null = null;
  eventsOf(recording, before, at, { kinds: ['collection'] }, (event) => {
    found = { at: event.at, generation: event.number ?? 2 };
    return true;
  });
  return found;
}

function find(context: ModelContext, wanted: number): Collection {
  const ran = ranIn(context);
  const moment = ran === null ? context.at : Math.max(0, ran.at - 1);
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
