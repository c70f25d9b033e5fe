# Addresses: reuse after a free, stability while alive, order of the free list.
a = object()
i = id(a)
del a
b = object()
print(id(b) == i)  # expect: True
x, y = object(), object()
ix, iy = id(x), id(y)
del x
del y
p, q = object(), object()
print(id(p) == iy, id(q) == ix)  # expect: True True
print(id(object()) == id(object()), id([]) == id([]), id({}) == id({}))  # expect: True True True
L = [object() for _ in range(5)]
ids = [id(o) for o in L]
print(len(set(ids)) == 5, ids == [id(o) for o in L])  # expect: True True
old = ids[2]
L[2] = None
new = object()
print(id(new) == old)  # expect: True
class A: pass
a = A()
i = id(a)
a = None
a = A()
print(id(a) == i)  # expect: False
m = [1, 2, 3]
i = id(m)
m.append(4)
m += [5]
m.clear()
m.extend(range(1000))
print(id(m) == i)  # expect: True
m = m + [1]
print(id(m) == i)  # expect: False
t = 'x' * 50
i = id(t)
t = 'y' * 50
print(id(t) == i)  # expect: False
def f():
    o = object()
    return id(o)
print(f() == f() == f())  # expect: True
f1 = 1.5 * 2.5
i = id(f1)
del f1
f2 = 3.5 * 4.5
print(id(f2) == i)  # expect: False
d = {}
i = id(d)
del d
e = {}
print(id(e) == i)  # expect: True
big = 10**30
j = id(big)
del big
big2 = 10**30 + 1
print(big2 % 7, id(None) == id(None), id(id) == id(id), id(int) == id((5).__class__))  # expect: 2 True True True
r = [id([]) for _ in range(5)]
print(len(set(r)))  # expect: 1
r = [id(object()) for _ in range(5)]
print(len(set(r)))  # expect: 1
z = [[] for _ in range(3)]
zi = [id(v) for v in z]
del z[0]
z.append([])
print(id(z[-1]) == zi[0], zi[1:] == [id(z[0]), id(z[1])])  # expect: True True
bound = A().__init__
print(id(A().__init__) == id(A().__init__), A().__init__ is A().__init__)  # expect: True False
