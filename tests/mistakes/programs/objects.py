# Objects lie in such blocks, too: a list of two items and the block of its items; a float.
from moult import unsafe
x = [1, 2]
print(unsafe.peek(id(x) - 32, 16), unsafe.peek(id(x) + 40, 8))
items = int.from_bytes(unsafe.peek(id(x) + 24), 'little')
print(unsafe.peek(items - 16, 16), unsafe.peek(items + 16, 8))
y = float('2.5')
print(unsafe.peek(id(y) - 16, 16), unsafe.peek(id(y) + 24, 8))
