# Binary trees: built, walked, thrown away.
import time


class Node:
    def __init__(self, left, right):
        self.left = left
        self.right = right


def make(depth):
    if depth == 0:
        return Node(None, None)
    return Node(make(depth - 1), make(depth - 1))


def check(node):
    if node.left is None:
        return 1
    return 1 + check(node.left) + check(node.right)


t = time.time()
total = 0
for _ in range(100):
    total += check(make(13))
print('elapsed', time.time() - t)
print('answer', total)
