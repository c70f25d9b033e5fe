# How much each thing adds to generation 0's count, and what letting go of it takes away.
import gc
import sys
gc.collect()
gc.freeze()
gc.collect()
gc.disable()
count = gc.get_count
def cost(make):
    gc.collect()
    a = count()[0]
    x = make()
    b = count()[0]
    del x
    return b - a, count()[0] - b
class Plain:
    pass
class Slots:
    __slots__ = ('a', 'b')
class Filled:
    def __init__(self):
        self.a = 1
        self.b = []
class Deep(list):
    pass
def gen():
    yield 1
def closure():
    v = 1
    def inner():
        return v
    return inner
async def co():
    pass
def proxy():
    p = Filled()
    p.__dict__
    return p
things = {
    'list': lambda: [], 'list of 3': lambda: [1, 2, 3], 'nested': lambda: [[], [[]]], 'dict': lambda: {}, 'dict of 1': lambda: {1: []},
    'tuple of ints': lambda: (len(''), 2), 'tuple of list': lambda: ([],), 'empty tuple': lambda: (), 'set': lambda: {1}, 'frozenset': lambda: frozenset([1]),
    'str': lambda: 'a' * 5, 'int': lambda: 10 ** 30, 'float': lambda: 1.5 * 2, 'bytes': lambda: bytes(4), 'bytearray': lambda: bytearray(4),
    'instance': Plain, 'slots': Slots, 'filled': Filled, 'with dict': proxy, 'subclass': Deep, 'lambda': lambda: lambda: 0, 'closure': closure, 'generator': gen,
    'bound': lambda: Filled().__init__, 'builtin bound': lambda: [].append, 'iterator': lambda: iter([1]), 'range': lambda: range(5),
    'slice': lambda: slice([], 2), 'map': lambda: map(str, []), 'zip': lambda: zip([], []), 'enumerate': lambda: enumerate([]), 'property': lambda: property(len),
    'cell': lambda: closure().__closure__, 'exception': lambda: ValueError('x'), 'memoryview': lambda: memoryview(b'abc'), 'object': object,
    'dict view': lambda: {}.items(), 'dict iterator': lambda: iter({}.keys()), 'class': lambda: type('T', (), {}), 'frame': lambda: sys._getframe(),
    'reversed': lambda: reversed([1]), 'super': lambda: super(Filled, Filled()), 'union': lambda: int | str, 'alias': lambda: list[int],
    'comprehension': lambda: [i for i in range(3)], 'dict comprehension': lambda: {i: [i] for i in range(3)}, 'star': lambda: (lambda *a, **k: (a, k))(1, x=2),
}
for name, make in things.items():
    print(name, cost(make))
gc.enable()
