# What grows, by exact bytes: a leak found by comparing; the depth of tracebacks; objects in threads of calls.
import _tracemalloc as t
import gc
leak = []
def handler(n):
    leak.append(bytearray(n))
    return len(leak)
def outer(n):
    return handler(n)
def snapshot():
    by = {}
    for domain, size, tb, total in t._get_traces():
        if tb[0][0] == __file__ and size > 60:  # not what waits in free lists
            count, bytes_ = by.get(tb[0][1], (0, 0))
            by[tb[0][1]] = count + 1, bytes_ + size
    return by
gc.collect()
t.start(1)
for i in range(5): handler(1000)
one = snapshot()
for i in range(7): handler(2000)
two = snapshot()
print(sorted((line, two[line][0] - one.get(line, (0, 0))[0], two[line][1] - one.get(line, (0, 0))[1]) for line in two if two[line][1] - one.get(line, (0, 0))[1] > 1500))
t.stop()
for depth in (1, 2, 3, 10):
    t.start(depth)
    outer(500)
    tb = t._get_object_traceback(leak[-1])
    print(depth, t.get_traceback_limit(), [line for name, line in tb], [r[3] for r in t._get_traces() if r[1] == 501])
    t.stop()
def rec(n):
    if n: return rec(n - 1)
    return [None] * 50
t.start(5)
x = rec(20)
print([line for name, line in t._get_object_traceback(x)], [r[3] for r in t._get_traces() if r[1] == 400])
class Node:
    def __init__(self, next): self.next = next
t.clear_traces()
base = t.get_traced_memory()[0]
chain = None
for i in range(100): chain = Node(chain)
grown = t.get_traced_memory()[0] - base
del chain
left = t.get_traced_memory()[0] - base
print(grown > 4800, left < 1200)
def gen():
    keep = bytes(3000)
    yield keep
g = gen()
k = next(g)
print([line for name, line in t._get_object_traceback(k)])
m = [bytes(100 + i) for i in range(3)]
print([t._get_object_traceback(b)[0][1] for b in m])
l = []
sizes = []
for i in range(40):
    before = t.get_traced_memory()[0]
    l.append(None)
    sizes.append(t.get_traced_memory()[0] - before)
print([s for s in sizes if s > 31])
d = {}
sizes = []
for i in range(100):
    before = t.get_traced_memory()[0]
    d[i] = None
    sizes.append((i, t.get_traced_memory()[0] - before))
print([s for s in sizes if s[1] > 100])
before = t.get_traced_memory()[0]
s = 'x' * 100
for i in range(5): s += 'y' * 200
print(t.get_traced_memory()[0] - before - len(s) < 200)
t.stop()
