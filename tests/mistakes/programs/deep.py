# Many frames.
from moult import unsafe


def down(n):
    if n == 0:
        unsafe.free(unsafe.alloc(1, 'raw'), 'object')
    down(n - 1)


down(50)
