/** The pure formatters' errors as Python exceptions. */
import { FormatError } from '../numeric/formaterror.ts';
import { PyErr_NoMemory, raise } from './errors.ts';
import { PyExc_OverflowError, PyExc_TypeError, PyExc_ValueError } from './static.ts';

/** Runs a formatter of numeric/; what it refuses becomes the Python exception it names. */
export function withFormatErrors<T>(format: () => T): T {
  try {
    return format();
  } catch (e) {
    if (!(e instanceof FormatError)) throw e;
    if (e.kind === 'MemoryError') return PyErr_NoMemory();
    return raise(e.kind === 'ValueError' ? PyExc_ValueError : e.kind === 'OverflowError' ? PyExc_OverflowError : PyExc_TypeError, e.message);
  }
}
