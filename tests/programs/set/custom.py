# Elements with their own hash and eq, mutation while iterating, callbacks that change the set.
# portable
class E:
    def __init__(self, n, h): self.n, self.h = n, h
    def __hash__(self): return self.h
    def __eq__(self, o):
        global eqs
        eqs += 1
        return self.n == getattr(o, 'n', None)
    def __repr__(self): return f'E{self.n}'
eqs = 0
s = {E(i, 5) for i in range(4)}
print(len(s), eqs)  # expect: 4 6
s.add(E(2, 5))
print(len(s), E(3, 5) in s, E(9, 5) in s, E(3, 6) in s)  # expect: 4 True False False
s.discard(E(0, 5))
print(sorted(e.n for e in s))  # expect: [1, 2, 3]
for op in (lambda v: v.add(99), lambda v: v.discard(1), lambda v: v.clear(), lambda v: v.update([1, 2])):
    v = {1, 2, 3}
    try:
        for x in v: op(v)
        print('no error', v)
    except RuntimeError as e:
        print(e)
it = iter({1, 2, 3})
print(it.__length_hint__(), next(it), it.__length_hint__(), list(it), it.__length_hint__(), next(it, 'end'))
class Evil:
    def __hash__(self): return 1
    def __eq__(self, o):
        t.clear()
        return False
t = {1, 9, 17}
print(Evil() in t, t)  # expect: False set()
t = {1, 2}
try:
    t.add(Evil())
    print(len(t))
except RuntimeError as e:
    print(e)
class D:
    def __init__(self, n): self.n = n
    def __del__(self): gone.append(self.n)
gone = []
w = {D(1), D(2)}
w.clear()
print(sorted(gone))  # expect: [1, 2]
w = {D(3)}
w &= set()
print(gone[2:])  # expect: [3]
class Unhash:
    __hash__ = None
class BadHash:
    def __hash__(self): return 1.5
for c in (Unhash, BadHash):
    try:
        {c()}
    except TypeError as e:
        print(e)
nan = float('nan')
print(nan in {nan}, len({nan, nan}), len({float('nan'), float('nan')}), {nan} == {nan})  # expect: True 1 2 True
r = set()
class H(set):
    def __hash__(self): return 1
h = H()
h.add(h)
print(h, len(h))  # expect: H({H(...)}) 1
