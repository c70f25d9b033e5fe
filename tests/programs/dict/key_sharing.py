# Key-sharing dictionaries of instances: sizes, order of first assignment, deletes, conversions.
import sys
class C:
    def __init__(self, a, b):
        self.a = a
        self.b = b
x, y = C(1, 2), C(3, 4)
print(sys.getsizeof(x), sys.getsizeof(x.__dict__), x.__dict__, y.__dict__)
y.c = 5
print(sys.getsizeof(y), sys.getsizeof(y.__dict__), sys.getsizeof(C(1, 2).__dict__), list(y.__dict__))
del y.a
print(y.__dict__, sys.getsizeof(y.__dict__))  # expect: {'b': 4, 'c': 5} 280
y.a = 9
print(y.__dict__, vars(y) is y.__dict__, list(y.__dict__))  # expect: {'b': 4, 'c': 5, 'a': 9} True ['b', 'c', 'a']
z = C.__new__(C)
z.b = 1
z.a = 2
print(z.__dict__, list(z.__dict__), sys.getsizeof(z.__dict__))  # expect: {'b': 1, 'a': 2} ['b', 'a'] 272
z.__dict__['zz'] = 1
print(z.zz, z.__dict__, sys.getsizeof(z.__dict__))  # expect: 1 {'b': 1, 'a': 2, 'zz': 1} 272
z.__dict__[5] = 'int key'
print(sorted(map(str, z.__dict__)), sys.getsizeof(z.__dict__))  # expect: ['5', 'a', 'b', 'zz'] 352
d = x.__dict__
d['new'] = 'n'
print(x.new, d, x.__dict__ is d)  # expect: n {'a': 1, 'b': 2, 'new': 'n'} True
x.__dict__ = {'only': 1}
print(x.only, hasattr(x, 'a'), d)  # expect: 1 False {'a': 1, 'b': 2, 'new': 'n'}
try:
    x.__dict__ = 5
except TypeError as e:
    print(e)
del x.__dict__
print(x.__dict__)  # expect: {}
class Many: pass
m = Many()
sizes = []
for i in range(40):
    setattr(m, 'a%d' % i, i)
    sizes.append(sys.getsizeof(m.__dict__))
print(sizes)
n = Many()
n.first = 1
print(sys.getsizeof(n.__dict__), sys.getsizeof(n), sys.getsizeof(Many()), sys.getsizeof(Many().__dict__))
w = C(7, 8)
dd = w.__dict__
del w
print(dd, sys.getrefcount(dd))  # expect: {'a': 7, 'b': 8} 3
class S:
    __slots__ = ('a', '__dict__')
s = S()
s.a = 1
s.q = 2
print(s.__dict__, sys.getsizeof(s), sys.getsizeof(s.__dict__), sys.getsizeof(object()))  # expect: {'q': 2} 56 304 16
class D(dict): pass
v = D(a=1)
v.attr = 5
print(v, v.__dict__, sys.getsizeof(v), sys.getsizeof(D()))  # expect: {'a': 1} {'attr': 5} 200 80
c = C(1, 2)
cd = c.__dict__.copy()
print(cd, sys.getsizeof(cd), sys.getsizeof(dict(c.__dict__)), c.__dict__ == cd)  # expect: {'a': 1, 'b': 2} 256 272 True
c.__dict__.clear()
print(c.__dict__, sys.getsizeof(c.__dict__))  # expect: {} 256
