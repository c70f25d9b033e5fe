# Function objects: names, defaults, annotations, code objects, changing them, methods.
# portable
def f(a, b: int = 2, *args, k: str = 'x', **kw) -> list:
    "doc of f"
    x = 1
    return [a, b, x]
print(f.__name__, f.__qualname__, f.__doc__, f.__defaults__, f.__kwdefaults__, f.__annotations__, f.__module__, f.__closure__, f.__dict__, f.__type_params__)
c = f.__code__
print(c.co_name, c.co_qualname, c.co_argcount, c.co_posonlyargcount, c.co_kwonlyargcount, c.co_varnames, c.co_nlocals, c.co_names, c.co_consts, c.co_flags, c.co_firstlineno, c.co_freevars, c.co_stacksize)
f.__name__ = 'g'
f.__defaults__ = (10, 20)
f.attr = 'set'
print(f.__name__, f.__qualname__, f(), f.attr, f.__dict__)  # expect: g f [10, 20, 1] set {'attr': 'set'}
f.__kwdefaults__ = None
for s in ('f.__name__ = 5', 'f.__defaults__ = 5', 'f.__code__ = 5', 'f.__dict__ = 5', 'f.__globals__ = {}', 'f.__closure__ = ()', 'del f.__name__', 'f.nope', 'f.__annotations__ = 5', 'f.__kwdefaults__ = 5', 'f(1, 2)', 'del f.zzz'):
    try:
        exec(s)
    except Exception as e:
        print(s, '->', type(e).__name__, e)
def other(): return 'other code'
def one(): return 'one code'
one.__code__ = other.__code__
print(one(), one.__name__, f.__globals__ is globals(), (lambda: 0).__name__, (lambda: 0).__qualname__)
class A:
    def m(self): return 'm', self
    class B:
        def n(self): pass
    l = lambda self: 1
a = A()
print(A.m.__qualname__, A.B.n.__qualname__, A.l.__qualname__, a.m.__func__ is A.m, a.m.__self__ is a, a.m == a.m, a.m is a.m, a.m.__name__, hash(a.m) == hash(a.m), A().m == a.m, a.m() == ('m', a))
def outer():
    def inner(): pass
    return inner
print(outer().__qualname__, repr(outer)[:19], repr(a.m).startswith('<bound method A.m of <__main__.A object'))
m = a.m
for s in ('m.x = 1', 'm.__name__ = 1', 'm.nope'):
    try:
        exec(s)
    except AttributeError as e:
        print(e)
F = type(f)
M = type(a.m)
g2 = F(other.__code__, {}, 'renamed', (1,))
print(g2(), g2.__name__, g2.__defaults__, M(lambda s, x: (s, x), 5)(6))  # expect: other code renamed (1,) (5, 6)
for args in ((), (1, 2), (other.__code__, 5), (outer().__code__, {}, 5)):
    try:
        F(*args)
    except TypeError as e:
        print(e)
print(f.__call__.__name__, callable(f), f.__get__(5).__self__, f.__get__(None, int) is f, type(f).__name__, len.__name__, len.__self__.__name__, len.__module__, [].append.__self__, [].append.__name__, str.join.__objclass__, len.__text_signature__, abs.__doc__)
print(c.replace(co_name='renamed').co_name, c == c.replace(), c is c.replace(), hash(c) == hash(c.replace()), list(c.co_positions())[:2], list(c.co_lines())[:2])
