from posix import read
import gc
gc.collect(); gc.freeze(); gc.collect()
del gc

plain = bytes([1, 2, 3])
single = plain[1:2]
nothing = plain[:0]
grown = bytearray()
for i in range(300):
    grown.append(i % 256)
cut = bytearray(b'0123456789' * 3)
del cut[:5]
shrunk = bytearray(1000)
del shrunk[10:]
view = memoryview(grown)
part = view[10:20]
cast = memoryview(bytes(16)).cast('i')
concatenated = plain + b'more'
hexed = plain.hex()
translated = bytes.maketrans(b'ab', b'xy')
listed = list(b'hello')
read(0, 1)
