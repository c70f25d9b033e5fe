# Subclasses of float, free list reuse, in-place style reuse of temporaries seen through id().
import sys
class Celsius(float):
    def __new__(cls, v, unit='C'):
        self = float.__new__(cls, v)
        self.unit = unit
        return self
    def __repr__(self): return f'{float(self)}{self.unit}'
    def __add__(self, o): return Celsius(float(self) + o)
c = Celsius(21.5)
print(c, c + 1, c * 2, type(c * 2), -c, c.unit, c == 21.5, float(c), type(float(c)), '%.1f' % c, f'{c:.2f}', f'{c}', f'{c!r}')
print(isinstance(c, float), hash(c) == hash(21.5), sorted([Celsius(3), Celsius(1)]), sum([c, c]), round(c), int(c))
print(Celsius.fromhex('0x1p4'), type(Celsius.fromhex('0x1p4')).__name__)  # expect: 16.0C Celsius
x = float('3.25')
i = id(x)
del x
y = float('4.5')
print(id(y) == i)  # expect: True
print(sys.getrefcount(y), sys.getsizeof(y), sys.getsizeof(c) - sys.getsizeof(y))  # expect: 2 24 32
