# Mutable defaults, class attributes and cached objects: who shares what, seen through counts and identity.
import sys
def f(x=[]):
    x.append(1)
    return x
a, b = f(), f()
print(a is b, a, f.__defaults__[0] is a, sys.getrefcount(a) - 1)
class C:
    shared = []
    def __init__(self): self.own = []
p, q = C(), C()
p.shared.append(1)
print(q.shared, p.own is q.own, sys.getrefcount(C.shared) - 1)
p.shared = 'own now'
print(q.shared, sys.getrefcount(C.shared) - 1)
rows = [[0] * 3] * 3
print(sys.getrefcount(rows[0]) - 1)
rows = [[0] * 3 for _ in range(3)]
print(sys.getrefcount(rows[0]) - 1)
d = dict.fromkeys('abc', [])
print(sys.getrefcount(d['a']) - 1, d['a'] is d['c'])
t = ([],) * 4
print(sys.getrefcount(t[0]) - 1)
s = 'word' + str(1)
L = [s] * 100
print(sys.getrefcount(s) - 1)
g = (x for x in L)
print(sys.getrefcount(L) - 1)
del g
print(sys.getrefcount(L) - 1)
it = iter(L)
for _ in it: pass
print(sys.getrefcount(L) - 1)
