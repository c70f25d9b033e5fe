/**
 * The words of this room: where the process stands, so that a snapshot says it too.
 *
 *   +0 phase      +8 entry frame of the program's run of the loop (0: it is left)   +16 mark on the native stack below the main program
 *   +24 exit code +32 1: __file__ and __cached__ of __main__ are ours  +40 1: the interpreter is being finalized
 */
import { i32, LOOP_DEPTH, ROOM_STATE } from '../memory/linear.ts';

const ROW = ROOM_STATE + 0x3000;
export const PHASE = ROW;
export const ENTRY = ROW + 8;
export const MAIN_MARK = ROW + 16;
export const EXIT_CODE = ROW + 24;
export const FILE_NAMES_SET = ROW + 32;
export const FINALIZING = ROW + 40;

/** Values of PHASE. */
export const EMPTY = 0;
export const BOOTED = 1;
export const CONFIGURED = 2;
export const RUNNING = 3;
export const ENDED = 4;
export const FINALIZED = 5;
export const STOPPED = 6;
/** Ended by a mistake of its own (crash.ts). */
export const KILLED = 7;

/**
 * Is all of the process in its bytes? Between two instructions of the program's own run of the loop, with no native call
 * half done on the host's stack: whoever has the bytes can go on.
 */
export function isWhole(): boolean {
  return i32(PHASE) === RUNNING && i32(LOOP_DEPTH) === 1 && i32(ENTRY) !== 0;
}
