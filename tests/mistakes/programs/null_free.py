# Freeing NULL is allowed.
from moult import unsafe
unsafe.free(0)
unsafe.free(0, 'raw')
block = unsafe.realloc(0, 5)
print(unsafe.peek(block, 5))
unsafe.free(block)
