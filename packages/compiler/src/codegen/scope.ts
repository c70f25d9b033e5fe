// Entering and leaving a code object, loading and storing names, closures (CPython's Python/compile.c).
import type { CodeData } from '../code.ts';
import { assembleUnit } from '../assemble.ts';
import { NONE } from '../constant-ops.ts';
import { DICT, LIST, noting, OTHER } from '../ledger.ts';
import { Op } from '../opcodes.ts';
import type { BlockKey, SymtableEntry } from '../symtable/entry.ts';
import { CELL, FREE, GLOBAL_EXPLICIT, GLOBAL_IMPLICIT, LOCAL } from '../symtable/entry.ts';
import { mangle } from '../symtable/mangle.ts';
import { Loc, NO_LOCATION } from './instructions.ts';
import {
  ADDOP,
  ADDOP_I,
  ADDOP_LOAD_CONST,
  type Compiler,
  compilerError,
  indexIn,
  mangled,
  type ScopeType,
  Unit,
} from './unit.ts';

export const MAKE_FUNCTION_DEFAULTS = 1;
export const MAKE_FUNCTION_KWDEFAULTS = 2;
export const MAKE_FUNCTION_ANNOTATIONS = 4;
const MAKE_FUNCTION_CLOSURE = 8;

const CO_OPTIMIZED = 0x1;
const CO_NEWLOCALS = 0x2;
const CO_VARARGS = 0x4;
const CO_VARKEYWORDS = 0x8;
const CO_NESTED = 0x10;
const CO_GENERATOR = 0x20;
const CO_COROUTINE = 0x80;
const CO_ASYNC_GENERATOR = 0x200;

export type NameContext = 'Load' | 'Store' | 'Del';

export function entryOf(c: Compiler, key: BlockKey): SymtableEntry {
  const entry = c.st.blocks.get(key);
  if (entry === undefined) throw new Error('no symbol table entry for this node');
  return entry;
}

export function enterScope(
  c: Compiler,
  name: string,
  scopeType: ScopeType,
  entry: SymtableEntry,
  lineno: number,
): void {
  const parent: Unit | null = c.u ?? null;
  c.u = new Unit(entry, scopeType, name, lineno, parent);
  if (scopeType === 'class') c.u.staticAttributes = new Set();
  noteScope(true, c.u);
  if (parent !== null) setQualname(c.u, parent);
  ADDOP_I(c, new Loc(scopeType === 'module' ? 0 : lineno, lineno, 0, 0), Op.RESUME, 0);
}

/** What a unit has, in the ledger: six dicts, for a class a set, inside another unit a capsule. */
function noteScope(begins: boolean, u: Unit): void {
  const { ledger } = noting;
  if (ledger === null) return;
  const others = (u.scopeType === 'class' ? 1 : 0) + (u.parent !== null ? 1 : 0);
  if (!begins) {
    for (let i = 0; i < 6; i++) ledger.died(DICT);
    for (let i = 0; i < others; i++) ledger.died(OTHER);
    return;
  }
  ledger.born(DICT);
  for (let i = 0; i < 2; i++) {
    ledger.born(DICT);
    ledger.once(LIST);
  }
  for (let i = 0; i < 3; i++) ledger.born(DICT);
  for (let i = 0; i < others; i++) ledger.born(OTHER);
}

function setQualname(u: Unit, directParent: Unit): void {
  // The module's own names have no prefix.
  if (directParent.parent === null) return;
  let parent = directParent;
  if (parent.scopeType === 'type params') {
    parent = parent.parent!;
    if (parent.parent === null) return;
  }
  if (u.scopeType === 'function' || u.scopeType === 'async function' || u.scopeType === 'class') {
    if (parent.ste.getScope(mangle(parent.private, u.name)) === GLOBAL_EXPLICIT) return;
  }
  const inFunction =
    parent.scopeType === 'function' || parent.scopeType === 'async function' || parent.scopeType === 'lambda';
  u.qualname = `${parent.qualname}${inFunction ? '.<locals>' : ''}.${u.name}`;
}

/** Ends the code object being written, falling off its end with None where asked, and goes back to the one around. */
export function finishScope(c: Compiler, addNone: boolean): CodeData {
  if (addNone) ADDOP_LOAD_CONST(c, NO_LOCATION, NONE);
  ADDOP(c, NO_LOCATION, Op.RETURN_VALUE);
  const code = assembleUnit(c, computeCodeFlags(c));
  noteScope(false, c.u);
  if (c.u.parent !== null) c.u = c.u.parent;
  return code;
}

function computeCodeFlags(c: Compiler): number {
  const { ste } = c.u;
  let flags = c.flags;
  if (!ste.isFunctionLike()) return flags;
  flags |= CO_NEWLOCALS | CO_OPTIMIZED;
  if (ste.nested) flags |= CO_NESTED;
  if (ste.generator) flags |= ste.coroutine ? CO_ASYNC_GENERATOR : CO_GENERATOR;
  else if (ste.coroutine) flags |= CO_COROUTINE;
  if (ste.varargs) flags |= CO_VARARGS;
  if (ste.varkeywords) flags |= CO_VARKEYWORDS;
  return flags;
}

export function forbiddenName(c: Compiler, loc: Loc, name: string, ctx: NameContext): void {
  if (name !== '__debug__' || ctx === 'Load') return;
  throw compilerError(c, loc, ctx === 'Store' ? 'cannot assign to __debug__' : 'cannot delete __debug__');
}

const derefOps = { Load: Op.LOAD_DEREF, Store: Op.STORE_DEREF, Del: Op.DELETE_DEREF };
const fastOps = { Load: Op.LOAD_FAST, Store: Op.STORE_FAST, Del: Op.DELETE_FAST };
const globalOps = { Load: Op.LOAD_GLOBAL, Store: Op.STORE_GLOBAL, Del: Op.DELETE_GLOBAL };
const nameOps = { Load: Op.LOAD_NAME, Store: Op.STORE_NAME, Del: Op.DELETE_NAME };

export function compiler_nameop(c: Compiler, loc: Loc, name: string, ctx: NameContext): void {
  forbiddenName(c, loc, name, ctx);
  const { u } = c;
  const { ste } = u;
  const key = mangled(c, name);
  const scope = ste.getScope(key);
  let op: number;
  let names = u.names;
  if (scope === FREE || scope === CELL) {
    names = scope === FREE ? u.freevars : u.cellvars;
    op = derefOps[ctx];
    if (ctx === 'Load') {
      if (ste.type === 'Class' && !u.inInlinedComp) {
        op = Op.LOAD_FROM_DICT_OR_DEREF;
        ADDOP(c, loc, Op.LOAD_LOCALS);
      } else if (ste.canSeeClassScope) {
        op = Op.LOAD_FROM_DICT_OR_DEREF;
        ADDOP_I(c, loc, Op.LOAD_DEREF, indexIn(u.freevars, '__classdict__'));
      }
    }
  } else if (scope === LOCAL && (ste.isFunctionLike() || u.fasthidden.get(key) === true)) {
    names = u.varnames;
    op = fastOps[ctx];
  } else if (scope === GLOBAL_EXPLICIT || (scope === GLOBAL_IMPLICIT && ste.isFunctionLike())) {
    op = globalOps[ctx];
    if (ctx === 'Load' && ste.canSeeClassScope && scope === GLOBAL_IMPLICIT) {
      op = Op.LOAD_FROM_DICT_OR_GLOBALS;
      ADDOP_I(c, loc, Op.LOAD_DEREF, indexIn(u.freevars, '__classdict__'));
    }
  } else {
    op = nameOps[ctx];
    // In a comprehension that was inlined into a class, the class's names are not seen.
    if (ctx === 'Load' && ste.type === 'Class' && u.inInlinedComp) op = Op.LOAD_GLOBAL;
  }
  const arg = indexIn(names, key);
  ADDOP_I(c, loc, op, op === Op.LOAD_GLOBAL ? arg << 1 : arg);
}

/** Whether a name that an inner function needs is a cell of this unit, or free here too. */
export function getRefType(c: Compiler, name: string): number {
  if (c.u.scopeType === 'class' && (name === '__class__' || name === '__classdict__')) return CELL;
  return c.u.ste.getScope(name);
}

export function makeClosure(c: Compiler, loc: Loc, code: CodeData, flags: number): void {
  let attributes = flags;
  let free = 0;
  for (let i = 0; i < code.co_localsplusnames.length; i++) {
    if ((code.co_localspluskinds[i]! & 0x80) === 0) continue;
    const name = code.co_localsplusnames[i]!;
    const names = getRefType(c, name) === CELL ? c.u.cellvars : c.u.freevars;
    const index = names.get(name);
    if (index === undefined) throw new Error(`no cell for ${name} in ${c.u.qualname}`);
    ADDOP_I(c, loc, Op.LOAD_CLOSURE, index);
    free++;
  }
  if (free > 0) {
    attributes |= MAKE_FUNCTION_CLOSURE;
    ADDOP_I(c, loc, Op.BUILD_TUPLE, free);
  }
  ADDOP_LOAD_CONST(c, loc, { t: 'code', v: code });
  ADDOP(c, loc, Op.MAKE_FUNCTION);
  for (const attribute of [
    MAKE_FUNCTION_CLOSURE,
    MAKE_FUNCTION_ANNOTATIONS,
    MAKE_FUNCTION_KWDEFAULTS,
    MAKE_FUNCTION_DEFAULTS,
  ]) {
    if (attributes & attribute) ADDOP_I(c, loc, Op.SET_FUNCTION_ATTRIBUTE, attribute);
  }
}
