// The house's rules, read from the sources: who may import whom, and that the runtime keeps its state in the bytes.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseSync } from 'rolldown/utils';
import { describe, expect, it } from 'vitest';

const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '..');

/** Package → the packages that it may import. */
const PACKAGES: Readonly<Record<string, readonly string[]>> = {
  abi: [],
  inspect: ['abi'],
  graph: ['abi', 'inspect'],
  picture: ['abi', 'inspect'],
  compiler: ['abi'],
  runtime: ['abi', 'compiler'],
  recorder: ['abi', 'inspect', 'runtime'],
  live: ['abi', 'inspect'],
};
const APPS: Readonly<Record<string, readonly string[]>> = {
  lab: ['abi', 'inspect', 'graph', 'picture', 'compiler', 'runtime', 'recorder'],
  cli: ['abi', 'inspect', 'graph', 'picture', 'compiler', 'runtime', 'recorder', 'live'],
};

/** App → what else it may import, by the beginning of its name: the page is drawn with libraries. */
const LIBRARIES: Readonly<Record<string, readonly string[]>> = {
  lab: ['@codemirror/', '@lezer/highlight', 'preact', '@preact/signals'],
};

/** Inside the runtime: room → the rooms that it may import. Hooks, memory and numeric are for everyone above them. */
const ROOMS: Readonly<Record<string, readonly string[]>> = {
  hooks: [],
  numeric: [],
  memory: ['hooks'],
  objects: ['hooks', 'memory', 'numeric', 'gc'],
  gc: ['hooks', 'memory', 'numeric', 'objects'],
  vm: ['hooks', 'memory', 'numeric', 'objects', 'gc'],
  modules: ['hooks', 'memory', 'numeric', 'objects', 'gc', 'vm'],
  process: ['hooks', 'memory', 'numeric', 'objects', 'gc', 'vm', 'modules'],
  index: ['process', 'memory'],
};

/** Module-level arrays, Maps and records of the runtime that change after load, each with its reason. */
const MUTABLE: Readonly<Record<string, string>> = {
  'memory/text.ts text': 'the text segment: native functions by number, filled when linking',
  'memory/text.ts numbers': 'the text segment, the other way round',
};

interface Source {
  readonly file: string;
  readonly text: string;
}
function sourcesIn(folder: string): Source[] {
  const out: Source[] = [];
  const walk = (dir: string): void => {
    for (const entry of readdirSync(dir, { withFileTypes: true })) {
      const path = join(dir, entry.name);
      if (entry.isDirectory()) walk(path);
      else if (/\.(?:m?ts|tsx)$/.test(entry.name)) out.push({ file: path, text: readFileSync(path, 'utf8') });
    }
  };
  walk(join(ROOT, folder));
  return out;
}

/** What a file imports or re-exports, types included. */
function importsOf(source: Source): string[] {
  const found: string[] = [];
  for (const m of source.text.matchAll(
    /(?:^|\n)\s*(?:import|export)\b[^'";]*?from\s*'([^']+)'|\bimport\('([^']+)'\)|(?:^|\n)import\s*'([^']+)'/g,
  )) {
    found.push((m[1] ?? m[2] ?? m[3]) as string);
  }
  return found;
}

const runtime = sourcesIn('packages/runtime/src');
const roomOf = (file: string): string => {
  const inside = relative(join(ROOT, 'packages/runtime/src'), file);
  return inside.includes('/') ? (inside.split('/')[0] as string) : inside.replace(/\.ts$/, '');
};

describe('imports', () => {
  const all = [
    ...Object.entries(PACKAGES).map(([name, allowed]) => ({ name, allowed, folder: `packages/${name}/src` })),
    ...Object.entries(APPS).map(([name, allowed]) => ({ name, allowed, folder: `apps/${name}/src` })),
  ];
  for (const { name, allowed, folder } of all) {
    it(`${name} imports ${allowed.join(', ') || 'nothing'}`, () => {
      const sources = sourcesIn(folder);
      expect(sources.length).toBeGreaterThan(8);
      const wrong: string[] = [];
      for (const source of sources) {
        for (const target of importsOf(source)) {
          const where = `${relative(ROOT, source.file)} → ${target}`;
          if (target.startsWith('@moult/')) {
            if (!allowed.includes(target.slice('@moult/'.length))) wrong.push(where);
          } else if (target.startsWith('node:')) {
            // live reads processes of the system; everything else runs in a page, too
            if (folder.startsWith('packages') && name !== 'live') wrong.push(where);
          } else if (target.startsWith('.')) {
            if (!/\.(?:tsx?|css(?:\?inline)?)$/.test(target) && !target.includes('/examples/'))
              wrong.push(`${where} (without .ts)`);
            const path = resolve(dirname(source.file), target);
            if (!path.startsWith(join(ROOT, folder)) && !path.startsWith(join(ROOT, 'examples'))) wrong.push(where);
          } else if (!LIBRARIES[name]?.some((library) => target.startsWith(library))) wrong.push(where);
        }
      }
      expect(wrong).toEqual([]);
    });
  }

  it('of the lab keep the page and the process apart', () => {
    const roomOfLab = (file: string): string => relative(join(ROOT, 'apps/lab/src'), file).split('/')[0] as string;
    const sources = sourcesIn('apps/lab/src');
    const inWorker = sources.filter(({ file }) => ['worker', 'model'].includes(roomOfLab(file)));
    expect(inWorker.length).toBeGreaterThan(10);
    const wrong: string[] = [];
    for (const source of sources) {
      const worker = inWorker.includes(source);
      for (const target of importsOf(source).filter((t) => t.startsWith('.') && !t.includes('/examples/'))) {
        const to = roomOfLab(resolve(dirname(source.file), target));
        // types go over the border as messages do
        const type = new RegExp(`import type [^;]*from '${target.replaceAll('.', '\\.')}'`).test(source.text);
        const allowed = worker
          ? ['worker', 'model', 'protocol.ts']
          : ['views', 'session', 'shell', 'editor', 'time', 'protocol.ts', 'main.tsx'];
        if (!type && !allowed.includes(to) && !target.endsWith('/model/refs.ts'))
          wrong.push(`${relative(ROOT, source.file)} → ${target}`);
      }
      if (
        worker &&
        /\b(?:document|window|HTMLElement)\b/.test(source.text.replace(/\/\*[\s\S]*?\*\/|\/\/.*|'[^']*'/g, ''))
      )
        wrong.push(`${source.file}: the page`);
    }
    expect(wrong).toEqual([]);
  });

  it('of the runtime are types in the recorder: the engine is handed to it', () => {
    const found = sourcesIn('packages/recorder/src').flatMap(
      (source) => source.text.match(/(?:import|export)[^;]*?from '@moult\/runtime'/g) ?? [],
    );
    expect(found.length).toBeGreaterThan(3);
    expect(found.filter((text) => !/^(?:import|export) type\b/.test(text))).toEqual([]);
  });

  it('go one way inside the runtime', () => {
    expect(runtime.length).toBeGreaterThan(150);
    const wrong: string[] = [];
    let seen = 0;
    for (const source of runtime) {
      const from = roomOf(source.file);
      expect(Object.keys(ROOMS)).toContain(from);
      for (const target of importsOf(source)) {
        if (!target.startsWith('.')) continue;
        seen++;
        const to = roomOf(resolve(dirname(source.file), target));
        if (to !== from && !ROOMS[from]?.includes(to)) wrong.push(`${relative(ROOT, source.file)} → ${target}`);
      }
    }
    expect(seen).toBeGreaterThan(1000);
    expect(wrong).toEqual([]);
  });

  it('do not form cycles between the other packages’ files', () => {
    // in objects and gc cycles are allowed: only function bodies use what they import
    for (const folder of ['packages/abi/src', 'packages/runtime/src/memory', 'packages/runtime/src/numeric']) {
      expect(cycleIn(sourcesIn(folder))).toEqual([]);
    }
  });
});

/** A cycle of imports as paths, or []. */
function cycleIn(sources: readonly Source[]): string[] {
  const next = new Map(
    sources.map((s) => [
      s.file,
      importsOf(s)
        .filter((t) => t.startsWith('.'))
        .map((t) => resolve(dirname(s.file), t)),
    ]),
  );
  const state = new Map<string, 'open' | 'done'>();
  const path: string[] = [];
  const visit = (file: string): string[] => {
    if (state.get(file) === 'done' || !next.has(file)) return [];
    if (state.get(file) === 'open') return [...path.slice(path.indexOf(file)), file].map((f) => relative(ROOT, f));
    state.set(file, 'open');
    path.push(file);
    for (const target of next.get(file) ?? []) {
      const cycle = visit(target);
      if (cycle.length > 0) return cycle;
    }
    path.pop();
    state.set(file, 'done');
    return [];
  };
  for (const file of next.keys()) {
    const cycle = visit(file);
    if (cycle.length > 0) return cycle;
  }
  return [];
}

// biome-ignore lint/suspicious/noExplicitAny: a syntax tree
type Node = any;

/** Module-level variables of a file: name, how it is declared, and its initialiser's kind. */
function moduleVariables(source: Source): { name: string; kind: string; init: Node }[] {
  const program: Node = parseSync(source.file, source.text, { lang: 'ts' }).program;
  const out: { name: string; kind: string; init: Node }[] = [];
  for (const node of program.body) {
    const declaration = node.type === 'ExportNamedDeclaration' ? node.declaration : node;
    if (declaration?.type !== 'VariableDeclaration' || declaration.declare) continue;
    for (const d of declaration.declarations) {
      let init = d.init;
      while (init?.type === 'TSAsExpression' || init?.type === 'TSSatisfiesExpression') init = init.expression;
      out.push({ name: d.id.name ?? '?', kind: declaration.kind, init });
    }
  }
  return out;
}

const CHANGING_METHODS = new Set([
  'push',
  'pop',
  'shift',
  'unshift',
  'splice',
  'sort',
  'reverse',
  'fill',
  'set',
  'add',
  'delete',
  'clear',
  'copyWithin',
]);

/** Names of module-level containers that some function of the file changes. */
function changedNames(source: Source, names: ReadonlySet<string>): Set<string> {
  const changed = new Set<string>();
  const root = (node: Node): string | null => {
    let n = node;
    while (n?.type === 'MemberExpression') n = n.object;
    return n?.type === 'Identifier' ? n.name : null;
  };
  const visit = (node: Node): void => {
    if (node === null || typeof node !== 'object') return;
    if (Array.isArray(node)) {
      for (const n of node) visit(n);
      return;
    }
    const target =
      node.type === 'AssignmentExpression' && node.left.type === 'MemberExpression'
        ? root(node.left)
        : node.type === 'UpdateExpression' && node.argument.type === 'MemberExpression'
          ? root(node.argument)
          : node.type === 'CallExpression' &&
              node.callee.type === 'MemberExpression' &&
              CHANGING_METHODS.has(node.callee.property?.name)
            ? root(node.callee.object)
            : null;
    if (target !== null && names.has(target)) changed.add(target);
    for (const key of Object.keys(node)) if (key !== 'type' && key !== 'start' && key !== 'end') visit(node[key]);
  };
  visit(parseSync(source.file, source.text, { lang: 'ts' }).program);
  return changed;
}

describe('the state of the runtime is in the bytes', () => {
  it('has no module-level let or var', () => {
    const found: string[] = [];
    for (const source of runtime) {
      for (const v of moduleVariables(source)) {
        if (v.kind !== 'const') found.push(`${relative(ROOT, source.file)} ${v.name}`);
      }
    }
    expect(found).toEqual([]);
  });

  it('has no module-level Map, Set or WeakMap, and no container that changes, but the named ones', () => {
    const found: string[] = [];
    for (const source of runtime) {
      const inside = relative(join(ROOT, 'packages/runtime/src'), source.file);
      const variables = moduleVariables(source);
      const containers = new Set<string>();
      for (const { name, init } of variables) {
        const constructed = init?.type === 'NewExpression' ? (init.callee.name as string) : '';
        if (/^(Map|Set|WeakMap|WeakSet)$/.test(constructed)) {
          // a table that is filled where it is made is data
          if (init.arguments.length === 0) found.push(`${inside} ${name}`);
          else containers.add(name);
        } else if (init?.type === 'ArrayExpression') containers.add(name);
      }
      for (const name of changedNames(source, containers)) found.push(`${inside} ${name}`);
    }
    expect(found.filter((f) => !(f in MUTABLE))).toEqual([]);
    // no exception outlives its reason
    expect(Object.keys(MUTABLE).filter((f) => !found.includes(f))).toEqual([]);
  });
});
