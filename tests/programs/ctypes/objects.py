# Objects by their address: counts, types, items of lists and tuples, characters, digits, as forum answers show them.
import sys
from ctypes import *
o = py_object([1, 2]); print(o.value, o, sys.getrefcount(o.value)); e = []; o.value = e; print(o.value is e)
def refs(x): return c_ssize_t.from_address(id(x)).value
l = []; k = l; print(refs(l), refs([]), refs(None) == refs(True), sys.getrefcount(l)); k = None; print(refs(l))
class PyObj(Structure): _fields_ = [('rc', c_ssize_t), ('type', py_object)]
class PyList(PyObj): _fields_ = [('size', c_ssize_t), ('items', POINTER(py_object)), ('alloc', c_ssize_t)]
l = [10, 'x', None]; v = PyList.from_address(id(l)); print(v.rc, v.type, v.size, v.items[1], [v.items[i] for i in range(v.size)], v.alloc)
l.append(1); print(v.size, v.alloc)
t = (1, 2, 3); item = py_object.from_address(id(t) + 24 + 8); print(item.value)
s = 'hello world'; print(string_at(id(s) + 40, 11), c_ssize_t.from_address(id(s) + 16).value)
n = 1000; d0 = c_uint32.from_address(id(n) + 24); print(d0.value)
