# Counts through container operations: copies, slices, concatenation, sort keys, iterators, views, zip, map.
import sys
o = object()
base = sys.getrefcount(o)
def n(): return sys.getrefcount(o) - base
L = [o] * 10
print(n())  # expect: 10
M = L[2:5]
print(n())  # expect: 13
K = L + M
print(n())  # expect: 26
L *= 2
print(n())  # expect: 36
del L[5:]
print(n())  # expect: 21
L.extend(M)
L.append(o)
L.insert(0, o)
print(n())  # expect: 26
L[1:3] = []
print(n())  # expect: 24
L.reverse()
L.remove(o)
x = L.pop()
print(n())  # expect: 23
del x
T = tuple(K)
U = T * 2
V = T + T
print(n())  # expect: 87
del U, V, T, K, M
print(n())  # expect: 6
L.clear()
print(n())  # expect: 0
S = {o}
F = frozenset(S)
S2 = S | F
print(n())  # expect: 3
S.pop()
del F, S2
print(n())  # expect: 0
it = iter([o, o])
print(n(), next(it) is o, n())  # expect: 2 True 2
list(it)
print(n())  # expect: 0
z = zip([o], [o])
m = map(lambda v: v, [o])
e = enumerate([o])
r = reversed([o])
print(n())  # expect: 5
a = next(z)
print(n())  # expect: 7
b = next(m)
c = next(e)
print(n())  # expect: 9
del z, m, e, r, a, b, c
print(n())  # expect: 0
P = sorted([o, o], key=id)
print(n())  # expect: 2
del P
Q = list(filter(None, (o, o)))
print(n())  # expect: 2
Q = dict(zip('abc', [o] * 3))
print(n())  # expect: 3
Q = [*Q.values(), *Q.values()]
print(n())  # expect: 6
Q = {k: v for k, v in enumerate(Q)}
print(n())  # expect: 6
del Q
class C: pass
c = C()
c.a = c.b = o
c.__dict__['d'] = o
print(n())  # expect: 3
del c.a
c.__dict__.clear()
print(n())  # expect: 0
C.cls = o
print(n())  # expect: 1
del C.cls
print(n())  # expect: 0
def f(): pass
f.attr = o
f.__defaults__ = (o,)
print(n())  # expect: 2
del f
print(n())  # expect: 0
ex = ValueError(o, o)
print(n())  # expect: 2
ex.extra = o
del ex
print(n())  # expect: 0
sl = slice(o, o, o)
print(n())  # expect: 3
del sl
bm = [].append
p = (lambda v: lambda: v)(o)
print(n())  # expect: 1
del p
print(n(), [o][0] is o, n(), max([o, o], key=lambda v: 1) is o, n())  # expect: 0 True 0 True 0
