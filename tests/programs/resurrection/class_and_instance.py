# Finalizers that change their class, are added later, are inherited, replaced, or are not functions.
import gc
import sys
log = []
sys.unraisablehook = lambda a: log.append((a.exc_type.__name__, str(a.exc_value)))
class A:
    pass
a = A()
A.__del__ = lambda self: log.append('added')
del a
class B(A):
    pass
B()
class C(A):
    def __del__(self):
        log.append('C')
        super().__del__()
C()
class E(A):
    __del__ = None
E()
class F:
    __del__ = 5
F()
class G:
    def __del__(self, x):
        log.append('never')
G()
print(log)
log.clear()
class H:
    def __del__(self):
        self.__class__ = K
        log.append('H')
        kept.append(self)
class K:
    def __del__(self):
        log.append('K')
kept = []
H()
print(log, type(kept[0]).__name__)
kept.clear()
print(log)
log.clear()
i = A()
i.__del__ = lambda: log.append('on the instance')
del i
print(log)
log.clear()
del A.__del__
A()
C()
print(log)
log.clear()
class S:
    @staticmethod
    def __del__():
        log.append('static')
S()
class Cl:
    @classmethod
    def __del__(cls):
        log.append(cls.__name__)
Cl()
class P:
    @property
    def __del__(self):
        return lambda: log.append('property')
P()
print(log)
class Meta(type):
    def __del__(cls):
        log.append('class ' + cls.__name__)
def make():
    class T(metaclass=Meta):
        def __del__(self):
            log.append('T instance')
    T()
log.clear()
make()
print(log, gc.collect() > 0, log)
