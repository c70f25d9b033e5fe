# Above 512 bytes the block lies in one of the raw domain, with pads of its own.
from moult import unsafe
block = unsafe.alloc(2000)
unsafe.poke(block + 1990, b'A' * 13)
unsafe.free(block)
