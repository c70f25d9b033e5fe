# Classes, metaclasses and their attributes at exit.
class Meta(type):
    def __del__(cls): print('class gone', cls.__name__)
class V:
    def __init__(self, n): self.n = n
    def __del__(self): print('value', self.n)
class A(metaclass=Meta):
    v = V('A.v')
class B(A):
    w = V('B.w')
b = B()
b.x = V('b.x')
inst = A()
inst.y = V('inst.y')
def f(): pass
f.attr = V('f.attr')
print('end')
