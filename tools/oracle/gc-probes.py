"""Record at which counts and where CPython's collector runs, statement by statement, over the programs under tests/programs.

Run it with CPython 3.13.0, 64-bit Linux:

    python3.13 tools/oracle/gc-probes.py                 record every feature folder
    python3.13 tools/oracle/gc-probes.py list dict       record these folders only
    python3.13 tools/oracle/gc-probes.py --check         run again and compare with what is committed
    python3.13 tools/oracle/gc-probes.py --show list/x   print the program that is run

Each program is run with a prologue that makes its counts independent of start-up (`gc.collect(); gc.freeze();
gc.collect()`, after the library modules that it uses are imported), and a probe before every statement that begins a line.
A probe notes its line and `gc.get_count()[0]`, a callback of the collector the generation, the function, the line and
the instruction at which a collection came, and what it collected. tests/gc-counts.mjs makes the same program from the lines recorded
here and compares.
"""
import ast
import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
spec = importlib.util.spec_from_file_location('record', os.path.join(HERE, 'record.py'))
record = importlib.util.module_from_spec(spec)
spec.loader.exec_module(record)

OUT = os.path.join(record.ROOT, 'tests', 'oracle', record.NAME + '-gc')
#: Notes that are kept for each program; a hash stands for the others.
KEPT = 600
PROLOGUE = open(os.path.join(record.ROOT, 'tests', 'gc-prologue.txt'), encoding='utf-8').read()
MARK = '\n@gc '


def library_modules(tree, folder):
    """Names of the library's modules that the program imports anywhere, in order."""
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            names = [node.module]
        else:
            continue
        for name in names:
            top = name.split('.')[0]
            local = os.path.exists(os.path.join(folder, top + '.py')) or os.path.isdir(os.path.join(folder, top))
            if top in sys.stdlib_module_names and not local and top != '__future__' and name not in found:
                found.append(name)
    return found


def is_docstring(body):
    return body and isinstance(body[0], ast.Expr) and isinstance(body[0].value, ast.Constant) and isinstance(
        body[0].value.value, str)


def probe_lines(source, tree):
    """The lines before which a probe can stand, and the line before which the prologue does."""
    lines = source.split('\n')
    found = set()
    start = 0
    for node in ast.walk(tree):
        for field in ('body', 'orelse', 'finalbody'):
            body = getattr(node, field, None)
            if not isinstance(body, list):
                continue
            skip = 1 if field == 'body' and is_docstring(body) and not isinstance(node, (ast.If, ast.For)) else 0
            for index, statement in enumerate(body):
                if index < skip or isinstance(statement, ast.ImportFrom) and statement.module == '__future__':
                    if node is tree:
                        start = statement.end_lineno
                    continue
                line = min([statement.lineno] + [d.lineno for d in getattr(statement, 'decorator_list', [])])
                text = lines[line - 1]
                first = len(text) - len(text.lstrip(' '))
                column = statement.col_offset if line == statement.lineno else first
                if len(text[:first].encode()) == column and not text[first:].startswith('elif'):
                    found.add(line)
    return sorted(found), start + 1


def instrument(source, lines, start, modules):
    """The program with its prologue and probes. tests/gc-counts.mjs does the same."""
    out = []
    wanted = set(lines)
    for number, text in enumerate(source.split('\n'), 1):
        if number == start:
            out += PROLOGUE.replace('# modules', '\n'.join('import ' + m for m in modules)).rstrip('\n').split('\n')
        if number in wanted:
            indent = text[:len(text) - len(text.lstrip(' '))]
            out.append('%s__a__(%d); __a__(__c__()[0])' % (indent, number))
        out.append(text)
    return '\n'.join(out)


def run(path, text, options):
    name = os.path.basename(path)
    with tempfile.TemporaryDirectory() as folder:
        if name == 'main.py':
            shutil.copytree(os.path.dirname(path), folder, dirs_exist_ok=True)
        with open(os.path.join(folder, name), 'w', encoding='utf-8') as f:
            f.write(text)
        done = subprocess.run([sys.executable, name] + options['args'], cwd=folder, env=record.ENV, timeout=120,
                              input=options['stdin'].encode(), stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    stdout = done.stdout.decode('utf-8', 'replace')
    at = stdout.rfind(MARK)
    if at < 0:
        return None
    return stdout[at + len(MARK):].split('\n')[0].split(' ')


def digest(notes):
    return hashlib.sha256(' '.join(notes).encode()).hexdigest()[:16]


def after_last_probe(notes):
    """How many notes there are up to the last probe: what follows came when the program's statements were done."""
    i = last = 0
    while i < len(notes):
        if notes[i] in 'gc':
            i += 5 if notes[i] == 'g' else 3
        else:
            i = last = i + 2
    return last


def answer(path):
    with open(path, encoding='utf-8') as f:
        source = f.read()
    try:
        tree = ast.parse(source)
    except SyntaxError:
        return None
    options = record.header(source)
    lines, start = probe_lines(source, tree)
    if '# long' in source.split('import')[0]:
        top = {min([s.lineno] + [d.lineno for d in getattr(s, 'decorator_list', [])]) for s in tree.body}
        lines = [line for line in lines if line in top]
    modules = library_modules(tree, os.path.dirname(path))
    text = instrument(source, lines, start, modules)
    notes = run(path, text, options)
    if notes is None:
        return None
    kept = notes[:KEPT]
    return {'sha256': hashlib.sha256(source.encode()).hexdigest(), 'start': start, 'lines': ' '.join(map(str, lines)), 'modules': modules,
            'notes': ' '.join(kept), 'count': len(notes), 'rest': digest(notes),
            'probed': digest(notes[:after_last_probe(notes)])}, text


def main(args):
    if sys.version_info[:3] != (3, 13, 0):
        raise SystemExit('the oracle of tests/programs is CPython 3.13.0, this is ' + sys.version.split()[0])
    check, show = '--check' in args, '--show' in args
    names = [a for a in args if not a.startswith('--')]
    os.makedirs(OUT, exist_ok=True)
    if show:
        for name in names:
            print(answer(os.path.join(record.PROGRAMS, name + '.py'))[1])
        return 0
    total, wrong, without = 0, [], []
    for feature in sorted(os.listdir(record.PROGRAMS)):
        folder = os.path.join(record.PROGRAMS, feature)
        if not os.path.isdir(folder) or names and feature not in names:
            continue
        programs = {}
        for name in record.discover(folder):
            found = answer(os.path.join(folder, name))
            if found is None:
                without.append('%s/%s' % (feature, name))
            else:
                programs[name] = found[0]
                total += 1
        path = os.path.join(OUT, feature + '.json')
        if check:
            with open(path, encoding='utf-8') as f:
                old = json.load(f)['programs']
            wrong += ['%s/%s' % (feature, n) for n in sorted(set(old) | set(programs)) if old.get(n) != programs.get(n)]
        else:
            record.save(path, os.path.relpath(folder, record.ROOT), programs)
    for name in wrong:
        print('different: ' + name)
    if without:
        print('without an answer (it does not compile, or ends before atexit): ' + ' '.join(without))
    print('%d programs %s' % (total, 'compared, %d differ' % len(wrong) if check else 'recorded'))
    return 1 if wrong else 0


if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))
