# gc.get_referents and gc.get_referrers.
import gc
class A: pass
a, b = A(), A()
a.x = b
L = [a, b, 5, 'x']
d = {'k': a, 7: [1]}
t = (a, None)
print([type(o).__name__ for o in gc.get_referents(L)], [type(o).__name__ for o in gc.get_referents(d)], [type(o).__name__ for o in gc.get_referents(t)], gc.get_referents(5), gc.get_referents('a'), gc.get_referents(), len(gc.get_referents(L, t)))
print([o is b or o is A for o in gc.get_referents(a)])  # expect: [True, True]
r = gc.get_referrers(b)
print(any(o is L for o in r), any(o is a for o in r), any(o is globals() for o in r))  # expect: True True True
r = gc.get_referrers(a)
print(any(o is t for o in r), any(o is d for o in r), any(o is b for o in r))  # expect: True True False
del r
print(gc.get_referrers(object()), [type(o).__name__ for o in gc.get_referrers(d[7])])  # expect: [] ['dict']
def f(x=L): return d
print(sorted(type(o).__name__ for o in gc.get_referents(f)))
c = (lambda q: lambda: q)(a)
print([type(o).__name__ for o in gc.get_referents(c.__closure__[0])], [o is a for o in gc.get_referents(c.__closure__[0])])
m = a.__init__
class B(A):
    def meth(self): pass
x = B()
bm = x.meth
print(sorted(type(o).__name__ for o in gc.get_referents(bm)))  # expect: ['B', 'function']
print(sorted(o.__name__ for o in gc.get_referents(B) if isinstance(o, type)), any(o is B for o in gc.get_referrers(B.meth)) or len(gc.get_referrers(B.meth)) > 0)
s = {a, b}
print(len(gc.get_referents(s)), [type(o).__name__ for o in gc.get_referents(iter(L))], len(gc.get_referents(slice(L, None, d))), [type(o).__name__ for o in gc.get_referents(ValueError(L))])
def g():
    loc = L
    yield
i = g()
next(i)
print(any(o is L for o in gc.get_referents(i)), sorted({type(o).__name__ for o in gc.get_referents(i)}))
print(len(gc.get_referrers(L)) >= 2, any(o is i for o in gc.get_referrers(L)))  # expect: True True
