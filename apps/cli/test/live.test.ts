// `moult ps` and `moult heap` on a running CPython; and a process that is stopped while Moult is killed runs on.
import { spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findPython } from '../../../tests/native.mjs';
import { type Running, running } from '../../../packages/live/test/python.ts';

const MOULT = join(import.meta.dirname, '../bin/moult.mjs');
const python = process.platform === 'linux' ? findPython('3.13.0') : null;
const KILLS = 12;

describe.skipIf(python === null)('a running CPython', () => {
  let target: Running;
  beforeAll(async () => {
    target = await running(
      python as string,
      'class Session:\n    def __init__(self): self.items = [[] for _ in range(300)]\nkeep = [Session() for _ in range(500)]',
    );
  });
  afterAll(() => target?.end());
  const moult = (...args: string[]) => spawnSync(process.execPath, [MOULT, ...args], { encoding: 'utf8' });

  it('is listed and told', () => {
    expect(moult('ps').stdout).toMatch(new RegExp(`^ *${target.pid}  3\\.13 `, 'm'));
    const told = JSON.parse(moult('heap', String(target.pid), '--json').stdout);
    expect(told).toMatchObject({ pid: target.pid, version: '3.13.0' });
    const objects = (type: string) => told.types.find((t: { type: string }) => t.type === type)?.objects;
    expect(objects('Session')).toBe(500);
    expect(objects('list')).toBeGreaterThanOrEqual(150_500);
    const text = moult('heap', '--stop', '--limit', '3', String(target.pid)).stdout;
    expect(text).toMatch(/it stood still for \d+ ms/);
    expect(text).toContain('more types (--limit)');
  });

  it('tells why an object is alive, with holders that add up to its count', () => {
    const text = moult('why', 'keep[7].items', String(target.pid)).stdout;
    expect(text).toMatch(
      /in process \d+\n {2}count 1, held by\n {4}1 {2}the attribute items of Session at 0x[0-9a-f]+\n {4}1 {2}adds up/,
    );
    expect(text).toContain('    keep[7].items');
    const { answers } = JSON.parse(moult('why', '--json', 'type:Session', String(target.pid)).stdout);
    expect(answers.length).toBe(20);
    for (const answer of answers) expect(answer).toMatchObject({ count: 1, addsUp: true });
    const { status, stderr } = moult('why', '--at', '3', 'keep', String(target.pid));
    expect(status).toBe(2);
    expect(stderr).toContain('--at is for programs');
  });

  it('is refused in words where there is none', () => {
    const { status, stderr } = moult('heap', String(process.pid));
    expect(status).toBe(3);
    expect(stderr).toContain('runs no CPython');
  });

  it('runs on when Moult is killed while it stands still', async () => {
    const state = () => /\) (\S)/.exec(readFileSync(`/proc/${target.pid}/stat`, 'latin1'))?.[1];
    const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
    let inside = 0;
    for (let k = 0; k < KILLS; k++) {
      const child = spawn(process.execPath, [MOULT, 'heap', '--stop', String(target.pid)], { stdio: 'ignore' });
      const exited = new Promise((resolve) => child.once('exit', resolve));
      while (state() !== 'T' && child.exitCode === null) await pause(0);
      if (state() === 'T') inside++;
      child.kill('SIGKILL');
      await exited;
      const until = Date.now() + 3000;
      while (state() === 'T' && Date.now() < until) await pause(5);
      expect(state()).not.toBe('T');
    }
    expect(inside).toBeGreaterThan(0);
  });
});
