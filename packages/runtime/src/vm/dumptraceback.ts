/**
 * The stack of Python functions as a dying process prints it: read from the bytes alone, each pointer checked, nothing
 * allocated. Mirrors _Py_DumpTracebackThreads of Python/traceback.c.
 */
import {
  _gc_runtime_state as gcs,
  _PyInterpreterFrame,
  FRAME_OWNED_BY_CSTACK,
  PyCodeObject,
  PyThreadState,
} from '@moult/abi';
import { CURRENT_TSTATE, i32, u8 } from '../memory/linear.ts';
import { GC_STATE } from '../objects/runtime.ts';
import { PyUnicode_Type } from '../objects/static.ts';
import { asText } from '../objects/unicodeobject.ts';
import { PyUnstable_InterpreterFrame_GetLine } from './frame.ts';

const MAX_FRAME_DEPTH = 100;
const MAX_STRING_LENGTH = 500;

/** ASCII as it is, everything else escaped; cut after 500 characters (_Py_DumpASCII). */
function asciiText(op: number): string {
  if (op <= 0 || i32(op + 8) !== PyUnicode_Type) return '???';
  let out = '';
  let n = 0;
  for (const c of asText(op)) {
    if (n++ === MAX_STRING_LENGTH) return `${out}...`;
    const code = c.codePointAt(0) as number;
    if (code >= 0x20 && code < 0x7f) out += c;
    else if (code < 0x100) out += `\\x${code.toString(16).padStart(2, '0')}`;
    else if (code < 0x10000) out += `\\u${code.toString(16).padStart(4, '0')}`;
    else out += `\\U${code.toString(16).padStart(8, '0')}`;
  }
  return out;
}

function frameLines(tstate: number): string {
  let out = '';
  let depth = 0;
  try {
    for (let f = i32(tstate + PyThreadState.current_frame); f !== 0; f = i32(f + _PyInterpreterFrame.previous)) {
      if (u8(f + _PyInterpreterFrame.owner) === FRAME_OWNED_BY_CSTACK) continue;
      if (depth++ === MAX_FRAME_DEPTH) return out;
      const code = i32(f + _PyInterpreterFrame.f_executable);
      const line = PyUnstable_InterpreterFrame_GetLine(f);
      const file = i32(code + PyCodeObject.co_filename);
      out += `  File ${file === 0 ? '???' : `"${asciiText(file)}"`}, line ${line >= 0 ? line : '???'}`;
      out += ` in ${asciiText(i32(code + PyCodeObject.co_name))}\n`;
    }
  } catch {
    // a frame that is no frame ends the list
  }
  return out === '' ? '  <no Python frame>\n' : out;
}

export function dumpTraceback(): string {
  const tstate = i32(CURRENT_TSTATE);
  const id = (i32(tstate + PyThreadState.thread_id) >>> 0).toString(16).padStart(16, '0');
  const collecting = i32(GC_STATE + gcs.collecting) === 0 ? '' : '  Garbage-collecting\n';
  return `Current thread 0x${id} (most recent call first):\n${collecting}${frameLines(tstate)}`;
}
