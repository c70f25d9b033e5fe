# Weak references, callbacks and finalize objects at exit.
import weakref
class O:
    def __init__(self, n): self.n = n
def cb(r, out=print):
    out('callback', r())
o = O(1)
r = weakref.ref(o, cb)
gone = O(2)
_r2 = weakref.ref(gone, cb)
x = O(3)
weakref.finalize(x, print, 'finalize x')
y = O(4)
f = weakref.finalize(y, print, 'finalize y')
f.atexit = False
d = weakref.WeakValueDictionary(a=o, b=gone)
k = weakref.WeakKeyDictionary({o: 'v'})
p = weakref.proxy(o)
class D:
    def __init__(self, ref): self.ref = ref
    def __del__(self): print('D', self.ref() is None)
first = D(r)
print('end')
