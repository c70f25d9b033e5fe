# Collection must keep everything reachable: graphs held from locals, closures, generators, modules, frames.
import gc, sys
gc.collect()
class N:
    def __init__(self, v): self.v, self.links = v, []
def graph(n):
    ns = [N(i) for i in range(n)]
    for i, a in enumerate(ns):
        a.links = [ns[(i * 3) % n], ns[(i + 1) % n], ns[i // 2]]
    return ns[0]
def total(root):
    seen, todo, s = set(), [root], 0
    while todo:
        a = todo.pop()
        if id(a) in seen: continue
        seen.add(id(a))
        s += a.v
        todo += a.links
    return s
g = graph(500)
gc.collect()
print(total(g))  # expect: 124750
def local():
    x = graph(100)
    gc.collect()
    return total(x)
print(local())  # expect: 4950
c = (lambda r: lambda: total(r))(graph(50))
gc.collect()
print(c())  # expect: 1225
def gen():
    r = graph(60)
    yield
    yield total(r)
i = gen()
next(i)
gc.collect()
print(next(i))  # expect: 1770
sys.hidden = graph(70)
gc.collect()
print(total(sys.hidden))  # expect: 2415
del sys.hidden
d = {graph(5): {'k': (graph(6), [graph(7)])}}
gc.collect()
print([total(k) for k in d], total(list(d.values())[0]['k'][0]), total(list(d.values())[0]['k'][1][0]))
def default(x=graph(40)): return total(x)
gc.collect()
print(default())  # expect: 780
class C:
    held = graph(30)
    @property
    def p(self): return total(self.held)
    __slots__ = ('s',)
o = C()
o.s = graph(20)
gc.collect()
print(o.p, total(o.s))  # expect: 435 190
try:
    raise ValueError(graph(15))
except ValueError as e:
    gc.collect()
    print(total(e.args[0]))
it = iter([graph(10)])
m = map(total, it)
z = zip([graph(11)], enumerate([graph(12)]))
gc.collect()
print(next(m), [total(a) + total(b) for a, (_, b) in z])  # expect: 45 [121]
def deep(n, r):
    if n == 0:
        gc.collect()
        return total(r)
    return deep(n - 1, r)
print(deep(50, graph(9)))  # expect: 36
del g, c, i, d
print(gc.collect() > 600)  # expect: True
