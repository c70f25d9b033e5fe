// Each policy against the real version: the common probe prints what names, containers, calls and loads change, what is
// tracked, what collections find and when they run. What is known to differ is listed, and must differ.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { policies } from '@moult/abi';
import { describe, expect, it } from 'vitest';
import { ROOT } from './corpus.mjs';
import { runProgram } from './harness.ts';

type Tree = { readonly [name: string]: Tree | string | number | boolean | null | readonly unknown[] };
interface Recorded {
  readonly producer: string;
  readonly allocator: { readonly arenaSize: number; readonly poolSize: number } | null;
  readonly answers: Tree;
}

const folder = join(ROOT, 'tests/oracle/policies');
const probe = join(ROOT, 'tests/policies/probe.py');
const known: Record<string, string[]> = JSON.parse(readFileSync(join(ROOT, 'tests/policies/known.json'), 'utf8'));

/** Answers by path, each as text. */
function flat(tree: Tree, path = ''): [string, string][] {
  return Object.entries(tree).flatMap(([name, value]) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? flat(value as Tree, `${path}${name} / `)
      : [[path + name, JSON.stringify(value)] as [string, string]],
  );
}
const recordedOf = (text: string | null): string | undefined =>
  text === null ? undefined : /CPython (\S+)/.exec(text)?.[1];

describe('policies', () => {
  it('are recorded where they say so, and unverified where they do not', () => {
    const files = readdirSync(folder).map((name) => name.replace('.json', ''));
    const named = Object.values(policies).map((p) => recordedOf(p.recorded));
    expect(named.filter((v) => v !== undefined).sort()).toEqual(files.sort());
    for (const p of Object.values(policies)) if (p.recorded === null) expect(p.unverified.length).toBeGreaterThan(0);
    const numbers = Object.values(policies).map((p) => p.number);
    expect(numbers).toEqual([...new Set(numbers)].sort((a, b) => a - b));
  });

  for (const policy of Object.values(policies)) {
    const version = recordedOf(policy.recorded);
    if (version === undefined) continue;
    const real: Recorded = JSON.parse(readFileSync(join(folder, `${version}.json`), 'utf8'));
    it(`${policy.name} answers as ${real.producer}`, { timeout: 60_000 }, async () => {
      const outcome = await runProgram(probe, { python: policy.name });
      expect(outcome.exitCode, outcome.stderr).toBe(0);
      const ours = new Map(flat(JSON.parse(outcome.stdout)));
      const theirs = flat(real.answers);
      expect([...ours.keys()]).toEqual(theirs.map(([path]) => path));
      const different = theirs.filter(([path, text]) => ours.get(path) !== text);
      expect(different.map(([path]) => path)).toEqual(known[policy.name] ?? []);
      expect(theirs.length).toBeGreaterThan(130);
      expect(policy.collector.thresholds).toEqual(real.answers.thresholds);
      const { arenaSize, poolSize } = policy.allocator;
      if (real.allocator !== null) expect({ arenaSize, poolSize }).toEqual(real.allocator);
      const stats = /\d+ arenas \* (\d+) bytes\/arena[\s\S]* unused pools \* (\d+) bytes/.exec(outcome.stderr);
      expect(stats?.slice(1).map(Number)).toEqual([arenaSize, poolSize]);
    });

    it(`${policy.name}: every count is the references found, and nothing is left`, { timeout: 120_000 }, async () => {
      const outcome = await runProgram(probe, { python: policy.name, audit: 'sampled', timeoutMs: 110_000 });
      expect([outcome.auditDifferences, outcome.leakedBlocks], outcome.stderr.slice(-2000)).toEqual([0, 0]);
    });
  }
});
