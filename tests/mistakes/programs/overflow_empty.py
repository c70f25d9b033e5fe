# A block of no bytes.
from moult import unsafe
block = unsafe.alloc(0, 'mem')
unsafe.poke(block, b'x')
unsafe.free(block, 'mem')
