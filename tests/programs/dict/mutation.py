# Dicts changed by callbacks during their own operations; keys that die; popitem while looping; large churn.
# portable
class K:
    def __init__(self, n): self.n = n
    def __hash__(self): return 1
    def __eq__(self, o):
        if trap: trap.pop()()
        return self.n == o.n
trap = []
d = {K(1): 1, K(2): 2, K(3): 3}
trap.append(lambda: d.update({'extra%d' % i: i for i in range(50)}))
print(d.get(K(3)), len(d))  # expect: 3 53
d2 = {K(1): 1, K(2): 2}
trap.append(d2.clear)
print(d2.get(K(2), 'none'), d2)  # expect: none {}
d3 = {K(1): 1}
trap.append(lambda: d3.clear())
d3[K(1)] = 'v'
print(list(d3.values()))  # expect: ['v']
class V:
    def __init__(self, n): self.n = n
    def __del__(self): gone.append(self.n)
gone = []
e = {i: V(i) for i in range(5)}
e[1] = None
del e[2]
e.pop(3)
print(gone)  # expect: [1, 2, 3]
e.clear()
print(gone)  # expect: [1, 2, 3, 0, 4]
class Suicidal:
    def __del__(self): f.clear()
f = {'a': Suicidal(), 'b': 1}
f['a'] = 5
print(f)  # expect: {}
f = {'a': Suicidal(), 'b': Suicidal()}
f.clear()
print(f)  # expect: {}
g = {i: i for i in range(100)}
while g:
    k, v = g.popitem()
    if k == 50: g['late'] = 1
print(g, k)  # expect: {} 0
h = {}
for r in range(5):
    for i in range(200): h[(r, i)] = i
    for i in range(0, 200, 3): del h[(r, i)]
print(len(h), sum(h.values()), list(h)[:2], list(h)[-1])  # expect: 665 66335 [(0, 1), (0, 2)] (4, 199)
x = {n: None for n in range(0, 10**6, 10**5)}
x.update({-n: n for n in range(5)})
print(x)
try:
    for key in x: x['new' + str(key)] = 1
except RuntimeError as err:
    print(err)
del d3
