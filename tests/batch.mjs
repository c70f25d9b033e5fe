// Runs many programs on the engine in few Node processes: each loads the bundle once and runs one program after the
// other, every one in a realm reset to the prepared image (`moult batch`).
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { CLI } from './corpus.mjs';

export class Batch {
  /** @param {{jobs?: number, trace?: boolean}} options */
  constructor({ jobs = 1, trace = false } = {}) {
    this.trace = trace;
    this.queue = [];
    this.idle = Array.from({ length: jobs }, () => ({ child: null }));
  }

  /** @returns {Promise<{stdout: string, stderr: string, exitCode: number, timedOut: boolean, audits: number, ms: number}>} */
  run(request, timeoutMs = 60_000) {
    return new Promise((done) => {
      this.queue.push({ request, timeoutMs, done });
      this.next();
    });
  }

  next() {
    if (this.queue.length === 0 || this.idle.length === 0) return;
    const lane = this.idle.pop();
    const { request, timeoutMs, done } = this.queue.shift();
    lane.child ??= this.start();
    const { child } = lane;
    let ended = false;
    const finish = (result) => {
      if (ended) return;
      ended = true;
      clearTimeout(timer);
      child.answer = null;
      this.idle.push(lane);
      done(result);
      this.next();
    };
    const timer = setTimeout(() => {
      lane.child = null;
      child.process.kill('SIGKILL');
      finish({
        stdout: '',
        stderr: `more than ${timeoutMs} ms\n`,
        exitCode: -1,
        timedOut: true,
        audits: 0,
        ms: timeoutMs,
      });
    }, timeoutMs);
    child.answer = (line) => {
      if (line !== null) finish({ ...JSON.parse(line), timedOut: false });
      else {
        lane.child = null;
        const stderr = `the engine's process died\n${child.errors}`;
        finish({ stdout: '', stderr, exitCode: -1, timedOut: false, audits: 0, ms: 0 });
      }
    };
    child.process.stdin.write(`${JSON.stringify(request)}\n`);
  }

  start() {
    const args = [CLI, 'batch', ...(this.trace ? ['--trace'] : [])];
    const env = { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '', PYTHONHASHSEED: '0' };
    if (process.env.MOULT_BUNDLE) env.MOULT_BUNDLE = process.env.MOULT_BUNDLE;
    const child = { process: spawn(process.execPath, args, { env }), answer: null, errors: '' };
    child.process.stderr.on('data', (data) => {
      child.errors = (child.errors + data).slice(-4000);
    });
    child.process.stdin.on('error', () => {});
    child.process.unref();
    for (const stream of [child.process.stdin, child.process.stdout, child.process.stderr]) stream.unref?.();
    createInterface({ input: child.process.stdout }).on('line', (line) => child.answer?.(line));
    child.process.on('close', () => child.answer?.(null));
    return child;
  }

  /** Ends the processes. */
  close() {
    for (const lane of this.idle) {
      lane.child?.process.kill();
      lane.child = null;
    }
  }
}
