# gc: enable, disable, thresholds, counts, collect's result for cycles of each kind.
import gc
print(gc.isenabled(), gc.get_threshold(), gc.get_debug())  # expect: True (2000, 10, 10) 0
gc.collect()
gc.freeze()
gc.disable()
print(gc.isenabled(), gc.collect())  # expect: False 0
class A: pass
def lists():
    a, b = [], []
    a.append(b)
    b.append(a)
def selflist():
    a = []
    a.append(a)
def dicts():
    a, b = {}, {}
    a['b'], b['a'] = b, a
def selfdict():
    d = {}
    d['d'] = d
def instances():
    a, b = A(), A()
    a.o, b.o = b, a
def selfinst():
    a = A()
    a.me = a
def closure():
    def f(): return f
def tup():
    L = []
    t = (L,)
    L.append(t)
def gen():
    def g():
        yield me
    me = g()
    next(me)
def method():
    a = A()
    a.m = a.__init__
def bound():
    L = []
    L.append(L.append)
def cls():
    class C: pass
def exc():
    try:
        raise ValueError
    except ValueError as e:
        keep = e
def chain():
    L = M = []
    for _ in range(100):
        M.append([])
        M = M[0]
    M.append(L)
def sets():
    a = A()
    a.s = {a}
def withdict():
    a, b = A(), A()
    a.__dict__['o'], b.__dict__['o'] = b, a
def big():
    a = A()
    for i in range(50): setattr(a, 'x%d' % i, i)
    a.me = a
for f in (lists, selflist, dicts, selfdict, instances, selfinst, closure, tup, gen, method, bound, exc, chain, sets, withdict, big):
    gc.collect()
    f()
    print(f.__name__, gc.collect())
cls()
print('class', gc.collect() > 5)  # expect: class True
gc.enable()
gc.set_threshold(500, 5, 3)
print(gc.get_threshold())  # expect: (500, 5, 3)
gc.set_threshold(700)
print(gc.get_threshold())  # expect: (700, 5, 3)
gc.set_threshold(0)
print(gc.get_threshold())  # expect: (0, 5, 3)
for f in (lambda: gc.collect(3), lambda: gc.collect(-1), lambda: gc.collect('a'), lambda: gc.set_threshold('a'), lambda: gc.set_threshold(), lambda: gc.set_debug('x'), lambda: gc.get_objects(5), lambda: gc.is_tracked(), lambda: gc.collect(1, 2), lambda: gc.get_objects('a')):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
print(gc.collect(0), gc.collect(1), gc.collect(generation=2), len(gc.garbage), len(gc.get_stats()), sorted(gc.get_stats()[0]), gc.get_freeze_count() > 0)
gc.unfreeze()
print(gc.get_freeze_count())  # expect: 0
