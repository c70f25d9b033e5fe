# portable
# Every protocol of classes once: operators, attributes, descriptors, metaclasses, slots, assignment of bases and class.
class A:
    "doc"
    z = 1
    def __init__(self, v): self.v = v
    def get(self): return self.v
    @property
    def p(self): return self.v * 2
    @p.setter
    def p(self, x): self.v = x
    @classmethod
    def c(cls, a): return (cls.__name__, a)
    @staticmethod
    def s(a): return a + 1
    def __repr__(self): return f'A({self.v})'
    def __eq__(self, o): return isinstance(o, A) and self.v == o.v
    def __hash__(self): return hash(self.v)
    def __lt__(self, o): return self.v < o.v
    def __add__(self, o): return A(self.v + (o.v if isinstance(o, A) else o))
    __radd__ = __add__
    def __iadd__(self, o): self.v += 100; return self
    def __len__(self): return 3
    def __getitem__(self, i): 
        if i > 2: raise IndexError
        return i * 10
    def __contains__(self, x): return x == 'in'
    def __call__(self, *a, **k): return (a, k)
    def __bool__(self): return False
    def __neg__(self): return A(-self.v)
    def __enter__(self): return self
    def __exit__(self, *a): return True
a = A(5)
print(a, a.get(), a.p, A.c(1), a.c(2), A.s(1), a.s(2), A.__doc__, a.z)
a.p = 9
print(a.v, a == A(9), a != A(9), hash(a) == hash(9), a < A(10), a > A(1), a + 1, 1 + a, a + a, len(a), list(a), 'in' in a, 'out' in a, a(1, k=2), bool(a), -a)
a += 1
print(a, sorted([A(3), A(1), A(2)]), {A(1): 'x'}[A(1)])
with a as q: raise ValueError
class B(A):
    def __init__(self, v, w): super().__init__(v); self.w = w
    def get(self): return ('B', super().get())
    @classmethod
    def c(cls, a): return ('B', super().c(a))
b = B(1, 2)
print(b.get(), B.c(3), b.__dict__, B.__mro__, B.__bases__, isinstance(b, A), issubclass(B, A), B.__subclasses__(), A.__subclasses__())
class M(type):
    def __new__(m, n, b, d, **k):
        c = super().__new__(m, n, b, d); c.tag = k; return c
    def __init__(c, n, b, d, **k): super().__init__(n, b, d)
    def __call__(c, *a): r = super().__call__(*a); r.made = True; return r
    def __getattr__(c, n): return 'meta ' + n
    @property
    def prop(c): return 'prop of ' + c.__name__
    def __iter__(c): return iter([1, 2])
    def __len__(c): return 7
    @classmethod
    def __prepare__(m, n, b, **k): return {'prepared': 1}
class C(metaclass=M, x=1): pass
print(C.tag, C().made, C.foo, C.prop, list(C), len(C), C.prepared, type(C))
class D:
    def __get__(self, o, t): return ('get', o is None, t.__name__)
    def __set__(self, o, v): print('set', v)
    def __delete__(self, o): print('del')
    def __set_name__(self, o, n): print('name', o.__name__, n)
class N:
    def __get__(self, o, t): return 'nondata'
class E:
    d = D(); n = N()
    def __init_subclass__(cls, **k): print('sub', cls.__name__, k)
    def __class_getitem__(cls, i): return (cls.__name__, i)
e = E()
print(e.d, E.d, e.n); e.d = 4; del e.d; e.n = 3; print(e.n, e.__dict__, E[int])
class F(E, a=1): pass
class G:
    __slots__ = ('x', 'y', '__weakref__')
g = G(); g.x = 1
print(g.x, hasattr(g, 'y'), G.__slots__, hasattr(g, '__dict__'))
del g.x
print(hasattr(g, 'x'))
class H(G): pass
h = H(); h.q = 1; h.x = 2; print(h.__dict__, h.x)
class I(int):
    def __add__(self, o): return I(int(self) + o + 1)
    def foo(self): return self * 2
i = I(4); i.attr = 'yes'
print(i + 1, i.foo(), i.attr, type(i + 1).__name__, i, I.__mro__)
class L(list):
    def append(self, x): super().append(x * 2)
l = L([1]); l.append(2); l.t = 1; print(l, len(l), l.t, l == [1, 4])
class T(tuple):
    def __new__(cls, *a): return super().__new__(cls, a)
t = T(1, 2); t.k = 3; print(t, t.k, t[0])
class Di(dict):
    def __missing__(self, k): return k * 2
d = Di(a=1); print(d['a'], d['zz'], d)
class St(str):
    def __eq__(self, o): return True
    __hash__ = str.__hash__
print(St('a') == 'b', St('q').upper(), len(St('abc')))
class X(Exception):
    def __init__(self, a): super().__init__(a); self.a = a
try: raise X(5)
except X as x: print(x.a, x.args, repr(x), str(x))
A.z = 5; print(a.z, b.z); del A.z
print(hasattr(a, 'z'))
A.__len__ = lambda s: 42
print(len(a), len(b))
del A.__len__
try: len(b)
except TypeError as e: print(e)
class O1: 
    def f(self): return 1
class O2: 
    def f(self): return 2
class O3(O1): pass
o = O3(); print(o.f()); O3.__bases__ = (O2,); print(o.f(), O3.__mro__, O1.__subclasses__(), O2.__subclasses__())
o.__class__ = O1; print(o.f(), type(o))
o.zz = 5; o.__class__ = O2; print(o.zz, o.__dict__)
o.__dict__ = {'n': 1}; print(o.n, o.__dict__); o.m = 2; print(o.__dict__)
def fn(a, b=2, *c, d=3, **e) -> int: "fdoc"
print(fn.__name__, fn.__defaults__, fn.__kwdefaults__, fn.__annotations__, fn.__doc__, fn.__qualname__, fn.__module__, fn.__closure__, fn.__dict__)
fn.x = 1; print(fn.__dict__, fn.x)
print(A.get.__name__, a.get.__func__ is A.get, a.get.__self__ is a, a.get == a.get, hash(a.get) == hash(a.get))
m = a.get; print(m(), m.__name__, m.__doc__)
print((lambda: 0).__get__(1)  .__self__)
class Lazy:
    def __getattr__(self, n):
        if n == 'bad': raise AttributeError('nope')
        return n.upper()
print(Lazy().abc, hasattr(Lazy(), 'bad'), getattr(Lazy(), 'bad', 'dflt'))
class GA:
    def __getattribute__(self, n):
        if n == 'x': return 'X'
        return super().__getattribute__(n)
ga = GA(); ga.y = 1; print(ga.x, ga.y)
class SA:
    def __setattr__(self, n, v): super().__setattr__(n, v * 2)
    def __delattr__(self, n): print('deleting', n); super().__delattr__(n)
sa = SA(); sa.a = 4; print(sa.a); del sa.a
class It:
    def __init__(self): self.n = 0
    def __iter__(self): return self
    def __next__(self):
        self.n += 1
        if self.n > 3: raise StopIteration
        return self.n
print(list(It()), sum(It()), max(It()), [x for x in It()], dict(zip(It(), It())), tuple(map(str, It())))
class Abs: 
    def __index__(self): return 5
    def __int__(self): return 6
    def __float__(self): return 1.5
    def __abs__(self): return 'abs'
    def __divmod__(self, o): return 'dm'
    def __pow__(self, o, m=None): return ('pow', o, m)
    def __matmul__(self, o): return 'mm'
    def __invert__(self): return 'inv'
    def __round__(self, n=None): return ('round', n)
    def __format__(self, s): return 'fmt' + s
    def __bytes__(self): return b'by'
    def __complex__(self): return 1j
    def __reversed__(self): return 'rev'
    def __dir__(self): return ['b', 'a']
    def __sizeof__(self): return 99
x = Abs()
print([1,2,3,4,5,6][x], int(x), float(x), abs(x), divmod(x, 1), x ** 2, pow(x, 2, 3), x @ 1, ~x, round(x), round(x, 2), f'{x:>3}', bytes(x), complex(x), reversed(x), dir(x), range(10)[x])
print(dir(A)[-6:], [k for k in A.__dict__ if not k.startswith('__')])
print(type('Dyn', (A,), {'k': 1})(3).k, type.__name__, type(type), object.__class__)
print(vars(E).keys() if False else sorted(k for k in E.__dict__))
import_ok = 1
class Del:
    def __init__(self, n): self.n = n
    def __del__(self): print('del', self.n)
x = Del(1); x = None
y = Del(2); z = y; del y; print('still'); del z
def scope():
    q = Del(3)
scope()
class Res:
    def __del__(self): global saved; saved = self
r = Res(); r = None; print(saved.__class__.__name__)
print(A.__name__, A.__qualname__, A.__module__); A.__name__ = 'ZZ'; print(A, A.__name__); A.__qualname__ = 'QQ'; print(A)
def gen[T](x: T) -> T: return x
type Al = int | str
print(gen.__type_params__, gen(3))
print(int | None, list[int], dict[str, int].__args__, isinstance(3, int | str), (int | str) == (str | int))
