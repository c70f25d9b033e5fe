/**
 * The end of a process by its own mistake, as a signal ends it: thrown through everything, caught by the process's face,
 * which reports it as CPython does. Nothing of the process is cleaned up: its bytes stay as they are.
 */
export type FatalSignal = 'SIGABRT' | 'SIGSEGV';

export class FatalError extends Error {
  readonly signal: FatalSignal;
  /** Written to stderr before all else, one char a byte. */
  readonly text: string;
  /** The function that CPython names, and what it says; both '' where the C library ends the process, not Python. */
  readonly func: string;
  /** The block or the address that it is about; 0 where none is known. */
  readonly address: number;
  constructor(signal: FatalSignal, func: string, message: string, text = '', address = 0) {
    super(message);
    this.name = 'FatalError';
    this.signal = signal;
    this.func = func;
    this.text = text;
    this.address = address;
  }
}

/** os._exit: the process ends at once, by its own wish. */
export class ProcessExit extends Error {
  readonly code: number;
  constructor(code: number) {
    super(`exit ${code}`);
    this.code = code;
  }
}

/** Py_FatalError: reports and aborts. */
export function fatalError(func: string, message: string, text = '', address = 0): never {
  throw new FatalError('SIGABRT', func, message, text, address);
}

/** What glibc's malloc says when it finds its heap broken: no report of Python's. */
export function abortByLibc(message: string, address: number): never {
  throw new FatalError('SIGABRT', '', message, `${message}\n`, address);
}

/** An access to memory that is not there. */
export function segmentationFault(what: string, text = '', address = 0): never {
  throw new FatalError('SIGSEGV', '', what, text, address);
}
