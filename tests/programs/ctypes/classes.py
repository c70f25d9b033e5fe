# The classes and metaclasses; subclasses of simple types; the other byte order.
from ctypes import *
class P(Structure):
    _fields_ = [('x', c_int), ('y', c_int)]
class U(Union):
    _fields_ = [('i', c_uint32), ('b', c_uint8 * 4), ('f', c_float)]
@CFUNCTYPE(c_int, c_int, POINTER(c_int))
def cb(i, p): p[0] = i * 2; return i + 1
print(isinstance(c_int(1), c_int), issubclass(c_int, c_int.__mro__[1]), c_int.__mro__, type(c_int), type(type(c_int)), type(P), type(U), type(POINTER(P)), type(P * 2), type(cb).__mro__[1:])
class MyInt(c_int): pass
class HasMine(Structure): _fields_ = [('m', MyInt), ('i', c_int)]
h = HasMine(3, 4); print(type(h.m), h.m.value, h.i, repr(h.m)[:15])
class BE(BigEndianStructure): _fields_ = [('a', c_uint16), ('b', c_uint32), ('c', c_double)]
be = BE(1, 2, 1.0); print(bytes(be), be.a, be.b, be.c)
