from posix import read
import gc
gc.collect(); gc.freeze(); gc.collect()
del gc

class Point:
    __match_args__ = ('x', 'y')
    def __init__(self, x, y): self.x = x; self.y = y
results = []
def look(thing):
    match thing:
        case Point(0.0, y=second): results.append(('axis', second))
        case [first, *rest]: results.append((first, rest))
        case {'key': value, **others}: results.append((value, others))
        case str() as text: results.append(text)
        case _:
            results.append('nothing')
            read(0, 1)
for thing in [Point(0.0, [1]), [1.5, 2.5, 3.5], {'key': [1], 'b': 2.5, 'c': 'd'}, 'some text', 12345]:
    look(thing)
