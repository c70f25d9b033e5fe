# Unions, anonymous fields, and a float seen as its bits.
from ctypes import *
class U(Union):
    _fields_ = [('i', c_uint32), ('b', c_uint8 * 4), ('f', c_float)]
u = U(); u.f = 1.0; print(hex(u.i), list(u.b), sizeof(U)); u.b[3] = 0x40; print(u.f)
class An(Structure):
    class _U(Union): _fields_ = [('i', c_int), ('f', c_float)]
    _anonymous_ = ['u']
    _fields_ = [('u', _U), ('k', c_int)]
n = An(); n.i = 0x3f800000; print(n.f, n.u.f, n.k, An.i, An.f)
