# Writing into objects: an int's digits, a tuple's item, a list's size, a string's characters, a float's value; all put back.
import ctypes
from ctypes import c_uint32, c_ssize_t, c_double, c_char, py_object
n = 123456
digit = c_uint32.from_address(id(n) + 24)
print(digit.value); digit.value = 654321; print(n); digit.value = 123456; print(n)
seven = c_uint32.from_address(id(7) + 24)
seven.value = 8
print(3 + 4, 7 == 8, [7], len('1234567'))
seven.value = 7
print(3 + 4)
t = (1, [2], 3)
second = py_object.from_address(id(t) + 24 + 8)
print(second.value)
old = t[1]
ctypes.pythonapi.Py_IncRef(py_object('new'))
new = 'new'
c_ssize_t.from_address(id(t) + 32).value = id(new)
print(t)
c_ssize_t.from_address(id(t) + 32).value = id(old)
print(t)
ctypes.pythonapi.Py_DecRef(py_object('new'))
l = [1, 2, 3, 4]
size = c_ssize_t.from_address(id(l) + 16)
size.value = 2
print(l, len(l)); size.value = 4; print(l)
items = ctypes.cast(c_ssize_t.from_address(id(l) + 24).value, ctypes.POINTER(py_object))
print([items[i] for i in range(4)])
a, b = items[0], items[3]
s = 'hello world, hello'
text = s.upper()
chars = (c_char * len(text)).from_address(id(text) + 40)
print(chars[:], chars.value); chars[0] = b'J'; print([text])
ctypes.memmove(id(text) + 40, b'BYE', 3); print([text])
f = 1.5 + 1
c_double.from_address(id(f) + 16).value = 9.75
print(f)
b = bytes([1, 2, 3])
ctypes.memset(id(b) + 32, 255, 2); print(b)
d = {'a': 1, 'b': 2}
print(c_ssize_t.from_address(id(d) + 16).value, ctypes.c_uint8.from_address(c_ssize_t.from_address(id(d) + 32).value + 8).value)
