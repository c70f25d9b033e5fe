// Every place outside objects that owns references: the interpreter's state, its threads, their frames, the static types' part
// of the interpreter, the runtime, and the native stack.
import {
  _Py_hashtable_entry_t,
  _Py_hashtable_t,
  _Py_MAX_MANAGED_STATIC_BUILTIN_TYPES,
  _PyInterpreterFrame,
  _PyRuntimeState,
  _PyThreadStateImpl,
  FRAME_CLEARED,
  FRAME_OWNED_BY_GENERATOR,
  managed_static_type_state,
  Py_TPFLAGS_READY,
  PyGenObject,
  PyInterpreterState,
  PyThreadState,
  PyTypeObject,
} from '@moult/abi';
import type { Reader } from './reader.ts';
import { framesOf, visitFrame } from './references/frames.ts';
import { type Reference, ReferenceList } from './references/labels.ts';
import type { ReferenceVisitor } from './references/visitor.ts';
import { threadsOf } from './target.ts';
import { frameText } from './values/describe.ts';
import { GC_HEAD_SIZE, trackedObjects } from './walk/generations.ts';

export type PlaceKind = 'runtime' | 'interpreter' | 'thread' | 'frame' | 'native stack' | 'collector' | 'static';
export interface Place {
  readonly kind: PlaceKind;
  readonly address: number;
}

export interface RootVisitor extends ReferenceVisitor {
  /** The references that follow are held by this place. */
  enter(place: Place): void;
  /** An object that exists without anyone holding it: a static type, a running generator. */
  exists(object: number): void;
  /** An object that is being deallocated: nothing need hold it, but what it refers to is still counted. */
  dying(object: number): void;
}

const INTERPRETER_FIELDS = [
  ...(['gc_garbage', 'gc_callbacks', 'sysdict', 'builtins', 'imports_modules', 'imports_modules_by_index'] as const),
  ...(['imports_importlib', 'imports_import_func', 'codecs_search_path', 'codecs_search_cache'] as const),
  ...(['codecs_error_registry', 'dict', 'sysdict_copy', 'builtins_copy', 'before_forkers'] as const),
  ...(['after_forkers_parent', 'after_forkers_child', 'warnings_filters', 'warnings_once_registry'] as const),
  ...(['warnings_default_action', 'audit_hooks', 'exc_state_errnomap', 'exc_state_PyExc_ExceptionGroup'] as const),
  ...(['xi_PyExc_NotShareableError', 'optimizer', 'cached_objects_interned_strings'] as const),
  ...(['cached_objects_str_replace_inf', 'cached_objects_objreduce', 'cached_objects_type_slots_pname'] as const),
  ...(['cached_objects_generic_type', 'cached_objects_typevar_type', 'cached_objects_typevartuple_type'] as const),
  ...(['cached_objects_paramspec_type', 'cached_objects_paramspecargs_type'] as const),
  'cached_objects_paramspeckwargs_type',
] as const;

const THREAD_FIELDS = [
  ...(['c_profileobj', 'c_traceobj', 'current_exception', 'dict', 'async_exc', 'async_gen_firstiter'] as const),
  ...(['async_gen_finalizer', 'context', 'exc_state_exc_value', 'threading_local_key'] as const),
  'threading_local_sentinel',
] as const;

export function visitRoots(reader: Reader, visitor: RootVisitor): void {
  visitInterpreter(reader, visitor);
  visitTypeCache(reader, 0, TYPE_CACHE_SIZE, visitor);
  visitRuntime(reader, visitor);
  for (const thread of threadsOf(reader.target)) {
    visitThread(reader, thread, visitor);
    for (const frame of framesOf(reader, reader.ptr(thread + PyThreadState.current_frame))) {
      visitRunningFrame(reader, frame, visitor);
    }
  }
  const clearing = reader.target.clearingFrame;
  for (const frame of clearing === undefined ? [] : framesOf(reader, reader.ptr(clearing))) {
    visitClearingFrame(reader, frame, visitor);
  }
  visitNativeStack(reader, visitor);
  for (const head of reader.target.owningLists ?? []) visitOwningList(reader, head, visitor);
}

function visitField(reader: Reader, slot: number, label: string, visitor: ReferenceVisitor, index = -1): void {
  const target = reader.ptr(slot);
  if (target !== 0) visitor.reference(target, slot, label, index);
}

export const TYPE_CACHE_SIZE = PyInterpreterState.types_type_cache_hashtable_COUNT;

/** The names in some entries of the type cache. */
export function visitTypeCache(reader: Reader, from: number, to: number, visitor: RootVisitor): void {
  const cache = reader.target.interp + PyInterpreterState.types_type_cache_hashtable;
  for (let i = from; i < to; i++) {
    const slot = cache + i * PyInterpreterState.types_type_cache_hashtable_STRIDE + 8;
    visitField(reader, slot, 'type cache[#].name', visitor, i);
  }
}

/** The interpreter's state, without its type cache. */
export function visitInterpreter(reader: Reader, visitor: RootVisitor): void {
  const interp = reader.target.interp;
  visitor.enter({ kind: 'interpreter', address: interp });
  for (const label of INTERPRETER_FIELDS) visitField(reader, interp + PyInterpreterState[label], label, visitor);
  visitMonitoring(reader, interp, visitor);
  visitAtexit(reader, interp, visitor);
  visitAst(reader, interp, visitor);
  const initialized = interp + PyInterpreterState.types_builtins_initialized;
  for (let i = 0; i < _Py_MAX_MANAGED_STATIC_BUILTIN_TYPES; i++) {
    const type = reader.ptr(initialized + i * managed_static_type_state.SIZE);
    if (type !== 0) visitor.exists(type);
  }
  for (const type of reader.target.staticTypes ?? []) {
    if ((reader.u32(type + PyTypeObject.tp_flags) & Py_TPFLAGS_READY) !== 0) visitor.exists(type);
  }
  const extensions = interp + PyInterpreterState.types_for_extensions_initialized;
  for (let i = 0; i < PyInterpreterState.types_for_extensions_initialized_COUNT; i++) {
    const type = reader.ptr(extensions + i * managed_static_type_state.SIZE);
    if (type !== 0) visitor.exists(type);
  }
}

function visitMonitoring(reader: Reader, interp: number, visitor: ReferenceVisitor): void {
  const callables = interp + PyInterpreterState.monitoring_callables;
  const words = PyInterpreterState.monitoring_callables_COUNT * (PyInterpreterState.monitoring_callables_STRIDE / 8);
  for (let i = 0; i < words; i++) visitField(reader, callables + i * 8, 'monitoring_callables[#]', visitor, i);
  const names = interp + PyInterpreterState.monitoring_tool_names;
  for (let i = 0; i < PyInterpreterState.monitoring_tool_names_COUNT; i++) {
    visitField(reader, names + i * 8, 'monitoring_tool_names[#]', visitor, i);
  }
}

/** An array of pointers to {func, args, kwargs}. */
function visitAtexit(reader: Reader, interp: number, visitor: ReferenceVisitor): void {
  const callbacks = reader.ptr(interp + PyInterpreterState.atexit_callbacks);
  const count = reader.i32(interp + PyInterpreterState.atexit_ncallbacks);
  for (let i = 0; i < count && callbacks !== 0; i++) {
    const callback = reader.ptr(callbacks + i * 8);
    if (callback === 0) continue;
    visitField(reader, callback, 'atexit[#].func', visitor, i);
    visitField(reader, callback + 8, 'atexit[#].args', visitor, i);
    visitField(reader, callback + 16, 'atexit[#].kwargs', visitor, i);
  }
}

/** The state of the _ast module: types, singletons and names, one pointer after the other. */
function visitAst(reader: Reader, interp: number, visitor: ReferenceVisitor): void {
  const first = PyInterpreterState.ast_AST_type;
  const last = PyInterpreterState.ast_withitem_type;
  for (let offset = first; offset <= last; offset += 8) {
    visitField(reader, interp + offset, 'ast state[#]', visitor, (offset - first) / 8);
  }
}

export function visitRuntime(reader: Reader, visitor: RootVisitor): void {
  const runtime = reader.target.runtime;
  visitor.enter({ kind: 'runtime', address: runtime });
  for (const label of ['signals_default_handler', 'signals_ignore_handler'] as const) {
    visitField(reader, runtime + _PyRuntimeState[label], label, visitor);
  }
  const handlers = runtime + _PyRuntimeState.signals_handlers;
  for (let i = 0; i < _PyRuntimeState.signals_handlers_COUNT; i++) {
    visitField(reader, handlers + i * _PyRuntimeState.signals_handlers_STRIDE + 8, 'signal handler[#]', visitor, i);
  }
  visitFilenames(reader, runtime, visitor);
}

/** The keys of tracemalloc's table of file names. */
function visitFilenames(reader: Reader, runtime: number, visitor: ReferenceVisitor): void {
  const table = reader.ptr(runtime + _PyRuntimeState.tracemalloc_filenames);
  if (table === 0) return;
  const buckets = reader.ptr(table + _Py_hashtable_t.buckets);
  for (let b = 0, n = reader.i32(table + _Py_hashtable_t.nbuckets); b < n; b++) {
    for (let e = reader.ptr(buckets + b * 8); e !== 0; e = reader.ptr(e)) {
      visitField(reader, e + _Py_hashtable_entry_t.key, 'tracemalloc filename', visitor);
    }
  }
}

/** A thread's state, without its frames. */
export function visitThread(reader: Reader, thread: number, visitor: RootVisitor): void {
  visitor.enter({ kind: 'thread', address: thread });
  for (const label of THREAD_FIELDS) visitField(reader, thread + PyThreadState[label], label, visitor);
  visitField(reader, thread + _PyThreadStateImpl.asyncio_running_loop, 'asyncio_running_loop', visitor);
  visitTrash(reader, thread, visitor);
}

/** One of a thread's frames: a running generator's is the generator's. */
export function visitRunningFrame(reader: Reader, frame: number, visitor: RootVisitor): void {
  if (reader.u8(frame + _PyInterpreterFrame.owner) === FRAME_OWNED_BY_GENERATOR) {
    visitor.exists(frame - PyGenObject.gi_iframe);
    return;
  }
  visitor.enter({ kind: 'frame', address: frame });
  visitFrame(reader, frame, visitor);
}

/**
 * The native stack's slots, by their low three bits: 0 an owned object; 1 an object that is being deallocated (what it still
 * refers to counts, it itself does not); 2 a header, whose upper bits say how many borrowed slots follow; 3 an array of owned
 * references, whose length is in the next slot; 4 a keys table that no dict shows any more, while it is released.
 */
export function visitNativeStack(reader: Reader, visitor: RootVisitor): void {
  const stack = reader.target.nativeStack;
  if (!stack) return;
  visitor.enter({ kind: 'native stack', address: stack.base });
  const top = reader.ptr(stack.pointer);
  for (let slot = stack.base; slot < top; slot += 8) {
    const word = reader.ptr(slot);
    const tag = word % 8;
    const index = (slot - stack.base) / 8;
    if (word === 0) continue;
    if (tag === 0) visitor.reference(word, slot, 'native stack[#]', index);
    else if (tag === 1) visitor.dying(word - 1);
    else if (tag === 4) visitor.keysTable(word - 4, slot);
    else if (tag === 2) slot += word - 2;
    else if (tag === 3) {
      slot += 8;
      const count = reader.ssize(slot);
      for (let i = 0; i < count; i++) visitField(reader, word - 3 + i * 8, 'released array[#]', visitor, i);
    }
  }
}

/**
 * A frame whose locals are being released: what is left in it is still owned. A generator that is being closed still shows its
 * frame itself; one that is finished keeps no more of it than the code.
 */
export function visitClearingFrame(reader: Reader, frame: number, visitor: RootVisitor): void {
  const ofGenerator = reader.u8(frame + _PyInterpreterFrame.owner) === FRAME_OWNED_BY_GENERATOR;
  if (ofGenerator && reader.i8(frame - PyGenObject.gi_iframe + PyGenObject.gi_frame_state) < FRAME_CLEARED) return;
  visitor.enter({ kind: 'frame', address: frame });
  visitFrame(reader, frame, visitor, !ofGenerator);
}

/** A list of the collector's that owns a reference to each of its objects. */
export function visitOwningList(reader: Reader, head: number, visitor: RootVisitor): void {
  visitor.enter({ kind: 'collector', address: head });
  for (const object of trackedObjects(reader, head)) visitor.reference(object, head, 'waiting callback', -1);
}

/** Objects with a count of 0 that wait for their deallocation, linked through _gc_prev (the trashcan). */
function visitTrash(reader: Reader, thread: number, visitor: RootVisitor): void {
  let head = reader.ptr(thread + PyThreadState.delete_later);
  for (let n = 0; head !== 0 && n < 1e7; n++) {
    visitor.dying(head + GC_HEAD_SIZE);
    const previous = reader.ptr(head + 8);
    head = previous - (previous % 4);
  }
}

export interface Root extends Reference {
  readonly place: Place;
}

class RootList extends ReferenceList implements RootVisitor {
  readonly roots: Root[] = [];
  readonly unheld: number[] = [];
  private place: Place = { kind: 'runtime', address: 0 };
  enter(place: Place): void {
    this.place = place;
  }
  exists(object: number): void {
    this.unheld.push(object);
  }
  dying(object: number): void {
    this.unheld.push(object);
  }
  override reference(target: number, slot: number, label: string, index: number): void {
    super.reference(target, slot, label, index);
    const reference = this.references.pop();
    if (reference) this.roots.push({ ...reference, place: this.place });
  }
}

/** Every root reference with its label and place. */
export function rootsOf(reader: Reader): Root[] {
  const list = new RootList(reader);
  visitRoots(reader, list);
  return list.roots;
}

export function placeText(reader: Reader, place: Place): string {
  return place.kind === 'frame' ? `frame of ${frameText(reader, place.address)}` : place.kind;
}
