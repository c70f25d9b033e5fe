from moult import unsafe
block = unsafe.alloc(100, 'raw')
unsafe.poke(block, bytes(range(100)))
unsafe.realloc(block, 200, 'mem')
