# The copy module: shallow and deep copies, memo, shared parts, cycles, hooks, atoms.
# portable
import copy
a = [1, [2, 3], {'k': [4]}, (5, [6])]
b = copy.copy(a)
c = copy.deepcopy(a)
print(b == a, b is a, b[1] is a[1], c == a, c[1] is a[1], c[2]['k'] is a[2]['k'], c[3] is a[3], c[3][1] is a[3][1])
t = (1, 2, 'x')
print(copy.copy(t) is t, copy.deepcopy(t) is t, copy.deepcopy((1, [])) is not None, copy.copy({1, 2}), copy.copy({'a': 1}), copy.copy(b'x'), copy.copy(bytearray(b'y')), copy.copy(5), copy.copy(None), copy.copy(len) is len, copy.copy(int) is int, copy.copy(range(3)), copy.copy(frozenset([1])), copy.copy(slice(1, 2)))
s = [0]
sh = [s, s, (s,)]
d = copy.deepcopy(sh)
print(d[0] is d[1], d[2][0] is d[0], d[0] is s)  # expect: True True False
L = [1]
L.append(L)
M = copy.deepcopy(L)
print(M[1] is M, M is L, len(M), M)  # expect: True False 2 [1, [...]]
dd = {'self': None}
dd['self'] = dd
e = copy.deepcopy(dd)
print(e['self'] is e)  # expect: True
class P:
    def __init__(self, x): self.x = x
    def __eq__(self, o): return self.__dict__ == o.__dict__
p = P([1, 2])
q, r = copy.copy(p), copy.deepcopy(p)
print(q == p, q.x is p.x, r == p, r.x is p.x, type(r) is P)  # expect: True True True False True
class H:
    def __init__(self): self.log = []
    def __copy__(self): return 'copied'
    def __deepcopy__(self, memo): return ('deep', type(memo).__name__)
print(copy.copy(H()), copy.deepcopy(H()), copy.deepcopy([H()]))  # expect: copied ('deep', 'dict') [('deep', 'dict')]
class S:
    __slots__ = ('a', 'b')
s1 = S()
s1.a = [1]
s2, s3 = copy.copy(s1), copy.deepcopy(s1)
print(s2.a is s1.a, s3.a is s1.a, s3.a, hasattr(s3, 'b'))  # expect: True False [1] False
class St:
    def __init__(self): self.v, self.tmp = 1, 2
    def __getstate__(self): return {'v': self.v}
    def __setstate__(self, st): self.__dict__.update(st, restored=True)
print(sorted(copy.copy(St()).__dict__.items()))  # expect: [('restored', True), ('v', 1)]
class R:
    def __init__(self, n): self.n = n
    def __reduce__(self): return (R, (self.n + 1,))
print(copy.copy(R(1)).n, copy.deepcopy(R(5)).n)  # expect: 2 6
class N:
    def __new__(cls, a): 
        self = object.__new__(cls)
        self.a = a
        return self
    def __getnewargs__(self): return (self.a,)
print(copy.copy(N([1])).a)  # expect: [1]
class DL(list): pass
x = DL([[1]])
x.attr = [2]
y, z = copy.copy(x), copy.deepcopy(x)
print(type(y).__name__, y, y.attr is x.attr, z[0] is x[0], z.attr is x.attr)  # expect: DL [[1]] True False False
class DD(dict): pass
w = copy.deepcopy(DD(a=[1]))
print(type(w).__name__, w, copy.deepcopy({(1, 2): [3]}), copy.deepcopy(ValueError('e', [1])).args)
for f in (lambda: copy.copy((i for i in ())), lambda: copy.deepcopy((i for i in ())), lambda: copy.copy(memoryview(b'')), lambda: copy.replace(5), lambda: copy.copy()):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
m = copy.deepcopy(p.__init__)
print(m.__self__ is p, m.__self__ == p, copy.Error.__name__, copy.copy(p.__init__) == p.__init__)
n = [1]
memo = {}
copy.deepcopy(n, memo)
print(len(memo), id(n) in memo)  # expect: 2 True
