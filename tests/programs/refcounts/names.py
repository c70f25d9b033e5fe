# sys.getrefcount as names, containers and calls come and go.
import sys
o = object()
print(sys.getrefcount(o))
a = o
print(sys.getrefcount(o))
b = c = o
print(sys.getrefcount(o))
del a
print(sys.getrefcount(o))
b = None
print(sys.getrefcount(o))
L = [o, o, o]
print(sys.getrefcount(o))
t = (o,)
d = {o: o}
s = {o}
print(sys.getrefcount(o))
L.pop()
d.clear()
s.discard(o)
print(sys.getrefcount(o))
del L, t
print(sys.getrefcount(o))
def f(x): return sys.getrefcount(x)
print(f(o))
def g(x):
    y = x
    return sys.getrefcount(x), sys.getrefcount(y)
print(g(o))
def h(*args): return sys.getrefcount(args[0])
print(h(o))
def k(**kw): return sys.getrefcount(kw['x'])
print(k(x=o))
print((lambda q: sys.getrefcount(q))(o))
print([sys.getrefcount(v) for v in [o]])
for v in [o]: print(sys.getrefcount(v))
del v
print(sys.getrefcount(o))
x, y = o, o
print(sys.getrefcount(o))
x, y = y, x
print(sys.getrefcount(o))
del x, y, c
print(sys.getrefcount(o))
print(sys.getrefcount(object()), sys.getrefcount([]), sys.getrefcount('x' * 30), sys.getrefcount(10**20))
