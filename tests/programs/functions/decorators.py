# Decorators: order, arguments, classes as decorators, stacking, wraps by hand.
# portable
log = []
def deco(name):
    log.append('eval ' + name)
    def d(f):
        log.append('apply ' + name)
        def w(*a, **k):
            log.append('call ' + name)
            return f(*a, **k)
        w.__name__ = f.__name__ + '_' + name
        return w
    return d
@deco('a')
@deco('b')
def f(x, y=1): return x + y
print(f(2), f(2, y=5), f.__name__, log)
class Count:
    def __init__(self, f): self.f, self.n = f, 0
    def __call__(self, *a):
        self.n += 1
        return self.f(*a)
    def __get__(self, obj, cls=None): return lambda *a: self(obj, *a)
@Count
def g(x): return x * 2
print(g(1), g(2), g.n)  # expect: 2 4 2
class A:
    @Count
    def m(self, x): return x
    @staticmethod
    @deco('s')
    def st(x): return ('st', x)
    @classmethod
    def cm(cls, x): return (cls.__name__, x)
    @property
    def p(self): return 'prop'
    @deco('c')
    class Inner:
        def __init__(self, owner): pass
a = A()
print(a.m(5), a.st(1), A.st(2), a.cm(3), A.cm(4), a.p, type(a.Inner()).__name__, A.__dict__['m'].n)
def cls_deco(**attrs):
    def d(c):
        for k, v in attrs.items(): setattr(c, k, v)
        return c
    return d
@cls_deco(x=1, y='two')
class B: pass
print(B.x, B.y)  # expect: 1 two
@(lambda f: 'replaced')
def h(): pass
print(h)  # expect: replaced
table = {}
def register(f): return table.setdefault(f.__name__, f)
@register
def one(): return 1
@register
def two(): return 2
print(table['one']() + table['two'](), list(table))  # expect: 3 ['one', 'two']
decs = [lambda f: lambda: f() + '!', lambda f: lambda: f() + '?']
@decs[0]
@decs[1]
def s(): return 'x'
print(s())  # expect: x?!
def memo(f, cache={}):
    return lambda n: cache[n] if n in cache else cache.setdefault(n, f(n))
@memo
def fact(n): return 1 if n < 2 else n * fact(n - 1)
print(fact(25))  # expect: 15511210043330985984000000
try:
    @5
    def k(): pass
except TypeError as e:
    print(e)
def once(f):
    done = []
    def w():
        if not done: done.append(f())
        return done[0]
    return w
@once
def heavy():
    log.append('heavy')
    return 7
print(heavy(), heavy(), log.count('heavy'))  # expect: 7 7 1
