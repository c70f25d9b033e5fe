# __del__ in cycles: order, called once, resurrection, errors, what is collected.
import gc, sys
gc.collect()
gc.freeze()
log = []
class D:
    def __init__(self, n): self.n = n
    def __del__(self): log.append(self.n)
def show(*a):
    print(*a, log)
    log.clear()
a, b = D('a'), D('b')
a.o, b.o = b, a
del a, b
show(gc.collect())
x = D('self')
x.me = x
del x
show(gc.collect())
ring = [D(i) for i in range(5)]
for i in range(5): ring[i].next = ring[(i + 1) % 5]
del ring
show(gc.collect())
saved = []
class R:
    def __init__(self): self.me = self
    def __del__(self):
        log.append('R del')
        saved.append(self)
r = R()
del r
show(gc.collect(), len(saved), gc.is_finalized(saved[0]))
saved.clear()
show(gc.collect())
class P:
    pass
p = P()
p.d = D('held by cycle')
p.me = p
del p
show(gc.collect())
q = R()
q.friend = D('friend')
q.friend.back = q
del q
show(gc.collect(), saved[0].friend.n)
saved.clear()
show(gc.collect())
class E:
    def __init__(self): self.me = self
    def __del__(self): raise ValueError('in del')
class New:
    def __del__(self):
        log.append('new')
        n = D('made in del')
        n.me = n
n = New()
n.me = n
del n
show(gc.collect())
show(gc.collect())
class Touch:
    def __init__(self, o): self.o, self.me = o, self
    def __del__(self): log.append(('sees', self.o.n))
t = Touch(D('touched'))
del t
show(gc.collect())
L = [D('in list')]
L.append(L)
del L
show(gc.collect())
class Coll:
    def __del__(self): log.append(('nested collect', gc.collect()))
c = Coll()
c.me = c
del c
show(gc.collect())
print(gc.garbage)  # expect: []
