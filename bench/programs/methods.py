# Method calls, inheritance, properties.
import time


class Shape:
    def __init__(self, w):
        self.w = w

    def area(self):
        return self.w * self.w

    def scaled(self, k):
        return self.area() * k


class Half(Shape):
    def area(self):
        return self.w * self.w // 2

    @property
    def double(self):
        return self.w * 2


def run(n):
    shapes = [Shape(3), Half(5), Half(7), Shape(2)]
    total = 0
    for i in range(n):
        s = shapes[i & 3]
        total += s.scaled(i & 7)
        if i % 5 == 0:
            total += shapes[1].double
    return total


t = time.time()
r = run(1500000)
print('elapsed', time.time() - t)
print('answer', r)
