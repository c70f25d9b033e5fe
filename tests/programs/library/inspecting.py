# inspect: signatures, sources, members, frames, closures.
import inspect


def f(a, b: int = 2, /, c=3, *args, d, e=5, **kw) -> str:
    """Doc of f.

        indented
    """
    return str(a)


class A:
    """Doc of A."""
    x = 1

    def method(self, y, *, z=None):
        return self.x

    @classmethod
    def make(cls, *args):
        return cls()

    @staticmethod
    def plain(q):
        pass

    @property
    def prop(self):
        return 1


class B(A):
    def method(self, y, *, z=None):
        return 2


print(inspect.signature(f), inspect.signature(A.method), inspect.signature(A().method), inspect.signature(A.make))
print(inspect.signature(A), inspect.signature(lambda x, *y: x))
for p in inspect.signature(f).parameters.values():
    print(p, p.kind.name, p.default is p.empty, p.annotation is p.empty)
ba = inspect.signature(f).bind(1, 2, 3, 4, d=5, k=6)
print(ba.args, ba.kwargs, ba.arguments)
ba = inspect.signature(f).bind(1, d=0)
ba.apply_defaults()
print(ba)
try:
    inspect.signature(f).bind(1)
except TypeError as e:
    print(e)
print(inspect.getsource(f))
print(inspect.getsource(A.method), inspect.getsourcelines(B)[1], inspect.getsource(B.method))
print(inspect.getdoc(f), inspect.cleandoc(' a\n   b\n  c'), inspect.getcomments(f))
print([n for n, _ in inspect.getmembers(A, inspect.isfunction)])
print(inspect.getmro(B), inspect.isclass(A), inspect.ismethod(A().method), inspect.isfunction(f), inspect.isbuiltin(len))
print(inspect.classify_class_attrs(B)[-1], [a.name for a in inspect.classify_class_attrs(B) if a.defining_class is A])


def gen():
    x = yield 1
    yield x


g = gen()
print(inspect.getgeneratorstate(g), next(g), inspect.getgeneratorstate(g), inspect.getgeneratorlocals(g))
g.close()
print(inspect.getgeneratorstate(g), inspect.isgenerator(g), inspect.isgeneratorfunction(gen))


async def co():
    pass


c = co()
print(inspect.iscoroutine(c), inspect.iscoroutinefunction(co), inspect.getcoroutinestate(c))
c.close()


def outer():
    v = 1

    def inner():
        return v, len, undefined_name
    return inner


print(inspect.getclosurevars(outer()))


def where():
    fr = inspect.currentframe()
    info = inspect.getframeinfo(fr)
    print(info.function, info.lineno, info.code_context, info.index)
    return [(s.function, s.lineno) for s in inspect.stack()]


print(where())
print(inspect.getfullargspec(f))
print(inspect.getcallargs(f, 1, d=2))
print(inspect.signature(len), inspect.signature(sorted), inspect.signature(int.to_bytes), inspect.signature(dict.get))
print(inspect.unwrap(f) is f, inspect.getmodule(f).__name__, type(inspect.getattr_static(B(), 'prop')))
print(inspect.getsource(lambda: 0))
