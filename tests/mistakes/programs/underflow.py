# Written before its beginning.
from moult import unsafe
block = unsafe.alloc(20, 'mem')
unsafe.poke(block - 3, b'abc')
unsafe.free(block, 'mem')
