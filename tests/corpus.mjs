// The corpus of programs and their recorded answers: discovery, directives, running one, comparing.
// Shared by conformance.test.ts and run-programs.mjs.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '..');
export const PROGRAMS = join(ROOT, 'tests', 'programs');
export const ORACLE = join(ROOT, 'tests', 'oracle', 'cpython-3.13.0-linux-x64');
export const CLI = join(ROOT, 'apps', 'cli', 'bin', 'moult.mjs');

/** The leading comment lines say how a program wants to be run. */
export function readDirectives(source) {
  const result = { portable: false, long: false, leaks: 0, stdin: '', args: [] };
  for (const line of source.split('\n')) {
    if (!line.startsWith('#')) break;
    const match = /^# (portable|long|leaks|stdin|args)(?:: ?(.*))?$/.exec(line);
    if (!match) continue;
    const text = match[2] ?? '';
    if (match[1] === 'portable') result.portable = true;
    else if (match[1] === 'long') result.long = true;
    else if (match[1] === 'leaks') result.leaks = Number(text);
    else if (match[1] === 'stdin') result.stdin = JSON.parse('"' + text.replaceAll('"', '\\"') + '"');
    else {
      result.args = [...text.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map((m) => m[1] ?? m[2] ?? m[3]);
    }
  }
  return result;
}

/** All programs whose `feature/name` contains one of the filters, in order. */
export function listPrograms(filters = []) {
  const found = [];
  for (const feature of readdirSync(PROGRAMS).sort()) {
    const folder = join(PROGRAMS, feature);
    const oracleFile = join(ORACLE, feature + '.json');
    const answers = existsSync(oracleFile) ? JSON.parse(readFileSync(oracleFile, 'utf8')).programs : {};
    let entries = [];
    try {
      entries = readdirSync(folder, { withFileTypes: true });
    } catch {
      continue;
    }
    const names = entries
      .filter((e) => (e.isFile() ? e.name.endsWith('.py') : existsSync(join(folder, e.name, 'main.py'))))
      .map((e) => (e.isFile() ? e.name : e.name + '/main.py'))
      .sort();
    for (const file of names) {
      const name = feature + '/' + file.replace(/(\/main)?\.py$/, '');
      if (filters.length > 0 && !filters.some((f) => (feature + '/' + file).includes(f) || name.includes(f))) continue;
      const path = join(folder, file);
      const source = readFileSync(path, 'utf8');
      const answer = answers[file];
      const stale = answer !== undefined && answer.sha256 !== createHash('sha256').update(source).digest('hex');
      found.push({ name, feature, path, source, ...readDirectives(source), expected: answer ?? null, stale });
    }
  }
  return found;
}

/** Runs a command from the program's own folder by its base name, as the oracle was recorded. */
export function runCommand(command, path, options = {}) {
  const { args = [], stdin = '', timeoutMs = 60_000, env = {} } = options;
  return new Promise((done) => {
    const started = performance.now();
    const name = path.slice(dirname(path).length + 1);
    const child = spawn(command[0], [...command.slice(1), name, ...args], {
      cwd: dirname(path),
      env: {
        PATH: process.env.PATH ?? '',
        HOME: process.env.HOME ?? '',
        PYTHONHASHSEED: '0',
        PYTHONDONTWRITEBYTECODE: '1',
        PYTHONNOUSERSITE: '1',
        LC_ALL: 'C.UTF-8',
        ...env,
      },
    });
    const out = [];
    const err = [];
    let timedOut = false;
    const timer = setTimeout(() => {
      timedOut = true;
      child.kill('SIGKILL');
    }, timeoutMs);
    child.stdout.on('data', (d) => out.push(d));
    child.stderr.on('data', (d) => err.push(d));
    child.stdin.on('error', () => {});
    child.stdin.end(stdin);
    child.on('error', (e) => err.push(Buffer.from(String(e))));
    child.on('close', (code) => {
      clearTimeout(timer);
      done({
        stdout: Buffer.concat(out).toString('utf8'),
        stderr: Buffer.concat(err).toString('utf8'),
        exitCode: code ?? -1,
        timedOut,
        ms: performance.now() - started,
      });
    });
  });
}

/** The recorded answer with the program's folder in place of {dir}. */
export function expectedAnswer(program) {
  const dir = dirname(program.path);
  const fill = (text) => text.replaceAll('{dir}', dir);
  const e = program.expected;
  return { exitCode: e.exitCode, stdout: fill(e.stdout), stderr: fill(e.stderr) };
}

/** The first difference, as lines to print, or null. A talk's {id#K} stands for any number, one for each K. */
export function firstDifference(expected, actual) {
  if (actual.timedOut) return ['timed out'];
  for (const stream of ['stdout', 'stderr']) {
    const want = expected[stream].split('\n');
    const got = actual[stream].split('\n');
    const ids = new Map();
    for (let i = 0; i < Math.max(want.length, got.length); i++) {
      if (want[i] === got[i] || sameWithIds(want[i], got[i], ids)) continue;
      const lines = [`${stream} line ${i + 1}:`];
      if (i > 0) lines.push('        ' + clip(want[i - 1]));
      const from = firstDifferentColumn(want[i] ?? '', got[i] ?? '');
      lines.push('  want  ' + (want[i] === undefined ? '(end)' : clip(want[i], from)));
      lines.push('  got   ' + (got[i] === undefined ? '(end)' : clip(got[i], from)));
      const error = stream === 'stdout' ? lastLine(actual.stderr) : '';
      if (error !== '' && error !== lastLine(expected.stderr)) lines.push('  error ' + clip(error));
      return lines;
    }
  }
  if (expected.exitCode !== actual.exitCode) return [`exit code: want ${expected.exitCode}, got ${actual.exitCode}`];
  return null;
}

const MARK = /(\{id[#=]\d+\}|\{address\})/;

function sameWithIds(want, got, ids) {
  if (want === undefined || got === undefined || !MARK.test(want)) return false;
  const parts = want.split(MARK);
  const pattern = parts.map((p) => {
    if (p === '{address}') return '(0x[0-9a-f]+)';
    return MARK.test(p) ? '(\\d+)' : p.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  });
  const match = new RegExp('^' + pattern.join('') + '$').exec(got);
  if (!match) return false;
  return parts
    .filter((p) => MARK.test(p))
    .every((p, k) => {
      const value = match[k + 1];
      if (p === '{address}') return true;
      if (p[3] === '=') return value === p.slice(4, -1);
      if (!ids.has(p)) {
        if ([...ids.values()].includes(value)) return false;
        ids.set(p, value);
      }
      return ids.get(p) === value;
    });
}

function firstDifferentColumn(a, b) {
  let i = 0;
  while (i < a.length && a[i] === b[i]) i++;
  return i;
}

/** At most 200 characters of a line, those around the column `from`, printable. */
function clip(line, from = 0) {
  const start = line.length > 200 && from > 120 ? from - 100 : 0;
  const part = (start > 0 ? '…' : '') + line.slice(start, start + 200) + (line.length > start + 200 ? '…' : '');
  return JSON.stringify(part).slice(1, -1).replaceAll('\\"', '"');
}

function lastLine(text) {
  const lines = text.trimEnd().split('\n');
  return lines[lines.length - 1] ?? '';
}

export function relativePath(path) {
  return relative(ROOT, path);
}
