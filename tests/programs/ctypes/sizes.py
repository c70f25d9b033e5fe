# sizeof, alignment, sys.getsizeof of C types and instances; arguments.
import sys
from ctypes import *
class P(Structure):
    _fields_ = [('x', c_int), ('y', c_int)]
class R(Structure):
    _fields_ = [('a', P), ('b', P), ('n', c_char * 8), ('p', POINTER(c_int)), ('f', c_float * 3), ('s', c_char_p)]
z = c_int()
@CFUNCTYPE(c_int)
def cb(): return 1
print(sizeof(c_long), sizeof(c_wchar), sizeof(c_void_p), sizeof(c_bool), sizeof(c_longdouble), sizeof(py_object), alignment(c_double), sizeof(P * 10), sizeof(POINTER(P)))
print(sys.getsizeof(c_int()), sys.getsizeof(P()), sys.getsizeof(cb), sys.getsizeof(byref(z)), sys.getsizeof(P.x), sys.getsizeof(c_int), sys.getsizeof(P), sys.getsizeof(c_int * 3), sys.getsizeof(R))
print(c_int.from_param(5), c_double.from_param(2), c_char.from_param(b'x'), repr(byref(z))[:13], c_char_p.from_param(b'a')._obj)
print(get_errno(), set_errno(5), get_errno(), set_errno(0))
