# Metaclasses: __new__, __init__, __call__, __prepare__, keywords, conflicts, __instancecheck__.
# portable
class Meta(type):
    @classmethod
    def __prepare__(mcs, name, bases, **kw):
        print('prepare', name, kw)
        return {'prepared': True}
    def __new__(mcs, name, bases, ns, **kw):
        print('new', name, sorted(k for k in ns if not k.startswith('__')))
        return super().__new__(mcs, name, bases, ns)
    def __init__(cls, name, bases, ns, **kw):
        print('init', name, kw)
        super().__init__(name, bases, ns)
    def __call__(cls, *a):
        print('call', cls.__name__, a)
        return super().__call__(*a)
    def __repr__(cls): return f'<Meta {cls.__name__}>'
    def __len__(cls): return 42
    def __getitem__(cls, k): return f'{cls.__name__}[{k}]'
    def __iter__(cls): return iter('abc')
    def __contains__(cls, x): return x == 1
    def __add__(cls, o): return 'added'
    def __getattr__(cls, n): return 'meta getattr ' + n
    def __eq__(cls, o): return True
    def __hash__(cls): return 5
    @property
    def prop(cls): return 'meta property'
class A(metaclass=Meta, opt=1):
    x = 1
    def __init__(self, *a): self.args = a
class B(A, opt=2): y = 2
print(A, B(1, 2).args, len(A), A[5], list(A), 1 in A, A + 1, A.zzz, A == 5, hash(A), A.prop, A.prepared, type(A) is Meta, isinstance(A, Meta), [A], f'{A}')
class Other(type): pass
for code in ('class C(A, metaclass=Other): pass', 'class C(metaclass=5): pass', 'class C(A, foo=1, metaclass=Other): pass', 'class C(zzz=1): pass', 'class C(5): pass', 'class C(*[1]): pass', 'type("x", (), {}, q=1)', 'type("x")', 'type(1, 2)', 'type("x", 5, {})', 'type(5, (), {})', 'type("x\\0", (), {})', 'type("x", (), 5)', 'class C(metaclass=lambda *a, **k: 7): pass\nprint(C)', 'class C(metaclass=print): pass'):
    try:
        exec(code)
    except Exception as e:
        print(code, '->', type(e).__name__, e)
class Inst(type):
    def __instancecheck__(cls, o): return o == 5
    def __subclasscheck__(cls, c): return c is str
class I(metaclass=Inst): pass
print(isinstance(5, I), isinstance('a', I), isinstance(I(), I), issubclass(str, I), issubclass(int, I))
class Sing(type):
    cache = {}
    def __call__(cls, *a):
        if cls not in Sing.cache: Sing.cache[cls] = super().__call__(*a)
        return Sing.cache[cls]
class S(metaclass=Sing): pass
print(S() is S())  # expect: True
class Reg(type):
    all = []
    def __init__(cls, n, b, d):
        super().__init__(n, b, d)
        Reg.all.append(n)
R1 = Reg('R1', (), {})
class R2(R1): pass
print(Reg.all, type(R2).__name__, R2.__class__)  # expect: ['R1', 'R2'] Reg <class '__main__.Reg'>
class Ordered(type):
    @classmethod
    def __prepare__(mcs, n, b): return Rec()
    def __new__(mcs, n, b, ns): return super().__new__(mcs, n, b, dict(ns))
class Rec(dict):
    def __setitem__(self, k, v):
        print('body', k)
        super().__setitem__(k, v)
class O(metaclass=Ordered):
    p = 1
    def q(self): pass
    p = 2
print(O.p)  # expect: 2
class BadPrep(type):
    @classmethod
    def __prepare__(mcs, n, b): return 5
try:
    class X(metaclass=BadPrep): pass
except TypeError as e:
    print(e)
print(type(type), type.__mro__, type(object), object.__bases__, isinstance(type, object), isinstance(object, type), type.__call__(int, '7'), type('T', (int,), {})(5) + 1)
