/** sys.UnraisableHookArgs. The struct sequence type is made by sys (sysmodule.ts) at start-up. */
import { i32, setPtr } from '../memory/linear.ts';
import { exceptionTraceback } from './exceptions.ts';
import { Py_NewRef, type Ref } from './object.ts';
import { Py_None, SysUnraisableHookArgs_Type } from './static.ts';
import { PyStructSequence_New } from './structseq.ts';

/** (exc_type, exc_value, exc_traceback, err_msg, object) for sys.unraisablehook. */
export function makeUnraisableArgs(exc: Ref, message: Ref, obj: Ref): Ref {
  const args = PyStructSequence_New(SysUnraisableHookArgs_Type);
  const tb = exceptionTraceback(exc);
  const fields = [
    i32(exc + 8),
    exc,
    tb === 0 ? Py_None : tb,
    message === 0 ? Py_None : message,
    obj === 0 ? Py_None : obj,
  ];
  fields.forEach((v, i) => {
    setPtr(args + 24 + (i << 3), Py_NewRef(v));
  });
  return args;
}
