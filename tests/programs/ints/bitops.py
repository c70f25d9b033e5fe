# and, or, xor, invert on positive, negative, and multi-digit numbers.
# portable
vals = [0, 1, -1, 5, -6, 2**30, -(2**30), 2**64 - 1, -(2**64), 2**95 + 2**31 + 1]
for a in vals:
    print(a, ~a, [a & b for b in vals])
for a in vals:
    print([a | b for b in vals])
for a in vals:
    print([a ^ b for b in vals])
m = (1 << 128) - 1
print(m & -(2**70), -(2**70) | 1, m ^ -1)
print(True & 1, True & True, True | 2, False ^ True, type(True & True), type(True & 1))
print((-1) & m == m, -(1 << 60) & (1 << 60), -(1 << 60) ^ (1 << 60))
x = 0xF0F0
x &= 0xFF00
x |= 3
x ^= 1
print(hex(x))  # expect: 0xf002
try:
    1 & 1.0
except TypeError as e:
    print(e)
try:
    ~1.5
except TypeError as e:
    print(e)
try:
    1 | None
except TypeError as e:
    print(e)
