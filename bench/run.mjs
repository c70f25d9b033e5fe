// The bench: every program of bench/programs on each engine, side by side, interleaved, in one run.
//
//   node bench/run.mjs                    all programs, all engines that are installed, 3 rounds
//     --quick                             1 round, without the slow engines
//     --only NAME[,NAME]                  programs whose name contains one of these
//     --engines moult,cpython-3.13,...    these engines only
//     --rounds N    --json    --timeout S (default 120 for one run)
//
// A program prints the seconds of its own computing (`elapsed`) and an `answer`, which must be the same everywhere.
// startup has no elapsed: the whole process is timed. Ratios are to native CPython 3.13, smaller is faster.
//
// bench/memory/million.py keeps 1,000,000 small objects alive and says so: then the resident size of its process, with all
// that the engine itself takes, is read. It counts as a program for --only; engines run in a page have none of their own.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { cpus } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findPython } from '../tests/native.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, '..');
const require = createRequire(import.meta.url);
const options = { rounds: 3, timeout: 120, only: null, engines: null };
for (let i = 2; i < process.argv.length; i++) {
  const arg = process.argv[i];
  if (arg === '--json' || arg === '--quick') options[arg.slice(2)] = true;
  else if (arg === '--only' || arg === '--engines') options[arg.slice(2)] = process.argv[++i].split(',');
  else if (arg === '--rounds' || arg === '--timeout') options[arg.slice(2)] = Number(process.argv[++i]);
  else throw new Error(`bench: unknown option ${arg}`);
}
if (options.quick) options.rounds = 1;

const BASE = 'cpython-3.13';
const engines = [
  { name: BASE, command: python('3.13') },
  { name: 'moult', command: moult() },
  { name: 'cpython-3.12', command: python('3.12') },
  { name: 'pyodide', command: adapter('pyodide', 'pyodide'), slow: true },
  { name: 'skulpt', command: adapter('skulpt', 'skulpt'), slow: true },
  { name: 'brython', command: adapter('brython', 'brython/brython.js'), slow: true },
].filter((e) => (options.engines ? options.engines.includes(e.name) : !(options.quick && e.slow)));

const programs = readdirSync(join(here, 'programs'))
  .filter((f) => f.endsWith('.py'))
  .map((f) => f.slice(0, -3))
  .filter((n) => !options.only || options.only.some((o) => n.includes(o)));

/** The newest python of that minor version, on the path or under pyenv. */
function python(version) {
  const command = findPython(version);
  return command === null ? null : [command];
}

function moult() {
  const cli = join(root, 'apps', 'cli', 'bin', 'moult.mjs');
  return existsSync(cli) ? [process.execPath, cli, 'run'] : null;
}

function adapter(name, probe) {
  try {
    require.resolve(probe);
    return [process.execPath, join(here, 'engines', name + '.mjs')];
  } catch {
    return null;
  }
}

function runOnce(command, program) {
  return new Promise((done) => {
    const started = performance.now();
    const child = spawn(command[0], [...command.slice(1), join(here, 'programs', program + '.py')], {
      env: { ...process.env, PYTHONHASHSEED: '0', PYTHONDONTWRITEBYTECODE: '1' },
    });
    let out = '';
    let err = '';
    const timer = setTimeout(() => {
      err = `more than ${options.timeout} s`;
      child.kill('SIGKILL');
    }, options.timeout * 1000);
    child.stdout.on('data', (d) => (out += d));
    child.stderr.on('data', (d) => (err += d));
    child.on('close', (code) => {
      clearTimeout(timer);
      const process = (performance.now() - started) / 1000;
      const elapsed = /^elapsed (\S+)$/m.exec(out);
      const answer = /^answer (.*)$/m.exec(out);
      if (code !== 0 || !answer) {
        const lines = err.trim().split('\n');
        done({ failed: (lines[lines.length - 1] || `exit code ${code}`).slice(0, 200) });
      } else {
        done({ seconds: elapsed ? Number(elapsed[1]) : process, process, answer: answer[1].trim() });
      }
    });
  });
}

/** Bytes that the process has in memory now, as the operating system counts them. */
function residentSize(pid) {
  const status = `/proc/${pid}/status`;
  if (existsSync(status)) return Number(/^VmRSS:\s*(\d+) kB/m.exec(readFileSync(status, 'utf8'))[1]) * 1024;
  return Number(spawnSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' }).stdout) * 1024;
}

/** The resident size of an engine with the heap of `program` alive; NaN where it fails. */
function memoryOf(command, program) {
  return new Promise((done) => {
    const child = spawn(command[0], [...command.slice(1), join(here, 'memory', program + '.py')], {
      env: { ...process.env, PYTHONHASHSEED: '0', PYTHONDONTWRITEBYTECODE: '1' },
    });
    let out = '';
    let size = NaN;
    const timer = setTimeout(() => child.kill('SIGKILL'), options.timeout * 1000);
    child.stdout.on('data', (d) => {
      out += d;
      if (!Number.isNaN(size) || !/^objects \d+$/m.test(out)) return;
      size = residentSize(child.pid);
      child.stdin.end('\n');
    });
    child.on('close', () => {
      clearTimeout(timer);
      done(size);
    });
  });
}

const median = (xs) => xs.toSorted((a, b) => a - b)[xs.length >> 1];
const geomean = (xs) => Math.exp(xs.reduce((s, x) => s + Math.log(x), 0) / xs.length);

const flagsProgram =
  'import sysconfig,sys;a=sysconfig.get_config_var("CONFIG_ARGS") or "";' +
  'print(sys.version.split()[0],"| PGO" if "enable-optimizations" in a else "| no PGO","| LTO" if "lto" in a else "| no LTO",' +
  '"|",sysconfig.get_config_var("OPT"),"|",sysconfig.get_config_var("CC"))';
const present = engines.filter((e) => e.command);
const builds = {};
for (const e of present) {
  if (e.name.startsWith('cpython')) {
    builds[e.name] = spawnSync(e.command[0], ['-c', flagsProgram], { encoding: 'utf8' }).stdout.trim();
  } else if (e.name === 'moult') builds[e.name] = `node ${process.version}, the bundle`;
  else builds[e.name] = `${e.name} on node ${process.version}`;
}

// Interleaved: one round runs each program on each engine before the next round begins.
const results = Object.fromEntries(programs.map((p) => [p, Object.fromEntries(present.map((e) => [e.name, []]))]));
for (let round = 0; round < options.rounds; round++) {
  for (const p of programs) {
    for (const e of present) {
      const runs = results[p][e.name];
      if (runs.some((r) => r.failed)) continue;
      if (!options.json) process.stderr.write(`\rround ${round + 1} ${p} ${e.name}`.padEnd(60));
      runs.push(await runOnce(e.command, p));
    }
  }
}
const memory = {};
if (!options.only || options.only.some((o) => 'million'.includes(o))) {
  for (const e of present.filter((e) => !e.slow)) {
    const sizes = [];
    for (let round = 0; round < options.rounds; round++) sizes.push(await memoryOf(e.command, 'million'));
    memory[e.name] = median(sizes);
  }
}
if (!options.json) process.stderr.write('\r'.padEnd(61) + '\r');

const table = {};
const ratios = Object.fromEntries(present.map((e) => [e.name, []]));
for (const p of programs) {
  table[p] = {};
  const base = results[p][BASE];
  const baseSeconds =
    base && base.length > 0 && !base.some((r) => r.failed) ? median(base.map((r) => r.seconds)) : null;
  for (const e of present) {
    const runs = results[p][e.name];
    const bad = runs.find((r) => r.failed);
    if (bad) {
      table[p][e.name] = { failed: bad.failed };
      continue;
    }
    const seconds = median(runs.map((r) => r.seconds));
    const cell = {
      seconds,
      process: median(runs.map((r) => r.process)),
      ratio: baseSeconds ? seconds / baseSeconds : null,
    };
    if (base?.[0]?.answer !== undefined && base[0].answer !== runs[0].answer) {
      cell.failed = `wrong answer: ${runs[0].answer}`;
    } else if (cell.ratio !== null && p !== 'startup') ratios[e.name].push(cell.ratio);
    table[p][e.name] = cell;
  }
}

const summary = {};
for (const e of engines) {
  const r = ratios[e.name] ?? [];
  summary[e.name] = e.command
    ? { geometricMean: r.length > 0 ? geomean(r) : null, programs: r.length, build: builds[e.name] }
    : { absent: true };
}

if (options.json) {
  console.log(
    JSON.stringify(
      { rounds: options.rounds, cpu: cpus()[0].model, engines: summary, programs: table, memory },
      null,
      1,
    ),
  );
} else {
  const width = 15;
  console.log('program'.padEnd(14) + engines.map((e) => e.name.padStart(width)).join(''));
  for (const p of programs) {
    const cells = engines.map((e) => {
      const c = table[p][e.name];
      if (!c) return 'absent';
      if (c.failed) return 'fails';
      const s = `${c.seconds.toFixed(3)} s`;
      return e.name === BASE || c.ratio === null ? s : `${s} ${c.ratio.toFixed(2)}`;
    });
    console.log(p.padEnd(14) + cells.map((c) => c.padStart(width)).join(''));
  }
  const means = engines.map((e) => summary[e.name].geometricMean?.toFixed(2) ?? '-');
  console.log('geometric mean'.padEnd(14) + means.map((c) => c.padStart(width)).join(''));
  console.log(
    `\nseconds and ratio to ${BASE}, median of ${options.rounds}; the mean is over the programs that ran, without startup`,
  );
  if (Object.keys(memory).length > 0) {
    const sizes = Object.entries(memory).map(
      ([name, size]) => `${name} ${(size / 1e6).toFixed(0)} MB ${(size / memory[BASE]).toFixed(2)}`,
    );
    console.log(`resident size with 1,000,000 small objects alive: ${sizes.join(', ')}`);
  }
  for (const e of engines) console.log(`${e.name}: ${e.command ? builds[e.name] : 'absent'}`);
  for (const p of programs) {
    for (const e of present) {
      if (table[p][e.name].failed) console.log(`fails: ${p} on ${e.name}: ${table[p][e.name].failed}`);
    }
  }
}
