/** What `site` adds to builtins: exit, quit, copyright, credits, license, help. Mirrors Lib/_sitebuiltins.py. */
import { Py_ID, _Py_T_OBJECT } from '@moult/abi';
import { i32 } from '../memory/linear.ts';
import { unpackTupleAndDict } from '../objects/args.ts';
import { callMethod } from '../objects/call.ts';
import { PyDict_SetItemString } from '../objects/dictobject.ts';
import { catchPending, PyErr_Clear, raise, raiseObject } from '../objects/errors.ts';
import { hold, nativeMark, Py_DECREF, Py_NewRef, type Ref, release } from '../objects/object.ts';
import type { TypeSpec } from '../objects/spec.ts';
import { PyExc_RuntimeError, PyExc_SystemExit, Py_None } from '../objects/static.ts';
import { asText, PyUnicode_FromString, PyUnicode_InternFromString } from '../objects/unicodeobject.ts';
import { PyFile_WriteObject } from './builtinprint.ts';
import { none } from './builtinfuncs.ts';
import { make } from './itertoolsbasic.ts';
import { record, REF } from './records.ts';
import { sysObject } from './sysstate.ts';
import { Helper_Type, Printer_Type, Quitter_Type } from './types.ts';

const A = REF(0);
const B = REF(1);

function quitter_repr(self: Ref): Ref {
  return PyUnicode_FromString(`Use ${asText(i32(self + A))}() or ${asText(i32(self + B))} to exit`);
}
function quitter_call(_self: Ref, args: Ref, kwds: Ref): Ref {
  const [code] = unpackTupleAndDict(args, kwds, { fname: 'Quitter.__call__', keywords: ['code'] }) as [Ref];
  // interactive loops read stdin: it is closed so that they end
  const stdin = sysObject('stdin');
  const mark = nativeMark();
  try {
    if (stdin !== 0 && stdin !== Py_None) Py_DECREF(callMethod(stdin, Py_ID.close));
  } catch (e) {
    catchPending(e, mark);
    PyErr_Clear();
  }
  raiseObject(PyExc_SystemExit, code);
}
function printer_repr(self: Ref): Ref {
  return Py_NewRef(i32(self + A));
}
function printer_call(self: Ref): Ref {
  const out = sysObject('stdout');
  if (out === 0 || out === Py_None) return none();
  const m = hold(Py_NewRef(out));
  PyFile_WriteObject(i32(self + A), out, true);
  hold(PyUnicode_InternFromString('\n'));
  PyFile_WriteObject(i32(m + 8), out, true);
  release(m);
  return none();
}
function helper_repr(): Ref {
  return PyUnicode_FromString('Type help() for interactive help, or help(object) for help about object.');
}
function helper_call(): Ref {
  raise(PyExc_RuntimeError, 'help() is not implemented');
}
export const siteTypes: readonly TypeSpec[] = [
  record({
    address: Quitter_Type,
    name: '_sitebuiltins.Quitter',
    refs: 2,
    slots: { tp_repr: quitter_repr, tp_call: quitter_call },
    members: [
      { name: 'name', type: _Py_T_OBJECT, offset: A, flags: 0 },
      { name: 'eof', type: _Py_T_OBJECT, offset: B, flags: 0 },
    ],
  }),
  record({
    address: Printer_Type,
    name: '_sitebuiltins._Printer',
    refs: 1,
    slots: { tp_repr: printer_repr, tp_call: printer_call },
  }),
  record({
    address: Helper_Type,
    name: '_sitebuiltins._Helper',
    refs: 0,
    slots: { tp_repr: helper_repr, tp_call: helper_call },
  }),
];
/** Adds them to the dict of builtins, as importing site does. */
export function addSiteBuiltins(builtins: Ref): void {
  const add = (name: string, value: Ref): void => {
    const m = hold(value);
    PyDict_SetItemString(builtins, name, value);
    release(m);
  };
  const text = (s: string): Ref => PyUnicode_FromString(s);
  for (const name of ['quit', 'exit']) add(name, make(Quitter_Type, text(name), text('Ctrl-D (i.e. EOF)')));
  add('copyright', make(Printer_Type, Py_NewRef(sysObject('copyright'))));
  add(
    'credits',
    make(
      Printer_Type,
      text(
        '    Thanks to CWI, CNRI, BeOpen.com, Zope Corporation and a cast of thousands\n    for supporting Python development.  See www.python.org for more information.',
      ),
    ),
  );
  add('license', make(Printer_Type, text('Type license() to see the full license text')));
  add('help', make(Helper_Type));
}
