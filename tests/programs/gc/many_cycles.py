# Many cycles made in a loop: automatic collections keep the number of live objects bounded.
import gc
class N:
    live = 0
    def __init__(self):
        N.live += 1
        self.me = self
    def __del__(self): N.live -= 1
gc.collect()
gc.freeze()
peak = 0
for i in range(20000):
    N()
    peak = max(peak, N.live)
print(peak, N.live < 2001)
gc.collect()
print(N.live)
gc.disable()
for i in range(5000): N()
print(N.live)
print(gc.collect() >= 5000, N.live)
gc.enable()
gc.set_threshold(100)
peak = 0
for i in range(2000):
    N()
    peak = max(peak, N.live)
print(peak)
gc.collect()
s0 = gc.get_stats()
gc.set_threshold(2000, 10, 10)
live = [[] for _ in range(50000)]
s1 = gc.get_stats()
print([b['collections'] - a['collections'] for a, b in zip(s0, s1)])
