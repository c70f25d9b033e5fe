// A running CPython 3.13 as a Memory, for tests: started here, stopped while it is copied.
import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync, readSync } from 'node:fs';
import { _PyRuntimeState, bufferMemory, type Memory, UnmappedError } from '@moult/abi';
import { findPython as findInstalled } from '../../../tests/native.mjs';

export interface LiveProcess {
  readonly memory: Memory;
  readonly runtime: number;
  readonly output: string;
  readonly errors: string;
  /** Changes the copy (not the process); returns what puts it back. */
  write(address: number, value: number, bytes?: 1 | 2 | 4 | 8): () => void;
  stop(): void;
}

/** The command of an installed CPython 3.13.0, or null. */
export function findPython(): string | null {
  return process.platform === 'linux' ? findInstalled('3.13.0') : null;
}

interface Region {
  readonly start: number;
  readonly end: number;
  readonly memory: Memory;
  readonly bytes: Uint8Array;
}

function copyRegions(pid: number): Region[] {
  const regions: Region[] = [];
  const file = openSync(`/proc/${pid}/mem`, 'r');
  for (const line of readFileSync(`/proc/${pid}/maps`, 'utf8').split('\n')) {
    const match = line.match(/^([0-9a-f]+)-([0-9a-f]+) (r.)..\s/);
    if (!match || /\[v(var|syscall|dso)/.test(line)) continue;
    const start = Number.parseInt(match[1]!, 16);
    const end = Number.parseInt(match[2]!, 16);
    const bytes = new Uint8Array(end - start);
    try {
      for (let done = 0; done < bytes.length; ) {
        const n = readSync(file, bytes, done, Math.min(bytes.length - done, 1 << 24), start + done);
        if (n <= 0) break;
        done += n;
      }
    } catch {
      continue;
    }
    regions.push({ start, end, bytes, memory: bufferMemory(bytes.buffer, start) });
  }
  closeSync(file);
  return regions;
}

function regionMemory(regions: readonly Region[]): Memory {
  let last = regions[0]!;
  const at = (address: number, n: number): Memory => {
    if (address >= last.start && address + n <= last.end) return last.memory;
    const found = regions.find((r) => address >= r.start && address + n <= r.end);
    if (!found) throw new UnmappedError(address, n);
    last = found;
    return found.memory;
  };
  return {
    has: (a, n) => regions.some((r) => a >= r.start && a + n <= r.end),
    u8: (a) => at(a, 1).u8(a),
    u16: (a) => at(a, 2).u16(a),
    i8: (a) => at(a, 1).i8(a),
    i16: (a) => at(a, 2).i16(a),
    i32: (a) => at(a, 4).i32(a),
    u32: (a) => at(a, 4).u32(a),
    f64: (a) => at(a, 8).f64(a),
    ptr: (a) => at(a, 8).ptr(a),
    ssize: (a) => at(a, 8).ssize(a),
    u64: (a) => at(a, 8).u64(a),
    i64: (a) => at(a, 8).i64(a),
    bytes: (a, n) => at(a, n).bytes(a, n),
  };
}

const COOKIE = new TextEncoder().encode('xdebugpy');
const VERSION_3_13_0 = 0x030d00f0;

/** _PyRuntime begins with a cookie and the version, made for readers from outside. */
function runtimeAddress(regions: readonly Region[]): number {
  for (const { start, bytes, memory } of regions) {
    const buffer = Buffer.from(bytes.buffer);
    for (let at = buffer.indexOf(COOKIE); at >= 0; at = buffer.indexOf(COOKIE, at + 1)) {
      if (at % 8 !== 0 || at + _PyRuntimeState.SIZE > bytes.length) continue;
      const runtime = start + at;
      if (memory.ptr(runtime + _PyRuntimeState.debug_offsets_version) !== VERSION_3_13_0) continue;
      if (memory.ptr(runtime + _PyRuntimeState.interpreters_main) !== 0) return runtime;
    }
  }
  throw new Error('no _PyRuntime');
}

/** Runs a program until its output has the given number of lines, then copies it. The program must wait for input then. */
export async function snapshotOf(python: string, program: string, lines = 1): Promise<LiveProcess> {
  const started = start(python, ['-I', '-S', '-c', program]);
  while (started.output.split('\n').length <= lines) await started.more();
  await started.waitsForInput();
  return started.copy();
}

/** Runs a program as `python -c` does, without site and with hash seed 0, until it waits for input, then copies it. */
export async function snapshotAtInput(python: string, program: string): Promise<LiveProcess> {
  const started = start(python, ['-S', '-s', '-c', program]);
  await started.waitsForInput();
  return started.copy();
}

interface Started {
  readonly output: string;
  more(): Promise<void>;
  waitsForInput(): Promise<void>;
  copy(): LiveProcess;
}

function start(python: string, args: readonly string[]): Started {
  const child: ChildProcess = spawn(python, args, { stdio: ['pipe', 'pipe', 'pipe'], env: { PYTHONHASHSEED: '0' } });
  const pid = child.pid!;
  let output = '';
  let errors = '';
  let ended = false;
  child.stdout!.on('data', (data) => {
    output += String(data);
  });
  child.stderr!.on('data', (data) => {
    errors += String(data);
  });
  child.on('exit', () => {
    ended = true;
  });
  const more = async (): Promise<void> => {
    if (ended) throw new Error(`python ended: ${output}${errors}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  };
  return {
    get output() {
      return output;
    },
    more,
    async waitsForInput() {
      while (!readsStandardInput(pid)) await more();
    },
    copy() {
      const regions = copyRegions(pid);
      return {
        memory: regionMemory(regions),
        runtime: runtimeAddress(regions),
        output,
        errors,
        write: (address, value, bytes = 8) => writeTo(regions, address, value, bytes),
        stop: () => child.kill('SIGKILL'),
      };
    },
  };
}

/** Whether the process is in the system call read(0, …). */
function readsStandardInput(pid: number): boolean {
  try {
    return /^(?:0|63) 0x0 /.test(readFileSync(`/proc/${pid}/syscall`, 'utf8'));
  } catch {
    return false;
  }
}

function writeTo(regions: readonly Region[], address: number, value: number, bytes: number): () => void {
  const region = regions.find((r) => address >= r.start && address + bytes <= r.end);
  if (!region) throw new UnmappedError(address, bytes);
  const at = address - region.start;
  const before = region.bytes.slice(at, at + bytes);
  for (let i = 0, rest = value; i < bytes; i++, rest = Math.floor(rest / 256)) {
    region.bytes[at + i] = rest - Math.floor(rest / 256) * 256;
  }
  return () => region.bytes.set(before, at);
}
