# dir, vars, type, id, isinstance, hasattr, getattr, callable, locals, globals, help-less docs.
class A:
    x = 1
    def __init__(self): self.y = 2
a = A()
print([n for n in dir(a) if not n.startswith('__')], [n for n in dir(A) if not n.startswith('__')], vars(a), 'x' in vars(A), getattr(a, 'y'), getattr(a, 'z', None), hasattr(a, 'x'), hasattr(a, 'z'))
print(dir(5)[-5:], len(dir([])) > 40, 'append' in dir([]), sorted(dir()) == dir(), [n for n in dir() if not n.startswith('_')])
def f():
    q = 1
    return dir(), sorted(locals())
print(f(), type(a), type(A), type(type), type(None), type(...), type(1), type(1).__name__, type('X', (), {}).__name__)
setattr(a, 'new', 5)
delattr(a, 'y')
print(a.__dict__, isinstance(a, A), isinstance(a, (int, A)), issubclass(A, object), callable(a), callable(A), id(a) == id(a), id(a) != id(A()))
names = [n for n in dir(__builtins__) if not n.startswith('_')]
print(len(names), names)
import builtins, sys, gc, time, math, _weakref
print(builtins is __builtins__, builtins.__name__, print is builtins.print, __debug__, __name__, __doc__, __spec__, __package__, type(__loader__).__name__)
print([n for n in dir(gc) if not n.startswith('_')], [n for n in dir(math) if not n.startswith('_')], [n for n in dir(_weakref) if not n.startswith('_')])
print(repr(builtins), repr(sys), repr(gc), type(sys), sys.__name__, gc.__doc__[:30])
for t in (int, list, dict, str, set, tuple, object, type, BaseException, float, bytes):
    print(t.__name__, len(dir(t)), len([n for n in dir(t) if not n.startswith('_')]))
for g in (lambda: vars(5), lambda: getattr(5), lambda: dir(1, 2), lambda: type(1, 2), lambda: id(), lambda: callable(), lambda: isinstance(1, 'a'), lambda: vars(object())):
    try:
        print(g())
    except TypeError as e:
        print(e)
print(repr(len), repr([].append)[:30], repr(int), repr(A), repr(f)[:13], repr(None), repr(...), repr(NotImplemented), repr(type), str(A.__init__)[:20], repr(range), repr(print), repr(slice(1)), repr(object.__init__), repr(str.upper), repr((1).__add__)[:40])
