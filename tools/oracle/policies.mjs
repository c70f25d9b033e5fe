// Records what real interpreters answer to tests/policies/probe.py: tests/oracle/policies/<version>.json.
//
//   node tools/oracle/policies.mjs python3.8 python3.10 …   these interpreters (64-bit Linux; names or paths)
//   node tools/oracle/policies.mjs --pyodide                CPython 3.14.2 in the npm package pyodide-314 (32-bit, no pymalloc)
//
// Each probe is run twice; one whose answers differ is refused.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const PROBE = fileURLToPath(new URL('../../tests/policies/probe.py', import.meta.url));
const OUT = new URL('../../tests/oracle/policies/', import.meta.url);
const ENV = { PYTHONHASHSEED: '0', PYTHONDONTWRITEBYTECODE: '1', PYTHONNOUSERSITE: '1', LC_ALL: 'C.UTF-8' };

/** Arena and pool sizes, as sys._debugmallocstats() writes them. */
function allocatorOf(text) {
  const arena = /\d+ arenas \* (\d+) bytes\/arena/.exec(text)?.[1];
  const pool = /\d+ unused pools \* (\d+) bytes/.exec(text)?.[1];
  return arena === undefined ? null : { arenaSize: Number(arena), poolSize: Number(pool) };
}

function ask(python, args, env) {
  const run = spawnSync(python, args, { encoding: 'utf8', env });
  if (run.status !== 0) throw new Error(`${python} ${args.join(' ')}: ${run.error ?? run.stderr}`);
  return run;
}

function native(python) {
  const about = JSON.parse(
    ask(python, ['-c', 'import sys, json; print(json.dumps([sys.version.split()[0], sys.maxsize > 2**32]))'], ENV).stdout,
  );
  if (!about[1]) throw new Error(`${python}: not a 64-bit Python`);
  const first = ask(python, [PROBE], ENV);
  const again = ask(python, [PROBE], { ...ENV, MOULT_OTHER: 'x'.repeat(999) });
  return {
    version: about[0],
    producer: `CPython ${about[0]}, 64-bit Linux`,
    command: `PYTHONHASHSEED=0 python${about[0].split('.').slice(0, 2).join('.')} tests/policies/probe.py`,
    allocator: allocatorOf(first.stderr),
    answers: first.stdout,
    again: again.stdout,
  };
}

async function pyodide() {
  const { loadPyodide } = await import('pyodide-314');
  const run = async () => {
    let out = '';
    const options = { env: { PYTHONHASHSEED: '0' }, stderr() {} };
    const py = await loadPyodide({ ...options, stdout: (line) => (out += `${line}\n`) });
    py.FS.writeFile('/probe.py', readFileSync(PROBE, 'utf8'));
    py.runPython(`
import sys, types
sys.modules['__main__'] = types.ModuleType('__main__')
exec(compile(open('/probe.py').read(), 'probe.py', 'exec'), sys.modules['__main__'].__dict__)
`);
    return [out.slice(0, out.indexOf('\n}') + 2), py.runPython('sys.version.split()[0]')];
  };
  const [answers, version] = await run();
  const [again] = await run();
  return {
    version,
    producer: `CPython ${version}, 32-bit, in the npm package pyodide 314.0.0`,
    command: 'node tools/oracle/policies.mjs --pyodide',
    allocator: null,
    answers,
    again,
  };
}

mkdirSync(OUT, { recursive: true });
for (const arg of process.argv.slice(2)) {
  const { version, producer, command, allocator, answers, again } = arg === '--pyodide' ? await pyodide() : native(arg);
  if (answers !== again) throw new Error(`${producer}: two runs differ`);
  const record = { producer, command, allocator, answers: JSON.parse(answers) };
  writeFileSync(new URL(`${version}.json`, OUT), `${JSON.stringify(record, null, 1)}\n`);
  console.log(`${producer}: recorded`);
}
