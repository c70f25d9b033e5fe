# type and object: attributes of classes, mappingproxy, abstract flags, changing classes at run time.
class A:
    "doc"
    x: int = 1
    y: 'str'
    def f(self): pass
d = A.__dict__
print(type(d).__name__, d['x'], 'f' in d, len(d) > 3, A.__annotations__, A.__doc__, A.__type_params__, A.__firstlineno__, A.__static_attributes__)
for s in ('d["z"] = 1', 'del d["x"]', 'd.clear()', 'd.update', 'A.__mro__ = ()', 'A.__doc__ = "new"; print(A.__doc__)', 'A.__name__ = "B"; print(A, A.__qualname__)', 'A.__qualname__ = "Q.A"; print(A)', 'A.__module__ = "mod"; print(A)', 'int.__doc__ = "x"', 'A.__qualname__ = 5', 'A.__abstractmethods__', 'A.__annotations__ = {"q": int}; print(A.__annotations__)', 'del A.__annotations__; print(A.__annotations__)', 'object.x = 1', 'type.x = 1', 'del int.real', 'A.__flags__ = 1', 'A.__class__ = int', 'A.__subclasses__(1)', 'type.__call__()', 'type.mro(5)', 'del A.__module__'):
    try:
        exec(s)
    except Exception as e:
        print(s, '->', type(e).__name__, e)
a = A()
A.g = lambda self: 'added later'
print(a.g(), d['g'](a))  # expect: added later added later
A.x = 5
print(a.x)  # expect: 5
del A.x
print(hasattr(a, 'x'))  # expect: False
def repl(self): return 'replaced'
A.f = repl
print(a.f())  # expect: replaced
class Cache:
    def m(self): return 1
class Sub(Cache): pass
s = Sub()
out = []
for i in range(5):
    out.append(s.m())
    if i == 1: Cache.m = lambda self: 2
    if i == 2: Sub.m = lambda self: 3
    if i == 3: s.m = lambda: 4
print(out)  # expect: [1, 1, 2, 3, 4]
del Sub.m
del s.m
print(s.m())  # expect: 2
class Ab:
    pass
Ab.__abstractmethods__ = frozenset({'must'})
try:
    Ab()
except TypeError as e:
    print(e)
Ab.__abstractmethods__ = frozenset({'b', 'a'})
try:
    Ab()
except TypeError as e:
    print(e)
print(isinstance(1, (str, int)), isinstance(1, (str, (float, (int,)))), isinstance(True, int), isinstance(1, int | str), issubclass(bool, (str, int)), isinstance(None, type(None)), isinstance(None, int | None), issubclass(int, int | str), isinstance([], list | dict))
for f in (lambda: isinstance(1, 5), lambda: isinstance(1, (int, 5)), lambda: isinstance('a', (int, 5)), lambda: issubclass(1, int), lambda: issubclass(int, 5), lambda: isinstance(1, list[int]), lambda: issubclass(int, list[int] | str), lambda: isinstance(1)):
    try:
        print(f())
    except TypeError as e:
        print(e)
print(type(1), type(type), type(None), type(...), type(NotImplemented), type(lambda: 0), type(len), type([].append), type(A.f), type(a.f), type(x for x in ()), type(int.__add__), type(type(d)), type(iter([])), type(slice(1)), type(range(1)), type(property()), type(super(A, a)))
print(object().__eq__(1), object().__ne__(1), object.__init__ is object.__init__, object().__str__()[:16], object().__dir__()[:1] != [], object().__reduce_ex__(2)[0].__name__, object().__sizeof__(), object().__format__('')[:7], object.__subclasshook__(1), object().__hash__() is not None)
try:
    format(object(), 'x')
except TypeError as e:
    print(e)
