# Keys and items whose __eq__ and __hash__ raise, in the middle of every operation of dict, set, list, tuple.
# portable
class Boom(Exception): pass
class K:
    def __init__(self, n): self.n = n
    def __hash__(self):
        if armed.get('hash'): raise Boom('hash %d' % self.n)
        return 7
    def __eq__(self, other):
        if armed.get('eq'):
            armed['eq'] -= 1
            if not armed['eq']: raise Boom('eq %d' % self.n)
        return isinstance(other, K) and self.n == other.n
    def __repr__(self): return 'K(%d)' % self.n
armed = {}
def attempt(name, what, f):
    for at in (1, 2, 3):
        armed[what] = at
        try:
            print(name, what, at, f())
        except (Boom, ValueError, KeyError) as e:
            print(name, what, at, type(e).__name__, e)
        finally:
            armed.clear()
def ks(*ns): return [K(n) for n in ns]
def fresh(): return {K(1): 'a' * 30, K(2): ['b'], K(3): {'c': 1}}
def match(x):
    match x:
        case [a, b]: return a
        case {'k': v}: return v
        case K(n=2): return 'two'
for what in ('eq', 'hash'):
    d = fresh()
    attempt('get', what, lambda: d.get(K(3)))
    attempt('getitem', what, lambda: d[K(3)])
    attempt('setitem', what, lambda: d.__setitem__(K(4), object))
    attempt('delitem', what, lambda: d.__delitem__(K(2)))
    attempt('pop', what, lambda: d.pop(K(1), 'none'))
    attempt('setdefault', what, lambda: d.setdefault(K(9), [1]))
    attempt('in', what, lambda: K(3) in d)
    attempt('update', what, lambda: d.update({K(11): 1, K(12): 2}))
    attempt('update pairs', what, lambda: d.update([(K(1), [1]), (K(2), [2])]))
    attempt('dict eq', what, lambda: fresh() == fresh())
    attempt('dict or', what, lambda: len(d | fresh()))
    attempt('dict ior', what, lambda: d.__ior__(fresh()) is d)
    attempt('fromkeys', what, lambda: len(dict.fromkeys(ks(1, 2, 3), [0])))
    attempt('dict()', what, lambda: len(dict(zip(ks(1, 2, 3), 'abc'))))
    attempt('display', what, lambda: len({K(1): [1], K(2): [2], K(1): [3]}))
    attempt('comprehension', what, lambda: len({k: [k] for k in ks(1, 2, 1)}))
    attempt('unpack', what, lambda: len({**fresh(), **fresh()}))
    attempt('keys and', what, lambda: len(d.keys() & set(fresh())))
    attempt('keys eq', what, lambda: d.keys() == fresh().keys())
    attempt('items in', what, lambda: (K(1), 'a' * 30) in d.items())
    s = set(ks(1, 2, 3))
    attempt('add', what, lambda: s.add(K(4)))
    attempt('discard', what, lambda: s.discard(K(2)))
    attempt('remove', what, lambda: s.remove(K(3)))
    attempt('set()', what, lambda: len(set(ks(1, 2, 1))))
    attempt('frozenset()', what, lambda: len(frozenset(ks(1, 2, 1))))
    attempt('set display', what, lambda: len({K(1), K(2), K(1)}))
    attempt('union', what, lambda: len(s | set(ks(5, 6))))
    attempt('union list', what, lambda: len(s.union(ks(5, 6), ks(7))))
    attempt('intersection', what, lambda: len(s & set(ks(1, 3))))
    attempt('intersection list', what, lambda: len(s.intersection(ks(1, 3))))
    attempt('difference', what, lambda: len(s - set(ks(1, 3))))
    attempt('symmetric', what, lambda: len(s ^ set(ks(1, 3))))
    attempt('symmetric list', what, lambda: len(s.symmetric_difference(ks(1, 8))))
    attempt('update set', what, lambda: s.update(ks(20, 21)))
    attempt('difference_update', what, lambda: s.difference_update(ks(20, 21)))
    attempt('issubset', what, lambda: s <= set(ks(1, 2, 3)))
    attempt('isdisjoint', what, lambda: s.isdisjoint(ks(8, 9)))
    attempt('set eq', what, lambda: set(ks(1, 2)) == set(ks(1, 2)))
    l = ks(1, 2, 3)
    attempt('index', what, lambda: l.index(K(3)))
    attempt('count', what, lambda: l.count(K(3)))
    attempt('list remove', what, lambda: l.remove(K(3)))
    attempt('list in', what, lambda: K(3) in l)
    attempt('list eq', what, lambda: ks(1, 2, 3) == ks(1, 2, 3))
    attempt('list lt', what, lambda: ks(1, 2) < ks(1, 2, 3))
    attempt('tuple eq', what, lambda: tuple(ks(1, 2)) == tuple(ks(1, 2)))
    attempt('tuple index', what, lambda: tuple(ks(1, 2, 3)).index(K(3)))
    attempt('tuple hash', what, lambda: hash(tuple(ks(1, 2))) == hash(tuple(ks(1, 2))))
    attempt('slice eq', what, lambda: slice(K(1), K(2)) == slice(K(1), K(2)))
    attempt('generator in', what, lambda: K(2) in (k for k in ks(1, 2, 3)))
    attempt('match', what, lambda: match(K(2)))
for what in ('eq', 'hash'): attempt('match', what, lambda: match({'k': K(1)}))
