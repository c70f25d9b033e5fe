// Programs marked portable on the npm package `pyodide` (CPython 3.13.2 for WebAssembly, 32-bit): a second opinion
// beside the recorded answers of native CPython. Standard output and exit code are compared.
//
//   node tests/second-opinion.mjs [filter…]
//
// One Pyodide serves many programs, each in a fresh __main__; after one that ends it (deep recursion does) a new one starts.
import { fork } from 'node:child_process';
import { dirname, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expectedAnswer, firstDifference, listPrograms, PROGRAMS } from './corpus.mjs';

const RUN = `
import sys, io, os, types, traceback, gc
def moult_run(path, argv, text):
    os.chdir(os.path.dirname(path))
    keep = set(sys.modules)
    main = types.ModuleType('__main__')
    main.__file__ = path
    main.__builtins__ = __builtins__
    out = io.TextIOWrapper(io.BytesIO(), encoding='utf-8', write_through=True)
    err = io.TextIOWrapper(io.BytesIO(), encoding='utf-8', errors='backslashreplace', write_through=True)
    saved = sys.modules['__main__'], sys.stdout, sys.stderr, sys.stdin, sys.path[:], sys.getrecursionlimit(), sys.excepthook
    sys.modules['__main__'], sys.stdout, sys.stderr = main, out, err
    sys.stdin = io.TextIOWrapper(io.BytesIO(text.encode()), encoding='utf-8')
    sys.argv = [os.path.basename(path)] + argv
    sys.path.insert(0, os.path.dirname(path))
    code = 0
    try:
        exec(compile(open(path, encoding='utf-8').read(), path, 'exec'), main.__dict__)
    except SystemExit as e:
        code = 0 if e.code is None else e.code & 255 if isinstance(e.code, int) else 1
    except BaseException:
        code = 1
        try: sys.excepthook(*sys.exc_info())
        except BaseException: pass
    main.__dict__.clear()
    sys.modules['__main__'], sys.stdout, sys.stderr, sys.stdin, sys.path[:], limit, sys.excepthook = saved
    sys.setrecursionlimit(limit)
    sys.set_int_max_str_digits(4300)
    sys.settrace(None)
    gc.enable()
    gc.callbacks.clear()
    for name in set(sys.modules) - keep:
        if getattr(sys.modules[name], '__file__', '') and str(getattr(sys.modules[name], '__file__', '')).startswith('/corpus'):
            del sys.modules[name]
    for name in ('fake', 'blocked', 'pkg', 'ns'): sys.modules.pop(name, None)
    return out.buffer.getvalue(), code
moult_run`;

if (process.argv[2] === '--serve') {
  const { loadPyodide } = await import('pyodide');
  const py = await loadPyodide({ env: { PYTHONHASHSEED: '0' } });
  py.FS.mkdirTree('/corpus');
  py.FS.mount(py.FS.filesystems.NODEFS, { root: PROGRAMS }, '/corpus');
  const run = py.runPython(RUN);
  process.on('message', ({ path, args, stdin }) => {
    const answer = run(path, py.toPy(args), stdin).toJs();
    process.send({ stdout: Buffer.from(answer[0]).toString('utf8'), exitCode: answer[1] });
  });
  process.send({ ready: true });
} else {
  const programs = listPrograms(process.argv.slice(2)).filter((p) => p.portable && !p.long && p.expected);
  let server = null;
  let agree = 0;
  const differ = [];
  const start = () =>
    new Promise((ready) => {
      const child = fork(fileURLToPath(import.meta.url), ['--serve'], { stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
      child.once('message', () => ready(child));
      child.once('exit', () => ready(null));
    });
  const ask = (p) =>
    new Promise((done) => {
      const path = '/corpus/' + relative(PROGRAMS, p.path);
      const timer = setTimeout(() => server.kill('SIGKILL'), 30_000);
      const finish = (answer) => {
        clearTimeout(timer);
        server?.removeAllListeners('message').removeAllListeners('exit');
        if (answer === null) server = null;
        done(answer);
      };
      server.once('message', finish);
      server.once('exit', () => finish(null));
      server.send({ path, args: p.args, stdin: p.stdin });
    });
  for (const p of programs) {
    server ??= await start();
    const answer = await ask(p);
    const dir = '/corpus/' + relative(PROGRAMS, dirname(p.path));
    const expected = expectedAnswer(p);
    const wanted = { ...expected, stdout: expected.stdout.replaceAll(dirname(p.path), dir), stderr: '' };
    const difference = answer ? firstDifference(wanted, { ...answer, stderr: '' }) : ['Pyodide ended'];
    if (difference === null) agree++;
    else {
      differ.push(p.name);
      console.log(`differs  ${p.name}`);
      for (const line of difference) console.log('         ' + line);
    }
  }
  server?.kill();
  console.log(`${agree} agree, ${differ.length} differ`);
}
