# weakref.finalize: call, detach, peek, alive, atexit, order at exit, exceptions in it.
import gc
import sys
import weakref
class O:
    def __init__(self, n):
        self.n = n
def bye(*a, **k):
    print('bye', a, k)
    return 'result'
o = O(1)
f = weakref.finalize(o, bye, 1, x=2)
print(f.alive, f.atexit, f.peek()[2:], f.peek()[0] is o, f.peek()[1] is bye)
del o
print(f.alive, f(), f.peek(), f.detach(), f.atexit)
o = O(2)
f = weakref.finalize(o, bye, 'called')
print(f(), f(), f.alive)
f = weakref.finalize(o, bye, 'detached')
print(f.detach()[2:], f.alive, f())
f.atexit = False
print(f.atexit)
del o
a = O(3)
a.me = a
weakref.finalize(a, bye, 'cycle')
del a
print(gc.collect())
b = O(4)
weakref.finalize(b, bye, 'first')
weakref.finalize(b, bye, 'second')
del b
def raising():
    raise ValueError('in finalize')
c = O(5)
sys.unraisablehook = lambda a: print('hook', a.exc_type.__name__, a.exc_value)
weakref.finalize(c, raising)
del c
for bad in (lambda: weakref.finalize(), lambda: weakref.finalize(1, bye), lambda: weakref.finalize(O(1))):
    try:
        bad()
    except TypeError as e:
        print(e)
keep = [O(i) for i in range(6, 10)]
for k in keep:
    weakref.finalize(k, bye, 'exit', k.n)
g = weakref.finalize(keep[1], bye, 'not at exit')
g.atexit = False
print(repr(g).startswith('<finalize object at '))
print('end')
