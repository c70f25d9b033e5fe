// Which scope each name has: local, cell, free or global (second pass of CPython's Python/symtable.c).
import { type CompileContext, enterRecursion, leaveRecursion, syntaxErrorAt } from '../compile-errors.ts';
import { DICT, noting, OTHER } from '../ledger.ts';
import {
  CELL,
  DEF_BOUND,
  DEF_COMP_CELL,
  DEF_FREE_CLASS,
  DEF_GLOBAL,
  DEF_NONLOCAL,
  DEF_PARAM,
  DEF_TYPE_PARAM,
  FREE,
  GLOBAL_EXPLICIT,
  GLOBAL_IMPLICIT,
  LOCAL,
  SCOPE_OFFSET,
  type SymtableEntry,
  symbolToScope,
} from './entry.ts';

type Names = Set<string>;

function addAll(to: Names, from: Names): void {
  for (const name of from) to.add(name);
}

function errorAtDirective(context: CompileContext, ste: SymtableEntry, name: string, message: string): Error {
  const directive = ste.directives?.find((d) => d.name === name);
  return syntaxErrorAt(context, message, directive?.loc ?? ste.loc);
}

function analyzeName(
  context: CompileContext,
  ste: SymtableEntry,
  scopes: Map<string, number>,
  name: string,
  flags: number,
  bound: Names | null,
  local: Names,
  free: Names,
  global: Names,
  typeParams: Names,
  classEntry: SymtableEntry | null,
): void {
  if (flags & DEF_GLOBAL) {
    if (flags & DEF_NONLOCAL) throw errorAtDirective(context, ste, name, `name '${name}' is nonlocal and global`);
    scopes.set(name, GLOBAL_EXPLICIT);
    global.add(name);
    bound?.delete(name);
    return;
  }
  if (flags & DEF_NONLOCAL) {
    if (bound === null) throw errorAtDirective(context, ste, name, 'nonlocal declaration not allowed at module level');
    if (!bound.has(name)) throw errorAtDirective(context, ste, name, `no binding for nonlocal '${name}' found`);
    if (typeParams.has(name)) {
      throw errorAtDirective(context, ste, name, `nonlocal binding not allowed for type parameter '${name}'`);
    }
    scopes.set(name, FREE);
    free.add(name);
    return;
  }
  if (flags & DEF_BOUND) {
    scopes.set(name, LOCAL);
    local.add(name);
    global.delete(name);
    if (flags & DEF_TYPE_PARAM) typeParams.add(name);
    else typeParams.delete(name);
    return;
  }
  if (classEntry !== null) {
    const classFlags = classEntry.getSymbol(name);
    if (classFlags & DEF_GLOBAL) {
      scopes.set(name, GLOBAL_EXPLICIT);
      return;
    }
    if (classFlags & DEF_BOUND && !(classFlags & DEF_NONLOCAL)) {
      scopes.set(name, GLOBAL_IMPLICIT);
      return;
    }
  }
  if (bound?.has(name)) {
    scopes.set(name, FREE);
    free.add(name);
    return;
  }
  scopes.set(name, GLOBAL_IMPLICIT);
}

function isFreeInAnyChild(entry: SymtableEntry, name: string): boolean {
  return entry.children.some((child) => child.getScope(name) === FREE);
}

/** PEP 709: the names of an inlined comprehension become names of the block around it. */
function inlineComprehension(
  ste: SymtableEntry,
  comp: SymtableEntry,
  scopes: Map<string, number>,
  compFree: Names,
  inlinedCells: Names,
): void {
  let removeDunderClass = false;
  for (const [name, flags] of comp.symbols) {
    if (flags & DEF_PARAM) continue;
    let scope = symbolToScope(flags);
    const onlyFlags = flags & ((1 << SCOPE_OFFSET) - 1);
    if (scope === CELL || onlyFlags & DEF_COMP_CELL) inlinedCells.add(name);
    const existing = ste.symbols.get(name);
    if (scope === FREE && ste.type === 'Class' && name === '__class__') {
      scope = GLOBAL_IMPLICIT;
      compFree.delete(name);
      removeDunderClass = true;
    }
    if (existing === undefined) {
      ste.symbols.set(name, onlyFlags);
      scopes.set(name, scope);
    } else if (existing & DEF_BOUND && ste.type !== 'Class' && !isFreeInAnyChild(comp, name)) {
      compFree.delete(name);
    }
  }
  if (removeDunderClass) comp.symbols.delete('__class__');
}

function analyzeCells(scopes: Map<string, number>, free: Names, inlinedCells: Names): void {
  for (const [name, scope] of scopes) {
    if (scope !== LOCAL || (!free.has(name) && !inlinedCells.has(name))) continue;
    scopes.set(name, CELL);
    free.delete(name);
  }
}

function updateSymbols(
  symbols: Map<string, number>,
  scopes: Map<string, number>,
  bound: Names | null,
  free: Names,
  inlinedCells: Names,
  classFlag: boolean,
): void {
  for (const [name, flags] of symbols) {
    const cell = inlinedCells.has(name) ? DEF_COMP_CELL : 0;
    symbols.set(name, flags | cell | (scopes.get(name)! << SCOPE_OFFSET));
  }
  for (const name of free) {
    const flags = symbols.get(name);
    if (flags !== undefined) {
      if (classFlag) symbols.set(name, flags | DEF_FREE_CLASS);
      continue;
    }
    if (bound !== null && !bound.has(name)) continue;
    symbols.set(name, FREE << SCOPE_OFFSET);
  }
}

export function analyzeBlock(
  context: CompileContext,
  ste: SymtableEntry,
  bound: Names | null,
  free: Names,
  global: Names,
  typeParams: Names,
  classEntry: SymtableEntry | null,
): void {
  enterRecursion(context);
  noteBlock(true);
  const local: Names = new Set();
  const scopes = new Map<string, number>();
  const newglobal: Names = new Set();
  const newbound: Names = new Set();
  const newfree: Names = new Set();
  const inlinedCells: Names = new Set();
  const isClass = ste.type === 'Class';
  // A class's names are not seen by the functions in it, so what they see is settled before the class is read.
  if (isClass) {
    addAll(newglobal, global);
    if (bound !== null) addAll(newbound, bound);
  }
  for (const [name, flags] of ste.symbols) {
    analyzeName(context, ste, scopes, name, flags, bound, local, free, global, typeParams, classEntry);
  }
  if (!isClass) {
    if (ste.isFunctionLike()) addAll(newbound, local);
    if (bound !== null) addAll(newbound, bound);
    addAll(newglobal, global);
  } else {
    newbound.add('__class__');
    newbound.add('__classdict__');
  }
  for (const entry of ste.children) {
    let newClassEntry: SymtableEntry | null = null;
    if (entry.canSeeClassScope) newClassEntry = isClass ? ste : classEntry;
    const inlineComp = entry.comprehension !== '' && entry.comprehension !== 'generator' && !ste.canSeeClassScope;
    const childFree: Names = new Set();
    noteChild(true);
    analyzeBlock(context, entry, new Set(newbound), childFree, new Set(newglobal), new Set(typeParams), newClassEntry);
    if (inlineComp) {
      inlineComprehension(ste, entry, scopes, childFree, inlinedCells);
      entry.compInlined = true;
    }
    addAll(newfree, childFree);
    noteChild(false);
  }
  if (ste.children.some((entry) => entry.compInlined)) {
    ste.children = ste.children.flatMap((entry) => (entry.compInlined ? entry.children : [entry]));
  }
  if (ste.isFunctionLike()) analyzeCells(scopes, newfree, inlinedCells);
  else if (isClass) {
    if (newfree.delete('__class__')) ste.needsClassClosure = true;
    if (newfree.delete('__classdict__')) ste.needsClassdict = true;
  }
  updateSymbols(ste.symbols, scopes, bound, newfree, inlinedCells, isClass || ste.canSeeClassScope);
  addAll(free, newfree);
  noteBlock(false);
  leaveRecursion(context);
}

/** The sets and the dict of a block, in the ledger. */
function noteBlock(begins: boolean): void {
  const { ledger } = noting;
  if (ledger === null) return;
  const change = begins ? ledger.born : ledger.died;
  change.call(ledger, DICT);
  for (let i = 0; i < 5; i++) change.call(ledger, OTHER);
}
/** The sets that a child of a block is given. */
function noteChild(begins: boolean): void {
  const { ledger } = noting;
  if (ledger === null) return;
  const change = begins ? ledger.born : ledger.died;
  for (let i = 0; i < 3; i++) change.call(ledger, OTHER);
}
