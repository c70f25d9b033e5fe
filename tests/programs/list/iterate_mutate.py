# Changing a list while iterating over it, iterators that outlive changes, reversed, enumerate.
# portable
L = [1, 2, 3, 4]
seen = []
for x in L:
    seen.append(x)
    if x == 2: L.remove(1)
    if len(L) < 6 and x > 2: L.append(x * 10)
print(seen, L)  # expect: [1, 2, 4, 40, 400, 4000] [2, 3, 4, 40, 400, 4000]
L = [1, 2, 3]
it = iter(L)
print(next(it), it.__length_hint__())  # expect: 1 2
L.clear()
print(next(it, 'end'), it.__length_hint__())  # expect: end 0
L.extend([7, 8, 9])
print(next(it, 'still end'))  # expect: still end
L = [1, 2, 3, 4, 5]
r = reversed(L)
print(next(r), r.__length_hint__())  # expect: 5 4
L.pop()
L.pop()
print(list(r), list(r))  # expect: [] []
L = [0, 1, 2]
for i in L:
    if i < 8: L.append(i + 3)
print(L)  # expect: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]
L = [1, 2, 3]
print([L.pop() for _ in L], L)  # expect: [3, 2] [1]
class Evil:
    def __init__(self, L): self.L = L
    def __eq__(self, o):
        self.L.clear()
        return False
L = [1, 2, 3]
print(Evil(L) in L, L)  # expect: False []
L = [1, 2, 3, 4]
print(L.count(Evil(L)), L)  # expect: 0 []
L = [Evil([]), 1]
L[0].L = L
try:
    L.remove(1)
except ValueError as e:
    print(e, L)
L = [1, 2, 3]
L[:] = (L.append(9) or x for x in (5, 6))
print(L)  # expect: [5, 6]
L = list(range(5))
for i, v in enumerate(L):
    L[i] = v * v
print(L)  # expect: [0, 1, 4, 9, 16]
a = [1, 2, 3]
for a[1] in a:
    print(a)
class Idx:
    def __index__(self):
        b.clear()
        return 1
b = [1, 2, 3]
try:
    b[Idx()]
except IndexError as e:
    print(e)
b = [1, 2, 3]
try:
    b[Idx()] = 5
except IndexError as e:
    print(e)
