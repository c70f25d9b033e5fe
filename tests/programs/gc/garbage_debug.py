# DEBUG_SAVEALL and gc.garbage.
import gc
gc.collect()
gc.freeze()
gc.set_debug(gc.DEBUG_SAVEALL)
print(gc.get_debug() == gc.DEBUG_SAVEALL, gc.DEBUG_STATS, gc.DEBUG_COLLECTABLE, gc.DEBUG_UNCOLLECTABLE, gc.DEBUG_SAVEALL, gc.DEBUG_LEAK)
a = ['a']
a.append(a)
del a
d = {}
d['self'] = d
del d
print(gc.collect(), len(gc.garbage), sorted(type(o).__name__ for o in gc.garbage))  # expect: 2 2 ['dict', 'list']
print(gc.garbage[0], gc.garbage is gc.garbage)  # expect: ['a', [...]] True
class D:
    def __del__(self): print('del of D')
x = D()
x.me = x
del x
n = len(gc.garbage)
print(gc.collect() >= 1, len(gc.garbage) > n)  # expect: True True
gc.set_debug(0)
gc.garbage.clear()
print(gc.garbage, gc.collect() >= 3)  # expect: [] True
print(gc.collect(), gc.garbage)  # expect: 0 []
