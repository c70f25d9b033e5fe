from posix import read
import gc
gc.collect(); gc.freeze(); gc.collect()
del gc

class Point:
    def __init__(self, x, y):
        self.x = x
        self.y = y
class Later(Point):
    pass
points = [Point(i * 0.5, [i]) for i in range(8)]
points[3].extra = 'one more'
points[4].__dict__['through'] = 'the dict'
del points[5].x
late = Later(1.25, ())
late.z = late
class Many: pass
many = Many()
for i in range(40):
    setattr(many, 'attribute%d' % i, [i])
replaced = Point(0.0, 0)
replaced.__dict__ = {'only': [1]}
seen = vars(points[6])
empty = Many()
read(0, 1)
