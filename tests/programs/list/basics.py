# list: methods, item and slice assignment, errors.
# portable
L = [3, 1, 2]
L.append(5)
L.extend('ab')
L.insert(0, 'z')
L.insert(-1, 'y')
L.insert(100, 'end')
print(L, L.pop(), L.pop(0), L.pop(-2), L, L.index(1), L.count(3), 5 in L)
L.remove('a') if 'a' in L else L.remove('b')
L.reverse()
print(L, L[::-1], L[1:3], L + [9], L * 2, 2 * [0], [1] < [2], [1, 2] == [1, 2], [] < [1], [1, 2] > [1], L.copy() == L, L.copy() is L)
M = list(range(10))
M[2:5] = ['a']
M[::4] = 'xyz'[:len(M[::4])]
M[5:5] = [1, 2, 3]
del M[0]
del M[::3]
print(M)  # expect: ['a', 5, 1, 2, 7, 8]
M[:] = []
print(M)  # expect: []
M[:] = (i for i in range(5))
M += (5, 6)
M *= 2
M[1:1] = M
print(M)  # expect: [0, 0, 1, 2, 3, 4, 5, 6, 0, 1, 2, 3, 4, 5, 6, 1, 2, 3, 4, 5, 6, 0, 1, 2, 3, 4, 5, 6]
for f in (lambda: [][0], lambda: [].pop(), lambda: [1].pop(5), lambda: [1].remove(2), lambda: [1].index(2), lambda: list([1])['a'], lambda: [1] + (2,), lambda: [1] * 'a', lambda: [1].extend(5), lambda: [1] < [None], lambda: [1] < 5, lambda: hash([]), lambda: [1].__setitem__(5, 0), lambda: [1, 2, 3].__setitem__(slice(0, 3, 2), [1]),
          lambda: [1].__setitem__(slice(0, 1), 5), lambda: [1].__delitem__(3), lambda: list(5), lambda: [1].insert('a', 1), lambda: [1, 2].__setitem__(slice(None, None, 0), []), lambda: list(1, 2), lambda: [].foo, lambda: [1].append(), lambda: [1].append(1, 2), lambda: [1].index(1, 5), lambda: [1].pop('a'), lambda: [].sort(5), lambda: list(x=1), lambda: [1][:'a'], lambda: [1].copy(2), lambda: [].__init__(3)):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
print([1, 2, 3].index(3, -1), [1, 2, 1].index(1, 1), [[1], [1]].count([1]), list('abc'), list({1: 2}), list(), [*range(3), *'ab'], [i for i in range(3)], [[]] * 2, [None] * 3)
x = [1, 2]
y = x
x += [3]
x = x + [4]
print(x, y)  # expect: [1, 2, 3, 4] [1, 2, 3]
z = [[0] * 2] * 2
z[0][0] = 1
print(z, [1, [2, [3, []]]], [1, 2, 3].__contains__(2), [1].__eq__(1), [3, 4].__getitem__(-1), [].__len__(), [1].__add__([2]), [1].__imul__(3), [1].__iadd__('a'), list.__getitem__([5], 0))
L = [1, 2, 3]
L.clear()
L.__init__('xy')
print(L, bool([]), bool([0]), [1, 2] != [1, 3], [1, 2.0] == [1.0, 2], len([[], []]))
class ML(list):
    def append(self, x): super().append(x * 2)
m = ML([1])
m.append(5)
m.extra = 'e'
print(m, type(m + [1]), type(m[:]), m == [1, 10], m.extra, m.copy(), type(m.copy()), isinstance(m, list), repr(m), sorted(m, reverse=True))
