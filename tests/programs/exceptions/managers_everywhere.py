# Managers left in every way: by exceptions, return, break, continue, yield, and awaited; methods of every kind.
import sys, gc
class M:
    def __init__(self, n, silent=False): self.n, self.silent = n, silent
    def __enter__(self): print('enter', self.n, sys.getrefcount(self)); return self
    def __exit__(self, *a): print('exit', self.n, a[0], sys.getrefcount(self)); return self.silent
def f():
    m = M(1)
    with m as x: print('body', x is m)
    with M(2), M(3, True): raise ValueError
    for i in range(3):
        with m:
            if i == 1: continue
            if i == 2: break
            print('i', i)
    def ret():
        with m as q: return q, 5
    print(ret()[1])
    with m:
        try:
            with M(4): 1/0
        except ZeroDivisionError as e: print('caught', e)
    with M(5, True):
        with m: raise KeyError
    while True:
        with m as z:
            z = m = M(6)
            break
    m.__exit__(None)
    def g():
        with m as y:
            yield 1
            yield y.n
    print(list(g()))
    h = g(); next(h); del h
    h = g(); next(h)
    try: h.throw(KeyError('t'))
    except KeyError: print('key')
f()
class S:
    __enter__ = staticmethod(lambda: print('static in'))
    __exit__ = classmethod(lambda cls, *a: print('class out', cls.__name__))
with S() as s: print(s)
def k():
    s = S()
    with s as t: print(t)
    try:
        with s: raise KeyError
    except KeyError: print('k')
k()
class N: pass
class O:
    def __enter__(self): pass
def bad():
    for c in N(), O(), 3:
        try:
            with c: pass
        except TypeError as e: print(e)
bad()
class F:
    def __enter__(self): raise OSError('in')
    def __exit__(self, *a): raise OSError('out')
def ff():
    f = F()
    try:
        with f: pass
    except OSError as e: print(e)
    class H(F):
        def __enter__(self): return self
    try:
        with H(): 1/0
    except OSError as e: print(e, repr(e.__context__))
ff()
import io
def fio():
    b = io.BytesIO(b'abc')
    with b as c: print(c.read())
    print(b.closed)
    with memoryview(b'abc') as v: print(v[0])
fio()
class A:
    async def __aenter__(self): print('aenter', sys.getrefcount(self)); return self
    async def __aexit__(self, *a): print('aexit', a[0]); return True
async def co():
    a = A()
    async with a as b: print(b is a)
    async with a, A(): raise ValueError
    async with a: return 4
try: co().send(None)
except StopIteration as e: print(e.value)
print(gc.collect())
