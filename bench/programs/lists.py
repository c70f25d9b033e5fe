# Lists: sieve, indexing, append, pop, slices.
import time


def sieve(n):
    flags = [True] * (n + 1)
    flags[0] = flags[1] = False
    i = 2
    while i * i <= n:
        if flags[i]:
            for j in range(i * i, n + 1, i):
                flags[j] = False
        i += 1
    return [i for i in range(n + 1) if flags[i]]


def work(n):
    total = 0
    stack = []
    for i in range(n):
        stack.append(i)
        if i % 3 == 0:
            total += stack.pop()
        if len(stack) > 1000:
            stack = stack[500:]
    return total + len(stack)


t = time.time()
a = len(sieve(3000000))
b = work(2000000)
print('elapsed', time.time() - t)
print('answer', a, b)
