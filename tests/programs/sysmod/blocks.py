# sys.getallocatedblocks moves by what a program allocates and frees.
import sys, gc
gc.collect()
def delta(f):
    f()
    a = sys.getallocatedblocks()
    keep = f()
    b = sys.getallocatedblocks()
    del keep
    c = sys.getallocatedblocks()
    return b - a, c - a
class A: pass
class S: __slots__ = ('x',)
for n, f in (('object', lambda: object()), ('float', lambda: float('1.5')), ('list', lambda: []), ('list1', lambda: [1]), ('list100', lambda: [None] * 100), ('dict', lambda: {}), ('dict1', lambda: {1: 2}), ('inst', lambda: A()), ('slots', lambda: S()), ('str', lambda: 'a' * 50), ('big str', lambda: 'a' * 1000), ('bytes', lambda: bytes(100)), ('big', lambda: 2**100), ('set', lambda: set()), ('ten', lambda: [object() for _ in range(10)])):
    print(n, delta(f))
