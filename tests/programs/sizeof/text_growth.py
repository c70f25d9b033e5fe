# Sizes of str of each kind, bytes, bytearray and int, through growing and shrinking.
import sys
s = sys.getsizeof

def steps(name, sizes):
    out, last = [], None
    for n, size in sizes:
        if size != last:
            out.append('%d:%d' % (n, size))
            last = size
    print(name, len(out), ' '.join(out))

chars = {'ascii': 'a', 'latin1': '\xe9', 'ucs2': '\u0416', 'ucs4': '\U0001f600'}
for name, c in chars.items():
    print(name, [s(c * n) for n in (0, 1, 2, 3, 7, 8, 9, 100, 1999, 2000)])
    print(name, 'mixed', [s('ab' * n + c) for n in (0, 1, 5, 50, 500)])
    x = c * 10
    before = s(x)
    x.encode()
    hash(x)
    print(name, 'with utf8', before, s(x), s(x[:5]), s(x[:1]), s(x.encode()), s(x.encode('utf-16')), s(x.encode('utf-32')))
    y = ''
    sizes = []
    for i in range(40):
        y += c
        sizes.append(s(y))
    print(name, '+=', sizes)
    print(name, 'join', [s(c.join('xy')), s(''.join([c] * 9)), s((c * 3).ljust(9)), s(c.zfill(5)), s((c + 'a').replace(c, 'b')), s(repr(c)), s(ascii(c)), s(f'{c}{1}')])
print([s(x) for x in ('', ' ', 'é', 'Ж', '\U0001f600', 'ab', 'é1', 'a\0b')])
u = 'é' * 10
b = u.encode()
w = 'Ж' * 10
int('١٢٣')
print(s(u), s(w), s(str(b, 'utf-8')), s(b.decode('latin-1')), s(chr(255)), s(chr(256)), s(chr(65536)), s(str(123)), s(str(10**50)), s(format(3.5, '20')), s('%s' % 5), s('{:>30}'.format('x')))
print('bytes', [s(b'x' * n) for n in (0, 1, 2, 10, 255, 256, 1999, 2000)], s(bytes(100)), s(bytes(range(10))), s(b'a' + b'b'), s(b'abc'[1:]), s(bytes([1] * 50)), s(bytes(i for i in range(50))), s(b'a'.join([b'b'] * 9)))

def by(change, start=b'', count=2000):
    x = bytearray(start)
    yield len(x), s(x)
    for i in range(count):
        change(x, i)
        yield len(x), s(x)
steps('bytearray(n)', ((n, s(bytearray(n))) for n in range(0, 40)))
steps('bytearray(bytes)', ((n, s(bytearray(b'x' * n))) for n in range(0, 40)))
steps('bytearray(list)', ((n, s(bytearray([1] * n))) for n in range(0, 100)))
steps('bytearray(generator)', ((n, s(bytearray(1 for i in range(n)))) for n in range(0, 300)))
steps('append', by(lambda x, i: x.append(1)))
steps('extend bytes', by(lambda x, i: x.extend(b'abc'), count=600))
steps('extend list', by(lambda x, i: x.extend([1, 2, 3]), count=600))
steps('+=', by(lambda x, i: x.__iadd__(b'12'), count=600))
steps('insert', by(lambda x, i: x.insert(0, 1), count=600))
steps('*= 2', by(lambda x, i: x.__imul__(2), start=b'a', count=10))
steps('slice insert', by(lambda x, i: x.__setitem__(slice(1, 1), b'zz'), count=600))
steps('pop', by(lambda x, i: x.pop(), start=bytes(900), count=900))
steps('pop front', by(lambda x, i: x.pop(0), start=bytes(900), count=900))
steps('del last', by(lambda x, i: x.__delitem__(-1), start=bytes(900), count=900))
steps('del front', by(lambda x, i: x.__delitem__(slice(0, 3)), start=bytes(900), count=300))
steps('del steps', by(lambda x, i: x.__delitem__(slice(0, None, 2)), start=bytes(900), count=9))
steps('queue', ((i, z) for i, (n, z) in enumerate(by(lambda x, i: (x.extend(b'0123456789'), x.__delitem__(slice(0, 7))), count=100))))
x = bytearray(1000); x.clear(); print(s(x)); x.append(1); print(s(x))
x = bytearray(1000); x[:] = b''; print(s(x)); x = bytearray(b'abc') * 5; print(s(x), s(x + b'a'), s(x[2:9]), s(x.replace(b'a', b'bb')), s(x.upper()))

def bits(values): return ' '.join('%d:%d' % v for v in values)
steps('int bits', ((n, s(1 << n)) for n in range(0, 2001)))
steps('int bits minus', ((n, s(-(1 << n))) for n in range(0, 2001)))
steps('2**n - 1', ((n, s((1 << n) - 1)) for n in range(0, 400)))
steps('10**n', ((n, s(10 ** n)) for n in range(0, 300)))
print([s(n) for n in (0, 1, -1, 256, 257, 2**30 - 1, 2**30, 2**60 - 1, 2**60, True, False)])
a, b = (1 << 600) + 1, 1 << 600
print(s(a - b), s(a * b), s(a // b), s(a % b), s(a >> 500), s(a & 1), s(a ^ b), s(-a), s(abs(-a)), s(~b), s(a + b), s(int('9' * 100)), s(int.from_bytes(b'\1' + b'\0' * 50)), s(int(1e300)), s(pow(3, 500)), s(3 ** 500 % 7))
print(s(1.5), s(1j), s(None), s(...), s(NotImplemented), s(range(3)), s(slice(1)), s(()), s((1,)), s((1, 2, 3)))
