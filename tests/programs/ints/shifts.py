# Left and right shifts, negative numbers, errors.
# portable
print(1 << 0, 1 << 30, 1 << 31, 1 << 60, 1 << 100)
print(-1 << 5, -3 << 70, 5 << 29, 0 << 1000)  # expect: -32 -3541774862152233910272 2684354560 0
print(2**100 >> 98, 2**100 >> 100, 2**100 >> 101, (2**100 + 1) >> 1)  # expect: 4 1 0 633825300114114700748351602688
print(-1 >> 1, -1 >> 1000, -5 >> 1, -5 >> 2, -5 >> 3, -(2**70) >> 35, -(2**70 + 1) >> 35)
print(0 >> 5, 12345 >> 10**30, -12345 >> 10**30, 0 << 0)  # expect: 0 0 -1 0
for f in (lambda: 1 << -1, lambda: 1 >> -1, lambda: 1 << 1.0, lambda: 1.5 >> 1, lambda: 'a' << 1):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
x = 0b1011
x <<= 65
print(x, bin(x))
x >>= 60
print(x, bin(x))  # expect: 352 0b101100000
n = -(2**90) - 1
print([n >> k for k in (29, 30, 31, 59, 60, 61, 89, 90, 91)])
print([(-1) ** k << k for k in range(0, 70, 10)])
print(True << 3, 8 >> True, (1 << 1000) >> 990)  # expect: 8 4 1024
