# Which integers are shared: the small ones -5..256, constants of one code object, and computed ones.
def same(a, b): return a is b
a = 256
b = 255 + 1
print(a is b, id(a) == id(b))  # expect: True True
c = int('257')
d = int('257')
print(c is d, c == d)  # expect: False True
print([int(str(n)) is int(str(n)) for n in (-7, -6, -5, -4, -1, 0, 1, 100, 255, 256, 257, 258)])
x = 1000
y = 1000
print(x is y)  # expect: True
def f():
    return 1000
def g():
    return 1000
print(f() is f(), f() is g())  # expect: True True
print(id(1) - id(0), id(256) - id(-5), id(10) - id(9))  # expect: 32 8352 32
print(same(256 + 0, 255 + 1), same((lambda n: n + 1)(256), 257))  # expect: True False
n = 10**20
m = n + 0
print(m is n, n * 1 is n, n - 0 is n, +n is n, int(n) is n, n.__int__() is n, abs(n) is n, n // 1 is n, n | 0 is n)
print(len(range(257)) is int('257'), len('abc') is int('3'), ord('a') is int('97'))  # expect: False True True
print(same(True, 1 == 1), same(1 < 2, True), (not a) is False)  # expect: True True True
print([(n & 0xFF) is (n % 256) for n in (3, 300, 1000)], same((-5) * 1, int('-5')), a is int('256'))
