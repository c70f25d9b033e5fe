from posix import read
import gc
gc.collect(); gc.freeze(); gc.collect()
del gc

class Link:
    __slots__ = ('value', 'next')
    def __init__(self, value, next): self.value = value; self.next = next
head = None
for i in range(60): head = Link(i * 1.5, head)
class Heap:
    def __init__(self): self.items = []
    def push(self, item):
        items = self.items
        items.append(item)
        i = len(items) - 1
        while i and items[(i - 1) // 2][0] > items[i][0]:
            items[i], items[(i - 1) // 2] = items[(i - 1) // 2], items[i]
            i = (i - 1) // 2
heap = Heap()
for n in (5.5, 3.5, 8.5, 1.5, 9.5, 2.5): heap.push((n, {'priority': n}))
graph = {name: set() for name in 'abcdef'}
for a, b in ('ab', 'bc', 'cd', 'da', 'ef'): graph[a].add(b)
def visit(node, seen):
    if node in seen: return seen
    seen.append(node)
    for other in sorted(graph[node]): visit(other, seen)
    if node == 'd': read(0, 1)
    return seen
order = visit('a', [])
