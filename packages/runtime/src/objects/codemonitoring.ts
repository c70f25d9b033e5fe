/** What monitoring keeps with a code object, and the instructions behind instrumented ones. Mirrors Python/instrumentation.c. */
import {
  _PyCoMonitoringData,
  COMPUTED_LINE,
  NO_LINE,
  OP,
  opcodeCaches,
  opcodeDeinstrument,
  opcodeDeopt,
  PyCodeObject,
} from '@moult/abi';
import { PyMem_Free } from '../memory/obmalloc.ts';
import { i32, mem, u8 } from '../memory/linear.ts';
import { PyCode_Addr2Line } from './codelines.ts';
import type { Ref } from './object.ts';

const D = _PyCoMonitoringData;
const CODE = PyCodeObject.co_code_adaptive;

/** The opcode of code unit `i`, or, where that tells of lines or instructions only, the one that it stands for. */
export function underlyingOpcode(co: Ref, i: number): number {
  let op = u8(co + CODE + i * 2);
  if (op === OP.INSTRUMENTED_LINE) op = u8(i32(i32(co + PyCodeObject._co_monitoring) + D.lines) + i * 2);
  if (op === OP.INSTRUMENTED_INSTRUCTION) {
    op = u8(i32(i32(co + PyCodeObject._co_monitoring) + D.per_instruction_opcodes) + i);
  }
  return op;
}

/** The generic opcode of code unit `i` (_Py_GetBaseOpcode). */
export function _Py_GetBaseOpcode(co: Ref, i: number): number {
  const op = underlyingOpcode(co, i);
  const base = opcodeDeinstrument[op] as number;
  return base !== 0 ? base : (opcodeDeopt[op] as number);
}

/** Code units of the instruction at `i` with its caches. */
export function _PyInstruction_GetLength(co: Ref, i: number): number {
  return 1 + (opcodeCaches[_Py_GetBaseOpcode(co, i)] as number);
}

/** The line of code unit `i` of a code object whose lines are watched; -1: none (_Py_Instrumentation_GetLine). */
export function _Py_Instrumentation_GetLine(co: Ref, i: number): number {
  const delta = mem.getInt8(i32(i32(co + PyCodeObject._co_monitoring) + D.lines) + i * 2 + 1);
  if (delta > COMPUTED_LINE) return i32(co + PyCodeObject.co_firstlineno) + (i >> 4) + delta;
  return delta === NO_LINE ? -1 : PyCode_Addr2Line(co, i * 2);
}

/** Frees what monitoring kept (free_monitoring_data). */
export function freeMonitoringData(data: number): void {
  for (const field of [D.tools, D.lines, D.line_tools, D.per_instruction_opcodes, D.per_instruction_tools]) {
    const block = i32(data + field);
    if (block !== 0) PyMem_Free(block);
  }
  PyMem_Free(data);
}
