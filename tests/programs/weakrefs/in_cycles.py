# Weak references from, to and within garbage: which callbacks run, and what they see.
import gc
import weakref
class N:
    def __init__(self, name):
        self.name = name
log = []
def cb(name):
    return lambda r: log.append((name, r()))
def show(title):
    n = gc.collect()
    print(title, n, sorted(log, key=str))
    log.clear()
a = N('a'); a.me = a
r = weakref.ref(a, cb('outside'))
del a
show('outside ref')
a = N('a'); a.me = a
a.r = weakref.ref(a, cb('inside'))
del a
show('inside ref')
a, b = N('a'), N('b')
a.b, b.a = b, a
a.r = weakref.ref(b, cb('to b'))
out = weakref.ref(b, cb('out to b'))
del a, b
show('both')
x = N('x')
a = N('a'); a.me = a
a.r = weakref.ref(x, cb('garbage ref to live'))
del a
show('ref dies first')
del x
show('target dies later')
class D(N):
    def __del__(self):
        log.append(('del', self.name, self.w()))
d = D('d'); d.me = d
d.w = weakref.ref(d)
w2 = weakref.ref(d, cb('d'))
del d
show('with __del__')
class Back(N):
    def __del__(self):
        back.append(self)
        log.append(('del', self.w() is self))
back = []
z = Back('z'); z.me = z
z.w = weakref.ref(z, cb('z'))
w3 = weakref.ref(z, cb('z out'))
del z
show('resurrected')
print(back[0].w() is None, w3(), weakref.getweakrefcount(back[0]))
w4 = weakref.ref(back[0], cb('later'))
back.clear()
show('second time')
class L(list):
    pass
ls = [L() for i in range(4)]
for i, l in enumerate(ls):
    l.append(ls[i - 1])
    l.append(weakref.ref(ls[i - 2], cb('ring%d' % i)))
outs = [weakref.ref(l, cb('out%d' % i)) for i, l in enumerate(ls)]
del ls, l
show('ring')
