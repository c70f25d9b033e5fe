/**
 * The evaluation loop. Mirrors Python/ceval.c and Python/bytecodes.c.
 *
 * One dense switch; memory is touched by `i32` and friends, which the bundler expands here together with offsets and
 * `OP.X`. `ip` is the current instruction's address until the case ends, `sp` the next free stack slot. Operands stay
 * on the stack, below `sp`, while anything that can throw runs: the unwinding releases them. Before anything that can
 * run Python or be audited the frame's instr_ptr and stacktop are written. Rare and slow instructions live in ops.ts and
 * its neighbours: they get `sp`, leave the stack untouched when they throw, and return the new `sp`.
 *
 * What V8 makes of it: a value that several cases compute alike (`oparg << 3`, the check of `fp + 56`) is computed in the
 * cases, but before the switch, each time, if the switch stands at the head of a loop. So no loop leads back to it alone:
 * another form of an instruction is asked for by `opcode = …; break` and reached through the fetch (the word 0x402030:
 * state.ts). And what a call returns is an integer for V8 only with `| 0`: else sp and its like are boxed and unboxed in
 * every instruction.
 *
 * All locals are declared once, at the top: block-scoped ones would each cost a register of the interpreter.
 * `Py_INCREF`/`Py_DECREF` are expanded inline (with `rc`), `incref`/`decref` are calls.
 */
import { _PyInterpreterFrame, OP, PyThreadState } from '@moult/abi';
import { i32, setI32, setPtr, setU16, setU8, u16, u8 } from '../memory/linear.ts';
import { starters, text } from '../memory/text.ts';
import { traceInstruction } from '../hooks.ts';
import { _Py_Dealloc, Py_DECREF as decref, Py_INCREF, Py_INCREF as incref, type Ref } from '../objects/object.ts';
import {
  PyBool_Type,
  PyCoro_Type,
  PyFunction_Type,
  PyGen_Type,
  PyList_Type,
  PyListIter_Type,
  PyLong_Type,
  PyMethod_Type,
  PyRangeIter_Type,
  PyTupleIter_Type,
  Py_False,
  Py_None,
  Py_True,
} from '../objects/static.ts';
import * as ops from './ops.ts';
import * as raising from './raise.ts';
import * as gen from './genops.ts';
import * as names from './names.ts';
import * as spec from './specialize.ts';
import * as fast from './fastops.ts';
import * as calls from './callops.ts';
import * as cases from './cases.ts';
import { callObject } from './nativeloop.ts';
import { borrowed } from './borrowed.ts';
import { countedCall } from './countedcalls.ts';
import { instrumented, watchedNext } from './instrumentedops.ts';
import { enterLoop, leaveLoop, nativeOverflow, recover, recursionOverflow, unwind } from './unwind.ts';
import { handlePending } from './poll.ts';
import { outlined } from './outlined.ts';
import { PENDING } from '../objects/errors.ts';
import { PREV_INSTR } from './state.ts';

declare const __TRACE__: boolean;

/**
 * Runs `frame` and all it calls until it returns (or yields, for a generator's frame): a new reference. With `throwing`
 * the pending exception is raised at the frame's current instruction first. `resumed`: the entry frame of a run that a
 * host limit suspended, to go on with the current frame `frame`.
 *
 * The loop is left at each end of the tick countdown and called again: only code that is entered by a call knows the
 * module's constants (V8 does not specialise what it swaps in for a running loop), the memory's view first of all.
 */
export function _PyEval_EvalFrame(tstate: number, frame: number, throwing: boolean, resumed = 0): Ref {
  let result = _PyEval_EvalFrameDefault(tstate, frame, throwing, resumed);
  while (result < 0) {
    result = _PyEval_EvalFrameDefault(tstate, i32(tstate + PyThreadState.current_frame), false, -result);
  }
  return result;
}

/** The result of the run, or minus its entry frame: to be called again with it as `resumed`. */
function _PyEval_EvalFrameDefault(tstate: number, frame: number, throwing: boolean, resumed: number): number {
  tstate = tstate | 0;
  let fp = frame | 0;
  let ip = 0;
  let sp = 0;
  let consts = 0;
  let opcode = 0;
  let oparg = 0;
  let rc = 0;
  let v = 0;
  let w = 0;
  let x = 0;
  let y = 0;
  let n = 0;
  // 0: run, 1: an exception is pending in frame fp, 2: it is, and fp is to be left at once
  // 4: one that is thrown into a generator; 6 to 8: a native frame has begun or ended (nativeloop.ts)
  let failing = throwing ? 4 : 0;
  const entry = resumed !== 0 ? resumed : enterLoop(tstate, fp);
  if (resumed === 0) {
    setI32(tstate + PyThreadState.current_frame, fp);
    rc = i32(tstate + PyThreadState.py_recursion_remaining) - 1;
    setI32(tstate + PyThreadState.py_recursion_remaining, rc);
    if (rc < 0 && recursionOverflow(tstate)) failing = 2;
    else if (i32(tstate + PyThreadState.c_recursion_remaining) <= 0 && nativeOverflow(tstate)) failing = 2;
  }
  ip = i32(fp + _PyInterpreterFrame.instr_ptr);
  sp = fp + _PyInterpreterFrame.localsplus + (i32(fp + _PyInterpreterFrame.stacktop) << 3);

  for (;;) {
    try {
      if (failing !== 0) {
        fp = unwind(tstate, fp, ip, sp, failing, entry) | 0;
        if (fp === 0) break;
        failing = 0;
        ip = i32(fp + _PyInterpreterFrame.instr_ptr);
        sp = fp + _PyInterpreterFrame.localsplus + (i32(fp + _PyInterpreterFrame.stacktop) << 3);
      }
      consts = i32(i32(fp) + 24) + 24;

      loop: for (;;) {
        if (__TRACE__ && i32(0x402030) === 0) {
          // instr_ptr stands at the instruction that ran before, unless that one has set both already
          if (i32(fp + _PyInterpreterFrame.instr_ptr) !== ip)
            setI32(PREV_INSTR, i32(fp + _PyInterpreterFrame.instr_ptr));
          setI32(fp + _PyInterpreterFrame.instr_ptr, ip);
          setI32(fp + _PyInterpreterFrame.stacktop, (sp - fp - _PyInterpreterFrame.localsplus) >> 3);
          traceInstruction(tstate, fp, ip, sp);
        }
        oparg = i32(0x402030);
        if (oparg !== 0) setI32(0x402030, 0);
        else oparg = u16(ip);
        opcode = oparg & 255;
        oparg = oparg >>> 8;
        again: for (;;) {
          switch (opcode) {
            case OP.NOP:
              ip = ip + 2;
              continue loop;
            case OP.RESUME_CHECK:
              if (i32(tstate + PyThreadState.eval_breaker) !== 0) {
                opcode = OP.RESUME;
                break;
              }
              rc = i32(0x402008) - 1;
              setI32(0x402008, rc);
              if (rc < 0) {
                setI32(fp + _PyInterpreterFrame.instr_ptr, ip);
                setI32(fp + _PyInterpreterFrame.stacktop, (sp - fp - _PyInterpreterFrame.localsplus) >> 3);
                handlePending(tstate);
                setI32(PREV_INSTR, ip);
                setI32(fp + _PyInterpreterFrame.instr_ptr, ip + 2);
                return -entry;
              }
              ip = ip + 2;
              continue loop;
            case OP.LOAD_FAST_CHECK:
              if (i32(fp + _PyInterpreterFrame.localsplus + (oparg << 3)) === 0) names.unboundLocal(fp, oparg);
            // falls through
            case OP.LOAD_FAST:
              v = i32(fp + _PyInterpreterFrame.localsplus + (oparg << 3));
              Py_INCREF(v);
              setPtr(sp, v);
              sp = sp + 8;
              ip = ip + 2;
              continue loop;
            case OP.LOAD_FAST_LOAD_FAST:
              v = i32(fp + _PyInterpreterFrame.localsplus + ((oparg >>> 4) << 3));
              Py_INCREF(v);
              setPtr(sp, v);
              v = i32(fp + _PyInterpreterFrame.localsplus + ((oparg & 15) << 3));
              Py_INCREF(v);
              setPtr(sp + 8, v);
              sp = sp + 16;
              ip = ip + 2;
              continue loop;
            case OP.LOAD_CONST:
              v = i32(consts + (oparg << 3));
              Py_INCREF(v);
              setPtr(sp, v);
              sp = sp + 8;
              ip = ip + 2;
              continue loop;
            case OP.STORE_FAST:
              v = fp + _PyInterpreterFrame.localsplus + (oparg << 3);
              w = i32(v);
              sp = sp - 8;
              setPtr(v, i32(sp));
              x = ip;
              ip = ip + 2;
              if (w !== 0) {
                rc = i32(w);
                setI32(w, (rc - 1 - (rc >> 31)) | 0);
                if (rc === 1) {
                  opcode = 223;
                  break;
                }
              }
              continue loop;
            case OP.STORE_FAST_LOAD_FAST:
              v = fp + _PyInterpreterFrame.localsplus + ((oparg >>> 4) << 3);
              w = i32(v);
              setPtr(v, i32(sp - 8));
              v = i32(fp + _PyInterpreterFrame.localsplus + ((oparg & 15) << 3));
              Py_INCREF(v);
              setPtr(sp - 8, v);
              x = ip;
              ip = ip + 2;
              if (w !== 0) {
                rc = i32(w);
                setI32(w, (rc - 1 - (rc >> 31)) | 0);
                if (rc === 1) {
                  opcode = 223;
                  break;
                }
              }
              continue loop;
            case OP.STORE_FAST_STORE_FAST:
              sp = cases.opStoreFastStoreFast(fp, ip, sp, oparg) | 0;
              ip = ip + 2;
              continue loop;
            case OP.POP_TOP:
              sp = sp - 8;
              w = i32(sp);
              x = ip;
              ip = ip + 2;
              rc = i32(w);
              setI32(w, (rc - 1 - (rc >> 31)) | 0);
              if (rc === 1) {
                opcode = 223;
                break;
              }
              continue loop;
            case OP.PUSH_NULL:
              setPtr(sp, 0);
              sp = sp + 8;
              ip = ip + 2;
              continue loop;
            case OP.COPY:
              v = i32(sp - (oparg << 3));
              incref(v);
              setPtr(sp, v);
              sp = sp + 8;
              ip = ip + 2;
              continue loop;
            case OP.SWAP:
              v = i32(sp - 8);
              w = sp - (oparg << 3);
              setI32(sp - 8, i32(w));
              setI32(w, v);
              ip = ip + 2;
              continue loop;
            case OP.EXTENDED_ARG:
              ip = ip + 2;
              v = u16(ip);
              opcode = v & 255;
              oparg = (oparg << 8) | (v >>> 8);
              break;

            // ---- jumps and tests ----
            case OP.JUMP_FORWARD:
              ip = ip + 2 + (oparg << 1);
              continue loop;
            case OP.JUMP_BACKWARD:
              rc = i32(0x402008) - 1;
              setI32(0x402008, rc);
              if (rc < 0 || u8(tstate + PyThreadState.eval_breaker) !== 0) {
                setI32(fp + _PyInterpreterFrame.instr_ptr, ip);
                setI32(fp + _PyInterpreterFrame.stacktop, (sp - fp - _PyInterpreterFrame.localsplus) >> 3);
                handlePending(tstate);
                if (rc < 0) {
                  setI32(PREV_INSTR, ip);
                  setI32(fp + _PyInterpreterFrame.instr_ptr, ip + 4 - (oparg << 1));
                  return -entry;
                }
              }
              ip = ip + 4 - (oparg << 1);
              continue loop;
            case OP.JUMP_BACKWARD_NO_INTERRUPT:
              ip = ip + 2 - (oparg << 1);
              continue loop;
            case OP.POP_JUMP_IF_FALSE:
              sp = sp - 8;
              v = i32(sp);
              rc = i32(v);
              if (rc >= 0) setI32(v, rc - 1);
              ip = ip + 4 + ((oparg << 1) & (v === Py_False ? -1 : 0));
              continue loop;
            case OP.POP_JUMP_IF_TRUE:
              sp = sp - 8;
              v = i32(sp);
              rc = i32(v);
              if (rc >= 0) setI32(v, rc - 1);
              ip = ip + 4 + ((oparg << 1) & (v === Py_True ? -1 : 0));
              continue loop;
            case OP.POP_JUMP_IF_NONE:
            case OP.POP_JUMP_IF_NOT_NONE:
              sp = sp - 8;
              v = i32(sp);
              x = ip + 4;
              if ((v === Py_None) === (opcode === OP.POP_JUMP_IF_NONE)) x = x + (oparg << 1);
              if (i32(v) >= 0) {
                setI32(fp + _PyInterpreterFrame.instr_ptr, ip);
                setI32(fp + _PyInterpreterFrame.stacktop, (sp - fp - _PyInterpreterFrame.localsplus) >> 3);
                decref(v);
              }
              ip = x;
              continue loop;
            case OP.UNARY_NOT:
              v = i32(sp - 8);
              x = v === Py_True ? Py_False : Py_True;
              incref(x);
              setI32(sp - 8, x);
              rc = i32(v);
              if (rc >= 0) setI32(v, rc - 1);
              ip = ip + 2;
              continue loop;
            case OP.IS_OP:
              sp = cases.opIsOp(fp, ip, sp, oparg) | 0;
              ip = ip + 2;
              continue loop;
            // ---- operators ----
            case OP.BINARY_OP:
              x = cases.opBinaryOp(fp, ip, sp, oparg) | 0;
              if (x <= 0) {
                if (x < 0) {
                  failing = -x;
                  break loop;
                }
                opcode = u8(ip);
                break;
              }
              sp = x;
              ip = ip + 4;
              continue loop;
            case OP.BINARY_OP_ADD_INT:
              v = i32(sp - 16);
              w = i32(sp - 8);
              if (i32(v + 8) !== PyLong_Type || i32(w + 8) !== PyLong_Type) {
                opcode = OP.BINARY_OP;
                break;
              }
              setI32(fp + _PyInterpreterFrame.instr_ptr, ip);
              x = cases.addInts(v, w) | 0;
              sp = sp - 8;
              setI32(sp - 8, x);
              ip = ip + 4;
              continue loop;
            case OP.BINARY_OP_SUBTRACT_INT:
              v = i32(sp - 16);
              w = i32(sp - 8);
              if (i32(v + 8) !== PyLong_Type || i32(w + 8) !== PyLong_Type) {
                opcode = OP.BINARY_OP;
                break;
              }
              setI32(fp + _PyInterpreterFrame.instr_ptr, ip);
              x = cases.subtractInts(v, w) | 0;
              sp = sp - 8;
              setI32(sp - 8, x);
              ip = ip + 4;
              continue loop;
            case OP.BINARY_OP_MULTIPLY_INT:
              setI32(fp + _PyInterpreterFrame.instr_ptr, ip);
              x = cases.opBinaryOpMultiplyInt(sp) | 0;
              if (x === 0) {
                opcode = OP.BINARY_OP;
                break;
              }
              sp = x;
              ip = ip + 4;
              continue loop;
            case OP.BINARY_OP_ADD_FLOAT:
            case OP.BINARY_OP_SUBTRACT_FLOAT:
            case OP.BINARY_OP_MULTIPLY_FLOAT:
              setI32(fp + _PyInterpreterFrame.instr_ptr, ip);
              x = cases.opBinaryOpAddFloat(opcode, sp) | 0;
              if (x === 0) {
                opcode = OP.BINARY_OP;
                break;
              }
              sp = x;
              ip = ip + 4;
              continue loop;
            case OP.BINARY_OP_ADD_UNICODE:
              setI32(fp + _PyInterpreterFrame.instr_ptr, ip);
              x = cases.opBinaryOpAddUnicode(sp) | 0;
              if (x === 0) {
                opcode = OP.BINARY_OP;
                break;
              }
              sp = x;
              ip = ip + 4;
              continue loop;
            case OP.BINARY_OP_INPLACE_ADD_UNICODE:
              x = cases.opBinaryOpInplaceAddUnicode(fp, ip, sp) | 0;
              if (x === 0) {
                opcode = OP.BINARY_OP;
                break;
              }
              sp = x;
              ip = ip + 6;
              continue loop;
            case OP.COMPARE_OP:
              x = cases.opCompareOp(fp, ip, sp, oparg) | 0;
              if (x <= 0) {
                if (x < 0) {
                  failing = -x;
                  break loop;
                }
                opcode = u8(ip);
                break;
              }
              sp = x;
              ip = ip + 4;
              continue loop;
            case OP.COMPARE_OP_INT:
              v = i32(sp - 16);
              w = i32(sp - 8);
              if (i32(v + 8) !== PyLong_Type || i32(w + 8) !== PyLong_Type || i32(v + 16) >= 16 || i32(w + 16) >= 16) {
                opcode = OP.COMPARE_OP;
                break;
              }
              x = Math.imul(1 - (i32(v + 16) & 3), i32(v + 24)) - Math.imul(1 - (i32(w + 16) & 3), i32(w + 24));
              // mask: 2 less, 4 greater, 8 equal
              y = 4 + ((x >> 31) << 1);
              y = oparg & (x === 0 ? 8 : y);
              sp = sp - 8;
              setI32(sp - 8, y !== 0 ? Py_True : Py_False);
              x = ip;
              ip = ip + 4;
              if (!__TRACE__ && u8(ip) === OP.POP_JUMP_IF_FALSE) {
                // nearly always next: taken at once
                sp = sp - 8;
                ip = ip + 4 + ((u8(ip + 1) << 1) & (y === 0 ? -1 : 0));
              }
              y = i32(v);
              setI32(v, (y - 1 - (y >> 31)) | 0);
              rc = i32(w);
              setI32(w, (rc - 1 - (rc >> 31)) | 0);
              if (rc === 1 || y === 1) {
                opcode = 224;
                break;
              }
              continue loop;
            case OP.COMPARE_OP_FLOAT:
              x = cases.opCompareOpFloat(sp, oparg) | 0;
              if (x === 0) {
                opcode = OP.COMPARE_OP;
                break;
              }
              sp = x;
              ip = ip + 4;
              continue loop;
            case OP.COMPARE_OP_STR:
              x = cases.opCompareOpStr(sp, oparg) | 0;
              if (x === 0) {
                opcode = OP.COMPARE_OP;
                break;
              }
              sp = x;
              ip = ip + 4;
              continue loop;
            case OP.CONTAINS_OP:
              v = u16(ip + 2);
              if (v < 16) spec.containsOp(ip, sp);
              else setU16(ip + 2, v - 16);
            // falls through
            case OP.CONTAINS_OP_DICT:
            case OP.CONTAINS_OP_SET:
              x = cases.opContainsOpDict(fp, ip, sp, oparg) | 0;
              if (x < 0) {
                failing = -x;
                break loop;
              }
              sp = x;
              ip = ip + 4;
              continue loop;
            // ---- subscripts ----
            case OP.BINARY_SUBSCR_LIST_INT:
              v = i32(sp - 16);
              w = i32(sp - 8);
              if (i32(v + 8) !== PyList_Type || i32(w + 8) !== PyLong_Type || (i32(w + 16) & -9) > 1) {
                opcode = OP.BINARY_SUBSCR;
                break;
              }
              x = i32(w + 24);
              if (x >= i32(v + 16)) {
                opcode = OP.BINARY_SUBSCR;
                break;
              }
              x = i32(i32(v + 24) + (x << 3));
              Py_INCREF(x);
              setI32(sp - 16, x);
              sp = sp - 8;
              x = ip;
              ip = ip + 4;
              // the index dies first
              y = w;
              w = v;
              v = y;
              y = i32(v);
              setI32(v, (y - 1 - (y >> 31)) | 0);
              rc = i32(w);
              setI32(w, (rc - 1 - (rc >> 31)) | 0);
              if (rc === 1 || y === 1) {
                opcode = 224;
                break;
              }
              continue loop;
            case OP.BINARY_SUBSCR_TUPLE_INT:
              x = cases.opBinarySubscrTupleInt(fp, ip, sp) | 0;
              if (x === 0) {
                opcode = OP.BINARY_SUBSCR;
                break;
              }
              sp = x;
              ip = ip + 4;
              continue loop;
            case OP.BINARY_SUBSCR_STR_INT:
              setI32(fp + _PyInterpreterFrame.instr_ptr, ip);
              x = cases.opBinarySubscrStrInt(sp) | 0;
              if (x === 0) {
                opcode = OP.BINARY_SUBSCR;
                break;
              }
              sp = x;
              ip = ip + 4;
              continue loop;
            case OP.BINARY_SUBSCR_DICT:
              x = cases.opBinarySubscrDict(fp, ip, sp) | 0;
              if (x <= 0) {
                if (x < 0) {
                  failing = 1;
                  break loop;
                }
                opcode = OP.BINARY_SUBSCR;
                break;
              }
              sp = x;
              ip = ip + 4;
              continue loop;
            case OP.BINARY_SUBSCR_GETITEM:
              x = fast.getitemFrame(tstate, fp, sp) | 0;
              if (x === 0) {
                opcode = OP.BINARY_SUBSCR;
                break;
              }
              setI32(fp + _PyInterpreterFrame.instr_ptr, ip);
              setI32(fp + _PyInterpreterFrame.stacktop, (sp - 16 - fp - _PyInterpreterFrame.localsplus) >> 3);
              setU16(fp + _PyInterpreterFrame.return_offset, 2);
              break again;
            case OP.STORE_SUBSCR_LIST_INT:
              x = cases.opStoreSubscrListInt(fp, ip, sp) | 0;
              if (x === 0) {
                opcode = OP.STORE_SUBSCR;
                break;
              }
              sp = x;
              ip = ip + 4;
              continue loop;
            case OP.STORE_SUBSCR_DICT:
              x = cases.opStoreSubscrDict(fp, ip, sp) | 0;
              if (x === 0) {
                opcode = OP.STORE_SUBSCR;
                break;
              }
              sp = x;
              ip = ip + 4;
              continue loop;
            // ---- names ----
            case OP.LOAD_GLOBAL_MODULE:
              x = i32(i32(fp + 24) + 32);
              if (i32(x + 12) !== u16(ip + 6)) {
                opcode = OP.LOAD_GLOBAL;
                break;
              }
              // unicode entries follow the index table: 1 << dk_log2_index_bytes bytes
              v = i32(x + 40 + (1 << u8(x + 9)) + (u16(ip + 4) << 4));
              if (v === 0) {
                opcode = OP.LOAD_GLOBAL;
                break;
              }
              Py_INCREF(v);
              setPtr(sp, v);
              sp = sp + 8;
              if ((oparg & 1) !== 0) {
                setPtr(sp, 0);
                sp = sp + 8;
              }
              ip = ip + 10;
              continue loop;
            case OP.LOAD_GLOBAL_BUILTIN:
              x = i32(i32(fp + 32) + 32);
              if (i32(i32(i32(fp + 24) + 32) + 12) !== u16(ip + 6) || i32(x + 12) !== u16(ip + 8)) {
                opcode = OP.LOAD_GLOBAL;
                break;
              }
              v = i32(x + 40 + (1 << u8(x + 9)) + (u16(ip + 4) << 4));
              if (v === 0) {
                opcode = OP.LOAD_GLOBAL;
                break;
              }
              Py_INCREF(v);
              setPtr(sp, v);
              sp = sp + 8;
              if ((oparg & 1) !== 0) {
                setPtr(sp, 0);
                sp = sp + 8;
              }
              ip = ip + 10;
              continue loop;
            case OP.LOAD_DEREF:
              v = i32(i32(fp + _PyInterpreterFrame.localsplus + (oparg << 3)) + 16);
              if (v === 0) names.unboundDeref(fp, oparg);
              Py_INCREF(v);
              setPtr(sp, v);
              sp = sp + 8;
              ip = ip + 2;
              continue loop;
            // ---- attributes ----
            case OP.LOAD_ATTR_INSTANCE_VALUE:
              v = i32(sp - 8);
              w = i32(v + 8);
              x = v + i32(w + 32);
              if (i32(w + 384) !== i32(ip + 4) || u8(x + 3) === 0) {
                opcode = OP.LOAD_ATTR;
                break;
              }
              x = i32(x + 8 + (u16(ip + 8) << 3));
              if (x === 0) {
                opcode = OP.LOAD_ATTR;
                break;
              }
              Py_INCREF(x);
              setI32(sp - 8, x);
              if ((oparg & 1) !== 0) {
                setPtr(sp, 0);
                sp = sp + 8;
              }
              w = v;
              x = ip;
              ip = ip + 20;
              rc = i32(w);
              setI32(w, (rc - 1 - (rc >> 31)) | 0);
              if (rc === 1) {
                opcode = 223;
                break;
              }
              continue loop;
            case OP.LOAD_ATTR_METHOD_WITH_VALUES:
              v = i32(sp - 8);
              w = i32(v + 8);
              if (
                i32(w + 384) !== i32(ip + 4) ||
                u8(v + i32(w + 32) + 3) === 0 ||
                i32(i32(w + 880) + 12) !== i32(ip + 8)
              ) {
                opcode = OP.LOAD_ATTR;
                break;
              }
              x = i32(ip + 12);
              Py_INCREF(x);
              setI32(sp - 8, x);
              setPtr(sp, v);
              sp = sp + 8;
              ip = ip + 20;
              continue loop;
            case OP.LOAD_ATTR_METHOD_NO_DICT:
              v = i32(sp - 8);
              if (i32(i32(v + 8) + 384) !== i32(ip + 4)) {
                opcode = OP.LOAD_ATTR;
                break;
              }
              x = i32(ip + 12);
              Py_INCREF(x);
              setI32(sp - 8, x);
              setPtr(sp, v);
              sp = sp + 8;
              ip = ip + 20;
              continue loop;
            case OP.LOAD_ATTR_METHOD_LAZY_DICT:
            case OP.LOAD_ATTR_MODULE:
            case OP.LOAD_ATTR_SLOT:
            case OP.LOAD_ATTR_CLASS:
            case OP.LOAD_ATTR_WITH_HINT:
            case OP.LOAD_ATTR_NONDESCRIPTOR_NO_DICT:
            case OP.LOAD_ATTR_NONDESCRIPTOR_WITH_VALUES:
              x = cases.opLoadAttrMethodLazyDict(opcode, fp, ip, sp, oparg) | 0;
              if (x === 0) {
                opcode = OP.LOAD_ATTR;
                break;
              }
              sp = x;
              ip = ip + 20;
              continue loop;
            case OP.LOAD_ATTR_PROPERTY:
            case OP.LOAD_ATTR_GETATTRIBUTE_OVERRIDDEN:
              x = fast.attrFrame(tstate, opcode, fp, ip, sp, oparg) | 0;
              if (x === 0) {
                opcode = OP.LOAD_ATTR;
                break;
              }
              setI32(fp + _PyInterpreterFrame.instr_ptr, ip);
              setI32(fp + _PyInterpreterFrame.stacktop, (sp - 8 - fp - _PyInterpreterFrame.localsplus) >> 3);
              setU16(fp + _PyInterpreterFrame.return_offset, 10);
              break again;
            case OP.STORE_ATTR_INSTANCE_VALUE:
              v = i32(sp - 8);
              w = i32(v + 8);
              x = v + i32(w + 32);
              if (i32(w + 384) !== i32(ip + 4) || i32(v - 24) !== 0 || u8(x + 3) === 0) {
                opcode = OP.STORE_ATTR;
                break;
              }
              y = x + 8 + (u16(ip + 8) << 3);
              n = i32(y);
              setPtr(y, i32(sp - 16));
              sp = sp - 16;
              if (n === 0) {
                // a byte more in the order of insertion, behind the values
                setU8(x + 8 + (u8(x) << 3) + u8(x + 1), u16(ip + 8));
                setU8(x + 1, u8(x + 1) + 1);
              } else {
                // what was there dies before the owner's count falls; meanwhile the stack holds the owner
                setPtr(sp, v);
                setI32(fp + _PyInterpreterFrame.instr_ptr, ip);
                setI32(fp + _PyInterpreterFrame.stacktop, (sp + 8 - fp - _PyInterpreterFrame.localsplus) >> 3);
                decref(n);
              }
              w = v;
              x = ip;
              ip = ip + 10;
              rc = i32(w);
              setI32(w, (rc - 1 - (rc >> 31)) | 0);
              if (rc === 1) {
                opcode = 223;
                break;
              }
              continue loop;
            case OP.STORE_ATTR_SLOT:
            case OP.STORE_ATTR_WITH_HINT:
              x = cases.opStoreAttrSlot(opcode, fp, ip, sp, oparg) | 0;
              if (x === 0) {
                opcode = OP.STORE_ATTR;
                break;
              }
              sp = x;
              ip = ip + 10;
              continue loop;
            // ---- iteration ----
            case OP.FOR_ITER:
              v = u16(ip + 2);
              if (v < 16) {
                spec.forIter(ip, sp, oparg);
                opcode = u8(ip);
                if (opcode !== OP.FOR_ITER) break;
              } else setU16(ip + 2, v - 16);
              v = i32(sp - 8);
              setI32(fp + _PyInterpreterFrame.instr_ptr, ip);
              setI32(fp + _PyInterpreterFrame.stacktop, (sp - fp - _PyInterpreterFrame.localsplus) >> 3);
              if (i32(v + 8) === PyGen_Type && gen.canPushUnwatched(tstate, v)) {
                x = gen.pushNone(tstate, v) | 0;
                setU16(fp + _PyInterpreterFrame.return_offset, 2 + oparg);
                break again;
              }
              if (i32(tstate + PyThreadState.eval_breaker) >>> 8 === 0) {
                if (starters[i32(i32(v + 8) + 224)]) {
                  x = gen.nextByFrame(v, oparg);
                  if (x < 0) {
                    failing = -x;
                    break loop;
                  }
                } else x = (text[i32(i32(v + 8) + 224)] as (op: Ref) => Ref)(v);
              } else x = watchedNext(tstate, fp, ip, v);
              if (x !== 0) {
                setPtr(sp, x);
                sp = sp + 8;
                ip = ip + 4;
                continue loop;
              }
              if (i32(tstate + PyThreadState.current_exception) !== 0) ops.clearStopIteration();
              sp = sp - 8;
              setI32(fp + _PyInterpreterFrame.stacktop, (sp - fp - _PyInterpreterFrame.localsplus) >> 3);
              decref(v);
              ip = ip + 8 + (oparg << 1);
              continue loop;
            case OP.FOR_ITER_LIST:
              v = i32(sp - 8);
              if (i32(v + 8) !== PyListIter_Type) {
                opcode = OP.FOR_ITER;
                break;
              }
              w = i32(v + 24);
              if (w !== 0) {
                n = i32(v + 16);
                if (n < i32(w + 16)) {
                  setI32(v + 16, n + 1);
                  x = i32(i32(w + 24) + (n << 3));
                  Py_INCREF(x);
                  setPtr(sp, x);
                  sp = sp + 8;
                  ip = ip + 4;
                  continue loop;
                }
              }
              opcode = 225;
              break;
            case OP.FOR_ITER_TUPLE:
              v = i32(sp - 8);
              if (i32(v + 8) !== PyTupleIter_Type) {
                opcode = OP.FOR_ITER;
                break;
              }
              w = i32(v + 24);
              if (w !== 0) {
                n = i32(v + 16);
                if (n < i32(w + 16)) {
                  setI32(v + 16, n + 1);
                  x = i32(w + 24 + (n << 3));
                  Py_INCREF(x);
                  setPtr(sp, x);
                  sp = sp + 8;
                  ip = ip + 4;
                  continue loop;
                }
              }
              opcode = 225;
              break;
            case OP.FOR_ITER_RANGE:
              v = i32(sp - 8);
              if (i32(v + 8) !== PyRangeIter_Type) {
                opcode = OP.FOR_ITER;
                break;
              }
              setI32(fp + _PyInterpreterFrame.instr_ptr, ip);
              x = cases.rangeNext(v) | 0;
              if (x === 0) {
                opcode = 225;
                break;
              }
              setPtr(sp, x);
              sp = sp + 8;
              ip = ip + 4;
              continue loop;
            case OP.FOR_ITER_GEN:
              v = i32(sp - 8);
              if (i32(v + 8) !== PyGen_Type || !gen.canPush(v)) {
                opcode = OP.FOR_ITER;
                break;
              }
              setI32(fp + _PyInterpreterFrame.instr_ptr, ip);
              setI32(fp + _PyInterpreterFrame.stacktop, (sp - fp - _PyInterpreterFrame.localsplus) >> 3);
              x = gen.pushNone(tstate, v) | 0;
              setU16(fp + _PyInterpreterFrame.return_offset, 2 + oparg);
              break again;
            case OP.SEND:
            case OP.SEND_GEN:
              v = i32(sp - 16);
              w = i32(v + 8);
              setI32(fp + _PyInterpreterFrame.instr_ptr, ip);
              if ((w === PyGen_Type || w === PyCoro_Type) && gen.canPush(v)) {
                sp = sp - 8;
                setI32(fp + _PyInterpreterFrame.stacktop, (sp - fp - _PyInterpreterFrame.localsplus) >> 3);
                x = gen.pushValue(tstate, v, i32(sp)) | 0;
                setU16(fp + _PyInterpreterFrame.return_offset, 2 + oparg);
                break again;
              }
              setI32(fp + _PyInterpreterFrame.stacktop, (sp - fp - _PyInterpreterFrame.localsplus) >> 3);
              if (gen.send(sp)) ip = ip + 4;
              else ip = ip + 4 + (oparg << 1);
              continue loop;
            case OP.YIELD_VALUE:
              sp = sp - 8;
              v = i32(sp);
              setI32(fp + _PyInterpreterFrame.instr_ptr, ip + 2);
              setI32(fp + _PyInterpreterFrame.stacktop, (sp - fp - _PyInterpreterFrame.localsplus) >> 3);
              fp = gen.yieldFrom(tstate, fp, oparg) | 0;
              ip = i32(fp + _PyInterpreterFrame.instr_ptr) + 4;
              sp = fp + _PyInterpreterFrame.localsplus + (i32(fp + _PyInterpreterFrame.stacktop) << 3);
              setPtr(sp, v);
              sp = sp + 8;
              consts = i32(i32(fp) + 24) + 24;
              continue loop;

            // ---- returning ----
            case OP.RETURN_CONST:
              v = i32(consts + (oparg << 3));
              incref(v);
              setPtr(sp, v);
              sp = sp + 8;
            // falls through
            case OP.RETURN_VALUE:
              v = i32(sp - 8);
              sp = sp - 8;
              setI32(fp + _PyInterpreterFrame.stacktop, (sp - fp - _PyInterpreterFrame.localsplus) >> 3);
              setI32(fp + _PyInterpreterFrame.instr_ptr, ip);
              setI32(
                tstate + PyThreadState.py_recursion_remaining,
                i32(tstate + PyThreadState.py_recursion_remaining) + 1,
              );
              // the value lies on the caller's stack before locals die
              x = i32(fp + 8);
              setI32(tstate + PyThreadState.current_frame, x);
              y = fp;
              sp = x + _PyInterpreterFrame.localsplus + (i32(x + _PyInterpreterFrame.stacktop) << 3);
              setPtr(sp, v);
              sp = sp + 8;
              setI32(x + _PyInterpreterFrame.stacktop, (sp - x - _PyInterpreterFrame.localsplus) >> 3);
              fp = x;
              cases.endFrame(tstate, y);
              ip = i32(fp + _PyInterpreterFrame.instr_ptr) + (u16(fp + _PyInterpreterFrame.return_offset) << 1);
              consts = i32(i32(fp) + 24) + 24;
              continue loop;
            case OP.EXIT_INIT_CHECK:
              if (i32(sp - 8) === Py_None) {
                decref(Py_None);
                sp = sp - 8;
                ip = ip + 2;
                continue loop;
              }
              opcode = 226;
              break;
            case OP.INTERPRETER_EXIT:
              v = i32(sp - 8);
              leaveLoop(tstate, entry, entry);
              return v;

            // ---- calls ----
            case OP.CALL:
              v = u16(ip + 2);
              setI32(fp + _PyInterpreterFrame.instr_ptr, ip);
              setI32(fp + _PyInterpreterFrame.stacktop, (sp - fp - _PyInterpreterFrame.localsplus) >> 3);
              if (i32(0x400038) < 311) {
                opcode = OP.ENTER_EXECUTOR;
                break;
              }
              if (v < 16) {
                spec.call(fp, ip, sp, oparg);
                opcode = u8(ip);
                if (opcode !== OP.CALL) break;
              } else setU16(ip + 2, v - 16);
              y = sp - (oparg << 3);
              v = i32(y - 16);
              n = oparg;
              if (i32(y - 8) !== 0) {
                y = y - 8;
                n = n + 1;
              } else if (i32(v + 8) === PyMethod_Type) {
                calls.unpackMethod(y);
                y = y - 8;
                n = n + 1;
                v = i32(y - 8);
              }
              if (i32(v + 8) === PyFunction_Type) {
                x = calls.pushFunction(tstate, v, y, n) | 0;
                sp = sp - ((oparg + 2) << 3);
                setI32(fp + _PyInterpreterFrame.stacktop, (sp - fp - _PyInterpreterFrame.localsplus) >> 3);
                setU16(fp + _PyInterpreterFrame.return_offset, 4);
                break again;
              }
              x = callObject(v, y, n, 0, 1, (oparg + 2) | (8 << 16)) | 0;
              if (x < 0) {
                failing = -x;
                break loop;
              }
              ops.finishCall(sp, oparg + 2, x);
              sp = sp - ((oparg + 1) << 3);
              if (u8(tstate + PyThreadState.eval_breaker) !== 0) {
                setI32(fp + _PyInterpreterFrame.stacktop, (sp - fp - _PyInterpreterFrame.localsplus) >> 3);
                handlePending(tstate);
              }
              ip = ip + 8;
              continue loop;
            case OP.CALL_BOUND_METHOD_EXACT_ARGS:
            case OP.CALL_PY_EXACT_ARGS:
              x = cases.pushExact(tstate, opcode, fp, ip, sp, oparg) | 0;
              if (x === 0) {
                opcode = OP.CALL;
                break;
              }
              break again;
            case OP.CALL_PY_GENERAL:
            case OP.CALL_BOUND_METHOD_GENERAL:
            case OP.CALL_ALLOC_AND_ENTER_INIT:
              setI32(fp + _PyInterpreterFrame.instr_ptr, ip);
              setI32(fp + _PyInterpreterFrame.stacktop, (sp - fp - _PyInterpreterFrame.localsplus) >> 3);
              x = calls.pushSpecialized(tstate, opcode, fp, ip, sp, oparg) | 0;
              if (x === 0) {
                opcode = OP.CALL;
                break;
              }
              sp = sp - ((oparg + 2) << 3);
              setI32(fp + _PyInterpreterFrame.stacktop, (sp - fp - _PyInterpreterFrame.localsplus) >> 3);
              setU16(fp + _PyInterpreterFrame.return_offset, 4);
              if (opcode === OP.CALL_ALLOC_AND_ENTER_INIT) {
                // two frames: the shim below, then __init__; entering the second counts for both
                setPtr(i32(x + 8) + 8, fp);
                fp = i32(x + 8);
                setI32(
                  tstate + PyThreadState.py_recursion_remaining,
                  i32(tstate + PyThreadState.py_recursion_remaining) - 1,
                );
              }
              break again;
            case OP.CALL_BUILTIN_O:
            case OP.CALL_BUILTIN_FAST:
            case OP.CALL_BUILTIN_FAST_WITH_KEYWORDS:
            case OP.CALL_METHOD_DESCRIPTOR_O:
            case OP.CALL_METHOD_DESCRIPTOR_NOARGS:
            case OP.CALL_METHOD_DESCRIPTOR_FAST:
            case OP.CALL_METHOD_DESCRIPTOR_FAST_WITH_KEYWORDS:
            case OP.CALL_NON_PY_GENERAL:
            case OP.CALL_BUILTIN_CLASS:
            case OP.CALL_STR_1:
            case OP.CALL_TUPLE_1:
            case OP.CALL_TYPE_1:
            case OP.CALL_LEN:
            case OP.CALL_ISINSTANCE:
              x = cases.opCallBuiltinO(tstate, opcode, fp, ip, sp, oparg) | 0;
              if (x <= 0) {
                if (x < 0) {
                  failing = -x;
                  break loop;
                }
                opcode = OP.CALL;
                break;
              }
              sp = x;
              ip = ip + 8;
              continue loop;
            case OP.CALL_LIST_APPEND:
              x = cases.opCallListAppend(fp, ip, sp, oparg) | 0;
              if (x === 0) {
                opcode = OP.CALL;
                break;
              }
              sp = x;
              ip = ip + 10;
              continue loop;
            case OP.CALL_KW:
              setI32(fp + _PyInterpreterFrame.instr_ptr, ip);
              setI32(fp + _PyInterpreterFrame.stacktop, (sp - fp - _PyInterpreterFrame.localsplus) >> 3);
              if (i32(0x400038) < 311) {
                opcode = OP.ENTER_EXECUTOR;
                break;
              }
              x = calls.callKw(tstate, sp, oparg) | 0;
              if (x < 0) {
                x = -x;
                if (x < 16) {
                  failing = x;
                  break loop;
                }
                sp = sp - ((oparg + 3) << 3);
                setI32(fp + _PyInterpreterFrame.stacktop, (sp - fp - _PyInterpreterFrame.localsplus) >> 3);
                setU16(fp + _PyInterpreterFrame.return_offset, 1);
                break again;
              }
              ops.finishCallKw(sp, oparg + 3, x);
              sp = sp - ((oparg + 2) << 3);
              if (u8(tstate + PyThreadState.eval_breaker) !== 0) {
                setI32(fp + _PyInterpreterFrame.stacktop, (sp - fp - _PyInterpreterFrame.localsplus) >> 3);
                handlePending(tstate);
              }
              ip = ip + 2;
              continue loop;
            case OP.CALL_FUNCTION_EX:
              setI32(fp + _PyInterpreterFrame.instr_ptr, ip);
              setI32(fp + _PyInterpreterFrame.stacktop, (sp - fp - _PyInterpreterFrame.localsplus) >> 3);
              if (i32(0x400038) < 312) {
                opcode = OP.ENTER_EXECUTOR;
                break;
              }
              n = 3 + (oparg & 1);
              x = calls.callFunctionEx(tstate, fp, sp, oparg) | 0;
              if (x < 0) {
                x = -x;
                if (x < 16) {
                  failing = x;
                  break loop;
                }
                sp = sp - (n << 3);
                setI32(fp + _PyInterpreterFrame.stacktop, (sp - fp - _PyInterpreterFrame.localsplus) >> 3);
                setU16(fp + _PyInterpreterFrame.return_offset, 1);
                break again;
              }
              ops.finishCall(sp, n, x);
              sp = sp - ((n - 1) << 3);
              if (u8(tstate + PyThreadState.eval_breaker) !== 0) {
                setI32(fp + _PyInterpreterFrame.stacktop, (sp - fp - _PyInterpreterFrame.localsplus) >> 3);
                handlePending(tstate);
              }
              ip = ip + 2;
              continue loop;

            // LOAD_FAST_BORROW, BORROWED and LOAD_SPECIAL, which 3.13 has not (borrowed.ts)
            case 119:
              setI32(sp, i32(fp + _PyInterpreterFrame.localsplus + (oparg << 3)));
              setI32(sp + 4, 1);
              sp = sp + 8;
              ip = ip + 2;
              continue loop;
            case 120:
            case 121:
              setI32(fp + _PyInterpreterFrame.instr_ptr, ip);
              setI32(fp + _PyInterpreterFrame.stacktop, (sp - fp - _PyInterpreterFrame.localsplus) >> 3);
              x = borrowed(tstate, fp, ip, sp) | 0;
              if (x !== 0) break again;
              ip = i32(fp + _PyInterpreterFrame.instr_ptr);
              sp = fp + _PyInterpreterFrame.localsplus + (i32(fp + _PyInterpreterFrame.stacktop) << 3);
              continue loop;

            case OP.ENTER_EXECUTOR:
              // CPython has it for compiled traces; here: where the policy (0x400038) is before 3.11's, the caller keeps the
              // arguments during the call
              x = countedCall(tstate, fp, ip, sp, oparg) | 0;
              if (x !== 0) break again;
              ip = i32(fp + _PyInterpreterFrame.instr_ptr);
              sp = fp + _PyInterpreterFrame.localsplus + (i32(fp + _PyInterpreterFrame.stacktop) << 3);
              continue loop;

            // ---- containers ----
            case OP.BUILD_TUPLE:
              setI32(fp + _PyInterpreterFrame.instr_ptr, ip);
              sp = cases.opBuildTuple(sp, oparg) | 0;
              ip = ip + 2;
              continue loop;
            case OP.BUILD_LIST:
              setI32(fp + _PyInterpreterFrame.instr_ptr, ip);
              sp = cases.opBuildList(sp, oparg) | 0;
              ip = ip + 2;
              continue loop;
            case OP.LIST_APPEND:
              setI32(fp + _PyInterpreterFrame.instr_ptr, ip);
              sp = cases.opListAppend(sp, oparg) | 0;
              ip = ip + 2;
              continue loop;
            case OP.UNPACK_SEQUENCE:
            case OP.UNPACK_SEQUENCE_LIST:
            case OP.UNPACK_SEQUENCE_TUPLE:
              x = cases.opUnpackSequence(opcode, fp, ip, sp, oparg) | 0;
              if (x === 0) {
                opcode = u8(ip);
                break;
              }
              sp = x;
              ip = ip + 4;
              continue loop;
            case OP.UNPACK_SEQUENCE_TWO_TUPLE:
              x = cases.opUnpackSequenceTwoTuple(sp) | 0;
              if (x === 0) {
                opcode = OP.UNPACK_SEQUENCE;
                break;
              }
              sp = x;
              ip = ip + 4;
              continue loop;
            // ---- specialised truth tests ----
            case OP.TO_BOOL_BOOL:
              if (i32(i32(sp - 8) + 8) !== PyBool_Type) {
                opcode = OP.TO_BOOL;
                break;
              }
              ip = ip + 8;
              continue loop;
            case OP.TO_BOOL_NONE:
              x = cases.opToBoolNone(sp) | 0;
              if (x === 0) {
                opcode = OP.TO_BOOL;
                break;
              }
              sp = x;
              ip = ip + 8;
              continue loop;
            case OP.TO_BOOL_INT:
            case OP.TO_BOOL_LIST:
            case OP.TO_BOOL_STR:
              x = cases.opToBoolInt(opcode, fp, ip, sp) | 0;
              if (x === 0) {
                opcode = OP.TO_BOOL;
                break;
              }
              sp = x;
              ip = ip + 8;
              continue loop;
            case OP.TO_BOOL_ALWAYS_TRUE:
              x = cases.opToBoolAlwaysTrue(fp, ip, sp) | 0;
              if (x === 0) {
                opcode = OP.TO_BOOL;
                break;
              }
              sp = x;
              ip = ip + 8;
              continue loop;
            // ---- leaving by an exception ----
            case OP.RAISE_VARARGS:
              setI32(fp + _PyInterpreterFrame.instr_ptr, ip);
              setI32(fp + _PyInterpreterFrame.stacktop, (sp - fp - _PyInterpreterFrame.localsplus) >> 3);
              // 1: an error; 3: a re-raise, without a fresh traceback entry
              failing = raising.raiseVarargs(sp, oparg);
              break loop;
            case OP.RERAISE:
              setI32(fp + _PyInterpreterFrame.instr_ptr, ip);
              setI32(fp + _PyInterpreterFrame.stacktop, (sp - fp - _PyInterpreterFrame.localsplus) >> 3);
              // may move instr_ptr to where the exception came from; the handler is looked up for ip
              raising.reraise(fp, sp, oparg);
              failing = 3;
              break loop;

            case OP.END_ASYNC_FOR:
            case OP.CLEANUP_THROW:
              setI32(fp + _PyInterpreterFrame.instr_ptr, ip);
              setI32(fp + _PyInterpreterFrame.stacktop, (sp - fp - _PyInterpreterFrame.localsplus) >> 3);
              sp = gen.endByException(opcode, sp) | 0;
              if (i32(tstate + PyThreadState.current_exception) !== 0) {
                failing = 3;
                break loop;
              }
              ip = ip + 2;
              continue loop;
            case OP.RETURN_GENERATOR:
              setI32(fp + _PyInterpreterFrame.instr_ptr, ip);
              setI32(fp + _PyInterpreterFrame.stacktop, (sp - fp - _PyInterpreterFrame.localsplus) >> 3);
              v = gen.returnGenerator(tstate, fp) | 0;
              setI32(
                tstate + PyThreadState.py_recursion_remaining,
                i32(tstate + PyThreadState.py_recursion_remaining) + 1,
              );
              fp = i32(tstate + PyThreadState.current_frame);
              sp = fp + _PyInterpreterFrame.localsplus + (i32(fp + _PyInterpreterFrame.stacktop) << 3);
              setPtr(sp, v);
              sp = sp + 8;
              ip = i32(fp + _PyInterpreterFrame.instr_ptr) + (u16(fp + _PyInterpreterFrame.return_offset) << 1);
              consts = i32(i32(fp) + 24) + 24;
              continue loop;
            default:
              if (opcode >= OP.INSTRUMENTED_RESUME) {
                // while a tool watches: told, then the instruction that stands behind it
                opcode = instrumented(tstate, opcode, oparg, fp, ip, sp) | 0;
                ip = i32(fp + _PyInterpreterFrame.instr_ptr);
                sp = fp + _PyInterpreterFrame.localsplus + (i32(fp + _PyInterpreterFrame.stacktop) << 3);
                if (opcode === 0) continue loop;
                if (opcode < 256) break;
                x = opcode;
                break again;
              }
              setI32(fp + _PyInterpreterFrame.instr_ptr, ip);
              setI32(fp + _PyInterpreterFrame.stacktop, (sp - fp - _PyInterpreterFrame.localsplus) >> 3);
              x = outlined(tstate, opcode, oparg, fp, ip, sp) | 0;
              if (x <= 0) {
                if (x < 0) {
                  failing = -x;
                  break loop;
                }
                opcode = u8(ip);
                break;
              }
              sp = x;
              ip = i32(fp + _PyInterpreterFrame.instr_ptr);
              continue loop;
          }
          // `break`: the object w has lost its last reference in the instruction at x (223), or v or w or both have (224)
          if (opcode === 223 || opcode === 224) {
            setI32(fp + _PyInterpreterFrame.instr_ptr, x);
            setI32(fp + _PyInterpreterFrame.stacktop, (sp - fp - _PyInterpreterFrame.localsplus) >> 3);
            if (opcode === 223) _Py_Dealloc(w);
            else cases.deallocDead(v, w);
            continue loop;
          }
          // … or another instruction, or form of it, is to be done
          setI32(0x402030, (oparg << 8) | opcode);
          continue loop;
        }

        // a new frame x, called from fp
        setPtr(x + 8, fp);
        fp = x;
        setI32(tstate + PyThreadState.current_frame, fp);
        rc = i32(tstate + PyThreadState.py_recursion_remaining) - 1;
        setI32(tstate + PyThreadState.py_recursion_remaining, rc);
        ip = i32(fp + _PyInterpreterFrame.instr_ptr);
        sp = fp + _PyInterpreterFrame.localsplus + (i32(fp + _PyInterpreterFrame.stacktop) << 3);
        if (rc < 0 && recursionOverflow(tstate)) {
          failing = 2;
          break;
        }
        consts = i32(i32(fp) + 24) + 24;
      }
    } catch (e) {
      recover(tstate, fp, e, entry);
      failing = 1;
    }
  }
  throw PENDING;
}
