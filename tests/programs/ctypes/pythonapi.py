# The C API through ctypes.pythonapi: counts, repr, lists, errors that it raises.
import sys
from ctypes import *
api = pythonapi
l = []
print(sys.getrefcount(l)); api.Py_IncRef(py_object(l)); print(sys.getrefcount(l)); api.Py_DecRef(py_object(l)); print(sys.getrefcount(l))
api.PyObject_Repr.restype = py_object; api.PyObject_Repr.argtypes = [py_object]
print(api.PyObject_Repr([1, 'a']), sys.getrefcount(api.PyObject_Repr([l])))
print(api.PyList_Size(py_object([1, 2, 3])), api.PyList_Append(py_object(l), py_object('x')), l)
api.PyObject_Size.argtypes = [py_object]; api.PyObject_Size.restype = c_ssize_t
print(api.PyObject_Size('abc'))
try: print(api.PyObject_Size(5))
except TypeError as e: print(e)
api.PyObject_GetAttr.restype = py_object; api.PyObject_GetAttr.argtypes = [py_object, py_object]
print(api.PyObject_GetAttr(3 + 4j, 'imag'))
try: api.PyObject_GetAttr(3, 'nope')
except AttributeError as e: print(e)
api.PyTuple_New.restype = py_object; t = api.PyTuple_New(0); print(t)
api.PyObject_Type.restype = py_object; print(api.PyObject_Type(py_object(1.5)))
print(api.PyObject_IsTrue(py_object([])), api.PyObject_IsTrue(py_object([0])), api.PyGC_IsEnabled(), api.PyGC_Disable(), api.PyGC_IsEnabled(), api.PyGC_Enable())
api.PyLong_FromLong.restype = py_object; print(api.PyLong_FromLong(5), api.PyLong_FromLong(-1 << 20))
api.PyMem_Malloc.restype = c_void_p; api.PyMem_Free.argtypes = [c_void_p]; api.PyMem_Free.restype = None
p = api.PyMem_Malloc(64); memset(p, 65, 63); memset(p + 63, 0, 1); print(string_at(p)); print(api.PyMem_Free(p))
print(type(api), isinstance(api, PyDLL), api.Py_IncRef is api.Py_IncRef, api['Py_IncRef'] is api.Py_IncRef)
try: api.PyObject_Repr(5, 6, 7) and None; print('more arguments are passed on')
except Exception as e: print(e)
try: api.PyObject_Size()
except TypeError as e: print(e)
