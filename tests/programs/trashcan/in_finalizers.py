# Deallocations inside finalizers of deep structures: they happen at once, and see the C recursion that is taken by then.
import sys
log = []
class C:
    def __init__(self, i): self.i = i
    def __del__(self): log.append(self.i)
class Chain:
    def __init__(self, i, x): self.i, self.x = i, x
    def __del__(self):
        log.append(('in', self.i))
        c = C(self.i)
        del c
        log.append(('out', self.i))
x = None
for i in range(150): x = Chain(i, x)
del x
print(log[:6], log[-6:], len(log))
log.clear()
class Lets:
    def __init__(self, i, x): self.i, self.x = i, x
    def __del__(self):
        log.append(self.i)
        self.x = None
        log.append(-self.i)
x = None
for i in range(1, 61): x = Lets(i, x)
del x
print(log[:5], log[58:64], log[-5:], len(log))
log.clear()
def nested(n):
    x = []
    for _ in range(n): x = [x]
    return x
class Reprs:
    def __init__(self, n): self.n = n
    def __del__(self):
        try:
            log.append(len(repr(nested(self.n))))
        except RecursionError as e:
            log.append(str(e))
for depth in (0, 1000, 4000, 4985, 4990, 4995, 5000, 9000):
    x = Reprs(5000)
    for _ in range(depth): x = [x]
    log.append(depth)
    del x
print(log)
log.clear()
class Back:
    kept = []
    def __init__(self, i, x): self.i, self.x = i, x
    def __del__(self):
        if self.i % 50 == 0: Back.kept.append(self)
        log.append(self.i)
x = None
for i in range(201): x = Back(i, x)
del x
print(log[:4], log[-4:], [b.i for b in Back.kept], len(log))
Back.kept.clear()
print(log[-3:], len(log), sys.getrefcount(log))
