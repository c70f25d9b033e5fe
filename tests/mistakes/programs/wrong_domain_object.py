from moult import unsafe
unsafe.free(unsafe.alloc(7, 'object'), 'mem')
