# Small classic programs on integers.
# portable
def fib(n):
    a, b = 0, 1
    for _ in range(n):
        a, b = b, a + b
    return a
print(fib(10), fib(90), fib(300))
def gcd(a, b):
    while b:
        a, b = b, a % b
    return a
print(gcd(2**40 * 3**20, 2**30 * 5**10), gcd(fib(300), fib(200)) == fib(100))  # expect: 1073741824 True
def sieve(n):
    flags = [True] * (n + 1)
    flags[:2] = [False, False]
    for i in range(2, int(n**0.5) + 1):
        if flags[i]:
            flags[i * i::i] = [False] * len(range(i * i, n + 1, i))
    return [i for i, f in enumerate(flags) if f]
p = sieve(1000)
print(len(p), p[:10], p[-3:])  # expect: 168 [2, 3, 5, 7, 11, 13, 17, 19, 23, 29] [983, 991, 997]
def miller(n):
    d, s = n - 1, 0
    while d % 2 == 0:
        d //= 2
        s += 1
    for a in (2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37):
        if n == a:
            return True
        x = pow(a, d, n)
        if x in (1, n - 1):
            continue
        for _ in range(s - 1):
            x = x * x % n
            if x == n - 1:
                break
        else:
            return False
    return True
print(miller(2**61 - 1), miller(2**67 - 1), miller(2**89 - 1), [n for n in range(2, 60) if miller(n)])
def isqrt(n):
    x = n
    y = (x + 1) // 2
    while y < x:
        x, y = y, (y + n // y) // 2
    return x
print(isqrt(10**40), isqrt(2 * 10**60))  # expect: 100000000000000000000 1414213562373095048801688724209
def collatz(n):
    c = 0
    while n != 1:
        n = n // 2 if n % 2 == 0 else 3 * n + 1
        c += 1
    return c
print([collatz(n) for n in range(1, 30)], collatz(97))
digits, q, r, t, k, m, x = '', 1, 0, 1, 1, 3, 3
while len(digits) < 50:
    if 4 * q + r - t < m * t:
        digits += str(m)
        q, r, m = 10 * q, 10 * (r - m * t), (10 * (3 * q + r)) // t - 10 * m
    else:
        q, r, t, k, m, x = q * k, (2 * q + r) * x, t * x, k + 1, (q * (7 * k + 2) + r * x) // (t * x), x + 2
print(digits)  # expect: 31415926535897932384626433832795028841971693993751
