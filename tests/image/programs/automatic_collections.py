from posix import read
import gc
gc.collect(); gc.freeze(); gc.collect()

keep = []
class Node:
    def __init__(self, n):
        self.n = n * 1.5
        self.me = self
def churn(n):
    for i in range(n):
        node = Node(i)
        if i % 500 == 0:
            keep.append([node, [i * 0.5]])
churn(9000)
counts = gc.get_count()
recent = [[i] for i in range(20)]
read(0, 1)
