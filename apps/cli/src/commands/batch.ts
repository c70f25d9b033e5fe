// `moult batch`: many programs in one realm, one after the other. A line of JSON on standard input asks, a line answers.
// For the tests: starting Node for each of hundreds of programs takes longer than running them.
import { createHash } from 'node:crypto';
import { readFileSync, readSync } from 'node:fs';
import { dirname } from 'node:path';
import { createProcess, type ProcessOptions, restoreProcess } from '@moult/runtime';
import { auditOf } from '../arguments.ts';
import { Auditor } from '../audit.ts';
import { nodeHost } from '../host.ts';
import { writeAll } from '../output.ts';
import { preparedImage } from '../prepared.ts';
import { sweepAllocations } from '../sweep.ts';
import { allocatorOf, finish, limitText } from './run.ts';

interface Request {
  readonly file: string;
  readonly args?: readonly string[];
  readonly stdin?: string;
  readonly python?: string;
  readonly audit?: string;
  readonly env?: Record<string, string>;
  readonly seconds?: number;
  /** Number of the allocation that is to fail (tracing build). */
  readonly failAllocation?: number;
  /** Fails each of these, and answers with the numbers that leave something behind (sweep.ts; tracing build). */
  readonly sweep?: readonly number[];
  /** gc.set_threshold(1). */
  readonly collect?: boolean;
  /** Go on from this snapshot, which another process may have answered with. */
  readonly restore?: string;
  /** Stop after so many instructions and answer with a snapshot (tracing build). */
  readonly stopAfter?: number;
  /** Answer with the SHA-256 of the process's bytes when its program has ended. */
  readonly digest?: boolean;
}

export function batchCommand(): number {
  const images = new Map<string, Uint8Array | undefined>();
  for (const line of linesOfInput()) {
    const request = JSON.parse(line) as Request;
    const python = request.python ?? '3.13';
    const allocator = allocatorOf(request.env ?? {}) ?? 'default';
    const name = `${python} ${allocator}`;
    if (!images.has(name)) images.set(name, preparedImage(python, allocator));
    const image = images.get(name);
    const said = request.sweep === undefined ? answer(request, image) : swept(request, request.sweep, image);
    writeAll(1, `${JSON.stringify(said)}\n`);
  }
  return 0;
}

function* linesOfInput(): Generator<string> {
  let pending = '';
  const buffer = new Uint8Array(65536);
  const decoder = new TextDecoder();
  for (;;) {
    let n = 0;
    try {
      n = readSync(0, buffer, 0, buffer.length, null);
    } catch (e) {
      if ((e as NodeJS.ErrnoException).code !== 'EAGAIN') throw e;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2);
      continue;
    }
    if (n === 0) return;
    pending += decoder.decode(buffer.subarray(0, n), { stream: true });
    for (let end = pending.indexOf('\n'); end >= 0; end = pending.indexOf('\n')) {
      yield pending.slice(0, end);
      pending = pending.slice(end + 1);
    }
  }
}

/** `out` and `err` collect what the program writes. */
function optionsOf(
  request: Request,
  image: Uint8Array | undefined,
  out: Uint8Array[],
  err: Uint8Array[],
): ProcessOptions {
  const cwd = dirname(request.file);
  return {
    program: { kind: 'file', path: request.file.slice(cwd.length + 1) },
    args: request.args ?? [],
    python: request.python ?? '3.13',
    env: request.env ?? {},
    cwd,
    ...(request.failAllocation === undefined ? {} : { failAllocation: request.failAllocation }),
    limits: request.seconds === undefined ? {} : { time: request.seconds * 1000 },
    // whoever asks has a clock of their own: the next program is not to be ended for this one's mistakes
    host: {
      ...nodeHost({
        cwd,
        env: request.env ?? {},
        stdin: new TextEncoder().encode(request.stdin ?? ''),
        write: (fd, data) => (fd === 1 ? out : err).push(data.slice()),
      }),
      tainted() {},
    },
    ...(image === undefined ? {} : { image }),
    ...(request.collect === true ? { collector: { threshold: [1] } } : {}),
  };
}

/** Programs whose host knows more of them than their bytes do: open files, input that was read. */
const HOST_STATE = /\bopen\(|\binput\(|stdin/;

function swept(request: Request, numbers: readonly number[], image: Uint8Array | undefined): object {
  const replayable = !HOST_STATE.test(readFileSync(request.file, 'utf8'));
  return sweepAllocations(
    (err, failAllocation) => ({
      ...optionsOf(request, image, [], err),
      ...(failAllocation === undefined ? {} : { failAllocation }),
    }),
    numbers,
    replayable,
  );
}

function answer(request: Request, image: Uint8Array | undefined): object {
  const out: Uint8Array[] = [];
  const err: Uint8Array[] = [];
  const started = performance.now();
  const say = (text: string) => {
    err.push(new TextEncoder().encode(text));
  };
  let exitCode = 70;
  let auditor: Auditor | null = null;
  let allocations = 0;
  let failedAt = '';
  let digest = '';
  try {
    auditor = request.audit === undefined ? null : new Auditor(auditOf(request.audit));
    const options: ProcessOptions = {
      ...optionsOf(request, image, out, err),
      ...(auditor?.observer == null ? {} : { observer: auditor.observer }),
    };
    const p =
      request.restore === undefined
        ? createProcess(options)
        : restoreProcess(Buffer.from(request.restore, 'base64'), options);
    const stop = p.run(request.stopAfter === undefined ? {} : { instructions: request.stopAfter });
    if (stop.reason === 'budget' && stop.resumable) {
      const snapshot = Buffer.from(p.snapshot()).toString('base64');
      return { stdout: Buffer.concat(out).toString('utf8'), stderr: Buffer.concat(err).toString('utf8'), snapshot };
    }
    if (request.digest === true) digest = createHash('sha256').update(p.snapshot()).digest('hex');
    if (stop.reason === 'limit') say(`moult: ${limitText(stop, { timeout: request.seconds ?? 0 })}\n`);
    ({ allocations, failedAt } = p);
    if (stop.reason !== 'fatal') auditor?.check('at the end', true, p.instructions);
    exitCode = finish(p, stop, auditor, say);
  } catch (e) {
    say(`moult: internal error: ${(e as Error)?.stack ?? e}\n`);
  }
  return {
    stdout: Buffer.concat(out).toString('utf8'),
    stderr: Buffer.concat(err).toString('utf8'),
    exitCode,
    audits: auditor?.audits ?? 0,
    allocations,
    failedAt,
    digest,
    ms: performance.now() - started,
  };
}
