from posix import read
import gc
first = type('first', (list,), {})
gc.collect(); gc.freeze(); gc.collect()
del gc

class Slots:
    __slots__ = ('first', 'second', '__weakref__')
class More(Slots):
    __slots__ = ('third',)
class Loose(Slots):
    pass
a = Slots(); a.first = [1]
b = More(); b.third = a; b.second = 'text of b'
c = Loose(); c.second = b; c.free = {'any': 'thing'}
class ListWith(list):
    __slots__ = ('note',)
d = ListWith([a, b]); d.note = d
read(0, 1)
