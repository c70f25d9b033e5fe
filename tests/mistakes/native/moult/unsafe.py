"""moult.unsafe for a real CPython, by ctypes: so that the same programs can be recorded there."""
import ctypes

_api = ctypes.pythonapi
_names = {'raw': 'PyMem_Raw', 'mem': 'PyMem_', 'object': 'PyObject_'}
for _prefix in _names.values():
    _malloc, _realloc, _free = (getattr(_api, _prefix + name) for name in ('Malloc', 'Realloc', 'Free'))
    _malloc.restype, _malloc.argtypes = ctypes.c_void_p, [ctypes.c_size_t]
    _realloc.restype, _realloc.argtypes = ctypes.c_void_p, [ctypes.c_void_p, ctypes.c_size_t]
    _free.restype, _free.argtypes = None, [ctypes.c_void_p]
_api.Py_DecRef.argtypes = _api.Py_IncRef.argtypes = [ctypes.c_void_p]


def alloc(size, domain='object'):
    return getattr(_api, _names[domain] + 'Malloc')(size)


def realloc(address, size, domain='object'):
    return getattr(_api, _names[domain] + 'Realloc')(address, size)


def free(address, domain='object'):
    getattr(_api, _names[domain] + 'Free')(address)


def peek(address, size=8):
    return ctypes.string_at(address, size)


def poke(address, value, size=8):
    data = value if isinstance(value, bytes) else (value % 256**size).to_bytes(size, 'little')
    ctypes.memmove(address, data, len(data))


def incref(value):
    _api.Py_IncRef(id(value))


def decref(value):
    _api.Py_DecRef(id(value))


def object_at(address):
    return ctypes.cast(address, ctypes.py_object).value
