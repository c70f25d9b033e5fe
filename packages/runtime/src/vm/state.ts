/**
 * The words of the virtual machine that CPython keeps on the C stack or in static data: the chain of frames being
 * cleared, the tick countdown, the trampoline instructions and the code object of the frame that ends a specialised
 * `__init__` call.
 */
import { CO_NO_MONITORING_EVENTS, CO_OPTIMIZED, OP, PyCodeObject, PyInterpreterState, Py_ID } from '@moult/abi';
import { ROOM_STATE, setI32, setPtr, setU16 } from '../memory/linear.ts';
import { EMPTY_BYTES, EMPTY_TUPLE, INTERP } from '../objects/runtime.ts';
import { PyCode_Type } from '../objects/static.ts';

export const VM_STATE = ROOM_STATE + 0x1000;
/** The innermost frame whose locals are being released; `previous` of it is the next outer one. The audit walks it. */
export const CLEARING_FRAME = VM_STATE;
/** Backward jumps and calls left until poll.ts looks at the host's limits. */
export const TICKS = VM_STATE + 8;
/**
 * Where a frame's instr_ptr was set to an instruction that has yet to run: the one that ran before it (0: unknown). Line
 * events ask for it (monitor.ts).
 */
export const PREV_INSTR = VM_STATE + 0x18;
/**
 * The frame of a jump whose callback failed. 3.13 has lost where the frame is then and looks no handler up, but for the
 * end of a loop: there it looks for where the jump leads, which is in the word behind (else 0).
 */
export const FAILED_JUMP = VM_STATE + 0x20;
// VM_STATE + 0x30 (0x402030 in ceval.ts): another instruction that the loop is to do at the present address next,
// argument << 8 | opcode; 0: the one that is there
/** Row of poll.ts. */
export const POLL_STATE = VM_STATE + 0x40;
/** Warning and hook words of generators. */
export const GEN_STATE = VM_STATE + 0x80;
/** NOP, INTERPRETER_EXIT (reached on return), NOP, INTERPRETER_EXIT (reached on yield), RESUME. */
export const TRAMPOLINE = VM_STATE + 0xc0;
/** _Py_InitCleanup: EXIT_INIT_CHECK, RETURN_VALUE, RESUME. */
export const INIT_CLEANUP_CODE = VM_STATE + 0x100;

/** interp->callable_cache: borrowed. */
export const CACHE_ISINSTANCE = VM_STATE + 0x200;
export const CACHE_LEN = VM_STATE + 0x208;
export const CACHE_LIST_APPEND = VM_STATE + 0x210;
export const CACHE_OBJECT_GETATTRIBUTE = VM_STATE + 0x218;

export const TICK_INTERVAL = 200;

/** Lays down the static data of the machine; once, when the process boots cold. */
export function writeVmState(): void {
  setPtr(CLEARING_FRAME, 0);
  setPtr(TICKS, TICK_INTERVAL);
  setU16(TRAMPOLINE, OP.NOP);
  setU16(TRAMPOLINE + 2, OP.INTERPRETER_EXIT);
  setU16(TRAMPOLINE + 4, OP.NOP);
  setU16(TRAMPOLINE + 6, OP.INTERPRETER_EXIT);
  setU16(TRAMPOLINE + 8, OP.RESUME);
  setI32(INTERP + PyInterpreterState.func_state_next_version, 1);
  const co = INIT_CLEANUP_CODE;
  setPtr(co, -1);
  setPtr(co + 8, PyCode_Type);
  setPtr(co + 16, 3);
  setPtr(co + PyCodeObject.co_consts, EMPTY_TUPLE);
  setPtr(co + PyCodeObject.co_names, EMPTY_TUPLE);
  setPtr(co + PyCodeObject.co_exceptiontable, EMPTY_BYTES);
  setI32(co + PyCodeObject.co_flags, CO_OPTIMIZED | CO_NO_MONITORING_EVENTS);
  setI32(co + PyCodeObject.co_stacksize, 2);
  setI32(co + PyCodeObject.co_framesize, 2 + 9);
  setPtr(co + PyCodeObject.co_localsplusnames, EMPTY_TUPLE);
  setPtr(co + PyCodeObject.co_localspluskinds, EMPTY_BYTES);
  setPtr(co + PyCodeObject.co_filename, Py_ID.__init__);
  setPtr(co + PyCodeObject.co_name, Py_ID.__init__);
  setPtr(co + PyCodeObject.co_qualname, Py_ID.__init__);
  setPtr(co + PyCodeObject.co_linetable, EMPTY_BYTES);
  setI32(co + PyCodeObject._co_firsttraceable, 4);
  setU16(co + PyCodeObject.co_code_adaptive, OP.EXIT_INIT_CHECK);
  setU16(co + PyCodeObject.co_code_adaptive + 2, OP.RETURN_VALUE);
  setU16(co + PyCodeObject.co_code_adaptive + 4, OP.RESUME);
}
