/** Where the interpreter's structs lie inside _PyRuntime, as in CPython: one runtime, its main interpreter, its first thread. */
import { PyInterpreterState, PY_RUNTIME_ADDRESS, _PyRuntimeState, SMALL_INTS_ADDRESS } from '@moult/abi';

export const INTERP = PY_RUNTIME_ADDRESS + _PyRuntimeState._main_interpreter;
export const MAIN_TSTATE = INTERP + PyInterpreterState._initial_thread;
/** struct _gc_runtime_state of the interpreter. */
export const GC_STATE = INTERP + PyInterpreterState.gc;
/** The int n (-5..256) lies at SMALL_INTS + 32 * (n + 5). */
export const SMALL_INTS = SMALL_INTS_ADDRESS;
export const EMPTY_TUPLE = PY_RUNTIME_ADDRESS + _PyRuntimeState.static_objects_singletons_tuple_empty;
export const EMPTY_BYTES = PY_RUNTIME_ADDRESS + _PyRuntimeState.static_objects_singletons_bytes_empty;
export const BYTES_CHARACTERS = PY_RUNTIME_ADDRESS + _PyRuntimeState.static_objects_singletons_bytes_characters;
