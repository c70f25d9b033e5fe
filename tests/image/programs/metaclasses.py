from posix import read
import gc
gc.collect(); gc.freeze(); gc.collect()
del gc

registry = {}
class Meta(type):
    @classmethod
    def __prepare__(mcs, name, bases, **kw): return {'prepared': [name]}
    def __new__(mcs, name, bases, ns, **kw):
        cls = super().__new__(mcs, name, bases, dict(ns))
        registry[name] = (cls, kw)
        return cls
    def __init__(cls, name, bases, ns, **kw): super().__init__(name, bases, ns)
    def __call__(cls, *args): return [super().__call__(*args)]
class Base(metaclass=Meta, option=[1]):
    def __init_subclass__(cls, **kw): cls.inherited = kw; super().__init_subclass__()
    def method(self): return __class__
class Mixin:
    mixed = ['in']
class Child(Base, Mixin, option=2.5):
    def method(self): return super().method()
made = Child()
result = made[0].method()
dynamic = type('Dynamic', (Child,), {'attribute': {'a': 1}, '__slots__': ('s',)})
instance = dynamic()
instance[0].s = [1]
sup = super(Child, made[0])
Child.added = ['later']
del Base.prepared
read(0, 1)
