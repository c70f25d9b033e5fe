# sort and sorted: keys, reverse, stability, errors, mutation while sorting.
# portable
import sys
print(sorted([3, 1, 2]), sorted('banana'), sorted([3, 1, 2], reverse=True), sorted(['b', 'A', 'c'], key=str.lower), sorted([(1, 'b'), (0, 'a'), (1, 'a')], key=lambda p: p[0]), sorted([(1, 'b'), (0, 'a'), (1, 'a')], key=lambda p: p[0], reverse=True))
words = 'the quick brown fox jumps over the lazy dog again and again'.split()
print(sorted(words, key=len), sorted(words, key=lambda w: (-len(w), w)), sorted(set(words)))
L = [5, 2, 9]
print(L.sort(), L, L.sort(key=lambda x: -x), L, L.sort(reverse=True), L)
x = 12345
data = []
for i in range(1000):
    x = (x * 1103515245 + 12345) % 2**31
    data.append(x)
s = sorted(data)
print(all(s[i] <= s[i + 1] for i in range(999)), s[0], s[-1], sum(i * v for i, v in enumerate(s)) % 10**9)
for shape in (list(range(200)), list(range(200, 0, -1)), [5] * 200, [i % 7 for i in range(200)], list(range(100)) + list(range(100)), list(range(100)) + list(range(100, 0, -1)), [1.5 * (i % 13) for i in range(150)], [str(i % 31) for i in range(150)], [i if i % 2 else 2**70 - i for i in range(99)], [(i % 3, -i) for i in range(90)]):
    t = sorted(shape)
    print(t == sorted(t), t[0], t[-1], [v for v in t[::37]], sorted(shape, reverse=True)[::41])
pairs = [(data[i] % 10, i) for i in range(300)]
st = sorted(pairs, key=lambda p: p[0])
print(all(st[i] < st[i + 1] for i in range(299)))  # expect: True
st = sorted(pairs, key=lambda p: p[0], reverse=True)
print(all(st[i][0] > st[i + 1][0] or st[i][1] < st[i + 1][1] for i in range(299)))  # expect: True
for f in (lambda: sorted([1, 'a']), lambda: sorted([None, None]), lambda: sorted([1, 2], key=5), lambda: sorted([1], 2), lambda: sorted(), lambda: sorted([1], key=lambda: 1), lambda: sorted(5), lambda: sorted([1j, 2j]), lambda: sorted([1], foo=2), lambda: [3, 1].sort(lambda x: x), lambda: sorted([1, 2.5, 'x']), lambda: sorted([(1, 'a'), (1, 2)])):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
L = [3, 2, 1, 'x', 0]
try:
    L.sort()
except TypeError:
    print(len(L), sorted(map(str, L)))
L = [3, 2, 1]
def bad(v):
    L.append(9)
    return v
try:
    L.sort(key=bad)
except ValueError as e:
    print(e, L)
seen = []
M = [3, 1, 2]
M.sort(key=lambda v: seen.append(len(M)) or v)
print(seen, M)  # expect: [0, 0, 0] [1, 2, 3]
class C:
    def __init__(self, v): self.v = v
    def __lt__(self, o):
        count[0] += 1
        return self.v < o.v
    def __repr__(self): return f'C{self.v}'
for n in (2, 3, 5, 10, 33, 64, 100):
    count = [0]
    r = sorted(C(data[i] % 50) for i in range(n))
    print(n, count[0], r[:3])
class E:
    def __lt__(self, o): raise RuntimeError('no order')
try:
    sorted([E(), E()])
except RuntimeError as e:
    print(e)
print(sorted([True, 0, 2.5, -1]), sorted([0.0, -0.0, 0]), sorted({'b': 1, 'a': 2}), sorted([[2], [1, 5], [1]]), sorted(['', 'a', 'é', '€', 'Z']))
