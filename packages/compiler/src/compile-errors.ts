// What the passes after the parser share: the place of an error, and the depth at which CPython gives up.
import type { Position } from './ast.ts';
import { PySyntaxError } from './errors.ts';

/** Py_C_RECURSION_LIMIT of a release build on x86-64 Linux. */
const recursionLimit = 10_000;

/** A tree nested too deeply: a RecursionError with `msg` in Python. */
export class PyRecursionError extends Error {
  msg: string;

  constructor(msg: string) {
    super(msg);
    this.msg = msg;
  }
}

export interface CompileContext {
  filename: string;
  depth: number;
}

/** Columns of a compiler's error count UTF-8 bytes from 1 (PyErr_RangedSyntaxLocationObject). */
export function syntaxErrorAt(context: CompileContext, message: string, loc: Position): Error {
  const { lineno, col_offset, end_lineno, end_col_offset } = loc;
  const { filename } = context;
  return new PySyntaxError(
    'SyntaxError',
    message,
    filename,
    lineno,
    col_offset + 1,
    null,
    end_lineno,
    end_col_offset + 1,
  );
}

export function enterRecursion(context: CompileContext): void {
  if (++context.depth > recursionLimit) {
    throw new PyRecursionError('maximum recursion depth exceeded during compilation');
  }
}

export function leaveRecursion(context: CompileContext): void {
  context.depth--;
}
