# generators that feed each other
import sys


def numbers(n):
    for i in range(n):
        yield i


def pairs(source):
    before = 0
    for item in source:
        yield before, item
        before = item


def kept(source):
    for a, b in source:
        if (a ^ b) & 1:
            yield a + b


print(sum(x % 7 for x in kept(pairs(numbers(int(sys.argv[1]) // 45)))))
