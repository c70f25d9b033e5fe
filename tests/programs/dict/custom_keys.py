# Keys with their own __hash__ and __eq__: collisions, errors, mutation during look-up, call counts.
# portable
class K:
    def __init__(self, n, h): self.n, self.h = n, h
    def __hash__(self):
        log.append(f'h{self.n}')
        return self.h
    def __eq__(self, o):
        log.append(f'{self.n}={getattr(o, "n", o)}')
        return isinstance(o, K) and self.n == o.n
    def __repr__(self): return f'K{self.n}'
log = []
def show(*a):
    print(*a, ' '.join(log))
    log.clear()
d = {}
for n in range(4): d[K(n, 8)] = n
show(d)
show(d[K(2, 8)])
show(d.get(K(9, 8)))
show(K(3, 16) in d)
k = next(iter(d))
show(d[k])
del d[K(1, 8)]
show(d)
d[K(5, 8)] = 5
show(list(d.values()))
show({K(1, 1): 1, K(1, 1): 2})
show(d == dict(d))
show(d.copy() == {})
show(d.pop(K(0, 8)))
show({**d})
show(d.setdefault(K(2, 8), 'x'), d.setdefault(K(7, 7), 'y'))
e = {K(1, 3): 'a', 3: 'b', 11: 'c', 'x': 'd'}
show(e, e[3], e[11])
class BadHash:
    def __hash__(self): raise ValueError('no hash')
class StrHash:
    def __hash__(self): return 'x'
class NoHash:
    def __eq__(self, o): return True
class BigHash:
    def __hash__(self): return 2**100 + 7
class NegHash:
    def __hash__(self): return -1
class BadEq:
    def __hash__(self): return 1
    def __eq__(self, o): raise KeyError('no eq')
for c in (BadHash, StrHash, NoHash):
    try:
        print({c(): 1})
    except Exception as ex:
        print(type(ex).__name__, ex)
print(hash(BigHash()) == hash(2**100 + 7), hash(NegHash()))  # expect: True -2
try:
    print({1: 0}[BadEq()])
except KeyError as ex:
    print('KeyError', ex)
try:
    {BadEq(): 1, BadEq(): 2}
except KeyError as ex:
    print('KeyError', ex)
b = BadEq()
print({b: 1}[b], [b].index(b))  # expect: 1 0
class Evil:
    def __hash__(self): return 1
    def __eq__(self, o):
        if ed: ed.clear()
        return False
ed = {1: 'one'}
print(ed.get(Evil(), 'none'), ed)  # expect: none {}
class Mut:
    def __init__(self, v): self.v = v
    def __hash__(self): return hash(self.v)
    def __eq__(self, o): return self.v == o.v
m = Mut(1)
md = {m: 'x'}
m.v = 2
print(m in md, Mut(1) in md, Mut(2) in md, len(md), list(md)[0].v)  # expect: False False False 1 2
md[m] = 'y'
print(len(md))  # expect: 2
