# Pointers: what they keep, arithmetic by index, chains, NULL, casts of addresses.
import sys
from ctypes import *
x = c_int(1)
p = pointer(x); pp = pointer(p)
print(p.contents, pp.contents.contents, pp[0][0], p._objects, len(pp._objects))
pp.contents.contents.value = 5; print(x)
pp.contents = pointer(c_int(9)); print(pp[0][0], x)
a = (c_int * 5)(*range(5))
q = cast(a, POINTER(c_int)); print(q[:5], q[1:4], q[4:0:-2], q[3]); q[2] = 77; print(list(a))
print(sys.getrefcount(x), sys.getrefcount(a)); del q; print(sys.getrefcount(a))
n = POINTER(c_int)(); print(bool(n))
for f in (lambda: n[0], lambda: n.contents):
    try: f()
    except ValueError as e: print(e)
p.contents = c_int(3); print(p[0], x)
v = cast(pointer(x), c_void_p); print(v.value == addressof(x), cast(v, POINTER(c_int))[0])
print(POINTER(c_char)(c_char(b'z'))[0], POINTER(None), POINTER(c_int)(x).contents)
class S(Structure): _fields_ = [('p', POINTER(c_int)), ('a', c_int * 3)]
s = S(pointer(c_int(4)), (1, 2, 3)); print(s.p[0], s._objects.keys() != [], list(s.a))
s.p = s.a; print(s.p[2]); s.p = None; print(bool(s.p)); s.p = (c_int * 2)(8, 9); print(s.p[1])
def f(n):
    k = c_int(n)
    return pointer(k)
r = [f(i) for i in range(5)]; print([i[0] for i in r])
inc = POINTER('Later'); print(inc.__name__)
try: inc()
except TypeError as e: print(e)
b = byref(x); print(repr(b)[:12], b._obj is x)
