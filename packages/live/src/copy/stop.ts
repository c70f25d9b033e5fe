/**
 * Stopping a process for as long as something takes. A child in a session of its own watches over it: when we die, or two seconds
 * pass, it lets the process go on. What its owner had stopped already stays stopped.
 */
import { spawn } from 'node:child_process';
import { stateOfThread, threadsOfProcess } from '../proc/process.ts';

/** Milliseconds after which the watchdog lets the process go on, whatever we do. */
const LIMIT = 2000;

/** Waits for a line, the end of its input (we are dead), or the limit; then the process goes on. */
const WATCHDOG = `
const pid = Number(process.argv[1]);
const go = () => { try { process.kill(pid, 'SIGCONT'); } catch {} process.exit(0); };
setTimeout(go, Number(process.argv[2]));
process.stdin.on('end', go).on('error', go).on('data', () => process.exit(0)).resume();
`;

export function isStopped(pid: number): boolean {
  return threadsOfProcess(pid).every((thread) => 'Tt'.includes(stateOfThread(pid, thread)));
}

/** The result, and how long the process stood still for it: 0 where it was stopped before. */
export function whileStopped<T>(pid: number, act: () => T): { result: T; pause: number } {
  if (isStopped(pid)) return { result: act(), pause: 0 };
  // It is there once spawn() returns; should we die before it runs, the first thing it sees is the end of its input.
  const watchdog = spawn(process.execPath, ['-e', WATCHDOG, String(pid), String(LIMIT)], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  if (watchdog.pid === undefined) throw new Error('the watchdog did not start, so the process was not stopped');
  const started = performance.now();
  try {
    process.kill(pid, 'SIGSTOP');
    while (!isStopped(pid)) sleep(0.2);
    const result = act();
    return { result, pause: performance.now() - started };
  } finally {
    try {
      process.kill(pid, 'SIGCONT');
    } catch {
      // it was killed meanwhile
    }
    watchdog.stdin?.end('done');
    watchdog.unref();
  }
}

function sleep(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}
