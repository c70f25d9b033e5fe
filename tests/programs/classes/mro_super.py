# Multiple inheritance: C3 order, super() chains, conflicts, diamond.
# portable
class A:
    def f(self): return ['A']
class B(A):
    def f(self): return ['B'] + super().f()
class C(A):
    def f(self): return ['C'] + super().f()
class D(B, C):
    def f(self): return ['D'] + super().f()
print(D().f(), [c.__name__ for c in D.__mro__], D.mro() == list(D.__mro__))
class X: pass
class Y: pass
class XY(X, Y): pass
class YX(Y, X): pass
for bases in ((XY, YX), (A, B), (X, X), (int, str), (bool,), (5,), (None,), (type(None),), (range,), (slice,), (type(lambda: 0),), (int, float), (A, 5)):
    try:
        print(type('Z', bases, {}).__mro__)
    except TypeError as e:
        print(e)
class E(D):
    def f(self): return [super(D, self).f(), super(B, self).f(), super(C, self).f(), super(E, self).f()]
print(E().f())  # expect: [['B', 'C', 'A'], ['C', 'A'], ['A'], ['D', 'B', 'C', 'A']]
class S:
    def __init__(self, **kw): print('S', kw)
class T(S):
    def __init__(self, t=0, **kw):
        print('T', t)
        super().__init__(**kw)
class U(S):
    def __init__(self, u=0, **kw):
        print('U', u)
        super().__init__(**kw)
class V(T, U):
    def __init__(self, **kw): super().__init__(**kw)
V(t=1, u=2)
class K:
    @classmethod
    def make(cls): return cls.__name__
    @staticmethod
    def st(): return 'static'
    @property
    def p(self): return 'K.p'
    x = 'K.x'
class L(K):
    @classmethod
    def make(cls): return 'L+' + super().make()
    @staticmethod
    def st(): return 'L+' + super(L, L).st()
    @property
    def p(self): return 'L+' + super().p
    def getx(self): return super().x
l = L()
print(L.make(), l.make(), L.st(), l.p, l.getx(), super(L, l).x, super(L, L).make(), repr(super(L, l)).startswith('<super: <class \'L\'>, <L object>>'), repr(super(L)))
for f in (lambda: super(L, 5), lambda: super(5, l), lambda: super(), lambda: super(L, l).zz, lambda: super(L, K()), lambda: super(1, 2, 3)):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
def out(self): return super().f()
try:
    out(D())
except RuntimeError as e:
    print(e)
class G:
    def m(self): return __class__.__name__
    def n(self):
        def inner(): return super(__class__, self).__repr__()[:9]
        return inner()
    def o(self): return [super().__hash__() == hash(self) for _ in 'a'] if False else 'skip'
print(G().m(), G().n(), type('H', (G,), {})().m())  # expect: G <__main__ G
B.__bases__ = (X, A)
print([c.__name__ for c in D.__mro__], D().f())  # expect: ['D', 'B', 'X', 'C', 'A', 'object'] ['D', 'B', 'C', 'A']
class Meta(type):
    def mro(cls): return [cls, A, object]
class Odd(metaclass=Meta): pass
print(Odd.__mro__, Odd().f())  # expect: (<class '__main__.Odd'>, <class '__main__.A'>, <class 'object'>) ['A']
