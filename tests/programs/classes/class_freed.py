# Class objects are containers in cycles: freed by the collector, weakly referenced by their bases.
import gc, _weakref
gc.collect()
class Base: pass
def make():
    class Tmp(Base):
        def m(self): return self
    return Tmp
T = make()
r = _weakref.ref(T)
t = T()
print(Base.__subclasses__() == [T], r() is T)
del T
gc.collect()
print(r() is not None, len(Base.__subclasses__()))
del t
print(gc.collect() > 0, r(), Base.__subclasses__())
for i in range(3): make()
gc.collect()
print(Base.__subclasses__())
class Cyc:
    pass
c = Cyc()
c.me = c
c.cls = Cyc
w = _weakref.ref(c)
del c
print(w() is None, gc.collect() > 0, w() is None)
class Counted:
    live = 0
    def __init__(self): Counted.live += 1
    def __del__(self): Counted.live -= 1
L = [Counted() for _ in range(10)]
print(Counted.live)
L[3:7] = []
print(Counted.live)
L.clear()
print(Counted.live)
a, b = Counted(), Counted()
a.o, b.o = b, a
del a, b
print(Counted.live, gc.collect(), Counted.live)
def f():
    class Local:
        def __del__(self): print('local gone')
    return Local()
o = f()
del o
print(gc.collect() > 0)
