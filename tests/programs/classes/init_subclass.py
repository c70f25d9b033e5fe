# __init_subclass__, __set_name__ order, __class_getitem__, __mro_entries__, class keyword arguments.
# portable
class Base:
    subs = []
    def __init_subclass__(cls, /, tag=None, **kw):
        print('init_subclass', cls.__name__, tag, kw)
        super().__init_subclass__(**kw)
        cls.tag = tag
        Base.subs.append(cls.__name__)
class A(Base, tag='a'): pass
class B(A): pass
try:
    class C(Base, tag='c', other=1): pass
except TypeError as e:
    print(e)
print(Base.subs, A.tag, B.tag)  # expect: ['A', 'B'] a None
class Desc:
    def __set_name__(self, o, n): print('set_name', n, hasattr(o, 'done'))
class D(Base):
    x = Desc()
    y = Desc()
class G:
    def __class_getitem__(cls, k): return (cls.__name__, k)
print(G[int], G[1, 2], type('H', (G,), {})['x'])  # expect: ('G', <class 'int'>) ('G', (1, 2)) ('H', 'x')
for c in ('int[5]', 'Base[int]', 'G()[1]', 'list[int]', 'dict[str, int]', 'type[int]', 'tuple[()]', 'Base()[0]'):
    try:
        print(c, eval(c))
    except TypeError as e:
        print(c, '->', e)
class Proxy:
    def __mro_entries__(self, bases):
        print('mro_entries', len(bases))
        return (A, G)
class E(Proxy(), tag='e'): pass
print(E.__bases__, E.__orig_bases__ and len(E.__orig_bases__))  # expect: (<class '__main__.A'>, <class '__main__.G'>) 1
class L(list[int]): pass
print(L.__bases__, L.__orig_bases__, L([1]))  # expect: (<class 'list'>,) (list[int],) [1]
class Bad:
    def __mro_entries__(self, bases): return 5
for b in (Bad(), 5, 'str'):
    try:
        type('F', (b,), {}) if not isinstance(b, Bad) else exec('class F(b): pass')
    except TypeError as e:
        print(e)
class Plugin:
    registry = {}
    def __init_subclass__(cls, **kw): Plugin.registry[cls.__name__.lower()] = cls
class Csv(Plugin): ext = '.csv'
class Json(Plugin): ext = '.json'
print({k: v.ext for k, v in Plugin.registry.items()}, [c.__name__ for c in Plugin.__subclasses__()])
class Raises:
    def __init_subclass__(cls): raise RuntimeError('no subclasses of ' + cls.__name__)
try:
    class Sub(Raises): pass
except RuntimeError as e:
    print(e, Raises.__subclasses__())
class X:
    __init_subclass__ = None
try:
    class Y(X): pass
except TypeError as e:
    print(e)
def meta(name, bases, ns, **kw): return name, bases, sorted(kw.items())
class Z(metaclass=meta, k=1): pass
print(Z)  # expect: ('Z', (), [('k', 1)])
