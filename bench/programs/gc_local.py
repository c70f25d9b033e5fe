# A full collection of 1,000,000 lists, each holding its neighbour.
import gc
import time

gc.disable()
data = [[] for _ in range(1000000)]
for i in range(1, 1000000):
    data[i].append(data[i - 1])
gc.collect()
t = time.perf_counter()
found = gc.collect()
print('elapsed', time.perf_counter() - t)
print('answer', found, len(data))
