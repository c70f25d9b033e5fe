# 200,000 callbacks of one object; the order is that of making, backwards.
import weakref
class P:
    pass
p = P()
log = []
n = 200000
refs = list(map(weakref.ref, [p] * n, [log.append] * n))
print(weakref.getweakrefcount(p))
del p
print(len(log), log[0] is refs[-1], log[-1] is refs[0], log[1] is refs[-2], refs[0](), refs[-1].__callback__)
