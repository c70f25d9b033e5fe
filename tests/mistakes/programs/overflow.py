# One byte too many: found when the block is freed.
from moult import unsafe


def fill(address, size):
    unsafe.poke(address, b'A' * size)


block = unsafe.alloc(20)
fill(block, 21)
print('written')
unsafe.free(block)
print('never')
