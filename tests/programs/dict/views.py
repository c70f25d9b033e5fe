# keys, values, items: set operations, liveness, comparison, repr, mapping.
# portable
d = {'a': 1, 'b': 2, 'c': 3}
k, v, i = d.keys(), d.values(), d.items()
print(k, v, i, len(k), 'a' in k, 2 in v, ('a', 1) in i, ('a', 2) in i, 'a' in i, ('a',) in i)
d['d'] = 4
del d['a']
print(k, v, i, list(reversed(k)), list(reversed(i)))
print(sorted(k & {'b', 'z'}), sorted(k | ['z']), sorted(k - {'b'}), sorted(k ^ {'b', 'z'}), sorted(i & {('b', 2)}), sorted({'b', 'q'} & k), sorted(['b', 'q'] | k), sorted({'q', 'b'} - k), type(k & k), k.isdisjoint('xyz'), k.isdisjoint(['b']), i.isdisjoint([('b', 2)]))
print(k == {'b', 'c', 'd'}, k <= {'b', 'c', 'd', 'e'}, k < k, k >= {'b'}, k > {'b'}, k == ['b', 'c', 'd'], i == {('b', 2), ('c', 3), ('d', 4)}, v == v, v == d.values(), k == d.keys(), k != {1})
print(k.mapping, type(k.mapping), dict(k.mapping) == d, v.mapping['b'])
for f in (lambda: k[0], lambda: v & {1}, lambda: k + k, lambda: len(iter(k)), lambda: hash(k), lambda: k.mapping.__setitem__('x', 1), lambda: [] in i and 0, lambda: ([], 1) in i, lambda: k & 5, lambda: k < 5, lambda: type(k)(), lambda: i | [[]], lambda: {1: []}.items() | set()):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
it = iter(k)
print(next(it), it.__length_hint__())  # expect: b 2
d['zzz'] = 1
try:
    next(it)
except RuntimeError as e:
    print(e, it.__length_hint__())
try:
    next(it)
except RuntimeError as e:
    print(e)
d = {1: 1, 2: 2, 3: 3}
for op in (lambda: d.pop(1), lambda: d.__setitem__(9, 9), lambda: d.clear(), lambda: (d.pop(2, None), d.__setitem__(22, 2))):
    d.clear()
    d.update({1: 1, 2: 2, 3: 3})
    try:
        for x in d: op()
    except RuntimeError as e:
        print(e)
d = {1: 1, 2: 2}
for x in d: d[x] = x * 10
print(d)  # expect: {1: 10, 2: 20}
for x in list(d): del d[x]
print(d, {}.keys(), {}.items(), {}.values(), list({}.items()), {'x': {'y': 1}}.items(), {'l': {}.keys()})
r = {}
r['self'] = r
r['v'] = r.values()
r['k'] = r.keys()
print(r)
a, b = {'p': 1, 'q': 2}.items()
print(a, b, max({'x': 3, 'y': 1}.items(), key=lambda t: t[1]), [*{'m': 1}.items()])
