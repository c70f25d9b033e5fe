# gc.set_debug: every flag, alone and together, with the lines on stderr; DEBUG_SAVEALL keeps what would have been freed.
import gc
gc.collect()
gc.freeze()
gc.collect()
print(gc.DEBUG_STATS, gc.DEBUG_COLLECTABLE, gc.DEBUG_UNCOLLECTABLE, gc.DEBUG_SAVEALL, gc.DEBUG_LEAK, gc.get_debug())
class Node:
    pass
def cycle(kind):
    if kind == 'list':
        a = []
        a.append(a)
    elif kind == 'dict':
        d = {}
        d['d'] = d
    else:
        n = Node()
        n.me = n
gc.set_debug(gc.DEBUG_SAVEALL)
cycle('list'); cycle('dict'); cycle('node')
print(gc.collect(), [type(x).__name__ for x in gc.garbage], gc.get_debug())
gc.garbage.clear()
print(gc.collect(), [type(x).__name__ for x in gc.garbage])
gc.garbage.clear()
gc.set_debug(0)
print(gc.collect(), len(gc.garbage))
gc.set_debug(gc.DEBUG_UNCOLLECTABLE)
cycle('list')
print(gc.collect(), len(gc.garbage))
gc.set_debug(gc.DEBUG_LEAK)
print(gc.get_debug())
gc.set_debug(gc.DEBUG_SAVEALL | gc.DEBUG_UNCOLLECTABLE)
cycle('list')
print(gc.collect(), len(gc.garbage))
gc.set_debug(0)
gc.garbage.clear()
for bad in ('x', None, 1.5, 2**40):
    try:
        gc.set_debug(bad)
    except (TypeError, OverflowError) as e:
        print(type(e).__name__, e)
print(gc.collect())
