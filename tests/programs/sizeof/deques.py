# deque: blocks as CPython has them: sizes through growth, shrinking, rotation, insertion; iterators; what it holds.
import sys, gc
from collections import deque
s = sys.getsizeof

def steps(name, sizes):
    out, last = [], None
    for n, size in sizes:
        if size != last:
            out.append('%d:%d' % (n, size))
            last = size
    print(name, ' '.join(out))

def by(change, start=(), count=400):
    d = deque(start)
    yield len(d), s(d)
    for i in range(count):
        change(d, i)
        yield len(d), s(d)

steps('append', by(lambda d, i: d.append(i)))
steps('appendleft', by(lambda d, i: d.appendleft(i)))
steps('both', by(lambda d, i: d.append(i) if i % 2 else d.appendleft(i)))
steps('pop', by(lambda d, i: d.pop(), range(400)))
steps('popleft', by(lambda d, i: d.popleft(), range(400)))
steps('queue', ((i, z) for i, (n, z) in enumerate(by(lambda d, i: (d.append(i), d.popleft()), range(10)))))
steps('rotate 1', ((i, z) for i, (n, z) in enumerate(by(lambda d, i: d.rotate(1), range(100), 200))))
steps('rotate -7', ((i, z) for i, (n, z) in enumerate(by(lambda d, i: d.rotate(-7), range(200), 100))))
steps('insert', by(lambda d, i: d.insert(len(d) // 2, i), range(5), 200))
steps('del', by(lambda d, i: d.__delitem__(len(d) // 3), range(300), 300))
steps('extendleft', by(lambda d, i: d.extendleft((i, i)), count=100))
steps('maxlen', ((i, s(deque(range(i), 50))) for i in range(200)))
steps('copy', ((i, s(deque(range(i)).copy())) for i in range(200)))
steps('*', ((i, s(deque(range(3)) * i)) for i in range(60)))
d = deque(range(1000)); d.clear(); print(s(d), len(d)); d.append(1); print(s(d))
print(s(deque()), deque.__basicsize__, s(iter(deque())), s(reversed(deque())), type(iter(deque())).__basicsize__)
d = deque(range(150))
for n in (1, -1, 64, -64, 75, 76, 149, 150, 151, 1000, -1000, 0): d.rotate(n); print(n, d[0], d[-1], d[70], s(d))
d.reverse(); print(list(d)[:3], d.index(70), d.count(5), 500 in d, list(reversed(d))[:3])
del d[10]; d[5] = 'x'; d.insert(3, 'y'); d.insert(-2, 'z'); d.remove('x'); print(len(d), list(d)[:8], list(d)[-4:])
it = iter(d); next(it); print(it.__length_hint__(), len(list(it)), it.__length_hint__()); it = iter(d); d.append(1)
try: next(it)
except RuntimeError as e: print(e, it.__length_hint__())
class X:
    def __init__(self, n): self.n = n
    def __del__(self): log.append(self.n)
log = []
d = deque(X(i) for i in range(70)); d.popleft(); d.pop(); d.clear(); print(log[:5], log[-3:], len(log))
log.clear(); d = deque((X(i) for i in range(10)), 3); print(log); del d; print(log)
class Back:
    def __del__(self): d.append('again')
d = deque([Back(), 1, 2]); d.clear(); print(d)
x = object(); d = deque([x] * 100); print(sys.getrefcount(x)); e = d.copy(); print(sys.getrefcount(x)); del d[0]; print(sys.getrefcount(x)); d.clear(); print(sys.getrefcount(x)); del e; print(sys.getrefcount(x))
d = deque(); d.append(d); print(d in gc.get_referents(d), gc.is_tracked(d)); gc.collect(); del d; print(gc.collect())
d = deque(range(200)); print([x for x in gc.get_referents(d) if x in (0, 1, 199)], gc.get_referents(iter(d))[-1] is d)
before = sys.getallocatedblocks(); d = [deque() for i in range(10)]; mid = sys.getallocatedblocks(); del d; print(mid - before, sys.getallocatedblocks() - before < 3)
