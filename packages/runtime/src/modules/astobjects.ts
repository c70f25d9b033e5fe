/** Trees as objects: what `compile(..., PyCF_ONLY_AST)` gives. Mirrors PyAST_mod2obj of Python/Python-ast.c. */
import type { ast, Constant } from '@moult/compiler';
import { i32, setPtr } from '../memory/linear.ts';
import { objectOfConstant } from '../objects/codefromdata.ts';
import { PyList_New } from '../objects/listobject.ts';
import { PyLong_FromLong } from '../objects/longobject.ts';
import { drop, hold, Py_NewRef, type Ref, release } from '../objects/object.ts';
import { PyObject_SetAttr } from '../objects/objectattr.ts';
import { Py_EnterRecursiveCall, Py_LeaveRecursiveCall } from '../objects/recursion.ts';
import { Py_None } from '../objects/static.ts';
import { PyType_GenericNew } from '../objects/typealloc.ts';
import { PyUnicode_FromString, PyUnicode_InternFromString } from '../objects/unicodeobject.ts';
import { type AsdlField, type AsdlType, asdlTypes } from './asdl.ts';
import { ensureAst } from './astmodule.ts';
import { astName, astSingleton, astType } from './aststate.ts';

/** A node of the compiler's tree, or what a field holds. */
export type Value = string | number | null | Constant | { readonly kind: string } | readonly Value[];
type Types = ReadonlyMap<string, AsdlType>;

const PLACES = ['lineno', 'col_offset', 'end_lineno', 'end_col_offset'] as const;

/** A field of a node of the compiler's: the tree calls Constant's own `kind` otherwise, as `kind` is the constructor. */
export const fieldKey = (type: string, field: string): string =>
  type === 'Constant' && field === 'kind' ? 'constantKind' : field;

export function typesByName(): Map<string, AsdlType> {
  return new Map(asdlTypes().map((type) => [type.name, type]));
}

/** The tree as objects; a new reference. */
export function treeToObjects(mod: ast.Node): Ref {
  ensureAst();
  return nodeObject(mod, typesByName());
}

function nodeObject(node: { readonly kind: string }, types: Types): Ref {
  Py_EnterRecursiveCall(' during  ast construction');
  const spec = types.get(node.kind) as AsdlType;
  const places = spec.sum === null ? spec.places : (types.get(spec.sum) as AsdlType).places;
  const res = PyType_GenericNew(astType(spec.name), 0, 0);
  const m = hold(res);
  const values = node as unknown as Record<string, Value>;
  for (const field of spec.fields) {
    const value = hold(fieldObject(field, values[fieldKey(spec.name, field.name)] as Value, types));
    PyObject_SetAttr(res, astName(field.name), i32(value));
    release(value);
  }
  if (places) {
    for (const name of PLACES) {
      const value = hold(PyLong_FromLong(values[name] as number));
      PyObject_SetAttr(res, astName(name), i32(value));
      release(value);
    }
  }
  drop(m);
  Py_LeaveRecursiveCall();
  return res;
}

function fieldObject(field: AsdlField, value: Value, types: Types): Ref {
  if (!Array.isArray(value)) return valueObject(field, value, types);
  const list = PyList_New(value.length);
  const m = hold(list);
  value.forEach((item, i) => {
    setPtr(i32(list + 24) + (i << 3), valueObject(field, item, types));
  });
  drop(m);
  return list;
}

function valueObject(field: AsdlField, value: Value, types: Types): Ref {
  if (value === null) return Py_NewRef(Py_None);
  switch (field.type) {
    case 'identifier':
      return PyUnicode_InternFromString(value as string);
    case 'string':
      return PyUnicode_FromString(value as string);
    case 'int':
      return PyLong_FromLong(value as number);
    case 'constant':
      return objectOfConstant(value as Constant);
    default:
      if (typeof value === 'string') return Py_NewRef(astSingleton(value));
      return nodeObject(value as { kind: string }, types);
  }
}
