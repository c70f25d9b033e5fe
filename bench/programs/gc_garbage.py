# A full collection of 1,000,000 lists, all garbage: pairs that hold each other.
import gc
import time

gc.disable()
gc.collect()
for i in range(500000):
    a = []
    b = [a]
    a.append(b)
a = b = None
t = time.perf_counter()
found = gc.collect()
print('elapsed', time.perf_counter() - t)
print('answer', found)
