# Bit fields: where they lie, signed and unsigned, units that grow.
from ctypes import *
class B(Structure):
    _fields_ = [('a', c_uint, 3), ('b', c_uint, 5), ('c', c_int, 10), ('d', c_uint64, 40), ('e', c_uint8, 4), ('f', c_uint8, 5)]
b = B(7, 31, -5, 1 << 39, 9, 17)
print(sizeof(B), b.a, b.b, b.c, b.d, b.e, b.f, bytes(b)); b.a = 9; b.c = 600; print(b.a, b.c)
for n, *_ in B._fields_: print(n, getattr(B, n))
