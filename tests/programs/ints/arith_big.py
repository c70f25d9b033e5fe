# Big integer arithmetic: carries, borrows, signs, multi-digit products.
# portable
a = 2**100 + 12345
b = 3**70 - 7
print(a)  # expect: 1267650600228229401496703217721
print(b)  # expect: 2503155504993241601315571986085842
print(a + b)  # expect: 2504423155593469830717068689303563
print(a - b)  # expect: -2501887854393013371914075282868121
print(b - a)  # expect: 2501887854393013371914075282868121
print(a * b)  # expect: 3173126578369279394610431051007620854893755286473086361521606082
print(-a * b)  # expect: -3173126578369279394610431051007620854893755286473086361521606082
print(a * a - (a - 1) * (a + 1))  # expect: 1
print((2**30 - 1) * (2**30 - 1))  # expect: 1152921502459363329
print((2**60 - 1) * (2**60 - 1))  # expect: 1329227995784915870597964051066650625
print(2**30 - 1 + 1, 2**60 - 1 + 1, -(2**30) + 1)  # expect: 1073741824 1152921504606846976 -1073741823
print(-(2**60) - 1, 0 - 2**90, -(0))  # expect: -1152921504606846977 -1237940039285380274899124224 0
x = 1
for i in range(1, 41):
    x *= i
print(x)  # expect: 815915283247897734345611269596115894272000000000
y = x
for i in range(1, 41):
    y //= i
print(y)  # expect: 1
big = int('7' * 200)
big2 = int('3' * 180)
print(big * big2)
print(big + 1, big - big2)
print((big * big2) // big == big2, (big * big2) % big)  # expect: True 0
k = 10**400
print(k * k == 10**800, len(str(k * k)))  # expect: True 801
print((10**350 + 1) * (10**350 - 1) == 10**700 - 1)  # expect: True
print(sum(3**i for i in range(60)) * 2 + 1 == 3**60)  # expect: True
print(-7 + 2**64, ~(2**64), +(-2**64), abs(-2**77))
