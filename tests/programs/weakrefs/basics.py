# _weakref: ref and proxy, callbacks, counts, equality and hash, errors.
import _weakref as w
class A:
    def __init__(self, n=0): self.n = n
    def __eq__(self, o): return isinstance(o, A) and self.n == o.n
    def __hash__(self): return hash(self.n)
    def __repr__(self): return f'A{self.n}'
a = A(1)
r = w.ref(a)
print(r() is a, w.ref(a) is r, w.getweakrefcount(a), r.__callback__, type(r).__name__)
log = []
r2 = w.ref(a, lambda ref: log.append(ref() is None))
r3 = w.ref(a, lambda ref: log.append('r3'))
print(w.getweakrefcount(a), len(w.getweakrefs(a)), r2 is r, r2 == r, hash(r) == hash(a), r2.__callback__ is not None)
b = A(1)
rb = w.ref(b)
print(r == rb, r != rb, {r: 'x'}.get(rb), r == 5)  # expect: True False x False
del a
print(r(), log, r2(), w.getweakrefcount(b), r == rb, hash(r) == hash(1), r == r)
del r3
p = w.proxy(b)
print(p.n, p == b, repr(type(p)), str(p), p.__class__.__name__, w.getweakrefcount(b), isinstance(p, A), type(p) is A)
p.n = 5
print(b.n)  # expect: 5
del b
for f in (lambda: p.n, lambda: p == 1, lambda: str(p), lambda: hash(p), lambda: p.__class__, lambda: w.ref(5), lambda: w.ref([]), lambda: w.ref(()), lambda: w.ref(None), lambda: w.ref('a'), lambda: w.ref(), lambda: w.ref(A(), 1, 2), lambda: w.proxy(1), lambda: hash(w.ref(A(1)) if False else rb), lambda: w.getweakrefcount(5)):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
c = A(2)
dead = w.ref(c)
del c
try:
    hash(dead)
except TypeError as e:
    print(e)
def f(): pass
class S:
    __slots__ = ('__weakref__',)
class L(list): pass
class T(tuple): pass
for o in (f, A, S(), L(), {1}, frozenset([1]), (x for x in ()), A().__init__, len, f.__code__, ValueError, type):
    print(type(w.ref(o)).__name__, end=' ')
print()
for o in (T(), 5, {}, [], object(), (), b'', bytearray(), 1.5, ValueError(), range(3), slice(1), super(A, A()), iter([])):
    try:
        w.ref(o)
        print('ok', end=' ')
    except TypeError as e:
        print(e, end='; ')
print()
bm = w.ref(A().__init__)
print(bm())  # expect: None
class Call:
    def __call__(self, x): return x * 2
    def __len__(self): return 3
    def __getitem__(self, i): return i
    def __iter__(self): return iter('it')
    def __add__(self, o): return 'add'
    def __bool__(self): return False
c = Call()
q = w.proxy(c)
print(q(4), len(q), q[7], list(q), q + 1, bool(q), type(q).__name__, type(w.proxy(A)).__name__)
class Ref(w.ref):
    def __init__(self, o, cb=None):
        super().__init__(o, cb)
        self.extra = 'e'
    def __new__(cls, o, cb=None): return super().__new__(cls, o, cb)
x = Ref(c)
print(x() is c, x.extra, type(x).__name__, w.ref(c) is x, w.getweakrefcount(c))  # expect: True e Ref False 2
