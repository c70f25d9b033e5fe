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
print(local())
def passing(x): return rc(x)
def twice(x): return passing(x)
def thrice(x): return twice(x)
o = object()
print(passing(o), twice(o), thrice(o))
def kwonly(*, k): return rc(k)
def default(x=o): return rc(x)
print(kwonly(k=o), default(), default(o))
del default
def star(*a, **k): return rc(o), len(a), len(k)
print(star(), star(o), star(o, o), star(z=o), star(*[o, o]), star(**{'q': o}))
def clos():
    v = object()
    def inner(): return rc(v)
    return inner(), rc(v)
print(clos())
def gen(x):
    yield rc(x)
    yield rc(x)
g = gen(o)
print(next(g), next(g), rc(o))
del g
print(rc(o))
def ident(x): return x
print(rc(ident(o)), rc(ident(ident(o))), rc((o, o)[0]), rc([o][0]), rc({'k': o}['k']), rc(o if o else None), rc(o or 1))
def ret_local():
    z = object()
    return z
print(rc(ret_local()))
class C:
    def m(self): return rc(self)
    def n(self): return self.m()
c = C()
print(rc(c), c.m(), c.n(), C().m())
bm = c.m
print(rc(c), bm())
del bm
print(rc(c))
def exc():
    v = object()
    try:
        raise ValueError(v)
    except ValueError as e:
        r = rc(v)
    return r, rc(v)
print(exc())
def loop():
    v = object()
    out = []
    for i in (v, v): out.append(rc(v))
    out.append(rc(v))
    i = None
    out.append(rc(v))
    return out
print(loop())
def comp():
    v = object()
    return [rc(v) for _ in range(2)], [rc(w) for w in [v]], {rc(v) for _ in 'a'}, list(rc(v) for _ in 'a')
print(comp())
def unpack():
    v = object()
    a, b, *c = v, v, v
    return rc(v)
print(unpack())
def walrus():
    if (n := object()): return rc(n)
print(walrus())
def rec(n, x): return rc(x) if n == 0 else rec(n - 1, x)
print([rec(n, o) for n in range(4)])
