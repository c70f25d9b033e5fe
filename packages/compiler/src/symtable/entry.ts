// One entry a block: module, class, function, annotation or type-parameter scope (CPython's PySTEntryObject).
import type { Expr, Mod, Position, Stmt, TypeParam } from '../ast.ts';
import { DICT, LIST, noting } from '../ledger.ts';

export const DEF_GLOBAL = 1;
export const DEF_LOCAL = 2;
export const DEF_PARAM = 1 << 2;
export const DEF_NONLOCAL = 1 << 3;
export const USE = 1 << 4;
export const DEF_FREE_CLASS = 1 << 6;
export const DEF_IMPORT = 1 << 7;
export const DEF_ANNOT = 1 << 8;
export const DEF_COMP_ITER = 1 << 9;
export const DEF_TYPE_PARAM = 1 << 10;
export const DEF_COMP_CELL = 1 << 11;
export const DEF_BOUND = DEF_LOCAL | DEF_PARAM | DEF_IMPORT;

/** The scope found by the analysis is stored above the flags. */
export const SCOPE_OFFSET = 12;
const SCOPE_MASK = DEF_GLOBAL | DEF_LOCAL | DEF_PARAM | DEF_NONLOCAL;

export const LOCAL = 1;
export const GLOBAL_EXPLICIT = 2;
export const GLOBAL_IMPLICIT = 3;
export const FREE = 4;
export const CELL = 5;

export type BlockType =
  | 'Function'
  | 'Class'
  | 'Module'
  | 'Annotation'
  | 'TypeAlias'
  | 'TypeParameters'
  | 'TypeVariable';

export type ComprehensionKind = '' | 'list' | 'dict' | 'set' | 'generator';

/** What a block is found by: its node, or the list of type parameters. */
export type BlockKey = Mod | Stmt | Expr | TypeParam | TypeParam[];

export interface Directive {
  name: string;
  loc: Position;
}

export class SymtableEntry {
  name: string;
  type: BlockType;
  loc: Position;
  nested: boolean;
  symbols = new Map<string, number>();
  varnames: string[] = [];
  children: SymtableEntry[] = [];
  directives: Directive[] | null = null;
  mangledNames: Set<string> | null = null;
  scopeInfo = '';
  generator = false;
  coroutine = false;
  comprehension: ComprehensionKind = '';
  varargs = false;
  varkeywords = false;
  returnsValue = false;
  needsClassClosure = false;
  needsClassdict = false;
  compInlined = false;
  compIterTarget = false;
  canSeeClassScope = false;
  compIterExpr = 0;

  constructor(name: string, type: BlockType, loc: Position, nested: boolean) {
    this.name = name;
    this.type = type;
    this.loc = loc;
    this.nested = nested;
    const { ledger } = noting;
    if (ledger !== null) {
      ledger.born(DICT);
      ledger.born(LIST);
      ledger.born(LIST);
    }
  }

  /** _PyST_IsFunctionLike */
  isFunctionLike(): boolean {
    const t = this.type;
    return t === 'Function' || t === 'TypeVariable' || t === 'TypeAlias' || t === 'TypeParameters';
  }

  /** _PyST_GetSymbol */
  getSymbol(name: string): number {
    return this.symbols.get(name) ?? 0;
  }

  /** _PyST_GetScope */
  getScope(name: string): number {
    return symbolToScope(this.symbols.get(name) ?? 0);
  }
}

export function symbolToScope(flags: number): number {
  return (flags >> SCOPE_OFFSET) & SCOPE_MASK;
}
