# __del__: resurrection, second death, order of attributes, errors inside, del during exit.
import gc, sys
saved = []
class R:
    def __init__(self, n): self.n = n
    def __del__(self):
        print('del', self.n, sys.getrefcount(self))
        saved.append(self)
r = R(1)
del r
print(len(saved), saved[0].n)  # expect: 1 1
x = saved.pop()
del x
print('second death: __del__ is not called again', saved)  # expect: second death: __del__ is not called again []
class Once:
    def __del__(self):
        global back
        back = self
        print('once')
o = Once()
o = None
print(type(back).__name__)  # expect: Once
back = None
print(back)  # expect: None
class Inner:
    def __del__(self): print('inner')
class Outer:
    def __init__(self): self.i = Inner()
    def __del__(self): print('outer, inner still here:', type(self.i).__name__)
Outer()
class L(list):
    def __del__(self): print('list', len(self), self[:])
l = L([1, 2])
l.append(3)
del l
class T(tuple):
    def __del__(self): print('tuple', tuple(self))
T((1, 2))
class I(int):
    def __del__(self): print('int', int(self))
I(5)
I(2) + I(3)
class S(str):
    def __del__(self): print('str', str(self))
S('x') + 'y'
class F:
    def __init__(self, f): self.f = f
    def __del__(self): self.f()
F(lambda: print('from lambda'))
d = {'a': F(lambda: print('value a')), 'b': F(lambda: print('value b'))}
d.clear()
lst = [F(lambda i=i: print('item', i)) for i in range(3)]
del lst
tp = tuple(F(lambda i=i: print('tuple item', i)) for i in range(3))
del tp
class Slots:
    __slots__ = ('a', 'b')
    def __del__(self): print('slots')
s = Slots()
s.a, s.b = F(lambda: print('slot a')), F(lambda: print('slot b'))
del s
class At: pass
at = At()
at.x, at.y, at.z = F(lambda: print('attr x')), F(lambda: print('attr y')), F(lambda: print('attr z'))
del at
class Swap:
    def __del__(self):
        print('swap dies')
        globals()['sw'] = 'replaced'
sw = Swap()
sw = None
print(sw)  # expect: replaced
end = F(lambda: print('at exit'))
