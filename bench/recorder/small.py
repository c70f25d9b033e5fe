# a small heap: calls, attributes, small containers
import sys


class Point:
    def __init__(self, x, y):
        self.x = x
        self.y = y

    def moved(self, by):
        return Point(self.x + by, self.y - by)


def work(n):
    total = 0
    p = Point(1, 2)
    recent = {}
    for i in range(n):
        p = p.moved(i & 7)
        recent[i & 255] = [i, p]
        total = (total * 31 + p.x + i) % 1000003
        if total & 1:
            total += len(recent)
    return total


print(work(int(sys.argv[1]) // 62))
