# math: transcendental functions over a spread of arguments, to 14 digits (a C library's last digit is not always right).
import math
xs = [0.1, 0.5, 1.0, 1.5, 2.0, 3.141592653589793, 10.0, 100.5, 1e-5, 1e5, 0.7853981633974483, 123.456, 5e-300]
for name in ('exp', 'log', 'log2', 'log10', 'sin', 'cos', 'tan', 'atan', 'sinh', 'cosh', 'tanh', 'asinh', 'log1p', 'expm1', 'sqrt', 'cbrt', 'erf', 'erfc', 'gamma', 'lgamma', 'exp2'):
    f = getattr(math, name)
    out = []
    for x in xs:
        try:
            out.append(format(f(x), '.14g'))
        except (OverflowError, ValueError) as e:
            out.append(str(e))
    print(name, *out)
for name in ('asin', 'acos', 'atanh'): print(name, *[format(getattr(math, name)(x), '.14g') for x in (-0.9, -0.5, 0.0, 0.1, 0.25, 0.999)])
print('acosh', *[format(math.acosh(x), '.14g') for x in (1, 1.5, 2, 100)], 'acos(1)', math.acos(1))
print(*[format(math.atan2(y, x), '.14g') for y in (-1, 0, 2.5) for x in (-3, 0, 0.5)])
print(*[format(a ** b, '.14g') for a in (0.5, 2.5, 10.1) for b in (-2.5, 0.3, 7.7)], *[format(math.pow(a, b), '.14g') for a in (1.1, 3.3) for b in (100, -0.001)])
