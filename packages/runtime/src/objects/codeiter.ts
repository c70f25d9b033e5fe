/** The iterators of code.co_lines() and code.co_positions(). Mirrors the end of Objects/codeobject.c. */
import { lineiterator as L, positionsiterator as P } from '@moult/abi';
import { _PyObject_New } from '../gc/alloc.ts';
import { i32, setI32, setPtr } from '../memory/linear.ts';
import { PyObject_Free } from '../memory/obmalloc.ts';
import { type Reading, readEntry, startReading } from './codelines.ts';
import { PyLong_FromLong } from './longobject.ts';
import { Py_CLEAR, Py_NewRef, type Ref } from './object.ts';
import { PyObject_SelfIter } from './objectattr.ts';
import type { TypeSpec } from './spec.ts';
import { _PyLineIterator, _PyPositionsIterator, Py_None } from './static.ts';
import { buildTuple } from './tupleobject.ts';

/** Both keep a PyCodeAddressRange at the same place. */
function save(it: Ref, r: Reading): void {
  setI32(it + L.li_line_ar_start, r.loc.start);
  setI32(it + L.li_line_ar_end, r.loc.end);
  setI32(it + L.li_line_ar_line, r.loc.line);
  setI32(it + L.li_line_opaque_computed_line, r.computed);
  setPtr(it + L.li_line_opaque_lo_next, r.p);
  setPtr(it + L.li_line_opaque_limit, r.limit);
}
function load(it: Ref): Reading {
  return {
    p: i32(it + L.li_line_opaque_lo_next),
    limit: i32(it + L.li_line_opaque_limit),
    computed: i32(it + L.li_line_opaque_computed_line),
    loc: {
      start: i32(it + L.li_line_ar_start),
      end: i32(it + L.li_line_ar_end),
      line: i32(it + L.li_line_ar_line),
      endLine: -1,
      column: -1,
      endColumn: -1,
    },
  };
}
function make(type: Ref, code: Ref): Ref {
  const it = _PyObject_New(type);
  setPtr(it + L.li_code, Py_NewRef(code));
  save(it, startReading(code));
  return it;
}
function dealloc(it: Ref): void {
  Py_CLEAR(it + L.li_code);
  PyObject_Free(it);
}
const intOrNone = (n: number): Ref => (n < 0 ? Py_NewRef(Py_None) : PyLong_FromLong(n));

export function newLineIterator(code: Ref): Ref {
  return make(_PyLineIterator, code);
}
/** Entries of the same line are one row. */
function lineiter_next(it: Ref): Ref {
  const r = load(it);
  const start = r.loc.end;
  if (!readEntry(r)) return 0;
  const { line } = r.loc;
  save(it, r);
  while (readEntry(r) && r.loc.line === line) save(it, r);
  return buildTuple(
    () => PyLong_FromLong(start),
    () => PyLong_FromLong(i32(it + L.li_line_ar_end)),
    () => intOrNone(line),
  );
}
export function newPositionsIterator(code: Ref): Ref {
  const it = make(_PyPositionsIterator, code);
  setI32(it + P.pi_offset, 0);
  return it;
}
/** A row for each code unit. */
function positionsiter_next(it: Ref): Ref {
  const offset = i32(it + P.pi_offset);
  if (offset >= i32(it + P.pi_range_ar_end)) {
    const r = load(it);
    if (!readEntry(r)) return 0;
    save(it, r);
    setI32(it + P.pi_endline, r.loc.endLine);
    setI32(it + P.pi_column, r.loc.column);
    setI32(it + P.pi_endcolumn, r.loc.endColumn);
  }
  setI32(it + P.pi_offset, offset + 2);
  const [line, endLine] = [i32(it + P.pi_range_ar_line), i32(it + P.pi_endline)];
  const [column, endColumn] = [i32(it + P.pi_column), i32(it + P.pi_endcolumn)];
  return buildTuple(
    () => intOrNone(line),
    () => intOrNone(endLine),
    () => intOrNone(column),
    () => intOrNone(endColumn),
  );
}

export const lineIteratorSpec: TypeSpec = {
  address: _PyLineIterator,
  name: 'line_iterator',
  basicsize: L.SIZE,
  flags: 0,
  slots: { tp_dealloc: dealloc, tp_iter: PyObject_SelfIter, tp_iternext: lineiter_next },
};
export const positionsIteratorSpec: TypeSpec = {
  address: _PyPositionsIterator,
  name: 'positions_iterator',
  basicsize: P.SIZE,
  flags: 0,
  slots: { tp_dealloc: dealloc, tp_iter: PyObject_SelfIter, tp_iternext: positionsiter_next },
};
