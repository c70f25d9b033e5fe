# ** on floats: special cases; results exact or correctly rounded for simple operands.
inf, nan = float('inf'), float('nan')
print(2.0**10, 2.0**-1, 2.0**0.5, 9.0**0.5, 10.0**2, 10.0**-2, (-2.0)**2, (-2.0)**3, 0.0**0, 1.0**nan, nan**0, inf**0)
print(0.0**inf, inf**-1, (-inf)**3, (-inf)**2, (-inf)**-3, 0.5**inf, 2.0**-inf, (-1.0)**inf, (-0.0)**3, (-0.0)**2, 1.0**inf)
print((-8.0)**(1 / 3))  # expect: (1.0000000000000002+1.7320508075688772j)
for f in (lambda: 0.0**-1, lambda: (-0.0)**-3, lambda: 10.0**400, lambda: pow(2.0, 3.0, 5), lambda: 2.0 ** 'x'):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
print(1e-200**2, 4**0.5, 2**1.5, 8**(1 / 3), 1.1**10, 3.0**20, 7.0**11)
print(pow(2.0, 3), pow(4, 0.5), pow(0.25, -0.5), (1e154)**2, (-1.5)**4)  # expect: 8.0 2.0 2.0 1e+308 5.0625
