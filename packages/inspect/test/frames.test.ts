// Frames, lines and attributes against what CPython says of itself.
import { PyThreadState } from '@moult/abi';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  attributesOf,
  describe as describeObject,
  frameInfo,
  framesOf,
  lineAt,
  listItems,
  processTarget,
  Reader,
  threadsOf,
} from '../src/index.ts';
import { findPython, type LiveProcess, snapshotOf } from './process.ts';

const python = findPython();
const PROGRAM = `
import sys, json
class Inline: pass
class Slots: __slots__ = ('x', 'y')
class Dict: pass
i = Inline(); i.b = 1; i.a = [2]
s = Slots(); s.y = 'why'
d = Dict(); d.__dict__['k'] = 3; d.__dict__ = dict(d.__dict__, m=4)
def outer(a, b):
    cell = [a]
    def inner(c):
        other = cell
        deep(
            c,
            b)
    inner('see')
def deep(*args):
    unbound = 1
    del unbound
    lines = {}
    for code in codes:
        lines[str(id(code))] = [[o, l] for o, l in
            ((o, l) for start, end, l in code.co_lines() for o in range(start, end, 2))]
    keep = [i, s, d]
    print(json.dumps([id(keep), lines]), flush=True)
    input()
codes = [outer.__code__, deep.__code__, json.dumps.__code__, json.loads.__code__, json.load.__code__, type(sys.path_importer_cache).__class__.mro and outer.__code__]
codes += [f.__code__ for f in vars(json.decoder).values() if hasattr(f, '__code__')]
codes += [f.__code__ for f in vars(json.decoder.JSONDecoder).values() if hasattr(f, '__code__')]
outer(1, 'bee')
`;

describe.skipIf(!python)('a stopped program', () => {
  let live: LiveProcess;
  let reader: Reader;
  let keep: number;
  let lines: Record<string, [number, number | null][]>;

  beforeAll(async () => {
    live = await snapshotOf(python!, PROGRAM);
    reader = new Reader(processTarget(live.memory, live.runtime));
    [keep, lines] = JSON.parse(live.output);
  });
  afterAll(() => live?.stop());

  it('has frames with lines and locals', () => {
    const thread = threadsOf(reader.target)[0]!;
    const frames = framesOf(reader, reader.ptr(thread + PyThreadState.current_frame)).flatMap(
      (f) => frameInfo(reader, f) ?? [],
    );
    expect(frames.map((f) => [f.function, f.line])).toEqual([
      ['deep', 26],
      ['outer.<locals>.inner', 13],
      ['outer', 16],
      ['<module>', 30],
    ]);
    const inner = frames[1]!;
    expect(inner.locals.map((l) => [l.name, describeObject(reader, l.value), l.cell])).toEqual([
      ['c', "'see'", false],
      ['other', '[1]', false],
      ['b', "'bee'", true],
      ['cell', '[1]', true],
    ]);
    expect(frames[0]!.locals.find((l) => l.name === 'unbound')!.value).toBe(0);
    expect(inner.stack).toEqual([]);
  });

  it('has the line of every instruction', () => {
    let checked = 0;
    for (const [code, rows] of Object.entries(lines)) {
      for (const [offset, line] of rows) {
        expect([code, offset, lineAt(reader, Number(code), offset)]).toEqual([code, offset, line]);
        checked++;
      }
    }
    expect(checked).toBeGreaterThan(500);
  });

  it('has attributes inline, in slots and in dicts', () => {
    const rows = listItems(reader, keep).map((object) =>
      attributesOf(reader, object).map((a) => [a.name, describeObject(reader, a.value), a.where]),
    );
    expect(rows).toEqual([
      [
        ['b', '1', 'inline'],
        ['a', '[2]', 'inline'],
      ],
      [['y', "'why'", 'slot']],
      [
        ['k', '3', 'dict'],
        ['m', '4', 'dict'],
      ],
    ]);
  });
});
