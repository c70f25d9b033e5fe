/** Objects as a tree: what `compile` makes of nodes. Mirrors PyAST_obj2mod of Python/Python-ast.c. */
import type { ast, Constant } from '@moult/compiler';
import { PyComplexObject } from '@moult/abi';
import { f64, i32 } from '../memory/linear.ts';
import { PySequence_Tuple } from '../objects/abstract.ts';
import { bufferBytes } from './buffers.ts';
import { raise } from '../objects/errors.ts';
import { PyFloat_AsDouble } from '../objects/floatobject.ts';
import { PyLong_AsBigInt, PyLong_AsInt } from '../objects/longobject.ts';
import {
  hold,
  PyBytes_Check,
  PyList_Check,
  PyLong_Check,
  PyObject_TypeCheck,
  PyTuple_Check,
  PyUnicode_Check,
  Py_NewRef,
  type Ref,
  release,
  tpName,
  typeNameOf,
} from '../objects/object.ts';
import { PyObject_GetOptionalAttr, PyObject_Repr } from '../objects/objectattr.ts';
import { Py_EnterRecursiveCall, Py_LeaveRecursiveCall } from '../objects/recursion.ts';
import {
  PyBool_Type,
  PyComplex_Type,
  PyExc_RuntimeError,
  PyExc_TypeError,
  PyExc_ValueError,
  PyFloat_Type,
  PyFrozenSet_Type,
  Py_Ellipsis,
  Py_None,
  Py_True,
} from '../objects/static.ts';
import { asText } from '../objects/unicodeobject.ts';
import type { AsdlField, AsdlType } from './asdl.ts';
import { fieldKey, typesByName, type Value } from './astobjects.ts';
import { astName, astType } from './aststate.ts';
import { checkTree, type InvalidConstant } from './astvalidate.ts';

type Types = ReadonlyMap<string, AsdlType>;

const MODES = { exec: 'Module', eval: 'Expression', single: 'Interactive', func_type: 'FunctionType' } as const;

/** The tree that the objects describe, checked. */
export function objectsToTree(op: Ref, mode: keyof typeof MODES): ast.Mod {
  const wanted = MODES[mode];
  if (!PyObject_TypeCheck(op, astType(wanted))) {
    raise(PyExc_TypeError, `expected ${wanted} node, got ${tpName(i32(op + 8)).replace(/^.*\./, '')}`);
  }
  const tree = new Reader(typesByName()).sum('mod', op) as unknown as ast.Mod;
  checkTree(tree);
  return tree;
}

class Reader {
  private readonly types: Types;
  /** Constructors by sum. */
  private readonly constructors = new Map<string, AsdlType[]>();

  constructor(types: Types) {
    this.types = types;
    for (const type of types.values()) {
      if (type.isSum) this.constructors.set(type.name, []);
      else if (type.sum !== null) this.constructors.get(type.sum)?.push(type);
    }
  }

  /** A node of a sum; None is null. */
  sum(name: string, op: Ref): Value {
    if (op === Py_None) return null;
    const spec = this.types.get(name) as AsdlType;
    const node: Record<string, Value> = {};
    if (!PyObject_TypeCheck(op, astType(name)) && !spec.places) this.unexpected(name, op);
    if (spec.places) this.places(spec, spec.name, op, node);
    for (const type of this.constructors.get(name) as AsdlType[]) {
      if (!PyObject_TypeCheck(op, astType(type.name))) continue;
      if (spec.simple) return type.name;
      return this.fill(type, op, node);
    }
    this.unexpected(name, op);
  }

  private product(spec: AsdlType, op: Ref): Value {
    const node: Record<string, Value> = {};
    this.fill(spec, op, node);
    if (spec.places) this.places(spec, spec.name, op, node);
    return node as unknown as Value;
  }

  private fill(type: AsdlType, op: Ref, node: Record<string, Value>): Value {
    node.kind = type.name;
    for (const field of type.fields) node[fieldKey(type.name, field.name)] = this.field(type, field, op);
    return node as unknown as Value;
  }

  private unexpected(name: string, op: Ref): never {
    const m = hold(PyObject_Repr(op));
    const shown = asText(i32(m));
    release(m);
    raise(PyExc_TypeError, `expected some sort of ${name}, but got ${shown}`);
  }

  private places(spec: AsdlType, owner: string, op: Ref, node: Record<string, Value>): void {
    const read = (name: string, missing: Value | undefined): void => {
      const m = hold(PyObject_GetOptionalAttr(op, astName(name)));
      const value = i32(m);
      if (missing !== undefined && (value === 0 || value === Py_None)) node[name] = missing;
      else if (value === 0) raise(PyExc_TypeError, `required field "${name}" missing from ${owner}`);
      else node[name] = this.int(value);
      release(m);
    };
    read('lineno', undefined);
    read('col_offset', undefined);
    read('end_lineno', spec.optionalEnds ? (node.lineno as Value) : undefined);
    read('end_col_offset', spec.optionalEnds ? (node.col_offset as Value) : undefined);
  }

  private field(type: AsdlType, field: AsdlField, op: Ref): Value {
    const m = hold(PyObject_GetOptionalAttr(op, astName(field.name)));
    const value = i32(m);
    let result: Value;
    if (field.kind === '*') result = value === 0 ? [] : this.list(type, field, value);
    else if (field.kind === '?' && (value === 0 || value === Py_None)) result = null;
    else if (value === 0) raise(PyExc_TypeError, `required field "${field.name}" missing from ${type.name}`);
    else {
      Py_EnterRecursiveCall(` while traversing '${type.name}' node`);
      result = this.value(field.type, value);
      Py_LeaveRecursiveCall();
      if (result === null && field.type !== 'constant')
        raise(PyExc_ValueError, `field '${field.name}' is required for ${type.name}`);
    }
    release(m);
    return result;
  }

  private list(type: AsdlType, field: AsdlField, list: Ref): Value[] {
    if (!PyList_Check(list))
      raise(PyExc_TypeError, `${type.name} field "${field.name}" must be a list, not a ${typeNameOf(list)}`);
    const n = i32(list + 16);
    const values: Value[] = [];
    for (let i = 0; i < n; i++) {
      const m = hold(Py_NewRef(i32(i32(list + 24) + (i << 3))));
      Py_EnterRecursiveCall(` while traversing '${type.name}' node`);
      values.push(this.value(field.type, i32(m)));
      Py_LeaveRecursiveCall();
      release(m);
      if (i32(list + 16) !== n)
        raise(PyExc_RuntimeError, `${type.name} field "${field.name}" changed size during iteration`);
    }
    return values;
  }

  private value(type: string, op: Ref): Value {
    switch (type) {
      case 'identifier':
      case 'string':
        if (op === Py_None) return null;
        if (!PyUnicode_Check(op)) raise(PyExc_TypeError, `AST ${type} must be of type str`);
        return asText(op);
      case 'int':
        return this.int(op);
      case 'constant':
        return constantOf(op) as Constant;
    }
    const spec = this.types.get(type) as AsdlType;
    return spec.isSum ? this.sum(type, op) : this.product(spec, op);
  }

  private int(op: Ref): number {
    if (!PyLong_Check(op)) {
      const m = hold(PyObject_Repr(op));
      const shown = asText(i32(m));
      release(m);
      raise(PyExc_ValueError, `invalid integer value: ${shown}`);
    }
    return PyLong_AsInt(op);
  }
}

/** What a constant node holds; what cannot be one is said by its type. */
function constantOf(op: Ref): Constant | InvalidConstant {
  const type = i32(op + 8);
  if (op === Py_None) return { t: 'None' };
  if (op === Py_Ellipsis) return { t: 'Ellipsis' };
  if (type === PyBool_Type) return { t: 'bool', v: op === Py_True };
  if (type === PyFloat_Type) return { t: 'float', v: PyFloat_AsDouble(op) };
  if (type === PyComplex_Type)
    return { t: 'complex', re: f64(op + PyComplexObject.cval_real), im: f64(op + PyComplexObject.cval_imag) };
  const name = tpName(type);
  if (PyLong_Check(op) && name === 'int') return { t: 'int', v: PyLong_AsBigInt(op) };
  if (PyUnicode_Check(op) && name === 'str') return { t: 'str', v: asText(op) };
  if (PyBytes_Check(op) && name === 'bytes') return { t: 'bytes', v: bufferBytes(op) as Uint8Array };
  if (PyTuple_Check(op) && name === 'tuple') return several('tuple', op);
  if (type === PyFrozenSet_Type) {
    const m = hold(PySequence_Tuple(op));
    const set = several('frozenset', i32(m));
    release(m);
    return set;
  }
  return { t: 'invalid', type: name.replace(/^.*\./, '') };
}
function several(t: 'tuple' | 'frozenset', tuple: Ref): Constant | InvalidConstant {
  const v: Constant[] = [];
  for (let i = 0; i < i32(tuple + 16); i++) {
    const item = constantOf(i32(tuple + 24 + (i << 3)));
    if (item.t === 'invalid') return item;
    v.push(item as Constant);
  }
  return { t, v };
}
