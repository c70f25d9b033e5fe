# dict subclasses: __missing__, overridden methods, | with subclasses, constructors from mappings.
# portable
class D(dict):
    def __missing__(self, key):
        self[key] = value = [key]
        return value
d = D(a=1)
print(d['x'], d, d.get('y'), 'y' in d, d.pop('x'), d.setdefault('z'), d)
class Log(dict):
    def __setitem__(self, k, v):
        print('set', k, v)
        super().__setitem__(k, v)
    def __getitem__(self, k):
        print('get', k)
        return super().__getitem__(k)
    def __delitem__(self, k):
        print('del', k)
        super().__delitem__(k)
    def __contains__(self, k):
        print('in', k)
        return super().__contains__(k)
l = Log(a=1)
l['b'] = 2
l.update(c=3)
l.setdefault('d', 4)
print(l['b'], l.get('b'), 'a' in l, dict(l), {**l}, l == {'a': 1, 'b': 2, 'c': 3, 'd': 4})
del l['a']
l.pop('b')
print(type(l | {}), type({} | l), type(l.copy()), l, repr(l), type(Log.fromkeys('q')))
class Map:
    def keys(self): return ['k1', 'k2']
    def __getitem__(self, k): return k.upper()
print(dict(Map()), {**Map()}, dict(Map(), k1=5))
def f(**kw): return kw
print(f(**Map()), f(**d))  # expect: {'k1': 'K1', 'k2': 'K2'} {'a': 1, 'z': None}
class BadMap:
    def keys(self): return ['a']
class NoKeys:
    def keys(self): return 5
for c in (BadMap, NoKeys):
    try:
        dict(c())
    except Exception as e:
        print(type(e).__name__, e)
class Counter(dict):
    def __missing__(self, k): return 0
c = Counter()
for ch in 'abracadabra': c[ch] += 1
print(c, c['zzz'], len(c))  # expect: {'a': 5, 'b': 2, 'r': 2, 'c': 1, 'd': 1} 0 5
class Frozen(dict):
    def __hash__(self): return hash(frozenset(self.items()))
print({Frozen(a=1): 'ok'}[Frozen(a=1)])  # expect: ok
class O(dict):
    def __or__(self, o): return 'or'
    def __ror__(self, o): return 'ror'
print(O() | {}, {} | O(), O() | O())  # expect: or ror or
class At(dict):
    __getattr__ = dict.__getitem__
    __setattr__ = dict.__setitem__
a = At(x=1)
a.y = 2
print(a.x, a, a.__dict__)  # expect: 1 {'x': 1, 'y': 2} {}
