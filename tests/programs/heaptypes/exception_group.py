# ExceptionGroup is a class on the heap: flags, weak references, a type that instances hold, attributes that can be set.
import sys
import weakref
print(ExceptionGroup.__dict__, ExceptionGroup.__flags__, ExceptionGroup.__weakrefoffset__, ExceptionGroup.__mro__, sys.getrefcount(ExceptionGroup), sys.getsizeof(ExceptionGroup))
e=ExceptionGroup('a',[ValueError()])
r=weakref.ref(e)
print(r() is e, e.__weakref__ is r, sys.getrefcount(ExceptionGroup))
print(BaseExceptionGroup.__flags__, sys.getrefcount(OSError), list(vars(__builtins__)).index('ExceptionGroup'))
ExceptionGroup.foo = 1
print(e.foo, BaseExceptionGroup('a',[ValueError()]).foo)
import gc
print(gc.get_referents(e), gc.is_tracked(ExceptionGroup))
del e
print(r())
