# Short-lived small objects of several kinds, made one by one: instances, lists, tuples, dicts.
import time


class Point:
    def __init__(self, x, y):
        self.x = x
        self.y = y


def run(n):
    kept = None
    for i in range(n):
        p = Point(i, i)
        q = [i, p]
        r = (q, i)
        s = {'p': p}
        kept = r
    return kept[1]


t = time.time()
r = run(2000000)
print('elapsed', time.time() - t)
print('answer', r)
