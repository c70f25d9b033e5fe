# The count of an object read from its memory, beside sys.getrefcount, as things happen to it.
import sys
import ctypes
def count(address): return ctypes.c_ssize_t.from_address(address).value
a = []
address = id(a)
print(count(address), sys.getrefcount(a))
b = a
print(count(address), sys.getrefcount(a))
c = [a, a, (a,)]
print(count(address))
d = {'k': a}
print(count(address))
del b, c
print(count(address))
def f(x): return count(address)
print(f(a))
d.clear()
print(count(address))
g = (i for i in [a])
print(count(address)); g.close(); print(count(address))
for immortal in (None, True, 5, 256, '', (), 'a', len.__name__):
    print(count(id(immortal)) >> 31, end=' ')
print()
class C:
    def __del__(self): print('deleted')
x = C()
address = id(x)
print(count(address))
ctypes.pythonapi.Py_IncRef(ctypes.py_object(x))
print(count(address))
ctypes.pythonapi.Py_DecRef(ctypes.py_object(x))
print(count(address))
x = None
print(ctypes.cast(id(a), ctypes.py_object).value is a)
print(count(id(C)) > 1)
