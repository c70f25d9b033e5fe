# sys.getallocatedblocks: making and dropping things leaves no block behind.
import gc
import sys
gc.collect()
def steady(f):
    for i in range(3):
        f()
    gc.collect()
    a = sys.getallocatedblocks()
    for i in range(20):
        f()
    gc.collect()
    b = sys.getallocatedblocks()
    return b - a
class P:
    def __init__(self): self.x = self
class D:
    def __del__(self): pass
def cls():
    class T: pass
    T()
def gen():
    g = (i for i in range(3))
    next(g)
def exc():
    try: raise ValueError('x')
    except ValueError as e: pass
def deep():
    l = []
    for i in range(1000): l = [l]
def dicts():
    d = {i: str(i) for i in range(100)}
    for i in range(100): del d[i]
def strings():
    s = ''
    for i in range(100): s += str(i)
def closures():
    def f():
        return f
    f()
def weak():
    import weakref
    p = P()
    r = weakref.ref(p, lambda x: None)
def formats():
    '%s %r' % ('a', [1]); '{:>5}'.format('x'); f'{1:b}'
def sorting():
    sorted(range(50), key=lambda v: -v)
def evals():
    eval('[x for x in range(3)]')
for f in (list, dict, set, P, D, cls, gen, exc, deep, dicts, strings, closures, weak, formats, sorting):
    print(f.__name__, steady(f))
