/** The module `_typing`: the typing classes that the core makes. Mirrors Modules/_typingmodule.c. */
import { METH_O } from '@moult/abi';
import { PyDict_SetItemString } from '../objects/dictobject.ts';
import { PyModule_GetDict } from '../objects/moduleobject.ts';
import { Py_NewRef, type Ref } from '../objects/object.ts';
import * as S from '../objects/static.ts';
import type { ModuleSpec } from './spec.ts';

export const typingSpec: ModuleSpec = {
  name: '_typing',
  doc: 'Primitives and accelerators for the typing module.\n',
  methods: [{ name: '_idfunc', flags: METH_O, fn: (_m: Ref, x: Ref) => Py_NewRef(x) }],
  exec(module: Ref): void {
    const d = PyModule_GetDict(module);
    const items: [string, Ref][] = [
      ['TypeVar', S._PyTypeVar_Type],
      ['ParamSpec', S._PyParamSpec_Type],
      ['TypeVarTuple', S._PyTypeVarTuple_Type],
      ['ParamSpecArgs', S._PyParamSpecArgs_Type],
      ['ParamSpecKwargs', S._PyParamSpecKwargs_Type],
      ['Generic', S._PyGeneric_Type],
      ['TypeAliasType', S._PyTypeAlias_Type],
      ['NoDefault', S._Py_NoDefaultStruct],
    ];
    for (const [name, value] of items) PyDict_SetItemString(d, name, value);
  },
};
