# Methods: hex, fromhex, is_integer, as_integer_ratio, rounding, conversions.
for v in (0.0, -0.0, 1.0, 0.1, -2.5, 1e300, 5e-324, 255.5, 2.0**-1074 * 3, 3.5):
    print(v, v.hex(), v.is_integer(), v.as_integer_ratio(), float.fromhex(v.hex()) == v)
print(float('inf').hex(), float('nan').hex(), float('-inf').hex())  # expect: inf nan -inf
for s in ('0x1p3', '0x1.8p1', '1.8', '-0x.8p0', 'inf', '-nan', '0x1.fffffffffffffp1023', ' 0x10 ', '0x1p-1074', '0x1p-1075', '0x3p-1075', 'ff'):
    print(s, float.fromhex(s))
for s in ('0x', 'zz', '0x1p1024', '0x1p', ''):
    try:
        print(float.fromhex(s))
    except Exception as e:
        print(type(e).__name__, e)
print(round(2.5), round(3.5), round(-2.5), round(0.5), round(1.5), round(2.675, 2), round(1.005, 2), round(1234.5678, -2), round(5e15 + 0.5), round(1e300))
print(round(0.15, 1), round(0.25, 1), round(0.35, 1), round(-0.4), round(-0.4, 0), round(12.0, 5), round(1e-10, 5), round(1.5, None), type(round(1.5)), type(round(1.5, 0)))
for f in (lambda: round(float('nan')), lambda: round(float('inf')), lambda: float('nan').as_integer_ratio(), lambda: float('inf').as_integer_ratio(), lambda: round(1.5, 'a'), lambda: round(1.7e308, -308)):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
print(round(float('nan'), 2), round(float('inf'), 2))  # expect: nan inf
print(int(1e20), int(-1.9), (3.7).__trunc__(), (3.7).__floor__(), (-3.7).__floor__(), (3.2).__ceil__(), (3.5).real, (3.5).imag, (3.5).conjugate())
print((1.5).__eq__(1.5), (1.5).__lt__(2), (1.5).__add__('x'), (1.5).__bool__(), (0.0).__bool__(), bool(float('nan')))
print(float.__getformat__('double'), (0.5).__sizeof__(), (1.5).__getnewargs__())
