"""Records what native CPython answers to random questions about formats, hashes, texts and Unicode.

Usage: PYTHONHASHSEED=0 python3.13 tools/numeric-oracle.py [COUNT] [FOLDER]
Writes one JSON file per subject; the committed ones were made with the default count of 400.
"""
import hashlib
import json
import math
import random
import struct
import sys
import unicodedata
from pathlib import Path

COUNT = int(sys.argv[1]) if len(sys.argv) > 1 else 400
HERE = Path(__file__).resolve().parent.parent
FOLDER = Path(sys.argv[2]) if len(sys.argv) > 2 else HERE / 'packages/runtime/test/numeric/oracle'
R = random.Random(20240613)
SPECIALS = [0.0, -0.0, 1.0, -1.0, 0.5, 1.5, 2.5, 0.1, -0.1, 1e16, 1e15, 9999999999999998.0, 1e-4, 1e-5, 123456789.0, 5e-324, 2.2250738585072014e-308,
            1.7976931348623157e308, float('inf'), float('-inf'), float('nan'), 1e22, 1e23, 0.045, 2.675, 1e21, 99.5, 9.5, 999999.5, 0.00001, 12345678.5]


def hexbits(x):
    return struct.pack('>d', x).hex()


def rand_float():
    k = R.randrange(8)
    if k == 0:
        return R.choice(SPECIALS)
    if k == 1:
        return struct.unpack('>d', R.randbytes(8))[0]
    if k == 2:
        return R.randrange(-10**6, 10**6) / 2 ** R.randrange(12)
    if k == 3:
        return round(R.uniform(-1000, 1000), R.randrange(5))
    if k == 4:
        return float(R.randrange(-10**18, 10**18))
    return R.uniform(-1, 1) * 10.0 ** R.randrange(-25, 25)


def rand_int():
    k = R.randrange(5)
    if k == 0:
        return R.randrange(-300, 300)
    if k == 1:
        return R.randrange(-10**7, 10**7)
    if k == 2:
        return R.choice([0, -1, 1, 0x10ffff, 0x110000, 2**63 - 1, 2**63, -2**63, -2**63 - 1, 10**308, 10**309, 65, 8364, 128512])
    return R.randrange(-2**R.randrange(1, 200), 2**R.randrange(1, 200))


def answer(f, *args):
    try:
        return [f(*args)]
    except Exception as e:
        return [type(e).__name__, str(e)]


def maybe(p, s):
    return s() if R.random() < p else ''


def rand_spec(codes):
    fill = R.choice(['', '', '', '*', 'é', '😀', '0', 'x', '<'])
    align = maybe(.5, lambda: R.choice('<>=^'))
    return ((fill if align else '') + align + maybe(.3, lambda: R.choice('+- ')) + maybe(.12, lambda: 'z') + maybe(.25, lambda: '#') + maybe(.3, lambda: '0')
            + maybe(.6, lambda: str(R.randrange(1, 30))) + maybe(.35, lambda: R.choice(',__,')) + maybe(.02, lambda: R.choice(',_'))
            + maybe(.35, lambda: '.' + maybe(.95, lambda: str(R.choice([0, 1, 2, 3, 5, 10, 17, 30])))) + maybe(.8, lambda: R.choice(codes)) + maybe(.02, lambda: R.choice('dzé,')))


def formats():
    out = []
    for _ in range(COUNT):
        v, s = rand_int(), rand_spec('dddbcoxXXnneEfFgG%sq\x01')
        out.append(['int', str(v), s, answer(lambda: int.__format__(v, s) if s else str(v))])
        x, s = rand_float(), rand_spec('eEfFgGn%%ffgeds')
        out.append(['float', hexbits(x), s, answer(format, x, s)])
        t, s = R.choice(['', 'a', 'hello', 'aé😀b', 'x' * 20]), rand_spec('ssssd')
        out.append(['str', t, s, answer(format, t, s)])
        if _ % 2:
            a, b, s = rand_float(), rand_float(), rand_spec('eEfFgGn%d')
            out.append(['complex', hexbits(a), hexbits(b), s, answer(format, complex(a, b), s)])
    return out


def percents():
    out = []
    for _ in range(COUNT):
        f = '%' + ''.join(R.choices('-+ #0', k=R.randrange(4))) + maybe(.5, lambda: str(R.randrange(30))) + maybe(.4, lambda: '.' + maybe(.9, lambda: str(R.randrange(25))))
        f += maybe(.1, lambda: R.choice('hlL'))
        v, c = rand_int(), R.choice('diuoxX')
        out.append(['int', f + c, str(v), answer(lambda: (f + c) % v)])
        x, c = rand_float(), R.choice('eEfFgG')
        out.append(['float', f + c, hexbits(x), answer(lambda: (f + c) % x)])
        c = R.choice('sssq!%é')
        out.append(['text', f + c, 'hé😀lo', answer(lambda: (f + c) % ('hé😀lo',))])
    for f in ['%', '%(', '%(a', '%(a(b)', '%(a)', '%5', '%5.', '%-', '%l', '%.', '%ll', '%99999999999999999999d', '%.99999999999d', '%.2147483648d', '%(a(b)c)s', 'x%z', '%5é', '%.é', '%😀']:
        out.append(['parse', f, '', answer(lambda: f % ({'a': 1, 'a(b)c': 2} if '(' in f else (1,)))])
        try:
            b = f.encode('ascii')
        except UnicodeError:
            continue
        out.append(['bparse', f, '', answer(lambda: (b % ({b'a': b'1', b'a(b)c': b'2'} if '(' in f else (1,))).decode())])
    return out


def floats():
    out = []
    for x in SPECIALS + [rand_float() for _ in range(COUNT)]:
        row = [hexbits(x), repr(x), x.hex(), str(hash(x)) if x == x else None]
        row.append([str(i) for i in x.as_integer_ratio()] if math.isfinite(x) else None)
        n = R.choice([0, 1, 2, 3, 5, -1, -2, -5, 10, 15, 17, 22, 300, 323, 324, -308, -309])
        row += [n, (hexbits(round(x, n)) if x == x else None) if answer(round, x, n)[0] != 'OverflowError' else 'overflow']
        row.append(str(round(x)) if math.isfinite(x) else None)
        p = R.choice([0, 1, 2, 3, 5, 6, 8, 12, 16, 17, 18, 20, 25, 40, 60, 99, 100, 101, 120, 400, 1200])
        row += [p, f'%.{p}e' % x, f'%.{p}f' % x if abs(x) < 1e40 else None, f'%.{p}g' % x]
        out.append(row)
    return out


def texts():
    out = []
    seeds = ['1', '1.5', '-2e10', '+.5', '5.', '.', '', ' 1 ', '1_000.5', '1__0', '_1', '1_', '1_.5', '1._5', '1e5', '1e', '1e+', '1e_5', '1e5_0', 'inf', '-Infinity', 'nan', '+nan', 'infi', 'INF', '0x10',
             '1e400', '-1e400', '1e-400', '2.2250738585072011e-308', '4.9e-324', '2.4703282292062327e-324', '2.4703282292062328e-324', '9007199254740993', '9007199254740992.99999999999999999999999',
             '\t1\n', '１２', '٣.٥', '1\x00', '\u20031', '1\x1c', '0' * 400 + '1', '1' + '0' * 400, '0.' + '0' * 400 + '1', '179769313486231580793e289', '1.7976931348623159e308', '--1', '1 2', 'é', '१e२']
    for s in seeds:
        a = answer(float, s)
        out.append(['float', s, hexbits(a[0]) if len(a) == 1 else None])
    for _ in range(COUNT):
        digits = ''.join(R.choices('0123456789', k=R.randrange(1, 40)))
        s = digits[:7] + '.' + digits[7:] + 'e%d' % R.randrange(-340, 320)
        out.append(['float', s, hexbits(float(s))])
    for s in ['0x1p3', '0x.8', '1.8p1', '-0x1.fffffffffffff8p0', '0x1.fffffffffffff7p1023', '0x1.fffffffffffff8p1023', '0x1p-1074', '0x1p-1075', '0x1.8p-1075', '0x1.00000000000001p-1075', 'inf', '-nan', '0x', 'p1', '0x1p', '1.', '.', '0x1g', ' 0x1 ', '0x0p99999999999', '1p99999', '1p-99999', '0x1_0', '0x123456789abcdef0123p-5', '-0x0', 'infinity', '+0X1P+4']:
        a = answer(float.fromhex, s)
        out.append(['hex', s, hexbits(a[0]) if len(a) == 1 else a[0]])
    for s in ['1', '-5', '+7', '0x1f', '0X1F', '0b11', '0o17', '017', '00', '0_0', '0_7', '1_000', '_1', '1_', '1__0', ' 12 ', '0x_f', '0x', '', '-', 'zz', '1a', '٣', '0b2', 'é', '1\x00', '9' * 60, '-' + 'f' * 40, '- 1', '0B1', 'Z9']:
        for base in [0, 2, 8, 10, 16, 36, 7]:
            a = answer(int, s, base)
            out.append(['int', s, base, str(a[0]) if len(a) == 1 else None])
    return out


def hashes():
    out = []
    for _ in range(COUNT):
        n = R.choice([R.randrange(12), R.randrange(12), R.randrange(80)])
        b = R.randbytes(n)
        out.append(['bytes', b.hex(), str(hash(b))])
        v = R.choice([1, -1]) * R.getrandbits(R.randrange(1, 400))
        out.append(['int', str(v), str(hash(v))])
        t = tuple(rand_int() for _ in range(R.randrange(6)))
        out.append(['tuple', [str(hash(v)) for v in t], str(hash(t))])
        out.append(['frozenset', [str(hash(v)) for v in set(t)], str(hash(frozenset(t)))])
        z = complex(R.randrange(-5, 5), rand_float())
        if z == z:
            out.append(['complex', str(hash(z.real)), str(hash(z.imag)), str(hash(z))])
    for v in [2**61 - 1, 2**61 - 2, 2**61, 2**122 - 1, -(2**61 - 1), -2**61, 2**1000 - 1, 1 << 3000]:
        out.append(['int', str(v), str(hash(v))])
    return out


def seeds():
    import subprocess
    out = []
    for seed in [0, 1, 42, 4294967295, 123456]:
        code = "print(hash('a'), hash('hello world'), hash('é'), hash('😀x'))"
        got = subprocess.run([sys.executable, '-c', code], env={'PYTHONHASHSEED': str(seed)}, capture_output=True, text=True, check=True).stdout.split()
        out.append([seed, got])
    return out


def complexes():
    out = []
    parts = [0.0, -0.0, 1.0, -1.0, 2.0, 0.5, float('inf'), float('-inf'), float('nan'), 1e300, -1e-300, 3.0]

    def part():
        return R.choice(parts) if R.random() < .5 else round(R.uniform(-9, 9), 3)
    for _ in range(COUNT):
        a, b = complex(part(), part()), complex(part(), part())
        if R.random() < .3:
            b = complex(R.randrange(-12, 13), 0)
        q, p = answer(lambda: a / b), answer(lambda: a ** b)
        m, d = answer(lambda: a * b), answer(abs, a)
        pack = lambda r: [hexbits(r[0].real), hexbits(r[0].imag)] if len(r) == 1 else r[0]
        out.append([hexbits(a.real), hexbits(a.imag), hexbits(b.real), hexbits(b.imag), repr(a), pack(m), pack(q), pack(p), hexbits(d[0]) if len(d) == 1 else d[0]])
    return out


def ctexts():
    out = []
    for s in ['1', '1j', '1+2j', '(1+2j)', ' ( 1-2j ) ', '1 +2j', '-j', 'j', '+J', '1e5-3e-2j', 'nan+infj', '-inf-nanj', '1+', '1+2', '', '()', '(1', '1)', '1_0+2_0j', '1__0j', 'infj', '1+j', '1-J', '1j+2', '++1', '1+-2j', '٣j', '1.5.2', 'inf', '((1))', '-0j', '-0-0j', '1e400j']:
        a = answer(complex, s)
        out.append([s, [hexbits(a[0].real), hexbits(a[0].imag)] if len(a) == 1 else None])
    return out


def unicode():
    every = [chr(c) for c in range(0x110000)]
    digest = lambda items: hashlib.sha256('\n'.join(items).encode('utf-8', 'surrogatepass')).hexdigest()
    out = {name: digest('1' if getattr(s, name)() else '0' for s in every)
           for name in ['isalpha', 'isalnum', 'isdecimal', 'isdigit', 'isnumeric', 'isidentifier', 'isprintable', 'isspace', 'islower', 'isupper', 'istitle']}
    for name in ['lower', 'upper', 'title', 'casefold', 'swapcase', 'capitalize']:
        out[name] = digest('%x' % ord(t) if len(t) == 1 else ' '.join('%x' % ord(x) for x in t) for t in (getattr(s, name)() for s in every))
    out['decimal'] = digest(str(unicodedata.decimal(s, -1)) for s in every)
    out['digit'] = digest(str(unicodedata.digit(s, -1)) for s in every)
    words = []
    pool = 'aAbBzZ ΣσςİıßŉǅǆDž\u0301\u00ad\u02b0\u0345.\'1ﬁΐა Ꭰ\U00010400\U0001e943ᾳᾼ'
    for _ in range(COUNT):
        w = ''.join(R.choices(pool, k=R.randrange(1, 9)))
        words.append([w, w.lower(), w.upper(), w.title(), w.capitalize(), w.swapcase(), w.casefold(), w.istitle(), w.isupper(), w.islower()])
    out['words'] = words
    for form in ['NFC', 'NFD', 'NFKC', 'NFKD']:
        out[form] = digest(' '.join('%x' % ord(x) for x in unicodedata.normalize(form, s)) for s in every)
        out[form + ' marked'] = digest(' '.join('%x' % ord(x) for x in unicodedata.normalize(form, 'q' + s + '\u0323\u0301')) for s in every)
    return out


def names():
    every = [unicodedata.name(chr(c), '') for c in range(0x110000)]
    lookups = []
    for _ in range(COUNT):
        c = R.randrange(0x20000)
        if every[c]:
            lookups.append([R.choice([str.upper, str.lower, str.title])(every[c]), c])
    for a in ['LINE FEED', 'lf', 'NULL', 'nbsp', 'ZERO WIDTH JOINER', 'ZWJ', 'BOM', 'VS16', 'latin small letter gha', 'HANGUL SYLLABLE GAG', 'CJK UNIFIED IDEOGRAPH-4E00', 'BULLET', 'GREEK SMALL LETTER ALPHA', 'SNOWMAN']:
        lookups.append([a, ord(unicodedata.lookup(a))])
    lookups += [[every[c], c] for c in range(0x20, 0x7f)] + [[every[c], c] for c in range(0xa0, 0x100)]
    return {'digest': hashlib.sha256('\n'.join(every).encode()).hexdigest(), 'lookups': lookups}


def main():
    FOLDER.mkdir(parents=True, exist_ok=True)
    for f in [formats, percents, floats, texts, hashes, seeds, complexes, ctexts, unicode, names]:
        rows = f()
        path = FOLDER / (f.__name__ + '.json')
        if isinstance(rows, list):
            path.write_text('[\n' + ',\n'.join(json.dumps(r, separators=(',', ':')) for r in rows) + '\n]\n')
        else:
            path.write_text(json.dumps(rows, separators=(',', ':')) + '\n')
        print(path.name, path.stat().st_size)


main()
