# WeakKeyDictionary: all methods, keys that die, equality of keys.
import gc
import weakref
class K:
    def __init__(self, n):
        self.n = n
    def __eq__(self, o):
        return isinstance(o, K) and o.n == self.n
    def __hash__(self):
        return hash(self.n)
    def __repr__(self):
        return 'K%d' % self.n
d = weakref.WeakKeyDictionary()
ks = [K(i) for i in range(5)]
for k in ks:
    d[k] = k.n * 10
print(len(d), d[ks[2]], d[K(2)], d.get(K(9)), K(3) in d, 'x' in d, list(d), list(d.values()), list(d.items()))
del k, ks[0]
print(len(d), list(d))
try:
    d[K(0)]
except KeyError as e:
    print('KeyError')
del e
print(d.pop(ks[0]), d.pop(ks[0], 'no'), d.setdefault(ks[0], 5), d.setdefault(ks[0], 6))
k, v = d.popitem()
print(k, v)
d[k] = 'again'
del k
print(sorted(map(repr, d)))
d.update({ks[1]: 'new'})
c = d.copy()
print(len(c), c[ks[1]])
it = iter(d.items())
print(next(it))
ks.clear()
print(list(it), len(d), len(c))
a = K(1)
d[a] = [a]
del a
print(len(d), gc.collect(), len(d))
b = K(2)
d[b] = 'v'
print([r() for r in d.keyrefs()], weakref.getweakrefcount(b))
del b
print(len(d), d.keyrefs())
for bad in (1, 'a', []):
    try:
        d[bad] = 1
    except TypeError as e:
        print(e)
f = K(3)
e2 = weakref.WeakKeyDictionary({f: 1}) | {f: 2}
print(dict(e2))
del e2[f]
try:
    del e2[f]
except KeyError as err:
    print(type(err).__name__)
