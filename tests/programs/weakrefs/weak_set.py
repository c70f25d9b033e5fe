# WeakSet: operations, members that die, iteration guards.
import gc
import weakref
class M:
    def __init__(self, n):
        self.n = n
    def __hash__(self):
        return self.n
    def __eq__(self, o):
        return self is o
    def __repr__(self):
        return 'M%d' % self.n
def show(s):
    return sorted(map(repr, s))
ms = [M(i) for i in range(6)]
s = weakref.WeakSet(ms[:4])
print(len(s), show(s), ms[0] in s, ms[5] in s, 1 in s)
s.add(ms[4])
s.discard(ms[0])
s.remove(ms[1])
try:
    s.remove(ms[1])
except KeyError as e:
    print('KeyError')
    del e
t = weakref.WeakSet(ms[2:6])
for f in ('union', 'intersection', 'difference', 'symmetric_difference'):
    print(f, show(getattr(s, f)(t)))
print(show(s | t), show(s & t), show(s - t), show(s ^ t), s <= t, s < t, s >= t, s == t, s.isdisjoint(t), s.issubset(t))
x = s.copy()
x |= t
x &= s
x -= weakref.WeakSet([ms[2]])
x ^= t
print(show(x))
it = iter(s)
first = next(it)
ms.clear()
left = list(it)
print(first, left, len(s))
del first, left, it
print(len(s), len(t), len(x))
a = M(9)
a.s = weakref.WeakSet([a])
s.add(a)
r = weakref.ref(a)
del a
print(len(s), gc.collect(), len(s), r())
b = M(8)
s.update([b])
print(s.pop(), len(s))
try:
    s.pop()
except KeyError as e:
    print(e)
s.clear()
print(len(s), repr(s), weakref.WeakSet([b]) == {b}, weakref.WeakSet([b]) == weakref.WeakSet([b]))
