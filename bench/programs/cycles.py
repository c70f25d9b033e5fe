# Cycles: made and left to the collector.
import time


class Node:
    def __init__(self):
        self.other = None
        self.items = []


def run(n):
    for i in range(n):
        a = Node()
        b = Node()
        a.other = b
        b.other = a
        a.items.append(b)
    return n


t = time.time()
r = run(500000)
print('elapsed', time.time() - t)
print('answer', r)
