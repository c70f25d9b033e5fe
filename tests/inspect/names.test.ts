// Names of objects: what they may be, and where they lead in a process that has ended its program.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { objectNameText, parseObjectName } from '@moult/inspect';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bundle } from '../../tools/bundle/bundle.mjs';
import { ROOT } from '../corpus.mjs';

describe('the text of a name', () => {
  it.each([
    ['x', { kind: 'path', name: 'x', steps: [] }],
    ['@42', { kind: 'serial', serial: 42 }],
    ['0x10aF', { kind: 'address', address: 0x10af }],
    ['type:Session', { kind: 'type', name: 'Session' }],
    ['type:a.B', { kind: 'type', name: 'a.B' }],
  ])('%s', (text, wanted) => expect(parseObjectName(text)).toEqual(wanted));

  it.each([
    ['', 'expected a name at character 1'],
    ['x.', 'expected a name at character 3'],
    ['x[', 'a key is a number, a quoted text'],
    ['x[y]', 'names in keys are not looked up'],
    ["x['a]", "expected ' at character"],
    ['x[1', 'expected ] at character 4'],
    ['x y', 'expected . or [ at character 2'],
    ['f(x)', 'expected . or [ at character 2'],
    ['42', 'names no object'],
    ['@', 'names no object'],
    ["x['\\u12']", '\\u wants 4 hexadecimal digits'],
  ])('%s is refused', (text, why) => expect(() => parseObjectName(text)).toThrow(why));

  it('is read again as it was written', () => {
    const key = fc.oneof(fc.string({ unit: 'binary' }), fc.bigInt(), fc.boolean(), fc.constant(null));
    const name = fc.constantFrom('a', '_b1', 'élan', '名');
    const step = fc.oneof(
      name.map((n) => ({ kind: 'attribute' as const, name: n })),
      key.map((k) => ({ kind: 'item' as const, key: k })),
    );
    fc.assert(
      fc.property(name, fc.array(step, { maxLength: 6 }), (first, steps) => {
        const path = { kind: 'path' as const, name: first, steps };
        expect(parseObjectName(objectNameText(path))).toEqual(path);
      }),
    );
  });
});

describe('where a name leads', () => {
  const LEADS: readonly (readonly [name: string, to: string | RegExp])[] = [
    ['n.value[0]', '1'],
    ['n.value[1][1]', "'three'"],
    ['n.value[-1][-2]', '2'],
    ['n.next.next.value[0]', '1'],
    ["n.extra['key']", "'text'"],
    ['n.extra[5]', "'five'"],
    ['n.extra[None]', "'none'"],
    ['n.extra[True]', "'yes'"],
    ["n.extra['q\"\\n']", "'odd'"],
    ["n.__dict__['extra'][5]", "'five'"],
    ['n.kind', "'base'"],
    ['p.b[0].value[0]', '1'],
    ['Node.kind', "'base'"],
    ['f.__closure__[0].cell_contents', "'kept'"],
    ['outer.__defaults__[0][0]', '7'],
    ['d[1]', '20'],
    ['d[-1]', '30'],
    ['_collections.__name__', "'_collections'"],
    ['nowhere', /: there is no name nowhere here; there are _collections, Base/],
    ['n.gone', /: n \(.*\) has no attribute gone; it has next, value, extra/],
    ['n.value[2]', 'n.value has no item 2: its items are 0 to 1'],
    ["n.value['a']", "n.value is a list: its items have numbers, not ['a']"],
    ["n.extra['no']", /: n\.extra has no key 'no'; it has 'key', 5/],
    ['n[0]', 'n is a Node, which has no items to walk to'],
    ['p.__dict__', 'p has no dict object: its attributes lie in itself'],
    ['n.twice', /property/],
    ['n.__class__', /Node/],
    ['len', /len/],
  ];
  it('in a program that has ended: to what lies there, never through code', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'moult-names-'));
    try {
      const driver = join(dir, 'driver.mjs');
      await bundle({ input: join(ROOT, 'tests/inspect/namesDriver.ts'), file: driver });
      const program = join(ROOT, 'tests/inspect/names.py');
      const argv = ['--stack-size=4000', driver, program, ...LEADS.map(([name]) => name)];
      const { stdout, stderr } = spawnSync(process.execPath, argv, { encoding: 'utf8' });
      expect(stderr).toBe('');
      const answers = JSON.parse(stdout) as string[];
      LEADS.forEach(([name, wanted], k) => {
        if (typeof wanted === 'string') expect([name, answers[k]]).toEqual([name, wanted]);
        else expect(`${name}: ${answers[k]}`).toMatch(wanted);
      });
    } finally {
      rmSync(dir, { recursive: true, force: true });
    }
  });
});
