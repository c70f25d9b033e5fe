// match statements and patterns (CPython's Python/compile.c).
import type { Expr, MatchCase, Pattern, Stmt } from '../ast.ts';
import { enterRecursion, leaveRecursion } from '../compile-errors.ts';
import { equalityKey, NONE, strConst, tupleConst } from '../constant-ops.ts';
import { LIST, noting, OTHER } from '../ledger.ts';
import { Op } from '../opcodes.ts';
import { quote } from '../repr.ts';
import { ADDOP_COMPARE, compiler_jump_if } from './conditions.ts';
import { binaryOperators, loadInt, visitExpr } from './expr.ts';
import { type Label, type Loc, NO_LOCATION } from './instructions.ts';
import { compiler_nameop, forbiddenName } from './scope.ts';
import { visitStmts } from './stmt.ts';
import {
  ADDOP,
  ADDOP_I,
  ADDOP_JUMP,
  ADDOP_LOAD_CONST,
  type Compiler,
  compilerError,
  LOC,
  newLabel,
  useLabel,
} from './unit.ts';
import { constantRepr } from '../repr.ts';

interface PatternContext {
  /** Names whose values wait on the stack, bottom first, until the whole pattern has matched. */
  stores: string[];
  allowIrrefutable: boolean;
  /** failPop[n]: where to go with n values to pop. */
  failPop: Label[];
  /** Values above the stores that the pattern still needs. */
  onTop: number;
}

const isWildcard = (p: Pattern): boolean => p.kind === 'MatchAs' && p.name === null;
const isWildcardStar = (p: Pattern): boolean => p.kind === 'MatchStar' && p.name === null;

function ensureFailPop(c: Compiler, pc: PatternContext, n: number): void {
  while (pc.failPop.length <= n) pc.failPop.push(newLabel(c));
}

function jumpToFailPop(c: Compiler, loc: Loc, pc: PatternContext, op: number): void {
  const pops = pc.onTop + pc.stores.length;
  ensureFailPop(c, pc, pops);
  ADDOP_JUMP(c, loc, op, pc.failPop[pops]!);
}

function emitAndResetFailPop(c: Compiler, loc: Loc, pc: PatternContext): void {
  if (pc.failPop.length === 0) return;
  for (let i = pc.failPop.length - 1; i > 0; i--) {
    useLabel(c, pc.failPop[i]!);
    ADDOP(c, loc, Op.POP_TOP);
  }
  useLabel(c, pc.failPop[0]!);
  pc.failPop = [];
}

function rotate(c: Compiler, loc: Loc, count: number): void {
  for (let n = count; n > 1; n--) ADDOP_I(c, loc, Op.SWAP, n);
}

function duplicateStore(c: Compiler, loc: Loc, name: string): Error {
  return compilerError(c, loc, `multiple assignments to name ${quote(name)} in pattern`);
}

function storeName(c: Compiler, loc: Loc, name: string | null, pc: PatternContext): void {
  if (name === null) {
    ADDOP(c, loc, Op.POP_TOP);
    return;
  }
  forbiddenName(c, loc, name, 'Store');
  if (pc.stores.includes(name)) throw duplicateStore(c, loc, name);
  rotate(c, loc, pc.onTop + pc.stores.length + 1);
  pc.stores.push(name);
}

function visitPattern(c: Compiler, p: Pattern, pc: PatternContext): void {
  enterRecursion(c);
  switch (p.kind) {
    case 'MatchValue':
      patternValue(c, p, pc);
      break;
    case 'MatchSingleton':
      ADDOP_LOAD_CONST(c, LOC(p), p.value);
      ADDOP_COMPARE(c, LOC(p), 'Is');
      jumpToFailPop(c, LOC(p), pc, Op.POP_JUMP_IF_FALSE);
      break;
    case 'MatchSequence':
      patternSequence(c, p, pc);
      break;
    case 'MatchMapping':
      patternMapping(c, p, pc);
      break;
    case 'MatchClass':
      patternClass(c, p, pc);
      break;
    case 'MatchStar':
      storeName(c, LOC(p), p.name, pc);
      break;
    case 'MatchAs':
      patternAs(c, p, pc);
      break;
    case 'MatchOr':
      patternOr(c, p, pc);
      break;
  }
  leaveRecursion(c);
}

function visitSubpattern(c: Compiler, p: Pattern, pc: PatternContext): void {
  const before = pc.allowIrrefutable;
  pc.allowIrrefutable = true;
  visitPattern(c, p, pc);
  pc.allowIrrefutable = before;
}

function isValueExpr(e: Expr): boolean {
  return ['Constant', 'Attribute', 'UnaryOp', 'BinOp'].includes(e.kind);
}

function patternValue(c: Compiler, p: Pattern & { kind: 'MatchValue' }, pc: PatternContext): void {
  const loc = LOC(p);
  if (!isValueExpr(p.value)) {
    throw compilerError(c, loc, 'patterns may only match literals and attribute lookups');
  }
  visitExpr(c, p.value);
  ADDOP_COMPARE(c, loc, 'Eq');
  ADDOP(c, loc, Op.TO_BOOL);
  jumpToFailPop(c, loc, pc, Op.POP_JUMP_IF_FALSE);
}

function patternAs(c: Compiler, p: Pattern & { kind: 'MatchAs' }, pc: PatternContext): void {
  const loc = LOC(p);
  if (p.pattern === null) {
    if (!pc.allowIrrefutable) {
      const what = p.name === null ? 'wildcard' : `name capture ${quote(p.name)}`;
      throw compilerError(c, loc, `${what} makes remaining patterns unreachable`);
    }
    storeName(c, loc, p.name, pc);
    return;
  }
  pc.onTop++;
  ADDOP_I(c, loc, Op.COPY, 1);
  visitPattern(c, p.pattern, pc);
  pc.onTop--;
  storeName(c, loc, p.name, pc);
}

function patternSequence(c: Compiler, p: Pattern & { kind: 'MatchSequence' }, pc: PatternContext): void {
  const loc = LOC(p);
  const { patterns } = p;
  const size = patterns.length;
  let star = -1;
  let starWildcard = false;
  let onlyWildcard = true;
  patterns.forEach((pattern, i) => {
    if (pattern.kind === 'MatchStar') {
      if (star >= 0) throw compilerError(c, loc, 'multiple starred names in sequence pattern');
      starWildcard = isWildcardStar(pattern);
      onlyWildcard &&= starWildcard;
      star = i;
    } else {
      onlyWildcard &&= isWildcard(pattern);
    }
  });
  pc.onTop++;
  ADDOP(c, loc, Op.MATCH_SEQUENCE);
  jumpToFailPop(c, loc, pc, Op.POP_JUMP_IF_FALSE);
  if (star < 0 || size > 1) {
    ADDOP(c, loc, Op.GET_LEN);
    loadInt(c, loc, star < 0 ? size : size - 1);
    ADDOP_COMPARE(c, loc, star < 0 ? 'Eq' : 'GtE');
    jumpToFailPop(c, loc, pc, Op.POP_JUMP_IF_FALSE);
  }
  pc.onTop--;
  if (onlyWildcard) ADDOP(c, loc, Op.POP_TOP);
  else if (starWildcard) sequenceSubscr(c, loc, patterns, star, pc);
  else sequenceUnpack(c, loc, patterns, star, pc);
}

function sequenceUnpack(c: Compiler, loc: Loc, patterns: Pattern[], star: number, pc: PatternContext): void {
  const size = patterns.length;
  if (star < 0) {
    ADDOP_I(c, loc, Op.UNPACK_SEQUENCE, size);
  } else {
    if (star >= 1 << 8 || size - star - 1 >= 0x7fffff) {
      throw compilerError(c, loc, 'too many expressions in star-unpacking sequence pattern');
    }
    ADDOP_I(c, loc, Op.UNPACK_EX, star + ((size - star - 1) << 8));
  }
  pc.onTop += size;
  for (const pattern of patterns) {
    pc.onTop--;
    visitSubpattern(c, pattern, pc);
  }
}

/** With a starred wildcard the items are fetched one by one. */
function sequenceSubscr(c: Compiler, loc: Loc, patterns: Pattern[], star: number, pc: PatternContext): void {
  pc.onTop++;
  patterns.forEach((pattern, i) => {
    if (i === star || isWildcard(pattern)) return;
    ADDOP_I(c, loc, Op.COPY, 1);
    if (i < star) {
      loadInt(c, loc, i);
    } else {
      ADDOP(c, loc, Op.GET_LEN);
      loadInt(c, loc, patterns.length - i);
      ADDOP_I(c, loc, Op.BINARY_OP, binaryOperators.Sub);
    }
    ADDOP(c, loc, Op.BINARY_SUBSCR);
    visitSubpattern(c, pattern, pc);
  });
  pc.onTop--;
  ADDOP(c, loc, Op.POP_TOP);
}

function patternMapping(c: Compiler, p: Pattern & { kind: 'MatchMapping' }, pc: PatternContext): void {
  const loc = LOC(p);
  const size = p.keys.length;
  pc.onTop++;
  ADDOP(c, loc, Op.MATCH_MAPPING);
  jumpToFailPop(c, loc, pc, Op.POP_JUMP_IF_FALSE);
  if (size === 0 && p.rest === null) {
    pc.onTop--;
    ADDOP(c, loc, Op.POP_TOP);
    return;
  }
  if (size > 0) {
    ADDOP(c, loc, Op.GET_LEN);
    loadInt(c, loc, size);
    ADDOP_COMPARE(c, loc, 'GtE');
    jumpToFailPop(c, loc, pc, Op.POP_JUMP_IF_FALSE);
  }
  noting.ledger?.born(OTHER);
  const seen = new Set<string>();
  for (const key of p.keys) {
    if (key.kind === 'Constant') {
      const id = equalityKey(key.value);
      if (seen.has(id)) {
        throw compilerError(c, loc, `mapping pattern checks duplicate key (${constantRepr(key.value)})`);
      }
      seen.add(id);
    } else if (key.kind !== 'Attribute') {
      throw compilerError(c, loc, 'mapping pattern keys may only match literals and attribute lookups');
    }
    visitExpr(c, key);
  }
  noting.ledger?.died(OTHER);
  ADDOP_I(c, loc, Op.BUILD_TUPLE, size);
  ADDOP(c, loc, Op.MATCH_KEYS);
  pc.onTop += 2;
  ADDOP_I(c, loc, Op.COPY, 1);
  ADDOP_LOAD_CONST(c, loc, NONE);
  ADDOP_I(c, loc, Op.IS_OP, 1);
  jumpToFailPop(c, loc, pc, Op.POP_JUMP_IF_FALSE);
  ADDOP_I(c, loc, Op.UNPACK_SEQUENCE, size);
  pc.onTop += size - 1;
  for (const pattern of p.patterns) {
    pc.onTop--;
    visitSubpattern(c, pattern, pc);
  }
  pc.onTop -= 2;
  if (p.rest === null) {
    ADDOP(c, loc, Op.POP_TOP);
    ADDOP(c, loc, Op.POP_TOP);
    return;
  }
  // rest = dict(subject), then `del rest[key]` for each key.
  ADDOP_I(c, loc, Op.BUILD_MAP, 0);
  ADDOP_I(c, loc, Op.SWAP, 3);
  ADDOP_I(c, loc, Op.DICT_UPDATE, 2);
  ADDOP_I(c, loc, Op.UNPACK_SEQUENCE, size);
  for (let left = size; left > 0; left--) {
    ADDOP_I(c, loc, Op.COPY, 1 + left);
    ADDOP_I(c, loc, Op.SWAP, 2);
    ADDOP(c, loc, Op.DELETE_SUBSCR);
  }
  storeName(c, loc, p.rest, pc);
}

function patternClass(c: Compiler, p: Pattern & { kind: 'MatchClass' }, pc: PatternContext): void {
  const loc = LOC(p);
  const { patterns, kwd_attrs: attrs, kwd_patterns: kwdPatterns } = p;
  attrs.forEach((attr, i) => {
    forbiddenName(c, LOC(kwdPatterns[i]!), attr, 'Store');
    const again = attrs.indexOf(attr, i + 1);
    if (again >= 0) {
      throw compilerError(c, LOC(kwdPatterns[again]!), `attribute name repeated in class pattern: ${attr}`);
    }
  });
  visitExpr(c, p.cls);
  ADDOP_LOAD_CONST(c, loc, tupleConst(attrs.map(strConst)));
  ADDOP_I(c, loc, Op.MATCH_CLASS, patterns.length);
  ADDOP_I(c, loc, Op.COPY, 1);
  ADDOP_LOAD_CONST(c, loc, NONE);
  ADDOP_I(c, loc, Op.IS_OP, 1);
  pc.onTop++;
  jumpToFailPop(c, loc, pc, Op.POP_JUMP_IF_FALSE);
  const all = [...patterns, ...kwdPatterns];
  ADDOP_I(c, loc, Op.UNPACK_SEQUENCE, all.length);
  pc.onTop += all.length - 1;
  for (const pattern of all) {
    pc.onTop--;
    if (isWildcard(pattern)) ADDOP(c, loc, Op.POP_TOP);
    else visitSubpattern(c, pattern, pc);
  }
}

function patternOr(c: Compiler, p: Pattern & { kind: 'MatchOr' }, pc: PatternContext): void {
  const loc = LOC(p);
  const end = newLabel(c);
  const old = { ...pc };
  let control: string[] = [];
  const last = p.patterns.length - 1;
  p.patterns.forEach((alt, i) => {
    const altLoc = LOC(alt);
    noting.ledger?.born(LIST);
    // the list of the first alternative stays
    if (i > 1) noting.ledger?.died(LIST);
    pc.stores = [];
    pc.allowIrrefutable = i === last && old.allowIrrefutable;
    pc.failPop = [];
    pc.onTop = 0;
    ADDOP_I(c, altLoc, Op.COPY, 1);
    visitPattern(c, alt, pc);
    if (i === 0) control = [...pc.stores];
    else reorderStores(c, altLoc, control, pc, loc);
    ADDOP_JUMP(c, altLoc, Op.JUMP, end);
    emitAndResetFailPop(c, altLoc, pc);
  });
  noting.ledger?.died(LIST);
  if (last > 0) noting.ledger?.died(LIST);
  pc.stores = old.stores;
  pc.allowIrrefutable = old.allowIrrefutable;
  pc.failPop = old.failPop;
  pc.onTop = old.onTop;
  ADDOP(c, loc, Op.POP_TOP);
  jumpToFailPop(c, loc, pc, Op.JUMP);
  useLabel(c, end);
  const rotations = control.length + 1 + pc.onTop + pc.stores.length;
  for (const name of control) {
    rotate(c, loc, rotations);
    if (pc.stores.includes(name)) throw duplicateStore(c, loc, name);
    pc.stores.push(name);
  }
  ADDOP(c, loc, Op.POP_TOP);
}

/** Brings the captures of a later alternative into the order of the first one's. */
function reorderStores(c: Compiler, altLoc: Loc, control: string[], pc: PatternContext, loc: Loc): void {
  const differ = 'alternative patterns bind different names';
  if (pc.stores.length !== control.length) throw compilerError(c, loc, differ);
  for (let icontrol = control.length - 1; icontrol >= 0; icontrol--) {
    const istores = pc.stores.indexOf(control[icontrol]!);
    if (istores < 0) throw compilerError(c, loc, differ);
    if (icontrol === istores) continue;
    const rotations = istores + 1;
    noting.ledger?.once(LIST);
    const rotated = pc.stores.splice(0, rotations);
    pc.stores.splice(icontrol - istores, 0, ...rotated);
    for (let n = 0; n < rotations; n++) rotate(c, altLoc, icontrol + 1);
  }
}

export function compiler_match(c: Compiler, s: Stmt & { kind: 'Match' }): void {
  visitExpr(c, s.subject);
  const end = newLabel(c);
  const count = s.cases.length;
  const lastCase = s.cases[count - 1]!;
  const hasDefault =
    isWildcard(lastCase.pattern) && (lastCase.pattern as { pattern: unknown }).pattern === null && count > 1;
  const refutable = hasDefault ? count - 1 : count;
  const pc: PatternContext = { stores: [], allowIrrefutable: false, failPop: [], onTop: 0 };
  for (let i = 0; i < refutable; i++) {
    const m: MatchCase = s.cases[i]!;
    const loc = LOC(m.pattern);
    const keepSubject = i !== refutable - 1;
    if (keepSubject) ADDOP_I(c, loc, Op.COPY, 1);
    noting.ledger?.born(LIST);
    pc.stores = [];
    pc.allowIrrefutable = m.guard !== null || i === count - 1;
    pc.failPop = [];
    pc.onTop = 0;
    visitPattern(c, m.pattern, pc);
    for (const name of pc.stores) compiler_nameop(c, loc, name, 'Store');
    noting.ledger?.died(LIST);
    if (m.guard !== null) {
      ensureFailPop(c, pc, 0);
      compiler_jump_if(c, m.guard, pc.failPop[0]!, false);
    }
    if (keepSubject) ADDOP(c, loc, Op.POP_TOP);
    visitStmts(c, m.body);
    ADDOP_JUMP(c, NO_LOCATION, Op.JUMP, end);
    emitAndResetFailPop(c, loc, pc);
  }
  if (hasDefault) {
    const loc = LOC(lastCase.pattern);
    ADDOP(c, loc, count === 1 ? Op.POP_TOP : Op.NOP);
    if (lastCase.guard !== null) compiler_jump_if(c, lastCase.guard, end, false);
    visitStmts(c, lastCase.body);
  }
  useLabel(c, end);
}
