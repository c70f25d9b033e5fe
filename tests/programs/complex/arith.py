# Complex arithmetic and its errors.
a, b = 3 + 4j, 1 - 2j
print(a + b, a - b, a * b, a / b, a ** 2, b ** -1, -a, +a, abs(a), a.conjugate(), a.real, a.imag)
print(a + 1, 1 + a, a * 2.5, 2 - a, a / 2, 1 / a, a == 3 + 4j, a != b, a == 3, 3 + 0j == 3, hash(3 + 0j) == hash(3))
print(1j * 1j, (1j) ** 2, 0j ** 0, (2 + 0j) ** 10, a ** 0, a ** 1, 2 ** (1 + 0j))
for f in (lambda: a / 0, lambda: 0j ** -1, lambda: a // b, lambda: a % b, lambda: a < b, lambda: int(a), lambda: float(a), lambda: a + 'x', lambda: divmod(a, 1),
          lambda: pow(a, 2, 3), lambda: round(a), lambda: [1][a]):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
inf = float('inf')
print(complex(inf, 1), complex(1, -inf), complex(0.0, -0.0), complex(-0.0, 0.0), complex(float('nan'), 1), abs(complex(inf, 1)), -0j, -(0j))
print(bool(0j), bool(1j), abs(0j), abs(-3j), (1 + 2j).__add__(1), (1 + 2j).__eq__('x'))
x = 1j
x += 2
x *= 1j
x -= 0.5
x /= 2
print(x)  # expect: (-0.75+1j)
print(sum([1j, 2, 3.5]), [hash(z) for z in (1j, 1 + 1j, -1j, 0.5j)], {1 + 0j: 'a', 1: 'b'})
