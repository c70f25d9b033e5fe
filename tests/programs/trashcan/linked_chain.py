# A chain of 300,000 linked objects: built, walked, freed at once, and freed by the collector in a ring.
# long
import gc
class Node:
    __slots__ = ('next',)
    live = 0
head = None
for _ in range(300000):
    n = Node()
    n.next = head
    head = n
c = 0
n = head
while n:
    c += 1
    n = n.next
print(c)
del head, n
print('freed')
first = n = Node()
for _ in range(100000):
    m = Node()
    n.next = m
    n = m
n.next = first
del first, n, m
print(gc.collect() > 100000)
d = None
for _ in range(100000): d = {'next': d}
del d
print('dicts freed')
