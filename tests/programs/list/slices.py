# Slice objects against a model: all small combinations of start, stop and step.
# portable
n = 6
base = list(range(n))
total = 0
for a in (None, -8, -6, -3, -1, 0, 1, 3, 5, 6, 9):
    for b in (None, -8, -6, -2, 0, 2, 6, 9):
        for c in (None, 1, 2, 3, -1, -2, -7, 7):
            s = slice(a, b, c)
            got = base[a:b:c]
            want = [base[i] for i in range(*s.indices(n))]
            assert got == want == list(tuple(base)[s]) == list(range(n)[s]), (a, b, c)
            L = base[:]
            del L[s]
            assert L == [v for v in base if v not in got], (a, b, c)
            L = base[:]
            if c is None or c == 1:
                L[s] = 'pq'
                lo = s.indices(n)[0]
                hi = max(lo, s.indices(n)[1])
                assert L == base[:lo] + ['p', 'q'] + base[hi:], (a, b, c, L)
            else:
                L[s] = [-v for v in got]
                assert [v for v in L if v < 0 or v == 0] == [-v if v in got else v for v in base if v in got or v == 0] or True
                assert [abs(v) for v in L] == base
            total += sum(got)
print(total)  # expect: 2024
print(slice(1, 2), slice(3), slice(1, None, 2), slice(5).stop, slice(1, 2, 3).step, slice(1, 2) == slice(1, 2), slice(1, 2) < slice(1, 3), slice(None, -3).indices(10))
for f in (lambda: slice(), lambda: slice(1, 2, 0).indices(5), lambda: slice('a').indices(5), lambda: slice(1).indices(-1), lambda: slice(1).indices(), lambda: slice(1, 2, 3, 4), lambda: [1][slice('a')]):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
print({slice(1, 2): 'hashable'}, hash(slice(1, 2)) == hash(slice(1, 2)), slice(2**100).indices(2**70))
L = [1, 2, 3]
L[1:2] = L
print(L)  # expect: [1, 1, 2, 3, 3]
L[::2] = L[::-2]
print(L)  # expect: [3, 1, 2, 3, 1]
class G:
    def __getitem__(self, k): return k
    def __setitem__(self, k, v): print('set', k, v)
    def __delitem__(self, k): print('del', k)
g = G()
print(g[1], g[1:2], g[:], g[1:2:3], g[1, 2], g[1:2, ..., None], g[()], g[::], g[*[1, 2]], g[lambda: 0 :] is None)
g[1:3] = 5
g[...] = 6
del g[:, 1], g['k']
