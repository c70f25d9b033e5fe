# Products of very long integers (past the schoolbook limit), squares and mixed lengths.
a = 7**3000
b = 11**2900
p = a * b
print(p % 1000000007, p.bit_length())  # expect: 719988477 18455
print((a * a) % 998244353, (a * a).bit_length())  # expect: 994311365 16845
print(p // a == b, p // b == a, p % a, p % b)  # expect: True True 0 0
c = (1 << 5000) - 1
print((c * c) == (1 << 10000) - (1 << 5001) + 1)  # expect: True
print((c * 3) % 1000003, (3 * c) % 1000003)  # expect: 273831 273831
d = a * 5**17
print(d // 5**17 == a)  # expect: True
lop = (1 << 20000) + 12345
sm = (1 << 3000) - 99
print((lop * sm) % (10**9 + 9), divmod(lop * sm + 5, sm) == (lop, 5))  # expect: 961553564 True
print(p % 10**60, p // 10**5400)
print(hash(p), hash(-p))  # expect: 315863548695108806 -315863548695108806
