/** The worker: started from a blob, given its bytes by messages, cut off from the network before any program runs. */
import { makeImage, processMemory } from '@moult/runtime';
import type { FromWorker, ToWorker } from '../protocol.ts';
import { Recorded } from './context.ts';
import { takeAway } from './globals.ts';
import { Library } from './library.ts';
import { printsOf, runOf } from './prints.ts';
import { Runner } from './run.ts';
import { NotThere, Session } from './session.ts';
import { Stops } from './stops.ts';
import { stripOf } from './strip.ts';

interface Scope {
  /** The Python that will be asked for first. */
  readonly name: string;
  onmessage: ((event: { readonly data: ToWorker }) => void) | null;
  postMessage(message: FromWorker): void;
}
declare const self: Scope;

const send = self.postMessage.bind(self);
const left = takeAway(self);
const library = new Library();
/** Processes that have booted and nothing more, by version: made here, as starting is quicker than fetching them. */
const images = new Map<string, Uint8Array>();
const runner = new Runner();
let session: Session | null = null;
let strip: { readonly id: number; readonly work: ReturnType<typeof stripOf> } | null = null;
let running = false;

const turn = new MessageChannel();
turn.port1.onmessage = workOnStrip;

/** One sample, then what the page asked for meanwhile. */
function workOnStrip(): void {
  if (strip === null || running) return;
  const { done, value } = strip.work.next();
  if (done === true) {
    strip = null;
    return;
  }
  if (value !== null) send({ kind: 'strip', id: strip.id, strip: value });
  turn.port2.postMessage(null);
}

function imageOf(python: string): Uint8Array {
  const image = images.get(python) ?? makeImage(python);
  images.set(python, image);
  return image;
}

async function run(message: Extract<ToWorker, { kind: 'run' }>): Promise<void> {
  const { id, program, options } = message;
  const image = imageOf(options.python);
  running = true;
  session = null;
  strip = null;
  try {
    const result = await runner.run(id, program, options, library, image, (instructions, milliseconds) => {
      send({ kind: 'progress', id, instructions, milliseconds });
    });
    if (result.stopped === 'missing') {
      send({ kind: 'wants', id, names: library.missing() });
      return;
    }
    const { recording } = result;
    const stops = new Stops(recording);
    session = new Session(new Recorded(recording, program, options.python, stops), printsOf(recording, stops));
    send({ kind: 'ran', id, run: runOf(result, stops, options) });
    strip = { id, work: stripOf(recording, stops, program) };
  } finally {
    running = false;
  }
}

function receive(message: ToWorker): void {
  switch (message.kind) {
    case 'library':
      library.setNames(message.names);
      library.add(message.files);
      return;
    case 'run':
      run(message).catch((error: unknown) => fail(message.id, error));
      return;
    case 'stop':
      runner.stop(message.id);
      return;
    case 'show':
      if (session === null) return;
      try {
        const moment = session.show(message.to, message.views, message.options);
        send({ kind: 'moment', id: message.id, moment });
      } catch (error) {
        fail(message.id, error);
      }
      turn.port2.postMessage(null);
  }
}

function fail(id: number, error: unknown): void {
  if (error instanceof NotThere) send({ kind: 'failed', id, message: error.message });
  else
    send({
      kind: 'failed',
      id,
      message: `The lab made a mistake, please report it: ${(error as Error)?.stack ?? String(error)}`,
    });
}

self.onmessage = (event) => receive(event.data);
if (left.length > 0) throw new Error(`cannot take away ${left.join(', ')}`);
send({ kind: 'ready', memory: processMemory().bytes.length });
imageOf(self.name);
