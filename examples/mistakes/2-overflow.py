from moult import unsafe


def fill(block, size):
    unsafe.poke(block, b'A' * size)


block = unsafe.alloc(20)
fill(block, 21)
unsafe.free(block)
