/**
 * The words of this room: where the process stands, so that a snapshot says it too.
 *
 *   +0 phase      +8 entry frame of the suspended run of the loop      +16 mark on the native stack below the main program
 *   +24 exit code +32 1: __file__ and __cached__ of __main__ are ours  +40 1: the interpreter is being finalized
 */
import { ROOM_STATE } from '../memory/linear.ts';

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
