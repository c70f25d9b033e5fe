# realloc checks, too.
from moult import unsafe
block = unsafe.alloc(600, 'mem')
unsafe.poke(block - 5, 0, 1)
unsafe.realloc(block, 700, 'mem')
