from moult import unsafe
block = unsafe.alloc(3000, 'raw')
unsafe.poke(block + 3000 + 7, b'!')
unsafe.free(block, 'raw')
