# Where automatic collections come: generation, function and line of each, and what they collect.
import gc
import sys
gc.collect()
gc.freeze()
gc.collect()
log = []
def note(phase, info):
    frame = sys._getframe(1)
    log.append((phase, info['generation'], info['collected'], info['uncollectable'], frame.f_code.co_name, frame.f_lineno))
gc.callbacks.append(note)
def cycles(n):
    for i in range(n):
        x = []
        x.append(x)
        y = {'x': x}
class Node:
    def __init__(self, up=None):
        self.up = up
        self.down = []
        if up is not None:
            up.down.append(self)
def tree(depth, up=None):
    node = Node(up)
    if depth:
        tree(depth - 1, node)
        tree(depth - 1, node)
    return node
cycles(5000)
print(len(log))
for row in log:
    print(row)
log.clear()
roots = [tree(7) for i in range(12)]
del roots
roots = tree(9)
for row in log:
    print(row)
log.clear()
gen = (Node() for i in range(3000))
print(sum(1 for n in gen))
for row in log:
    print(row)
gc.callbacks.remove(note)
print(gc.get_count()[1:])
