# The collector's head before a container: linked in a generation or not.
import sys, gc
from ctypes import *
def head(x):
    next, prev = c_size_t.from_address(id(x) - 16).value, c_size_t.from_address(id(x) - 8).value
    return next != 0, prev & 3
gc.disable()
gc.collect()
l = []
print(head(l), gc.is_tracked(l), head((1, 2)), gc.is_tracked({}))
a, b = [1], [2]
print((c_size_t.from_address(id(a) - 16).value & ~3) + 16 == id(b), (c_size_t.from_address(id(b) - 8).value & ~3) + 16 == id(a))
class C:
    def __del__(self): keep.append(self)
keep = []
c = C()
print(head(c)[1]); del c; print(head(keep[0])[1], gc.is_finalized(keep[0]))
gc.collect(); print(head(l)[0], (c_size_t.from_address(id(a) - 16).value & ~3) + 16 == id(b))
