# ** and pow with two and three arguments, negative exponents, modular inverse.
# portable
print(2**0, 0**0, 0**5, (-2)**3, (-2)**4, -2**2)  # expect: 1 1 0 -8 16 -4
print(3**200)
print((-3)**101)  # expect: -1546132562196033993109383389296863818106322566003
print(2**-1, (-2)**-3, 10**-5, 4**-0)  # expect: 0.5 -0.125 1e-05 1
print(pow(3, 200, 1000007), pow(3, 200, -1000007), pow(-3, 201, 1000007), pow(5, 0, 1), pow(5, 3, -1))
print(pow(7, 10**30, 10**9 + 7), pow(2**90, 2**70, 3**50))  # expect: 130355593 228263953235897374750486
print(pow(3, -1, 7), pow(3, -2, 7), pow(38, -1, 97), pow(-5, -1, 12))  # expect: 5 4 23 7
print(pow(12345678901234567890, 98765432109876543210, 10**40 + 1))  # expect: 3284532476427679902638310259604213876252
for f in (lambda: pow(2, -1, 4), lambda: pow(2, 3, 0), lambda: 0 ** -1, lambda: pow(2, 3.0, 5), lambda: pow(2.0, 3, 5),
          lambda: pow('a', 2), lambda: 2 ** 'a', lambda: pow(2), lambda: pow(1, 2, 3, 4)):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
print(pow(2, 10, mod=1000), pow(base=2, exp=5), pow(exp=3, base=2, mod=5))  # expect: 24 32 3
print(type(2**-1), (-8)**(1 / 3))  # expect: <class 'float'> (1.0000000000000002+1.7320508075688772j)
print(2**0.5, 4**0.5, (-1)**2.0)  # expect: 1.4142135623730951 2.0 1.0
print((10**20)**5 == 10**100, (2**31)**31 % 1000003)  # expect: True 334690
x = 3
x **= 5
print(x)  # expect: 243
print(int.__pow__(2, 3, 5), (2).__rpow__(3), (2).__pow__(0.5))  # expect: 3 9 NotImplemented
