# Errors in __del__ are written to stderr and ignored.
class E:
    def __del__(self): raise ValueError('in del')
E()
print('after first')  # expect: after first
def f():
    e = E()
    return 'f returned'
print(f())  # expect: f returned
class N:
    def __del__(self): self.missing
n = N()
n = None
L = [E()]
L.clear()
class X:
    __del__ = None
try:
    X()
    print('X done')
except TypeError as e:
    print(e)
class Args:
    def __del__(self, extra): pass
Args()
print('end')  # expect: end
