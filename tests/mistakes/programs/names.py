# Names that are not ASCII are escaped.
from moult import unsafe


def größe_π():
    unsafe.free(unsafe.alloc(5, 'mem'), 'raw')


größe_π()
