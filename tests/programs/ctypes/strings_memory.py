# string_at, wstring_at, memmove, memset, character buffers, cast, resize.
from ctypes import *
z = c_int(6)
print(string_at(b'hello'), string_at(addressof(create_string_buffer(b'xyz')), 2), wstring_at('wide'), string_at(id(b'abc') + bytes.__basicsize__ - 1, 3))
dst = create_string_buffer(10); memmove(dst, b'12345', 5); print(dst.raw); memset(dst, ord('z'), 3); print(dst.value)
pc = cast(dst, POINTER(c_char)); print(pc[0], pc[:5], cast(dst, c_void_p).value == addressof(dst), cast(pc, c_char_p).value)
pv = cast(pointer(c_int(0x01020304)), POINTER(c_ubyte)); print(pv[0], pv[3])
resize(z, 32); print(sizeof(z), z)
