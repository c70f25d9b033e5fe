/**
 * What was allocated where. Mirrors Python/tracemalloc.c: its state is _PyRuntime.tracemalloc, its tables lie in plain
 * malloc memory. The allocators report through two natives whose numbers stand in the layout's words (obmalloc.ts).
 *
 *   filenames   str (owned) → nothing          traces   address of a block → trace { size, traceback }
 *   tracebacks  traceback → nothing            a traceback: hash, nframe, total_nframe, then 12 bytes a frame
 */
import {
  PY_RUNTIME_ADDRESS,
  PyCodeObject,
  PyThreadState,
  Py_STR,
  _PyInterpreterFrame,
  _PyRuntimeState as R,
} from '@moult/abi';
import { _PyType_PreHeaderSize } from '../gc/alloc.ts';
import { arenaObjects } from '../memory/account.ts';
import {
  ARENA_ADDRESS,
  ARENA_BYTES,
  ARENA_BYTES_END,
  RADIX_TREE_WORD,
  SMALL_LIMIT_WORD,
  SMALL_REQUEST_THRESHOLD,
  TRACE_ADD_WORD,
  TRACE_REMOVE_WORD,
  TRACING_WORD,
} from '../memory/layout.ts';
import { CURRENT_TSTATE, bytes, i32, ptr, setI32, setPtr, setSsize, setU16, ssize, u16 } from '../memory/linear.ts';
import {
  _Py_hashtable_clear,
  _Py_hashtable_destroy,
  _Py_hashtable_foreach,
  _Py_hashtable_get_entry,
  _Py_hashtable_new,
  _Py_hashtable_set,
  _Py_hashtable_size,
  _Py_hashtable_steal,
  entryKey,
  entryValue,
} from '../memory/hashtable.ts';
import { PyMem_RawFree, PyMem_RawMalloc, memcopy } from '../memory/raw.ts';
import { fnptr } from '../memory/text.ts';
import { PyErr_NoMemory } from './errors.ts';
import { Py_DECREF, Py_NewRef, PyUnicode_Check, type Ref } from './object.ts';
import { unicode_eq, unicode_hash } from './unicodeobject.ts';
import { vm } from './vmlink.ts';

const RT = PY_RUNTIME_ADDRESS;
const TRACING = RT + R.tracemalloc_config_tracing;
const INITIALIZED = RT + R.tracemalloc_config_initialized;
const MAX_NFRAME = RT + R.tracemalloc_config_max_nframe;
const TRACED = RT + R.tracemalloc_traced_memory;
const PEAK = RT + R.tracemalloc_peak_traced_memory;
const FILENAMES = RT + R.tracemalloc_filenames;
const TRACEBACK = RT + R.tracemalloc_traceback;
const TRACEBACKS = RT + R.tracemalloc_tracebacks;
const TRACES = RT + R.tracemalloc_traces;
const DOMAINS = RT + R.tracemalloc_domains;
const EMPTY = RT + R.tracemalloc_empty_traceback;

export const MAX_FRAMES = 65535;
const TB_NFRAME = 8;
const TB_TOTAL = 10;
const TB_FRAMES = 12;
const FRAME_SIZE = 12;
const TRACE_SIZE = 16;

const nothing = (): void => {};
const sameWord = (a: number, b: number): boolean => a === b;
const sameText = (a: Ref, b: Ref): boolean => a === b || unicode_eq(a, b);
const hashPointer = (p: number): number => (p >>> 4) | (p << 28);
const tracebackSize = (n: number): number => TB_FRAMES + FRAME_SIZE * n;

function sameTraceback(a: number, b: number): boolean {
  const n = u16(a + TB_NFRAME);
  if (n !== u16(b + TB_NFRAME) || u16(a + TB_TOTAL) !== u16(b + TB_TOTAL)) return false;
  for (let i = TB_FRAMES; i < tracebackSize(n); i += 4) if (i32(a + i) !== i32(b + i)) return false;
  return true;
}
function hashTraceback(tb: number): number {
  let h = 0x345678;
  const end = tb + tracebackSize(u16(tb + TB_NFRAME));
  for (let f = tb + TB_FRAMES; f < end; f += FRAME_SIZE) {
    h = Math.imul(h ^ hashPointer(i32(f)), 1000003);
    h = Math.imul(h ^ i32(f + 8), 1000003);
  }
  return h ^ u16(tb + TB_TOTAL);
}

export function isTracing(): boolean {
  return i32(TRACING) !== 0;
}
export function tracebackLimit(): number {
  return i32(MAX_NFRAME);
}
export function tracedMemory(): { readonly size: number; readonly peak: number } {
  return isTracing() ? { size: ssize(TRACED), peak: ssize(PEAK) } : { size: 0, peak: 0 };
}
export function resetPeak(): void {
  if (isTracing()) setSsize(PEAK, ssize(TRACED));
}

// ---- on and off ---------------------------------------------------------------------------------------------------------

/** At boot: the tables are always there. */
export function tracemallocInit(): void {
  for (const slot of [FILENAMES, TRACEBACKS, TRACES, DOMAINS]) {
    const table = _Py_hashtable_new();
    if (table === 0) PyErr_NoMemory();
    setPtr(slot, table);
  }
  setU16(EMPTY + TB_NFRAME, 1);
  setU16(EMPTY + TB_TOTAL, 1);
  setPtr(EMPTY + TB_FRAMES, Py_STR.anon_unknown);
  setI32(EMPTY + TB_FRAMES + 8, 0);
  setI32(EMPTY, hashTraceback(EMPTY));
  setI32(MAX_NFRAME, 1);
  setI32(INITIALIZED, 1);
}

/** Numbers the natives that the allocators call; in every realm, always in the same order. */
export function linkTracemalloc(): void {
  fnptr(addTrace);
  fnptr(removeTrace);
}

/** From now on the allocators' fast paths fail, and the slow ones report. */
function switchOn(): void {
  setI32(TRACE_ADD_WORD, fnptr(addTrace));
  setI32(TRACE_REMOVE_WORD, fnptr(removeTrace));
  setI32(TRACING_WORD, 1);
  setI32(SMALL_LIMIT_WORD, -1);
  bytes.fill(0, ARENA_BYTES, ARENA_BYTES_END);
}
function switchOff(): void {
  setI32(TRACING_WORD, 0);
  setI32(SMALL_LIMIT_WORD, SMALL_REQUEST_THRESHOLD);
  if (i32(RADIX_TREE_WORD) !== 0)
    for (const ao of arenaObjects()) bytes[ARENA_BYTES + (ptr(ao + ARENA_ADDRESS) >>> 20)] = 1;
}

export function tracemallocStart(nframe: number): void {
  if (isTracing()) return;
  setI32(MAX_NFRAME, nframe);
  const buffer = PyMem_RawMalloc(tracebackSize(nframe));
  if (buffer === 0) PyErr_NoMemory();
  setPtr(TRACEBACK, buffer);
  setI32(TRACING, 1);
  switchOn();
}
export function tracemallocStop(): void {
  if (!isTracing()) return;
  setI32(TRACING, 0);
  switchOff();
  clearTraces();
  PyMem_RawFree(ptr(TRACEBACK));
  setPtr(TRACEBACK, 0);
}
export function clearTraces(): void {
  if (i32(INITIALIZED) !== 1) return;
  const old: Ref[] = [];
  _Py_hashtable_clear(ptr(TRACES), (_key, value) => PyMem_RawFree(value));
  _Py_hashtable_clear(ptr(TRACEBACKS), PyMem_RawFree);
  _Py_hashtable_clear(ptr(FILENAMES), (key) => old.push(key));
  setSsize(TRACED, 0);
  setSsize(PEAK, 0);
  for (const name of old) Py_DECREF(name);
}
/** At the interpreter's end: nothing stays allocated. */
export function tracemallocFini(): void {
  if (i32(INITIALIZED) !== 1) return;
  tracemallocStop();
  for (const slot of [DOMAINS, TRACES, TRACEBACKS, FILENAMES]) {
    _Py_hashtable_destroy(ptr(slot), nothing);
    setPtr(slot, 0);
  }
  setI32(INITIALIZED, 2);
}

// ---- traces -------------------------------------------------------------------------------------------------------------

/** The str that stands for this file name in tracebacks. */
function internFilename(name: Ref): Ref {
  const table = ptr(FILENAMES);
  const hash = unicode_hash(name);
  const entry = _Py_hashtable_get_entry(table, name, hash, sameText);
  if (entry !== 0) return entryKey(entry);
  return _Py_hashtable_set(table, Py_NewRef(name), hash, 0) ? name : forget(name);
}
function forget(name: Ref): Ref {
  Py_DECREF(name);
  return Py_STR.anon_unknown;
}

/** The traceback of the running code, kept in the table; 0 if there is no memory. */
function traceback_new(): number {
  const tb = ptr(TRACEBACK);
  const max = i32(MAX_NFRAME);
  let n = 0;
  let total = 0;
  const ts = i32(CURRENT_TSTATE);
  let frame = ts === 0 ? 0 : vm.completeFrame(i32(ts + PyThreadState.current_frame));
  while (frame !== 0) {
    if (n < max) {
      const name = i32(i32(frame + _PyInterpreterFrame.f_executable) + PyCodeObject.co_filename);
      const at = tb + TB_FRAMES + FRAME_SIZE * n++;
      setPtr(at, name !== 0 && PyUnicode_Check(name) ? internFilename(name) : Py_STR.anon_unknown);
      setI32(at + 8, Math.max(0, vm.frameLine(frame)));
    }
    if (total < MAX_FRAMES) total++;
    frame = vm.completeFrame(i32(frame + _PyInterpreterFrame.previous));
  }
  if (n === 0) return EMPTY;
  setU16(tb + TB_NFRAME, n);
  setU16(tb + TB_TOTAL, total);
  const hash = hashTraceback(tb);
  setPtr(tb, hash);
  const table = ptr(TRACEBACKS);
  const entry = _Py_hashtable_get_entry(table, tb, hash, sameTraceback);
  if (entry !== 0) return entryKey(entry);
  const copy = PyMem_RawMalloc(tracebackSize(n));
  if (copy === 0) return 0;
  memcopy(copy, tb, tracebackSize(n));
  if (_Py_hashtable_set(table, copy, hash, 0)) return copy;
  PyMem_RawFree(copy);
  return 0;
}

/** A block of `size` bytes was given at `p`; false if there is no memory to note it. */
function addTrace(p: number, size: number): boolean {
  const traceback = traceback_new();
  if (traceback === 0) return false;
  const traces = ptr(TRACES);
  const hash = hashPointer(p);
  const entry = _Py_hashtable_get_entry(traces, p, hash, sameWord);
  let traced = ssize(TRACED);
  if (entry !== 0) {
    const trace = entryValue(entry);
    traced -= ssize(trace);
    setSsize(trace, size);
    setPtr(trace + 8, traceback);
  } else {
    const trace = PyMem_RawMalloc(TRACE_SIZE);
    if (trace === 0) return false;
    setSsize(trace, size);
    setPtr(trace + 8, traceback);
    if (!_Py_hashtable_set(traces, p, hash, trace)) {
      PyMem_RawFree(trace);
      return false;
    }
  }
  traced += size;
  setSsize(TRACED, traced);
  if (traced > ssize(PEAK)) setSsize(PEAK, traced);
  return true;
}
function removeTrace(p: number): void {
  const trace = _Py_hashtable_steal(ptr(TRACES), p, hashPointer(p), sameWord);
  if (trace === 0) return;
  setSsize(TRACED, ssize(TRACED) - ssize(trace));
  PyMem_RawFree(trace);
}
/** An object came out of a free list: its block was allocated long ago, but it was made here (_PyTraceMalloc_TraceRef). */
export function traceReused(op: Ref): void {
  const p = op - _PyType_PreHeaderSize(i32(op + 8));
  const entry = _Py_hashtable_get_entry(ptr(TRACES), p, hashPointer(p), sameWord);
  if (entry === 0) return;
  const traceback = traceback_new();
  if (traceback !== 0) setPtr(entryValue(entry) + 8, traceback);
}

// ---- reading ------------------------------------------------------------------------------------------------------------

/** Bytes of the tables themselves. */
export function tracemallocMemory(): number {
  if (i32(INITIALIZED) !== 1) return 0;
  return [TRACEBACKS, FILENAMES, TRACES].reduce((n, slot) => n + _Py_hashtable_size(ptr(slot)), 0);
}
/** The traceback of the block that begins at `p`, or 0. */
export function tracebackOf(p: number): number {
  if (!isTracing()) return 0;
  const entry = _Py_hashtable_get_entry(ptr(TRACES), p, hashPointer(p), sameWord);
  return entry === 0 ? 0 : ptr(entryValue(entry) + 8);
}
export function eachTrace(visit: (size: number, traceback: number) => void): void {
  if (isTracing()) _Py_hashtable_foreach(ptr(TRACES), (_p, trace) => visit(ssize(trace), ptr(trace + 8)));
}
export function tracebackFrames(tb: number): { readonly filename: Ref; readonly line: number }[] {
  return Array.from({ length: u16(tb + TB_NFRAME) }, (_, i) => {
    const at = tb + TB_FRAMES + FRAME_SIZE * i;
    return { filename: ptr(at), line: i32(at + 8) };
  });
}
export function tracebackTotal(tb: number): number {
  return u16(tb + TB_TOTAL);
}
/** Runs `f` without reporting what it allocates (set_reentrant); what it frees is. */
export function untraced<T>(f: () => T): T {
  const limit = i32(SMALL_LIMIT_WORD);
  setI32(SMALL_LIMIT_WORD, SMALL_REQUEST_THRESHOLD);
  try {
    return f();
  } finally {
    setI32(SMALL_LIMIT_WORD, limit);
  }
}
