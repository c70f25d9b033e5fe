/** Joins the virtual machine to the object rooms, and what the process room calls to run programs. */
import { OP, PyCodeObject, RESUME_OPARG_DEPTH1_MASK } from '@moult/abi';
import { CURRENT_TSTATE, i32, u8 } from '../memory/linear.ts';
import { PyCode_Addr2Line } from '../objects/codelines.ts';
import { asText } from '../objects/unicodeobject.ts';
import { linkVm } from '../objects/vmlink.ts';
import type { Ref } from '../objects/object.ts';
import {
  _PyFunction_Vectorcall,
  codeFunction,
  PyEval_EvalCode,
  PyEval_GetBuiltins,
  PyEval_GetGlobals,
} from './calls.ts';
import { _PyEval_EvalFrame } from './ceval.ts';
import {
  _PyFrame_ClearExceptCode,
  _PyFrame_ClearLocals,
  _PyFrame_GetFirstComplete,
  _PyFrame_GetFrameObject,
  _PyThreadState_PopFrame,
  _PyThreadState_PushFrame,
  currentFrame,
  PyUnstable_InterpreterFrame_GetLine,
} from './frame.ts';
import { PyImport_ImportModuleLevelObject } from './importcall.ts';
import { callFromFrame, callTupleFromFrame, enter, runFunctionFrom } from './nativeloop.ts';
import { displayedLine } from './displayline.ts';
import { _PyEval_SetOpcodeTrace, linkTracing } from './tracefunc.ts';
import { plainTracebackText } from './traceback.ts';

export { writeVmState } from './state.ts';
export { builtinModules, PyImport_AddModuleRef, PyImport_GetModuleDict } from './import.ts';
export { host, type HostFiles } from './host.ts';
export { compileSource, compileText, raiseCompileError } from './pycompile.ts';
export { HostLimit, pollHook, setInterrupt } from './poll.ts';
export { PyEval_EvalCode, PyEval_EvalCodeEx } from './calls.ts';
export { clearDataStack, currentFrame } from './frame.ts';
export { formatException, printException } from './traceback.ts';
export { initCallableCache } from './callablecache.ts';

/** The file and line of the frame `level` Python frames up. */
function callerLine(level: number): { filename: string; line: number; globals: Ref } | null {
  let fp = currentFrame();
  for (let i = 1; i < level && fp !== 0; i++) fp = _PyFrame_GetFirstComplete(i32(fp + 8));
  if (fp === 0) return null;
  return {
    filename: asText(i32(i32(fp) + PyCodeObject.co_filename)),
    line: PyUnstable_InterpreterFrame_GetLine(fp),
    globals: i32(fp + 24),
  };
}

/** Every realm, before anything runs. */
export function linkVirtualMachine(): void {
  linkTracing();
  linkVm({
    pushData: (words: number): number => _PyThreadState_PushFrame(i32(CURRENT_TSTATE), words),
    popData: (frame: number): void => _PyThreadState_PopFrame(i32(CURRENT_TSTATE), frame),
    callFromFrame,
    callTupleFromFrame,
    enterFrame: enter,
    codeFunction,
    runFunctionFrom,
    _PyFunction_Vectorcall,
    PyEval_EvalCode,
    resumeFrame: (frame: number, throwing: boolean): Ref => _PyEval_EvalFrame(i32(CURRENT_TSTATE), frame, throwing),
    clearFrame: _PyFrame_ClearExceptCode,
    clearFrameLocals: _PyFrame_ClearLocals,
    frameObject: _PyFrame_GetFrameObject,
    completeFrame: _PyFrame_GetFirstComplete,
    closeQuietly: (frame: number): boolean => {
      const ip = i32(frame + 56);
      const op = u8(ip);
      const resume = op === OP.RESUME || op === OP.RESUME_CHECK || op === OP.INSTRUMENTED_RESUME;
      return resume && (u8(ip + 1) & RESUME_OPARG_DEPTH1_MASK) !== 0;
    },
    frameLine: PyUnstable_InterpreterFrame_GetLine,
    setOpcodeTrace: _PyEval_SetOpcodeTrace,
    PyEval_GetGlobals,
    PyEval_GetBuiltins,
    PyImport_ImportModuleLevelObject,
    tracebackText: plainTracebackText,
    callerLine,
    codeLine: (frame: number, lasti: number): number => PyCode_Addr2Line(i32(frame), lasti),
    sourceLine: displayedLine,
  });
}

/** Runs a module's code in `globals` (a dict, usually that of __main__); a new reference to its result. */
export function runCode(code: Ref, globals: Ref): Ref {
  return PyEval_EvalCode(code, globals, globals);
}
