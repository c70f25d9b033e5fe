# abs, divmod, pow, round, sum, min, max, bin, hex, oct, chr, ord, int(), hash.
print(abs(-3), abs(-2.5), abs(3 + 4j), abs(True), divmod(7, 2), divmod(-7.5, 2), pow(2, 5), pow(2, -1), pow(2, 5, 7), round(2.567, 1), round(1234, -2), round(2.5), round(-3.5))
print(sum([]), sum([1, 2], 10), sum([[1], [2]], []), sum((0.1,) * 10), sum([1, 2.5, 3j]), sum(range(101)), sum([True, True]), sum({1: 2, 3: 4}), sum(x for x in (1, 2)), sum([2**70, 1]), sum([], start=5), sum([0.5, 10**20, -10**20]))
for f in (lambda: sum('ab'), lambda: sum(['a', 'b']), lambda: sum(['a'], ''), lambda: sum([b'a'], b''), lambda: sum([bytearray()], bytearray()), lambda: sum(5), lambda: sum([1], [2]), lambda: sum([[1]]), lambda: sum(), lambda: sum([None])):
    try:
        print(f())
    except TypeError as e:
        print(e)
print(min(3, 1, 2), max(3, 1, 2), min([5]), max('hello'), min({3: 1, 2: 5}), max([], default=None), min(-1, 1, key=abs), max([1, -5, 3], key=abs), min('b', 'a'), max([[1, 2], [1, 3]]), max(1, 1.0), min(0.0, -0.0), max((i * i % 7 for i in range(10))), min(iter([2, 1])), max('a', 'B', key=str.lower))
for f in (lambda: max(), lambda: max([]), lambda: min(5), lambda: max(1, 'a'), lambda: max([1], key=5), lambda: max(1, 2, default=3), lambda: min([1], foo=2), lambda: max(None), lambda: max([1, None])):
    try:
        print(f())
    except (TypeError, ValueError) as e:
        print(type(e).__name__, e)
print(bin(10), bin(-10), bin(0), hex(255), hex(-255), oct(8), oct(-8), bin(True), hex(2**70), chr(97), chr(8364), ord('a'), ord('€'), ord(b'a'), ord(bytearray(b'z')))
print(hash(0), hash(1), hash(-1), hash(2**61 - 1), hash(2**61), hash(-2**61), hash(10**30), hash(True), hash(None) == hash(None), hash(1.5), hash(1j), hash((1, 2)), hash(frozenset()), hash(range(3)) == hash((3, 0, 1)))
for v in ([], {}, set(), bytearray(), slice(1, []), ([],)):
    try:
        hash(v)
    except TypeError as e:
        print(e)
print(int('12'), float('1.5'), complex('1j'), bool('x'), str(5), bytes(2), list('ab'), tuple('ab'), set('a'), frozenset('a'), dict(a=1), callable(len), callable(5), callable(int), callable(lambda: 0), callable(type('C', (), {'__call__': 1})()))
print(any([0, '', None]), any([0, 1]), any([]), all([]), all([1, 'a']), all([1, 0]), [any(x > 2 for x in range(5)), all(x > 2 for x in range(5))])
for f in (lambda: any(5), lambda: all(), lambda: any([1], [2]), lambda: abs('a'), lambda: divmod('a', 1), lambda: round('a'), lambda: bin('a'), lambda: ord('ab'), lambda: chr(2**21), lambda: hash()):
    try:
        print(f())
    except (TypeError, ValueError) as e:
        print(type(e).__name__, e)
