# Reference counts of keys and values, and what dict operations share.
import sys
v = ['value']
k = ('key', [].__len__())
def n(o): return sys.getrefcount(o) - 2
b, c = n(v), n(k)
d = {k: v}
print(n(v) - b, n(k) - c)  # expect: 1 1
e = d.copy()
f = dict(d)
g = {**d}
h = d | {}
print(n(v) - b, n(k) - c)  # expect: 5 5
items = list(d.items())
print(n(v) - b, n(k) - c)  # expect: 6 6
del e, f, g, h, items
print(n(v) - b, n(k) - c)  # expect: 1 1
d[k] = 5
print(n(v) - b, n(k) - c)  # expect: 0 1
d.setdefault('z', v)
d.setdefault('z', v)
print(n(v) - b)  # expect: 1
x = d.pop('z')
print(n(v) - b, x is v)  # expect: 1 True
del x
it = iter(d)
print(n(d) >= 1, next(it) is k, n(k) - c)  # expect: True True 1
del it
kv = d.keys()
m = sys.getrefcount(d)
del kv
print(m - sys.getrefcount(d))  # expect: 1
d.clear()
print(n(v) - b, n(k) - c)  # expect: 0 0
d[v[0]] = d
print(d['value'] is d, sys.getrefcount(d) - 1)  # expect: True 2
del d['value']
print(sys.getrefcount(d) - 1)  # expect: 1
big = {i: v for i in range(100)}
print(n(v) - b)  # expect: 100
for i in range(50): del big[i]
print(n(v) - b)  # expect: 50
big.update((i, None) for i in range(50, 100))
print(n(v) - b)  # expect: 0
comp = {a: v for a in range(3)}
print(n(v) - b)  # expect: 3
fk = dict.fromkeys('abc', v)
print(n(v) - b)  # expect: 6
del comp, fk
print(n(v) - b)  # expect: 0
