# Sizes of dicts from 0 to 2000 keys: unicode and general keys, split tables, by every way to grow, copy and shrink one.
import sys
s = sys.getsizeof

def steps(name, sizes):
    out, last = [], None
    for n, size in sizes:
        if size != last:
            out.append('%d:%d' % (n, size))
            last = size
    print(name, len(out), ' '.join(out))

def by(change, start=(), count=2000):
    x = dict(start)
    yield len(x), s(x)
    for i in range(count):
        change(x, i)
        yield len(x), s(x)

steps('int keys', by(lambda d, i: d.__setitem__(i, i)))
steps('str keys', by(lambda d, i: d.__setitem__('k%d' % i, i)))
steps('setdefault', by(lambda d, i: d.setdefault(i, i), count=700))
steps('update one', by(lambda d, i: d.update({i: i}), count=700))
steps('update kw', by(lambda d, i: d.update(**{'k%d' % i: i}), count=700))
steps('update pairs', by(lambda d, i: d.update([(i, i), (-i, i)]), count=400))
steps('|= ', by(lambda d, i: d.__ior__({i: 1, str(i): 2}), count=300))
steps('then int', by(lambda d, i: d.__setitem__(i if i > 20 else str(i), i), count=100))
steps('pop', by(lambda d, i: d.pop(i), start=dict.fromkeys(range(600)), count=600))
steps('popitem', by(lambda d, i: d.popitem(), start=dict.fromkeys(range(600)), count=600))
steps('del', by(lambda d, i: d.__delitem__(i), start={i: i for i in range(600)}, count=600))
def churn(d, i):
    d[i] = i
    if i >= 5: del d[i - 5]
steps('insert and delete', ((i, size) for i, (n, size) in enumerate(by(churn, count=600))))
def churn2(d, i):
    d['k%d' % i] = i
    if i % 3: d.popitem()
steps('insert and popitem', by(churn2, count=600))

steps('dict(dict)', ((n, s(dict(dict.fromkeys(range(n))))) for n in range(0, 400)))
steps('copy', ((n, s({i: i for i in range(n)}.copy())) for n in range(0, 400)))
steps('copy str', ((n, s({str(i): i for i in range(n)}.copy())) for n in range(0, 400)))
def sparse(n):
    d = {i: i for i in range(n)}
    for i in range(0, n, 2): del d[i]
    return d
steps('copy sparse', ((n, s(sparse(n).copy())) for n in range(0, 300, 3)))
steps('dict(sparse)', ((n, s(dict(sparse(n)))) for n in range(0, 300, 3)))
def merged(a, b):
    d = {i: i for i in range(a)}
    d.update({-i: i for i in range(b)})
    return d
for a in (0, 1, 5, 10, 50):
    steps('merge into %d' % a, ((b, s(merged(a, b))) for b in range(0, 200)))
steps('fromkeys range', ((n, s(dict.fromkeys(range(n)))) for n in range(0, 300)))
steps('fromkeys list', ((n, s(dict.fromkeys([str(i) for i in range(n)]))) for n in range(0, 300)))
steps('fromkeys set', ((n, s(dict.fromkeys(set(range(n))))) for n in range(0, 300)))
steps('fromkeys dict', ((n, s(dict.fromkeys({str(i): 1 for i in range(n)}))) for n in range(0, 300)))
steps('fromkeys generator', ((n, s(dict.fromkeys(i for i in range(n)))) for n in range(0, 300)))
steps('pairs', ((n, s(dict([(i, i) for i in range(n)]))) for n in range(0, 300)))
steps('zip', ((n, s(dict(zip(map(str, range(n)), range(n))))) for n in range(0, 300)))
steps('comprehension', ((n, s({i: i for i in range(n)})) for n in range(0, 300)))
steps('kw', ((n, s(dict(**{'k%d' % i: i for i in range(n)}))) for n in range(0, 100)))
def kwargs(**kw): return s(kw)
steps('**kwargs', ((n, kwargs(**{'k%d' % i: i for i in range(n)})) for n in range(0, 100)))
steps('{**a, **b}', ((n, s({**{str(i): i for i in range(n)}, **{i: i for i in range(5)}})) for n in range(0, 100)))
steps('a | b', ((n, s({i: i for i in range(n)} | {-1: 1})) for n in range(0, 100)))
print(s({}), s({1: 1}), s({'a': 1}), s({'a': 1, 'b': 2, 'c': 3, 'd': 4, 'e': 5}), s({'a': 1, 'b': 2, 'c': 3, 'd': 4, 'e': 5, 'f': 6}))
print(s({1: 1, 2: 2, 3: 3, 4: 4, 5: 5}), s({1: 1, 2: 2, 3: 3, 4: 4, 5: 5, 6: 6}))
d = {i: i for i in range(1000)}
d.clear(); print(s(d)); d[1] = 1; print(s(d)); d['a'] = 1; print(s(d))
d = {'a': 1}; d.clear(); d['a'] = 1; print(s(d)); d[1] = 1; print(s(d)); del d[1]; print(s(d)); d = d.copy(); print(s(d))
d = {'a': 1}; d.popitem(); print(s(d)); d['b'] = 2; print(s(d))
class P:
    def __init__(self, n):
        for i in range(n): setattr(self, 'a%d' % i, i)
steps('__dict__', ((n, s(type('P', (), {'__init__': P.__init__})(n).__dict__)) for n in range(0, 60)))
steps('vars of many', ((n, s(vars(P(n)))) for n in range(0, 60)))
p = P(3); v = vars(p); print(s(v)); v['other'] = 1; print(s(v)); v[1] = 2; print(s(v)); print(s(v.copy()), s(dict(v)))
p = P(3); p.__dict__ = {'x': 1}; print(s(p.__dict__), s(p))
print(s(globals().copy()) > 0, s({}.keys()), s({}.values()), s({}.items()), s(iter({})), s(iter({1: 2}.items())), s(reversed({})))
