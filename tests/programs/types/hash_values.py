# Hash values under hash seed 0 that a program can print.
print([hash(s) for s in ('', 'a', 'abc', 'é', '€uro', '😀', 'the quick brown fox', 'x' * 1000)])
print([hash(b) for b in (b'', b'a', b'abc', b'\x00' * 8, b'x' * 1000)])
print([hash(n) for n in (0, 1, -1, -2, 2**31, 2**61 - 2, 2**61 - 1, 2**61, 2**64, -(2**61), 10**100, -(10**100))])
print([hash(f) for f in (0.0, 1.5, -1.5, 1e308, 5e-324, 0.1, float('inf'), -float('inf'), 1e-10, 123456789.123)])
print([hash(c) for c in (1j, 1 + 1j, -1 - 1j, 0.5 + 2j, 1e10j)])
print([hash(t) for t in ((), (1,), (1, 2), ('a', 'b'), ((),), (None,) == 1 or (1, (2, (3,))), tuple(range(100)))])
print([hash(f) for f in (frozenset(), frozenset([1]), frozenset('ab'), frozenset(range(10)))])
print(hash(range(10)), hash(range(0)), hash(slice(1, 2, 3)), hash(True), hash(False), hash(memoryview(b'abc')) == hash(b'abc'), hash(...) == hash(...), hash(NotImplemented) == hash(NotImplemented))
print(hash(int | str) == hash(str | int), hash(list[int]) == hash(list[int]), hash(print) == hash(print), hash('abc'.upper) == hash('abc'.upper))
class E:
    def __eq__(self, o): return True
try:
    hash(E())
except TypeError as e:
    print(e)
