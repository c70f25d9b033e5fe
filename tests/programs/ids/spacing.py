# Distances between neighbours: blocks of one size class, small ints, pools' headers.
print(id(1) - id(0), id(-5) - id(-6) == 32, id(256) - id(0))  # expect: 32 False 8192
class S: __slots__ = ('a', 'b')
pad = [S() for _ in range(2000)]
L = [S() for _ in range(400)]
steps = [id(L[i + 1]) - id(L[i]) for i in range(399)]
print(max(set(steps), key=steps.count), steps.count(48) > 380)  # expect: 48 True
F = [float(i) + 0.5 for i in range(2000)]
G = [float(i) + 0.5 for i in range(400)]
steps = [id(G[i + 1]) - id(G[i]) for i in range(399)]
print(max(set(steps), key=steps.count))  # expect: 32
O = [object() for _ in range(3000)]
steps = [id(O[i + 1]) - id(O[i]) for i in range(2500, 2999)]
print(max(set(steps), key=steps.count))  # expect: 16
print(all(id(o) % 16 == 0 for o in L + G + O))  # expect: True
pages = {id(o) // 16384 for o in O}
print(len(pages) <= 3000 * 16 // 16000 + 4)  # expect: True
E = [[] for _ in range(3000)]
steps = [id(E[i + 1]) - id(E[i]) for i in range(2500, 2999)]
print(max(set(steps), key=steps.count))  # expect: 64
D = [(i,) for i in range(3000)]
steps = [id(D[i + 1]) - id(D[i]) for i in range(2500, 2999)]
print(max(set(steps), key=steps.count))  # expect: 48
P = [S() for _ in range(10)]
ids = [id(p) for p in P]
P.clear()
Q = [S() for _ in range(10)]
print(sorted(id(q) for q in Q) == sorted(ids), [id(q) for q in Q] == ids[::-1])  # expect: False False
