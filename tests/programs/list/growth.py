# Over-allocation: getsizeof after each append, pop, extend, slice; comprehension and literal sizes.
import sys
L = []
sizes = []
for i in range(70):
    sizes.append(sys.getsizeof(L))
    L.append(i)
print(sizes)
for i in range(70):
    sizes[i] = sys.getsizeof(L)
    L.pop()
print(sizes)
print([sys.getsizeof(x) for x in ([], [1], [1, 2], [1, 2, 3], [1, 2, 3, 4], [1, 2, 3, 4, 5], list(), list('a'), list('abc'), list(range(10)), list((1, 2, 3)), [0] * 10, [None] * 3, [i for i in range(10)], [*range(10)], [1] + [2], [1, 2, 3][:2], sorted((1, 2, 3)), list({1, 2, 3}), list(iter('abc')), list(i for i in range(5)), 'a b c'.split(), list({'a': 1}))])
a = [1, 2, 3]
a += [4]
b = [1, 2, 3]
b.extend((4, 5, 6, 7, 8, 9))
c = [1, 2, 3]
c.extend(i for i in range(3))
d = [1, 2, 3]
d[1:2] = [7, 8, 9]
e = list(range(100))
del e[10:]
f = list(range(100))
f.clear()
g = [1]
g.insert(0, 5)
h = [1, 2] * 3
i = h.copy()
j = list(range(20))
j[5:15] = []
print([sys.getsizeof(x) for x in (a, b, c, d, e, f, g, h, i, j)])
k = [1, 2, 3]
k *= 2
l = []
l += range(5)
m = [0] * 1000
m.append(1)
n = list(range(17))
n.append(1)
print([sys.getsizeof(x) for x in (k, l, m, n)])  # expect: [152, 104, 9112, 200]
o = [3, 1, 2]
o.sort()
p = list(map(str, range(9)))
q = [x for x in range(100) if x % 2]
r = list(filter(None, range(9)))
s = list(zip(range(9), range(9)))
t = list(reversed([1, 2, 3]))
u = list(enumerate('abcde'))
v = list(b'12345')
w = list(dict.fromkeys('abcdefgh').items())
print([sys.getsizeof(x) for x in (o, p, q, r, s, t, u, v, w)])  # expect: [88, 184, 472, 120, 184, 88, 120, 104, 120]
