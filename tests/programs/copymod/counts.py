# References and sizes after copying: what is shared, what is new.
import copy, sys
o = object()
L = [o, [o], {'k': o}]
b = sys.getrefcount(o)
s = copy.copy(L)
print(sys.getrefcount(o) - b, sys.getsizeof(s), sys.getsizeof(L))  # expect: 1 80 80
d = copy.deepcopy([1, [2, 3], 'x' * 3])
print(sys.getsizeof(d), sys.getrefcount(d) - 1, sys.getrefcount(d[1]) - 1)  # expect: 88 1 1
class A:
    def __init__(self): self.x, self.y = o, [o]
a = A()
c = copy.copy(a)
print(sys.getrefcount(o) - b, c.y is a.y, sys.getsizeof(c.__dict__), sys.getsizeof(a.__dict__))
e = copy.deepcopy(a)
print(sys.getrefcount(o) - b, e.x is o, e.y[0] is o, e.y[0] is e.x)  # expect: 4 False False True
del s, a, c, e
print(sys.getrefcount(o) - b)  # expect: 0
l1 = [1, 2, 3]
l2 = l1
l3 = copy.copy(l1)
print(l1 is l2, l1 is l3, l1 == l3, sys.getrefcount(l1) - 1, sys.getrefcount(l3) - 1)  # expect: True False True 2 1
l1 = [1, 3, 4]
print(l1 is l2, sys.getrefcount(l2) - 1)  # expect: False 1
