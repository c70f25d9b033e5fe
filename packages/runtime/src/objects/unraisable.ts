/** Exceptions that cannot be raised: finalizers, callbacks. Mirrors _PyErr_WriteUnraisableMsg of Python/errors.c. */
import { Py_ID, PyInterpreterState, PyThreadState } from '@moult/abi';
import { CURRENT_TSTATE, i32 } from '../memory/linear.ts';
import { callFunction } from './call.ts';
import { getItemStr } from './dictobject.ts';
import { catchPending, PyErr_Clear, PyErr_GetRaisedException } from './errors.ts';
import { exceptionTraceback, PyException_SetTraceback } from './exceptions.ts';
import { PyFrame_GetLasti } from './frameobject.ts';
import { hold, nativeMark, Py_DECREF, Py_NewRef, PyUnicode_Check, type Ref, release, tpName } from './object.ts';
import { PyObject_GetOptionalAttr, PyObject_Repr, PyObject_Str } from './objectattr.ts';
import { INTERP } from './runtime.ts';
import { Py_None } from './static.ts';
import { writeStderr } from './stderr.ts';
import { tb_create_raw } from './tracebackobject.ts';
import { asText, PyUnicode_FromString } from './unicodeobject.ts';
import { vm } from './vmlink.ts';
import { makeUnraisableArgs } from './unraisablehook.ts';

/** text of f(), or what stands for it when it raises. */
function safely(f: () => Ref, otherwise: string): string {
  const m = nativeMark();
  try {
    const r = hold(f());
    const s = asText(i32(r));
    release(r);
    return s;
  } catch (e) {
    catchPending(e, m);
    PyErr_Clear();
    return otherwise;
  }
}
/** "module.Name: message" as C prints an exception's last line; builtins and __main__ leave out the module. */
export function exceptionLine(exc: Ref): string {
  const type = i32(exc + 8);
  const name = tpName(type);
  const short = name.slice(name.lastIndexOf('.') + 1);
  const m = nativeMark();
  let prefix = '';
  try {
    const module = PyObject_GetOptionalAttr(type, Py_ID.__module__);
    if (module !== 0) {
      const k = hold(module);
      if (PyUnicode_Check(module)) {
        const text = asText(module);
        if (text !== 'builtins' && text !== '__main__') prefix = `${text}.`;
      } else prefix = '<unknown>.';
      release(k);
    }
  } catch (e) {
    catchPending(e, m);
    PyErr_Clear();
  }
  const text = safely(() => PyObject_Str(exc), '<exception str() failed>');
  return text === '' ? `${prefix}${short}` : `${prefix}${short}: ${text}`;
}
/** Reports and clears the pending exception; `message` replaces "Exception ignored in", `obj` is where it happened. */
export function _PyErr_WriteUnraisableMsg(message: string, obj: Ref): void {
  const exc = PyErr_GetRaisedException();
  if (exc === 0) return;
  const m = hold(exc);
  if (exceptionTraceback(exc) === 0) traceHere(exc);
  const sysdict = i32(INTERP + PyInterpreterState.sysdict);
  const hook = sysdict === 0 ? 0 : getItemStr(sysdict, Py_ID.unraisablehook);
  if (hook !== 0 && hook !== Py_None) {
    hold(Py_NewRef(hook));
    const mark = nativeMark();
    try {
      const text = message === '' ? 0 : PyUnicode_FromString(`Exception ignored ${message}`);
      hold(text);
      const args = makeUnraisableArgs(exc, text, obj);
      hold(args);
      Py_DECREF(callFunction(hook, args));
    } catch (e) {
      catchPending(e, mark);
      const second = PyErr_GetRaisedException();
      hold(second);
      writeUnraisable(second, 'Exception ignored in sys.unraisablehook', hook);
    }
  } else writeUnraisable(exc, message, obj);
  release(m);
}
/** The default hook's text on sys.stderr, nothing where there is none (write_unraisable_exc). */
export function writeUnraisable(exc: Ref, message: string, obj: Ref): void {
  const sysdict = i32(INTERP + PyInterpreterState.sysdict);
  const file = sysdict === 0 ? 0 : getItemStr(sysdict, Py_ID.stderr);
  if (file === 0 || file === Py_None) return;
  let head = '';
  if (obj !== 0 && obj !== Py_None) {
    const repr = safely(() => PyObject_Repr(obj), '<object repr() failed>');
    head =
      message === ''
        ? `Exception ignored in: ${repr}\n`
        : `${message.startsWith('Exception') ? message : `Exception ignored ${message}`}: ${repr}\n`;
  } else if (message !== '') head = `${message.startsWith('Exception') ? message : `Exception ignored ${message}`}:\n`;
  writeStderr(`${head}${exceptionTraceback(exc) === 0 ? '' : vm.tracebackText(exc)}${exceptionLine(exc)}\n`);
}
/** An exception that comes from no Python code gets the frame where it happened as its traceback. */
function traceHere(exc: Ref): void {
  const frame = vm.completeFrame(i32(i32(CURRENT_TSTATE) + PyThreadState.current_frame));
  if (frame === 0) return;
  const object = vm.frameObject(frame);
  const m = hold(tb_create_raw(0, object, PyFrame_GetLasti(object), -1));
  PyException_SetTraceback(exc, i32(m));
  release(m);
}
/** PyErr_WriteUnraisable(obj). */
export function PyErr_WriteUnraisable(obj: Ref): void {
  _PyErr_WriteUnraisableMsg('', obj);
}
