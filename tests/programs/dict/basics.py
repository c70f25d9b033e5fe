# dict: construction, methods, views, errors.
# portable
d = {'b': 1, 'a': 2, 3: 'c', None: 4, (1, 2): 5, 2.5: 6}
print(d, len(d), d['b'], d[3.0], d[(1, 2)], d.get('zz'), d.get('zz', 9), 'a' in d, 'q' not in d, list(d), list(d.values()), list(d.items())[:2])
print(dict(), dict(a=1, b=2), dict([(1, 2), ('k', 'v')]), dict({'x': 1}, y=2), dict(zip('ab', [1, 2])), dict(['ab', 'cd']), {**{'a': 1}, 'b': 2, **{'a': 3}}, dict.fromkeys('abc'), dict.fromkeys([1, 2], 0), {i: i * i for i in range(4)})
for f in (lambda: d['nope'], lambda: d[[]], lambda: d.pop('nope'), lambda: {}.popitem(), lambda: dict([1]), lambda: dict([(1, 2, 3)]), lambda: dict(5), lambda: {[]: 1}, lambda: {}.update(5), lambda: d.nope, lambda: dict({}, {}), lambda: d < d, lambda: {} + {}, lambda: hash(d), lambda: d.get(), lambda: d.setdefault([], 1), lambda: dict(['a']), lambda: {**5}, lambda: dict(**{1: 2}), lambda: d.__delitem__('q'),
          lambda: {} | [], lambda: dict.fromkeys(5), lambda: d.fromkeys(), lambda: d.pop(), lambda: {}.copy(1), lambda: dict([[]]), lambda: dict([None]), lambda: d[{}], lambda: d[slice(1)] and None, lambda: [] in d, lambda: dict(a=1, **{'a': 2})):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
d['new'] = 1
d['b'] = 'changed'
del d['a']
print(d, d.pop('new'), d.pop('gone', 'default'), d.popitem(), d.setdefault('s', []), d.setdefault('s', 5), d.setdefault('n'), d)
d.update({'u': 1}, v=2)
d.update([('w', 3)])
d.update(b=0)
print(d, d.copy() == d, d.copy() is d, {'a': 1} == {'a': 1.0}, {'a': 1, 'b': 2} == {'b': 2, 'a': 1}, {} == [], {'a': 1} != {'a': 2})
print({'a': 1} | {'a': 2, 'b': 3}, {1: 2} | {}, bool({}), bool({0: 0}), list(reversed({'x': 1, 'y': 2})), list(reversed({'x': 1, 'y': 2}.values())), list(reversed({'x': 1, 'y': 2}.items())))
e = {'a': 1}
f = e
e |= [('z', 26)]
e |= {'a': 0}
print(e, f is e, {True: 'x', 1: 'y', 1.0: 'z'}, {0: 1, False: 2, 0.0: 3}, {'a': {'b': {}}}, {1: {}, 2: [], 3: ()})
e.clear()
print(e, f, {}.__class__, dict.__name__, {'k': 1}.__contains__('k'), {'k': 1}.__getitem__('k'), {'k': 1}.__eq__(5), {'a': 1}.__or__(5), {1: 2}.__len__(), [*{'a': 1, 'b': 2}], {'x': 1}.items() == {('x', 1)})
