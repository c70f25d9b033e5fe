# 200,000 callbacks of one object; the order is that of making, backwards.
import weakref
class P:
    pass
p = P()
count = 0
first = last = None
def called(r):
    global count, first, last
    count += 1
    if first is None:
        first = index[id(r)]
    last = index[id(r)]
refs = [weakref.ref(p, called) for i in range(200000)]
index = {id(r): i for i, r in enumerate(refs)}
print(weakref.getweakrefcount(p))
del p
print(count, first, last, refs[0](), refs[-1].__callback__)
