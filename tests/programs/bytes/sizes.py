# Sizes, shared one-byte objects, hash under seed 0.
import sys
def same(a, b): return a is b
print([sys.getsizeof(bytes(n)) for n in (0, 1, 2, 10, 100, 1000)])  # expect: [33, 34, 35, 43, 133, 1033]
print(bytes([1]) is bytes([1]), same(b'ab'[0:1], b'a'), same(bytes(0), b''), same(b'abc'[:], b'abc') if False else 'skip', bytes([200]) is b'\xc8'[:])
b = b'hello'
print(b[:] is b, bytes(b) is b, b + b'' is b, b'' + b is b, b * 1 is b, b.replace(b'z', b'') is b, b.strip() is b, b.ljust(1) is b, b''.join([b]) is b)
print([hash(x) for x in (b'', b'a', b'ab', b'hello world', b'\x00' * 20)])
x = bytes(1000)
i = id(x)
del x
y = bytes(1000)
print(id(y) == i, sys.getrefcount(y))  # expect: True 2
