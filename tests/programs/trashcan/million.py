# A chain of 1,000,000 linked objects, freed at once.
# long
class Node:
    __slots__ = ('next',)
    def __init__(self, next): self.next = next
head = None
for _ in range(1000000): head = Node(head)
del head
print('freed')
nested = []
for _ in range(1000000): nested = [nested]
nested = None
print('freed')
