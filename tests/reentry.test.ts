// Who re-enters the evaluation loop: every call of one of the functions below from a native waits on the host's stack
// for Python code to return. tests/reentry.json holds the calls by file and function; a file's number may only fall.
// REENTRY_UPDATE=1 npx vitest run tests/reentry.test.ts   writes the list and docs/reentry.md again.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const at = (path: string) => fileURLToPath(new URL(`../${path}`, import.meta.url));
const src = at('packages/runtime/src/');
const CALLS = [
  '_?PyObject_(?:Vectorcall|VectorcallDict|MakeTpCall|Call|CallNoArgs|CallOneArg|Call_Prepend)',
  'PyVectorcall_Call',
  'callFunction|callMethod|callNamed|callFound|callTyping|vectorcall_method|vectorcall_maybe',
  'vm\\.(?:_PyFunction_Vectorcall|PyEval_EvalCode|resumeFrame)|PyEval_EvalCode|_PyFunction_Vectorcall',
  '_PyEval_EvalFrame',
  'PyImport_ImportModuleLevelObject|PyImport_ImportModule',
].join('|');
const call = new RegExp(`(?<![\\w.]|function )(?:${CALLS})\\(`, 'g');
const definition = /^(?:export )?(?:function (\w+)|const (\w+) = \(?.*=>|(\w+): .*=> *\{?$)/;

/** What makes the calls is no native. */
const outside = (file: string) =>
  ['objects/call.ts', 'objects/vmlink.ts', 'objects/nativeframe.ts', 'vm/nativeloop.ts'].includes(file);

/** A machine's name, where it is made. */
const MACHINE = /(?:: MachineSpec = \{\s+name: ['`]|= collector\(\{\s+name: '|= joiner\(')([^,'`]+)/g;
/** The natives that keep what they know in a native frame when an instruction, or another such native, calls them. */
function machines(): string[] {
  const files = (readdirSync(src, { recursive: true }) as string[]).filter((f) => f.endsWith('.ts'));
  return files
    .flatMap((f) => [...readFileSync(src + f, 'utf8').matchAll(MACHINE)])
    .map((m) => m[1] as string)
    .sort();
}

type Counts = Record<string, Record<string, number>>;
function count(): Counts {
  const counts: Counts = {};
  const files = (readdirSync(src, { recursive: true }) as string[]).map((f) => f.replaceAll('\\', '/'));
  for (const file of files.filter((f) => f.endsWith('.ts') && !outside(f)).sort()) {
    let where = '(top)';
    let comment = false;
    for (const line of readFileSync(src + file, 'utf8').split('\n')) {
      const d = definition.exec(line);
      if (d !== null) where = d[1] ?? d[2] ?? d[3] ?? where;
      if (/^\s*\/\*/.test(line)) comment = true;
      const n = comment ? 0 : (line.replace(/\/\/.*$/, '').match(call) ?? []).length;
      if (line.includes('*/')) comment = false;
      if (n === 0) continue;
      const own = counts[file] ?? {};
      counts[file] = own;
      own[where] = (own[where] ?? 0) + n;
    }
  }
  return counts;
}
const sum = (own: Record<string, number> | undefined) => Object.values(own ?? {}).reduce((a, b) => a + b, 0);

function page(counts: Counts): string {
  const total = Object.values(counts).reduce((n, own) => n + sum(own), 0);
  const lines = [
    '# What re-enters the evaluation loop',
    '',
    'Calls between Python functions push a frame and go on in the same loop. A native that calls Python does not: it starts a second',
    'loop and waits on the host stack until that ends. Its state is then in JavaScript variables, not in the bytes, and each level takes host stack.',
    '',
    'This page lists each of those natives, by room and file, with the number of its call sites. `tests/reentry.test.ts` counts them:',
    'the number of a file may only fall, and a file that is not here may not begin.',
    '',
    'Natives reach Python in two ways. The first is a call written out: those below. The second is a slot',
    '(`tp_iternext`, `tp_richcompare`, `tp_hash`, `nb_add` ...) of a class written in Python: all of these pass through',
    '`objects/typeslots.ts` and `objects/typenumslots.ts`, and are counted there once for each slot, not once for each native that uses it.',
    '',
    `${total} call sites in ${Object.keys(counts).length} files.`,
    '',
    'Called by an instruction or by another of them, these start no second loop (decision 17): they keep what they know in native frames.',
    'The call sites that are left in some of them are for calls by natives which are not among them.',
    '',
    `${machines()
      .map((name) => `\`${name}\``)
      .join(', ')}.`,
  ];
  let room = '';
  for (const [file, own] of Object.entries(counts)) {
    const name = file.split('/')[0] as string;
    if (name !== room) {
      room = name;
      const n = Object.entries(counts).reduce((a, [f, o]) => a + (f.startsWith(`${room}/`) ? sum(o) : 0), 0);
      lines.push('', `## ${room}: ${n}`, '', '| file | calls | by |', '|---|---|---|');
    }
    const by = Object.entries(own).map(([f, n]) => `\`${f}\`${n > 1 ? ` ${n}` : ''}`);
    lines.push(`| ${file.slice(room.length + 1)} | ${sum(own)} | ${by.join(', ')} |`);
  }
  return `${lines.join('\n')}\n`;
}

const now = count();
if (process.env.REENTRY_UPDATE === '1') {
  writeFileSync(at('tests/reentry.json'), `${JSON.stringify(now, null, 2)}\n`);
  writeFileSync(at('docs/reentry.md'), page(now));
}
const listed = JSON.parse(readFileSync(at('tests/reentry.json'), 'utf8')) as Counts;

test('no file calls Python from natives at more places than listed', () => {
  const more = Object.keys(now)
    .filter((file) => sum(now[file]) > sum(listed[file]))
    .map((file) => `${file}: ${sum(listed[file])} listed, ${sum(now[file])} found in ${Object.keys(now[file] ?? {})}`);
  expect(more, 'do without the call, or say in docs/reentry.md why it must be').toEqual([]);
});

test('the list is as short as it can be', () => {
  const fewer = Object.keys(listed)
    .filter((file) => sum(now[file]) < sum(listed[file]))
    .map((file) => `${file}: ${sum(listed[file])} listed, ${sum(now[file])} found`);
  expect(fewer, 'good: write the list again with REENTRY_UPDATE=1').toEqual([]);
});

test('docs/reentry.md shows the list', () => {
  expect(readFileSync(at('docs/reentry.md'), 'utf8')).toBe(page(listed));
});
