from moult import unsafe

block = unsafe.alloc(20, 'mem')
unsafe.free(block, 'object')
