# What is in gc.garbage at shutdown is listed on stderr when uncollectable objects are to be shown.
import gc
class D:
    def __repr__(self): return 'a D'
gc.garbage.append(D())
gc.garbage.append([1, 'x'])
gc.set_debug(gc.DEBUG_UNCOLLECTABLE)
print('end')
