# __getattr__, __getattribute__, __setattr__, __delattr__, __dir__, and built-in getattr family.
# portable
class A:
    x = 1
    def __getattr__(self, n):
        if n.startswith('no'): raise AttributeError('custom ' + n)
        return 'dynamic ' + n
    def __setattr__(self, n, v):
        print('set', n, v)
        super().__setattr__(n, v)
    def __delattr__(self, n):
        print('del', n)
        super().__delattr__(n)
    def __dir__(self): return ['c', 'a', 'b']
a = A()
a.y = 2
print(a.x, a.y, a.foo, getattr(a, 'nope', 'dflt'), hasattr(a, 'nope'), hasattr(a, 'bar'), dir(a), a.__dict__)
del a.y
try:
    del a.zz
except AttributeError as e:
    print(e)
try:
    a.nothing
except AttributeError as e:
    print(e, e.name, e.obj is a)
class B:
    def __init__(self): object.__setattr__(self, 'log', [])
    def __getattribute__(self, n):
        object.__getattribute__(self, 'log').append(n)
        return object.__getattribute__(self, n)
    def meth(self): return 1
b = B()
b.v = 5
print(b.v, b.meth(), hasattr(b, 'q'), len(b.log), b.log)  # expect: 5 1 False 4 ['v', 'meth', 'q', 'log', 'log']
class C:
    def __getattribute__(self, n): raise AttributeError('always')
    def __getattr__(self, n): return 'rescued ' + n
print(C().anything, repr(C()).startswith('<__main__.C object'))  # expect: rescued anything True
class D:
    def __getattr__(self, n): raise ValueError('not attr error')
for f in (lambda: D().x, lambda: hasattr(D(), 'x'), lambda: getattr(D(), 'x', 1), lambda: getattr(1, 'x'), lambda: getattr(1, 5), lambda: setattr(1, 'x', 2), lambda: delattr(A(), 'q'), lambda: hasattr(1, 5), lambda: setattr(A, 5, 1), lambda: getattr(A(), 'nox'), lambda: getattr(), lambda: vars(1), lambda: object().__setattr__('x', 1), lambda: object.__getattribute__(a, 'foo'), lambda: dir(5)[:2], lambda: a.__getattribute__('nowhere'), lambda: a.__getattribute__()):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
class Proxy:
    def __init__(self, t): self.__dict__['t'] = t
    def __getattr__(self, n): return getattr(self.t, n)
    def __setattr__(self, n, v): setattr(self.t, n, v)
class T: z = 1
t = T()
p = Proxy(t)
p.z = 9
print(t.z, p.z, vars(t), Proxy([1, 2]).append(3), Proxy('abc').upper())  # expect: 9 9 {'z': 9} None ABC
try:
    len(Proxy([1]))
except TypeError as e:
    print(e)
class E:
    def __len__(self): return 3
e = E()
e.__len__ = lambda: 99
print(len(e), e.__len__())  # expect: 3 99
class F:
    def __dir__(self): return 5
try:
    dir(F())
except TypeError as e:
    print(e)
class G: pass
g = G()
setattr(g, 'with space', 1)
setattr(g, '', 2)
print(g.__dict__, getattr(g, ''), sorted(set(dir(g)) - set(dir(object()))))
class H:
    _H__m = 'mangled'
    def get(self): return self.__m
    def set(self, v): self.__m = v
    def __priv(self): return 'p'
    def call(self): return self.__priv()
h = H()
h.set(3)
print(h.get(), h._H__m, H._H__m, h.call(), h.__dict__)  # expect: 3 3 mangled p {'_H__m': 3}
