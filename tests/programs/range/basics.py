# range: indexing, slicing, membership, equality, huge ranges, errors.
# portable
r = range(2, 20, 3)
print(r, list(r), len(r), r[0], r[-1], r[2:4], r[::-1], r[::2], list(r[::-1]), 5 in r, 6 in r, 5.0 in r, 'a' in r, r.index(8), r.count(8), r.count(9), r.start, r.stop, r.step, list(reversed(r)), max(r), sum(r))
print(range(5), range(1, 5), range(0), list(range(5, 0)), list(range(5, 0, -2)), range(0, 10, 20)[0], len(range(10, 0, -3)), range(-5, 5)[::-4], bool(range(0)), bool(range(1)), repr(range(1, 2, 1)), range(True), range(3)[True])
print(range(0) == range(2, 1), range(0, 3, 2) == range(0, 4, 2), range(5) == [0, 1, 2, 3, 4], hash(range(0, 3, 2)) == hash(range(0, 4, 2)), range(3) != range(4), {range(3): 1}[range(0, 3)], hash(range(0)) == hash(range(5, 5)), range(1, 2) == range(1, 9, 100))
b = range(10**30, 10**30 + 10, 4)
print(b, list(b), b[1], b[-1], 10**30 + 4 in b, b.index(10**30 + 8), b[1:], reversed(b).__next__(), len(b), hash(b) == hash(range(10**30, 10**30 + 12, 4)))
h = range(0, 2**70, 3)
print(h[2**60], 2**70 in h, 3 * 2**50 in h, h[-1], h[::2**50].step, bool(h), h[2**65:2**65 + 2], next(iter(h)), 2.5 in range(5))
for f in (lambda: len(h), lambda: range(), lambda: range(1, 2, 0), lambda: range(1.5), lambda: range('a'), lambda: range(1, 2, 3, 4), lambda: r[99], lambda: r['a'], lambda: r.index(99), lambda: setattr(r, 'start', 1), lambda: r < r, lambda: r + r, lambda: r.__setitem__(0, 1), lambda: range(5)[::0], lambda: range(5).index('a'), lambda: range(stop=5)):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
it = iter(range(3))
print(next(it), it.__length_hint__(), list(it), next(it, 'end'), type(it).__name__, type(iter(b)).__name__, it.__reduce__()[1])
big = iter(range(2**63 - 2, 2**63 + 2))
print(list(big), list(range(-2**63, -2**63 + 2)), list(range(2**63, 2**63 - 3, -1)))
for i in range(3):
    i = 10
print(i, [i for i in range(3)], i)  # expect: 10 [0, 1, 2] 10
try:
    class R(range): pass
except TypeError as e:
    print(e)
a, *m, z = range(5)
print(a, m, z, [*range(3)], tuple(range(2, 8, 2)), range(10)[2:8][::2][1:], range(0, 10)[-3:], range(10, 0, -1)[2:5], range(5).__contains__(3), sorted(range(5), key=lambda v: -v))
