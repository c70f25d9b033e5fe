# Nested integer loops.
import time


def run(n):
    total = 0
    for i in range(n):
        j = 0
        while j < 100:
            total = (total + i * j) % 1000003
            j += 1
    return total


t = time.time()
r = run(50000)
print('elapsed', time.time() - t)
print('answer', r)
