/** The module `_operator`: the operators as functions. itemgetter and its kin are those of Lib/operator.py. Mirrors Modules/_operator.c. */
import { METH_FASTCALL, METH_O, Py_EQ, Py_GE, Py_GT, Py_LE, Py_LT, Py_NE } from '@moult/abi';
import { i32 } from '../memory/linear.ts';
import * as A from '../objects/abstract.ts';
import { _PyArg_CheckPositional } from '../objects/args.ts';
import { PyBool_FromLong } from '../objects/boolobject.ts';
import { raise } from '../objects/errors.ts';
import { PyLong_FromLong } from '../objects/longobject.ts';
import { type Ref, typeNameOf } from '../objects/object.ts';
import { PyObject_IsTrue, PyObject_RichCompare } from '../objects/objectattr.ts';
import type { MethodSpec } from '../objects/spec.ts';
import { PyExc_TypeError, Py_None } from '../objects/static.ts';
import { none } from './builtinfuncs.ts';
import type { ModuleSpec } from './spec.ts';

const unary = (name: string, f: (a: Ref) => Ref): MethodSpec => ({
  name,
  flags: METH_O,
  fn: (_m: Ref, a: Ref) => f(a),
});
const binary = (name: string, f: (a: Ref, b: Ref) => Ref): MethodSpec => ({
  name,
  flags: METH_FASTCALL,
  fn: (_m: Ref, args: number, nargs: number) => {
    _PyArg_CheckPositional(name, nargs, 2, 2);
    return f(i32(args), i32(args + 8));
  },
});
const compare = (name: string, op: number): MethodSpec => binary(name, (a, b) => PyObject_RichCompare(a, b, op));
const sequence = (op: Ref): Ref => {
  if (!A.PySequence_Check(op)) raise(PyExc_TypeError, `'${typeNameOf(op)}' object can't be concatenated`);
  return op;
};
function operator_setitem(_m: Ref, args: number, nargs: number): Ref {
  _PyArg_CheckPositional('setitem', nargs, 3, 3);
  A.PyObject_SetItem(i32(args), i32(args + 8), i32(args + 16));
  return none();
}

export const operatorSpec: ModuleSpec = {
  name: '_operator',
  doc: 'Operator interface.\n\nThis module exports a set of functions implemented in C corresponding\nto the intrinsic operators of Python.  For example, operator.add(x, y)\nis equivalent to the expression x+y.',
  methods: [
    unary('truth', (a) => PyBool_FromLong(PyObject_IsTrue(a))),
    binary('contains', (a, b) => PyBool_FromLong(A.PySequence_Contains(a, b))),
    binary('indexOf', (a, b) => PyLong_FromLong(A.PySequence_Index(a, b))),
    binary('countOf', (a, b) => PyLong_FromLong(A.PySequence_Count(a, b))),
    binary('is_', (a, b) => PyBool_FromLong(a === b)),
    binary('is_not', (a, b) => PyBool_FromLong(a !== b)),
    binary('add', A.PyNumber_Add),
    binary('sub', A.PyNumber_Subtract),
    binary('mul', A.PyNumber_Multiply),
    binary('matmul', A.PyNumber_MatrixMultiply),
    binary('floordiv', A.PyNumber_FloorDivide),
    binary('truediv', A.PyNumber_TrueDivide),
    binary('mod', A.PyNumber_Remainder),
    unary('neg', A.PyNumber_Negative),
    unary('pos', A.PyNumber_Positive),
    unary('abs', A.PyNumber_Absolute),
    unary('inv', A.PyNumber_Invert),
    unary('invert', A.PyNumber_Invert),
    unary('index', A.PyNumber_Index),
    binary('lshift', A.PyNumber_Lshift),
    binary('rshift', A.PyNumber_Rshift),
    unary('not_', (a) => PyBool_FromLong(!PyObject_IsTrue(a))),
    binary('and_', A.PyNumber_And),
    binary('xor', A.PyNumber_Xor),
    binary('or_', A.PyNumber_Or),
    binary('iadd', A.PyNumber_InPlaceAdd),
    binary('isub', A.PyNumber_InPlaceSubtract),
    binary('imul', A.PyNumber_InPlaceMultiply),
    binary('imatmul', A.PyNumber_InPlaceMatrixMultiply),
    binary('ifloordiv', A.PyNumber_InPlaceFloorDivide),
    binary('itruediv', A.PyNumber_InPlaceTrueDivide),
    binary('imod', A.PyNumber_InPlaceRemainder),
    binary('ilshift', A.PyNumber_InPlaceLshift),
    binary('irshift', A.PyNumber_InPlaceRshift),
    binary('iand', A.PyNumber_InPlaceAnd),
    binary('ixor', A.PyNumber_InPlaceXor),
    binary('ior', A.PyNumber_InPlaceOr),
    binary('concat', (a, b) => A.PySequence_Concat(sequence(a), b)),
    binary('iconcat', (a, b) => A.PySequence_InPlaceConcat(sequence(a), b)),
    binary('getitem', A.PyObject_GetItem),
    { name: 'setitem', flags: METH_FASTCALL, fn: operator_setitem },
    binary('delitem', (a, b) => {
      A.PyObject_DelItem(a, b);
      return none();
    }),
    binary('pow', (a, b) => A.PyNumber_Power(a, b, Py_None)),
    binary('ipow', (a, b) => A.PyNumber_InPlacePower(a, b, Py_None)),
    compare('eq', Py_EQ),
    compare('ne', Py_NE),
    compare('lt', Py_LT),
    compare('le', Py_LE),
    compare('gt', Py_GT),
    compare('ge', Py_GE),
  ],
};
