# Counts through container operations: copies, slices, concatenation, sort keys, iterators, views, zip, map.
import sys
o = object()
base = sys.getrefcount(o)
def n(): return sys.getrefcount(o) - base
L = [o] * 10
print(n())
M = L[2:5]
print(n())
K = L + M
print(n())
L *= 2
print(n())
del L[5:]
print(n())
L.extend(M)
L.append(o)
L.insert(0, o)
print(n())
L[1:3] = []
print(n())
L.reverse()
L.remove(o)
x = L.pop()
print(n())
del x
T = tuple(K)
U = T * 2
V = T + T
print(n())
del U, V, T, K, M
print(n())
L.clear()
print(n())
S = {o}
F = frozenset(S)
S2 = S | F
print(n())
S.pop()
del F, S2
print(n())
it = iter([o, o])
print(n(), next(it) is o, n())
list(it)
print(n())
z = zip([o], [o])
m = map(lambda v: v, [o])
e = enumerate([o])
r = reversed([o])
print(n())
a = next(z)
print(n())
b = next(m)
c = next(e)
print(n())
del z, m, e, r, a, b, c
print(n())
P = sorted([o, o], key=id)
print(n())
del P
Q = list(filter(None, (o, o)))
print(n())
Q = dict(zip('abc', [o] * 3))
print(n())
Q = [*Q.values(), *Q.values()]
print(n())
Q = {k: v for k, v in enumerate(Q)}
print(n())
del Q
class C: pass
c = C()
c.a = c.b = o
c.__dict__['d'] = o
print(n())
del c.a
c.__dict__.clear()
print(n())
C.cls = o
print(n())
del C.cls
print(n())
def f(): pass
f.attr = o
f.__defaults__ = (o,)
print(n())
del f
print(n())
ex = ValueError(o, o)
print(n())
ex.extra = o
del ex
print(n())
sl = slice(o, o, o)
print(n())
del sl
bm = [].append
p = (lambda v: lambda: v)(o)
print(n())
del p
print(n(), [o][0] is o, n(), max([o, o], key=lambda v: 1) is o, n())
