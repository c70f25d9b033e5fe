// The state of a compilation: one unit a code object being written, and what all units share (CPython's compile.c).
import type { Position, Stmt } from '../ast.ts';
import { type CompileContext, syntaxErrorAt } from '../compile-errors.ts';
import type { Constant } from '../constants.ts';
import { noting } from '../ledger.ts';
import { Op } from '../opcodes.ts';
import { setOrder } from '../set-order.ts';
import type { Symtable } from '../symtable/build.ts';
import { CELL, DEF_COMP_CELL, DEF_FREE_CLASS, FREE, type SymtableEntry, symbolToScope } from '../symtable/entry.ts';
import type { FutureFeatures } from '../symtable/future.ts';
import { maybeMangle } from '../symtable/mangle.ts';
import { constantKey } from './constant-key.ts';
import { InstructionSequence, type Label, type Loc, locOf } from './instructions.ts';

export type ScopeType = 'module' | 'class' | 'function' | 'async function' | 'lambda' | 'comprehension' | 'type params';

export type FrameBlockType =
  | 'while loop'
  | 'for loop'
  | 'try except'
  | 'finally try'
  | 'finally end'
  | 'with'
  | 'async with'
  | 'handler cleanup'
  | 'pop value'
  | 'exception handler'
  | 'exception group handler'
  | 'async comprehension generator'
  | 'stop iteration';

export interface FrameBlock {
  type: FrameBlockType;
  block: Label;
  loc: Loc;
  /** Where the block ends (a loop's `break`), or -1. */
  exit: Label;
  /** The name bound by a handler, the body of a finally, or the statement of a with. */
  datum: string | Stmt[] | (Stmt & { kind: 'With' | 'AsyncWith' }) | null;
}

/** CO_MAXBLOCKS: frames of blocks in one code object. */
const maxBlocks = 21;

export class Unit {
  ste: SymtableEntry;
  scopeType: ScopeType;
  name: string;
  qualname: string;
  parent: Unit | null;
  /** Name of the class around, for mangling. */
  private: string | null;
  firstlineno: number;
  argcount = 0;
  posonlyargcount = 0;
  kwonlyargcount = 0;
  sequence = new InstructionSequence();
  consts = new Map<string, number>();
  constList: Constant[] = [];
  names = new Map<string, number>();
  varnames = new Map<string, number>();
  cellvars = new Map<string, number>();
  freevars = new Map<string, number>();
  /** Names of inlined comprehensions: true while they are fast locals. */
  fasthidden = new Map<string, boolean>();
  staticAttributes: Set<string> | null = null;
  blocks: FrameBlock[] = [];
  inInlinedComp = false;

  constructor(ste: SymtableEntry, scopeType: ScopeType, name: string, firstlineno: number, parent: Unit | null) {
    this.ste = ste;
    this.scopeType = scopeType;
    this.name = name;
    this.qualname = name;
    this.firstlineno = firstlineno;
    this.parent = parent;
    this.private = parent === null ? null : parent.private;
    for (const varname of ste.varnames) this.varnames.set(varname, this.varnames.size);
    const sorted = [...ste.symbols.keys()].sort(compareCodePoints);
    for (const symbol of sorted) {
      const flags = ste.symbols.get(symbol)!;
      if (symbolToScope(flags) === CELL || flags & DEF_COMP_CELL) this.cellvars.set(symbol, this.cellvars.size);
    }
    if (ste.needsClassClosure) this.cellvars.set('__class__', this.cellvars.size);
    if (ste.needsClassdict) this.cellvars.set('__classdict__', this.cellvars.size);
    for (const symbol of sorted) {
      const flags = ste.symbols.get(symbol)!;
      if (symbolToScope(flags) === FREE || flags & DEF_FREE_CLASS) {
        this.freevars.set(symbol, this.cellvars.size + this.freevars.size);
      }
    }
  }
}

/** Python orders strings by code points, JavaScript by UTF-16 units. */
export function compareCodePoints(a: string, b: string): number {
  const n = Math.min(a.length, b.length);
  for (let i = 0; i < n; i++) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    if (x === y) continue;
    const highX = x >= 0xd800 && x <= 0xdfff;
    const highY = y >= 0xd800 && y <= 0xdfff;
    return highX === highY ? x - y : highX ? 1 : -1;
  }
  return a.length - b.length;
}

export class Compiler implements CompileContext {
  filename: string;
  depth = 0;
  st: Symtable;
  future: FutureFeatures;
  optimize: number;
  interactive: boolean;
  flags: number;
  u!: Unit;
  /** Constants that are equal are one object throughout a module. */
  constCache = new Map<string, Constant>();
  /** The constants that come from the tree, where someone asked for them. */
  arena: Set<Constant> | undefined;
  /** Loads of locals borrow where 3.14's do. */
  borrowedLoads = false;
  warn: (message: string, loc: Position) => void;

  constructor(
    filename: string,
    st: Symtable,
    future: FutureFeatures,
    optimize: number,
    interactive: boolean,
    flags: number,
    warn: (message: string, loc: Position) => void,
  ) {
    this.filename = filename;
    this.st = st;
    this.future = future;
    this.optimize = optimize;
    this.interactive = interactive;
    this.flags = flags;
    this.warn = warn;
  }
}

let lastNode: Position | null = null;
let lastLoc: Loc = locOf({ lineno: -1, col_offset: -1, end_lineno: -1, end_col_offset: -1 });

/** LOC: instructions of one node share one Loc. */
export function LOC(node: Position): Loc {
  if (node !== lastNode) {
    lastNode = node;
    lastLoc = locOf(node);
  }
  return lastLoc;
}

/** Drops the reference to the last tree. */
export function forgetLocations(): void {
  lastNode = null;
}

export function compilerError(c: Compiler, loc: Loc, message: string): Error {
  const place = {
    lineno: loc.lineno,
    col_offset: loc.col,
    end_lineno: loc.endLineno,
    end_col_offset: loc.endCol,
  };
  return syntaxErrorAt(c, message, place, 'compiler');
}

export function mangled(c: Compiler, name: string): string {
  return maybeMangle(c.u.private, c.u.ste, name);
}

export function indexIn(names: Map<string, number>, name: string): number {
  let index = names.get(name);
  if (index === undefined) {
    index = names.size;
    names.set(name, index);
  }
  return index;
}

/** Equal constants become one object; the parts of a tuple too (merge_consts_recursive). */
function mergeConst(c: Compiler, key: string, value: Constant): Constant {
  const known = c.constCache.get(key);
  if (known !== undefined) return known;
  c.constCache.set(key, value);
  if (value.t === 'tuple' || value.t === 'frozenset') {
    value.v = value.v.map((item) => mergeConst(c, constantKey(item), item));
    // CPython fills a second table from the first one here: whoever makes the set fills it in this order.
    if (value.t === 'frozenset') value.v = setOrder(value.v);
  }
  return value;
}

export function addConst(c: Compiler, value: Constant): number {
  const key = constantKey(value);
  noting.ledger?.merge(value, key, constantKey);
  const { u } = c;
  let index = u.consts.get(key);
  if (index === undefined) {
    index = u.constList.length;
    u.consts.set(key, index);
    u.constList.push(mergeConst(c, key, value));
  }
  return index;
}

export function newLabel(c: Compiler): Label {
  return c.u.sequence.newLabel();
}

export function useLabel(c: Compiler, label: Label): void {
  c.u.sequence.useLabel(label);
}

export function ADDOP(c: Compiler, loc: Loc, op: number): void {
  c.u.sequence.addop(op, 0, loc);
}

export function ADDOP_I(c: Compiler, loc: Loc, op: number, oparg: number): void {
  c.u.sequence.addop(op, oparg, loc);
}

export function ADDOP_JUMP(c: Compiler, loc: Loc, op: number, target: Label): void {
  c.u.sequence.addop(op, target, loc);
}

export function ADDOP_LOAD_CONST(c: Compiler, loc: Loc, value: Constant): void {
  c.u.sequence.addop(Op.LOAD_CONST, addConst(c, value), loc);
}

/** An instruction with a mangled name in co_names; attribute loads keep flags in the low bits of the argument. */
export function ADDOP_NAME(c: Compiler, loc: Loc, op: number, name: string): void {
  let arg = indexIn(c.u.names, mangled(c, name));
  let opcode = op;
  switch (op) {
    case Op.LOAD_ATTR:
      arg <<= 1;
      break;
    case Op.LOAD_METHOD:
      opcode = Op.LOAD_ATTR;
      arg = (arg << 1) | 1;
      break;
    case Op.LOAD_SUPER_ATTR:
      arg = (arg << 2) | 2;
      break;
    case Op.LOAD_SUPER_METHOD:
      opcode = Op.LOAD_SUPER_ATTR;
      arg = (arg << 2) | 3;
      break;
    case Op.LOAD_ZERO_SUPER_ATTR:
      opcode = Op.LOAD_SUPER_ATTR;
      arg <<= 2;
      break;
    case Op.LOAD_ZERO_SUPER_METHOD:
      opcode = Op.LOAD_SUPER_ATTR;
      arg = (arg << 2) | 1;
      break;
    default:
      break;
  }
  c.u.sequence.addop(opcode, arg, loc);
}

export function pushBlock(
  c: Compiler,
  loc: Loc,
  type: FrameBlockType,
  block: Label,
  exit: Label,
  datum: FrameBlock['datum'],
): void {
  if (c.u.blocks.length >= maxBlocks) throw compilerError(c, loc, 'too many statically nested blocks');
  c.u.blocks.push({ type, block, loc, exit, datum });
}

export function popBlock(c: Compiler, type: FrameBlockType): void {
  const block = c.u.blocks.pop();
  if (block?.type !== type) throw new Error(`block stack: expected ${type}, found ${block?.type}`);
}
