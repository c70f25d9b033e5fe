# Descriptors: data and non-data, precedence, __set_name__, __delete__, on classes and metaclasses.
# portable
class Data:
    def __set_name__(self, owner, name):
        print('set_name', owner.__name__, name)
        self.name = name
    def __get__(self, obj, cls=None):
        if obj is None: return f'class access {self.name} {cls.__name__}'
        return f'data {self.name}'
    def __set__(self, obj, v): print('set', self.name, v)
    def __delete__(self, obj): print('delete', self.name)
class NonData:
    def __get__(self, obj, cls): return ('non-data', obj is None, cls.__name__)
class A:
    d = Data()
    n = NonData()
    e = d
a = A()
a.__dict__.update(d='inst d', n='inst n')
print(a.d, a.n, A.d, A.n, a.e)  # expect: data e inst n class access e A ('non-data', True, 'A') data e
a.d = 5
del a.d
a.n = 'new'
del a.n
print(a.n, a.__dict__)  # expect: ('non-data', False, 'A') {'d': 'inst d'}
class SetOnly:
    def __set__(self, o, v): o.__dict__['s'] = v * 2
class B:
    s = SetOnly()
b = B()
print(type(b.s).__name__)  # expect: SetOnly
b.s = 4
print(b.s)  # expect: 8
try:
    del b.s
except AttributeError as e:
    print(e)
class GetRaise:
    def __get__(self, o, c): raise AttributeError('from descriptor')
class C:
    g = GetRaise()
    def __getattr__(self, n): return 'getattr ' + n
class D:
    g = GetRaise()
print(C().g, hasattr(D(), 'g'))  # expect: getattr g False
try:
    D.g
except AttributeError as e:
    print(e)
class Meta(type):
    m = Data()
    def meth(cls): return 'meta ' + cls.__name__
class M(metaclass=Meta):
    m = 'class attr'
print(M.m, M.meth(), hasattr(M(), 'meth'))  # expect: data m meta M False
M.m = 3
class BadName:
    def __set_name__(self, o, n): raise ValueError('bad name')
try:
    class E: x = BadName()
except ValueError as e:
    print(e, getattr(e, '__notes__', None))
class Lazy:
    def __init__(self, f): self.f = f
    def __get__(self, o, c):
        if o is None: return self
        v = o.__dict__[self.f.__name__] = self.f(o)
        return v
class F:
    @Lazy
    def cost(self):
        print('computed')
        return 42
f = F()
print(f.cost, f.cost, F.cost.f.__name__)  # expect: 42 42 cost
class Func:
    def __call__(self, *a): return a
class G:
    f = Func()
    l = lambda self: self
    i = int
    b = len
print(G().f(1), type(G().l()).__name__, G().i('5'), G().b([1]))  # expect: (1,) G 5 1
class Typed:
    def __init__(self, t): self.t = t
    def __set_name__(self, o, n): self.n = '_' + n
    def __get__(self, o, c): return getattr(o, self.n, None)
    def __set__(self, o, v):
        if not isinstance(v, self.t): raise TypeError(f'{self.n[1:]} must be {self.t.__name__}')
        setattr(o, self.n, v)
class H:
    age = Typed(int)
h = H()
h.age = 3
try:
    h.age = 'x'
except TypeError as e:
    print(e, h.age)
print(type(A.__dict__['d']).__name__, type(int.__dict__['real']).__name__, type(str.__dict__['join']).__name__, type(int.__dict__['__add__']).__name__, type((1).__add__).__name__, type(F.__dict__['__dict__']).__name__, repr(str.join), repr(int.__add__), repr(int.real), repr(dict.__dict__['fromkeys'])[:50])
