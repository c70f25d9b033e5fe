# Recursive calls: fib.
import time


def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)


t = time.time()
r = fib(32)
print('elapsed', time.time() - t)
print('answer', r)
