from moult import unsafe

first = unsafe.alloc(20, 'mem')
second = unsafe.alloc(20, 'mem')
unsafe.free(second, 'mem')
unsafe.free(first, 'mem')
unsafe.free(first, 'mem')
