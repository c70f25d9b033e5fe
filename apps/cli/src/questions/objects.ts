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
import { evaluateIn, type Recording } from '@moult/recorder';
import { UsageError } from '../arguments.ts';
import { complain } from '../output.ts';
import { fit, printable } from '../printable.ts';
import type { SerialOf } from './holders.ts';
import type { Question } from './options.ts';

/** Of a type's objects, so many are told of. */
const MOST_OBJECTS = 20;

/** The object that is asked about: by its name, or by an expression that is evaluated in a copy of the process. */
export type Asked = ObjectName | { readonly kind: 'eval'; readonly text: string };

export function askedOf(question: Question): Asked {
  const text = question.more.eval;
  if (typeof text === 'string') return { kind: 'eval', text };
  return inWords(() => parseObjectName(question.line.words[0] as string));
}

/** The addresses of what a name means at the present moment: one, but for type:NAME. */
export function addressesOf(recording: Recording, name: Asked): number[] {
  switch (name.kind) {
    case 'eval':
      return [evaluated(recording, name.text)];
    case 'serial':
      return [ofSerial(recording, name.serial)];
    default:
      return addressesIn(recording.reader(), name);
  }
}

/** The same of any process's bytes. */
export function addressesIn(reader: Reader, name: Exclude<ObjectName, { kind: 'serial' }>): number[] {
  switch (name.kind) {
    case 'path':
      return [inWords(() => walkName(reader, name, scopeOf(reader)))];
    case 'address':
      if (reader.typeOrNull(name.address) === null) throw new UsageError(`there is no object at ${hex(name.address)}`);
      return [name.address];
    case 'type': {
      const found = ofType(reader, name.name);
      if (found.length === 0) throw new UsageError(`there is no object of type ${name.name} at this moment`);
      return found;
    }
  }
}

function ofSerial(recording: Recording, serial: number): number {
  const address = addressOfSerial(recording, serial);
  if (address !== null) return address;
  const { made } = recording.serials;
  const why = serial > made ? `${made.toLocaleString('en-US')} objects were made up to here` : 'it has been freed';
  throw new UsageError(`there is no object @${serial} at this moment: ${why}`);
}

/** The object of the run that an expression gives. What it prints is shown on standard error. */
function evaluated(recording: Recording, text: string): number {
  const result = evaluateIn(recording, text, { now: () => performance.now() }, (reader, object) => {
    const info = reader.typeOrNull(object);
    return info === null ? '?' : typeName(info);
  });
  if (result.printed !== '') {
    for (const line of result.printed.replace(/\n$/, '').split('\n'))
      complain(`moult: --eval printed: ${printable(line)}`);
    if (result.cut) complain('moult: --eval printed more');
  }
  if (result.kind === 'raised') throw new UsageError(`--eval ${text}: ${result.text}`);
  if (result.kind === 'ended') throw new UsageError(`--eval ${text}: ${result.why}`);
  if (!result.known) {
    const what = fit(result.repr, 60);
    throw new UsageError(`--eval ${text}: it made a new ${result.seen}, ${what}, which the run does not have`);
  }
  return result.object;
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
  return recording.serials.find(recording.reader(), serial) || null;
}

/** Serial numbers at the present moment. */
export function serialsOf(recording: Recording): SerialOf {
  const reader = recording.reader();
  return (address) => recording.serials.of(reader, address) || null;
}
