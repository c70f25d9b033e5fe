from posix import read
import gc
gc.collect(); gc.freeze(); gc.collect()
del gc
numbers = [1, 2, 3]
nested = [numbers, [numbers, []], ['text that is mine', 12345678901234567890]]
numbers.append(nested)
class Node:
    def __init__(self, value, following=None):
        self.value = value
        self.following = following
chain = Node(1.5, Node(2.5))
def work(total):
    local = [total] * 10
    seen = {local[0]: chain}
    read(0, 1)
work(3.25)
