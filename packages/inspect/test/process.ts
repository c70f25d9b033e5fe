// A running CPython 3.13 as a Memory, for tests: started here, stopped while it is copied.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, readdirSync, readFileSync, readSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { bufferMemory, type Memory, UnmappedError } from '@moult/abi';

export interface LiveProcess {
  readonly memory: Memory;
  readonly runtime: number;
  readonly output: string;
  readonly errors: string;
  /** Changes the copy (not the process); returns what puts it back. */
  write(address: number, value: number, bytes?: 1 | 2 | 4 | 8): () => void;
  stop(): void;
}

/** The prefix of an installed CPython 3.13.0 with its shared library, or null. */
export function findPython(): string | null {
  const versions = join(process.env.PYENV_ROOT ?? join(homedir(), '.pyenv'), 'versions');
  const prefixes = (process.env.PATH ?? '').split(':').map((dir) => join(dir, '..'));
  if (existsSync(versions)) prefixes.push(...readdirSync(versions).map((v) => join(versions, v)));
  return (
    prefixes.find((p) => existsSync(join(p, 'bin/python3.13')) && existsSync(join(p, 'lib/libpython3.13.so.1.0'))) ??
    null
  );
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

function runtimeAddress(prefix: string, pid: number): number {
  const library = join(prefix, 'lib/libpython3.13.so.1.0');
  const symbol = execFileSync('nm', ['-D', library], { encoding: 'utf8', maxBuffer: 1 << 26 }).match(
    /^([0-9a-f]+) . _PyRuntime$/m,
  );
  if (!symbol) throw new Error('no symbol _PyRuntime');
  const maps = readFileSync(`/proc/${pid}/maps`, 'utf8').split('\n');
  const first = maps.find((line) => line.endsWith('libpython3.13.so.1.0'));
  return Number.parseInt(first!, 16) + Number.parseInt(symbol[1]!, 16);
}

/** Runs a program until its output ends with the given number of lines, then copies it. The program must wait for input then. */
export async function snapshotOf(prefix: string, program: string, lines = 1): Promise<LiveProcess> {
  const child: ChildProcess = spawn(join(prefix, 'bin/python3.13'), ['-I', '-S', '-c', program], {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { PYTHONHASHSEED: '0' },
  });
  let errors = '';
  child.stderr!.on('data', (data) => {
    errors += String(data);
  });
  const output = await new Promise<string>((resolve, reject) => {
    let text = '';
    child.stdout!.on('data', (data) => {
      text += String(data);
      if (text.split('\n').length > lines) resolve(text);
    });
    child.on('exit', (code) => reject(new Error(`python ended with ${code}: ${text}${errors}`)));
  });
  await new Promise((resolve) => setTimeout(resolve, 100));
  const pid = child.pid!;
  const regions = copyRegions(pid);
  return {
    memory: regionMemory(regions),
    runtime: runtimeAddress(prefix, pid),
    output,
    errors,
    write: (address, value, bytes = 8) => {
      const region = regions.find((r) => address >= r.start && address + bytes <= r.end);
      if (!region) throw new UnmappedError(address, bytes);
      const at = address - region.start;
      const before = region.bytes.slice(at, at + bytes);
      for (let i = 0, rest = value; i < bytes; i++, rest = Math.floor(rest / 256)) {
        region.bytes[at + i] = rest - Math.floor(rest / 256) * 256;
      }
      return () => region.bytes.set(before, at);
    },
    stop: () => child.kill('SIGKILL'),
  };
}
