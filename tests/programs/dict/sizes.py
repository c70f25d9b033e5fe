# getsizeof of dicts as they grow, shrink, are copied, or built by each constructor.
import sys
d = {}
out = [sys.getsizeof(d)]
for i in range(200):
    d[i] = i
    if sys.getsizeof(d) != out[-1]: out.append((len(d), sys.getsizeof(d)))if False else out.append(sys.getsizeof(d))
print(out)  # expect: [64, 224, 352, 632, 1168, 2264, 4688, 9304]
s = {}
out = []
for i in range(100):
    s['k%d' % i] = i
    out.append(sys.getsizeof(s))
print(out)
s[5] = 'an int key'
print(sys.getsizeof(s))  # expect: 9304
for i in range(90): del s['k%d' % i]
print(len(s), sys.getsizeof(s), sys.getsizeof(s.copy()), sys.getsizeof(dict(s)), sys.getsizeof({**s}))
s['more'] = 1
for i in range(70): s['m%d' % i] = 1
print(len(s), sys.getsizeof(s))  # expect: 82 9304
s.clear()
print(sys.getsizeof(s), sys.getsizeof({}), sys.getsizeof(dict()))  # expect: 64 64 64
s['x'] = 1
print(sys.getsizeof(s))  # expect: 184
print([sys.getsizeof(x) for x in ({1: 1}, {'a': 1}, {'a': 1, 'b': 2}, dict(a=1), dict([(1, 2)]), {i: i for i in range(5)}, {i: i for i in range(6)}, dict.fromkeys('abc'), dict.fromkeys(range(10)), dict.fromkeys(range(11)), dict.fromkeys({1, 2, 3}), dict(zip('abcdef', 'abcdef')), {'a': 1, 'b': 2, 'c': 3, 'd': 4, 'e': 5, 'f': 6}, {'a': 1} | {'b': 2}, dict({}), {**{}}, dict.fromkeys(range(100)), dict(enumerate(range(100))))])
a = {}
a.update({i: i for i in range(50)})
b = {'z': 0}
b.update({i: i for i in range(50)})
c = {i: 0 for i in range(50)}
c.pop(49)
c.popitem()
e = {0: 0}
e.update((i, i) for i in range(50))
print([sys.getsizeof(x) for x in (a, b, c, e, {i: i for i in range(50)}.copy())])
f = {i: i for i in range(11)}
for i in range(8): del f[i]
print(sys.getsizeof(f), sys.getsizeof(f.copy()))  # expect: 632 352
for i in range(20, 24): f[i] = i
print(len(f), sys.getsizeof(f))  # expect: 7 632
def kw(**k): return k
print(sys.getsizeof(kw()), sys.getsizeof(kw(a=1)), sys.getsizeof(kw(a=1, b=2, c=3, d=4, e=5, f=6)), sys.getsizeof(kw(**{'k%d' % i: i for i in range(20)})))
print(sys.getsizeof({}.keys()), sys.getsizeof(iter({})), sys.getsizeof({}.items()))  # expect: 40 72 40
