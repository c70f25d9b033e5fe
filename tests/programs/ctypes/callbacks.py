# Python functions behind C function pointers.
from ctypes import *
z = c_int()
@CFUNCTYPE(c_int, c_int, POINTER(c_int))
def cb(i, p): p[0] = i * 2; return i + 1
t = c_int(); print(cb(20, byref(t)), t); print(cb(20, t), t)
def bad(x): return 1 / 0
cbad = CFUNCTYPE(c_int, c_int)(bad)
print(PYFUNCTYPE(py_object, py_object)(lambda v: [v])(3), CFUNCTYPE(None)(lambda: 5)(), CFUNCTYPE(c_double, c_double)(lambda v: v / 2)(3.0), CFUNCTYPE(c_char_p, c_char_p)(lambda s: None)(b'abc'), CFUNCTYPE(c_bool, c_char)(lambda c: c == b'a')(b'a'))
print(list(cb._objects), type(list(cb._objects.values())[0]).__name__, list(pythonapi.Py_IncRef._objects), pythonapi.Py_IncRef._objects['0'] is pythonapi)
