# The text of ignored exceptions: in __del__, in callbacks, of generators, with notes of what cannot be printed.
import weakref
class D:
    def __del__(self):
        raise ValueError('in del')
class NoRepr:
    def __repr__(self):
        raise TypeError('no repr')
    def __call__(self, *a):
        raise KeyError('called')
class Nasty(Exception):
    def __str__(self):
        raise TypeError('no str')
class E:
    def __del__(self):
        raise Nasty
class P: pass
D()
E()
p = P()
r = weakref.ref(p, NoRepr())
del p
def cb(ref):
    1 / 0
p = P()
r = weakref.ref(p, cb)
del p
def g():
    try:
        yield
    finally:
        raise RuntimeError('generator')
x = g(); next(x)
del x
class F:
    def __del__(self):
        try:
            1 / 0
        except ZeroDivisionError as e:
            raise KeyError('chained') from e
F()
print('end')
