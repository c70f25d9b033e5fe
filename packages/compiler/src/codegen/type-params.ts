// Type parameters and `type` statements (PEP 695 and 696; CPython's Python/compile.c).
import type { Expr, TypeAlias, TypeParam } from '../ast.ts';
import { NONE, strConst } from '../constant-ops.ts';
import { Op } from '../opcodes.ts';
import type { SymtableEntry } from '../symtable/entry.ts';
import { visitExpr } from './expr.ts';
import { compiler_nameop, enterScope, entryOf, finishScope, makeClosure } from './scope.ts';
import { ADDOP, ADDOP_I, ADDOP_LOAD_CONST, addConst, type Compiler, compilerError, LOC } from './unit.ts';

const INTRINSIC_TYPEVAR = 7;
const INTRINSIC_PARAMSPEC = 8;
const INTRINSIC_TYPEVARTUPLE = 9;
export const INTRINSIC_SUBSCRIPT_GENERIC = 10;
const INTRINSIC_TYPEALIAS = 11;
const INTRINSIC_TYPEVAR_WITH_BOUND = 2;
const INTRINSIC_TYPEVAR_WITH_CONSTRAINTS = 3;
export const INTRINSIC_SET_FUNCTION_TYPE_PARAMS = 4;
const INTRINSIC_SET_TYPEPARAM_DEFAULT = 5;

const makers = {
  TypeVar: INTRINSIC_TYPEVAR,
  ParamSpec: INTRINSIC_PARAMSPEC,
  TypeVarTuple: INTRINSIC_TYPEVARTUPLE,
};

/** A bound or default is evaluated when asked for: it is a function. */
function boundOrDefault(c: Compiler, e: Expr, name: string, entry: SymtableEntry, allowStarred: boolean): void {
  enterScope(c, name, 'type params', entry, e.lineno);
  const loc = LOC(e);
  if (allowStarred && e.kind === 'Starred') {
    visitExpr(c, e.value);
    ADDOP_I(c, loc, Op.UNPACK_SEQUENCE, 1);
  } else {
    visitExpr(c, e);
  }
  ADDOP(c, loc, Op.RETURN_VALUE);
  makeClosure(c, loc, finishScope(c, true), 0);
}

/** Leaves the tuple of the parameters on the stack, each stored under its name too. */
export function compiler_type_params(c: Compiler, params: TypeParam[]): void {
  let seenDefault = false;
  for (const p of params) {
    const loc = LOC(p);
    ADDOP_LOAD_CONST(c, loc, strConst(p.name));
    if (p.kind === 'TypeVar' && p.bound !== null) {
      boundOrDefault(c, p.bound, p.name, entryOf(c, p), false);
      const constraints = p.bound.kind === 'Tuple';
      const intrinsic = constraints ? INTRINSIC_TYPEVAR_WITH_CONSTRAINTS : INTRINSIC_TYPEVAR_WITH_BOUND;
      ADDOP_I(c, loc, Op.CALL_INTRINSIC_2, intrinsic);
    } else {
      ADDOP_I(c, loc, Op.CALL_INTRINSIC_1, makers[p.kind]);
    }
    if (p.default_value !== null) {
      seenDefault = true;
      boundOrDefault(c, p.default_value, p.name, c.st.defaultBlocks.get(p)!, p.kind === 'TypeVarTuple');
      ADDOP_I(c, loc, Op.CALL_INTRINSIC_2, INTRINSIC_SET_TYPEPARAM_DEFAULT);
    } else if (seenDefault) {
      const message = `non-default type parameter '${p.name}' follows default type parameter`;
      throw compilerError(c, loc, message);
    }
    ADDOP_I(c, loc, Op.COPY, 1);
    compiler_nameop(c, loc, p.name, 'Store');
  }
  ADDOP_I(c, LOC(params[0]!), Op.BUILD_TUPLE, params.length);
}

export function compiler_typealias(c: Compiler, s: TypeAlias): void {
  if (s.name.kind !== 'Name') throw new Error('a type alias is a name');
  const name = s.name.id;
  const loc = LOC(s);
  const generic = s.type_params.length > 0;
  if (generic) {
    enterScope(c, `<generic parameters of ${name}>`, 'type params', entryOf(c, s.type_params), s.lineno);
    ADDOP_LOAD_CONST(c, loc, strConst(name));
    compiler_type_params(c, s.type_params);
  } else {
    ADDOP_LOAD_CONST(c, loc, strConst(name));
    ADDOP_LOAD_CONST(c, loc, NONE);
  }
  enterScope(c, name, 'function', entryOf(c, s), s.lineno);
  addConst(c, NONE);
  visitExpr(c, s.value);
  ADDOP(c, loc, Op.RETURN_VALUE);
  makeClosure(c, loc, finishScope(c, false), 0);
  ADDOP_I(c, loc, Op.BUILD_TUPLE, 3);
  ADDOP_I(c, loc, Op.CALL_INTRINSIC_1, INTRINSIC_TYPEALIAS);
  if (generic) {
    makeClosure(c, loc, finishScope(c, false), 0);
    ADDOP(c, loc, Op.PUSH_NULL);
    ADDOP_I(c, loc, Op.CALL, 0);
  }
  compiler_nameop(c, loc, name, 'Store');
}
