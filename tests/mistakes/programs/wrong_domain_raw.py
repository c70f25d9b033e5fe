from moult import unsafe
unsafe.free(unsafe.alloc(600, 'mem'), 'raw')
