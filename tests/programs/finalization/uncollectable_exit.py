# gc.garbage that is left at exit: with DEBUG_SAVEALL nothing of it is freed, and a warning says so.
# leaks: 0
import gc
class D:
    def __init__(self): self.me = self
    def __del__(self): print('del')
gc.set_debug(gc.DEBUG_SAVEALL)
D()
print(gc.collect(), len(gc.garbage))
gc.set_debug(gc.DEBUG_SAVEALL | gc.DEBUG_UNCOLLECTABLE)
print('end')
