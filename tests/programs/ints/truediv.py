# True division of integers: correctly rounded, huge operands, overflow.
# portable
print(7 / 2, 1 / 3, -1 / 3, 0 / 5, 0 / -5)  # expect: 3.5 0.3333333333333333 -0.3333333333333333 0.0 -0.0
print(2**53 / 1, (2**53 + 1) / 1, (2**54 + 3) / 2)  # expect: 9007199254740992.0 9007199254740992.0 9007199254740994.0
print(10**30 / 10**29, 10**400 / 10**399, (10**400 + 1) / (3 * 10**399))  # expect: 10.0 10.0 3.3333333333333335
print(1 / 10**300, 1 / 10**320, 1 / 10**330)  # expect: 1e-300 1e-320 0.0
print(3 / 10**308, -(10**310) / 10**3)  # expect: 3e-308 -1e+307
print(123456789012345678901234567890 / 987654321)  # expect: 1.249999988734375e+20
print((2**1024 - 2**971) / 1)  # expect: 1.7976931348623157e+308
for a, b in ((2**1024, 1), (-(2**1100), 3), (10**400, 2)):
    try:
        print(a / b)
    except OverflowError as e:
        print('OverflowError', e)
try:
    print(float(10**400))
except OverflowError as e:
    print(e)
print((2**53 + 1) / 2**53, (2**54 + 1) / 2**54, (2**54 + 2) / 2**54, (2**54 + 6) / 2**54)
print(1 / 7, 22 / 7, 355 / 113, 5e-324 == 1 / 2**1074, 1 / 2**1075)
print(True / 2, 3 / True)  # expect: 0.5 3.0
