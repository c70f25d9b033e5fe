# __new__, __init__, __del__ order; failure in __init__; instances replaced; class objects freed with their instances.
import sys, gc
class A:
    def __new__(cls, *a):
        print('new', a)
        return super().__new__(cls)
    def __init__(self, *a):
        print('init', a)
        if a and a[0] == 'fail': raise ValueError('init failed')
    def __del__(self): print('del')
A()
x = A(1)
x = A(2)
try:
    A('fail')
except ValueError as e:
    print(e)
print('after')  # expect: after
del x
def scope():
    a = A('local')
    b = a
    return 'value'
print(scope())  # expect: value
class Base:
    def __del__(self): print('base del', type(self).__name__)
class Derived(Base):
    def __del__(self):
        print('derived del')
        super().__del__()
Derived()
class Err:
    def __del__(self): raise ValueError('in del')
