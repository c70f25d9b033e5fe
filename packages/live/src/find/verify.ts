// Before a word of it is believed: is what lies there a CPython 3.13's runtime, laid out as our tables say?
import { _PyRuntimeState, gc_generation, type Memory, PyInterpreterState, UnmappedError } from '@moult/abi';
import { decodeInt, dictGet, generationHeads, NotAnObject, processTarget, Reader, type Target } from '@moult/inspect';
import { Refusal } from '../refusal.ts';
import type { FoundPython } from './python.ts';
import { hasDebugOffsets, type PythonVersion } from './version.ts';

/** The versions whose layout the tables hold. */
const KNOWN_MINOR = 13;
/** Where 3.13's _Py_DebugOffsets tells sizes and offsets that our tables hold, too. */
const TOLD: readonly (readonly [at: number, what: string, ours: number])[] = [
  [40, 'the list of interpreters', _PyRuntimeState.interpreters_head],
  [48, 'the size of an interpreter', PyInterpreterState.SIZE],
  [64, 'the next interpreter', PyInterpreterState.next],
  [72, 'the threads', PyInterpreterState.threads_head],
  [80, 'the collector', PyInterpreterState.gc],
  [88, 'sys.modules', PyInterpreterState.imports_modules],
  [96, "sys's dict", PyInterpreterState.sysdict],
];

/** The process as a target of the readers; a Refusal that says what is not as it must be. */
export function verifiedTarget(pid: number, memory: Memory, found: FoundPython, version: PythonVersion | null): Target {
  if (version === null) {
    throw new Refusal('version', `Process ${pid} runs a CPython that does not say its version (${found.path}).`);
  }
  if (version.freeThreaded) {
    throw new Refusal(
      'other-python',
      `Process ${pid} runs a free-threaded CPython ${version.text}: it counts and collects in another way, which is not read yet.`,
    );
  }
  if (version.major !== 3 || version.minor !== KNOWN_MINOR) {
    throw new Refusal('version', `Process ${pid} runs CPython ${version.text}; the readers know 3.13 so far.`);
  }
  const offsets = differingOffsets(memory, found);
  if (offsets.length > 0) {
    throw new Refusal(
      'implausible',
      `Process ${pid} runs CPython ${version.text}, laid out in another way than 3.13.0 (${offsets.join('; ')}).`,
    );
  }
  const target = processTarget(memory, found.runtime);
  const doubt = doubtOf(target, version);
  if (doubt !== null) throw new Refusal('implausible', `Process ${pid} is not what it seems: ${doubt}.`);
  return target;
}

function differingOffsets(memory: Memory, found: FoundPython): string[] {
  if (!hasDebugOffsets(memory, found)) return ['it has no table of its offsets'];
  return TOLD.flatMap(([at, what, ours]) => {
    const theirs = memory.ptr(found.runtime + at);
    return theirs === ours ? [] : [`${what}: ${theirs}, not ${ours}`];
  });
}

/** What is wrong with it; null: nothing that was looked at. */
function doubtOf(target: Target, version: PythonVersion): string | null {
  const { memory, interp } = target;
  try {
    if (interp === 0) return 'it has no interpreter: Python has not started yet, or has ended';
    const reader = new Reader(target);
    for (const [i, head] of generationHeads(reader).entries()) {
      const next = memory.ptr(head) - (memory.ptr(head) % 2);
      const back = memory.ptr(next + 8);
      // During a collection the young lists hold scratch counts in the place of their back links.
      if (back !== head && memory.i32(interp + PyInterpreterState.gc_collecting) === 0) {
        return `the list of generation ${i} is not closed (0x${head.toString(16)})`;
      }
      const threshold = memory.i32(head + gc_generation.threshold);
      if (threshold < 0) return `the threshold of generation ${i} is ${threshold}`;
    }
    const modules = memory.ptr(interp + PyInterpreterState.imports_modules);
    if (modules === 0 || reader.typeOf(modules).layout !== 'dict') return 'sys.modules is no dict';
    const hexversion = dictGet(reader, memory.ptr(interp + PyInterpreterState.sysdict), 'hexversion');
    if (hexversion === 0) return 'sys has no hexversion';
    const word = Number(decodeInt(reader, hexversion));
    if (word >>> 24 !== version.major || ((word >>> 16) & 255) !== version.minor) {
      return `sys.hexversion is 0x${word.toString(16)}, and the file says ${version.text}`;
    }
    return null;
  } catch (error) {
    if (error instanceof UnmappedError || error instanceof NotAnObject || error instanceof RangeError) {
      return error.message;
    }
    throw error;
  }
}
