# The order in which a collection calls finalizers and frees, in chains, rings, trees and through containers.
import gc
gc.collect()
gc.freeze()
gc.collect()
class N:
    def __init__(self, name):
        self.name = name
    def __del__(self):
        order.append(self.name)
order = []
def run(build):
    order.clear()
    build()
    n = gc.collect()
    print(n, order)
def ring(k):
    ns = [N(i) for i in range(k)]
    for i in range(k):
        ns[i].next = ns[(i + 1) % k]
def both(k):
    ns = [N(i) for i in range(k)]
    for i in range(k):
        ns[i].next = ns[(i + 1) % k]
        ns[i].prev = ns[i - 1]
def tail(k):
    a = N('head')
    a.me = a
    cur = a
    for i in range(k):
        cur.next = N(i)
        cur = cur.next
def through_list(k):
    l = [N(i) for i in range(k)]
    l.append(l)
def through_dict(k):
    d = {i: N(i) for i in range(k)}
    d['d'] = d
def through_set(k):
    s = N('s')
    s.all = {N(i) for i in range(1)}
    s.me = [s]
def tree(depth, up=None):
    n = N(depth)
    n.up = up
    n.kids = [tree(depth - 1, n) for i in range(2)] if depth else []
    return n
def reverse(k):
    ns = [N(i) for i in range(k)]
    for i in reversed(range(k)):
        ns[i].me = ns[i]
def closure():
    n = N('cell')
    def f():
        return n
    n.f = f
def generator():
    n = N('gen')
    def g():
        try:
            yield n
        finally:
            order.append('closed')
    n.g = g()
    next(n.g)
run(lambda: ring(5)); run(lambda: both(4)); run(lambda: tail(3)); run(lambda: through_list(4)); run(lambda: through_dict(4))
run(lambda: through_set(1)); run(lambda: tree(2) and None); run(lambda: reverse(4)); run(closure); run(generator)
old = [N('old%d' % i) for i in range(3)]
gc.collect()
for o in old:
    o.me = o
young = [N('young%d' % i) for i in range(3)]
for o in young:
    o.me = o
    o.old = old[0]
o = None
old = young = None
order.clear()
print(gc.collect(), order)
