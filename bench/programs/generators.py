# Generators: chains, yield from, generator expressions.
import time


def count(n):
    i = 0
    while i < n:
        yield i
        i += 1


def evens(it):
    for x in it:
        if x % 2 == 0:
            yield x


def tree(n):
    if n > 0:
        for x in tree(n - 1):
            yield x
        yield n


def run(n):
    total = sum(evens(count(n)))
    total += sum(x * 2 for x in count(n))
    for _ in range(n // 5000):
        for x in tree(40):
            total += x
    return total


t = time.time()
r = run(3000000)
print('elapsed', time.time() - t)
print('answer', r)
