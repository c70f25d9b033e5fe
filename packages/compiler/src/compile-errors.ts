// What the passes after the parser share: the place of an error, and the depth at which CPython gives up.
import type { Expr, Position } from './ast.ts';
import { PySyntaxError, type SyntaxErrorPhase } from './errors.ts';

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
export function syntaxErrorAt(
  context: CompileContext,
  message: string,
  loc: Position,
  phase: SyntaxErrorPhase = 'symtable',
): Error {
  const { lineno, col_offset, end_lineno, end_col_offset } = loc;
  const { filename } = context;
  const error = new PySyntaxError(
    'SyntaxError',
    message,
    filename,
    lineno,
    col_offset + 1,
    null,
    end_lineno,
    end_col_offset + 1,
  );
  error.phase = phase;
  return error;
}

export function enterRecursion(context: CompileContext): void {
  if (++context.depth > recursionLimit) {
    throw new PyRecursionError('maximum recursion depth exceeded during compilation');
  }
}

export function leaveRecursion(context: CompileContext): void {
  context.depth--;
}

/** A chain of `length` nested nodes that a pass walks without recursion is as deep as it would be with it. */
export function checkChain(context: CompileContext, length: number): void {
  if (context.depth + length > recursionLimit) {
    throw new PyRecursionError('maximum recursion depth exceeded during compilation');
  }
}

type ChainLink = Expr & { kind: 'Attribute' | 'Call' | 'Subscript' | 'BinOp' | 'UnaryOp' };

/** The operand that is evaluated first, where an expression begins with one: chains of these grow long in programs. */
export function firstOperand(e: Expr): Expr | null {
  switch (e.kind) {
    case 'Attribute':
    case 'Subscript':
      return e.value;
    case 'Call':
      return e.func;
    case 'BinOp':
      return e.left;
    case 'UnaryOp':
      return e.operand;
    default:
      return null;
  }
}

/** The chain of first operands that `e` begins, outermost first, without the last one, which begins no chain. */
export function operandChain(context: CompileContext, e: Expr): ChainLink[] {
  const chain: ChainLink[] = [];
  for (let link = e, next = firstOperand(link); next !== null; link = next, next = firstOperand(link)) {
    chain.push(link as ChainLink);
  }
  checkChain(context, chain.length);
  return chain;
}
