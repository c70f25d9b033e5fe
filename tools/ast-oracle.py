r"""CPython 3.13's syntax trees as JSON, in exactly the shape of packages/compiler/src/ast.ts.

    python3.13 tools/ast-oracle.py FILE [exec|eval|single]     one tree, printed
    python3.13 tools/ast-oracle.py --hashes ARCHIVE.zip OUT     a hash per .py file of an archive, written to OUT
    python3.13 tools/ast-oracle.py --names ARCHIVE.zip OUT      the \N{} names in the archive and in CPython's tests

The hash is over the compact JSON of the tree, ASCII only; packages/compiler/test/ast.test.ts makes the same of ours.
"""
import ast
import glob
import hashlib
import json
import os
import re
import struct
import sys
import sysconfig
import unicodedata
import warnings
import zipfile

POSITIONS = ('lineno', 'col_offset', 'end_lineno', 'end_col_offset')
CONTEXTS = (ast.expr_context, ast.boolop, ast.operator, ast.unaryop, ast.cmpop)


def bits(x):
    return struct.pack('>d', x).hex()


def constant(v):
    if v is None:
        return {'t': 'None'}
    if v is Ellipsis:
        return {'t': 'Ellipsis'}
    if isinstance(v, bool):
        return {'t': 'bool', 'v': v}
    if isinstance(v, int):
        return {'t': 'int', 'v': hex(v)}
    if isinstance(v, float):
        return {'t': 'float', 'v': bits(v)}
    if isinstance(v, complex):
        return {'t': 'complex', 're': bits(v.real), 'im': bits(v.imag)}
    if isinstance(v, str):
        return {'t': 'str', 'v': v}
    if isinstance(v, bytes):
        return {'t': 'bytes', 'v': v.hex()}
    raise TypeError(type(v))


def value(x, key):
    if isinstance(x, list):
        return [value(i, key) for i in x]
    if isinstance(x, CONTEXTS):
        return type(x).__name__
    if isinstance(x, ast.AST):
        return node(x)
    return x


def node(n):
    kind = type(n).__name__
    out = {'kind': kind}
    for f in n._fields:
        v = getattr(n, f)
        if kind in ('Constant', 'MatchSingleton') and f == 'value':
            out[f] = constant(v)
        elif kind == 'Constant' and f == 'kind':
            out['constantKind'] = v
        else:
            out[f] = value(v, f)
    for f in POSITIONS:
        if f in n._attributes:
            out[f] = getattr(n, f)
    return out


def dump(source, filename, mode):
    tree = compile(source, filename, mode, ast.PyCF_ONLY_AST, dont_inherit=True)
    return json.dumps(node(tree), separators=(',', ':'))


def main():
    sys.setrecursionlimit(100000)
    warnings.simplefilter('ignore')
    if sys.version_info[:2] != (3, 13):
        sys.exit('this needs CPython 3.13')
    if sys.argv[1] == '--hashes':
        hashes = {}
        with zipfile.ZipFile(sys.argv[2]) as z:
            for name in sorted(z.namelist()):
                if name.endswith('.py'):
                    text = dump(z.read(name), name, 'exec')
                    hashes[name] = hashlib.sha256(text.encode()).hexdigest()[:16]
        with open(sys.argv[3], 'w') as f:
            json.dump({'python': sys.version.split()[0], 'hashes': hashes}, f, indent=0)
            f.write('\n')
        print(len(hashes), 'files')
    elif sys.argv[1] == '--names':
        texts = ['\\N{BULLET}']
        with zipfile.ZipFile(sys.argv[2]) as z:
            texts += [z.read(name).decode('latin-1') for name in z.namelist() if name.endswith('.py')]
        for path in glob.glob(os.path.join(sysconfig.get_paths()['stdlib'], 'test', '*.py')):
            with open(path, encoding='latin-1') as f:
                texts.append(f.read())
        names = {}
        for name in {n.upper() for text in texts for n in re.findall(r'\\N\{([^}\n]*)\}', text)}:
            try:
                names[name] = ord(unicodedata.lookup(name))
            except (KeyError, TypeError):
                pass
        with open(sys.argv[3], 'w') as f:
            json.dump(dict(sorted(names.items())), f, indent=0)
            f.write('\n')
        print(len(names), 'names')
    else:
        with open(sys.argv[1], 'rb') as f:
            print(dump(f.read(), sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else 'exec'))


main()
