# weakref.ref: equality, hash, repr, call, callback attribute, subclasses, arguments.
import weakref
import sys
class P:
    def __init__(self, v):
        self.v = v
    def __eq__(self, o):
        return isinstance(o, P) and self.v == o.v
    def __hash__(self):
        return hash(self.v)
a, b = P(1), P(1)
ra, rb = weakref.ref(a), weakref.ref(b)
print(ra == rb, ra is rb, ra != rb, hash(ra) == hash(a), ra() is a, weakref.ref(a) is ra)
ha = hash(ra)
cb = weakref.ref(a, print)
print(cb is ra, cb == ra, cb.__callback__ is print, ra.__callback__)
print(repr(ra).startswith('<weakref at 0x'), repr(ra).endswith('>'), "to 'P'" in repr(ra))
for f in (lambda: ra < rb, lambda: ra(1), lambda: ra(x=1), lambda: weakref.ref(), lambda: weakref.ref(a, None, 1), lambda: weakref.ref(1), lambda: weakref.ref(a, callback=print), lambda: setattr(ra, 'x', 1), lambda: setattr(ra, '__callback__', 1)):
    try:
        f()
    except (TypeError, AttributeError) as e:
        print(type(e).__name__, e)
cb = None
n = sys.getrefcount(a)
x = ra()
print(sys.getrefcount(a) - n)
del x
dead = weakref.ref(P(5))
print(dead(), dead == weakref.ref(P(5)), dead == dead, repr(dead).endswith('; dead>'))
try:
    hash(dead)
except TypeError as e:
    print(e)
del a
print(hash(ra) == ha, ra == rb, ra(), {ra: 1}[ra])
class R(weakref.ref):
    __slots__ = ('key',)
    def __new__(cls, o, callback=None, key=None):
        self = super().__new__(cls, o, callback)
        self.key = key
        return self
    def __init__(self, o, callback=None, key=None):
        super().__init__(o, callback)
    def __call__(self):
        return 'called', super().__call__() is not None
r1 = R(b, None, 'k')
r2 = R(b, None, 'k')
print(r1 is r2, r1.key, r1(), r1 == r2, weakref.getweakrefcount(b), isinstance(r1, weakref.ref))
log = []
r3 = R(b, lambda r: log.append((r.key, r())), 'third')
del b
print(log, r1(), weakref.ref[int])
class NoWeak:
    __slots__ = ()
class Weak:
    __slots__ = ('__weakref__',)
print(weakref.ref(Weak())())
try:
    weakref.ref(NoWeak())
except TypeError as e:
    print(e)
kinds = [P, len, lambda: 0, P(1).__hash__, {1}, frozenset([2]), type, weakref, (i for i in ()), b.__class__ if 0 else P, memoryview(b''), sys._getframe().f_code]
print([weakref.getweakrefcount(k) >= 0 and weakref.ref(k)() is k for k in kinds])
