/** The module `_opcode`: what `opcode` and `dis` ask about instructions. Mirrors Modules/_opcode.c. */
import {
  binaryOpSymbols,
  hasArg,
  hasConst,
  hasExc,
  hasFree,
  hasJump,
  hasLocal,
  hasName,
  intrinsic1Names,
  intrinsic2Names,
  METH_FASTCALL,
  METH_KEYWORDS,
  METH_NOARGS,
  OP,
  opcodeAt,
  stackEffect,
} from '@moult/abi';
import { i32, setPtr } from '../memory/linear.ts';
import { unpackKeywords } from '../objects/args.ts';
import { PyBool_FromLong } from '../objects/boolobject.ts';
import { PyDict_SetItemString } from '../objects/dictobject.ts';
import { raise } from '../objects/errors.ts';
import { PyList_Append, PyList_New } from '../objects/listobject.ts';
import { PyLong_AsInt, PyLong_AsSsize_t, PyLong_FromLong } from '../objects/longobject.ts';
import { PyModule_GetDict } from '../objects/moduleobject.ts';
import { drop, hold, type Ref, release, typeNameOf } from '../objects/object.ts';
import type { MethodSpec } from '../objects/spec.ts';
import {
  Py_False,
  Py_None,
  Py_True,
  PyCode_Type,
  PyExc_RuntimeError,
  PyExc_TypeError,
  PyExc_ValueError,
} from '../objects/static.ts';
import { PyTuple_New } from '../objects/tupleobject.ts';
import { PyUnicode_FromString } from '../objects/unicodeobject.ts';
import { none } from './builtinfuncs.ts';
import type { ModuleSpec } from './spec.ts';

const FASTKW = METH_FASTCALL | METH_KEYWORDS;

function stack_effect(_m: Ref, args: number, nargs: number, kwnames: Ref): Ref {
  const [opcode, oparg, jump] = unpackKeywords(args, nargs, kwnames, {
    fname: 'stack_effect',
    keywords: ['', '', 'jump'],
    required: 1,
    kwonly: 1,
  }) as [Ref, Ref, Ref];
  const op = PyLong_AsInt(opcode);
  const arg = oparg === 0 || oparg === Py_None ? 0 : PyLong_AsSsize_t(oparg) | 0;
  let along: boolean | undefined;
  if (jump === Py_True) along = true;
  else if (jump === Py_False) along = false;
  else if (jump !== 0 && jump !== Py_None) {
    raise(PyExc_ValueError, 'stack_effect: jump must be False, True or None');
  }
  const effect = op < 0 ? null : stackEffect(op, arg, along);
  if (effect === null) raise(PyExc_ValueError, 'invalid opcode or oparg');
  return PyLong_FromLong(effect);
}

/** A predicate of one opcode, by keyword or position. */
function predicate(name: string, test: (opcode: number) => boolean, doc: string): MethodSpec {
  return {
    name,
    flags: FASTKW,
    doc: `${name}($module, /, opcode)\n--\n\n${doc}`,
    fn: (_m: Ref, args: number, nargs: number, kwnames: Ref): Ref => {
      const [opcode] = unpackKeywords(args, nargs, kwnames, { fname: name, keywords: ['opcode'], required: 1 }) as [
        Ref,
      ];
      const op = PyLong_AsInt(opcode);
      return PyBool_FromLong(isValid(op) && test(op));
    },
  };
}
/** INSTRUMENTED_LINE has no row in CPython's table. */
function isValid(op: number): boolean {
  return op !== OP.INSTRUMENTED_LINE && opcodeAt(op) !== undefined;
}
function get_nb_ops(): Ref {
  const rows = PyList_New(0);
  const m = hold(rows);
  for (const [i, symbol] of binaryOpSymbols.entries()) {
    const pair = PyTuple_New(2);
    const k = hold(pair);
    setPtr(pair + 24, PyUnicode_FromString(nbName(i)));
    setPtr(pair + 32, PyUnicode_FromString(symbol));
    PyList_Append(rows, pair);
    release(k);
  }
  drop(m);
  return rows;
}
const NB =
  'ADD AND FLOOR_DIVIDE LSHIFT MATRIX_MULTIPLY MULTIPLY REMAINDER OR POWER RSHIFT SUBTRACT TRUE_DIVIDE XOR'.split(' ');
function nbName(i: number): string {
  return i < NB.length ? `NB_${NB[i] as string}` : `NB_INPLACE_${NB[i - NB.length] as string}`;
}
const names = (list: readonly string[]) => (): Ref => {
  const rows = PyList_New(0);
  const m = hold(rows);
  for (const name of list) {
    const k = hold(PyUnicode_FromString(name));
    PyList_Append(rows, i32(k));
    release(k);
  }
  drop(m);
  return rows;
};

function get_executor(_m: Ref, args: number, nargs: number, kwnames: Ref): Ref {
  const [code] = unpackKeywords(args, nargs, kwnames, {
    fname: 'get_executor',
    keywords: ['code', 'offset'],
    required: 2,
    kwonly: 2,
  }) as [Ref, Ref];
  if (i32(code + 8) !== PyCode_Type) {
    raise(PyExc_TypeError, `expected a code object, not '${typeNameOf(code).slice(0, 100)}'`);
  }
  raise(PyExc_RuntimeError, 'Executors are not available in this build');
}

export const opcodeSpec: ModuleSpec = {
  name: '_opcode',
  doc: 'Opcode support module.',
  methods: [
    {
      name: 'stack_effect',
      flags: FASTKW,
      fn: stack_effect,
      doc: 'stack_effect($module, opcode, oparg=None, /, *, jump=None)\n--\n\nCompute the stack effect of the opcode.',
    },
    predicate('is_valid', () => true, 'Return True if opcode is valid, False otherwise.'),
    predicate('has_arg', hasArg, 'Return True if the opcode uses its oparg, False otherwise.'),
    predicate('has_const', hasConst, 'Return True if the opcode accesses a constant, False otherwise.'),
    predicate('has_name', hasName, 'Return True if the opcode accesses an attribute by name, False otherwise.'),
    predicate('has_jump', hasJump, 'Return True if the opcode has a jump target, False otherwise.'),
    predicate(
      'has_free',
      hasFree,
      "Return True if the opcode accesses a free variable, False otherwise.\n\nNote that 'free' in this context refers to names in the current scope\nthat are referenced by inner scopes or names in outer scopes that are\nreferenced from this scope. It does not include references to global\nor builtin scopes.",
    ),
    predicate('has_local', hasLocal, 'Return True if the opcode accesses a local variable, False otherwise.'),
    predicate('has_exc', hasExc, 'Return True if the opcode sets an exception handler, False otherwise.'),
    {
      name: 'get_specialization_stats',
      flags: METH_NOARGS,
      fn: () => none(),
      doc: 'get_specialization_stats($module, /)\n--\n\nReturn the specialization stats',
    },
    {
      name: 'get_nb_ops',
      flags: METH_NOARGS,
      fn: get_nb_ops,
      doc: 'get_nb_ops($module, /)\n--\n\nReturn array of symbols of binary ops.\n\nIndexed by the BINARY_OP oparg value.',
    },
    {
      name: 'get_intrinsic1_descs',
      flags: METH_NOARGS,
      fn: names(intrinsic1Names),
      doc: 'get_intrinsic1_descs($module, /)\n--\n\nReturn a list of names of the unary intrinsics.',
    },
    {
      name: 'get_intrinsic2_descs',
      flags: METH_NOARGS,
      fn: names(intrinsic2Names),
      doc: 'get_intrinsic2_descs($module, /)\n--\n\nReturn a list of names of the binary intrinsics.',
    },
    {
      name: 'get_executor',
      flags: FASTKW,
      fn: get_executor,
      doc: 'get_executor($module, /, *, code, offset)\n--\n\nReturn the executor object at offset in code if exists, None otherwise.',
    },
  ],
  exec(module: Ref): void {
    PyDict_SetItemString(PyModule_GetDict(module), 'ENABLE_SPECIALIZATION', Py_True);
  },
};
