// What the runtime tells while a program runs under record: what it prints and what it raises, each with its moment.
import { OP, PyBaseExceptionObject, PyInterpreterState, PyThreadState } from '@moult/abi';
import { decodeStr, dictGet, type Reader } from '@moult/inspect';
import type { TellingListener } from '@moult/runtime';

/** Text that the program gave to a text stream. */
export interface Print {
  /** Behind the instruction that did. */
  readonly at: number;
  /** 1: sys.stdout, 2: sys.stderr, 0: another. */
  readonly fd: 0 | 1 | 2;
  readonly text: string;
}

export interface Exceptions {
  /** Before each instruction that raised: in order, the first million. */
  readonly raised: number[];
  /** Before the instruction that raised what ended the program. */
  readonly uncaught: number | null;
}

const MOST = 1_000_000;

export class Told {
  readonly prints: Print[] = [];
  readonly exceptions: { raised: number[]; uncaught: number | null } = { raised: [], uncaught: null };
  /** Told what the collector does, while someone looks. */
  listener: Required<Pick<TellingListener, 'collecting' | 'weakrefCleared' | 'finalizing'>> | null = null;
  /** Gets what is printed by code that is no part of the run. */
  evaluated: ((text: string) => void) | null = null;
  /** Characters printed. */
  characters = 0;
  private readonly instructions: () => number;
  private readonly reader: () => Reader;
  private readonly listening: () => boolean;
  private readonly streams = new Map<number, 0 | 1 | 2>();
  /** By the exception's address: where it was raised. */
  private readonly places = new Map<number, number>();

  constructor(instructions: () => number, reader: () => Reader, listening: () => boolean) {
    this.instructions = instructions;
    this.reader = reader;
    this.listening = listening;
  }

  readonly telling: TellingListener = {
    collecting: (part, generation, list, other) => this.listener?.collecting(part, generation, list, other),
    weakrefCleared: (reference, object) => this.listener?.weakrefCleared(reference, object),
    finalizing: (object, unreachable) => this.listener?.finalizing(object, unreachable),
    printed: (stream, text) => {
      if (!this.listening()) {
        this.evaluated?.(decodeStr(this.reader(), text));
        return;
      }
      const reader = this.reader();
      const printed = decodeStr(reader, text);
      this.prints.push({ at: this.instructions(), fd: this.fd(reader, stream), text: printed });
      this.characters += printed.length;
    },
    raised: (_frame, at) => {
      if (!this.listening()) return;
      const reader = this.reader();
      const exception = currentException(reader);
      // what only passes through has a traceback already
      const fresh = reader.ptr(exception + PyBaseExceptionObject.traceback) === 0;
      if (!fresh && reader.u8(at) !== OP.RAISE_VARARGS) return;
      const moment = this.instructions() - 1;
      this.places.set(exception, moment);
      if (this.exceptions.raised.length < MOST) this.exceptions.raised.push(moment);
    },
    uncaught: () => {
      if (!this.listening()) return;
      const reader = this.reader();
      const exception = currentException(reader);
      // os._exit leaves without one
      if (exception === 0) return;
      if (reader.typeOf(exception).name === 'SystemExit') return;
      this.exceptions.uncaught = this.places.get(exception) ?? null;
    },
  };

  private fd(reader: Reader, stream: number): 0 | 1 | 2 {
    const known = this.streams.get(stream);
    if (known !== undefined) return known;
    const sys = reader.ptr(reader.target.interp + PyInterpreterState.sysdict);
    const is = (name: string): boolean => sys !== 0 && dictGet(reader, sys, name) === stream;
    const fd = is('stdout') || is('__stdout__') ? 1 : is('stderr') || is('__stderr__') ? 2 : 0;
    this.streams.set(stream, fd);
    return fd;
  }
}

function currentException(reader: Reader): number {
  const thread = reader.ptr(reader.target.interp + PyInterpreterState.threads_main);
  return reader.ptr(thread + PyThreadState.current_exception);
}
