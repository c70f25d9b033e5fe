# An error in a weakref callback is reported on stderr and the program goes on.
import _weakref
class A: pass
def boom(r): raise ValueError('callback failed')
a = A()
r = _weakref.ref(a, boom)
del a
print('still running', r())  # expect: still running None
