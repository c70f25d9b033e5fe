"""Record what native CPython answers for the programs under tests/programs (and examples/talk).

Run it with the interpreter whose answers are wanted (CPython 3.13.0, 64-bit Linux, for the programs):

    python3.13 tools/oracle/record.py               record every feature folder of tests/programs
    python3.13 tools/oracle/record.py list dict     record these folders only
    python3.13 tools/oracle/record.py --check       run again (once) and compare with what is committed
    python3.13 tools/oracle/record.py --annotate X  write `# expect:` beside the prints of the programs X (feature/name)
    python3.13 tools/oracle/record.py --talk        record examples/talk (sections for this interpreter's version)

A program is run from its own folder by its base name, with an environment of four variables (COMMAND below). The
folder's absolute path, which tracebacks show, is stored as {dir}, an address on stderr as {address}. Every program is run twice with different
environments, and a program whose answers differ is refused. Each `# expect: TEXT` comment must appear in the output,
in source order. What `id()` printed in a talk program is stored as {id#K}: equal numbers get the same K.
"""
import hashlib
import json
import os
import re
import shlex
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
PROGRAMS = os.path.join(ROOT, 'tests', 'programs')
TALK = os.path.join(ROOT, 'examples', 'talk')
SHORT = '%d.%d' % sys.version_info[:2]
NAME = 'cpython-3.13.0-linux-x64' if SHORT == '3.13' else 'cpython-%s-linux-x64' % SHORT
OUT = os.path.join(ROOT, 'tests', 'oracle', NAME)
COMMAND = ('cd {dir} && env -i PYTHONHASHSEED=0 PYTHONDONTWRITEBYTECODE=1 PYTHONNOUSERSITE=1 LC_ALL=C.UTF-8 python%s '
           'FILE ARGS < STDIN' % SHORT)
ENV = {'PYTHONHASHSEED': '0', 'PYTHONDONTWRITEBYTECODE': '1', 'PYTHONNOUSERSITE': '1', 'LC_ALL': 'C.UTF-8'}
OTHER = dict(ENV, MOULT_OTHER='x' * 999, TERM='dumb', HOME='/nonexistent')

# Runs a program with a print() that notes the calling line: [line number, text] for each call, as JSON on descriptor 3.
TRACER = r'''
import sys, io, json, os, builtins
path, real, notes = sys.argv[1], print, []
sys.argv[:] = sys.argv[1:]
sys.path[0] = os.getcwd()
def print(*args, **kw):
    if kw.get('file') is None:
        out = io.StringIO()
        real(*args, **{**kw, 'file': out, 'flush': False})
        frame = sys._getframe(1)
        notes.append([frame.f_lineno if frame.f_code.co_filename == path else 0, out.getvalue()])
    real(*args, **kw)
builtins.print = print
source = open(path, encoding='utf-8').read()
import types
main = types.ModuleType('__main__')
main.__file__ = path
main.__builtins__ = builtins
sys.modules['__main__'] = main
try:
    exec(compile(source, path, 'exec'), main.__dict__)
finally:
    with os.fdopen(3, 'w') as f:
        json.dump(notes, f)
'''


class Refused(Exception):
    """A program whose answer must not be recorded."""


def discover(folder):
    """Names of the programs of a feature folder: x.py beside, or y/main.py with the modules it imports."""
    found = []
    for name in sorted(os.listdir(folder)):
        path = os.path.join(folder, name)
        if name.endswith('.py') and os.path.isfile(path):
            found.append(name)
        elif os.path.isfile(os.path.join(path, 'main.py')):
            found.append(name + '/main.py')
    return found


def header(source):
    """The directives of the leading comment lines."""
    result = {'stdin': '', 'args': []}
    for line in source.split('\n'):
        if not line.startswith('#'):
            break
        match = re.match(r'# (stdin|args): ?(.*)$', line)
        if match and match[1] == 'stdin':
            result['stdin'] = json.loads('"%s"' % match[2].replace('"', '\\"'))
        elif match:
            result['args'] = shlex.split(match[2])
    return result


def run(path, options, env):
    folder = os.path.dirname(path)
    done = subprocess.run([sys.executable, os.path.basename(path)] + options['args'], cwd=folder, env=env, timeout=120,
                          input=options['stdin'].encode(), stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    text = [part.decode('utf-8', 'surrogateescape').replace(folder, '{dir}') for part in (done.stdout, done.stderr)]
    # What Python says about an ignored exception names the function with its address.
    text[1] = re.sub(r' at 0x[0-9a-f]+>', ' at {address}>', text[1])
    return {'exitCode': done.returncode, 'stdout': text[0], 'stderr': text[1]}


def traced(path, options):
    read, write = os.pipe()
    def to3():
        os.dup2(write, 3, inheritable=True)
    child = subprocess.Popen([sys.executable, '-c', TRACER, os.path.basename(path)] + options['args'],
                             cwd=os.path.dirname(path), env=ENV, preexec_fn=to3, close_fds=False,
                             stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    os.close(write)
    child.stdin.write(options['stdin'].encode())
    child.stdin.close()
    with os.fdopen(read) as f:
        text = f.read()
    child.wait()
    return json.loads(text) if text else []


def expectations(source):
    return [match[1] for match in re.finditer(r'# expect: ?(.*)$', source, re.M)]


def unmet(source, stdout):
    """The first `# expect:` text that the output lacks (in order), or None."""
    lines = iter(stdout.split('\n'))
    for text in expectations(source):
        if not any(line.rstrip() == text.rstrip() for line in lines):
            return text
    return None


def record(path, twice=True):
    with open(path, encoding='utf-8') as f:
        source = f.read()
    if os.path.basename(path)[:-3] in sys.stdlib_module_names:
        raise Refused('%s: hides the standard module of that name' % path)
    options = header(source)
    answer = run(path, options, ENV)
    again = run(path, options, OTHER) if twice else answer
    if answer != again:
        pairs = zip((answer['stdout'] + answer['stderr']).split('\n'), (again['stdout'] + again['stderr']).split('\n'))
        raise Refused('%s: two runs differ: %s' % (path, next((p for p in pairs if p[0] != p[1]), 'in length')))
    for text in (answer['stdout'], answer['stderr']):
        if sys.base_prefix in text:
            raise Refused('%s: prints the folder of this Python' % path)
        if re.search(r'0x[0-9a-f]{8,}>', text):
            raise Refused('%s: prints an address' % path)
    missing = unmet(source, answer['stdout'])
    if missing is not None:
        raise Refused('%s: expected %r, which CPython does not print there' % (path, missing))
    return dict({'sha256': hashlib.sha256(source.encode()).hexdigest()}, **answer)


def save(path, feature_path, programs, command=COMMAND):
    data = {'producer': 'CPython ' + sys.version.split()[0] + ', 64-bit Linux (x86-64)', 'command': command,
            'folder': feature_path, 'programs': programs}
    with open(path, 'w', encoding='utf-8') as f:
        json.dump(data, f, indent=1, ensure_ascii=True)
        f.write('\n')


def annotate(path):
    with open(path, encoding='utf-8') as f:
        before = f.read()
    options = header(before)
    if run(path, options, ENV)['exitCode']:
        return 0
    calls = {}
    for line, text in traced(path, options):
        calls.setdefault(line, []).append(text)
    lines = before.split('\n')
    added = 0
    for number, texts in sorted(calls.items()):
        line = lines[number - 1] if number else ''
        text = texts[0][:-1]
        if (len(texts) > 1 or not line.startswith('print(') or '# ' in line or not line.endswith(')')
                or not text or '\n' in text or '\r' in text or text != text.strip() or not text.isprintable()):
            continue
        if len(line) + len(text) + 12 <= 120:
            lines[number - 1] = line + '  # expect: ' + text
            added += 1
    after = '\n'.join(lines)
    if added:
        with open(path, 'w', encoding='utf-8') as f:
            f.write(after)
        if unmet(after, run(path, options, ENV)['stdout']) is not None:
            with open(path, 'w', encoding='utf-8') as f:
                f.write(before)
            return 0
    return added


def record_talk(path, twice=True):
    """As record(), with the numbers of id() as {id#K}, or {id=N} where a `# slide: N` comment fixes the number."""
    with open(path, encoding='utf-8') as f:
        source = f.read()
    options = header(source)
    lines = source.split('\n')
    seen, fixed = {}, {}
    answer = run(path, options, ENV)
    notes = ''
    # The plain run's numbers and the traced run's come in the same order: only the source line is taken from the latter.
    for line, text in traced(path, options):
        slide = re.search(r'# slide: (\d+)', lines[line - 1]) if line else None
        notes += re.sub(r'\d{9,}', lambda m: '<%s>' % (slide[1] if slide else ''), text)
    marks = iter(re.findall(r'<(\d*)>', notes))
    def tag(match):
        if match[0] == '4294967295':
            next(marks, '')
            return match[0]
        slide = next(marks, '')
        if slide:
            fixed[match[0]] = slide
        if match[0] in fixed:
            return '{id=%s}' % fixed[match[0]]
        return '{id#%d}' % seen.setdefault(match[0], len(seen) + 1)
    answer['stdout'] = re.sub(r'\d{9,}', tag, answer['stdout'])
    missing = unmet(source, answer['stdout'])
    if missing is not None:
        raise Refused('%s: expected %r, which CPython does not print there' % (path, missing))
    return dict({'sha256': hashlib.sha256(source.encode()).hexdigest()}, **answer)


def main(args):
    check, note, talk = ('--check' in args), ('--annotate' in args), ('--talk' in args)
    names = [a for a in args if not a.startswith('--')]
    os.makedirs(OUT, exist_ok=True)
    if note:
        for name in names:
            path = os.path.join(PROGRAMS, name if name.endswith('.py') else name + '.py')
            print('%4d expectations  %s' % (annotate(path), name))
        return 0
    jobs = []
    if talk:
        with open(os.path.join(TALK, 'talk.json'), encoding='utf-8') as f:
            manifest = json.load(f)
        files = sorted({file for section in manifest['sections'] if SHORT in section['python']
                        for file in section['files']})
        jobs.append(('talk', TALK, files, record_talk))
    else:
        if sys.version_info[:3] != (3, 13, 0):
            raise SystemExit('the oracle of tests/programs is CPython 3.13.0, this is ' + sys.version.split()[0])
        for feature in sorted(os.listdir(PROGRAMS)):
            folder = os.path.join(PROGRAMS, feature)
            if os.path.isdir(folder) and (not names or feature in names):
                jobs.append((feature, folder, discover(folder), record))
    total, wrong = 0, []
    for feature, folder, files, how in jobs:
        programs = {}
        for name in files:
            try:
                programs[name] = how(os.path.join(folder, name), not check)
            except (Refused, subprocess.TimeoutExpired) as error:
                wrong.append(str(error))
        total += len(programs)
        path = os.path.join(OUT, feature + '.json')
        if check:
            with open(path, encoding='utf-8') as f:
                old = json.load(f)['programs']
            for name in sorted(set(old) | set(programs)):
                if old.get(name) != programs.get(name):
                    wrong.append('%s/%s' % (feature, name))
        else:
            save(path, os.path.relpath(folder, ROOT), programs)
    for name in wrong:
        print('refused or different: ' + name)
    print('%d programs %s' % (total, 'compared, %d differ' % len(wrong) if check else 'recorded, %d refused' % len(wrong)))
    return 1 if wrong else 0


if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))
