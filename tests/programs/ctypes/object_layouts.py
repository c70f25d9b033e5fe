# CPython's structs as ctypes structures, laid over live objects.
import sys
from ctypes import *
class PyObject(Structure):
    _fields_ = [('ob_refcnt', c_ssize_t), ('ob_type', py_object)]
class PyVarObject(PyObject):
    _fields_ = [('ob_size', c_ssize_t)]
class PyLong(PyObject):
    _fields_ = [('lv_tag', c_size_t), ('digits', c_uint32 * 4)]
class PyFloat(PyObject):
    _fields_ = [('value', c_double)]
class PyList(PyVarObject):
    _fields_ = [('ob_item', POINTER(py_object)), ('allocated', c_ssize_t)]
class PyTuple(PyVarObject):
    _fields_ = [('ob_item', py_object * 3)]
class PyBytes(PyVarObject):
    _fields_ = [('ob_shash', c_ssize_t), ('ob_sval', c_char * 8)]
class Keys(Structure):
    _fields_ = [('refcnt', c_ssize_t), ('log2_size', c_uint8), ('log2_index_bytes', c_uint8), ('kind', c_uint8), ('version', c_uint32),
                ('usable', c_ssize_t), ('nentries', c_ssize_t), ('indices', c_int8 * 8)]
class PyDict(PyObject):
    _fields_ = [('used', c_ssize_t), ('version', c_uint64), ('keys', POINTER(Keys)), ('values', c_void_p)]
class Str(PyObject):
    _fields_ = [('length', c_ssize_t), ('hash', c_ssize_t), ('interned', c_uint, 2), ('kind', c_uint, 3), ('compact', c_uint, 1), ('ascii', c_uint, 1), ('static', c_uint, 1)]
class Type(PyVarObject):
    _fields_ = [('tp_name', c_char_p), ('tp_basicsize', c_ssize_t), ('tp_itemsize', c_ssize_t)]
print([sizeof(c) for c in (PyObject, PyVarObject, PyLong, PyFloat, PyList, PyTuple, PyBytes, Keys, PyDict, Str, Type)])
for n in (0, 1, -1, 5, 2**30 - 1, 2**30, -2**40, 2**70):
    x = PyLong.from_address(id(n)); print(n, x.ob_type.__name__, x.lv_tag >> 3, x.lv_tag & 3, list(x.digits)[:max(1, x.lv_tag >> 3)])
f = 2.5
print(PyFloat.from_address(id(f)).value, PyFloat.from_address(id(f)).ob_type)
l = [1, 'b', [3]]
x = PyList.from_address(id(l)); print(x.ob_size, x.allocated, x.ob_item[0], x.ob_item[2] is l[2])
for i in range(10): l.append(i)
print(x.ob_size, x.allocated)
t = ('a', 2, None); x = PyTuple.from_address(id(t)); print(x.ob_size, list(x.ob_item))
b = b'abcdefg'; x = PyBytes.from_address(id(b)); print(x.ob_size, x.ob_sval); hash(b); print(x.ob_shash == hash(b))
d = {'one': 1, 'two': 2, 'three': 3}
x = PyDict.from_address(id(d)); k = x.keys.contents
print(x.used, x.values, k.log2_size, k.kind, k.usable, k.nentries, sorted(k.indices)); del d['two']; print(x.used, k.nentries, sorted(k.indices))
d[1] = 1; k = x.keys.contents; print(k.kind, k.nentries, k.usable)
for s in ('', 'a', 'hello', 'h\xe9', '\u0416' * 3, '\U0001f600', sys.intern('interned here'), ''.join(['not', ' interned'])):
    x = Str.from_address(id(s)); print(ascii(s), x.length, x.kind, x.compact, x.ascii, x.interned != 0)
for c in (int, str, list, type, dict, object, bool, len.__class__):
    x = Type.from_address(id(c)); print(x.tp_name, x.tp_basicsize == c.__basicsize__, x.tp_itemsize == c.__itemsize__, x.ob_type)
class Mine: pass
print(Type.from_address(id(Mine)).tp_name, Type.from_address(id(Mine)).ob_type is type)
