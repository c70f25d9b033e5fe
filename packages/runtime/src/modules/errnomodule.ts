/** The module `errno`. */
import { PyDict_New, PyDict_SetItem } from '../objects/dictobject.ts';
import { PyLong_FromLong } from '../objects/longobject.ts';
import { PyModule_GetDict } from '../objects/moduleobject.ts';
import { hold, type Ref, release } from '../objects/object.ts';
import { PyUnicode_InternFromString } from '../objects/unicodeobject.ts';
import { i32 } from '../memory/linear.ts';
import { errnoNames } from './errnos.ts';
import { type ModuleSpec, setStolen } from './spec.ts';

export const errnoSpec: ModuleSpec = {
  name: 'errno',
  doc: "This module makes available standard errno system symbols.\n\nThe value of each symbol is the corresponding integer value,\ne.g., on most systems, errno.ENOENT equals the integer 2.\n\nThe dictionary errno.errorcode maps numeric codes to symbol names,\ne.g., errno.errorcode[2] could be the string 'ENOENT'.\n\nSymbols that are not relevant to the underlying system are not defined.\n\nTo map error codes to error messages, use the function os.strerror(),\ne.g. os.strerror(2) could return 'No such file or directory'.",
  methods: [],
  exec(module: Ref): void {
    const d = PyModule_GetDict(module);
    const codes = PyDict_New();
    const m = hold(codes);
    for (const item of errnoNames.split(' ')) {
      const [name, value] = item.split('=') as [string, string];
      const k = hold(PyLong_FromLong(Number(value)));
      hold(PyUnicode_InternFromString(name));
      PyDict_SetItem(d, i32(k + 8), i32(k));
      PyDict_SetItem(codes, i32(k), i32(k + 8));
      release(k);
    }
    drop(m);
    setStolen(d, 'errorcode', codes);
  },
};
import { drop } from '../objects/object.ts';
