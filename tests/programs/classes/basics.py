# Classes and instances: attributes, methods, class variables, __init__, __new__, repr, errors.
# portable
class P:
    kind = 'point'
    def __init__(self, x, y=0):
        self.x, self.y = x, y
    def __repr__(self): return f'P({self.x}, {self.y})'
    def move(self, dx): self.x += dx; return self
p = P(1)
print(p, p.kind, p.move(2), P.move(p, 3), p.__dict__, p.__class__ is P, type(p) is P, P.__name__, P.__qualname__, P.__module__, P.__bases__, P.__mro__, P.__doc__)
p.kind = 'own'
print(p.kind, P.kind, P(0).kind)  # expect: own point point
del p.kind
P.kind = 'changed'
print(p.kind, hasattr(p, 'z'), getattr(p, 'z', 'default'), isinstance(p, P), issubclass(P, object), issubclass(P, P))
for s in ('p.nope', 'P.nope', 'p.nope()', 'del p.nope', 'P()', 'P(1, 2, 3)', 'p()', 'p + 1', '1 + p', 'p < p', 'len(p)', 'p[0]', 'p[0] = 1', 'del p[0]', 'for _ in p: pass', '1 in p', '-p', 'int(p)', 'float(p)', 'p.x.y', 'None.x', 'None.x = 1', 'del (5).real', 'with p: pass', 'P.__name__ = 5', 'P.__bases__ = 5', 'P.__dict__ = {}', 'P.__dict__["x"] = 1', 'object().x = 1', 'int.x = 1', 'p.__class__ = 5', 'p.__class__ = int', 'del p.__class__', 'super().x', 'object.__new__(5)', 'object.__new__(int)', 'P.__new__()', '"a".x', 'p @ 1', 'p += 1', 'abs(p)', 'p ** 2', '~p', 'divmod(p, 1)', 'await_ = p.__await__', 'next(p)', 'iter(p)', 'hash(p) and 1/0', 'p.move()', 'P.move()', 'round(p)', 'del P.nope', 'reversed(p)', 'bytes(p)', 'p(1)', 'p.x()', 'complex(p)', 'chr(p)', 'p[1:2]', '[][p]'):
    try:
        exec(s)
        print(s, 'fine')
    except Exception as e:
        print(s, '->', type(e).__name__, e)
class Q(P): pass
q = Q(5, 6)
print(q, isinstance(q, P), Q.__mro__, Q.__base__, P.__subclasses__(), q.move(1))
q.__class__ = P
print(type(q).__name__, q)  # expect: P P(6, 6)
class N:
    def __new__(cls, *a):
        print('new', cls.__name__, a)
        return super().__new__(cls)
    def __init__(self, *a): print('init', a)
N(1, 2)
class M:
    def __new__(cls): return 'not an instance'
    def __init__(self): print('never')
print(M())  # expect: not an instance
class Bad:
    def __init__(self): return 5
try:
    Bad()
except TypeError as e:
    print(e)
class E: pass
e1, e2 = E(), E()
print(e1 == e1, e1 == e2, e1 != e2, hash(e1) == hash(e1), len({e1, e2}), bool(e1), E.__dict__.keys() >= {'__module__', '__dict__'}, sorted(E.__dict__))
A = type('A', (P,), {'z': 1, 'f': lambda self: self.z})
print(A(1).f(), A.__name__, A.__module__, A(2), repr(A), str(P), [P])
if True:
    class Cond: v = 1
class W:
    a = 1
    b = a + 1
    for c in range(3): a += c
print(W.a, W.b, W.c, Cond.v, W().a)  # expect: 4 2 2 1 4
