"""Records every snippet that CPython 3.13's own tests of rejected programs hand to the compiler, and what it says.

    PYTHONHASHSEED=0 python3.13 tools/rejected-oracle.py > packages/compiler/test/oracle/rejected.json

The tests run as they are, with compile, exec and eval replaced in their modules by ones that note what was rejected; the
doctest examples of test_syntax are compiled as doctest does. packages/compiler/test/rejected.test.ts replays them.
"""
import contextlib
import doctest
import importlib
import io
import json
import sys
import unittest
import warnings

MODULES = 'test.test_syntax test.test_exceptions test.test_fstring test.test_patma'.split()
real = {'compile': compile, 'eval': eval, 'exec': exec}
cases = {name: {} for name in MODULES}


def answer(source, mode):
    """What the error says, or None for a right program."""
    with warnings.catch_warnings():
        warnings.simplefilter('ignore')
        try:
            real['compile'](source, '<test>', mode, dont_inherit=True)
        except SyntaxError as e:
            return [type(e).__name__, e.msg, e.lineno, e.offset, e.end_lineno, e.end_offset]
        except (ValueError, MemoryError, RecursionError, OverflowError):
            return None
    return None


def note(module, source, mode):
    if not isinstance(source, str) or len(source) > 100_000 or (source, mode) in cases[module]:
        return
    try:
        source.encode()
    except UnicodeEncodeError:
        return
    said = answer(source, mode)
    if said is not None:
        cases[module][source, mode] = said


def watch(name):
    module = importlib.import_module(name)

    def compile(source, filename='', mode='exec', *args, **kw):
        note(name, source, mode)
        return real['compile'](source, filename, mode, *args, **kw)

    def run(kind, mode):
        def call(source, globals=None, locals=None, **kw):
            note(name, source, mode)
            caller = sys._getframe(1)
            globals = caller.f_globals if globals is None else globals
            return real[kind](source, globals, caller.f_locals if locals is None else locals, **kw)
        return call

    module.compile = compile
    module.eval = run('eval', 'eval')
    module.exec = run('exec', 'exec')
    suite = unittest.defaultTestLoader.loadTestsFromModule(module)
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        unittest.TextTestRunner(stream=io.StringIO()).run(suite)
    if name == 'test.test_syntax':
        for test in doctest.DocTestFinder().find(module):
            for example in test.examples:
                note(name, example.source, 'single')


def main():
    if sys.version_info[:3] != (3, 13, 0):
        sys.exit('this needs CPython 3.13.0')
    warnings.simplefilter('ignore')
    for name in MODULES:
        watch(name)
    rows = [[name[5:], *key, said] for name in MODULES for key, said in cases[name].items()]
    print('[\n' + ',\n'.join(json.dumps(row) for row in rows) + '\n]')
    print({name: len(found) for name, found in cases.items()}, file=sys.stderr)


main()
