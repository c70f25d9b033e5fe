# Instances over the memory of a bytearray, copies, and what keeps the buffer exported.
from ctypes import *
class P(Structure):
    _fields_ = [('x', c_int), ('y', c_int)]
buf = bytearray(16); q = P.from_buffer(buf, 4); q.x = 258; q.y = -1; print(buf, list(q._objects))
try: buf.append(1)
except BufferError as e: print(e)
del q; buf.append(1); print(len(buf))
print(P.from_buffer_copy(b'\1\0\0\0\2\0\0\0').y)
z = c_int(5); w = c_int.from_address(addressof(z)); w.value = 6; print(z, w._b_needsfree_, w._b_base_, w._objects)
