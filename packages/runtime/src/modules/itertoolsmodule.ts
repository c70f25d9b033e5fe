/** The module `itertools`. */
import { METH_FASTCALL } from '@moult/abi';
import { PyDict_SetItemString } from '../objects/dictobject.ts';
import { PyModule_GetDict } from '../objects/moduleobject.ts';
import type { Ref } from '../objects/object.ts';
import type { TypeSpec } from '../objects/spec.ts';
import { basicItertools } from './itertoolsbasic.ts';
import { combiningItertools, itertools_tee } from './itertoolscombine.ts';
import type { ModuleSpec } from './spec.ts';

export function itertoolsTypes(): readonly TypeSpec[] {
  return [...basicItertools, ...combiningItertools].map(([, spec]) => spec);
}
export const itertoolsSpec: ModuleSpec = {
  name: 'itertools',
  doc: 'Functional tools for creating and using iterators.',
  methods: [
    {
      name: 'tee',
      flags: METH_FASTCALL,
      fn: itertools_tee,
      doc: 'tee($module, iterable, n=2, /)\n--\n\nReturns a tuple of n independent iterators.',
    },
  ],
  exec(module: Ref): void {
    const d = PyModule_GetDict(module);
    for (const [name, spec] of [...basicItertools, ...combiningItertools]) PyDict_SetItemString(d, name, spec.address);
  },
};
