# What is resized keeps its bytes; what is new is 0xCD, what was behind is forbidden again.
from moult import unsafe
for first, second in ((10, 30), (200, 90), (90, 200), (300, 500), (500, 1000), (1000, 100), (129, 3000)):
    block = unsafe.alloc(first, 'mem')
    unsafe.poke(block, bytes(i % 251 for i in range(first)))
    block = unsafe.realloc(block, second, 'mem')
    data = unsafe.peek(block, second)
    same = min(first, second)
    print(first, second, data[:same] == bytes(i % 251 for i in range(same)), set(data[same:]) <= {0xCD},
          unsafe.peek(block - 16, 16), unsafe.peek(block + second, 8))
    unsafe.free(block, 'mem')
