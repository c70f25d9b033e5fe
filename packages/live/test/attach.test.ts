// Processes of installed CPythons, read from outside and compared with what they say of themselves.
import { readFileSync } from 'node:fs';
import { Reader, generationHeads, referencesOf, sizeOf, trackedObjects, typeName } from '@moult/inspect';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findPython } from '../../../tests/native.mjs';
import { type Attached, attach, pythonProcesses, Refusal } from '../src/index.ts';
import { type Running, running } from './python.ts';

/** Prints id, type, size and referents of what the collector tracks, each a line; and changes nothing after that. */
const SELF = `
import gc, sys
class Node:
    def __init__(self, i):
        self.i, self.next, self.list = i, None, [i, str(i), i * 1.5]
class Slim:
    __slots__ = 'a', 'b'
    def __init__(self): self.a, self.b = {1: 'x'}, {'k'}
keep = [Node(i) for i in range(2000)] + [Slim() for _ in range(500)]
keep += [(lambda x: lambda: x)(i) for i in range(100)] + [(i for i in keep) for _ in range(50)]
gc.collect()
rows = [(id(o), type(o).__name__, sys.getsizeof(o), [id(r) for r in gc.get_referents(o)]) for o in gc.get_objects()]
for row in rows[:]:
    print(*row[:3], *row[3])
`;

const python = process.platform === 'linux' ? findPython('3.13.0') : null;

describe.skipIf(python === null)('CPython 3.13.0', () => {
  let process: Running;
  let attached: Attached;
  let reader: Reader;
  const rows: { id: number; type: string; size: number; referents: number[] }[] = [];

  beforeAll(async () => {
    process = await running(python as string, SELF);
    attached = attach(process.pid);
    reader = new Reader(attached.target);
    for (const line of process.output.trim().split('\n')) {
      const [id, type, size, ...referents] = line.split(' ');
      rows.push({ id: Number(id), type: type as string, size: Number(size), referents: referents.map(Number) });
    }
  });
  afterAll(() => process?.end());

  it('is found by its symbol, in its version, without a stop', () => {
    expect(attached.version.text).toBe('3.13.0');
    expect(attached.python.by).toBe('symbol');
    expect(attached.copy).toMatchObject({ moment: 'quiet', torn: 0, pause: 0 });
  });

  it('has every object that it lists, with its type and size', () => {
    const tracked = new Set(generationHeads(reader).flatMap((head) => trackedObjects(reader, head)));
    let found = 0;
    let typed = 0;
    let sized = 0;
    for (const { id, type, size } of rows) {
      if (!tracked.has(id)) continue;
      found++;
      const info = reader.typeOf(id);
      if (typeName(info) === type) typed++;
      if (sizeOf(reader, id, info) === size) sized++;
    }
    expect(rows.length).toBeGreaterThan(7000);
    // The list of rows and the objects of the loop that made them came and went meanwhile.
    expect(rows.length - found).toBeLessThanOrEqual(3);
    expect(typed / found).toBeGreaterThan(0.999);
    expect(sized / found).toBeGreaterThan(0.995);
  });

  it('has the references that it tells of', () => {
    let told = 0;
    let missing = 0;
    for (const { id, referents } of rows) {
      const ours = new Set(referencesOf(reader, id).map((r) => r.target));
      for (const referent of referents) {
        told++;
        if (!ours.has(referent)) missing++;
      }
    }
    expect(told).toBeGreaterThan(20_000);
    expect(missing / told).toBeLessThan(0.001);
  });

  it('is in the list of processes', () => {
    expect(pythonProcesses().find((p) => p.pid === process.pid)).toMatchObject({ version: '3.13', refusal: null });
  });

  it('runs on after a stop, and stays stopped where it was', async () => {
    const state = () => /\) (\S)/.exec(readFileSync(`/proc/${process.pid}/stat`, 'latin1'))?.[1];
    const stopped = attach(process.pid, { stop: true });
    expect(stopped.copy.moment).toBe('stopped');
    expect(stopped.copy.pause).toBeGreaterThan(0);
    while (state() === 'R') await new Promise((resolve) => setTimeout(resolve, 1));
    expect(state()).toBe('S');
    globalThis.process.kill(process.pid, 'SIGSTOP');
    while (state() !== 'T') await new Promise((resolve) => setTimeout(resolve, 1));
    expect(attach(process.pid, { stop: true }).copy.pause).toBe(0);
    expect(state()).toBe('T');
    globalThis.process.kill(process.pid, 'SIGCONT');
  });
});

describe('what cannot be read', () => {
  const refusal = (act: () => unknown): Refusal => {
    try {
      act();
    } catch (error) {
      if (error instanceof Refusal) return error;
      throw error;
    }
    throw new Error('nothing was refused');
  };

  it.skipIf(globalThis.process.platform !== 'linux')('is said in words', async () => {
    expect(refusal(() => attach(4_194_304)).code).toBe('gone');
    const own = refusal(() => attach(globalThis.process.pid));
    expect(own.code).toBe('no-python');
    expect(own.message).toMatch(/runs no CPython/);
  });

  for (const version of ['3.8', '3.9', '3.10', '3.11', '3.12']) {
    const old = findPython(version);
    it.skipIf(old === null)(`is CPython ${version}, which is recognised`, async () => {
      const other = await running(old as string, '');
      try {
        const error = refusal(() => attach(other.pid));
        expect(error.code).toBe('version');
        expect(error.message).toContain(`CPython ${version}`);
      } finally {
        other.end();
      }
    });
  }
});
