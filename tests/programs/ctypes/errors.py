# What every wrong use says.
from ctypes import *
import _ctypes
def tr(f, *a):
    try: r=f(*a); print('ok', r)
    except Exception as e: print(type(e).__name__, e)
class S(Structure): _fields_=[('a',c_int),('b',c_char)]
tr(c_int, 'a'); tr(c_int, 1.5); tr(c_char, 'a'); tr(c_char, b'ab'); tr(c_char, 300); tr(c_wchar,'ab'); tr(c_wchar, b'a'); tr(c_double, 'x'); tr(c_char_p, 'x'); tr(c_wchar_p, b'x'); tr(c_void_p, 'x'); tr(c_bool, []); tr(py_object().__class__); tr(lambda: py_object().value)
tr(c_int.from_address, 'x'); tr(c_int.from_buffer, b'abcd'); tr(c_int.from_buffer, bytearray(3)); tr(c_int.from_buffer, bytearray(8), -1); tr(c_int.from_buffer_copy, b'abc'); tr(c_int.from_buffer, 5);
tr(c_int.from_param, 'x'); tr(c_char_p.from_param, 5); tr(S.from_param, 5); tr(POINTER(c_int).from_param, 5); tr(POINTER(c_int).from_param, None); tr((c_int*3).from_param, 1)
tr(Structure); tr(_SimpleCData) if '_SimpleCData' in globals() else None; tr(Union); tr(Array)
tr(_ctypes._SimpleCData); tr(_ctypes._Pointer); tr(_ctypes.CFuncPtr)
def cls(name, base, **d):
    return type(base)(name, (base,), d)
tr(cls,'X',_ctypes._SimpleCData); tr(lambda: cls('X',_ctypes._SimpleCData,_type_='ab')); tr(lambda: cls('X',_ctypes._SimpleCData,_type_='k')); tr(lambda: cls('X',_ctypes._SimpleCData,_type_=5))
tr(lambda: cls('X',Array)); tr(lambda: cls('X',Array,_length_=-1,_type_=c_int)); tr(lambda: cls('X',Array,_length_='a',_type_=c_int)); tr(lambda: cls('X',Array,_length_=2)); tr(lambda: cls('X',Array,_length_=2,_type_=int)); tr(lambda: cls('X', Array, _length_=1<<62, _type_=c_int))
tr(lambda: c_int * -1); tr(lambda: c_int * 'a')
for f in (5, [5], [('a',)], [('a',int)], [(1,c_int)], [('a',c_int,40)], [('a',c_double,3)], [('a',c_int,0)], [('a', c_int, 'x')], [('a',c_int,1,2)], 'ab'):
    tr(lambda: cls('X',Structure,_fields_=f))
tr(lambda: cls('X',Structure,_fields_=[('a',c_int)],_pack_=-1)); tr(lambda: cls('X',Structure,_fields_=[('a',c_int)],_pack_='x'))
tr(setattr, S, '_fields_', []); 
s=S(); tr(setattr,s,'a','x'); tr(setattr,s,'b','x'); tr(setattr,s,'b',5); tr(delattr,s,'a'); tr(S,1,2,3); tr(lambda: S(1,a=2)); tr(lambda: S(q=2).q); tr(S, 'a'); tr(lambda: S(1,b'x').b)
a=(c_int*3)(); tr(lambda: a[3]); tr(lambda: a[-1]); tr(lambda: a['x']); tr(a.__setitem__,3,1); tr(a.__setitem__,0,'x'); tr(a.__setitem__,slice(0,2),[1]); tr(lambda: a[0:2]); tr(lambda: a[::-1]); tr(a.__delitem__,0); tr((c_int*2),1,2,3); tr(a.__setitem__, slice(0,2), [7,8]); tr(lambda: a[:])
b=create_string_buffer(b'hello',10); tr(lambda: b.value); tr(lambda: b.raw); tr(lambda: b[1:3]); tr(lambda: b[::2]); tr(setattr,b,'value',b'x'*11); tr(setattr,b,'value',b'x'*10); tr(setattr,b,'raw',b'x'*11); tr(setattr,b,'value','x'); tr(lambda: b[0]); tr(b.__setitem__,0,b'zz'); tr(delattr,b,'raw')
w=create_unicode_buffer('hey',5); tr(lambda: w.value); tr(lambda: w[:]); tr(lambda: w[1]); tr(setattr,w,'value','x'*6); tr(setattr,w,'value',b'x'); tr(lambda: w[0:5:2])
p=pointer(c_int(5)); tr(lambda: p.contents); tr(lambda: p[0]); tr(setattr,p,'contents',5); tr(setattr,p,'contents',c_long(1)); tr(lambda: POINTER(c_int)().contents); tr(lambda: POINTER(c_int)()[0]); tr(lambda: p['x']); tr(lambda: p[:]); tr(lambda: p[0:1]); tr(lambda: p[::-1]); tr(p.__setitem__,0,7); tr(p.__setitem__,0,'x'); tr(p.__delitem__,0); tr(POINTER(c_int),5); tr(POINTER, 5); tr(pointer, 5); tr(delattr,p,'contents')
tr(sizeof,5); tr(alignment,5); tr(addressof,5); tr(byref,5); tr(resize,5,1); tr(resize,c_int(),1); tr(sizeof,int); tr(cast, 5, int); tr(cast,5,c_int); tr(memmove,1,2); tr(lambda: string_at(b,-1)) if 0 else None
tr(lambda: c_int(5).value); tr(setattr,c_int(),'value','x'); tr(delattr,c_int(),'value'); tr(lambda: c_int(1,2)); tr(lambda: c_int(value=1)); tr(lambda: c_ubyte(300)); tr(lambda: c_byte(200)); tr(lambda: c_short(1<<20)); tr(lambda: c_uint(-1)); tr(lambda: c_longlong(1<<63)); tr(lambda: c_ulonglong(-1)); tr(lambda: c_float(1.1)); tr(lambda: c_double(1)); tr(lambda: c_longdouble(1.5)); tr(lambda: c_bool(5)); tr(lambda: c_char(65)); tr(lambda: c_char(bytearray(b'a'))); tr(lambda: c_wchar('a')); tr(lambda: c_void_p(5)); tr(lambda: c_void_p(0)); tr(lambda: c_void_p(-1)); tr(lambda: py_object([1])); tr(lambda: py_object()); tr(lambda: c_size_t(-1)); tr(lambda: c_char_p(None)); tr(lambda: c_char_p(0))
for t in (c_int, c_char, c_double, c_bool, c_void_p, py_object, c_char_p, S, c_int*3, POINTER(c_int), (c_int*2)*3, c_long, c_wchar, c_longdouble):
    try:
        m=memoryview(t()); print(t.__name__, m.format, m.itemsize, m.shape, m.ndim, m.nbytes, m.readonly)
    except Exception as e: print(t, type(e), e)
print(c_int._type_, c_long._type_, c_size_t, c_int64, c_int32, c_uint8, c_longlong is c_long)
print(S.a, S.b, repr(S.a.__get__(None, S)), S.a.size, S.a.offset)
print(c_int(5)._objects, s._objects, p._objects, c_char_p(b'x')._objects, b._objects, py_object([1])._objects)
print(c_int.__ctype_be__, c_int.__ctype_le__ is c_int, c_int.__ctype_be__(1), bytes(c_int.__ctype_be__(1)))
print(bool(c_int(0)), bool(c_int(1)), bool(POINTER(c_int)()), bool(p))
tr(hash, c_int(1)); tr(hash, s)
tr(CFUNCTYPE(c_int, c_int)(lambda x: x+1), 4); tr(CFUNCTYPE(c_int, c_int)(lambda x: x+1), 'a');tr(CFUNCTYPE(c_int, c_int)(lambda x: x+1)); tr(CFUNCTYPE(c_int, c_int), 'a')
