# Reference counts and the collector around frames: frame objects hold locals, cycles through f_locals and tracebacks.
import gc
import sys
import weakref


class C:
    pass


def f(c):
    fr = sys._getframe()
    return sys.getrefcount(c), sys.getrefcount(fr)


c = C()
print(f(c), sys.getrefcount(c))
print(gc.collect())


def keep(c):
    return sys._getframe()


fr = keep(c)
print(sys.getrefcount(c), sys.getrefcount(fr), fr.f_back is sys._getframe(), gc.is_tracked(fr))
p = fr.f_locals
print(sys.getrefcount(fr), sys.getrefcount(p), gc.is_tracked(p), sys.getsizeof(p))
del p
fr.f_locals['c'] = None
print(sys.getrefcount(c))
fr.f_locals['extra'] = c
print(sys.getrefcount(c))
del fr
print(sys.getrefcount(c))
w = weakref.ref(c)


def cycle(c):
    me = sys._getframe()


cycle(c)
print(sys.getrefcount(c), gc.collect(), sys.getrefcount(c))


def through_trace(c):
    try:
        raise KeyError
    except KeyError as e:
        kept = e


through_trace(c)
print(sys.getrefcount(c), gc.collect(), sys.getrefcount(c))
del c
print(w())
before = sys.getallocatedblocks()
for _ in range(10):
    sys._getframe().f_locals
    keep(1)
print(sys.getallocatedblocks() - before)
