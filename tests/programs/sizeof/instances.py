# Sizes of instances: plain, with many attributes, slots, subclasses of built-ins, with __dict__ asked for.
import sys
s = sys.getsizeof
class A: pass
class B:
    def __init__(self): self.a = self.b = self.c = 1
class C(B):
    def __init__(self):
        super().__init__()
        for i in range(40): setattr(self, 'x%d' % i, i)
print(s(A()), s(B()), s(C()), s(B().__dict__), s(C().__dict__))  # expect: 48 48 48 288 1584
b = B()
b.__dict__
print(s(b), s(b.__dict__))  # expect: 48 280
del b.a
print(s(b), s(b.__dict__))  # expect: 48 280
b.zz = 1
print(s(b), s(b.__dict__))  # expect: 48 280
for base in (int, float, str, bytes, list, dict, set, tuple, frozenset, Exception, object, complex, bytearray, type):
    class Sub(base): pass
    class Slot(base): __slots__ = ()
    x = Sub('S', (), {}) if base is type else Sub()
    y = Slot('S', (), {}) if base is type else Slot()
    z = base('S', (), {}) if base is type else base()
    print(base.__name__, s(x) - s(z), s(y) - s(z), Sub.__basicsize__ - base.__basicsize__, Sub.__dictoffset__, Sub.__weakrefoffset__, Sub.__itemsize__)
print([(t.__name__, t.__basicsize__, t.__itemsize__) for t in (object, type, int, float, str, bytes, tuple, list, dict, set, range, slice, property, type(len), type(lambda: 0), type((lambda: 0).__code__), type(None), BaseException, memoryview, super, enumerate, zip, map)])
class W:
    __slots__ = ('a', '__weakref__', '__dict__')
print(s(W()), W.__basicsize__, W.__dictoffset__, W.__weakrefoffset__)  # expect: 56 24 -1 -32
