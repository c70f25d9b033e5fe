/** What decoders read: the bytes of an argument. */
import { i32 } from '../memory/linear.ts';
import { withBytes } from '../objects/abstractbuffer.ts';
import { PyUnicode_AsEncodedString } from '../objects/codecs.ts';
import { hold, PyUnicode_Check, type Ref, release } from '../objects/object.ts';

/** Calls use(address, length) with the bytes of a bytes-like object, or of a str's UTF-8 where `text` allows one. */
export function withData(op: Ref, text: boolean, use: (p: number, n: number) => Ref): Ref {
  if (!text || !PyUnicode_Check(op)) return withBytes(op, use);
  const m = hold(PyUnicode_AsEncodedString(op, 'utf-8', null));
  const made = i32(m);
  const result = use(made + 32, i32(made + 16));
  release(m);
  return result;
}
