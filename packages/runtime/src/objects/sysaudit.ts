/** Audit hooks (PEP 578). Mirrors PySys_Audit of Python/sysmodule.c: hooks run untraced, unless they have __cantrace__. */
import { PyInterpreterState, PyThreadState } from '@moult/abi';
import { CURRENT_TSTATE, i32, setI32, setPtr } from '../memory/linear.ts';
import { PyObject_GetIter, PyIter_Next } from './abstract.ts';
import { callFunction } from './call.ts';
import { hold, Py_NewRef, type Ref, release } from './object.ts';
import { PyObject_GetOptionalAttr, PyObject_IsTrue } from './objectattr.ts';
import { INTERP } from './runtime.ts';
import { PyTuple_New } from './tupleobject.ts';
import { PyUnicode_FromString, PyUnicode_InternFromString } from './unicodeobject.ts';

const HOOKS = INTERP + PyInterpreterState.audit_hooks;

/** Runs the hooks with an event of ours; `args` are borrowed. */
export function PySys_Audit(event: string, ...args: Ref[]): void {
  if (i32(HOOKS) === 0) return;
  const m = hold(PyUnicode_FromString(event));
  const tuple = PyTuple_New(args.length);
  hold(tuple);
  args.forEach((arg, i) => {
    setPtr(tuple + 24 + (i << 3), Py_NewRef(arg));
  });
  runAuditHooks(i32(m), tuple);
  release(m);
}

/** Runs the hooks one after the other; what one raises ends it. */
export function runAuditHooks(event: Ref, args: Ref): void {
  if (i32(HOOKS) === 0) return;
  const tracing = i32(CURRENT_TSTATE) + PyThreadState.tracing;
  const m = hold(PyObject_GetIter(i32(HOOKS)));
  setI32(tracing, i32(tracing) + 1);
  try {
    for (let hook = PyIter_Next(i32(m)); hook !== 0; hook = PyIter_Next(i32(m))) {
      const k = hold(hook);
      const traced = canTrace(hook) ? 1 : 0;
      setI32(tracing, i32(tracing) - traced);
      try {
        hold(callFunction(hook, event, args));
      } finally {
        setI32(tracing, i32(tracing) + traced);
      }
      release(k);
    }
  } finally {
    setI32(tracing, i32(tracing) - 1);
  }
  release(m);
}
function canTrace(hook: Ref): boolean {
  const m = hold(PyUnicode_InternFromString('__cantrace__'));
  const attr = PyObject_GetOptionalAttr(hook, i32(m));
  hold(attr);
  const answer = attr !== 0 && PyObject_IsTrue(attr);
  release(m);
  return answer;
}
