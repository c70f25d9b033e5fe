/** The process's way to the outside for text that natives write themselves. The process room fills the record. */
import { INTERP } from './runtime.ts';
import { getItemStr } from './dictobject.ts';
import { PyUnicode_FromString } from './unicodeobject.ts';
import { Py_ID, PyInterpreterState } from '@moult/abi';
import { Py_None } from './static.ts';
import { callMethod } from './call.ts';
import { catchPending, PyErr_Clear, PyErr_GetRaisedException, PyErr_SetRaisedException } from './errors.ts';
import { drop, hold, Py_DECREF, Py_NewRef, release } from './object.ts';
import { i32, utf8Length } from '../memory/linear.ts';

export interface HostStreams {
  /** Writes bytes to file descriptor 1 or 2. */
  write(fd: number, data: Uint8Array): void;
}
export const streams: HostStreams = {
  write() {},
};
/** Text as UTF-8 bytes; lone surrogates as three bytes. */
export function encodeUtf8(text: string): Uint8Array {
  const out = new Uint8Array(utf8Length(text));
  let at = 0;
  for (let i = 0; i < text.length; i++) {
    const c = text.codePointAt(i) as number;
    if (c > 0xffff) i++;
    if (c < 0x80) out[at++] = c;
    else if (c < 0x800) {
      out[at++] = 0xc0 | (c >> 6);
      out[at++] = 0x80 | (c & 63);
    } else if (c < 0x10000) {
      out[at++] = 0xe0 | (c >> 12);
      out[at++] = 0x80 | ((c >> 6) & 63);
      out[at++] = 0x80 | (c & 63);
    } else {
      out[at++] = 0xf0 | (c >> 18);
      out[at++] = 0x80 | ((c >> 12) & 63);
      out[at++] = 0x80 | ((c >> 6) & 63);
      out[at++] = 0x80 | (c & 63);
    }
  }
  return out;
}
/** Writes straight to the host's stderr, past sys.stderr (as PySys_FormatStderr's fallback). */
export function writeHostStderr(text: string): void {
  streams.write(2, encodeUtf8(text));
}

/** Writes to sys.stderr, or to the host if there is none (PySys_WriteStderr). Keeps the pending exception. */
export function writeStderr(text: string): void {
  const sysdict = i32(INTERP + PyInterpreterState.sysdict);
  const file = sysdict === 0 ? 0 : getItemStr(sysdict, Py_ID.stderr);
  if (file === 0 || file === Py_None) {
    writeHostStderr(text);
    return;
  }
  const pending = PyErr_GetRaisedException();
  const m = hold(pending);
  hold(Py_NewRef(file));
  try {
    hold(PyUnicode_FromString(text));
    Py_DECREF(callMethod(file, Py_ID.write, i32(m + 16)));
    Py_DECREF(callMethod(file, Py_ID.flush));
  } catch (e) {
    catchPending(e, m + 16);
    PyErr_Clear();
    writeHostStderr(text);
  }
  release(m + 8);
  drop(m);
  if (pending !== 0) PyErr_SetRaisedException(pending);
}
