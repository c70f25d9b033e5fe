# What closing a generator clears, and StopIteration's value through each way to iterate.
import gc
import sys
o = object()
def plain():
    x = o
    yield 1
def guarded():
    x = o
    try:
        yield 1
    finally:
        pass
def unstarted(a):
    yield 1
for f in (plain, guarded):
    g = f()
    next(g)
    before = sys.getrefcount(o)
    g.close()
    print(before, sys.getrefcount(o), g.gi_frame, g.gi_running, g.gi_suspended)
    del g
    print(sys.getrefcount(o))
g = unstarted(o)
before = sys.getrefcount(o)
g.close()
print(before, sys.getrefcount(o), g.gi_frame, next(g, 'over'))
del g
print(sys.getrefcount(o))
def cyclic():
    def inner():
        yield me
    me = inner()
    next(me)
gc.collect()
cyclic()
print(gc.collect())
class It:
    def __init__(self, exc): self.n, self.exc = 0, exc
    def __iter__(self): return self
    def __next__(self):
        self.n += 1
        if self.n > 2: raise self.exc
        return self.n
def delegate(exc):
    r = yield from It(exc)
    print('r', r)
class Special(StopIteration): pass
for exc in (StopIteration('val'), StopIteration, StopIteration(), StopIteration((1, 2)), Special(7)):
    print(list(delegate(exc)), list(It(exc)), next(iter(()), 'd'))
    it = It(exc)
    next(it)
    next(it)
    try:
        next(it)
    except StopIteration as e:
        print(type(e).__name__, e.value, e.args, e.__traceback__.tb_next is not None)
    print(next(it, 'default'))
try:
    list(delegate(KeyError('k')))
except KeyError as e:
    print(repr(e))
class Order:
    def __init__(self, n): self.n = n
    def __del__(self): print('del', self.n)
def cycle():
    keep = [Order('first'), Order('second'), (Order('third'), Order('fourth'))]
    keep.append(keep)
cycle()
gc.collect()
a = Order('dict')
a.me = a
a.items = [Order('list 1'), Order('list 2'), {'k': Order('in dict')}]
a.items.append(a)
gc.collect()
del a
gc.collect()
