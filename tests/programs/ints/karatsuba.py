# Products of very long integers (past the schoolbook limit), squares and mixed lengths.
# portable
a = 7**3000
b = 11**2900
p = a * b
print(p % 1000000007, p.bit_length())
print((a * a) % 998244353, (a * a).bit_length())
print(p // a == b, p // b == a, p % a, p % b)
c = (1 << 5000) - 1
print((c * c) == (1 << 10000) - (1 << 5001) + 1)
print((c * 3) % 1000003, (3 * c) % 1000003)
d = a * 5**17
print(d // 5**17 == a)
lop = (1 << 20000) + 12345
sm = (1 << 3000) - 99
print((lop * sm) % (10**9 + 9), divmod(lop * sm + 5, sm) == (lop, 5))
print(p % 10**60, p // 10**5400)
print(hash(p), hash(-p))
