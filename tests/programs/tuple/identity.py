# Sharing and copying of tuples, sizes, free lists.
import sys
def same(a, b): return a is b
t = (1, [2])
print(t[:] is t, tuple(t) is t, t + () is t, () + t is t, t * 1 is t, same((), ()), same(tuple(), ()), same(tuple([]), ()), same(t[5:], ()), same(() * 5, ()), same(t * 0, ()))
print([sys.getsizeof(tuple(range(n))) for n in range(6)], sys.getsizeof(()))
def f(): return (1, 2, 3)
print(f() is f(), f.__code__.co_consts)
def g(x): return (x, 2)
print(g(1) is g(1), g(1) == g(1))
a = g(5)
i = id(a)
del a
b = g(6)
print(id(b) == i)
for n in range(1, 25):
    x = tuple(range(n))
    i = id(x)
    del x
    y = tuple(range(1, n + 1))
    if id(y) != i: print('moved', n)
    del y
import gc
c = (1, 2, [])
d = tuple([1, 'a', 2.5])
print(gc.is_tracked(c), gc.is_tracked(d), gc.is_tracked((1, 2)), gc.is_tracked(()))
gc.collect()
print(gc.is_tracked(c), gc.is_tracked(d))
e = tuple([d, (1,)])
gc.collect()
print(gc.is_tracked(e))
