# tuple: building, slicing, methods, comparison, errors.
t = (1, 'a', None, 2.5, (3,))
print(t, t[0], t[-1], t[1:3], t[::-1], t[::2], len(t), t + (9,), t * 2, 2 * (1,), 'a' in t, 5 not in t, t.index('a'), t.count(1), (), (1,), tuple(), tuple('abc'), tuple([1, 2]), tuple(range(3)), tuple({'k': 1}), tuple(i * i for i in range(4)))
for f in (lambda: t[9], lambda: t['a'], lambda: t.index(99), lambda: t + [1], lambda: t * 'a', lambda: t.__setitem__(0, 1), lambda: hash(([],)), lambda: tuple(5), lambda: (1, 2) < (1, 'a'), lambda: (1,) < [1], lambda: t.append(1), lambda: tuple([1], [2]), lambda: t.index(1, 1), lambda: tuple(iterable=[1]), lambda: t[1.0], lambda: -t):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
try:
    t[0] = 5
except TypeError as e:
    print(e)
try:
    del t[0]
except TypeError as e:
    print(e)
print((1, 2) < (1, 3), (1, 2) < (1, 2, 0), (2,) > (1, 9), () < (1,), (1, 2) == (1.0, 2.0), (1, 2) != (1,), (1, [2]) == (1, [2]), ((1, 2), 3) <= ((1, 2), 3), (1, 2) == [1, 2])
a, b = 1, 2
a, b = b, a
(c, d), *e = (3, 4), 5, 6
x = y = (7,)
print(a, b, c, d, e, x is y, *t, sep='|')  # expect: 2|1|3|4|[5, 6]|True|1|a|None|2.5|(3,)
for f in (lambda: [0 for a, b in [(1, 2, 3)]], lambda: [0 for a, b in [(1,)]], lambda: [0 for a, b in [5]], lambda: [0 for a, *b, c in [(1,)]]):
    try:
        f()
    except Exception as e:
        print(type(e).__name__, e)
print([hash(v) for v in ((), (1,), (1, 2), (1, 2, 3), ((1, 2), (3, 4)), (0,) * 10, (None,) == 0 or (True, 1.0), (-1, -2))])
print(hash((1, 2)) == hash((1.0, 2.0)), {(1, 2): 'x'}[(1, 2)], sorted([(2, 'b'), (1, 'z'), (2, 'a')]), max([(1, 2), (1, 3)]), sum([(1,), (2,)], ()), (1, 2, 3)[1:][0], ((),), ((1, 2),), tuple(sorted('hello')))
class T(tuple):
    def __new__(cls, *a): return super().__new__(cls, a)
    @property
    def first(self): return self[0]
p = T(1, 2)
print(p, p.first, type(p[:]), type(p + (1,)), p == (1, 2), hash(p) == hash((1, 2)), repr(p), isinstance(p, tuple), [*p], tuple(p), type(tuple(p)), p.__dict__)
print(t.__contains__(1), t.__getitem__(0), (1, 2).__eq__([1, 2]), (1,).__add__((2,)), t.__len__(), (1,).__mul__(2), list((1, 2).__iter__()), (1, 2).__lt__(5), (5,).__getnewargs__())
