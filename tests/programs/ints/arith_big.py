# Big integer arithmetic: carries, borrows, signs, multi-digit products.
# portable
a = 2**100 + 12345
b = 3**70 - 7
print(a)
print(b)
print(a + b)
print(a - b)
print(b - a)
print(a * b)
print(-a * b)
print(a * a - (a - 1) * (a + 1))
print((2**30 - 1) * (2**30 - 1))
print((2**60 - 1) * (2**60 - 1))
print(2**30 - 1 + 1, 2**60 - 1 + 1, -(2**30) + 1)
print(-(2**60) - 1, 0 - 2**90, -(0))
x = 1
for i in range(1, 41):
    x *= i
print(x)
y = x
for i in range(1, 41):
    y //= i
print(y)
big = int('7' * 200)
big2 = int('3' * 180)
print(big * big2)
print(big + 1, big - big2)
print((big * big2) // big == big2, (big * big2) % big)
k = 10**400
print(k * k == 10**800, len(str(k * k)))
print((10**350 + 1) * (10**350 - 1) == 10**700 - 1)
print(sum(3**i for i in range(60)) * 2 + 1 == 3**60)
print(-7 + 2**64, ~(2**64), +(-2**64), abs(-2**77))
