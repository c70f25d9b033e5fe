# Many classes made and dropped: attributes found through long bases, caches stay right, classes are collected.
import gc
gc.collect()
base = type('B0', (), {'v': 0, 'm': lambda self: self.v})
chain = [base]
for i in range(1, 60): chain.append(type('B%d' % i, (chain[-1],), {'v': i} if i % 7 == 0 else {}))
print([c.v for c in chain][::5], chain[-1]().m(), len(chain[-1].__mro__))
base.v = 'changed'
chain[14].v = 'fourteen'
print(chain[3].v, chain[20].v, chain[21].v)
del chain[14].v
print(chain[14].v, chain[20].v)
tot = 0
for i in range(300):
    C = type('T%d' % i, (base,), {'x%d' % (i % 5): i, '__slots__': ('s',) if i % 2 else ()})
    o = C()
    if i % 2: o.s = i
    tot += getattr(o, 'x%d' % (i % 5)) + len(C.__mro__)
print(tot)
del C, o
gc.collect()
print(len(base.__subclasses__()))
class Dyn:
    def __getattr__(self, n): return len(n)
d = Dyn()
print(sum(getattr(d, 'a' * n) for n in range(1, 200)))
class Host: pass
h = Host()
for i in range(500): setattr(h, 'attr%d' % i, i)
for i in range(0, 500, 3): delattr(h, 'attr%d' % i)
print(len(vars(h)), h.attr1 + h.attr499, hasattr(h, 'attr3'), list(vars(h))[:4])
hosts = []
for i in range(200):
    x = Host()
    for j in range(i % 12): setattr(x, 'q%d' % ((i * j) % 13), j)
    hosts.append(x)
print(sum(len(x.__dict__) for x in hosts), hosts[59].__dict__)
