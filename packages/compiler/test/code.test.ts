// Code objects, compile errors and disassembly as tools/code-oracle.py recorded CPython 3.13.0's.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import {
  type CodeData,
  type Constant,
  compile,
  compileModule,
  disassemble,
  locationRanges,
  PyParserMemoryError,
  PyRecursionError,
  PySyntaxError,
} from '../src/index.ts';
import { pythonFiles, resolveCharName } from './archive.ts';
import { digest } from './canonical.ts';
import recorded from './oracle/code-cases.json' with { type: 'json' };

type Mode = 'exec' | 'eval' | 'single';
type Case = [string, Mode, 0 | 1 | 2, string | unknown[], [string, number][]];

function oracle(name: string): Map<string, string> {
  const text = readFileSync(new URL(`./oracle/${name}`, import.meta.url), 'utf8');
  return new Map(
    text
      .trim()
      .split('\n')
      .map((line) => [line.slice(0, line.indexOf(' ')), line.slice(line.lastIndexOf(' ') + 1)]),
  );
}

function answer(source: string, mode: Mode, optimize: 0 | 1 | 2): [unknown, unknown[]] {
  const warnings: unknown[] = [];
  const onWarning = (_: string, message: string, lineno: number) => void warnings.push([message, lineno]);
  try {
    const code = compile(source, { filename: '<case>', mode, optimize, resolveCharName, onWarning });
    return [digest(code), warnings];
  } catch (e) {
    if (!(e instanceof PySyntaxError)) throw e;
    return [[e.kind, e.msg, e.lineno, e.offset, e.end_lineno, e.end_offset], warnings];
  }
}

let library: [string, CodeData][] | null = null;

/** The standard library, compiled once for all tests. */
function compiledLibrary(): [string, CodeData][] {
  library ??= [...pythonFiles()].map(([filename, bytes]) => [
    filename,
    compile(bytes, { filename, mode: 'exec', resolveCharName }),
  ]);
  return library;
}

const exec = (source: string) => compile(source, { filename: '<test>', mode: 'exec' });

describe('code objects', () => {
  test('of the whole standard library are those of CPython 3.13.0, byte for byte', () => {
    const hashes = oracle('stdlib-code.txt');
    const different: string[] = [];
    const files = compiledLibrary();
    for (const [filename, code] of files) if (digest(code) !== hashes.get(filename)) different.push(filename);
    expect(different).toEqual([]);
    expect(files.length).toBe(hashes.size);
    expect(files.length).toBeGreaterThan(500);
  });

  test('errors and warnings of snippets are those of CPython 3.13.0', () => {
    const different: unknown[] = [];
    let errors = 0;
    for (const [source, mode, optimize, result, warnings] of recorded as Case[]) {
      if (typeof result !== 'string') errors++;
      const ours = answer(source, mode, optimize);
      if (JSON.stringify(ours) !== JSON.stringify([result, warnings])) different.push({ source, mode, result, ours });
    }
    expect(different).toEqual([]);
    expect(errors).toBeGreaterThan(300);
    expect(recorded.length).toBeGreaterThan(2900);
  });
});

test('disassembly of the whole standard library is what python -m dis prints', () => {
  const hashes = oracle('stdlib-dis.txt');
  const different: string[] = [];
  for (const [filename, code] of compiledLibrary()) {
    // The order in a frozenset hangs on which strings were interned before: only its length is compared.
    const text = disassemble(code).replaceAll(/frozenset\(.*\)\)/g, (set) => `frozenset ${Buffer.byteLength(set)}`);
    const hash = createHash('sha256').update(text).digest('hex').slice(0, 16);
    if (hash !== hashes.get(filename)) different.push(filename);
  }
  expect(different).toEqual([]);
});

test('equal constants are one object throughout a module', () => {
  const code = exec('def f(): return 1000, (1, 2.5)\ndef g(): return 1000, (1, 2.5)\n');
  const inner = code.co_consts.filter((c): c is Constant & { t: 'code' } => c.t === 'code');
  const [f, g] = inner.map((c) => c.v.co_consts);
  const tuple = f!.find((c) => c.t === 'tuple');
  expect(tuple).toBeDefined();
  expect(g!.includes(tuple!)).toBe(true);
});

test('a constant frozenset lies in the order of the table that CPython fills from', () => {
  // Recorded: tuple(frozenset(('gettext', 'ngettext', 'npgettext', 'pgettext'))) with hash seed 0, and numbers.
  const setOf = (source: string) => {
    const found = exec(source).co_consts.find((c): c is Constant & { t: 'frozenset' } => c.t === 'frozenset');
    return found!.v.map((c) => (c.t === 'str' || c.t === 'int' ? String(c.v) : c.t));
  };
  const names = setOf("x in {'gettext', 'ngettext', 'npgettext', 'pgettext'}");
  expect(names).toEqual(['ngettext', 'gettext', 'npgettext', 'pgettext']);
  expect(setOf('x in {17, 9, 1, -1, 2 ** 61, 300}')).toEqual(['2305843009213693952', '1', '9', '300', '17', '-1']);
});

test('location ranges cover all of the code', () => {
  const code = exec('x = [\n  f(1),\n  2]\nfor i in x:\n  print(i)\n');
  const ranges = locationRanges(code);
  expect(ranges[0]!.start).toBe(0);
  expect(ranges[ranges.length - 1]!.end).toBe(code.co_code.length);
  expect(new Set(ranges.map((r) => r.loc.lineno))).toEqual(new Set([0, 1, 2, 3, 4, 5]));
});

describe('deep trees', () => {
  test('end in an error of ours, never in the host’s', () => {
    const nested = [
      ...[100, 3000, 20_000].map((n) => 'x' + '.a'.repeat(n)),
      ...[100, 3000, 20_000].map((n) => 'f' + '()'.repeat(n)),
      ...[100, 3000, 20_000].map((n) => '-'.repeat(n) + 'x'),
      ...[100, 3000, 20_000].map((n) => 'not '.repeat(n) + 'x'),
    ];
    let compiled = 0;
    for (const source of nested) {
      try {
        exec(source);
        compiled++;
      } catch (e) {
        const known = e instanceof PyRecursionError || e instanceof PyParserMemoryError || e instanceof PySyntaxError;
        expect(known ? null : e).toBeNull();
      }
    }
    expect(compiled).toBeGreaterThanOrEqual(4);
  });

  test('long chains of operators and of elif compile', () => {
    expect(exec('x = ' + 'a + '.repeat(9000) + 'a').co_stacksize).toBe(2);
    const chain = 'if a: pass\n' + 'elif b: pass\n'.repeat(2000);
    expect(exec(chain).co_names).toEqual(['a', 'b']);
  });

  test('a tree made by hand is checked too', () => {
    const position = { lineno: 1, col_offset: 0, end_lineno: 1, end_col_offset: 1 };
    let value: import('../src/index.ts').ast.Expr = { kind: 'Name', id: 'x', ctx: 'Load', ...position };
    for (let i = 0; i < 50_000; i++) value = { kind: 'UnaryOp', op: 'Invert', operand: value, ...position };
    const mod = { kind: 'Expression' as const, body: value };
    expect(() => compileModule(mod, { filename: '<test>', mode: 'eval' })).toThrow(PyRecursionError);
  });
});
