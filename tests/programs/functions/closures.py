# Closures, cells, nonlocal, late binding, cell contents and refcounts.
import sys
def counter():
    n = 0
    def inc(by=1):
        nonlocal n
        n += by
        return n
    def get(): return n
    return inc, get
inc, get = counter()
print(inc(), inc(5), get(), inc.__closure__[0] is get.__closure__[0], inc.__closure__[0].cell_contents, inc.__code__.co_freevars, counter.__code__.co_cellvars)
print([f() for f in [lambda: i for i in range(3)]], [f() for f in [lambda i=i: i for i in range(3)]], [f() for f in [(lambda j: lambda: j)(i) for i in range(3)]])
def late():
    def g(): return later
    try:
        g()
    except NameError as e:
        print(e)
    later = 5
    return g()
print(late())  # expect: 5
def empty():
    if False: x = 1
    return lambda: x
c = empty()
try:
    c.__closure__[0].cell_contents
except ValueError as e:
    print(e)
try:
    c()
except NameError as e:
    print(e)
c.__closure__[0].cell_contents = 42
print(c())  # expect: 42
def dele():
    v = 1
    def g():
        nonlocal v
        del v
        try:
            return v
        except NameError as e:
            return str(e)
    return g()
print(dele())  # expect: cannot access free variable 'v' where it is not associated with a value in enclosing scope
def outer(a):
    def mid(b):
        def inner(c): return a + b + c
        return inner
    return mid
print(outer(1)(2)(3), outer.__code__.co_cellvars, outer(1).__code__.co_freevars)  # expect: 6 ('a',) ('a',)
def loop():
    fs = []
    for k in 'abc':
        fs.append(lambda: k)
    return fs
print([f() for f in loop()])  # expect: ['c', 'c', 'c']
o = ['held']
n = sys.getrefcount(o)
def hold(x):
    return lambda: x
h = hold(o)
print(sys.getrefcount(o) - n, sys.getrefcount(h.__closure__[0]) - 1)  # expect: 1 1
del h
print(sys.getrefcount(o) - n)  # expect: 0
def memo(f):
    cache = {}
    def w(*a):
        if a not in cache: cache[a] = f(*a)
        return cache[a]
    w.cache = cache
    return w
@memo
def fib(k): return k if k < 2 else fib(k - 1) + fib(k - 2)
print(fib(80), len(fib.cache))  # expect: 23416728348467685 81
x = 'global'
def scopes():
    x = 'outer'
    class C:
        y = x
        x = 'class'
        def m(self): return x
    return C.y if False else C().m()
try:
    print(scopes())
except NameError as e:
    print(type(e).__name__, e)
def cellcmp():
    a = 1
    def g(): return a
    return g.__closure__[0]
print(cellcmp() == cellcmp(), cellcmp() < cellcmp(), type(cellcmp()).__name__)  # expect: True False cell
def acc(total=[]):
    total.append(len(total))
    return total
print(acc(), acc(), acc.__defaults__)  # expect: [0, 1] [0, 1] ([0, 1],)
