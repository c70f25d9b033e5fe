/** sub and subn. Mirrors pattern_subx of Modules/_sre/sre.c. */
import { PatternObject as P, Py_buffer, SRE_STATE as S } from '@moult/abi';
import { bytes, i32 } from '../memory/linear.ts';
import { PyBuffer_Release } from '../objects/abstractbuffer.ts';
import { bytes_join } from '../objects/bytessplit.ts';
import { PyObject_CallOneArg } from '../objects/call.ts';
import { catchPending, PyErr_Clear } from '../objects/errors.ts';
import { _PyList_AppendTakeRef, PyList_New } from '../objects/listobject.ts';
import { PyLong_FromLong } from '../objects/longobject.ts';
import {
  borrowArguments,
  drop,
  dropArguments,
  hold,
  nativeMark,
  Py_DECREF,
  Py_NewRef,
  PyUnicode_Check,
  type Ref,
  release,
} from '../objects/object.ts';
import { PyCallable_Check } from '../objects/objectattr.ts';
import { Py_None } from '../objects/static.ts';
import { buildTuple } from '../objects/tupleobject.ts';
import { PyUnicode_FindChar } from '../objects/unicodecore.ts';
import { PyUnicode_Join } from '../objects/unicodesplit.ts';
import { pattern_new_match } from './srematchobject.ts';
import { sre_search } from './sresearch.ts';
import { offsetOf, sliceOf, state_advance, state_reset, stringBuffer, withState } from './srestate.ts';
import { compileTemplate, expand_template } from './sretemplate.ts';
import { SreTemplate_Type } from './types.ts';

const BACKSLASH = 92;

/** Whether the replacement is a string without backslashes. */
function isLiteral(repl: Ref): boolean {
  if (PyUnicode_Check(repl)) return PyUnicode_FindChar(repl, BACKSLASH, 0, i32(repl + 16)) < 0;
  const view = borrowArguments(10);
  const m = nativeMark();
  try {
    stringBuffer(repl, view);
  } catch (e) {
    catchPending(e, m);
    PyErr_Clear();
    dropArguments(view);
    return false;
  }
  const start = i32(view);
  const literal = !bytes.subarray(start, start + i32(view + Py_buffer.len)).includes(BACKSLASH);
  PyBuffer_Release(view);
  dropArguments(view);
  return literal;
}
/** What replaces: a callable, a template, or (where `repl` says nothing of groups) the string itself; a new reference. */
function filterOf(pattern: Ref, repl: Ref): Ref {
  if (PyCallable_Check(repl) || isLiteral(repl)) return Py_NewRef(repl);
  const template = compileTemplate(pattern, repl);
  if (i32(template + 16) !== 0) return template;
  const m = hold(template);
  const literal = Py_NewRef(i32(template + 32));
  hold(literal);
  drop(m + 8);
  release(m);
  return literal;
}
export function pattern_sub(self: Ref, repl: Ref, string: Ref, count: number, subn: boolean): Ref {
  const calls = PyCallable_Check(repl);
  const filter = filterOf(self, repl);
  const top = hold(filter);
  const expands = !calls && i32(filter + 8) === SreTemplate_Type;
  let n = 0;
  const joined = withState(self, string, 0, 0x7fffffff, (state, pattern) => {
    const list = PyList_New(0);
    const m = hold(list);
    let i = 0;
    while (count === 0 || n < count) {
      state_reset(state);
      if (!sre_search(state, pattern + P.code)) break;
      const b = offsetOf(state, i32(state + S.start));
      const e = offsetOf(state, i32(state + S.ptr));
      if (i < b) _PyList_AppendTakeRef(list, sliceOf(state, i, b));
      let item: Ref;
      if (calls || expands) {
        const match = hold(pattern_new_match(pattern, state));
        item = calls ? PyObject_CallOneArg(filter, i32(match)) : expand_template(filter, i32(match));
        hold(item);
        drop(match + 8);
        release(match);
      } else item = Py_NewRef(filter);
      if (item === Py_None) Py_DECREF(item);
      else _PyList_AppendTakeRef(list, item);
      i = e;
      n++;
      state_advance(state);
    }
    const endpos = i32(state + S.endpos);
    if (i < endpos) _PyList_AppendTakeRef(list, sliceOf(state, i, endpos));
    // an empty string of the same kind
    const joiner = sliceOf(state, 0, 0);
    if (i32(list + 16) === 0) {
      release(m);
      return joiner;
    }
    hold(joiner);
    const result = PyUnicode_Check(joiner) ? PyUnicode_Join(joiner, list) : bytes_join(joiner, list);
    hold(result);
    drop(m + 16);
    release(m);
    return result;
  });
  hold(joined);
  if (!subn) {
    drop(top + 8);
    release(top);
    return joined;
  }
  const pair = buildTuple(
    () => Py_NewRef(joined),
    () => PyLong_FromLong(n),
  );
  release(top);
  return pair;
}
