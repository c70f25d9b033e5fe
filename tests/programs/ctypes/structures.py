# Structures: layout, nested ones that share memory, assignment, keyword and positional initialisers.
from ctypes import *
class P(Structure):
    _fields_ = [('x', c_int), ('y', c_int)]
class R(Structure):
    _fields_ = [('a', P), ('b', P), ('n', c_char * 8), ('p', POINTER(c_int)), ('f', c_float * 3), ('s', c_char_p)]
r = R(P(1, 2), (3, 4), b'abc', None, (1, 2, 3), b'text')
print(sizeof(R), alignment(R), r.a.x, r.b.y, r.n, bool(r.p), list(r.f), r.s)
r.a.x = 100; print(r.a.x, r.a.y, bytes(r)[:8])
a = r.a; a.y = 50; print(r.a.y, a._b_base_ is r, a._b_needsfree_, r._b_needsfree_)
x = c_int(77); r.p = pointer(x); print(r.p[0], r.p.contents, sorted(r._objects))
x.value = 78; print(r.p[0]); r.p[0] = 79; print(x)
for f in R._fields_: print(f[0], getattr(R, f[0]))
class K(Structure):
    _pack_ = 1
    _fields_ = [('a', c_char), ('b', c_int), ('c', c_short)]
print(sizeof(K), K.b.offset, K.c.offset, alignment(K))
class D(P):
    _fields_ = [('z', c_double)]
d = D(1, 2, 3.5); print(d.x, d.y, d.z, sizeof(D), D.z, D.x); print(D(z=1.25).z)
