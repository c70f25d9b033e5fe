# What the collector sees of instances, dicts that share their values, functions and classes.
import gc
class A:
    def __init__(self, v): self.v = v
x = A(300)
print([type(o).__name__ for o in gc.get_referents(x)])
d = x.__dict__
print([type(o).__name__ for o in gc.get_referents(x)], gc.get_referents(d))
x.__dict__ = {}
print([type(o).__name__ for o in gc.get_referents(x)])
y = A([]); d = y.__dict__
print([type(o).__name__ for o in gc.get_referents(y)], gc.get_referents(d))
class S:
    __slots__ = ('a', '__dict__')
s = S(); s.a = 1; s.q = 2
print([type(o).__name__ for o in gc.get_referents(s)])
class I(int): pass
i = I(5); i.a = 4
print([type(o).__name__ for o in gc.get_referents(i)])
print(sorted(type(o).__name__ for o in gc.get_referents(A)))
def f(): pass
print([type(o).__name__ for o in gc.get_referents(f)])
import gc
gc.collect()
a = A(1); a.__dict__; a.me = a; del a; print(gc.collect())
a = A(1); a.l = [a]; d = a.__dict__; del a; print(gc.collect(), len(d), len(d['l'])); del d; print(gc.collect())
a = A([]); a.v.append(a); a.__dict__; b = a.v; del a; print(gc.collect(), len(b), b[0].v is b); del b; print(gc.collect())
