/** The data stack of a search, the repeats it is in, and its end by an error. Mirrors that part of Modules/_sre/sre.c. */
import { SRE_CONTEXT as C, SRE_REPEAT, SRE_STATE as S } from '@moult/abi';
import { i32, setPtr } from '../memory/linear.ts';
import { PyMem_Free, PyMem_Realloc, PyObject_Free } from '../memory/obmalloc.ts';
import { PyErr_NoMemory, raise } from '../objects/errors.ts';
import { PyExc_RuntimeError } from '../objects/static.ts';

/** Attempt of a repeat's body: its context's parent owns the repeat. */
export const JUMP_REPEAT = 7;

/** Makes room for `size` bytes above `base`; false where there is no memory. */
export function data_stack_grow(state: number, base: number, size: number): boolean {
  const wanted = base + size;
  const room = wanted + (wanted >>> 2) + 1024;
  const stack = PyMem_Realloc(i32(state + S.data_stack), room);
  if (stack === 0) return false;
  setPtr(state + S.data_stack, stack);
  setPtr(state + S.data_stack_size, room);
  return true;
}
export function data_stack_dealloc(state: number): void {
  const stack = i32(state + S.data_stack);
  if (stack !== 0) {
    setPtr(state + S.data_stack, 0);
    PyMem_Free(stack);
  }
  setPtr(state + S.data_stack_size, 0);
  setPtr(state + S.data_stack_base, 0);
}
/** Frees the repeats of the contexts from `pos` down. */
export function freeRepeats(state: number, pos: number): void {
  const stack = i32(state + S.data_stack);
  while (stack !== 0 && pos >= 0) {
    const ctx = stack + pos;
    pos = i32(ctx + C.last_ctx_pos);
    if (pos >= 0 && i32(ctx + C.jump) === JUMP_REPEAT) {
      const rep = i32(stack + pos + C.u);
      setPtr(state + S.repeat, i32(rep + SRE_REPEAT.prev));
      PyObject_Free(rep);
    }
  }
}
export function noMemory(state: number, pos: number): never {
  freeRepeats(state, pos);
  PyErr_NoMemory();
}
export function internalError(state: number, pos: number): never {
  freeRepeats(state, pos);
  raise(PyExc_RuntimeError, 'internal error in regular expression engine');
}
