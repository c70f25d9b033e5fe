/** Warnings raised by natives. Mirrors that part of Python/_warnings.c; what becomes of them is in warnfilter.ts. */
import { PyInterpreterState, Py_ID } from '@moult/abi';
import { i32 } from '../memory/linear.ts';
import { getItemStr } from './dictobject.ts';
import { hold, Py_XNewRef, type Ref, release } from './object.ts';
import { INTERP } from './runtime.ts';
import { PyUnicode_FromString } from './unicodeobject.ts';
import { vm } from './vmlink.ts';
import { warn_explicit, warningRegistry } from './warnfilter.ts';

/** PyErr_WarnEx: `level` 1 is the running Python frame; `source`: the object to blame. May raise the warning as an exception. */
export function PyErr_WarnText(category: Ref, message: string, level: number, source = 0): void {
  const caller = vm.callerLine(level);
  const globals = caller?.globals ?? i32(INTERP + PyInterpreterState.sysdict);
  warnExplicit(category, message, caller?.filename ?? '<sys>', caller?.line ?? 0, globals, source);
}
/** PyErr_WarnExplicit; `globals` (or 0) holds the __warningregistry__ and the module's name. */
export function warnExplicit(
  category: Ref,
  message: string,
  filename: string,
  line: number,
  globals: Ref,
  source = 0,
): void {
  const m = hold(PyUnicode_FromString(message));
  hold(PyUnicode_FromString(filename));
  const registry = globals === 0 ? 0 : warningRegistry(globals);
  hold(Py_XNewRef(registry));
  const name = globals === 0 ? 0 : getItemStr(globals, Py_ID.__name__);
  hold(Py_XNewRef(name));
  warn_explicit({
    category,
    message: i32(m),
    filename: i32(m + 8),
    line,
    module: name,
    registry,
    source,
  });
  release(m);
}
