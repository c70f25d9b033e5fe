# Every simple type: size, wrapping, value, truth, bytes, the other byte order.
from ctypes import *
for t in (c_byte, c_ubyte, c_short, c_ushort, c_int, c_uint, c_long, c_ulong, c_longlong, c_ulonglong, c_size_t, c_ssize_t, c_int8, c_uint64, c_time_t):
    print(t.__name__, t._type_, sizeof(t), alignment(t), [t(v).value for v in (0, 1, -1, 127, 128, 255, 256, 1 << 15, 1 << 31, (1 << 63) - 1, 1 << 63, -(1 << 63), 10**30)], bool(t()), bytes(t(258)))
for t in (c_float, c_double, c_longdouble):
    print(t.__name__, t._type_, sizeof(t), [t(v).value for v in (0, 1, -1.5, 0.1, 1e300, 1e-300, float('inf'), float('nan'))], bytes(t(1.5))[:10])
print(bytes(c_bool(3)), c_bool(2), c_char(b'x'), c_wchar('\u20ac'), bytes(c_wchar('\u20ac')), c_void_p(16), c_void_p().value, c_char_p().value)
x = c_int(5)
y = x
y.value += 1
print(x, x is y, x == c_int(6), x.value == 6)
for t in (c_short, c_int, c_long, c_double, c_uint):
    be = t.__ctype_be__
    print(be.__name__, be(1).value, bytes(be(1)), be.__ctype_le__ is t, be.__ctype_be__ is be, memoryview(be()).format)
s = c_char_p(b'hello')
s.value = b'other'; print(s.value, s._objects)
w = c_wchar_p('wide'); print(w.value); w.value = None; print(w.value)
class Sub(c_long):
    def double(self): return self.value * 2
print(Sub(21).double(), Sub(3).value, isinstance(Sub(1), c_long))
