/**
 * The loop's one way out for what is rare once code is specialised: generic forms, and the ends of loops.
 *
 * V8 compiles the loop for the paths that it has seen, and throws that code away at each new one: what shares one call
 * is one path. So a case of the loop goes to `default` with a number that is no instruction, 225 or 226, where an
 * iterator ends or __init__ returns something, and to the shared cases 223 and 224 where an object dies.
 */
import { _PyInterpreterFrame, OP } from '@moult/abi';
import { setI32 } from '../memory/linear.ts';
import * as cases from './cases.ts';
import { resumeNative } from './nativeloop.ts';
import { rareOp } from './rareops.ts';
import { PREV_INSTR } from './state.ts';

const INSTR_PTR = _PyInterpreterFrame.instr_ptr;

/**
 * Runs `opcode`, which stands at `ip`, with instr_ptr and stacktop written: the new stack's top, and where to go on in
 * instr_ptr; or 0 with nothing changed, where the instruction has been specialised; or below 0 as nativeloop.ts says.
 */
export function outlined(tstate: number, opcode: number, oparg: number, fp: number, ip: number, sp: number): number {
  switch (opcode) {
    case 225: {
      // the iterator on top of a FOR_ITER has ended
      const top = cases.endLoop(fp, ip, sp);
      return to(fp, ip, 8 + (oparg << 1), top);
    }
    case 226:
      // __init__ has returned something
      return rareOp(tstate, OP.EXIT_INIT_CHECK, oparg, fp, sp);
    case 227:
    case 228:
      // in a native frame: what it called has returned, or yielded
      return resumeNative(fp, sp, opcode === 228);
    case OP.RESUME:
      return cases.opResume(tstate, fp, ip, sp, oparg) === 0 ? sp : to(fp, ip, 2, sp);
    case OP.LOAD_FAST_AND_CLEAR:
      return to(fp, ip, 2, cases.opLoadFastAndClear(fp, sp, oparg));
    case OP.DELETE_FAST:
      return to(fp, ip, 2, cases.opDeleteFast(fp, ip, sp, oparg));
    case OP.END_FOR:
      return to(fp, ip, 2, cases.opEndFor(sp));
    case OP.END_SEND:
      return to(fp, ip, 2, cases.opEndSend(fp, ip, sp));
    case OP.TO_BOOL:
      return to(fp, ip, 8, cases.opToBool(fp, ip, sp));
    case OP.BINARY_SUBSCR:
      return to(fp, ip, 4, cases.opBinarySubscr(fp, ip, sp));
    case OP.STORE_SUBSCR:
      return to(fp, ip, 4, cases.opStoreSubscr(fp, ip, sp));
    case OP.LOAD_GLOBAL:
      return to(fp, ip, 10, cases.opLoadGlobal(fp, ip, sp, oparg));
    case OP.LOAD_NAME:
      return to(fp, ip, 2, cases.opLoadName(fp, ip, sp, oparg));
    case OP.STORE_NAME:
      return to(fp, ip, 2, cases.opStoreName(fp, ip, sp, oparg));
    case OP.STORE_DEREF:
      return to(fp, ip, 2, cases.opStoreDeref(fp, ip, sp, oparg));
    case OP.LOAD_ATTR:
      return to(fp, ip, 20, cases.opLoadAttr(fp, ip, sp, oparg));
    case OP.STORE_ATTR:
      return to(fp, ip, 10, cases.opStoreAttr(fp, ip, sp, oparg));
    case OP.GET_ITER:
      return to(fp, ip, 2, cases.opGetIter(fp, ip, sp));
    default:
      return rareOp(tstate, opcode, oparg, fp, sp);
  }
}

/** The instruction at `ip`, of `length` bytes, has run. */
function to(fp: number, ip: number, length: number, sp: number): number {
  if (sp <= 0) return sp;
  setI32(PREV_INSTR, ip);
  setI32(fp + INSTR_PTR, ip + length);
  return sp;
}
