# bit_length, bit_count, as_integer_ratio, is_integer, conjugate, real, imag, rounding.
for n in (0, 1, 2, 255, 256, -1, -256, 2**30, 2**60 - 1, 2**100, -(2**100) + 1):
    print(n, n.bit_length(), n.bit_count(), n.as_integer_ratio(), n.is_integer())
print((5).real, (5).imag, (5).numerator, (5).denominator, (5).conjugate(), True.real, type(True.real))
print(round(1234, -2), round(1250, -2), round(1350, -2), round(-1250, -2), round(15, -1), round(25, -1), round(5, -5), round(55, 3))
print(round(10**30 + 5 * 10**9, -10), round(2**70, -5), round(7), round(7, None))
print((7).__round__(), (7).__floor__(), (7).__ceil__(), (7).__trunc__(), (7).__index__(), (7).__bool__(), (0).__bool__())
print((5).__add__('a'), (5).__radd__(3), (5).__eq__(5.0), (5).__lt__(6), (5).__neg__(), (-5).__abs__(), (5).__invert__())
print((5).__str__(), (5).__repr__(), (5).__hash__(), (-1).__hash__(), (5).__format__('x'), (5).__float__(), (5).__sizeof__())
try:
    round(5, 1.5)
except TypeError as e:
    print(e)
try:
    (5).real = 3
except AttributeError as e:
    print(e)
try:
    (5).foo = 3
except AttributeError as e:
    print(e)
print(int.__doc__.splitlines()[0])  # expect: int([x]) -> integer
print((5).__getnewargs__(), (5).__reduce_ex__(2)[1] if False else 'skip')  # expect: (5,) skip
print(abs(-5), abs(5), -0, +5, 5 .__class__, type(5) is int)  # expect: 5 5 0 5 <class 'int'> True
