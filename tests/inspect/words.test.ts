// What inspect says of a stopped program, in the engine and, where it is installed, in CPython: facts, fields, holders in words,
// walkers; and that texts of broken bytes are given, quickly, whatever was broken.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PyObject } from '@moult/abi';
import { HeapGraph } from '@moult/graph';
import {
  blocksInUse,
  describe as textOf,
  dictGet,
  fieldsOf,
  internedStrings,
  listItems,
  mainDict,
  NotAnObject,
  nameText,
  objectAt,
  phraseOf,
  processTarget,
  Reader,
  referencesOf,
  stacksOf,
  type Target,
  typeName,
  typesOf,
} from '@moult/inspect';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findPython, type LiveProcess, snapshotAtInput } from '../../packages/inspect/test/process.ts';
import { bundle } from '../../tools/bundle/bundle.mjs';
import { readMemoryFile } from './memoryFile.ts';

const PROGRAM = `
from posix import read
class Node:
    kind = ['of the class']
    def __init__(self, value):
        self.value = value
class Slim(Node):
    __slots__ = ('x',)
def make(n):
    total = [n]
    def add(): return n, total
    return add
items = ['a', 'b', 'c', ['in a list']]
table = {'x': ['in a dict'], 5: items}
node = Node(['in a node'])
slim = Slim(None)
slim.x = ['in a slot']
add = make(['in a cell'])
def defaulted(a=['a default']): pass
itself = []
itself.append(itself)
cell = add.__closure__[0]
cell.cell_contents = cell
error = ValueError()
error.args = (error,)
long = tuple(range(1000))
text = 'characters \\u00e9'
number = -(2 ** 70)
def main():
    total = ['in a frame']
    read(0, 1)
main()
`;

interface Stopped {
  readonly target: Target;
  /** Changes a word and puts it back. */
  write(address: number, value: number): () => void;
  stop(): void;
}

async function engine(): Promise<Stopped> {
  const dir = mkdtempSync(join(tmpdir(), 'moult-words-'));
  try {
    await bundle({ input: join(import.meta.dirname, 'memoryDriver.ts'), file: join(dir, 'driver.mjs') });
    writeFileSync(join(dir, 'program.py'), PROGRAM);
    const args = ['--stack-size=4000', join(dir, 'driver.mjs'), join(dir, 'program.py'), join(dir, 'memory')];
    const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
    if (status !== 0) throw new Error(stderr);
    const { target, view } = readMemoryFile(join(dir, 'memory'));
    return {
      target,
      write(address, value) {
        const before = view.getBigUint64(address, true);
        view.setBigUint64(address, BigInt.asUintN(64, BigInt(value)), true);
        return () => view.setBigUint64(address, before, true);
      },
      stop() {},
    };
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

async function native(python: string): Promise<Stopped> {
  const live: LiveProcess = await snapshotAtInput(python, PROGRAM);
  return {
    target: processTarget(live.memory, live.runtime),
    write: (address, value) => live.write(address, value),
    stop: () => live.stop(),
  };
}

const python = findPython();
const kinds = [
  ['the engine', engine] as const,
  ...(python === null ? [] : [['CPython', () => native(python)] as const]),
] as const;

describe.each(kinds)('%s', (_kind, start) => {
  let stopped: Stopped;
  let reader: Reader;
  let heap: HeapGraph;
  const global = (name: string): number => dictGet(reader, mainDict(reader), name);
  /** Who holds an object, in words, without addresses. */
  const phrases = (object: number): string[] =>
    heap
      .holdersOf(object)
      .map((h) => phraseOf(reader, h, (o) => heap.holdersOf(o)).replace(/0x[0-9a-f]+/g, '…'))
      .sort();

  beforeAll(async () => {
    stopped = await start();
    reader = new Reader(stopped.target);
    heap = new HeapGraph(reader);
  }, 60_000);
  afterAll(() => stopped?.stop());

  it('names holders in words, as many as the count says', () => {
    const [items, table, node, slim] = ['items', 'table', 'node', 'slim'].map(global) as [
      number,
      number,
      number,
      number,
    ];
    const inList = listItems(reader, items)[3]!;
    expect(phrases(inList)).toEqual(['list[3]']);
    expect(phrases(items)).toEqual(['dict value of 5', 'global items of module __main__']);
    expect(phrases(dictGet(reader, table, 'x'))).toEqual(["dict value of 'x'"]);
    const of = (object: number, label: string): number =>
      referencesOf(reader, object).find((r) => r.label === label)!.target;
    expect(phrases(of(node, '.value'))).toEqual(['inline value value of <Node object at …>']);
    expect(phrases(of(slim, '.x'))).toEqual(['slot x of <Slim object at …>']);
    const closure = of(global('add'), 'func_closure');
    const total = of(of(closure, '[1]'), 'ob_ref');
    expect(phrases(total)).toEqual(['closure cell total of <function make.<locals>.add at …>']);
    expect(phrases(of(global('defaulted'), 'func_defaults'))).toEqual(['func_defaults of <function defaulted at …>']);
    expect(phrases(of(of(global('defaulted'), 'func_defaults'), '[0]'))).toEqual([
      "<function defaulted at …>'s defaults[0]",
    ]);
    expect(phrases(global('itself'))).toEqual(['global itself of module __main__', 'list[0]']);
    expect(phrases(global('Node'))).toEqual(
      [
        'base of class Slim',
        "class Node's mro[0]",
        "class Slim's bases[0]",
        "class Slim's mro[1]",
        'd_type of <getset_descriptor __dict__ of Node>',
        'd_type of <getset_descriptor __weakref__ of Node>',
        'global Node of module __main__',
        'type of <Node object at …>',
      ]
        .map((p) => p.replace(/^base of/, 'tp_base of'))
        .sort(),
    );
    const kind = dictGet(reader, of(global('Node'), 'tp_dict'), 'kind');
    expect(phrases(kind)).toEqual(['class attribute kind of class Node']);
    for (const object of [inList, items, total, kind, global('Node'), global('itself')]) {
      expect(heap.holdersOf(object).length).toBe(objectAt(reader, object)!.count);
    }
  });

  it('has frames with locals, and holders in them', () => {
    const [stack] = stacksOf(reader);
    expect(stack!.frames.map((f) => [f.function, f.line])).toEqual([
      ['main', 31],
      ['<module>', 32],
    ]);
    const { value } = stack!.frames[0]!.locals[0]!;
    expect(phrases(value)).toEqual(['local total of frame main']);
  });

  it('takes objects apart without a gap', () => {
    let fields = 0;
    for (const { target } of referencesOf(reader, mainDict(reader))) {
      const rows = fieldsOf(reader, target);
      let at = rows[0]!.offset;
      for (const row of rows) {
        if (row.sort !== 'bits')
          expect([textOf(reader, target), row.name, row.offset]).toEqual([textOf(reader, target), row.name, at]);
        at = Math.max(at, row.offset + row.size);
        fields++;
      }
      const facts = objectAt(reader, target)!;
      expect(facts.block.address + facts.block.size).toBe(target + at);
      expect(facts.block.blockSize ?? Infinity).toBeGreaterThanOrEqual(facts.block.size);
    }
    expect(fields).toBeGreaterThan(200);
    const rows = fieldsOf(reader, global('number'));
    expect(rows.map((f) => [f.offset, f.size, f.name, f.text])).toEqual([
      [0, 8, 'ob_refcnt', String(objectAt(reader, global('number'))!.count)],
      [8, 8, 'ob_type', "<class 'int'>"],
      [16, 8, 'lv_tag', '26'],
      [24, 4, 'ob_digit[0]', '0'],
      [28, 4, 'ob_digit[1]', '0'],
      [32, 4, 'ob_digit[2]', '1024'],
    ]);
    const text = fieldsOf(reader, global('text'));
    expect(text.at(-1)).toMatchObject({ name: 'characters', offset: 56, size: 13 });
    expect(String.fromCharCode(...text.at(-1)!.bytes)).toBe('characters \u00e9\0');
    const tuple = fieldsOf(reader, global('long'), { items: 3 });
    expect(tuple.slice(-4).map((f) => [f.name, f.size])).toEqual([
      ['[0]', 8],
      ['[1]', 8],
      ['[2]', 8],
      ['more items', 997 * 8],
    ]);
  });

  it('gives facts of an object', () => {
    expect(objectAt(reader, global('items'))).toMatchObject({
      type: 'list',
      text: "['a', 'b', 'c', ['in a list']]",
      count: 2,
      size: 88,
      tracked: true,
      finalized: false,
      block: { size: 56, sizeClass: 3, blockSize: 64 },
      buffers: [{ size: 32, label: 'items' }],
    });
    expect(objectAt(reader, global('items') + 4)).toBe(null);
    expect(objectAt(reader, 12_345_678_901_232)).toBe(null);
  });

  it('describes what holds itself', () => {
    expect(textOf(reader, global('itself'))).toBe('[[...]]');
    expect(textOf(reader, global('cell')).length).toBeLessThan(300);
    expect(textOf(reader, global('error')).length).toBeLessThan(300);
  });

  it('knows whose every block is, the types and the interned strings', () => {
    const blocks = blocksInUse(stopped.target);
    const unexplained = blocks.filter((b) => b.kind === 'unexplained');
    expect(blocks.length).toBeGreaterThan(3000);
    expect(unexplained.length / blocks.length).toBeLessThan(0.01);
    const items = blocks.find((b) => b.kind === 'buffer' && b.owner === global('items'))!;
    expect(items).toMatchObject({ what: 'items', size: 32 });
    expect(blocks.find((b) => b.owner === global('node'))).toMatchObject({ kind: 'object' });
    const names = typesOf(reader).map(typeName);
    expect(names).toEqual(expect.arrayContaining(['object', 'type', 'int', 'Node', 'Slim', 'ValueError']));
    expect(new Set(typesOf(reader).map((t) => t.address)).size).toBe(names.length);
    const strings = new Map(internedStrings(reader).map((s) => [nameText(reader, s.address), s.state]));
    expect(strings.get('defaulted')).toBe('immortal');
    expect(strings.get('make.<locals>.add')).toBe('mortal');
    expect(strings.has('characters \u00e9')).toBe(false);
  });

  it('says something of broken bytes, at once', { timeout: 60_000 }, () => {
    const objects = Array.from({ length: heap.graph.nodes }, (_, i) => heap.addressOf(i));
    let seed = 4711;
    const random = (n: number): number => {
      seed = (Math.imul(seed, 1103515245) + 12345) & 0x7fffffff;
      return (seed >>> 8) % n;
    };
    let slowest = 0;
    let broken = 0;
    for (let round = 0; round < 4000; round++) {
      const object = objects[random(objects.length)]!;
      const address = object + PyObject.ob_type + 8 * random(8);
      if (!stopped.target.memory.has(address, 8)) continue;
      const values = [
        0,
        -1,
        1,
        random(0x7fffffff),
        2 ** 40,
        object,
        objects[random(objects.length)]!,
        object + 1,
        2 ** 62,
      ];
      let undo: () => void;
      try {
        undo = stopped.write(address, values[random(values.length)]!);
      } catch {
        continue; // not a page that was copied
      }
      const started = performance.now();
      const fresh = new Reader(stopped.target);
      const said = textOf(fresh, object);
      objectAt(fresh, object, []);
      expect(said.length).toBeLessThan(2000);
      if (/broken|no object/.test(said)) broken++;
      try {
        fieldsOf(fresh, object);
      } catch (error) {
        expect(
          error instanceof NotAnObject || error instanceof RangeError || (error as Error).name === 'UnmappedError',
        ).toBe(true);
      }
      slowest = Math.max(slowest, performance.now() - started);
      undo();
    }
    expect(broken).toBeGreaterThan(100);
    expect(slowest).toBeLessThan(2000);
  });
});
