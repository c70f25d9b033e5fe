/** Errors of the pure formatters as Python exceptions. */
import { FormatError } from '../numeric/formaterror.ts';
import { PyErr_NoMemory, raise } from './errors.ts';
import { PyExc_OverflowError, PyExc_TypeError, PyExc_ValueError } from './static.ts';

/** Runs `fn`; what it refuses is raised as the exception that CPython raises. */
export function withFormatErrors<T>(fn: () => T): T {
  try {
    return fn();
  } catch (e) {
    if (!(e instanceof FormatError)) throw e;
    switch (e.kind) {
      case 'MemoryError':
        return PyErr_NoMemory();
      case 'OverflowError':
        return raise(PyExc_OverflowError, e.message);
      case 'TypeError':
        return raise(PyExc_TypeError, e.message);
      default:
        return raise(PyExc_ValueError, e.message);
    }
  }
}
