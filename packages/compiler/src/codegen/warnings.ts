// SyntaxWarnings on code that cannot work: calling, indexing or comparing literals (CPython's Python/compile.c).
import type { Expr } from '../ast.ts';
import type { Constant } from '../constants.ts';
import type { Compiler } from './unit.ts';

const typeNames: { [t in Constant['t']]: string } = {
  None: 'NoneType',
  Ellipsis: 'ellipsis',
  bool: 'bool',
  int: 'int',
  float: 'float',
  complex: 'complex',
  str: 'str',
  bytes: 'bytes',
  tuple: 'tuple',
  frozenset: 'frozenset',
  code: 'code',
};

function inferType(e: Expr): string | null {
  switch (e.kind) {
    case 'Tuple':
      return 'tuple';
    case 'List':
    case 'ListComp':
      return 'list';
    case 'Dict':
    case 'DictComp':
      return 'dict';
    case 'Set':
    case 'SetComp':
      return 'set';
    case 'GeneratorExp':
      return 'generator';
    case 'Lambda':
      return 'function';
    case 'JoinedStr':
    case 'FormattedValue':
      return 'str';
    case 'Constant':
      return typeNames[e.value.t];
    default:
      return null;
  }
}

export function checkCaller(c: Compiler, e: Expr): void {
  const callable = ['Constant', 'Tuple', 'List', 'ListComp', 'Dict', 'DictComp', 'Set', 'SetComp', 'GeneratorExp'];
  if (!callable.includes(e.kind) && e.kind !== 'JoinedStr' && e.kind !== 'FormattedValue') return;
  c.warn(`'${inferType(e)}' object is not callable; perhaps you missed a comma?`, e);
}

export function checkSubscripter(c: Compiler, e: Expr): void {
  if (e.kind === 'Constant') {
    const { t } = e.value;
    if (!['None', 'Ellipsis', 'bool', 'int', 'float', 'complex', 'frozenset'].includes(t)) return;
  } else if (e.kind !== 'Set' && e.kind !== 'SetComp' && e.kind !== 'GeneratorExp' && e.kind !== 'Lambda') {
    return;
  }
  c.warn(`'${inferType(e)}' object is not subscriptable; perhaps you missed a comma?`, e);
}

export function checkIndex(c: Compiler, e: Expr, index: Expr): void {
  const indexType = inferType(index);
  if (indexType === null || indexType === 'int' || indexType === 'bool') return;
  if (e.kind === 'Constant') {
    if (e.value.t !== 'str' && e.value.t !== 'bytes' && e.value.t !== 'tuple') return;
  } else if (!['Tuple', 'List', 'ListComp', 'JoinedStr', 'FormattedValue'].includes(e.kind)) {
    return;
  }
  c.warn(`${inferType(e)} indices must be integers or slices, not ${indexType}; perhaps you missed a comma?`, e);
}

/** Whether `is` with this operand makes sense: not for literals other than None, True, False and `...`. */
function checkIsArg(e: Expr): boolean {
  if (e.kind !== 'Constant') return true;
  const { t } = e.value;
  return t === 'None' || t === 'bool' || t === 'Ellipsis';
}

export function checkCompare(c: Compiler, e: Expr & { kind: 'Compare' }): void {
  let left = checkIsArg(e.left);
  let leftExpr = e.left;
  for (let i = 0; i < e.ops.length; i++) {
    const op = e.ops[i]!;
    const rightExpr = e.comparators[i]!;
    const right = checkIsArg(rightExpr);
    if ((op === 'Is' || op === 'IsNot') && (!right || !left)) {
      const literal = left ? rightExpr : leftExpr;
      const sign = op === 'Is' ? '"is"' : '"is not"';
      const hint = op === 'Is' ? '"=="' : '"!="';
      c.warn(`${sign} with '${inferType(literal)}' literal. Did you mean ${hint}?`, e);
    }
    left = right;
    leftExpr = rightExpr;
  }
}
