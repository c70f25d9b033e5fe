/** What models are given, of one recording. */
import { PyThreadState } from '@moult/abi';
import { type Reader, threadsOf } from '@moult/inspect';
import { Places, type Recording } from '@moult/recorder';
import type { ModelContext } from '../model/context.ts';
import type { Program, Ref, ViewOptions } from '../protocol.ts';
import type { Stops } from './stops.ts';

export class Recorded {
  readonly recording: Recording;
  readonly program: Program;
  readonly python: string;
  readonly stops: Stops;
  readonly places: Places;
  private readonly ofRun = new Map<string, unknown>();
  private ofMoment = new Map<string, unknown>();
  private ofMomentKey = '';

  constructor(recording: Recording, program: Program, python: string, stops: Stops) {
    this.recording = recording;
    this.program = program;
    this.python = python;
    this.stops = stops;
    this.places = new Places(recording);
  }

  /** What is made once for the run. */
  kept<T>(name: string, make: () => T): T {
    if (!this.ofRun.has(name)) this.ofRun.set(name, make());
    return this.ofRun.get(name) as T;
  }

  /** At the present moment. */
  context(options: ViewOptions): ModelContext {
    const { recording, program, python, places, stops } = this;
    const at = recording.moment;
    const key = `${at} ${options.unit}`;
    if (key !== this.ofMomentKey) {
      this.ofMoment = new Map();
      this.ofMomentKey = key;
    }
    const { ofRun, ofMoment } = this;
    let reader: Reader | null = null;
    const readerNow = (): Reader => {
      // a reader is good until the recording moves
      if (recording.moment !== at) return recording.reader();
      reader ??= recording.reader();
      return reader;
    };
    return {
      recording,
      places,
      program,
      python,
      at,
      before: stops.beginOf(at, options.unit),
      unit: options.unit,
      options,
      reader: readerNow,
      frame: () => innermostFrame(readerNow()),
      refOf: (address) => refOf(recording, readerNow(), address),
      addressOf: (ref) => addressOf(recording, readerNow(), ref),
      lookAt(moment, look) {
        const here = recording.moment;
        recording.seek(moment);
        try {
          return look();
        } finally {
          recording.seek(here);
          reader = null;
        }
      },
      memo<T>(extent: 'run' | 'moment', name: string, make: () => T): T {
        const kept = extent === 'run' ? ofRun : ofMoment;
        if (!kept.has(name)) kept.set(name, make());
        return kept.get(name) as T;
      },
    };
  }
}

function innermostFrame(reader: Reader): number {
  const [thread] = threadsOf(reader.target);
  return thread === undefined ? 0 : reader.ptr(thread + PyThreadState.current_frame);
}

function refOf(recording: Recording, reader: Reader, address: number): Ref {
  const serial = recording.serials.of(reader, address);
  return serial === 0 ? `0x${address.toString(16)}` : `#${serial}`;
}

function addressOf(recording: Recording, reader: Reader, ref: Ref): number {
  if (ref.startsWith('0x')) {
    const address = Number.parseInt(ref, 16);
    return recording.serials.of(reader, address) === 0 && reader.typeOrNull(address) !== null ? address : 0;
  }
  return recording.serials.find(reader, Number(ref.slice(1)));
}
