# memoryview: indexing, slicing, writing, casting, comparing, release, refcounts of the exporter.
import sys
b = bytearray(b'hello world')
m = memoryview(b)
print(m[0], m[-1], bytes(m[0:5]), m[::2].tobytes(), m[::-1].tobytes(), len(m), m.nbytes, m.itemsize, m.format, m.ndim, m.shape, m.strides, m.readonly, m.contiguous, m.c_contiguous, m.suboffsets, m.obj is b)
m[0] = 72
m[1:3] = b'EL'
m[-2:] = memoryview(b'!!')
print(b, m.tolist()[:3], m == b, m == bytes(b), m[0:2] == b'HE', m != b'', hash(memoryview(b'abc')) == hash(b'abc'), 72 in m, list(m[:3]), m.hex(), m.hex(':', 4))
for f in (lambda: m[100], lambda: m.__setitem__(0, 300), lambda: m.__setitem__(0, 'a'), lambda: m.__setitem__(slice(0, 2), b'abc'), lambda: memoryview(b'x').__setitem__(0, 1), lambda: hash(m), lambda: memoryview('abc'), lambda: memoryview(5), lambda: m.__delitem__(0), lambda: m['a'], lambda: m[0, 1], lambda: m.cast('i'), lambda: m.cast('q', (2,)), lambda: m.cast('z'), lambda: b.append(1), lambda: m < m):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
x = memoryview(bytearray(16))
q = x.cast('i')
q[0] = -1
q[1] = 2**31 - 1
print(q.tolist(), x.tobytes(), q.itemsize, q.shape, len(q), x.cast('d').tolist()[1:], x.cast('H')[0], x.cast('b')[0], x.cast('B', (4, 4)).shape, x.cast('B', (2, 8)).tolist(), x.cast('B', (4, 4))[0, 1], x.cast('c')[0], x.cast('?')[8])
try:
    q[0] = 2**31
except ValueError as e:
    print(e)
try:
    q[0] = 1.5
except TypeError as e:
    print(e)
d = memoryview(bytearray(8)).cast('d')
d[0] = 1.5
print(d.tolist(), d.tobytes(), d.cast('B')[7], memoryview(b'ab').toreadonly().readonly)
n = sys.getrefcount(b)
m2 = memoryview(b)
m3 = m2[1:]
print(sys.getrefcount(b) - n)  # expect: 1
m3.release()
m2.release()
m.release()
print(sys.getrefcount(b) - n)  # expect: -1
try:
    m[0]
except ValueError as e:
    print(e)
with memoryview(b'abc') as w:
    print(w[1])
try:
    w.tolist()
except ValueError as e:
    print(e)
b.append(33)
print(b, repr(w).split(' at ')[0], sys.getsizeof(memoryview(b'')) > 100)
z = memoryview(b'')
print(len(z), z.tolist(), bytes(z), z == b'', z.shape)  # expect: 0 [] b'' True (0,)
