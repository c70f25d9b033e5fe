// Which object of a recorded run a person means, at the present moment.
import { PyThreadState } from '@moult/abi';
import { HeapGraph } from '@moult/graph';
import {
  BadName,
  hex,
  type ObjectName,
  parseObjectName,
  type Reader,
  threadsOf,
  typeName,
  walkName,
} from '@moult/inspect';
import type { Recording } from '@moult/recorder';
import { UsageError } from '../arguments.ts';
import { printable } from '../printable.ts';
import type { SerialOf } from './holders.ts';

/** Of a type's objects, so many are told of. */
const MOST_OBJECTS = 20;
/** Serial numbers are kept for each 16 bytes; a collectable object begins behind its head of 16. */
const GRAIN = 16;

export function objectNameOf(text: string): ObjectName {
  return inWords(() => parseObjectName(text));
}

/** The addresses of what a name means at the present moment: one, but for type:NAME. */
export function addressesOf(recording: Recording, name: ObjectName): number[] {
  const reader = recording.reader();
  switch (name.kind) {
    case 'path':
      return [inWords(() => walkName(reader, name, scopeOf(reader)))];
    case 'address':
      if (reader.typeOrNull(name.address) === null) throw new UsageError(`there is no object at ${hex(name.address)}`);
      return [name.address];
    case 'serial': {
      const address = addressOfSerial(recording, name.serial);
      if (address !== null) return [address];
      const { made } = recording.serials;
      const why =
        name.serial > made ? `${made.toLocaleString('en-US')} objects were made up to here` : 'it has been freed';
      throw new UsageError(`there is no object @${name.serial} at this moment: ${why}`);
    }
    case 'type': {
      const found = ofType(reader, name.name);
      if (found.length === 0) throw new UsageError(`there is no object of type ${name.name} at this moment`);
      return found;
    }
  }
}

function inWords<T>(look: () => T): T {
  try {
    return look();
  } catch (e) {
    if (e instanceof BadName) throw new UsageError(printable(e.message));
    throw e;
  }
}
function scopeOf(reader: Reader): { frame?: number } {
  const [thread] = threadsOf(reader.target);
  const frame = thread === undefined ? 0 : reader.ptr(thread + PyThreadState.current_frame);
  return frame === 0 ? {} : { frame };
}
function ofType(reader: Reader, wanted: string): number[] {
  const heap = new HeapGraph(reader);
  const found: number[] = [];
  for (let node = 0; node < heap.graph.nodes && found.length < MOST_OBJECTS; node++) {
    const info = reader.typeOrNull(heap.addressOf(node));
    if (info !== null && typeName(info) === wanted) found.push(heap.addressOf(node));
  }
  return found;
}
/** null: it does not live now. */
export function addressOfSerial(recording: Recording, serial: number): number | null {
  const { serials } = recording;
  const at = serials.words.indexOf(serial);
  if (at < 0 || serial <= 0) return null;
  const reader = recording.reader();
  const block = at * GRAIN;
  return [block + GRAIN, block].find((address) => serials.of(reader, address) === serial) ?? null;
}

/** Serial numbers at the present moment. */
export function serialsOf(recording: Recording): SerialOf {
  const reader = recording.reader();
  return (address) => recording.serials.of(reader, address) || null;
}
