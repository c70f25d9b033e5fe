// The Python processes of this system that we may look at.
import { mappingsOf, argumentsOf, allProcesses, executableOf, residentBytes } from './proc/process.ts';
import { findPython, looksLikePython } from './find/python.ts';
import { Refusal } from './refusal.ts';

export interface PythonProcess {
  readonly pid: number;
  readonly command: readonly string[];
  readonly executable: string;
  /** Bytes. */
  readonly resident: number;
  /** "3.13" by its files' names; '' where they do not tell. */
  readonly version: string;
  /** Why it cannot be read, or null. */
  readonly refusal: Refusal | null;
}

/** In the order of their numbers, without ourselves. Processes that may not be looked at are in it only where their name tells. */
export function pythonProcesses(): PythonProcess[] {
  return allProcesses()
    .filter((pid) => pid !== process.pid)
    .flatMap((pid) => {
      try {
        const found = one(pid);
        return found === null ? [] : [found];
      } catch (error) {
        if (error instanceof Refusal) return [];
        throw error;
      }
    });
}

function one(pid: number): PythonProcess | null {
  const command = argumentsOf(pid);
  if (command.length === 0) return null;
  try {
    const maps = mappingsOf(pid);
    if (!looksLikePython(pid, maps)) return null;
    const facts = { pid, command, executable: executableOf(pid), resident: residentBytes(pid) };
    try {
      const { path } = findPython(pid, maps);
      return { ...facts, version: /python(\d\.\d+)/.exec(path)?.[1] ?? '', refusal: null };
    } catch (error) {
      if (error instanceof Refusal) return { ...facts, version: '', refusal: error };
      throw error;
    }
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== 'permission' || !/python/.test(command[0] ?? '')) return null;
    return { pid, command, executable: command[0] ?? '', resident: residentBytes(pid), version: '', refusal: error };
  }
}
