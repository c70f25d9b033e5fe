// `from __future__ import …` at the head of a module (CPython's Python/future.c).
import type { Expr, ImportFrom, Mod, Position, Stmt } from '../ast.ts';
import type { CompileContext } from '../compile-errors.ts';
import { PySyntaxError } from '../errors.ts';

const CO_FUTURE_BARRY_AS_BDFL = 0x400000;
export const CO_FUTURE_ANNOTATIONS = 0x1000000;

export interface FutureFeatures {
  features: number;
  loc: Position | null;
}

/** The string expression at the head of a body, or null (_PyAST_GetDocString). */
export function docString(body: Stmt[]): string | null {
  const first = body[0];
  if (first === undefined || first.kind !== 'Expr') return null;
  const value: Expr = first.value;
  return value.kind === 'Constant' && value.value.t === 'str' ? value.value.v : null;
}

export function futureFromAst(mod: Mod, context: CompileContext): FutureFeatures {
  const future: FutureFeatures = { features: 0, loc: null };
  if (mod.kind === 'Expression') return future;
  for (let i = docString(mod.body) === null ? 0 : 1; i < mod.body.length; i++) {
    const stmt = mod.body[i]!;
    if (stmt.kind !== 'ImportFrom' || stmt.module !== '__future__' || stmt.level) break;
    future.features |= checkFeatures(stmt, context);
    future.loc = stmt;
  }
  return future;
}

const accepted = new Set([
  'nested_scopes',
  'generators',
  'division',
  'absolute_import',
  'with_statement',
  'print_function',
  'unicode_literals',
  'generator_stop',
]);

/** These errors have a start only. */
function futureError(context: CompileContext, message: string, stmt: ImportFrom): Error {
  const { lineno, col_offset } = stmt;
  const error = new PySyntaxError('SyntaxError', message, context.filename, lineno, col_offset + 1, null, lineno, null);
  error.phase = 'symtable';
  return error;
}

function checkFeatures(stmt: ImportFrom, context: CompileContext): number {
  let features = 0;
  for (const alias of stmt.names) {
    const { name } = alias;
    if (name === 'annotations') features |= CO_FUTURE_ANNOTATIONS;
    else if (name === 'barry_as_FLUFL') features |= CO_FUTURE_BARRY_AS_BDFL;
    else if (name === 'braces') throw futureError(context, 'not a chance', stmt);
    else if (!accepted.has(name)) {
      throw futureError(context, `future feature ${name} is not defined`, stmt);
    }
  }
  return features;
}
