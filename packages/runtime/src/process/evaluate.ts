/**
 * An expression evaluated in the process as it stands between two instructions, with the names of a frame, as eval() in that
 * frame would. It may change anything: whoever asks keeps the bytes and puts them back.
 */
import { _PyInterpreterFrame } from '@moult/abi';
import { FatalError, ProcessExit } from '../memory/fatal.ts';
import { i32 } from '../memory/linear.ts';
import { catchPending, PENDING, PyErr_Clear, PyErr_GetRaisedException } from '../objects/errors.ts';
import { localsSnapshot } from '../objects/frameobject.ts';
import { PyList_New } from '../objects/listobject.ts';
import { PyModule_GetDict } from '../objects/moduleobject.ts';
import { hold, nativeMark, Py_NewRef, type Ref, release, typeNameOf } from '../objects/object.ts';
import { PyObject_Repr, PyObject_Str } from '../objects/objectattr.ts';
import { asText } from '../objects/unicodeobject.ts';
import { PyImport_AddModuleRef } from '../vm/import.ts';
import { compileText, HostLimit, PyEval_EvalCode } from '../vm/link.ts';

export type Evaluated =
  /** The object, which is held, and what repr() says of it. */
  | { readonly kind: 'value'; readonly object: number; readonly repr: string }
  /** `NameError: name 'x' is not defined`. */
  | { readonly kind: 'raised'; readonly text: string }
  /** A limit, the process's own end, or its death. */
  | { readonly kind: 'ended'; readonly why: string };

/** `frame` 0: the names of __main__. */
export function evaluate(text: string, frame: number): Evaluated {
  const mark = nativeMark();
  try {
    const object = run(text, frame);
    hold(object);
    const repr = hold(PyObject_Repr(object));
    return { kind: 'value', object, repr: asText(i32(repr)) };
  } catch (e) {
    if (e === PENDING) {
      catchPending(e, mark);
      return { kind: 'raised', text: exceptionText() };
    }
    if (e instanceof HostLimit) return { kind: 'ended', why: 'it ran into its limit' };
    if (e instanceof ProcessExit) return { kind: 'ended', why: `it ends the process with code ${e.code}` };
    if (e instanceof FatalError) return { kind: 'ended', why: `the process died: ${e.message}` };
    throw e;
  }
}

function run(text: string, frame: number): Ref {
  let globals: Ref;
  let locals: Ref;
  if (frame === 0) {
    globals = PyModule_GetDict(i32(hold(PyImport_AddModuleRef('__main__'))));
    locals = Py_NewRef(globals);
  } else {
    globals = i32(frame + _PyInterpreterFrame.f_globals);
    locals = localsSnapshot(frame);
  }
  hold(locals);
  const arena = PyList_New(0);
  hold(arena);
  const code = compileText(text.trimStart(), '<eval>', 'eval', { arena });
  hold(code);
  return PyEval_EvalCode(code, globals, locals);
}

/** The pending exception, as the last line of a traceback has it. */
function exceptionText(): string {
  const exception = PyErr_GetRaisedException();
  const mark = hold(exception);
  const name = typeNameOf(exception);
  try {
    const message = asText(i32(hold(PyObject_Str(exception))));
    return message === '' ? name : `${name}: ${message}`;
  } catch (e) {
    if (e !== PENDING) throw e;
    PyErr_Clear();
    return `${name}: its str() failed`;
  } finally {
    release(mark);
  }
}
