# Freeing very deep structures of every container kind does not overflow.
# long
import gc
def chain(n, wrap, x=None):
    for _ in range(n): x = wrap(x)
    return x
class N:
    __slots__ = ('next',)
    def __init__(self, n): self.next = n
class P:
    def __init__(self, n): self.next = n
class D:
    count = 0
    def __init__(self, n): self.next = n
    def __del__(self): D.count += 1
class LL(list): pass
def gen(x):
    yield x
def started(x):
    g = gen(x)
    next(g)
    return g
for name, wrap, n in (('list', lambda x: [x], 100000), ('tuple', lambda x: (x,), 100000), ('dict', lambda x: {1: x}, 100000), ('slots', N, 100000), ('plain', P, 100000), ('del', D, 20000), ('list subclass', lambda x: LL([x]), 50000), ('set of frozenset', lambda x: frozenset([x]), 500), ('closure', lambda x: lambda: x, 50000), ('generator', started, 20000), ('exception', lambda x: ValueError(x), 50000), ('slice', lambda x: slice(x), 50000), ('bound', lambda x: [x].append, 50000), ('iter', lambda x: iter([x]), 50000), ('mixed', lambda x: [({'k': x},)], 30000), ('map', lambda x: map(None, [x]), 30000), ('zip', lambda x: zip([x]), 30000), ('cell default', lambda x: type(gen)(gen.__code__, {}, 'f', (x,)), 30000), ('enumerate', lambda x: enumerate([x]), 30000), ('reversed', lambda x: reversed([x]), 30000), ('partial dict view', lambda x: {1: x}.values(), 30000), ('property', lambda x: property(x), 30000), ('static', lambda x: staticmethod(x), 500), ('context', lambda x: setattr(v := ValueError(), '__context__', x) or v, 30000)):
    x = chain(n, wrap, None if name not in ('exception', 'context') else ValueError())
    del x
    print(name, 'freed')
print(D.count)
gc.collect()
