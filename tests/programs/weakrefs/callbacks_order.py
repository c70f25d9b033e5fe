# Callbacks: order, errors, references that die first, callbacks in cycles, callbacks that make new objects.
import _weakref as w, gc
class A: pass
log = []
a = A()
refs = [w.ref(a, lambda r, i=i: log.append(i)) for i in range(5)]
del refs[2]
del a
print(log)  # expect: [4, 3, 1, 0]
log.clear()
a = A()
r = w.ref(a, lambda r: log.append('dead ref'))
del r
del a
print(log)  # expect: []
a, b = A(), A()
a.o, b.o = b, a
ra = w.ref(a, lambda r: log.append('a gone'))
rb = w.ref(b, lambda r: log.append('b gone'))
del a, b
print(log, gc.collect(), sorted(log), ra(), rb())  # expect: ['a gone', 'b gone'] 2 ['a gone', 'b gone'] None None
log.clear()
c = A()
c.me = c
c.ref = w.ref(c, lambda r: log.append('never: the reference dies with it'))
del c
print(gc.collect() > 0, log)  # expect: True []
class D:
    def __del__(self): log.append(('del', ref() is None))
d = D()
ref = w.ref(d, lambda r: log.append('cb'))
del d
print(log)  # expect: [('del', False), 'cb']
log.clear()
d = D()
d.me = d
ref = w.ref(d, lambda r: log.append('cb'))
del d
gc.collect()
print(log)  # expect: ['cb', ('del', True)]
log.clear()
keep = []
class Res:
    def __del__(self): keep.append(self)
x = Res()
rx = w.ref(x, lambda r: log.append('res cb'))
del x
print(rx() is None, log, len(keep))  # expect: False [] 1
log.clear()
y = Res()
y.me = y
ry = w.ref(y, lambda r: log.append('cycle res cb'))
del y
gc.collect()
print(ry(), log, len(keep))  # expect: None ['cycle res cb'] 2
def many():
    o = A()
    L = [w.ref(o) for _ in range(3)]
    return [r() is o for r in L], w.getweakrefcount(o), L[0] is L[2]
print(many())  # expect: ([True, True, True], 1, True)
z = A()
chain = []
def on(r):
    log.append('first')
    chain.append(w.ref(other, lambda q: log.append('second')))
other = A()
rz = w.ref(z, on)
del z
del other
print(log[-2:])  # expect: ['first', 'second']
p = A()
p.child = A()
rp, rc = w.ref(p), w.ref(p.child)
del p
print(rp(), rc())  # expect: None None
n = 0
def count(r):
    global n
    n += 1
objs = [A() for _ in range(100)]
rs = [w.ref(o, count) for o in objs]
del objs
o = None
print(n)  # expect: 100
class WD:
    def __init__(self): self.d = {}
    def put(self, k, v): self.d[k] = w.ref(v, lambda r: self.d.pop(k, None))
wd = WD()
v1, v2 = A(), A()
wd.put('a', v1)
wd.put('b', v2)
del v1
print(list(wd.d))  # expect: ['b']
