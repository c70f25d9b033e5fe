# Proxies of things without operators, of iterators, of callables; sharing; callbacks.
import weakref
class P:
    pass
class It:
    def __init__(self):
        self.i = 0
    def __iter__(self):
        return self
    def __next__(self):
        self.i += 1
        if self.i > 3:
            raise StopIteration
        return self.i
class C:
    def __call__(self, x):
        return x * 2
p = P()
a = weakref.proxy(p)
b = weakref.proxy(p)
r = weakref.ref(p)
print(a is b, weakref.getweakrefcount(p), weakref.getweakrefs(p)[0] is r, weakref.getweakrefs(p)[1] is a)
print(type(a).__name__, type(weakref.proxy(C())).__name__)
c = C()
pc = weakref.proxy(c)
print(pc(4), callable(pc), callable(a), isinstance(pc, weakref.CallableProxyType), weakref.ProxyTypes)
for f in (lambda: a + 1, lambda: len(a), lambda: a[0], lambda: a(), lambda: next(a), lambda: iter(a), lambda: int(a), lambda: a < a, lambda: [] + a, lambda: a @ a, lambda: -a):
    try:
        f()
    except TypeError as e:
        print(e)
i = It()
pi = weakref.proxy(i)
print(next(pi), next(pi), list(pi))
try:
    next(pi)
except StopIteration as e:
    print('stop')
calls = []
d = P()
pd = weakref.proxy(d, calls.append)
pe = weakref.proxy(d, calls.append)
print(pd is pe, weakref.getweakrefcount(d), pd.__callback__ if hasattr(type(pd), '__callback__') else 'none')
del d
print([x is pe for x in calls], [x is pd for x in calls])
for bad in (1, 'a', [], None, (1,), {}):
    try:
        weakref.proxy(bad)
    except TypeError as e:
        print(e)
try:
    weakref.proxy()
except TypeError as e:
    print(e)
try:
    type(a)(p)
except TypeError as e:
    print(e)
