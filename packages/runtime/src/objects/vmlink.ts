/**
 * What the object rooms need of the virtual machine above them. The vm room fills this record when it is linked, so
 * that no object room imports upwards; it is text, like a linker's table, and never changes afterwards.
 */
import type { Ref } from './object.ts';

export interface VmLink {
  /** `words` words on the data stack, and its end again at `frame` (native frames). */
  pushData(words: number): number;
  popData(frame: number): void;
  /** nativeframe.ts: callFrom, when not nested. */
  callFromFrame(frame: number, callable: Ref, args: number, nargs: number, kwnames: Ref): number;
  callTupleFromFrame(frame: number, callable: Ref, args: Ref, kwargs: Ref): number;
  /** nativeframe.ts: enterFrom. */
  enterFrame(frame: number, fp: number): number;
  /** nativeframe.ts: runCodeFrom's function, a new reference, and its run with `locals`. */
  codeFunction(code: Ref, globals: Ref, closure: Ref): Ref;
  runFunctionFrom(frame: number, func: Ref, locals: Ref, nested: boolean): number;
  /** Runs a Python function: the vectorcall of function objects (_PyFunction_Vectorcall). */
  _PyFunction_Vectorcall(callable: Ref, args: number, nargs: number, kwnames: Ref): Ref;
  /** Runs a code object with globals and locals (PyEval_EvalCode); returns a new reference. */
  PyEval_EvalCode(code: Ref, globals: Ref, locals: Ref): Ref;
  /** Resumes the generator's frame until it yields, returns or fails; `gen_send_ex2`'s call of the loop. Returns a new reference. */
  resumeFrame(frame: number, throwing: boolean): Ref;
  /** Clears and frees the frame embedded in a generator or owned by a frame object (_PyFrame_ClearExceptCode …). */
  clearFrame(frame: number): void;
  clearFrameLocals(frame: number): void;
  /** The frame object of a frame, made when first asked for; borrowed. */
  frameObject(frame: number): Ref;
  /** The first complete frame from `frame` outwards, or 0. */
  completeFrame(frame: number): number;
  /** Is the frame suspended where GeneratorExit would meet no handler but the outermost, generated one? */
  closeQuietly(frame: number): boolean;
  /** Line of the frame's current instruction (PyUnstable_InterpreterFrame_GetLine). */
  frameLine(frame: number): number;
  /** Starts or ends telling the tracer of the instructions of the frame object's code. */
  setOpcodeTrace(frame: Ref, enable: boolean): void;
  /** The current thread's globals / builtins, borrowed. */
  PyEval_GetGlobals(): Ref;
  PyEval_GetBuiltins(): Ref;
  /** __import__(name, globals, locals, fromlist, level), new reference. */
  PyImport_ImportModuleLevelObject(name: Ref, globals: Ref, locals: Ref, fromlist: Ref, level: number): Ref;
  /** "Traceback (most recent call last): …" of an exception as the C-level printer writes it, without its causes. */
  tracebackText(exc: Ref): string;
  /** The file name and line of the frame `level` Python frames up (1: the caller of the native), or null. */
  callerLine(level: number): { filename: string; line: number; globals: Ref } | null;
  /** The line of byte offset `lasti` in the code of the frame at `frame` (an _PyInterpreterFrame), or -1. */
  codeLine(frame: number, lasti: number): number;
  /** A line of a source file, read by the module io, as text without indentation, or '' (_Py_DisplaySourceLine). */
  sourceLine(filename: Ref, line: number): string;
}

function missing(): never {
  throw new Error('the virtual machine is not linked');
}
export const vm: VmLink = {
  pushData: missing,
  popData: missing,
  callFromFrame: missing,
  callTupleFromFrame: missing,
  enterFrame: missing,
  codeFunction: missing,
  runFunctionFrom: missing,
  _PyFunction_Vectorcall: missing,
  PyEval_EvalCode: missing,
  resumeFrame: missing,
  clearFrame: missing,
  clearFrameLocals: missing,
  frameObject: missing,
  closeQuietly: missing,
  completeFrame: missing,
  frameLine: missing,
  setOpcodeTrace: missing,
  PyEval_GetGlobals: missing,
  PyEval_GetBuiltins: missing,
  PyImport_ImportModuleLevelObject: missing,
  tracebackText: missing,
  callerLine: missing,
  sourceLine: missing,
  codeLine: missing,
};
export function linkVm(link: VmLink): void {
  Object.assign(vm, link);
}
