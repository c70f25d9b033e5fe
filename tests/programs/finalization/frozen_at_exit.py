# gc.freeze before the end: frozen cycles are not collected, their finalizers do not run; what counts free is freed.
import gc
class N:
    def __init__(self, name): self.name = name
    def __del__(self): print('del', self.name)
class D(N): pass
plain = D('plain')
cyc = N('cycle')
cyc.me = cyc
gc.freeze()
later = N('later cycle')
later.me = later
print('end')
