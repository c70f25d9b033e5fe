# A full collection of 1,000,000 empty lists. The time is that of gc.collect() alone.
import gc
import time

gc.disable()
data = [[] for _ in range(1000000)]
gc.collect()
t = time.perf_counter()
found = gc.collect()
print('elapsed', time.perf_counter() - t)
print('answer', found, len(data))
