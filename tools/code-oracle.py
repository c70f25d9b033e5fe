"""Record what CPython's compiler makes of source files, for the tests of packages/compiler. Set PYTHONHASHSEED=0.

  python3.13 tools/code-oracle.py hash ARCHIVE.zip > packages/compiler/test/oracle/stdlib-code.txt
  python3.13 tools/code-oracle.py dump FILE [NAME]     canonical text of every code object (to look at differences)
  python3.13 tools/code-oracle.py cases packages/compiler/test/oracle/syntax-errors.json \
    packages/compiler/test/programs/snippets.py > packages/compiler/test/oracle/code-cases.json
  python3.13 tools/code-oracle.py dis ARCHIVE.zip > packages/compiler/test/oracle/stdlib-dis.txt
  python3.13 tools/code-oracle.py library              every file of this interpreter's own library, one line of JSON each:
                                                       its code objects' hashes or its error (packages/compiler/test/library.test.ts)

The canonical text has one block a code object, outermost first; the hash is SHA-256 over it, first 16 hexadecimal digits.
"""
import ctypes
import dis
import hashlib
import io
import json
import os
import re
import struct
import sys
import sysconfig
import types
import unicodedata
import warnings
import zipfile


def localsplus(code):
    """The names and kinds as stored: no attribute of a code object tells them (CPython 3.13, 64-bit)."""
    names = ctypes.cast(id(code) + 96, ctypes.POINTER(ctypes.py_object))[0]
    kinds = ctypes.cast(id(code) + 104, ctypes.POINTER(ctypes.py_object))[0]
    return names, kinds


def text(s):
    return s.encode('utf-8', 'surrogatepass').hex()


def const(value, nested):
    if value is None:
        return 'N'
    if value is Ellipsis:
        return 'E'
    if isinstance(value, bool):
        return 'T' if value else 'F'
    if isinstance(value, int):
        return 'i%x' % value
    if isinstance(value, float):
        return 'f' + struct.pack('>d', value).hex()
    if isinstance(value, complex):
        return 'c' + struct.pack('>dd', value.real, value.imag).hex()
    if isinstance(value, str):
        return 's' + text(value)
    if isinstance(value, bytes):
        return 'b' + value.hex()
    if isinstance(value, tuple):
        return '(' + ','.join(const(v, nested) for v in value) + ')'
    if isinstance(value, frozenset):
        return '{' + ','.join(sorted(const(v, nested) for v in value)) + '}'
    if isinstance(value, types.CodeType):
        nested.append(value)
        return 'C'
    raise TypeError(type(value))


def canonical(code, out):
    nested = []
    names, kinds = localsplus(code)
    out.append('name ' + text(code.co_name))
    out.append('qualname ' + text(code.co_qualname))
    out.append('args %d %d %d' % (code.co_argcount, code.co_posonlyargcount, code.co_kwonlyargcount))
    out.append('flags %x stack %d line %d' % (code.co_flags, code.co_stacksize, code.co_firstlineno))
    out.append('code ' + code.co_code.hex())
    out.append('consts ' + ' '.join(const(v, nested) for v in code.co_consts))
    out.append('names ' + ' '.join(text(n) for n in code.co_names))
    out.append('locals ' + ' '.join(text(n) for n in names) + ' ' + kinds.hex())
    out.append('lines ' + code.co_linetable.hex())
    out.append('exceptions ' + code.co_exceptiontable.hex())
    for inner in nested:
        canonical(inner, out)
    return out


def digest(code):
    return hashlib.sha256('\n'.join(canonical(code, [])).encode()).hexdigest()[:16]


def count(code):
    return 1 + sum(count(c) for c in code.co_consts if isinstance(c, types.CodeType))


def answer(source, mode, optimize):
    """The hash, or what the SyntaxError says; and the warnings."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter('always')
        try:
            result = digest(compile(source, '<case>', mode, dont_inherit=True, optimize=optimize))
        except SyntaxError as e:
            result = [type(e).__name__, e.msg, e.lineno, e.offset, e.end_lineno, e.end_offset]
    return result, [[str(w.message), w.lineno] for w in caught]


def disassembly(code):
    """Without addresses. The order in a frozenset hangs on which strings were interned before: only its length is told."""
    out = io.StringIO()
    dis._disassemble_recursive(code, file=out)
    text = re.sub(r'( at 0x[0-9a-f]+)(?=, file ")', '', out.getvalue())
    return re.sub(r'frozenset\(.*\)\)', lambda m: 'frozenset %d' % len(m[0].encode('utf-8', 'surrogatepass')), text)


def objects(code):
    """Each code object's own hash, outermost first."""
    nested = []
    lines = canonical(code, [])
    for value in code.co_consts:
        const(value, nested)
    own = 10
    yield hashlib.sha256('\n'.join(lines[:own]).encode()).hexdigest()[:12]
    for inner in nested:
        yield from objects(inner)


def library():
    base = sysconfig.get_paths()['stdlib']
    paths = []
    for folder, folders, files in os.walk(base):
        folders.sort()
        paths += [os.path.join(folder, name) for name in files if name.endswith('.py')]
    for path in sorted(paths):
        with open(path, 'rb') as file:
            source = file.read()
        names = {}
        for name in re.findall(rb'\\N\{([^}]+)\}', source):
            try:
                names[name.decode().upper()] = ord(unicodedata.lookup(name.decode()))
            except (KeyError, UnicodeDecodeError, TypeError):
                pass
        try:
            answer = list(objects(compile(source, '<file>', 'exec', dont_inherit=True)))
        except SyntaxError as e:
            answer = [[type(e).__name__, e.msg, e.lineno, e.offset, e.end_lineno, e.end_offset]]
        except (ValueError, UnicodeError) as e:
            answer = [[type(e).__name__, str(e)]]
        print(json.dumps([os.path.relpath(path, base), names, answer]))


def main(argv):
    warnings.simplefilter('ignore')
    if argv[0] == 'library':
        return library()
    if argv[0] == 'hash':
        with zipfile.ZipFile(argv[1]) as archive:
            for name in sorted(archive.namelist()):
                if name.endswith('.py'):
                    code = compile(archive.read(name), name, 'exec', dont_inherit=True)
                    print(name, count(code), digest(code))
    elif argv[0] == 'dump':
        with open(argv[1], 'rb') as file:
            print('\n'.join(canonical(compile(file.read(), argv[-1], 'exec', dont_inherit=True), [])))
    elif argv[0] == 'cases':
        with open(argv[1], encoding='utf-8') as file:
            sources = [(source, mode, 0) for source, mode, tree, *_ in json.load(file) if isinstance(tree, str)]
        with open(argv[2], encoding='utf-8') as file:
            snippets = file.read().split('# ---\n')
        sources += [(snippet, 'exec', optimize) for snippet in snippets for optimize in (0, 1, 2)]
        print('[')
        print(',\n'.join(json.dumps([*source, *answer(*source)]) for source in sources))
        print(']')
    elif argv[0] == 'dis':
        with zipfile.ZipFile(argv[1]) as archive:
            for name in sorted(archive.namelist()):
                if name.endswith('.py'):
                    code = compile(archive.read(name), name, 'exec', dont_inherit=True)
                    print(name, hashlib.sha256(disassembly(code).encode()).hexdigest()[:16])
    else:
        sys.exit(__doc__)


main(sys.argv[1:])
