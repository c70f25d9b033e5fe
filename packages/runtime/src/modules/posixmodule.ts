/** The posix module: the operating system under os. What it reads and changes lies outside the process (hostfs.ts, hostio.ts). */
import { i32 } from '../memory/linear.ts';
import { PyDict_New, PyDict_SetItemString } from '../objects/dictobject.ts';
import { PyList_Append, PyList_New } from '../objects/listobject.ts';
import { PyLong_FromLong } from '../objects/longobject.ts';
import { PyModule_GetDict } from '../objects/moduleobject.ts';
import { drop, hold, type Ref, release } from '../objects/object.ts';
import { PyExc_OSError } from '../objects/static.ts';
import { PyUnicode_FromString } from '../objects/unicodeobject.ts';
import { confstrNames, haveFunctions, pathconfNames, posixConstants, sysconfNames } from './posixconstants.ts';
import { dirEntrySpec, posixDirs, scandirIteratorSpec } from './posixdirs.ts';
import { posixFiles, statSequence } from './posixfiles.ts';
import { newEnvironment, posixProcess, processSequences } from './posixprocess.ts';
import type { RecordSpec } from './records.ts';
import { type ModuleSpec, setStolen } from './spec.ts';
import type { StructSequenceRow } from './sysmodule.ts';
import { DirEntry_Type, StatResult_Type, TerminalSize_Type, TimesResult_Type, UnameResult_Type } from './types.ts';

export const posixTypes: readonly RecordSpec[] = [dirEntrySpec, scandirIteratorSpec];
export const posixSequences: readonly StructSequenceRow[] = [statSequence, ...processSequences];

function setConstants(dict: Ref, table: string): void {
  for (const row of table.split(' ')) {
    const [name, value] = row.split('=') as [string, string];
    setStolen(dict, name, PyLong_FromLong(Number(value)));
  }
}
function constants(table: string): Ref {
  const dict = PyDict_New();
  const m = hold(dict);
  setConstants(dict, table);
  drop(m);
  return dict;
}
function listOfNames(names: string): Ref {
  const list = PyList_New(0);
  const m = hold(list);
  for (const name of names.split(' ')) {
    const k = hold(PyUnicode_FromString(name));
    PyList_Append(list, i32(k));
    release(k);
  }
  drop(m);
  return list;
}

export const posixSpec: ModuleSpec = {
  name: 'posix',
  doc: 'This module provides access to operating system functionality that is\nstandardized by the C Standard and the POSIX standard (a thinly\ndisguised Unix interface).  Refer to the library manual and\ncorresponding Unix manual entries for more information on calls.',
  methods: [...posixFiles, ...posixDirs, ...posixProcess],
  exec(module: Ref): void {
    const d = PyModule_GetDict(module);
    setStolen(d, 'environ', newEnvironment());
    setConstants(d, posixConstants);
    PyDict_SetItemString(d, 'error', PyExc_OSError);
    const types: [string, Ref][] = [
      ['stat_result', StatResult_Type],
      ['terminal_size', TerminalSize_Type],
      ['times_result', TimesResult_Type],
      ['uname_result', UnameResult_Type],
      ['DirEntry', DirEntry_Type],
    ];
    for (const [name, type] of types) PyDict_SetItemString(d, name, type);
    setStolen(d, 'pathconf_names', constants(pathconfNames));
    setStolen(d, 'confstr_names', constants(confstrNames));
    setStolen(d, 'sysconf_names', constants(sysconfNames));
    setStolen(d, '_have_functions', listOfNames(haveFunctions));
  },
};
