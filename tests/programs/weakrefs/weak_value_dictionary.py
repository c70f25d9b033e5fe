# WeakValueDictionary: all methods, values that die, iteration while they die.
import gc
import weakref
class V:
    def __init__(self, n):
        self.n = n
    def __repr__(self):
        return 'V%d' % self.n
d = weakref.WeakValueDictionary()
vs = [V(i) for i in range(6)]
for v in vs:
    d[v.n] = v
print(len(d), d[2], d.get(9), d.get(9, 'no'), 3 in d, 9 in d, list(d), list(d.values()), list(d.items()), list(d.keys()))
del vs[0], v
print(len(d), 0 in d, sorted(d))
try:
    d[0]
except KeyError as e:
    print('KeyError', e)
print(d.pop(1), d.pop(1, 'gone'), d.setdefault(2, V(99)), d.setdefault(50, vs[0]))
k, v = d.popitem()
print(k, v)
del k, v
d.update({'a': vs[1]}, b=vs[2])
print(sorted(map(str, d)))
c = d.copy()
print(type(c).__name__, sorted(map(str, c)), c == d)
it = iter(d.values())
x = next(it)
vs.clear()
rest = list(it)
print(x, rest, len(d))
del x, rest
print(len(d), list(d.valuerefs()), len(c))
w = V(7)
d['w'] = w
refs = d.valuerefs()
print(len(refs), refs[0]() is w, refs[0].key, type(refs[0]).__name__)
it = d.itervaluerefs()
del w
print([r() for r in it])
a, b = V(1), V(2)
e = weakref.WeakValueDictionary({1: a}) | {2: b}
print(type(e).__name__, dict(e))
e |= {3: a}
print(sorted(e), dict({9: b} | e) if 0 else '')
a.me = a
del a
print(len(e))
print(gc.collect(), len(e), list(e))
try:
    d['x'] = 1
except TypeError as err:
    print(err)
import copy
print(copy.copy(e) is e, dict(copy.deepcopy(e)) == dict(e))
e.clear()
print(len(e), repr(e).startswith('<WeakValueDictionary at '))
