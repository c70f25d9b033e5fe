from posix import read
import gc
gc.collect(); gc.freeze(); gc.collect()
del gc

small = [-5, 0, 256]
ints = [257, -6, 2 ** 30 - 1, 2 ** 30, 2 ** 60, 2 ** 90, -(10 ** 40), 7 ** 200]
computed = [x * 3 + 1 for x in ints]
shared = ints[3]
floats = [0.1 * i for i in range(6)] + [float('inf'), -0.0, 1e300 * 1e-10]
same = floats[2]
complexes = [complex(i, -i) for i in range(3)] + [2j * 3]
flags = [True, 1 < 2, None, NotImplemented, ...]
def work(a, b):
    total = 0
    for i in range(a, b):
        total += i * 1000
    half = total / 2
    read(0, 1)
work(300, 310)
