// The host of a recorded process: every answer of the outside world goes through the log. While replaying nothing outside is
// touched: what was written is not written again, what was read comes from the log.
import type { HostMachine, LimitName, ProcessHost } from '@moult/runtime';
import type { InputLog } from './log.ts';

/** Requests that change something outside. */
const CHANGES = new Set(['io.write', 'io.truncate', 'io.close', 'io.open']);

export interface Output {
  /** How many instructions were executed, the writing one among them. */
  readonly at: number;
  readonly fd: number;
  readonly data: Uint8Array;
}

export interface HostListener {
  /** Bytes go to a file descriptor: while recording and while replaying. */
  written(fd: number, data: Uint8Array): void;
}

/** How often `interrupted` was asked, and at which of these Ctrl-C was there. */
export interface Interrupts {
  asked: number;
  readonly at: number[];
  /** While recording or evaluating: the limit that ends the run wherever it is, natives included. */
  ends?: () => LimitName | null;
}

type Functions = Record<string, (...args: never[]) => unknown>;

/** The same functions, answered through the log. */
function logged<T extends object>(log: InputLog, room: string, real: T): T {
  const out: Record<string, unknown> = {};
  for (const [name, f] of Object.entries(real as Functions)) {
    if (typeof f !== 'function') out[name] = f;
    else out[name] = (...args: never[]) => log.answer(`${room}.${name}`, args, () => f.apply(real, args));
  }
  return out as T;
}

export function recordedHost(
  log: InputLog,
  real: ProcessHost,
  interrupts: Interrupts,
  listener: HostListener,
): ProcessHost {
  const io = logged(log, 'io', real.io);
  const { random, terminalSize, ...known } = real.machine ?? {};
  // what the machine is does not change: it is asked once
  const machine: Partial<HostMachine> = {
    ...known,
    ...logged(log, 'machine', { ...(random && { random }), ...(terminalSize && { terminalSize }) }),
  };
  return {
    io: {
      ...io,
      write(fd, data) {
        // what it prints is told as text; streams may pass on what the run had left in them
        if (log.evaluating) return data.length;
        listener.written(fd, data);
        return io.write(fd, data);
      },
    },
    clock: logged(log, 'clock', real.clock),
    files: logged(log, 'files', real.files),
    // the same whenever it is asked
    ...(real.library === undefined ? {} : { library: real.library }),
    ...(real.fs === undefined ? {} : { fs: logged(log, 'fs', real.fs) }),
    machine,
    ...(real.totalReferences === undefined ? {} : logged(log, 'host', { totalReferences: real.totalReferences })),
    // limits are the recorder's: the process itself never looks at the clock
    now: () => 0,
    // told, never asked: nothing comes back
    tainted: () => {
      if (!log.replaying) real.tainted?.();
    },
    interrupted() {
      if (log.evaluating) return interrupts.ends?.() ?? false;
      const n = interrupts.asked++;
      if (log.replaying) return interrupts.at.includes(n);
      const answer = interrupts.ends?.() ?? real.interrupted?.() ?? false;
      if (answer === true) interrupts.at.push(n);
      return answer;
    },
  };
}

/** Does a request change what stands outside? */
export function changesOutside(name: string): boolean {
  return CHANGES.has(name) || /^fs\.(mkdir|rmdir|unlink|rename|link|symlink|chmod|utime|truncate)$/.test(name);
}
