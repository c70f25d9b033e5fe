from moult import unsafe


class Buffer:
    def __init__(self, size):
        self.block = unsafe.alloc(size, 'raw')

    def close(self):
        unsafe.free(self.block, 'raw')


b = Buffer(10)
unsafe.poke(b.block - 7, b'\0')
b.close()
