# The interpreter is on its way out.
from moult import unsafe


class Late:
    def __del__(self):
        unsafe.free(unsafe.alloc(8, 'mem'))


late = Late()
