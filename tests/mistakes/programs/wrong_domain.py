# PyMem_Malloc, freed by PyObject_Free.
from moult import unsafe


def make():
    return unsafe.alloc(20, 'mem')


unsafe.free(make(), 'object')
