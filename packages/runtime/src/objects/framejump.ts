/**
 * Setting f_lineno: where a frame may go on from within a trace function. Mirrors frame_setlineno and mark_stacks of
 * Objects/frameobject.c. What lies on the value stack before each instruction is modelled with three bits an entry.
 */
import {
  FRAME_OWNED_BY_GENERATOR,
  FRAME_SUSPENDED,
  FRAME_SUSPENDED_YIELD_FROM,
  OP,
  opcodeCaches,
  PY_MONITORING_EVENT_BRANCH,
  PY_MONITORING_EVENT_C_RAISE,
  PY_MONITORING_EVENT_C_RETURN,
  PY_MONITORING_EVENT_CALL,
  PY_MONITORING_EVENT_EXCEPTION_HANDLED,
  PY_MONITORING_EVENT_INSTRUCTION,
  PY_MONITORING_EVENT_JUMP,
  PY_MONITORING_EVENT_LINE,
  PY_MONITORING_EVENT_PY_RESUME,
  PY_MONITORING_EVENT_PY_RETURN,
  PY_MONITORING_EVENT_PY_START,
  PY_MONITORING_EVENT_PY_THROW,
  PY_MONITORING_EVENT_PY_UNWIND,
  PY_MONITORING_EVENT_PY_YIELD,
  PY_MONITORING_EVENT_RAISE,
  PyCodeObject,
  PyFrameObject,
  PyThreadState,
  stackEffect,
} from '@moult/abi';
import { bytes, CURRENT_TSTATE, i32, mem, setI32, setPtr, u8 } from '../memory/linear.ts';
import { allLocations } from './codelines.ts';
import { _Py_GetBaseOpcode } from './codemonitoring.ts';
import { raise } from './errors.ts';
import { PyLong_AsBigInt } from './longobject.ts';
import { Py_DECREF, Py_NewRef, Py_SIZE, Py_XDECREF, Py_XSETREF, type Ref } from './object.ts';
import {
  Py_None,
  PyExc_AttributeError,
  PyExc_RuntimeWarning,
  PyExc_SystemError,
  PyExc_ValueError,
  PyLong_Type,
} from './static.ts';
import { PyErr_WarnText } from './warnings.ts';

const ITERATOR = 1n;
const EXCEPT = 2n;
const OBJECT = 3n;
const NULL = 4n;
const LASTI = 5n;
const UNINITIALIZED = -2n;
const OVERFLOWED = -1n;
const WILL_OVERFLOW = 1n << 60n;
const MASK = 7n;

type Stack = bigint;
const push = (s: Stack, kind: bigint): Stack => (s < 0n || s >= WILL_OVERFLOW ? OVERFLOWED : (s << 3n) | kind);
const pop = (s: Stack): Stack => s >> 3n;
const peek = (s: Stack, n: number): bigint => (s >> BigInt(3 * (n - 1))) & MASK;
function swapped(s: Stack, n: number): Stack {
  const shift = BigInt(3 * (n - 1));
  const low = (s & ~(MASK << shift)) | ((s & MASK) << shift);
  return (low & ~MASK) | peek(s, n);
}
function cutTo(s: Stack, level: number): Stack {
  if (level === 0) return 0n;
  const most = MASK << BigInt(3 * (level - 1));
  let cut = s;
  while (cut > most) cut = pop(cut);
  return cut;
}

/** The stack after a generic instruction that does not jump. */
function after(s: Stack, opcode: number, oparg: number): Stack {
  switch (opcode) {
    case OP.GET_ITER:
    case OP.GET_AITER:
      return push(pop(s), ITERATOR);
    case OP.END_ASYNC_FOR:
      return pop(pop(s));
    case OP.PUSH_EXC_INFO:
      return push(s, EXCEPT);
    case OP.POP_EXCEPT:
      return pop(s);
    case OP.PUSH_NULL:
      return push(s, NULL);
    case OP.LOAD_GLOBAL:
      return (oparg & 1) !== 0 ? push(push(s, OBJECT), NULL) : push(s, OBJECT);
    case OP.LOAD_ATTR:
      return (oparg & 1) !== 0 ? push(push(pop(s), OBJECT), NULL) : s;
    case OP.SWAP:
      return swapped(s, oparg);
    case OP.COPY:
      return push(s, peek(s, oparg));
    default: {
      let stack = s;
      let effect = stackEffect(opcode, oparg) ?? 0;
      for (; effect < 0; effect++) stack = pop(stack);
      for (; effect > 0; effect--) stack = push(stack, OBJECT);
      return stack;
    }
  }
}

function markStacks(code: Ref): Stack[] {
  const n = Py_SIZE(code);
  const stacks: Stack[] = new Array<Stack>(n + 1).fill(UNINITIALIZED);
  stacks[0] = 0n;
  for (let again = true; again; ) {
    again = false;
    for (let i = 0; i < n; ) {
      const stack = stacks[i] as Stack;
      let opcode = _Py_GetBaseOpcode(code, i);
      let oparg = 0;
      while (opcode === OP.EXTENDED_ARG) {
        oparg = (oparg << 8) | u8(code + PyCodeObject.co_code_adaptive + i * 2 + 1);
        i++;
        opcode = _Py_GetBaseOpcode(code, i);
        stacks[i] = stack;
      }
      oparg = (oparg << 8) | u8(code + PyCodeObject.co_code_adaptive + i * 2 + 1);
      const next = i + 1 + (opcodeCaches[opcode] as number);
      if (stack !== UNINITIALIZED) again = flow(stacks, stack, opcode, oparg, i, next) || again;
      i = next;
    }
    again = markHandlers(code, stacks) || again;
  }
  return stacks;
}
/** Marks where the instruction at `i` leads; true: something before it changed. */
function flow(stacks: Stack[], s: Stack, opcode: number, oparg: number, i: number, next: number): boolean {
  switch (opcode) {
    case OP.POP_JUMP_IF_FALSE:
    case OP.POP_JUMP_IF_TRUE:
    case OP.POP_JUMP_IF_NONE:
    case OP.POP_JUMP_IF_NOT_NONE:
      stacks[next + oparg] = pop(s);
      stacks[next] = pop(s);
      return false;
    case OP.SEND:
      stacks[next + oparg] = s;
      stacks[next] = s;
      return false;
    case OP.FOR_ITER:
      stacks[next] = push(s, OBJECT);
      stacks[next + oparg] = push(s, OBJECT);
      return false;
    case OP.JUMP_FORWARD:
      stacks[next + oparg] = s;
      return false;
    case OP.JUMP_BACKWARD:
    case OP.JUMP_BACKWARD_NO_INTERRUPT: {
      const target = next - oparg;
      const fresh = stacks[target] === UNINITIALIZED && target < i;
      stacks[target] = s;
      return fresh;
    }
    case OP.RETURN_VALUE:
    case OP.RETURN_CONST:
    case OP.RAISE_VARARGS:
    case OP.RERAISE:
      return false;
    default:
      stacks[next] = after(s, opcode, oparg);
      return false;
  }
}
function markHandlers(code: Ref, stacks: Stack[]): boolean {
  const table = i32(code + PyCodeObject.co_exceptiontable);
  const end = table + 32 + Py_SIZE(table);
  let p = table + 32;
  let changed = false;
  const varint = (): number => {
    let b = bytes[p++] as number;
    let v = b & 63;
    while ((b & 64) !== 0) {
      b = bytes[p++] as number;
      v = (v << 6) | (b & 63);
    }
    return v;
  };
  while (p < end) {
    const start = varint();
    varint();
    const handler = varint();
    const depthAndLasti = varint();
    if (stacks[start] === UNINITIALIZED || stacks[handler] !== UNINITIALIZED) continue;
    changed = true;
    let target = cutTo(stacks[start] as Stack, depthAndLasti >> 1);
    if ((depthAndLasti & 1) !== 0) target = push(target, LASTI);
    stacks[handler] = push(target, EXCEPT);
  }
  return changed;
}

function compatible(from: Stack, to: Stack): boolean {
  if (from < 0n || to < 0n) return false;
  let a = from;
  let b = to;
  while (a > b) a = pop(a);
  for (; a !== 0n; a = pop(a), b = pop(b)) {
    const have = a & MASK;
    const want = b & MASK;
    if (want === 0n) return false;
    if (want === OBJECT ? have === NULL : want !== NULL && have !== want) return false;
  }
  return b === 0n;
}
function explain(to: Stack): string {
  if (to === OVERFLOWED) return 'stack is too deep to analyze';
  if (to === UNINITIALIZED) return "can't jump into an exception handler, or code may be unreachable";
  switch (to & MASK) {
    case EXCEPT:
      return "can't jump into an 'except' block as there's no exception";
    case LASTI:
      return "can't jump into a re-raising block as there's no location";
    case ITERATOR:
      return "can't jump into the body of a for loop";
    default:
      return 'incompatible stacks';
  }
}

/** The line that begins at each code unit, or -1. */
function markLines(code: Ref): number[] {
  const lines = new Array<number>(Py_SIZE(code)).fill(-1);
  let last = -1;
  for (const { start, line } of allLocations(code)) {
    if (line === last || line === -1) continue;
    lines[start >> 1] = line;
    last = line;
  }
  return lines;
}

const MOVING = [
  ...[PY_MONITORING_EVENT_PY_RESUME, PY_MONITORING_EVENT_JUMP, PY_MONITORING_EVENT_BRANCH],
  ...[PY_MONITORING_EVENT_LINE, PY_MONITORING_EVENT_PY_YIELD],
] as const;
const CALLING = [PY_MONITORING_EVENT_CALL, PY_MONITORING_EVENT_C_RETURN] as const;
const OTHERS = [
  ...[PY_MONITORING_EVENT_PY_RETURN, PY_MONITORING_EVENT_PY_UNWIND, PY_MONITORING_EVENT_PY_THROW],
  ...[PY_MONITORING_EVENT_RAISE, PY_MONITORING_EVENT_C_RAISE, PY_MONITORING_EVENT_INSTRUCTION],
  PY_MONITORING_EVENT_EXCEPTION_HANDLED,
] as const;

/** Only some events may move the frame. */
function checkEvent(event: number): void {
  const among = (events: readonly number[]): boolean => events.includes(event);
  if (event < 0) raise(PyExc_ValueError, 'f_lineno can only be set in a trace function');
  if (among(MOVING)) return;
  if (event === PY_MONITORING_EVENT_PY_START) {
    raise(PyExc_ValueError, "can't jump from the 'call' trace event of a new frame");
  }
  if (among(CALLING)) raise(PyExc_ValueError, "can't jump during a call");
  if (among(OTHERS)) raise(PyExc_ValueError, "can only jump from a 'line' trace event");
  raise(PyExc_SystemError, 'unexpected event type');
}

/** The code unit to go on at for line `line`, and the stack there. */
function findTarget(code: Ref, fp: number, given: number): { start: Stack; best: Stack; unit: number } {
  const lines = markLines(code);
  let line = Number.POSITIVE_INFINITY;
  for (const l of lines) if (l >= given && l < line) line = l;
  if (line === Number.POSITIVE_INFINITY) {
    raise(PyExc_ValueError, `line ${given} comes after the current code block`);
  }
  const stacks = markStacks(code);
  const start = stacks[(i32(fp + 56) - code - PyCodeObject.co_code_adaptive) >> 1] as Stack;
  let best = OVERFLOWED;
  let unit = -1;
  let message = 'cannot find bytecode for specified line';
  let explained = false;
  for (let i = 0; i < lines.length; i++) {
    if (lines[i] !== line) continue;
    const target = stacks[i] as Stack;
    if (compatible(start, target)) {
      if (target > best) {
        best = target;
        unit = i;
      }
    } else if (unit < 0 && !explained) {
      if (start === OVERFLOWED) message = 'stack to deep to analyze';
      else if (start === UNINITIALIZED) message = "can't jump from unreachable code";
      else {
        message = explain(target);
        explained = true;
      }
    }
  }
  if (unit < 0) raise(PyExc_ValueError, message);
  return { start, best, unit };
}

/** What the compiler may have proven to be bound becomes None. */
function bindUnbound(code: Ref, fp: number): void {
  const n = i32(code + PyCodeObject.co_nlocalsplus);
  let unbound = 0;
  for (let i = 0; i < n; i++) if (i32(fp + 72 + (i << 3)) === 0) unbound++;
  if (unbound === 0) return;
  PyErr_WarnText(PyExc_RuntimeWarning, `assigning None to ${unbound} unbound local${unbound === 1 ? '' : 's'}`, 0);
  for (let i = 0; i < n; i++) if (i32(fp + 72 + (i << 3)) === 0) setPtr(fp + 72 + (i << 3), Py_NewRef(Py_None));
}

export function frame_setlineno(f: Ref, value: Ref): void {
  const fp = i32(f + PyFrameObject.f_frame);
  const code = i32(fp);
  if (value === 0) raise(PyExc_AttributeError, 'cannot delete attribute');
  if (i32(value + 8) !== PyLong_Type) raise(PyExc_ValueError, 'lineno must be an integer');
  const state = u8(fp + 70) === FRAME_OWNED_BY_GENERATOR ? mem.getInt8(fp - 5) : 0;
  const suspended = state === FRAME_SUSPENDED || state === FRAME_SUSPENDED_YIELD_FROM;
  const tstate = i32(CURRENT_TSTATE);
  checkEvent(i32(tstate + PyThreadState.what_event));
  const given = PyLong_AsBigInt(value);
  if (given > 0x7fffffffn || given < -0x80000000n) raise(PyExc_ValueError, 'lineno out of range');
  if (Number(given) < i32(code + PyCodeObject.co_firstlineno)) {
    raise(PyExc_ValueError, `line ${given} comes before the current code block`);
  }
  const { start, best, unit } = findTarget(code, fp, Number(given));
  bindUnbound(code, fp);
  let stack = suspended ? pop(start) : start;
  for (; stack > best; stack = pop(stack)) {
    const top = i32(fp + 64) - 1;
    setI32(fp + 64, top);
    const popped = i32(fp + 72 + (top << 3));
    setPtr(fp + 72 + (top << 3), 0);
    if ((stack & MASK) === EXCEPT) {
      // the exception that was being handled before is handled again
      Py_XSETREF(i32(tstate + PyThreadState.exc_info), popped === Py_None ? 0 : popped);
      if (popped === Py_None) Py_DECREF(popped);
    } else Py_XDECREF(popped);
  }
  setI32(f + PyFrameObject.f_lineno, 0);
  setPtr(fp + 56, code + PyCodeObject.co_code_adaptive + unit * 2);
}
