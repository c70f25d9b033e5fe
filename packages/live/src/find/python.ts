/**
 * Where a process keeps its CPython: the file that holds it (an executable or libpython), how far that was moved, and the address
 * of _PyRuntime. Symbols first, then the section that 3.10 and later put it in.
 */
import { existsSync } from 'node:fs';
import { NotElf, type Elf, readElf } from '../elf/elf.ts';
import type { Mapping } from '../proc/maps.ts';
import { executableOf } from '../proc/process.ts';
import { Refusal } from '../refusal.ts';

export interface FoundPython {
  /** The file, as the process sees it. */
  readonly path: string;
  readonly elf: Elf;
  /** Added to the file's addresses. */
  readonly bias: number;
  /** The address of _PyRuntime. */
  readonly runtime: number;
  readonly by: 'symbol' | 'section';
  /** The address of Py_Version, from 3.11 on; 0: not there. */
  readonly versionWord: number;
}

const WANTED = new Set([
  '_PyRuntime',
  'Py_Version',
  'arenas',
  'maxarenas',
  '_PyGC_generation0',
  'pypy_g_rpython_memory',
]);
const PYTHON_FILE = /\/(?:lib)?(?:python|pypy)[\w.-]*$|\/libpython[\w.-]*\.so/;

/** Files of the process that may hold a CPython: libraries before executables. */
export function candidates(pid: number, maps: readonly Mapping[]): Mapping[] {
  const executable = executableOf(pid);
  const first = new Map<string, Mapping>();
  for (const map of maps) if (map.path.startsWith('/') && !first.has(map.path)) first.set(map.path, map);
  const wanted = [...first.values()].filter((map) => {
    const path = map.path.replace(/ \(deleted\)$/, '');
    return path === executable || PYTHON_FILE.test(path);
  });
  return wanted.sort((a, b) => Number(/libpython/.test(b.path)) - Number(/libpython/.test(a.path)));
}

export function findPython(pid: number, maps: readonly Mapping[]): FoundPython {
  let other = '';
  for (const map of candidates(pid, maps)) {
    const elf = openElf(pid, map.path);
    if (elf === null) continue;
    if (elf.symbols.has('pypy_g_rpython_memory')) other = 'PyPy';
    const symbol = elf.symbols.get('_PyRuntime');
    const section = elf.sections.find((s) => s.name === '.PyRuntime');
    const at = symbol?.address ?? section?.address;
    if (at === undefined || at === 0) continue;
    const zero = elf.segments.find((s) => s.offset === 0) ?? elf.segments[0];
    if (zero === undefined) continue;
    const bias = elf.fixed ? 0 : map.start - map.offset - (zero.address - zero.offset);
    const version = elf.symbols.get('Py_Version');
    return {
      path: map.path,
      elf,
      bias,
      runtime: at + bias,
      by: symbol === undefined ? 'section' : 'symbol',
      versionWord: version === undefined ? 0 : version.address + bias,
    };
  }
  if (other !== '') {
    throw new Refusal(
      'other-python',
      `Process ${pid} runs ${other}, which keeps its objects in another way than CPython.`,
    );
  }
  throw new Refusal(
    'no-python',
    `Process ${pid} (${executableOf(pid)}) runs no CPython that could be found.`,
    'moult ps lists the processes that can be read',
  );
}

/** Whether a process looks like a Python's, without reading its files: for lists of processes. */
export function looksLikePython(pid: number, maps: readonly Mapping[]): boolean {
  return candidates(pid, maps).some((map) => PYTHON_FILE.test(map.path.replace(/ \(deleted\)$/, '')));
}

/** The file as the process sees it (its root may be a container's); a deleted executable is still to be had. */
function openElf(pid: number, path: string): Elf | null {
  const plain = path.replace(/ \(deleted\)$/, '');
  const places = [`/proc/${pid}/root${plain}`];
  if (plain === executableOf(pid)) places.unshift(`/proc/${pid}/exe`);
  for (const place of places) {
    if (!existsSync(place)) continue;
    try {
      return readElf(place, WANTED);
    } catch (error) {
      if (!(error instanceof NotElf || error instanceof RangeError)) throw error;
    }
  }
  return null;
}
