# What a suspended generator holds: refcounts of locals, the frame, sizes, tracked by gc, cycles through the frame.
import sys, gc
class D:
    def __init__(self, n): self.n = n
    def __del__(self): print('del', self.n)
def g():
    a = D('a')
    yield 1
    b = D('b')
    yield 2
    del a
    yield 3
it = g()
print('created')  # expect: created
next(it)
next(it)
next(it)
print('before end')  # expect: before end
print(next(it, 'end'))  # expect: end
it = g()
next(it)
it.close()
print('closed')  # expect: closed
it = g()
next(it)
it = None
o = object()
n = sys.getrefcount(o)
def hold(x):
    y = x
    yield
    yield
h = hold(o)
print(sys.getrefcount(o) - n)  # expect: 1
next(h)
print(sys.getrefcount(o) - n, h.gi_frame.f_locals['x'] is o)  # expect: 2 True
for _ in h: pass
print(sys.getrefcount(o) - n)  # expect: 0
h = hold(o)
print(gc.is_tracked(h), sys.getrefcount(h) - 1)  # expect: True 1
del h
print(sys.getrefcount(o) - n)  # expect: 0
def cyc():
    me = yield
    keep = D('in cycle')
    yield
c = cyc()
next(c)
c.send(c)
del c
print('cycle made')  # expect: cycle made
gc.collect()
print('collected')  # expect: collected
def fin():
    try:
        yield
    finally:
        print('finalizer of generator')
f = fin()
next(f)
L = [f]
L.append(L)
del f, L
print(gc.collect() > 0)  # expect: True
def exc():
    try:
        raise ValueError(D('in exc'))
    except ValueError as e:
        yield 'inside'
    yield 'outside'
e = exc()
next(e)
print('caught inside')  # expect: caught inside
next(e)
print('left')  # expect: left
def arg(x):
    yield x
a = arg(D('arg'))
del a
print('unstarted freed')  # expect: unstarted freed
x = (D('genexp') for _ in range(1))
y = next(x)
del y
print('end')  # expect: end
def many():
    L = [D(i) for i in range(2)]
    yield L[0].n
    yield L[1].n
print([v for v in many()])  # expect: [0, 1]
