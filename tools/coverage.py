"""Records which names native CPython 3.13 has, for tools/coverage.mjs: python3.13 tools/coverage.py > tools/coverage.json"""
import builtins, importlib, json, opcode, sys

MODULES = ['sys', 'gc', 'time', 'math', 'copy', 'io', '_weakref', 'weakref', 'types', 'itertools', 'functools', 'operator', 'collections', 'atexit', 'errno', '_io', 'posix', 'os', '_imp', 'importlib', 'importlib.machinery', '_tracemalloc', '_struct', '_ast', 'struct', '_ctypes', 'ctypes', '_sre', 're', '_string', 'string', '_codecs', 'codecs', '_tokenize', 'tokenize', '_signal', 'unicodedata', '_locale', 'locale', 'tracemalloc', 'inspect', 'linecache', 'traceback', 'textwrap', 'contextlib', 'dataclasses', 'enum', 'shutil', 'pathlib', 'pickle']
sections = {'builtins': [n for n in dir(builtins)]}
for name in dir(builtins):
    value = getattr(builtins, name)
    if isinstance(value, type) and not issubclass(value, BaseException) and name[0] != '_':
        sections['type ' + name] = sorted(value.__dict__)
for name in MODULES:
    sections['module ' + name] = sorted(dir(importlib.import_module(name)))
# CACHE, RESERVED and ENTER_EXECUTOR (of the experimental optimiser) are never executed by the default build
never = {'CACHE', 'RESERVED', 'ENTER_EXECUTOR'}
names = [n for n in {**opcode.opmap, **opcode._specialized_opmap} if not n.startswith('INSTRUMENTED_') and n not in never and opcode.opmap.get(n, 0) < 256]
json.dump({'version': sys.version.split()[0], 'modules': MODULES, 'sections': sections, 'opcodes': sorted(names)}, sys.stdout, indent=1)
print()
