// The symbol table's first pass: every block, every name with how it is used (CPython's Python/symtable.c).
import type { Expr, Mod, Position } from '../ast.ts';
import { type CompileContext, syntaxErrorAt } from '../compile-errors.ts';
import { analyzeBlock } from './analyze.ts';
import {
  type BlockKey,
  type BlockType,
  DEF_COMP_ITER,
  DEF_GLOBAL,
  DEF_LOCAL,
  DEF_NONLOCAL,
  DEF_PARAM,
  DEF_TYPE_PARAM,
  SymtableEntry,
} from './entry.ts';
import { DICT, LIST, noting, OTHER, tuple } from '../ledger.ts';
import type { FutureFeatures } from './future.ts';
import { maybeMangle } from './mangle.ts';
import { visitExpr } from './visit-expr.ts';
import { visitStmts } from './visit-stmt.ts';

export interface Symtable extends CompileContext {
  cur: SymtableEntry;
  top: SymtableEntry;
  blocks: Map<BlockKey, SymtableEntry>;
  /** Blocks of the defaults of type variables, whose bounds have the node itself as the key. */
  defaultBlocks: Map<BlockKey, SymtableEntry>;
  stack: SymtableEntry[];
  private: string | null;
  future: FutureFeatures;
}

export function buildSymtable(mod: Mod, filename: string, future: FutureFeatures): Symtable {
  noting.ledger?.born(LIST);
  noting.ledger?.born(DICT);
  const start: Position = { lineno: 0, col_offset: 0, end_lineno: 0, end_col_offset: 0 };
  const top = new SymtableEntry('top', 'Module', start, false);
  const st: Symtable = {
    filename,
    depth: 0,
    cur: top,
    top,
    blocks: new Map<BlockKey, SymtableEntry>([[mod, top]]),
    defaultBlocks: new Map(),
    stack: [top],
    private: null,
    future,
  };
  if (mod.kind === 'Expression') visitExpr(st, mod.body);
  else visitStmts(st, mod.body);
  for (let i = 0; i < 3; i++) noting.ledger?.born(OTHER);
  analyzeBlock(st, top, null, new Set(), new Set(), new Set(), null);
  for (let i = 0; i < 3; i++) noting.ledger?.died(OTHER);
  return st;
}

/** The end of a symbol table, in the ledger. */
export function freeSymtable(st: Symtable): void {
  const { ledger } = noting;
  if (ledger === null) return;
  ledger.died(DICT);
  for (const blocks of [st.blocks, st.defaultBlocks]) {
    for (const entry of blocks.values()) noteFreed(entry);
  }
  ledger.died(LIST);
}
function noteFreed(entry: SymtableEntry): void {
  const { ledger } = noting;
  if (ledger === null) return;
  ledger.died(DICT);
  ledger.died(LIST);
  ledger.died(LIST);
  if (entry.directives === null) return;
  ledger.died(LIST);
  for (const _ of entry.directives) ledger.died(tuple(5));
}

export function enterBlock(
  st: Symtable,
  name: string,
  type: BlockType,
  key: BlockKey,
  loc: Position,
  blocks: Map<BlockKey, SymtableEntry> = st.blocks,
): SymtableEntry {
  const prev = st.cur;
  const entry = new SymtableEntry(name, type, loc, prev.nested || prev.isFunctionLike());
  const before = blocks.get(key);
  // the block of a function's annotations makes way for that of the function
  if (before !== undefined) noteFreed(before);
  blocks.set(key, entry);
  st.stack.push(entry);
  entry.compIterExpr = prev.compIterExpr;
  if (type !== 'Class') entry.mangledNames = prev.mangledNames;
  st.cur = entry;
  // Annotations that become strings bind and use nothing: their blocks stay outside the tree that is analysed.
  if (type !== 'Annotation') prev.children.push(entry);
  return entry;
}

export function exitBlock(st: Symtable): void {
  st.stack.pop();
  st.cur = st.stack[st.stack.length - 1]!;
}

export function lookup(st: Symtable, entry: SymtableEntry, name: string): number {
  return entry.symbols.get(maybeMangle(st.private, st.cur, name)) ?? 0;
}

function addDefHelper(st: Symtable, name: string, flag: number, entry: SymtableEntry, loc: Position): void {
  const mangled = maybeMangle(st.private, st.cur, name);
  let flags = flag;
  const before = entry.symbols.get(mangled);
  if (before !== undefined) {
    if (flag & DEF_PARAM && before & DEF_PARAM) {
      throw syntaxErrorAt(st, `duplicate argument '${name}' in function definition`, loc);
    }
    if (flag & DEF_TYPE_PARAM && before & DEF_TYPE_PARAM) {
      throw syntaxErrorAt(st, `duplicate type parameter '${name}'`, loc);
    }
    flags |= before;
  }
  if (entry.compIterTarget) {
    if (flags & (DEF_GLOBAL | DEF_NONLOCAL)) {
      const message = `comprehension inner loop cannot rebind assignment expression target '${name}'`;
      throw syntaxErrorAt(st, message, loc);
    }
    flags |= DEF_COMP_ITER;
  }
  entry.symbols.set(mangled, flags);
  if (flag & DEF_PARAM) entry.varnames.push(mangled);
  else if (flag & DEF_GLOBAL) {
    const global = st.top.symbols;
    global.set(mangled, flag | (global.get(mangled) ?? 0));
  }
}

export function addDef(st: Symtable, name: string, flag: number, loc: Position): void {
  if (flag & DEF_TYPE_PARAM && st.cur.mangledNames !== null) st.cur.mangledNames.add(name);
  addDefHelper(st, name, flag, st.cur, loc);
}

export function recordDirective(st: Symtable, name: string, loc: Position): void {
  if (st.cur.directives === null) {
    st.cur.directives = [];
    noting.ledger?.born(LIST);
  }
  noting.ledger?.born(tuple(5));
  st.cur.directives.push({ name: maybeMangle(st.private, st.cur, name), loc });
}

/** A walrus in a comprehension binds its name in the nearest function or module around. */
export function extendNamedExprScope(st: Symtable, target: Expr & { kind: 'Name' }): void {
  const name = target.id;
  for (let i = st.stack.length - 1; i >= 0; i--) {
    const entry = st.stack[i]!;
    if (entry.comprehension !== '') {
      const flags = lookup(st, entry, name);
      if (flags & DEF_COMP_ITER && flags & (DEF_LOCAL | DEF_GLOBAL)) {
        const message = `assignment expression cannot rebind comprehension iteration variable '${name}'`;
        throw syntaxErrorAt(st, message, target);
      }
      continue;
    }
    if (entry.type === 'Function') {
      addDef(st, name, lookup(st, entry, name) & DEF_GLOBAL ? DEF_GLOBAL : DEF_NONLOCAL, target);
      recordDirective(st, name, target);
      addDefHelper(st, name, DEF_LOCAL, entry, target);
      return;
    }
    if (entry.type === 'Module') {
      addDef(st, name, DEF_GLOBAL, target);
      recordDirective(st, name, target);
      addDefHelper(st, name, DEF_GLOBAL, entry, target);
      return;
    }
    const where = namedExprForbidden[entry.type];
    if (where !== undefined) {
      throw syntaxErrorAt(st, `assignment expression within a comprehension cannot be used ${where}`, target);
    }
  }
}

const namedExprForbidden: { [type: string]: string | undefined } = {
  Class: 'in a class body',
  TypeParameters: 'within the definition of a generic',
  TypeAlias: 'in a type alias',
  TypeVariable: 'in a TypeVar bound',
};
