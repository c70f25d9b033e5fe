# sys.getallocatedblocks: what known objects add and give back.
import sys, gc
blocks = sys.getallocatedblocks
def cost(make):
    gc.collect()
    before = blocks()
    x = make()
    held = blocks() - before
    x = None
    return held, blocks() - before
cost(lambda: None)
base = cost(lambda: None)
for name, make in (('object', object), ('list', lambda: [None] * 10), ('empty list', list), ('dict', lambda: {1: 2}), ('empty dict', dict), ('set', lambda: {1, 2}), ('big set', lambda: set(range(100))),
                   ('str', lambda: 'x' * 1000), ('bytes', lambda: bytes(100)), ('bytearray', lambda: bytearray(100)), ('int', lambda: 1 << 100), ('float', lambda: 1.5 * 2), ('tuple', lambda: (None,) * 5),
                   ('10 lists', lambda: [[] for i in range(10)]), ('100 objects', lambda: [object() for i in range(100)]), ('class', lambda: type('T', (), {})), ('instance', type('U', (), {})),
                   ('function', lambda: lambda: 0), ('generator', lambda: (i for i in ())), ('nested', lambda: {'a': [1, {'b': (2, [3])}]}), ('big', lambda: bytes(10**6)), ('strs', lambda: [str(i) for i in range(300, 350)])):
    cost(make)
    held, left = cost(make)
    print(name, held - base[0])
