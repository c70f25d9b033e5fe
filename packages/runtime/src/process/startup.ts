/** Starting: what every realm links before it touches memory, and the cold boot as a whole. */
import { _PY_GC_SCHEDULED_BIT, PyInterpreterState, PyThreadState } from '@moult/abi';
import { _Py_RunGC } from '../gc/gcmain.ts';
import { setAllocators } from '../memory/allocators.ts';
import { CURRENT_TSTATE, i32, setI32 } from '../memory/linear.ts';
import { initModules, linkModules } from '../modules/index.ts';
import { hashSecretFromSeed } from '../numeric/siphash.ts';
import { linkMachines, writeMachineNames } from '../objects/nativeframe.ts';
import { Py_DECREF } from '../objects/object.ts';
import { INTERP } from '../objects/runtime.ts';
import { PySlice_New } from '../objects/sliceobject.ts';
import { linkTypes } from '../objects/types.ts';
import { HASH_SECRET } from '../objects/unicodeobject.ts';
import { initCallableCache, linkVirtualMachine, writeVmState } from '../vm/link.ts';
import { bootCore } from './boot.ts';
import { bootImportlib } from './bootimport.ts';
import { machines } from './machines.ts';
import { linkWatch } from './watch.ts';

/** Numbers the natives, in one order in every realm, and fills the records that point upwards. Touches no memory. */
export function linkRealm(): void {
  linkTypes();
  linkVirtualMachine();
  linkModules();
  linkWatch();
  linkMachines(machines);
}

/** From zeroed memory to a process that is ready to be given argv, streams and a program. */
export function bootProcess(options: {
  readonly policy: number;
  readonly hashSeed: number;
  /** Bits as ALLOCATORS has them. */
  readonly allocators: number;
}): void {
  setAllocators(options.allocators);
  writeHashSecret(options.hashSeed);
  bootCore({ policy: options.policy });
  writeVmState();
  writeMachineNames(machines);
  initModules();
  initCallableCache(i32(INTERP + PyInterpreterState.builtins));
  // CPython's start-up slices something: from then on one freed slice waits to be used again, collections or not
  Py_DECREF(PySlice_New(0, 0, 0));
  // a collection that has become due runs now, not after the program is compiled: it would untrack its constants
  const breaker = i32(CURRENT_TSTATE) + PyThreadState.eval_breaker;
  if ((i32(breaker) & _PY_GC_SCHEDULED_BIT) !== 0) {
    setI32(breaker, i32(breaker) & ~_PY_GC_SCHEDULED_BIT);
    _Py_RunGC();
  }
  bootImportlib();
}

/** What PYTHONHASHSEED sets: 0 leaves the secret zero, so that hashes are the same in every run. */
function writeHashSecret(seed: number): void {
  const { k0lo, k0hi, k1lo, k1hi } = hashSecretFromSeed(seed);
  [k0lo, k0hi, k1lo, k1hi].forEach((word, i) => {
    setI32(HASH_SECRET + i * 4, word);
  });
}
