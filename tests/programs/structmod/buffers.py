# pack_into, unpack_from, iter_unpack, Struct objects and subclasses, sizes.
import struct
def tr(f, *a):
    try: r=f(*a); print('ok', r)
    except Exception as e: print(type(e).__module__, type(e).__name__, e)
tr(struct.unpack, 'b', b''); tr(struct.unpack, 'b', b'ab'); tr(struct.unpack, 'b', 'a'); tr(struct.unpack, 'b', 5); tr(struct.pack, 'b'); tr(struct.pack, 'b', 1, 2); tr(struct.pack)
b = bytearray(10)
for a in ((), ('b',), ('b', b), ('b', b, 0), ('b', b, 0, 1), ('h', b, 8, 513), ('h', b, 9, 1), ('h', b, -2, 7), ('h', b, -1, 7), ('h', b, -11, 7), ('i', b, 100, 7), ('b', b'ro', 0, 1), ('b', b, 'x', 1), ('b', 5, 0, 1), ('b', b, 1 << 70, 1)):
    tr(struct.pack_into, *a)
print(b)
for a in ((), ('b',), ('b', b''), ('b', b'abc'), ('b', b'abc', 1), ('b', b'abc', -1), ('h', b'abc', -1), ('h', b'abc', -4), ('h', b'abc', 2), ('h', b'abc', 5), ('b', 'x'), ('b', b'abc', 'x'), ('i', b'a' * 8, 2)):
    tr(struct.unpack_from, *a)
tr(lambda: struct.unpack_from('b', buffer=b'abc', offset=1)); tr(lambda: struct.unpack_from('b', b'a', off=1))
for a in ((), ('b',), ('b', b'abc'), ('', b''), ('h', b'abc'), ('h', b'abcd'), ('b', 'x')):
    tr(lambda: list(struct.iter_unpack(*a)))
it = struct.iter_unpack('h', b'abcdef'); print(type(it), it.__length_hint__(), next(it), it.__length_hint__(), list(it), it.__length_hint__(), iter(it) is it)
tr(type(it)); 
s = struct.Struct('<hi'); print(s.size, s.format, s, type(s)) if 0 else print(s.size, s.format, repr(s)[:12], type(s))
tr(s.pack, 1, 2); tr(s.pack, 1); tr(s.unpack, b'123456'); tr(s.unpack, b'1'); tr(s.pack_into, bytearray(6), 0, 1, 2); tr(s.unpack_from, b'1234567', 1); tr(lambda: list(s.iter_unpack(b'123456' * 2))); tr(struct.Struct); tr(struct.Struct, 'k'); tr(struct.Struct, 5); tr(struct.Struct, b'hh'); tr(lambda: struct.Struct(format='hh').size)
tr(lambda: s.size.__class__); tr(setattr, s, 'size', 1); tr(setattr, s, 'x', 1)
class Sub(struct.Struct):
    def __init__(self, f, n): self.n = n; super().__init__(f)
tr(lambda: Sub('h', 3).n); tr(lambda: Sub('h', 3).size)
import sys
print(struct.error, struct.error.__mro__, struct.calcsize.__doc__ is not None, struct._clearcache())
print(sys.getsizeof(struct.Struct('i')), sys.getsizeof(struct.Struct('3i2sb')), struct.Struct.__basicsize__, struct.Struct('i').__sizeof__())

# The module keeps the Struct of a format, by an equal key, up to a hundred of them.
import gc
gc.collect(); gc.disable()
def kept(): return sum(type(o) is struct.Struct for o in gc.get_objects())
struct._clearcache(); before = kept()
struct.pack('<3h', 1, 2, 3); struct.unpack('<3h', b'abcdef'); struct.calcsize('<3h'); struct.calcsize(b'<3h'); print(kept() - before)
for n in range(101): struct.calcsize('%dh' % n)
print(kept() - before); struct._clearcache(); print(kept() - before)
tr(struct.pack, bytearray(b'h'), 1); tr(struct.pack, [], 1); tr(struct.calcsize, 5); tr(struct.pack, 'y', 1)
