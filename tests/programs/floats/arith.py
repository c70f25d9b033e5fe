# Arithmetic: + - * / // % divmod, signed zeros, infinities, nans, errors.
# portable
inf, nan = float('inf'), float('nan')
for a, b in ((7.5, 2.0), (-7.5, 2.0), (7.5, -2.0), (-7.5, -2.0), (0.0, 3.0), (-0.0, 3.0), (1e300, 1e-10), (5.0, inf), (-5.0, inf), (5.0, -inf), (1.0, 0.1), (-1e-20, 3.0), (3.0, -1e-20 - 1)):
    print(a, b, a + b, a - b, a * b, a / b, a // b, a % b, divmod(a, b))
print(inf + 1, inf - inf, inf * 0, inf / inf, 1 / inf, -1 / inf, inf // 2, inf % 2, nan + 1, 5 % inf)
print(0.0 == -0.0, 0.0 * -1, -0.0 + 0.0, -0.0 - 0.0, -0.0 + -0.0, abs(-0.0), -(0.0), 0.0 - 0.0)
for f in (lambda: 1.0 / 0.0, lambda: 1.0 // 0, lambda: 1.0 % 0.0, lambda: divmod(1.0, 0), lambda: 1.0 + 'a', lambda: 'a' * 1.0, lambda: 1.0 & 1, lambda: 1.5 << 1,
          lambda: 0.0 ** -1, lambda: 1 / 0.0, lambda: 5 // 0.0, lambda: 10**400 * 1.0, lambda: 1.0 - None):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
x = 1.5
x += 1
x *= 2
x -= 0.25
x /= 3
x //= 0.5
x %= 2
x **= 3
print(x)  # expect: 1.0
print(1 + 0.5, 0.5 + 1, 2 * 0.5, 3 / 2.0, 7 // 2.0, True + 0.5, 2**70 * 1.0, 1.0 * 2**70)
print(sum([0.1] * 10), sum([0.1] * 10, 0.0), sum([1e16, 1.0, -1e16]), sum([1, 2.5, 3]), sum([1e308, 1e308, -1e308]))
t = 0.0
for _ in range(10):
    t += 0.1
print(t)  # expect: 0.9999999999999999
