# Over-allocation of bytearray as seen by getsizeof and __alloc__.
import sys
b = bytearray()
out = []
for i in range(60):
    out.append((len(b), b.__alloc__(), sys.getsizeof(b)))
    b.append(65)
print(out[:20])
print(sorted({a for _, a, _ in out}))  # expect: [0, 2, 5, 8, 12, 19, 27, 36, 46, 57, 70]
for i in range(55):
    b.pop()
print(len(b), b.__alloc__(), sys.getsizeof(b))  # expect: 5 8 64
b.clear()
print(len(b), b.__alloc__())  # expect: 0 1
b = bytearray(100)
print(b.__alloc__(), sys.getsizeof(b), sys.getsizeof(bytearray(b'abc')), sys.getsizeof(bytearray()))
b.extend(b'x' * 50)
print(b.__alloc__())  # expect: 151
del b[:100]
print(len(b), b.__alloc__())  # expect: 50 51
b[0:0] = b'yy'
print(len(b), b.__alloc__())  # expect: 52 64
b += b'z' * 1000
print(len(b), b.__alloc__())  # expect: 1052 1053
c = bytearray(b'a') * 100
print(len(c), c.__alloc__())  # expect: 100 101
