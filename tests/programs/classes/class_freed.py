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
print(Base.__subclasses__() == [T], r() is T)  # expect: True True
del T
gc.collect()
print(r() is not None, len(Base.__subclasses__()))  # expect: True 1
del t
print(gc.collect() > 0, r(), Base.__subclasses__())  # expect: True None []
for i in range(3): make()
gc.collect()
print(Base.__subclasses__())  # expect: []
class Cyc:
    pass
c = Cyc()
c.me = c
c.cls = Cyc
w = _weakref.ref(c)
del c
print(w() is None, gc.collect() > 0, w() is None)  # expect: False True True
class Counted:
    live = 0
    def __init__(self): Counted.live += 1
    def __del__(self): Counted.live -= 1
L = [Counted() for _ in range(10)]
print(Counted.live)  # expect: 10
L[3:7] = []
print(Counted.live)  # expect: 6
L.clear()
print(Counted.live)  # expect: 0
a, b = Counted(), Counted()
a.o, b.o = b, a
del a, b
print(Counted.live, gc.collect(), Counted.live)  # expect: 2 2 0
def f():
    class Local:
        def __del__(self): print('local gone')
    return Local()
o = f()
del o
print(gc.collect() > 0)  # expect: True
