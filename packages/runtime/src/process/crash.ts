/**
 * The death of a process by its own mistake: what CPython and the C library print, and the exit code that a shell shows.
 * A fault that the host's bounds checks catch (an access outside the memory, a call to no function) is a segmentation
 * fault where the program has written where it pleased; elsewhere it is a mistake of ours and passes through.
 */
import { FatalError, segmentationFault } from '../memory/fatal.ts';
import { CURRENT_TSTATE, i32, setI32, setPtr, TAINTED } from '../memory/linear.ts';
import { flushStdFiles } from '../modules/index.ts';
import { PENDING, PyErr_Clear } from '../objects/errors.ts';
import { streams } from '../objects/stderr.ts';
import { dumpTraceback } from '../vm/dumptraceback.ts';
import { HostLimit } from '../vm/poll.ts';
import { EXIT_CODE, FINALIZING, KILLED, PHASE } from './state.ts';

/** 128 and the signal's number. */
const EXIT_CODES = { SIGABRT: 134, SIGSEGV: 139 } as const;

/** `e` as the end of the process; what is none is thrown on. */
export function asFatal(e: unknown): FatalError {
  if (e instanceof FatalError) return e;
  if (i32(TAINTED) === 0 || !(e instanceof Error) || e instanceof HostLimit) throw e;
  try {
    segmentationFault(faultText(e));
  } catch (fault) {
    return fault as FatalError;
  }
}

/** What the host's error says was touched. */
function faultText(e: Error): string {
  if (/call stack/.test(e.message)) return 'the stack is full';
  if (/is not a function|NULL slot/.test(e.message)) return 'a call through a pointer that is no function';
  if (e instanceof RangeError) return 'an access outside the memory';
  return e.message;
}

/** Writes the report and marks the process dead; its bytes stay for whoever wants to look. */
export function reportCrash(fatal: FatalError): void {
  setPtr(PHASE, KILLED);
  setI32(EXIT_CODE, EXIT_CODES[fatal.signal]);
  let report = fatal.text;
  if (fatal.signal === 'SIGSEGV') report += `Fatal Python error: Segmentation fault\n\n${dumpTraceback()}`;
  else if (fatal.func !== '') {
    const tstate = (i32(CURRENT_TSTATE) >>> 0).toString(16).padStart(16, '0');
    const state = i32(FINALIZING) === 0 ? 'initialized' : `finalizing (tstate=0x${tstate})`;
    report += `Fatal Python error: ${fatal.func}: ${fatal.message}\nPython runtime state: ${state}\n\n${dumpTraceback()}`;
  }
  streams.write(2, latin1(report));
  // Py_FatalError flushes the standard streams; a signal does not
  if (fatal.func !== '') flushQuietly();
}

function latin1(text: string): Uint8Array {
  return Uint8Array.from(text, (c) => c.charCodeAt(0));
}

function flushQuietly(): void {
  try {
    flushStdFiles();
  } catch (e) {
    // a broken process may not even be able to flush
    if (e === PENDING) PyErr_Clear();
  }
}
