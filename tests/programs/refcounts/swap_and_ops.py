# Counts during expression evaluation: what the stack holds while a nested call looks.
import sys
o = object()
b = sys.getrefcount(o)
def look(*_): return sys.getrefcount(o) - b
print((o, look())[1], [o, o, look()][2], {'a': o, 'b': look()}['b'], (o, (o, [o, look()]))[1][1][1])  # expect: 1 2 1 3
print(look(o), look(o, o), look(*[o, o]), look(*(o,)))  # expect: 1 2 2 1
class C:
    def __add__(self, x): return sys.getrefcount(o) - b
    def __getitem__(self, k): return sys.getrefcount(o) - b
    def __call__(self, *a, **k): return sys.getrefcount(o) - b
    def __eq__(self, x): return sys.getrefcount(o) - b
    def __contains__(self, x):
        print(sys.getrefcount(o) - b)
        return True
    def __setitem__(self, k, v): print(sys.getrefcount(o) - b)
    def __setattr__(self, k, v): print(sys.getrefcount(o) - b)
    def __format__(self, s): return str(sys.getrefcount(o) - b)
c = C()
print(c + o, c[o], c(o), c(k=o), c(o, o, k=o), c == o, o in c, c[o, o], c[o:o])  # expect: 2 2 3 4 12 2 True 2 2
c[o] = o
c.x = o
print(f'{c}{o and c}')  # expect: 00
x = [o, look()]
print(x[1])  # expect: 1
x[0] = look()
print(x)  # expect: [1, 1]
print(max([1, 2], key=lambda v: look()), sorted([o, o], key=lambda v: look()) and look(), list(map(look, [o, o])), [look() for v in [o]], list(filter(look, [o])) and look())
d = {o: 1}
print(look(), d.get(o) + look(), d.pop(o), look())  # expect: 1 2 1 0
def g():
    yield o
    yield look()
print(list(g())[1], look())  # expect: 1 0
def f(a=o): return look()
print(f(), look())  # expect: 2 1
del f
a, b2 = o, look()
print(b2, look())  # expect: 1 1
del a
with_ = [v for v in (o,) if look()]
print(look())  # expect: 1
print((lambda: (o, look()))()[1], (o is o) + look(), (not o) + look(), (o and look()), (None or (o and look())))
