/** Uncaught exceptions as text: chains, groups, notes, SyntaxError, suggestions. Behaves as Lib/traceback.py of 3.13 does. */
import {
  PyAttributeErrorObject,
  PyBaseExceptionGroupObject,
  PyBaseExceptionObject,
  PyCodeObject,
  PyFrameObject,
  PyHeapTypeObject,
  PyInterpreterState,
  PyImportErrorObject,
  PyNameErrorObject,
  PySyntaxErrorObject,
  PyThreadState,
  PyTracebackObject,
  Py_ID,
  PyTypeObject,
  Py_TPFLAGS_HEAPTYPE,
} from '@moult/abi';
import { CURRENT_TSTATE, i32 } from '../memory/linear.ts';
import { locationAt } from '../objects/codelines.ts';
import { PyMapping_Keys, PyObject_GetItem } from '../objects/abstract.ts';
import { catchPending, PyErr_Clear, PyErr_GetRaisedException, PyErr_SetRaisedException } from '../objects/errors.ts';
import { PyFrame_GetLocals } from '../objects/frameobject.ts';
import { PyLong_AsLong } from '../objects/longobject.ts';
import {
  hold,
  nativeMark,
  PyList_Check,
  PyLong_Check,
  PyTuple_Check,
  PyType_IsSubtype,
  PyUnicode_Check,
  Py_DECREF,
  Py_NewRef,
  Py_SIZE,
  type Ref,
  release,
  tpName,
} from '../objects/object.ts';
import { PyObject_Dir, PyObject_GetOptionalAttr, PyObject_Repr, PyObject_Str } from '../objects/objectattr.ts';
import {
  PyExc_AttributeError,
  PyExc_BaseExceptionGroup,
  PyExc_ImportError,
  PyExc_NameError,
  PyExc_SyntaxError,
  Py_None,
} from '../objects/static.ts';
import { tracebackLine } from '../objects/tracebackobject.ts';
import { asText, PyUnicode_FromString, PyUnicode_InternFromString } from '../objects/unicodeobject.ts';
import { PyDict_GetItemRef, PyDict_GetItemString, getItemStr } from '../objects/dictobject.ts';
import { INTERP } from '../objects/runtime.ts';
import { callFunction } from '../objects/call.ts';
import { stdlibModuleNames } from './stdlibnames.ts';
import { suggestionFor } from './suggestions.ts';
import { type Entry, formatEntry } from './tbsource.ts';
import { displayedLine } from './displayline.ts';

const E = PyBaseExceptionObject;
const CUTOFF = 3;
const CAUSE = '\nThe above exception was the direct cause of the following exception:\n\n';
const CONTEXT = '\nDuring handling of the above exception, another exception occurred:\n\n';
const MAX_GROUP_WIDTH = 15;
const MAX_GROUP_DEPTH = 10;

/** Runs `f` with the error indicator saved; `otherwise` when it fails. */
function safely<T>(f: () => T, otherwise: T): T {
  const saved = PyErr_GetRaisedException();
  const h = hold(saved);
  const mark = nativeMark();
  let result = otherwise;
  try {
    result = f();
  } catch (e) {
    catchPending(e, mark);
    PyErr_Clear();
  }
  if (saved !== 0) Py_NewRef(saved);
  release(h);
  PyErr_SetRaisedException(saved);
  return result;
}
function textOf(make: () => Ref): string {
  const m = hold(make());
  const text = asText(i32(m));
  release(m);
  return text;
}
function strOf(op: Ref, what: string): string {
  return safely(() => textOf(() => PyObject_Str(op)), `<${what} str() failed>`);
}

/** The entries of a traceback, outermost first. */
function entriesOf(first: Ref): Entry[] {
  const all: Entry[] = [];
  for (let tb = first; tb !== 0 && tb !== Py_None; tb = i32(tb + PyTracebackObject.tb_next)) {
    const fp = i32(i32(tb + PyTracebackObject.tb_frame) + PyFrameObject.f_frame);
    const code = i32(fp);
    const loc = locationAt(code, i32(tb + PyTracebackObject.tb_lasti));
    const line = loc === null || loc.line < 0 ? tracebackLine(tb) : loc.line;
    all.push({
      filename: asText(i32(code + PyCodeObject.co_filename)),
      file: i32(code + PyCodeObject.co_filename),
      name: asText(i32(code + PyCodeObject.co_name)),
      line,
      endLine: loc === null ? line : loc.endLine,
      column: loc === null ? -1 : loc.column,
      endColumn: loc === null ? -1 : loc.endColumn,
    });
  }
  return all;
}

/** The stack part of an exception: formatted entries, with repetitions folded. */
function formatStack(entries: readonly Entry[]): string {
  let out = '';
  let last: Entry | null = null;
  let count = 0;
  const fold = (): void => {
    if (count > CUTOFF) {
      const n = count - CUTOFF;
      out += `  [Previous line repeated ${n} more time${n > 1 ? 's' : ''}]\n`;
    }
  };
  for (const e of entries) {
    if (last === null || last.filename !== e.filename || last.line !== e.line || last.name !== e.name) {
      fold();
      last = e;
      count = 0;
    }
    count++;
    if (count <= CUTOFF) out += formatEntry(e);
  }
  fold();
  return out;
}
/** As the C-level printer writes it, for exceptions that are ignored: no carets. */
export function plainTracebackText(exc: Ref): string {
  const tb = i32(exc + E.traceback);
  if (tb === 0) return '';
  // while the modules go, nothing can be opened any more
  const meta = PyDict_GetItemString(i32(INTERP + PyInterpreterState.sysdict), 'meta_path');
  const bare = meta === 0 || meta === Py_None;
  return `Traceback (most recent call last):\n${formatStack(entriesOf(tb).map((e) => ({ ...e, shown: () => (bare ? '' : displayedLine(e.file, e.line)) })))}`;
}
/** Below this recursion limit CPython's traceback module itself fails, and the C-level printer takes over. */
const LEAST_LIMIT = 44;

function tracebackText(exc: Ref): string {
  if (i32(i32(CURRENT_TSTATE) + PyThreadState.py_recursion_limit) < LEAST_LIMIT) return plainTracebackText(exc);
  const tb = i32(exc + E.traceback);
  return tb === 0 ? '' : `Traceback (most recent call last):\n${formatStack(entriesOf(tb))}`;
}

function typeName(type: Ref): string {
  const heap = (i32(type + PyTypeObject.tp_flags) & Py_TPFLAGS_HEAPTYPE) !== 0;
  const full = tpName(type);
  const qualname = heap ? asText(i32(type + PyHeapTypeObject.ht_qualname)) : full.slice(full.lastIndexOf('.') + 1);
  let module = 'builtins';
  if (heap) {
    const m = safely(() => PyObject_GetOptionalAttr(type, Py_ID.__module__), 0);
    if (m === 0 || !PyUnicode_Check(m)) module = '<unknown>';
    else module = asText(m);
    if (m !== 0) Py_DECREF(m);
  } else if (full.includes('.')) module = full.slice(0, full.lastIndexOf('.'));
  return module === '__main__' || module === 'builtins' ? qualname : `${module}.${qualname}`;
}

function strings(list: Ref): string[] {
  const m = hold(list);
  const out: string[] = [];
  for (let i = 0; i < Py_SIZE(list); i++) {
    const item = i32(i32(list + 24) + (i << 3));
    if (PyUnicode_Check(item)) out.push(asText(item));
  }
  release(m);
  return out;
}
function lastFrame(exc: Ref): Ref {
  let tb = i32(exc + E.traceback);
  if (tb === 0) return 0;
  while (i32(tb + PyTracebackObject.tb_next) !== 0) tb = i32(tb + PyTracebackObject.tb_next);
  return i32(tb + PyTracebackObject.tb_frame);
}
function selfOf(frame: Ref): Ref {
  const locals = PyFrame_GetLocals(frame);
  const m = hold(locals);
  const name = hold(PyUnicode_InternFromString('self'));
  const mark = nativeMark();
  let self = 0;
  try {
    self = PyObject_GetItem(locals, i32(name));
  } catch (e) {
    catchPending(e, mark);
    PyErr_Clear();
  }
  release(m);
  return self;
}

/** The name that was probably meant, or null (_compute_suggestion_error). */
function suggestion(exc: Ref, type: Ref): string | null {
  if (PyType_IsSubtype(type, PyExc_AttributeError)) {
    const name = i32(exc + PyAttributeErrorObject.name);
    const obj = i32(exc + PyAttributeErrorObject.obj);
    if (name === 0 || obj === 0 || !PyUnicode_Check(name)) return null;
    const wrong = asText(name);
    let names = strings(PyObject_Dir(obj));
    if (!wrong.startsWith('_')) {
      let hide = true;
      const frame = lastFrame(exc);
      if (frame !== 0) {
        const self = selfOf(frame);
        if (self !== 0) {
          if (self === obj) hide = false;
          Py_DECREF(self);
        }
      }
      if (hide) names = names.filter((n) => !n.startsWith('_'));
    }
    return suggestionFor(wrong, names);
  }
  if (PyType_IsSubtype(type, PyExc_ImportError)) {
    const from = i32(exc + PyImportErrorObject.name_from);
    const modName = i32(exc + PyImportErrorObject.name);
    if (from === 0 || from === Py_None || !PyUnicode_Check(from) || modName === 0) return null;
    const wrong = asText(from);
    const module = PyDict_GetItemRef(i32(INTERP + PyInterpreterState.imports_modules), modName);
    if (module === 0) return null;
    const m = hold(module);
    let names = strings(PyObject_Dir(module));
    release(m);
    if (!wrong.startsWith('_')) names = names.filter((n) => !n.startsWith('_'));
    return suggestionFor(wrong, names);
  }
  const name = i32(exc + PyNameErrorObject.name);
  const frame = lastFrame(exc);
  if (name === 0 || name === Py_None || frame === 0 || !PyUnicode_Check(name)) return null;
  const wrong = asText(name);
  const fp = i32(frame + PyFrameObject.f_frame);
  const locals = PyFrame_GetLocals(frame);
  const m = hold(locals);
  const names = [
    ...strings(PyMapping_Keys(locals)),
    ...strings(PyMapping_Keys(i32(fp + 24))),
    ...strings(PyMapping_Keys(i32(fp + 32))),
  ];
  release(m);
  const self = selfOf(frame);
  if (self !== 0) {
    const h = hold(self);
    const attr = PyObject_GetOptionalAttr(self, name);
    hold(attr);
    release(h);
    if (attr !== 0) return `self.${wrong}`;
  }
  return suggestionFor(wrong, names);
}

/** `Type: message` with suggestions, then notes. */
function exceptionOnly(exc: Ref): string {
  const type = i32(exc + 8);
  let out: string;
  if (PyType_IsSubtype(type, PyExc_SyntaxError)) out = syntaxError(exc, typeName(type));
  else {
    let text = strOf(exc, 'exception');
    const isName = PyType_IsSubtype(type, PyExc_NameError);
    if (isName || PyType_IsSubtype(type, PyExc_AttributeError) || PyType_IsSubtype(type, PyExc_ImportError)) {
      const hint = safely(() => suggestion(exc, type), null);
      if (hint !== null) text += `. Did you mean: '${hint}'?`;
      if (isName) {
        const name = i32(exc + PyNameErrorObject.name);
        if (name !== 0 && PyUnicode_Check(name) && stdlibModuleNames.includes(asText(name))) {
          const wrong = asText(name);
          text += hint !== null ? ` Or did you forget to import '${wrong}'?` : `. Did you forget to import '${wrong}'?`;
        }
      }
    }
    out = text === '' ? `${typeName(type)}\n` : `${typeName(type)}: ${text}\n`;
  }
  return out + notesOf(exc);
}
function notesOf(exc: Ref): string {
  const notes = safely(() => PyObject_GetOptionalAttr(exc, Py_ID.__notes__), 0);
  if (notes === 0) return '';
  const m = hold(notes);
  let out = '';
  if (PyList_Check(notes) || PyTuple_Check(notes)) {
    const n = Py_SIZE(notes);
    for (let i = 0; i < n; i++) {
      const note = PyList_Check(notes) ? i32(i32(notes + 24) + (i << 3)) : i32(notes + 24 + (i << 3));
      for (const line of strOf(note, 'note').split('\n')) out += `${line}\n`;
    }
  } else if (notes !== Py_None)
    out = `${safely(() => textOf(() => PyObject_Repr(notes)), '<__notes__ repr() failed>')}\n`;
  release(m);
  return out;
}

function intField(op: Ref): number | null {
  return op !== 0 && op !== Py_None && PyLong_Check(op) ? PyLong_AsLong(op) : null;
}
function textField(op: Ref): string | null {
  return op !== 0 && op !== Py_None && PyUnicode_Check(op) ? asText(op) : null;
}
function syntaxError(exc: Ref, name: string): string {
  const S = PySyntaxErrorObject;
  const lineno = intField(i32(exc + S.lineno));
  const filename = textField(i32(exc + S.filename));
  const text = textField(i32(exc + S.text));
  const endLine = intField(i32(exc + S.end_lineno));
  let out = '';
  let suffix = '';
  if (lineno !== null) out += `  File "${filename ?? '<string>'}", line ${lineno}\n`;
  else if (filename !== null) suffix = ` (${filename})`;
  if (text !== null) {
    const right = text.replace(/\n+$/, '');
    const left = right.replace(/^[ \n\f]+/, '');
    const spaces = right.length - left.length;
    out += `    ${left}\n`;
    let offset = intField(i32(exc + S.offset));
    if (offset !== null) {
      let end: number;
      if (lineno === endLine) {
        const given = intField(i32(exc + S.end_offset));
        end = given === null || given === 0 ? offset : given;
      } else end = right.length + 1;
      if (text !== '' && offset > text.length) offset = right.length + 1;
      if (text !== '' && end > text.length) end = right.length + 1;
      if (offset >= end || end < 0) end = offset + 1;
      const from = offset - 1 - spaces;
      const to = end - 1 - spaces;
      if (from >= 0) {
        const blank = Array.from(left.slice(0, from), (c) => (/\s/.test(c) ? c : ' ')).join('');
        out += `    ${blank}${'^'.repeat(Math.max(0, to - from))}\n`;
      }
    }
  }
  const msg = i32(exc + S.msg);
  const message = msg === 0 || msg === Py_None ? '<no detail available>' : strOf(msg, 'exception');
  return `${out}${name}: ${message === '' ? '<no detail available>' : message}${suffix}\n`;
}

/** What is written so far, and how deep in groups. */
class Printer {
  out = '';
  depth = 0;
  needClose = false;
  indent(): string {
    return ' '.repeat(2 * this.depth);
  }
  emit(text: string, margin?: string): void {
    const prefix = this.depth > 0 ? `${this.indent()}${margin ?? '|'} ` : '';
    const lines = text.split('\n');
    const last = lines.pop();
    for (const line of lines) this.out += prefix === '' ? `${line}\n` : `${prefix + line}\n`;
    if (last !== undefined && last !== '') this.out += prefix + last;
  }
}

function format(exc: Ref, p: Printer, seen: Set<Ref>): void {
  // outermost first in `chain`, printed from the end
  const chain: { exc: Ref; message: string | null }[] = [];
  for (let e = exc; e !== 0; ) {
    seen.add(e);
    const cause = i32(e + E.cause);
    const context = i32(e + E.context);
    const suppress = (i32(e + E.suppress_context) & 0xff) !== 0;
    let next = 0;
    let message: string | null = null;
    if (cause !== 0 && cause !== Py_None && !seen.has(cause)) {
      next = cause;
      message = CAUSE;
    } else if (context !== 0 && context !== Py_None && !suppress && !seen.has(context)) {
      next = context;
      message = CONTEXT;
    }
    chain.push({ exc: e, message });
    e = next;
  }
  for (const { exc: e, message } of chain.reverse()) {
    if (message !== null) p.emit(message);
    if (!PyType_IsSubtype(i32(e + 8), PyExc_BaseExceptionGroup)) {
      p.emit(tracebackText(e));
      p.emit(exceptionOnly(e));
    } else if (p.depth > MAX_GROUP_DEPTH) p.emit(`... (max_group_depth is ${MAX_GROUP_DEPTH})\n`);
    else formatGroup(e, p, seen);
  }
}
function formatGroup(e: Ref, p: Printer, seen: Set<Ref>): void {
  const top = p.depth === 0;
  if (top) p.depth++;
  const tb = i32(e + E.traceback);
  if (tb !== 0) {
    p.emit('Exception Group Traceback (most recent call last):\n', top ? '+' : undefined);
    p.emit(formatStack(entriesOf(tb)));
  }
  p.emit(exceptionOnly(e));
  const excs = i32(e + PyBaseExceptionGroupObject.excs);
  const total = Py_SIZE(excs);
  const n = total <= MAX_GROUP_WIDTH ? total : MAX_GROUP_WIDTH + 1;
  p.needClose = false;
  for (let i = 0; i < n; i++) {
    const last = i === n - 1;
    if (last) p.needClose = true;
    const truncated = i >= MAX_GROUP_WIDTH;
    p.out += `${p.indent()}${i === 0 ? '+-' : '  '}+---------------- ${truncated ? '...' : i + 1} ----------------\n`;
    p.depth++;
    if (!truncated) format(i32(excs + 24 + (i << 3)), p, seen);
    else {
      const rest = total - MAX_GROUP_WIDTH;
      p.emit(`and ${rest} more exception${rest > 1 ? 's' : ''}\n`);
    }
    if (last && p.needClose) {
      p.out += `${p.indent()}+------------------------------------\n`;
      p.needClose = false;
    }
    p.depth--;
  }
  if (top) p.depth = 0;
}

/** The whole text that CPython writes for an uncaught exception (borrowed). */
export function formatException(exc: Ref): string {
  const p = new Printer();
  format(exc, p, new Set());
  return p.out;
}

/** Writes it to sys.stderr; the host's stream is the caller's business when there is none: returns the text then. */
export function printException(exc: Ref): string | null {
  const text = formatException(exc);
  const stderr = getItemStr(i32(INTERP + PyInterpreterState.sysdict), Py_ID.stderr);
  if (stderr === 0 || stderr === Py_None) return text;
  return safely<string | null>(() => {
    const m = hold(PyUnicode_InternFromString('write'));
    const write = PyObject_GetOptionalAttr(stderr, i32(m));
    if (write === 0) {
      release(m);
      return text;
    }
    hold(write);
    hold(PyUnicode_FromString(text));
    Py_DECREF(callFunction(write, i32(m + 16)));
    release(m);
    return null;
  }, text);
}
