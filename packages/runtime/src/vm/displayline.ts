/** A source line as C code shows it: read anew by the module io. Mirrors _Py_DisplaySourceLine of Python/traceback.c. */
import { sourceEncoding } from '@moult/compiler';
import { PyInterpreterState } from '@moult/abi';
import { i32 } from '../memory/linear.ts';
import { callMethod } from '../objects/call.ts';
import { PyDict_GetItemString } from '../objects/dictobject.ts';
import { catchPending, PyErr_Clear, raiseAndClear } from '../objects/errors.ts';
import { PyImport_ImportModule } from '../objects/importhelp.ts';
import { hold, nativeMark, PyUnicode_Check, Py_DECREF, type Ref, release } from '../objects/object.ts';
import { INTERP } from '../objects/runtime.ts';
import { PyExc_EOFError } from '../objects/static.ts';
import { asText, PyUnicode_FromString, PyUnicode_InternFromString } from '../objects/unicodeobject.ts';
import { host } from './host.ts';

/**
 * Calls a method of `op` by name with texts as arguments; a new reference. A nested run of the loop where the program has put
 * functions of its own in the place of io's: what shows a line may run amid a deallocation, which no native frame can wait for.
 */
function call(op: Ref, name: string, ...args: (Ref | string)[]): Ref {
  const m = hold(PyUnicode_InternFromString(name));
  const given = args.map((a) => (typeof a === 'number' ? a : i32(hold(PyUnicode_FromString(a)))));
  const res = callMethod(op, i32(m), ...given);
  release(m);
  return res;
}
/** The module io, which CPython has imported by its start; here its C part serves until the program imports it. */
function importIo(): Ref {
  const loaded = PyDict_GetItemString(i32(INTERP + PyInterpreterState.imports_modules), 'io') !== 0;
  return PyImport_ImportModule(loaded ? 'io' : '_io');
}
/** The file as a text file, opened by io.open; a new reference. */
function openText(filename: Ref): Ref {
  const io = importIo();
  const m = hold(io);
  const binary = call(io, 'open', filename, 'rb');
  hold(binary);
  const data = host.files.readFile(asText(filename));
  const file = call(io, 'TextIOWrapper', binary, (data === null ? null : sourceEncoding(data)) ?? 'utf-8');
  release(m);
  return file;
}
/** The next line without its newline, or null at the end. */
function nextLine(file: Ref): string | null {
  const line = call(file, 'readline');
  const m = hold(line);
  const text = PyUnicode_Check(line) ? asText(line) : '';
  release(m);
  if (text !== '') return text.replace(/\n$/, '');
  raiseAndClear(PyExc_EOFError, 'EOF when reading a line');
  return null;
}
/** Line `n` (from 1) of the file without white space around it; '' where there is none, or no such file. */
export function displayedLine(filename: Ref, n: number): string {
  const name = asText(filename);
  if (name.startsWith('<') && name.endsWith('>')) return '';
  const m = nativeMark();
  let last: string | null = '';
  try {
    const file = openText(filename);
    hold(file);
    for (let i = 0; i < n && last !== null; i++) last = nextLine(file);
    Py_DECREF(call(file, 'close'));
    release(m);
  } catch (e) {
    catchPending(e, m);
    PyErr_Clear();
    return '';
  }
  return (last ?? '').replace(/^[ \t\f]+/, '');
}
