# Subclasses of int: construction, arithmetic falls back to int, own operators, attributes, sizes.
class N(int):
    def __new__(cls, v, tag='?'):
        self = super().__new__(cls, v)
        self.tag = tag
        return self
    def __add__(self, other):
        return N(int(self) + int(other), self.tag + '+')
    __radd__ = __add__
    def __repr__(self):
        return f'N({int(self)},{self.tag})'
a = N(5, 'a')
print(a, a + 1, 1 + a, a * 2, type(a * 2), -a, type(+a), a.tag)
print(repr(a), str(a), f'{a}', f'{a:d}', '%d %s' % (a, a), hash(a) == hash(5), a == 5, {5: 'x'}[a])
print(isinstance(a, int), [10, 20, 30, 40, 50, 60][a], bool(N(0)), int(a), type(int(a)), a.__dict__)
print(sum([a, a]), max(a, 3), sorted([N(3), N(1)]), range(N(3)), 'ab' * N(2))
class S(int):
    __slots__ = ()
print(S(3) + 1, hasattr(S(3), '__dict__'), S(2**70), S('12') * S(2))  # expect: 4 False 1180591620717411303424 24
import sys
print(sys.getsizeof(S(1)) - sys.getsizeof(1), sys.getsizeof(S(2**70)) - sys.getsizeof(2**70))  # expect: 16 16
try:
    class Bad(int):
        __slots__ = ('x',)
except TypeError as e:
    print(e)
class I:
    def __index__(self): return int(N(3))
print([0] * I())  # expect: [0, 0, 0]
