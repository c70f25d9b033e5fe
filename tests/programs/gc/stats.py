# get_stats over collections of each generation.
import gc
gc.collect()
gc.freeze()
gc.collect()
gc.disable()
base = gc.get_stats()
def change():
    now = gc.get_stats()
    return [{k: n[k] - b[k] for k in n} for n, b in zip(now, base)]
print([sorted(s) for s in base])
def cycles(n):
    for i in range(n):
        a = []
        a.append(a)
cycles(3)
gc.collect(0)
print(change())
cycles(2)
gc.collect(1)
print(change())
cycles(4)
gc.collect()
gc.collect()
print(change())
class Back:
    def __init__(self):
        self.me = self
    def __del__(self):
        kept.append(self)
kept = []
Back()
gc.collect()
print(change(), len(kept))
kept.clear()
gc.collect()
print(change()[2])
gc.enable()
print(gc.isenabled())
