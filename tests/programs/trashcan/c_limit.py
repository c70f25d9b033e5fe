# How deep deallocations nest: until 50 levels are left of C recursion, then the rest waits; by the order of finalizers.
log = []
class C:
    def __init__(self, i): self.i = i
    def __del__(self): log.append(self.i)
class N:
    def __init__(self, c, x): self.x, self.c = x, c
class S:
    __slots__ = ('x', 'c')
    def __init__(self, c, x): self.x, self.c = x, c
class L(list): pass
class E(Exception): pass
def run(name, n, make):
    log.clear()
    x = None
    for i in range(n): x = make(x, i)
    del x
    jumps = [(a, b) for a, b in zip(log, log[1:]) if abs(a - b) != 1]
    print(name, n, len(log), log[:3], log[-3:], jumps[:4], len(jumps), jumps[-2:])
kinds = {
    'list, child last': (10200, lambda x, i: [C(i), x]),
    'list, child first': (300, lambda x, i: [x, C(i)]),
    'tuple': (10200, lambda x, i: (C(i), x)),
    'dict': (300, lambda x, i: {1: x, C(i): 2}),
    'instance': (10200, lambda x, i: N(C(i), x)),
    'slots': (300, lambda x, i: S(C(i), x)),
    'list subclass': (5100, lambda x, i: L([C(i), x])),
    'exception': (5100, lambda x, i: ValueError(x, C(i))),
    'exception class': (3500, lambda x, i: E(x, C(i))),
    'mixed': (2700, lambda x, i: N(C(i), [{1: (x,)}])),
}
for name, (n, make) in kinds.items(): run(name, n, make)
run('many lists', 20300, kinds['list, child last'][1])
