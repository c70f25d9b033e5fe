# A full collection of 1,000,000 lists, each holding another anywhere.
import gc
import time

gc.disable()
data = [[] for _ in range(1000000)]
x = 42
for i in range(1000000):
    x = (x * 1103515245 + 12345) & 0x7fffffff
    data[i].append(data[x % 1000000])
gc.collect()
t = time.perf_counter()
found = gc.collect()
print('elapsed', time.perf_counter() - t)
print('answer', found, len(data))
