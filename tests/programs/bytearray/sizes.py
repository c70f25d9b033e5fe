# Over-allocation of bytearray as seen by getsizeof and __alloc__.
import sys
b = bytearray()
out = []
for i in range(60):
    out.append((len(b), b.__alloc__(), sys.getsizeof(b)))
    b.append(65)
print(out[:20])
print(sorted({a for _, a, _ in out}))
for i in range(55):
    b.pop()
print(len(b), b.__alloc__(), sys.getsizeof(b))
b.clear()
print(len(b), b.__alloc__())
b = bytearray(100)
print(b.__alloc__(), sys.getsizeof(b), sys.getsizeof(bytearray(b'abc')), sys.getsizeof(bytearray()))
b.extend(b'x' * 50)
print(b.__alloc__())
del b[:100]
print(len(b), b.__alloc__())
b[0:0] = b'yy'
print(len(b), b.__alloc__())
b += b'z' * 1000
print(len(b), b.__alloc__())
c = bytearray(b'a') * 100
print(len(c), c.__alloc__())
