# Objects that come back: to a global, a list, an attribute of another; what runs the second time.
import gc
class R:
    def __init__(self, name, way):
        self.name = name
        self.way = way
    def __del__(self):
        log.append(self.name)
        self.way(self)
log = []
saved = {}
def to_dict(x): saved[x.name] = x
def to_global(x):
    global kept
    kept = x
def to_nothing(x): pass
def to_self(x): x.me = x
for way in (to_dict, to_global, to_nothing, to_self):
    r = R(way.__name__, way)
    del r
    print(log, sorted(saved), gc.collect())
    log.clear()
print(gc.is_finalized(saved['to_dict']), gc.is_finalized(kept))
saved.clear()
del kept
print(log, gc.collect())
class Plain:
    def __del__(self):
        again.append(self)
        runs.append(1)
again, runs = [], []
Plain()
x = again.pop()
del x
print(len(runs), len(again))
class Slotted:
    __slots__ = ('v',)
    def __del__(self):
        again.append(self)
        runs.append(2)
s = Slotted()
s.v = []
del s
x = again.pop()
print(runs, x.v, gc.is_finalized(x))
del x
print(runs, len(again))
