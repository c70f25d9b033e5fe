# Linked lists: built, reversed, walked.
import time


class Node:
    def __init__(self, value, next):
        self.value = value
        self.next = next


def run(n):
    head = None
    for i in range(n):
        head = Node(i, head)
    back = None
    while head is not None:
        nxt = head.next
        head.next = back
        back = head
        head = nxt
    total = 0
    node = back
    while node is not None:
        total += node.value
        node = node.next
    while back is not None:
        back = back.next
    return total


t = time.time()
total = 0
for _ in range(6):
    total += run(150000)
print('elapsed', time.time() - t)
print('answer', total)
