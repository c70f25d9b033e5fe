# sys.getrefcount as names, containers and calls come and go.
import sys
o = object()
print(sys.getrefcount(o))  # expect: 2
a = o
print(sys.getrefcount(o))  # expect: 3
b = c = o
print(sys.getrefcount(o))  # expect: 5
del a
print(sys.getrefcount(o))  # expect: 4
b = None
print(sys.getrefcount(o))  # expect: 3
L = [o, o, o]
print(sys.getrefcount(o))  # expect: 6
t = (o,)
d = {o: o}
s = {o}
print(sys.getrefcount(o))  # expect: 10
L.pop()
d.clear()
s.discard(o)
print(sys.getrefcount(o))  # expect: 6
del L, t
print(sys.getrefcount(o))  # expect: 3
def f(x): return sys.getrefcount(x)
print(f(o))  # expect: 4
def g(x):
    y = x
    return sys.getrefcount(x), sys.getrefcount(y)
print(g(o))  # expect: (5, 5)
def h(*args): return sys.getrefcount(args[0])
print(h(o))  # expect: 4
def k(**kw): return sys.getrefcount(kw['x'])
print(k(x=o))  # expect: 4
print((lambda q: sys.getrefcount(q))(o))  # expect: 4
print([sys.getrefcount(v) for v in [o]])  # expect: [5]
for v in [o]: print(sys.getrefcount(v))
del v
print(sys.getrefcount(o))  # expect: 3
x, y = o, o
print(sys.getrefcount(o))  # expect: 5
x, y = y, x
print(sys.getrefcount(o))  # expect: 5
del x, y, c
print(sys.getrefcount(o))  # expect: 2
print(sys.getrefcount(object()), sys.getrefcount([]), sys.getrefcount('x' * 30), sys.getrefcount(10**20))
