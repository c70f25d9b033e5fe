# Reference counts of keys and values, and what dict operations share.
import sys
v = ['value']
k = ('key', [].__len__())
def n(o): return sys.getrefcount(o) - 2
b, c = n(v), n(k)
d = {k: v}
print(n(v) - b, n(k) - c)
e = d.copy()
f = dict(d)
g = {**d}
h = d | {}
print(n(v) - b, n(k) - c)
items = list(d.items())
print(n(v) - b, n(k) - c)
del e, f, g, h, items
print(n(v) - b, n(k) - c)
d[k] = 5
print(n(v) - b, n(k) - c)
d.setdefault('z', v)
d.setdefault('z', v)
print(n(v) - b)
x = d.pop('z')
print(n(v) - b, x is v)
del x
it = iter(d)
print(n(d) >= 1, next(it) is k, n(k) - c)
del it
kv = d.keys()
m = sys.getrefcount(d)
del kv
print(m - sys.getrefcount(d))
d.clear()
print(n(v) - b, n(k) - c)
d[v[0]] = d
print(d['value'] is d, sys.getrefcount(d) - 1)
del d['value']
print(sys.getrefcount(d) - 1)
big = {i: v for i in range(100)}
print(n(v) - b)
for i in range(50): del big[i]
print(n(v) - b)
big.update((i, None) for i in range(50, 100))
print(n(v) - b)
comp = {a: v for a in range(3)}
print(n(v) - b)
fk = dict.fromkeys('abc', v)
print(n(v) - b)
del comp, fk
print(n(v) - b)
