# Sorting: ints, strings, keys, and a quicksort in Python.
import time


def numbers(n):
    x = 42
    out = []
    for _ in range(n):
        x = (x * 1103515245 + 12345) % 2147483648
        out.append(x)
    return out


def quick(a):
    if len(a) <= 1:
        return a
    p = a[len(a) // 2]
    return quick([x for x in a if x < p]) + [x for x in a if x == p] + quick([x for x in a if x > p])


t = time.time()
data = numbers(120000)
a = sorted(data)
b = sorted([str(v) for v in data])
c = sorted(data, key=lambda v: v % 1000)
d = quick(data)
print('elapsed', time.time() - t)
print('answer', a[5], b[5], c[5], d == a)
