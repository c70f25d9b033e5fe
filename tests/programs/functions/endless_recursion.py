# Endless recursion through every kind of call ends in a RecursionError with CPython's text, and the program goes on.
import sys
def attempt(name, f):
    try:
        f()
        print(name, 'no error')
    except RecursionError as e:
        print(name, 'RecursionError', e)
    except Exception as e:
        print(name, type(e).__name__, e)

class R:
    def __repr__(self): return repr(self)
class S:
    def __str__(self): return str(self)
class G:
    def __getattr__(self, n): return getattr(self, n + 'x')
class E:
    def __eq__(self, o): return self == o
class L:
    def __lt__(self, o): return self < o
class I:
    def __init__(self): I()
class P:
    @property
    def x(self): return self.x
class N:
    def __next__(self): return next(self)
    def __iter__(self): return iter(self)
class C:
    def __call__(self): return self()
class H:
    def __hash__(self): return hash(self)
class W:
    def __new__(cls): return W()
class X:
    def __enter__(self):
        with self: pass
    def __exit__(self, *a): pass
class Meta(type):
    def __call__(cls): return cls()
class M(metaclass=Meta): pass
class D:
    def __get__(self, o, t): return t.d
class HD: d = D()
class F:
    def __format__(self, s): return format(self, s)
class IDX:
    def __index__(self): return self.__index__()
class GA:
    def __getattribute__(self, n): return getattr(self, n)
class SA:
    def __setattr__(self, n, v): setattr(self, n, v)
class IC(type):
    def __instancecheck__(cls, o): return isinstance(o, cls)
class ICx(metaclass=IC): pass
class B:
    def __bool__(self): return bool(self)
class CT:
    def __contains__(self, x): return x in self

def plain(): plain()
def mutual1(): mutual2()
def mutual2(): mutual1()
def kw(**k): kw(**k)
def star(*a): star(*a)
def gen():
    yield from gen()
def comp(): return [comp() for _ in [1]]
def lam(): return (lambda: lam())()
def sortkey(x): return sorted([1, 2], key=sortkey)
def mapper(x): return list(map(mapper, [x]))
def ev(n): return eval('ev(n + 1)')
def ex(): exec('ex()')
def red(a, b):
    from functools import reduce
    return reduce(red, [1, 2])
def gg():
    for x in gg(): yield x
attempt('plain', plain)
attempt('mutual', mutual1)
attempt('kw', lambda: kw(a=1))
attempt('star', lambda: star(1))
attempt('gen', lambda: list(gen()))
attempt('gg', lambda: list(gg()))
attempt('comp', comp)
attempt('lam', lam)
attempt('sort', lambda: sortkey(1))
attempt('map', lambda: mapper(1))
attempt('eval', lambda: ev(1))
attempt('exec', ex)
attempt('reduce', lambda: red(1, 2))
attempt('repr', lambda: repr(R()))
attempt('str', lambda: str(S()))
attempt('getattr', lambda: G().a)
attempt('eq', lambda: E() == E())
attempt('lt', lambda: L() < L())
attempt('init', I)
attempt('property', lambda: P().x)
attempt('next', lambda: next(N()))
attempt('iter', lambda: iter(N()))
attempt('call', lambda: C()())
attempt('hash', lambda: hash(H()))
attempt('new', W)
attempt('with', lambda: X().__enter__())
attempt('metacall', lambda: M())
attempt('descr', lambda: HD().d)
attempt('format', lambda: f'{F()}')
attempt('index', lambda: [1][IDX()])
attempt('getattribute', lambda: GA().x)
attempt('setattr', lambda: setattr(SA(), 'x', 1))
attempt('isinstance', lambda: isinstance(1, ICx))
attempt('bool', lambda: bool(B()))
attempt('contains', lambda: 1 in CT())
attempt('dict', lambda: {E(): 1, E(): 2})
print('alive', plain.__name__, sys.getrecursionlimit())
