from moult import unsafe
block = unsafe.alloc(16, 'mem')
unsafe.poke(block + 16, b'\0' * 8)
unsafe.free(block, 'mem')
