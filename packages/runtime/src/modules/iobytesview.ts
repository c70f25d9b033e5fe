/** What BytesIO.getbuffer() shows: an object that exports the bytes, which stay where they are meanwhile. */
import { i32, setI32 } from '../memory/linear.ts';
import { PyBuffer_FillInfo } from '../objects/abstractbuffer.ts';
import { raise } from '../objects/errors.ts';
import { PyMemoryView_FromObject } from '../objects/memoryobject.ts';
import { drop, hold, Py_NewRef, type Ref, release } from '../objects/object.ts';
import { PyExc_BufferError } from '../objects/static.ts';
import { make } from './itertoolsbasic.ts';
import { record, REF } from './records.ts';
import { BytesIOBuffer_Type } from './types.ts';

/** Where a BytesIO has its bytes, how many, and its flags; above those stands the number of views. */
export const BLOCK = 32;
export const LENGTH = 40;
export const FLAGS = 52;
const ONE_VIEW = 256;
const SOURCE = REF(0);

/** BufferError while there are views. */
export function checkExports(self: Ref): void {
  if (i32(self + FLAGS) >= ONE_VIEW) raise(PyExc_BufferError, 'Existing exports of data: object cannot be re-sized');
}
/** A memoryview of the bytes. */
export function bytesView(self: Ref): Ref {
  const m = hold(make(BytesIOBuffer_Type, Py_NewRef(self)));
  const view = hold(PyMemoryView_FromObject(i32(m)));
  const result = i32(view);
  drop(view);
  release(m);
  return result;
}
function buffer_getbuffer(self: Ref, view: number, flags: number): void {
  const io = i32(self + SOURCE);
  PyBuffer_FillInfo(view, self, i32(io + BLOCK), i32(io + LENGTH), false, flags);
  setI32(io + FLAGS, i32(io + FLAGS) + ONE_VIEW);
}
function buffer_releasebuffer(self: Ref): void {
  const io = i32(self + SOURCE);
  if (io !== 0) setI32(io + FLAGS, i32(io + FLAGS) - ONE_VIEW);
}
export const bytesViewSpec = record({
  address: BytesIOBuffer_Type,
  name: '_io._BytesIOBuffer',
  refs: 1,
  base: false,
  slots: { bf_getbuffer: buffer_getbuffer, bf_releasebuffer: buffer_releasebuffer },
});
