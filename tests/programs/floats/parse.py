# float(): accepted texts and refused ones.
# portable
for s in ('1', ' 1.5 ', '-2e3', '+.5', '5.', '1e-3', '1E+3', 'inf', '-Infinity', 'INF', 'nan', '+NaN', '-nan', '1_000.5', '0x10' if False else '16', '1e400', '-1e400',
          '1e-400', '0.1', '123456789012345678901234567890', '٣.٥', '2.2250738585072011e-308', '1.7976931348623159e308', '9007199254740993', '0e0', '00012.5',
          '4.9e-324', '2.4703282292062327e-324', '2.4703282292062328e-324', '.1e-5', '8.5e+00005'):
    print(repr(s), float(s))
for s in ('', ' ', '.', 'e5', '1e', '1__0', '_1', '1_', '1_.5', '1e_5', 'abc', '1.2.3', '0x1p3', 'infin', 'nano', '--1', '1 2', 'é', b'1x', '1\x00'):
    try:
        print(float(s))
    except ValueError as e:
        print(e)
for v in (None, [], {}, 1j, object):
    try:
        print(float(v))
    except TypeError as e:
        print(e)
print(float(), float(3), float(True), float(b'2.5'), float(bytearray(b'7')), float(10**22), float(10**23), float(2**53 + 1))
class F:
    def __float__(self): return 2.5
class G:
    def __float__(self): return 3
class H:
    def __index__(self): return 4
print(float(F()), float(H()))  # expect: 2.5 4.0
try:
    float(G())
except TypeError as e:
    print(e)
try:
    float(1, 2)
except TypeError as e:
    print(e)
try:
    float(x=1)
except TypeError as e:
    print(e)
