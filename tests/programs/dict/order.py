# Insertion order through deletes, reinsertions, popitem, updates and resizes.
# portable
d = {}
for i in range(10): d[i] = str(i)
for i in (3, 7, 0): del d[i]
d[3] = 'back'
d[5] = 'same place'
print(d)
print(d.popitem(), d.popitem(), d)
d[100] = 1
del d[100]
d[101] = 2
print(list(d))
for i in range(50): d['k%d' % i] = i
for i in range(0, 50, 2): del d['k%d' % i]
print(list(d)[:12], len(d))
d['k0'] = 'again'
print(list(d)[-3:], list(reversed(d))[:3])
e = {}
for i in range(1000):
    e[i] = i
    if i >= 3: del e[i - 3]
print(e)
k = {}
for w in 'to be or not to be that is the question to be'.split():
    k[w] = k.get(w, 0) + 1
print(k, sorted(k.items(), key=lambda kv: (-kv[1], kv[0]))[:2], max(k, key=k.get))
print(dict(sorted(k.items())), {v: x for x, v in k.items()})
f = {'a': 1, 'b': 2, 'c': 3}
f.update(b=20, d=4, a=10)
print(f, {**f, 'c': 30, 'e': 5}, f | {'a': 0, 'z': 1})
f['a'] = f.pop('a')
print(f, next(iter(f)), next(reversed(f)))
g = dict.fromkeys('hello')
g['h'] = 1
print(g, list(g.items()))
while g: print(g.popitem()[0], end=' ')
print(g)
