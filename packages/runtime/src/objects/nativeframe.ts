/**
 * Native frames: what a native that calls Python knows while Python runs, in memory (decision 17). A native frame lies on
 * the data stack and in the chain of frames, where CPython has its entry frames: it is never complete, so tracebacks,
 * sys._getframe and the like pass over it.
 *
 *   +0 None   +8 previous   +16 machine (a native's number)   +20 where to go on   +24 what it is (a C string)
 *   +32 how the instruction below it ends, +36 its oparg (vm/nativeloop.ts)   +40 units of C recursion   +44 flags
 *   +48 0   +56 instr_ptr   +64 stacktop: how many owned slots   +70 owner   +71 1
 *   +72 owned slots, room for a result, then raw words: what it only borrows, and numbers
 *
 * Its machine is a native `(frame, value) → number`. It is called with 0 first, then with the result of each call that it
 * asked for, and answers: its own result (0: none, as tp_iternext does); or what `callFrom` answered, where that is below
 * FAILED: Python code runs first; or it throws. One that `catches` gets FAILED, the exception pending, where the call failed.
 */
import { FRAME_OWNED_BY_CSTACK, PyThreadState } from '@moult/abi';
import {
  CURRENT_TSTATE,
  i32,
  ROOM_STATE,
  setI32,
  setPtr,
  setU16,
  staticAlloc,
  staticString,
} from '../memory/linear.ts';
import { fnptr, type NativeFunction, starters, text, tupleStarters } from '../memory/text.ts';
import { _PyStack_AsDict, PyObject_Call, PyObject_Vectorcall, PyVectorcall_Function, tupleFromArray } from './call.ts';
import { PyDict_Next, PyDict_Size } from './dictobject.ts';
import { catchPending, PyErr_GetRaisedException, PyErr_SetRaisedException, raise } from './errors.ts';
import { drop, hold, nativeMark, PyUnicode_Check, Py_DECREF, Py_NewRef, type Ref } from './object.ts';
import { Py_EnterRecursiveCall } from './recursion.ts';
import { Py_None, PyExc_TypeError } from './static.ts';
import { PyTuple_New } from './tupleobject.ts';
import { vm } from './vmlink.ts';

/** A result: the exception that is pending. */
export const FAILED = -1;

/** Row of ours: the names of the machines (an array of C strings), the number of the first, the instructions below. */
const ROW = ROOM_STATE + 0x1240;
/** NOP, 227 (a value came back), NOP, 228 (it was yielded): as the trampoline of an entry frame. */
const RETURN_HERE = ROW + 16;

const MACHINE = 16;
const STATE = 20;
const NAME = 24;
export const FRAME_UNITS = 40;
export const FRAME_FLAGS = 44;
const SLOTS = 72;
export const CATCHES = 1;
/** It runs inside of another native: what it calls is called at once. */
export const NESTED = 2;
/** It runs a generator's frame, without a frame of its own for that: what is returned, not yielded, is the end of the generator. */
export const STEPS = 4;

export type Machine = (frame: number, value: number) => number;
/** Makes the native frame for a call of `self` (a callable, or what a built-in function is bound to), or 0: call it as ever. */
export type Starter = (self: Ref, args: number, nargs: number, kwnames: Ref) => number;
/** The same for a tp_call. */
export type TupleStarter = (self: Ref, args: Ref, kwargs: Ref) => number;

export interface MachineSpec {
  readonly run: Machine;
  /** The name; behind it, after commas, those of the owned slots. */
  readonly name: string;
  readonly catches?: boolean;
  /** The natives whose calls it stands for. */
  readonly starts?: readonly (readonly [NativeFunction, Starter])[];
  readonly startsTuple?: readonly (readonly [NativeFunction, TupleStarter])[];
}

/** Numbers the machines; they get consecutive numbers. */
export function linkMachines(machines: readonly MachineSpec[]): void {
  for (const spec of machines) fnptr(spec.run);
  for (let i = starters.length; i < text.length; i++) {
    starters.push(null);
    tupleStarters.push(null);
  }
  for (const spec of machines) {
    for (const [fn, start] of spec.starts ?? []) starters[fnptr(fn)] = start;
    for (const [fn, start] of spec.startsTuple ?? []) tupleStarters[fnptr(fn)] = start;
  }
}
/** Lays down their names; once, when the process boots cold. */
export function writeMachineNames(machines: readonly MachineSpec[]): void {
  const names = staticAlloc(machines.length * 8);
  setPtr(ROW, names);
  setPtr(ROW + 8, fnptr((machines[0] as MachineSpec).run));
  for (const [i, spec] of machines.entries()) setPtr(names + i * 8, staticString(spec.name));
  for (let i = 0; i < 4; i++) setU16(RETURN_HERE + i * 2, [30, 227, 30, 228][i] as number);
}

export function isNative(frame: number): boolean {
  // in a frame of Python code byte 71 is another one's (countedcalls.ts)
  return i32(frame + 68) >>> 16 === (FRAME_OWNED_BY_CSTACK | (1 << 8));
}

/** A new native frame on top of the current one, with `slots` owned slots and `words` raw words. */
export function pushNative(spec: MachineSpec, slots: number, words: number): number {
  const current = i32(CURRENT_TSTATE) + PyThreadState.current_frame;
  const frame = vm.pushData(10 + slots + words);
  const machine = fnptr(spec.run);
  setPtr(frame, Py_None);
  setPtr(frame + 8, i32(current));
  setI32(frame + MACHINE, machine);
  setI32(frame + STATE, 0);
  setPtr(frame + NAME, i32(i32(ROW) + ((machine - i32(ROW + 8)) << 3)));
  setPtr(frame + 32, 0);
  setI32(frame + FRAME_UNITS, 0);
  setI32(frame + FRAME_FLAGS, spec.catches === true ? CATCHES : 0);
  setPtr(frame + 48, 0);
  setPtr(frame + 56, RETURN_HERE + 2);
  setI32(frame + 64, slots);
  setI32(frame + 68, (FRAME_OWNED_BY_CSTACK << 16) | (1 << 24));
  for (let i = 0; i <= slots + words; i++) setPtr(frame + SLOTS + (i << 3), 0);
  setPtr(current, frame);
  return frame;
}
/** The frame is about to run something: what comes back goes on at its first instruction. */
export function aimNative(frame: number): void {
  setPtr(frame + 56, RETURN_HERE + 2);
}
/** Ends a native frame, the current one: releases its slots, the last first. */
export function popNative(frame: number): void {
  const tstate = i32(CURRENT_TSTATE);
  const remaining = tstate + PyThreadState.c_recursion_remaining;
  setI32(remaining, i32(remaining) + i32(frame + FRAME_UNITS));
  setI32(frame + FRAME_UNITS, 0);
  for (let i = i32(frame + 64) - 1; i >= 0; i--) dropSlot(frame, i);
  setPtr(tstate + PyThreadState.current_frame, i32(frame + 8));
  vm.popData(frame);
}
/** The same where it failed; the exception stays. */
export function failNative(frame: number): void {
  const exc = PyErr_GetRaisedException();
  popNative(frame);
  PyErr_SetRaisedException(exc);
}

export function stateOf(frame: number): number {
  return i32(frame + STATE);
}
export function setState(frame: number, state: number): void {
  setI32(frame + STATE, state);
}
export function isNested(frame: number): boolean {
  return (i32(frame + FRAME_FLAGS) & NESTED) !== 0;
}
/** The address of owned slot `i`; the caller's reference becomes the frame's with setPtr. */
export function slotOf(frame: number, i: number): number {
  return frame + SLOTS + (i << 3);
}
/** The address of raw word `i`. */
export function wordOf(frame: number, i: number): number {
  return frame + SLOTS + 8 + ((i32(frame + 64) + i) << 3);
}
export function dropSlot(frame: number, i: number): void {
  const slot = frame + SLOTS + (i << 3);
  const v = i32(slot);
  if (v === 0) return;
  setPtr(slot, 0);
  Py_DECREF(v);
}
export function dropSlotsFrom(frame: number, first: number): void {
  for (let i = i32(frame + 64) - 1; i >= first; i--) dropSlot(frame, i);
}
/**
 * Slots `i` and `i + 1` say: `n` references from `items` on are the frame's. The machine itself releases them, and says so with n = 0
 * and items = 0, however it ends.
 */
export function setArray(frame: number, i: number, items: number, n: number): void {
  const slot = frame + SLOTS + (i << 3);
  setPtr(slot, items === 0 ? 0 : items | 3);
  setPtr(slot + 8, n);
}
/** The slot's reference, which is the caller's from now on. */
export function takeSlot(frame: number, i: number): Ref {
  const v = i32(frame + SLOTS + (i << 3));
  setPtr(frame + SLOTS + (i << 3), 0);
  return v;
}

/**
 * Calls `callable`; the result comes to the machine at `state`, unless it is answered at once (FAILED or more). The arguments lie where
 * they stay: in the frame's words or slots or a caller's.
 */
export function callFrom(
  frame: number,
  state: number,
  callable: Ref,
  args: number,
  nargs: number,
  kwnames: Ref,
): number {
  setI32(frame + STATE, state);
  const flags = i32(frame + FRAME_FLAGS);
  if ((flags & CATCHES) === 0) {
    return (flags & NESTED) !== 0
      ? PyObject_Vectorcall(callable, args, nargs, kwnames)
      : vm.callFromFrame(frame, callable, args, nargs, kwnames);
  }
  return orFailed(frame, () =>
    (flags & NESTED) !== 0
      ? PyObject_Vectorcall(callable, args, nargs, kwnames)
      : vm.callFromFrame(frame, callable, args, nargs, kwnames),
  );
}
/** What `run` gives; FAILED where it throws the pending exception, with the frame on top again. */
export function orFailed(frame: number, run: () => number): number {
  const mark = nativeMark();
  try {
    return run();
  } catch (e) {
    catchPending(e, mark);
    popTo(frame);
    return FAILED;
  }
}
/** Ends the native frames above `frame`; an exception is pending. */
export function popTo(frame: number): void {
  const current = i32(CURRENT_TSTATE) + PyThreadState.current_frame;
  while (i32(current) !== frame && isNative(i32(current))) failNative(i32(current));
}
/** Runs another native frame, made by `make`, as callFrom calls; `native` instead where it makes none (0). */
export function runFrom(frame: number, state: number, make: () => number, native?: () => number): number {
  setI32(frame + STATE, state);
  const flags = i32(frame + FRAME_FLAGS);
  return (flags & CATCHES) === 0 ? runChild(flags, make, native) : orFailed(frame, () => runChild(flags, make, native));
}
function runChild(flags: number, make: () => number, native?: () => number): number {
  if ((flags & NESTED) !== 0) return native === undefined ? runNested(make) : native();
  const child = make();
  if (child === 0 && native !== undefined) return native();
  const value = machineOf(child)(child, 0);
  if (value >= FAILED) popNative(child);
  return value;
}
/** Runs the Python frame `fp`, as callFrom calls. Never nested. */
export function enterFrom(frame: number, state: number, fp: number): number {
  setI32(frame + STATE, state);
  return vm.enterFrame(frame, fp);
}
/** The same for the frame of a generator that is ready to run; the machine gets an item, 0, or FAILED and StopIteration. */
export function stepFrom(frame: number, state: number, fp: number): number {
  setI32(frame + STATE, state);
  setI32(frame + FRAME_FLAGS, i32(frame + FRAME_FLAGS) | STEPS);
  return vm.enterFrame(frame, fp);
}
/** Runs a code object, as callFrom calls; its function lies in slot `slot` (PyEval_EvalCodeEx). */
export function runCodeFrom(
  frame: number,
  state: number,
  code: Ref,
  globals: Ref,
  locals: Ref,
  closure: Ref,
  slot: number,
): number {
  setI32(frame + STATE, state);
  const flags = i32(frame + FRAME_FLAGS);
  const run = (): number => {
    setPtr(slotOf(frame, slot), vm.codeFunction(code, globals, closure));
    return vm.runFunctionFrom(frame, i32(slotOf(frame, slot)), locals, (flags & NESTED) !== 0);
  };
  return (flags & CATCHES) === 0 ? run() : orFailed(frame, run);
}
/** Runs a function without arguments whose f_locals is `locals`, as callFrom calls. */
export function runFunctionWith(frame: number, state: number, func: Ref, locals: Ref): number {
  setI32(frame + STATE, state);
  return vm.runFunctionFrom(frame, func, locals, (i32(frame + FRAME_FLAGS) & NESTED) !== 0);
}
/** The same with one argument, or with `first` and `second`: raw words from `at` on, three or four, hold them. */
export function callWith(frame: number, state: number, callable: Ref, at: number, first: Ref, second: Ref = 0): number {
  const args = wordOf(frame, at + 1);
  setPtr(args - 8, 0);
  setPtr(args, first);
  if (second !== 0) setPtr(args + 8, second);
  return callFrom(frame, state, callable, args, second === 0 ? 1 : 2, 0);
}

/** How many slots and words callTuple needs for `n` arguments of a tuple and `nk` of a dict, one before them. */
export function tupleRoom(n: number, nk: number): { slots: number; words: number } {
  return { slots: nk === 0 ? 0 : n + nk + 2, words: n + 2 };
}
/**
 * callable(first, *tuple, **dict), `first` and `dict` 0 if there are none (PyObject_Call, _PyObject_Call_Prepend). Takes the frame's
 * slots from `slot` on, which are to be dropped afterwards, and its words from `word` on, as tupleRoom says.
 */
export function callTuple(
  frame: number,
  state: number,
  callable: Ref,
  first: Ref,
  tuple: Ref,
  dict: Ref,
  slot: number,
  word: number,
): number {
  const n = i32(tuple + 16);
  const before = first === 0 ? 0 : 1;
  const nk = dict === 0 ? 0 : PyDict_Size(dict);
  if (nk === 0) {
    if (before === 0 && PyVectorcall_Function(callable) === 0) return called(frame, state, callable, tuple, dict);
    const args = wordOf(frame, word + 1);
    setPtr(args - 8, 0);
    if (before !== 0) setPtr(args, first);
    for (let i = 0; i < n; i++) setPtr(args + ((i + before) << 3), i32(tuple + 24 + (i << 3)));
    return callFrom(frame, state, callable, args, n + before, 0);
  }
  if (PyVectorcall_Function(callable) === 0) {
    if (before === 0) return called(frame, state, callable, tuple, dict);
    const all = PyTuple_New(n + 1);
    setPtr(slotOf(frame, slot), all);
    setPtr(all + 24, Py_NewRef(first));
    for (let i = 0; i < n; i++) setPtr(all + 32 + (i << 3), Py_NewRef(i32(tuple + 24 + (i << 3))));
    return called(frame, state, callable, all, dict);
  }
  const at = spread(frame, slot, dict, n + before);
  const args = at + 8;
  if (before !== 0) setPtr(args, Py_NewRef(first));
  for (let i = 0; i < n; i++) setPtr(args + ((i + before) << 3), Py_NewRef(i32(tuple + 24 + (i << 3))));
  return callFrom(frame, state, callable, args, n + before, i32(at));
}
/** The same for callDict with `n` arguments. */
export function dictRoom(n: number, nk: number): { slots: number; words: number } {
  return { slots: nk === 0 ? 1 : n + nk + 1, words: n + 1 };
}
/** callable(*args, **dict), `dict` 0 if there is none (PyObject_VectorcallDict); else like callTuple. */
export function callDict(
  frame: number,
  state: number,
  callable: Ref,
  args: readonly Ref[],
  dict: Ref,
  slot: number,
  word: number,
): number {
  const a = wordOf(frame, word + 1);
  args.forEach((v, i) => {
    setPtr(a + (i << 3), v);
  });
  if (PyVectorcall_Function(callable) === 0) {
    const tuple = tupleFromArray(a, args.length);
    setPtr(slotOf(frame, slot), tuple);
    return called(frame, state, callable, tuple, dict);
  }
  if (dict === 0 || PyDict_Size(dict) === 0) {
    setPtr(a - 8, 0);
    return callFrom(frame, state, callable, a, args.length, 0);
  }
  const at = spread(frame, slot, dict, args.length);
  args.forEach((v, i) => {
    setPtr(at + 8 + (i << 3), Py_NewRef(v));
  });
  return callFrom(frame, state, callable, at + 8, args.length, i32(at));
}
/** The names of `dict` in slot `slot`, its values `n` slots behind that; where the slot is. */
function spread(frame: number, slot: number, dict: Ref, n: number): number {
  const names = PyTuple_New(PyDict_Size(dict));
  const at = slotOf(frame, slot);
  setPtr(at, names);
  const pos = { i: 0, key: 0, value: 0 };
  for (let k = 0; PyDict_Next(dict, pos); k++) {
    if (!PyUnicode_Check(pos.key)) raise(PyExc_TypeError, 'keywords must be strings');
    setPtr(names + 24 + (k << 3), Py_NewRef(pos.key));
    setPtr(at + 8 + ((n + k) << 3), Py_NewRef(pos.value));
  }
  return at;
}
/** A callable without vectorcall. */
function called(frame: number, state: number, callable: Ref, tuple: Ref, dict: Ref): number {
  setI32(frame + STATE, state);
  const flags = i32(frame + FRAME_FLAGS);
  const call = (): number =>
    (flags & NESTED) !== 0 ? PyObject_Call(callable, tuple, dict) : vm.callTupleFromFrame(frame, callable, tuple, dict);
  return (flags & CATCHES) === 0 ? call() : orFailed(frame, call);
}

/** Runs a native frame, which `make` makes, inside of another native: its result. What it calls is called at once. */
export function runNested(make: () => number): Ref {
  const below = i32(i32(CURRENT_TSTATE) + PyThreadState.current_frame);
  const mark = nativeMark();
  try {
    const frame = make();
    setI32(frame + FRAME_FLAGS, i32(frame + FRAME_FLAGS) | NESTED);
    const result = machineOf(frame)(frame, 0);
    popNative(frame);
    return result;
  } catch (e) {
    catchPending(e, mark);
    popTo(below);
    throw e;
  }
}
export function machineOf(frame: number): Machine {
  return text[i32(frame + MACHINE)] as Machine;
}

// ---- calls through tp_call ------------------------------------------------------------------------------------------------

/** Owned slots and words that every frame of a tp_call begins with: the tuple and the dict if made for it; the callable, both again. */
export const TP_SLOTS = 2;
export const TP_WORDS = 3;

/** The frame of a tp_call with a fresh tuple and dict (_PyObject_MakeTpCall). */
export function tpFrame(
  spec: MachineSpec,
  slots: number,
  self: Ref,
  args: number,
  nargs: number,
  kwnames: Ref,
): number {
  const mark = hold(tupleFromArray(args, nargs));
  let dict = 0;
  if (kwnames !== 0 && i32(kwnames + 16) > 0) {
    dict = _PyStack_AsDict(args + (nargs << 3), kwnames);
    hold(dict);
  }
  const tuple = i32(mark);
  const frame = tpFrameOf(spec, slots, self, tuple, dict);
  setPtr(slotOf(frame, 0), tuple);
  setPtr(slotOf(frame, 1), dict);
  drop(mark);
  return frame;
}
/** The frame of a tp_call with the caller's tuple and dict, as " while calling a Python object". */
export function tpFrameOf(spec: MachineSpec, slots: number, self: Ref, tuple: Ref, dict: Ref): number {
  const nk = dict === 0 ? 0 : PyDict_Size(dict);
  const room = tupleRoom(i32(tuple + 16), nk);
  Py_EnterRecursiveCall(' while calling a Python object');
  const frame = pushNative(spec, TP_SLOTS + slots + room.slots, TP_WORDS + room.words);
  setI32(frame + FRAME_UNITS, 1);
  setPtr(wordOf(frame, 0), self);
  setPtr(wordOf(frame, 1), tuple);
  setPtr(wordOf(frame, 2), dict);
  return frame;
}
/** callTuple with the arguments of a tpFrame, which has `slots` slots of its own. */
export function callOn(frame: number, state: number, callable: Ref, first: Ref, slots: number): number {
  const [tuple, dict] = [i32(wordOf(frame, 1)), i32(wordOf(frame, 2))];
  return callTuple(frame, state, callable, first, tuple, dict, TP_SLOTS + slots, TP_WORDS);
}
/** After callOn: releases what was made for the call. */
export function calledOn(frame: number, slots: number): void {
  dropSlotsFrom(frame, TP_SLOTS + slots);
}
