// Which CPython it is: by the word that it exports (3.11 and later), else by its files' names, proven by sys.hexversion later.
import type { Memory } from '@moult/abi';
import type { FoundPython } from './python.ts';

export interface PythonVersion {
  readonly major: number;
  readonly minor: number;
  /** -1: not known. */
  readonly micro: number;
  /** "3.13.0", "3.9". */
  readonly text: string;
  readonly freeThreaded: boolean;
}

const COOKIE = 'xdebugpy';

export function versionOf(memory: Memory, found: FoundPython): PythonVersion | null {
  const word = hexVersion(memory, found);
  if (word !== 0) {
    const micro = (word >>> 8) & 255;
    const major = word >>> 24;
    const minor = (word >>> 16) & 255;
    return {
      major,
      minor,
      micro,
      text: `${major}.${minor}.${micro}${level(word & 255)}`,
      freeThreaded: freeThreaded(memory, found),
    };
  }
  const match = /(?:lib)?python(\d)\.(\d+)/.exec(found.path);
  if (match === null) return null;
  return {
    major: Number(match[1]),
    minor: Number(match[2]),
    micro: -1,
    text: `${match[1]}.${match[2]}`,
    freeThreaded: false,
  };
}

/** PY_VERSION_HEX, 0 where the process does not say. */
function hexVersion(memory: Memory, found: FoundPython): number {
  if (hasDebugOffsets(memory, found)) return memory.u32(found.runtime + 8);
  if (found.versionWord !== 0 && memory.has(found.versionWord, 8)) return memory.u32(found.versionWord);
  return 0;
}

/** From 3.13 on _PyRuntime begins with a table of its own offsets: a cookie, the version, whether it is free-threaded. */
export function hasDebugOffsets(memory: Memory, found: FoundPython): boolean {
  if (!memory.has(found.runtime, 32)) return false;
  for (let i = 0; i < COOKIE.length; i++) if (memory.u8(found.runtime + i) !== COOKIE.charCodeAt(i)) return false;
  return true;
}

function freeThreaded(memory: Memory, found: FoundPython): boolean {
  return hasDebugOffsets(memory, found) && memory.ptr(found.runtime + 16) === 1;
}

/** The last byte: a release's level and serial number. */
function level(byte: number): string {
  const letter = { 10: 'a', 11: 'b', 12: 'rc' }[byte >>> 4];
  return letter === undefined ? '' : `${letter}${byte & 15}`;
}
