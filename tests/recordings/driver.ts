// Writes recordings to files and opens them again, whole and damaged, in one process. Bundled with tracing, one line of JSON for
// each request.
import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { isMainThread, Worker } from 'node:worker_threads';
import {
  BadRecording,
  evaluateIn,
  type Identity,
  NotRecorded,
  record,
  type Recording,
  RecordingFile,
  WrongContent,
  writeRecording,
} from '@moult/recorder';
import { createProcess, processMemory, type ProcessOptions, processView, STOP_HERE, WHEN_WHOLE } from '@moult/runtime';
import { nodeHost } from '../../apps/cli/src/host.ts';
import { writeAll } from '../../apps/cli/src/output.ts';
import { codec } from '../../apps/cli/src/recordings.ts';
import { crc32 } from '../../packages/recorder/src/file/container.ts';

export interface FileRequest {
  readonly file: string;
  readonly args?: readonly string[];
  readonly stdin?: string;
  readonly interval?: number;
  /** Moments, as parts of the run, whose bytes are compared. */
  readonly moments: readonly number[];
  /** Damaged files to try, of each kind. */
  readonly mutations?: number;
  readonly seed?: number;
  readonly omitInputs?: boolean;
  /** Expressions to evaluate at each of the moments. */
  readonly evaluate?: readonly string[];
}
export interface FileAnswer {
  readonly length: number;
  readonly bytes: number;
  /** Moments at which the opened recording has other bytes, or none. */
  readonly differences: string[];
  /** By what became of them, damaged files: `damaged`, `cut`, `same`, `refused`, … */
  readonly outcomes: Record<string, number>;
  /** What should not have become of one. */
  readonly wrong: string[];
  readonly sameRest: boolean;
  /** Of each expression and moment: the kind of the answer. */
  readonly evaluated: string[];
}

const engine = { createProcess, processMemory, processView, STOP_HERE, WHEN_WHOLE };
const identity: Identity = { version: 'test', engine: 'this one' };
const CHUNK_HEAD = 16;
const HEAD = 12;

function* randomNumbers(seed: number): Generator<number> {
  let s = seed;
  for (;;) {
    s = (Math.imul(s, 1664525) + 1013904223) >>> 0;
    yield s / 4294967296;
  }
}

function options(request: FileRequest): ProcessOptions {
  const cwd = dirname(request.file);
  const stdin = new TextEncoder().encode(request.stdin ?? '');
  return {
    program: { kind: 'file', path: request.file },
    args: request.args ?? [],
    env: { HOME: '/home/ada' },
    cwd,
    limits: {},
    host: { ...nodeHost({ cwd, env: { HOME: '/home/ada' }, stdin, write: () => {} }), tainted() {} },
  };
}
const at = (recording: Recording, part: number): number => Math.floor(recording.length * part);

function digestsOf(recording: Recording, moments: readonly number[]): string[] {
  return moments.map((part) => {
    recording.seek(at(recording, part));
    return recording.digest();
  });
}
function open(bytes: Uint8Array): Recording {
  return new RecordingFile(bytes, codec).open(engine, { identity, image: () => undefined });
}
/** What is told of a run besides its bytes. */
function restOf(recording: Recording): string {
  const { prints, exceptions, outputs, stop, end, mainFile, length } = recording;
  const written = outputs.map(({ at, fd, data }) => [at, fd, [...data]]);
  return JSON.stringify([
    prints,
    exceptions,
    written,
    stop,
    end.exitCode,
    mainFile,
    length,
    recording.momentBeforeBirth(1),
  ]);
}

interface Chunk {
  readonly kind: string;
  readonly data: Uint8Array;
}
function chunksOf(file: Uint8Array): Chunk[] {
  const view = new DataView(file.buffer, file.byteOffset, file.length);
  const out: Chunk[] = [];
  for (let k = HEAD; k < file.length; ) {
    const [size, length] = [view.getUint32(k + 4, true), view.getUint32(k + 8, true)];
    const kind = String.fromCharCode(...file.subarray(k, k + 4));
    out.push({ kind, data: codec.inflate(file.subarray(k + CHUNK_HEAD, k + CHUNK_HEAD + length), size) });
    k += CHUNK_HEAD + length;
  }
  return out;
}
/** A file of these chunks, whose checksums are right. */
function fileOf(chunks: readonly Chunk[], head: Uint8Array): Uint8Array {
  const parts: Uint8Array[] = [head];
  chunks.forEach(({ kind, data }, number) => {
    const packed = codec.deflate(data);
    const summed = new DataView(new ArrayBuffer(16));
    [number, data.length, packed.length].forEach((word, i) => {
      summed.setUint32(i * 4, word, true);
    });
    for (let i = 0; i < 4; i++) summed.setUint8(12 + i, kind.charCodeAt(i));
    const part = new DataView(new ArrayBuffer(CHUNK_HEAD));
    for (let i = 0; i < 4; i++) part.setUint8(i, kind.charCodeAt(i));
    const sum = crc32(packed, crc32(new Uint8Array(summed.buffer)));
    [data.length, packed.length, sum].forEach((word, i) => {
      part.setUint32(4 + i * 4, word, true);
    });
    parts.push(new Uint8Array(part.buffer), packed);
  });
  return Buffer.concat(parts);
}

function mutate(file: Uint8Array, next: (n: number) => number): Uint8Array {
  const out = Uint8Array.from(file);
  switch (next(5)) {
    case 0: {
      // a bit
      const from = next(out.length);
      out[from] = (out[from] as number) ^ (1 << next(8));
      return out;
    }
    case 1: // some bytes
      for (let n = 1 + next(20), from = next(out.length); n > 0; n--)
        out[Math.min(out.length - 1, from + n)] = next(256);
      return out;
    case 2: // cut
      return out.subarray(0, next(out.length));
    case 3: {
      // a part twice
      const from = next(out.length);
      return Buffer.concat([out.subarray(0, from), out.subarray(Math.max(0, from - next(5000)))]);
    }
    default: {
      // a part missing
      const from = next(out.length);
      return Buffer.concat([out.subarray(0, from), out.subarray(Math.min(out.length, from + 1 + next(5000)))]);
    }
  }
}
/** Damage that someone has given the right checksums. */
function mutateInside(chunks: readonly Chunk[], head: Uint8Array, next: (n: number) => number): Uint8Array {
  const kinds = [...new Set(chunks.map(({ kind }) => kind))];
  const kind = kinds[next(kinds.length)];
  const among = chunks.filter((c) => c.kind === kind);
  const chosen = among[next(among.length)] as Chunk;
  const data = Uint8Array.from(chosen.data);
  if (data.length > 0 && next(4) > 0) {
    for (let n = 1 + next(4); n > 0; n--) data[next(data.length)] = next(3) === 0 ? 255 : next(256);
  }
  const changed = next(5) === 0 ? data.subarray(0, next(data.length + 1)) : data;
  const others = next(8) === 0 ? chunks.filter((c) => c !== chosen) : chunks;
  return fileOf(
    others.map((c) => (c === chosen ? { kind: c.kind, data: changed } : c)),
    head,
  );
}

/** What becomes of a damaged file: an error in words, the same answers, or (inside only) others, where no checksum can tell. */
function tryOut(bytes: Uint8Array, moments: readonly number[], expected: readonly string[]): string {
  let recording: Recording;
  try {
    recording = open(bytes);
  } catch (e) {
    if (e instanceof BadRecording) return process.env.WHY ? e.message : e.kind;
    return e instanceof WrongContent || e instanceof NotRecorded ? 'damaged' : `failed: ${(e as Error)?.stack ?? e}`;
  }
  try {
    const digests = digestsOf(recording, moments);
    return digests.every((d, i) => d === expected[i]) ? 'same' : 'other';
  } catch (e) {
    if (e instanceof BadRecording || e instanceof WrongContent || e instanceof NotRecorded) return 'refused';
    return `failed: ${(e as Error)?.stack ?? e}`;
  }
}

function evaluateAt(recording: Recording, request: FileRequest, expected: readonly string[]): string[] {
  return (request.evaluate ?? []).flatMap((text) =>
    request.moments.map((part, i) => {
      recording.seek(at(recording, part));
      const result = evaluateIn(recording, text, { instructions: 200_000 }, () => 0);
      const after = recording.digest();
      const whole = after === expected[i] ? '' : ' CHANGED';
      const more = result.kind === 'value' ? ` ${result.known ? 'known' : 'new'} ${result.repr}` : '';
      return `${result.kind}${more}${result.printed === '' ? '' : ` printed ${result.printed.trimEnd()}`}${whole}`;
    }),
  );
}

function answer(request: FileRequest): FileAnswer {
  const { moments } = request;
  const interval = request.interval === undefined ? {} : { interval: request.interval };
  const recording = record(engine, options(request), interval);
  const expected = digestsOf(recording, moments);
  const evaluated = evaluateAt(recording, request, expected);
  const again = digestsOf(recording, moments);
  const rest = restOf(recording);
  const parts: Uint8Array[] = [];
  const omitInputs = request.omitInputs ?? false;
  writeRecording(recording, (part) => parts.push(part.slice()), { codec, identity, omitInputs });
  const bytes = Buffer.concat(parts);
  const differences: string[] = again.flatMap((d, i) => (d === expected[i] ? [] : [`after evaluating: ${moments[i]}`]));
  const opened = open(bytes);
  const sameRest = restOf(opened) === rest;
  moments.forEach((part, i) => {
    try {
      opened.seek(at(opened, part));
      if (opened.digest() !== expected[i]) differences.push(`moment ${part}`);
    } catch (e) {
      differences.push(String(e));
    }
  });
  for (const { from, at: to } of omitInputs ? [] : opened.verify()) differences.push(`${from} to ${to}`);
  const outcomes: Record<string, number> = {};
  const wrong: string[] = [];
  const random = randomNumbers(request.seed ?? 1);
  const next = (n: number): number => Math.floor((random.next().value as number) * n);
  const chunks = chunksOf(bytes);
  for (let k = 0; k < (request.mutations ?? 0); k++) {
    for (const inside of [false, true]) {
      const file = inside ? mutateInside(chunks, bytes.subarray(0, HEAD), next) : mutate(bytes, next);
      const outcome = tryOut(file, moments, expected);
      const key = `${inside ? 'inside ' : ''}${outcome.startsWith('failed') ? 'failed' : outcome}`;
      outcomes[key] = (outcomes[key] ?? 0) + 1;
      const bad =
        outcome.startsWith('failed') ||
        (outcome === 'other' && !inside) ||
        (outcome === 'same' && !inside && Buffer.compare(file, bytes) !== 0);
      if (bad) wrong.push(`${k} ${inside}: ${outcome}`);
    }
  }
  return { length: recording.length, bytes: bytes.length, differences, outcomes, wrong, sameRest, evaluated };
}

const STACK_MB = 200;
if (isMainThread) new Worker(new URL(import.meta.url), { resourceLimits: { stackSizeMb: STACK_MB } });
else {
  for (const line of readFileSync(0, 'utf8').split('\n')) {
    if (line === '') continue;
    let said: unknown;
    try {
      said = answer(JSON.parse(line) as FileRequest);
    } catch (e) {
      said = { failed: String((e as Error)?.stack ?? e) };
    }
    writeAll(1, `${JSON.stringify(said)}\n`);
  }
}
