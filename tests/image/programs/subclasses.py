from posix import read
import gc
first = [type('first', (base,), {}) for base in (list, dict, tuple, int, str, float, bytes, set, ValueError)]
gc.collect(); gc.freeze(); gc.collect()
del gc

class MyList(list): pass
class MyDict(dict): pass
class MyTuple(tuple): pass
class MyInt(int): pass
class MyStr(str): pass
class MyFloat(float): pass
class MyBytes(bytes): pass
class MySet(set): pass
class MyError(ValueError):
    def __init__(self, why, more):
        ValueError.__init__(self, why)
        self.more = more
things = [MyList([1, 2]), MyDict(a=[1]), MyTuple((1, [2])), MyInt(10 ** 30), MyStr('text\u00e9'), MyFloat(2.75),
          MyBytes(b'bytes'), MySet([1, 2])]
for thing in things:
    thing.attribute = things
try:
    raise MyError('because', {'k': 'v'})
except MyError as e:
    kept = e
read(0, 1)
