// From source or tree to code object: the order of the passes (CPython's _PyAST_Compile).
import type { Mod, Position } from './ast.ts';
import { optimizeAst } from './ast-optimize.ts';
import type { CodeData } from './code.ts';
import type { Power } from './constant-ops.ts';
import type { Constant } from './constants.ts';
import { Loc } from './codegen/instructions.ts';
import { enterScope, entryOf, finishScope } from './codegen/scope.ts';
import { compilerBody } from './codegen/stmt.ts';
import { visitExpr } from './codegen/expr.ts';
import { Compiler, forgetLocations } from './codegen/unit.ts';
import { PyRecursionError } from './compile-errors.ts';
import type { CompileWarning, ParseOptions } from './errors.ts';
import { DICT, type Ledger, LIST, noting } from './ledger.ts';
import { parse } from './parser/parse.ts';
import { buildSymtable, freeSymtable } from './symtable/build.ts';
import { futureFromAst } from './symtable/future.ts';

export interface CompileOptions {
  filename: string;
  mode: 'exec' | 'eval' | 'single';
  /** 0 as without -O; 1 drops assertions and makes __debug__ False; 2 drops docstrings too. */
  optimize?: 0 | 1 | 2;
  /** CO_FUTURE_ flags that hold already, as in code compiled by a module that has them. */
  flags?: number;
  /** Loads of locals borrow where 3.14's do. */
  borrowedLoads?: boolean;
  onWarning?: CompileWarning;
  /** x ** y as the runtime rounds it, for folding; the host's else. */
  power?: Power;
  /** Receives the constants of the tree: what CPython's arena keeps alive while the tree lives. */
  arena?: Set<Constant>;
  /** Receives what CPython would make and free meanwhile. */
  ledger?: Ledger;
}

const PyCF_MASK = 0x1fe0000;

export function compile(source: string | Uint8Array, options: CompileOptions & ParseOptions): CodeData {
  return compileModule(parse(source, options), options);
}

/** Folds constants in `mod` in place and compiles it. */
export function compileModule(mod: Mod, options: CompileOptions): CodeData {
  try {
    return compileTree(mod, options);
  } catch (error) {
    // Deep trees can exhaust the host's stack before the depth at which CPython gives up.
    if (error instanceof RangeError && /call stack/i.test(error.message)) {
      throw new PyRecursionError('maximum recursion depth exceeded during compilation');
    }
    throw error;
  } finally {
    forgetLocations();
    noting.ledger = null;
  }
}

/** Folds constants in `mod` in place, as before compiling. */
export function optimizeModule(mod: Mod, options: CompileOptions): void {
  const context = { filename: options.filename, depth: 0 };
  const features = futureFromAst(mod, context).features | ((options.flags ?? 0) & PyCF_MASK);
  optimizeAst(mod, context, options.optimize ?? 0, features, options.power);
}

function compileTree(mod: Mod, options: CompileOptions): CodeData {
  const { filename } = options;
  const optimize = options.optimize ?? 0;
  const context = { filename, depth: 0 };
  const ledger = options.ledger ?? null;
  noting.ledger = ledger;
  ledger?.born(DICT);
  ledger?.born(LIST);
  const future = futureFromAst(mod, context);
  const flags = (options.flags ?? 0) & PyCF_MASK;
  future.features |= flags;
  optimizeAst(mod, context, optimize, future.features, options.power);
  const st = buildSymtable(mod, filename, future);
  const warn = (message: string, loc: Position) => options.onWarning?.('SyntaxWarning', message, loc.lineno);
  const c = new Compiler(filename, st, future, optimize, mod.kind === 'Interactive', future.features, warn);
  c.arena = options.arena;
  c.borrowedLoads = options.borrowedLoads ?? false;
  enterScope(c, '<module>', 'module', entryOf(c, mod), 1);
  if (mod.kind === 'Expression') visitExpr(c, mod.body);
  else compilerBody(c, new Loc(1, 1, 0, 0), mod.body);
  const code = finishScope(c, mod.kind !== 'Expression');
  if (ledger !== null) {
    freeSymtable(st);
    ledger.died(DICT);
    ledger.end();
    ledger.died(LIST);
  }
  return code;
}
