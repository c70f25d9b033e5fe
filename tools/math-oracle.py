"""Answers of native CPython's math functions to random arguments.

Usage: python3.13 tools/math-oracle.py stream FUNCTION COUNT   binary on stdout: arguments and answer, doubles
       python3.13 tools/math-oracle.py sample                  writes packages/runtime/test/numeric/oracle/math.json
An answer that is an exception is the NaN 7ff8dead00000000. hypot2 is abs(complex).
"""
import base64
import json
import math
import random
import struct
import sys
from pathlib import Path

R = random.Random(7)
ERROR = struct.unpack('<d', bytes.fromhex('00000000addef87f'))[0]
ONE = ['exp', 'exp2', 'expm1', 'log', 'log2', 'log10', 'log1p', 'sin', 'cos', 'tan', 'asin', 'acos', 'atan', 'sinh', 'cosh', 'tanh', 'asinh', 'acosh',
       'atanh', 'cbrt', 'erf', 'erfc', 'gamma', 'lgamma', 'sqrt', 'ulp']
TWO = ['pow', 'atan2', 'hypot', 'hypot2', 'fmod', 'remainder', 'nextafter']
THREE = ['fma']
RANGE = {'exp': (-745, 710), 'exp2': (-1075, 1024), 'expm1': (-40, 710), 'sinh': (-710, 710), 'cosh': (-710, 710), 'tanh': (-20, 20), 'asin': (-1, 1), 'acos': (-1, 1),
         'atanh': (-1, 1), 'erf': (-6, 6), 'erfc': (-6, 27.5), 'gamma': (-170, 171), 'lgamma': (-50, 300), 'acosh': (1, 100), 'log': (0, 100), 'log2': (0, 100),
         'log10': (0, 100), 'log1p': (-1, 100)}


def argument(name):
    lo, hi = RANGE.get(name, (-100, 100))
    k = R.randrange(8)
    if k < 3:
        return R.uniform(lo, hi)
    if k == 3:
        return R.uniform(-2, 2)
    if k == 4:
        return round(R.uniform(max(lo, -10), min(hi, 10)), R.randrange(3))
    if k == 5:
        return (abs if name in ('log', 'log2', 'log10', 'acosh') else lambda x: x)(R.uniform(-1, 1) * 2.0 ** R.randrange(-60, 60))
    if k == 6:
        return 2.0 ** R.uniform(-4, 4)
    return struct.unpack('<d', R.randbytes(8))[0]


def call(name, args):
    try:
        if name == 'hypot2':
            return abs(complex(*args))
        if name == 'pow' and R.random() < 0:
            return args[0] ** args[1]
        return getattr(math, name)(*args)
    except (ValueError, OverflowError, ZeroDivisionError):
        return ERROR


def rows(name, count):
    n = 1 if name in ONE else 2 if name in TWO else 3
    for _ in range(count):
        args = [argument(name) for _ in range(n)]
        if name == 'pow' and R.random() < 0.8:
            args[0] = abs(args[0])
        if name == 'pow' and R.random() < 0.3:
            args[1] = float(R.randrange(-20, 21))
        yield struct.pack('<%dd' % (n + 1), *args, call(name, args))


def sums():
    out = []
    for _ in range(60):
        v = [R.uniform(-1, 1) * 10.0 ** R.randrange(-20, 20) for _ in range(R.randrange(1, 30))]
        v += [-x for x in v[:len(v) // 2]]
        w = [R.uniform(-1, 1) * 10.0 ** R.randrange(-5, 5) for _ in v]
        p, q = v[:5], w[:5]
        pack = lambda l: base64.b64encode(struct.pack('<%dd' % len(l), *l)).decode()
        out.append([pack(v), pack(w), pack([math.fsum(v), math.sumprod(v, w), sum(v), math.hypot(*v), math.dist(p[:len(q)], q[:len(p)])])])
    return out


def main():
    if sys.argv[1] == 'stream':
        write = sys.stdout.buffer.write
        for r in rows(sys.argv[2], int(sys.argv[3])):
            write(r)
        return
    table = {name: base64.b64encode(b''.join(rows(name, 500))).decode() for name in ONE + TWO + THREE}
    table['sums'] = sums()
    table['ints'] = [[str(v), *[struct.pack('>d', f(v)).hex() for f in (math.log, math.log2, math.log10)]]
                     for v in [R.getrandbits(R.randrange(1, 5000)) + 1 for _ in range(100)] + [2**1024, 2**2000, 10**400, 2**1100 - 1]]
    path = Path(__file__).resolve().parent.parent / 'packages/runtime/test/numeric/oracle/math.json'
    path.write_text('{\n' + ',\n'.join(json.dumps(k) + ':' + json.dumps(v) for k, v in table.items()) + '\n}\n')
    print(path.stat().st_size)


main()
