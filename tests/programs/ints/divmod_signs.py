# Floor division and modulo over all sign pairs, small and large; ZeroDivisionError texts.
# portable
for a in (7, -7, 0, 2**65 + 3, -(2**65) - 3):
    for b in (3, -3, 1, -1, 2**33, -(2**33)):
        q, r = divmod(a, b)
        print(a, b, q, r, a // b == q, a % b == r, q * b + r == a)
for f in (lambda: 1 // 0, lambda: 1 % 0, lambda: divmod(1, 0), lambda: 1 / 0, lambda: 0 ** -1,
          lambda: 2**100 // 0, lambda: 2**100 % 0, lambda: pow(2, -1, 0), lambda: 5 % (0)):
    try:
        f()
    except Exception as e:
        print(type(e).__name__, e)
n = 10**60 + 123456789
d = 10**25 + 98765
print(divmod(n, d), divmod(-n, d), divmod(n, -d), divmod(-n, -d))
print((2**90) // (2**45), (2**90 - 1) // (2**45), (2**90 - 1) % (2**45))
print((2**120 - 1) // (2**60 - 1), (2**120 - 1) % (2**60 - 1))  # expect: 1152921504606846977 0
print((1 << 89) // ((1 << 59) + 1), (1 << 89) % ((1 << 59) + 1))  # expect: 1073741823 576460751229681665
print(int.__divmod__(7, 2), int.__rdivmod__(2, 7), int.__floordiv__(7, 2.0))  # expect: (3, 1) (3, 1) NotImplemented
