// A bulk copy of a process's memory: reads of 32 MiB from /proc/PID/mem into one buffer.
import { closeSync, openSync, readSync } from 'node:fs';
import type { Mapping } from '../proc/maps.ts';
import { mappingsOf, refusalOf, runTimes } from '../proc/process.ts';
import { PagedMemory, type Region } from './pagedMemory.ts';
import { regionsOf } from './regions.ts';
import { whileStopped } from './stop.ts';

const PAGE = 4096;
const CHUNK = 32 << 20;

export interface CopyOptions {
  /** Stop the process for the time of the copy. */
  readonly stop?: boolean;
}
export interface ProcessCopy {
  readonly memory: PagedMemory;
  readonly maps: readonly Mapping[];
  /** Bytes copied. */
  readonly bytes: number;
  /** Regions that ended before their end, or could not be read. */
  readonly torn: number;
  /**
   * 'stopped': it stood still for the copy. 'quiet': none of its threads ran meanwhile, by the scheduler's own count.
   * 'running': it ran on, and what was copied first may be older than what was copied last.
   */
  readonly moment: 'stopped' | 'quiet' | 'running';
  /** Milliseconds: how long the process stood still (0 without a stop), and how long the copy took. */
  readonly pause: number;
  readonly duration: number;
}

export function copyProcess(pid: number, options: CopyOptions = {}): ProcessCopy {
  // The buffer is made, and its pages touched, before the process is stopped: that takes longer than the copy.
  const expected = sizeOf(regionsOf(pid, mappingsOf(pid)));
  const buffer = new ArrayBuffer(Math.ceil((expected * 1.03) / PAGE) * PAGE + (8 << 20));
  touch(buffer);
  const before = runTimes(pid);
  const act = () => copyInto(pid, buffer);
  const { result, pause } = options.stop === true ? whileStopped(pid, act) : { result: act(), pause: 0 };
  const after = runTimes(pid);
  const quiet = before !== '' && before === after;
  return { ...result, pause, moment: options.stop === true ? 'stopped' : quiet ? 'quiet' : 'running' };
}

function copyInto(pid: number, reserved: ArrayBuffer): Omit<ProcessCopy, 'moment' | 'pause'> {
  const started = performance.now();
  const maps = mappingsOf(pid);
  const regions = regionsOf(pid, maps);
  const needed = sizeOf(regions) + PAGE;
  // grown meanwhile by more than was foreseen: a new buffer, at the price of its pages
  const buffer = needed <= reserved.byteLength ? reserved : new ArrayBuffer(needed);
  const copied: Region[] = [];
  let torn = 0;
  let place = PAGE;
  let file: number;
  try {
    file = openSync(`/proc/${pid}/mem`, 'r');
  } catch (error) {
    throw refusalOf(pid, error);
  }
  try {
    for (const region of regions) {
      const size = region.end - region.start;
      let done = 0;
      while (done < size) {
        const want = Math.min(CHUNK, size - done);
        const got = readAt(file, new Uint8Array(buffer, place + done, want), region.start + done);
        if (got <= 0) break;
        done += got;
      }
      done -= done % PAGE;
      if (done < size) torn++;
      if (done === 0) continue;
      copied.push({ start: region.start, end: region.start + done, path: region.path });
      place += done;
    }
  } finally {
    closeSync(file);
  }
  const memory = new PagedMemory(buffer, copied);
  return { memory, maps, bytes: place - PAGE, torn, duration: performance.now() - started };
}

/** 0 where nothing can be read: unmapped meanwhile, or pages of a device. */
function readAt(file: number, into: Uint8Array, address: number): number {
  try {
    return readSync(file, into, 0, into.length, address);
  } catch {
    return 0;
  }
}

function sizeOf(regions: readonly Region[]): number {
  return regions.reduce((sum, r) => sum + r.end - r.start, 0);
}

function touch(buffer: ArrayBuffer): void {
  const view = new DataView(buffer);
  for (let at = 0; at < buffer.byteLength; at += PAGE) view.setUint8(at, 0);
}
