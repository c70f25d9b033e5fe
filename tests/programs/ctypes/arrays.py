# Arrays: of numbers, of structures, of arrays; classes are cached.
from ctypes import *
class P(Structure):
    _fields_ = [('x', c_int), ('y', c_int)]
class Node(Structure): pass
Node._fields_ = [('v', c_int), ('next', POINTER(Node))]
n2 = Node(2, None); n1 = Node(1, pointer(n2)); print(n1.next.contents.v, bool(n2.next), sizeof(Node))
ar = (P * 3)((1, 2), P(3, 4)); print([(p.x, p.y) for p in ar], len(ar), sizeof(ar), ar[1].x); ar[2] = P(9, 9); ar[0].x = 5; print([(p.x, p.y) for p in ar])
m = ((c_int * 2) * 3)((1, 2), (3, 4), (5, 6)); print([list(row) for row in m], type(m).__name__); m[1][1] = 44; print(m[1][:], memoryview(m).shape)
print(c_int * 3 is c_int * 3, POINTER(c_int) is POINTER(c_int), (c_int * 3)._length_, (c_int * 3)._type_, POINTER(P)._type_)
