# Counts of objects held by fast locals, temporaries on the stack, returns, defaults, closures.
import sys
rc = sys.getrefcount
def local():
    o = object()
    r = [rc(o)]
    p = o
    r.append(rc(o))
    del p
    r.append(rc(o))
    q = [o] * 5
    r.append(rc(o))
    q = None
    r.append(rc(o))
    return r
print(local())  # expect: [2, 3, 2, 7, 2]
def passing(x): return rc(x)
def twice(x): return passing(x)
def thrice(x): return twice(x)
o = object()
print(passing(o), twice(o), thrice(o))  # expect: 3 4 5
def kwonly(*, k): return rc(k)
def default(x=o): return rc(x)
print(kwonly(k=o), default(), default(o))  # expect: 4 4 4
del default
def star(*a, **k): return rc(o), len(a), len(k)
print(star(), star(o), star(o, o), star(z=o), star(*[o, o]), star(**{'q': o}))
def clos():
    v = object()
    def inner(): return rc(v)
    return inner(), rc(v)
print(clos())  # expect: (2, 2)
def gen(x):
    yield rc(x)
    yield rc(x)
g = gen(o)
print(next(g), next(g), rc(o))  # expect: 3 3 3
del g
print(rc(o))  # expect: 2
def ident(x): return x
print(rc(ident(o)), rc(ident(ident(o))), rc((o, o)[0]), rc([o][0]), rc({'k': o}['k']), rc(o if o else None), rc(o or 1))
def ret_local():
    z = object()
    return z
print(rc(ret_local()))  # expect: 1
class C:
    def m(self): return rc(self)
    def n(self): return self.m()
c = C()
print(rc(c), c.m(), c.n(), C().m())  # expect: 2 3 4 2
bm = c.m
print(rc(c), bm())  # expect: 3 4
del bm
print(rc(c))  # expect: 2
def exc():
    v = object()
    try:
        raise ValueError(v)
    except ValueError as e:
        r = rc(v)
    return r, rc(v)
print(exc())  # expect: (3, 2)
def loop():
    v = object()
    out = []
    for i in (v, v): out.append(rc(v))
    out.append(rc(v))
    i = None
    out.append(rc(v))
    return out
print(loop())  # expect: [5, 5, 3, 2]
def comp():
    v = object()
    return [rc(v) for _ in range(2)], [rc(w) for w in [v]], {rc(v) for _ in 'a'}, list(rc(v) for _ in 'a')
print(comp())  # expect: ([2, 2], [4], {2}, [2])
def unpack():
    v = object()
    a, b, *c = v, v, v
    return rc(v)
print(unpack())  # expect: 5
def walrus():
    if (n := object()): return rc(n)
print(walrus())  # expect: 2
def rec(n, x): return rc(x) if n == 0 else rec(n - 1, x)
print([rec(n, o) for n in range(4)])  # expect: [3, 4, 5, 6]
