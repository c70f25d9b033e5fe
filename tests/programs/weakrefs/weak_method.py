# WeakMethod: lives as long as its object and function, equality, callbacks.
import weakref
class C:
    def m(self):
        return 'm'
    def n(self):
        return 'n'
    @classmethod
    def c(cls):
        return cls.__name__
log = []
c = C()
r = weakref.WeakMethod(c.m)
print(r()(), r() == c.m, r() is c.m, type(r).__name__)
r2 = weakref.WeakMethod(c.m)
r3 = weakref.WeakMethod(c.n)
other = C()
r4 = weakref.WeakMethod(other.m)
print(r == r2, r == r3, r == r4, r != r2, hash(r) == hash(r2))
plain = weakref.ref(c.m)
print(plain())
rc = weakref.WeakMethod(c.m, lambda x: log.append(x is rc))
print(rc()())
for bad in (len, 1, C.m, [].append):
    try:
        weakref.WeakMethod(bad)
    except TypeError as e:
        print(e)
cm = weakref.WeakMethod(C.c)
print(cm()())
del c
print(r(), rc(), log, r == r2, r == r)
f = other.m.__func__
other.m
del C.m
print(r4() is None)
del f
print(r4() is None)
del other
print(r4(), cm()())
