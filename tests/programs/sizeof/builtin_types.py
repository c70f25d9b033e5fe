# The size of an instance of every builtin type, of frames, code objects, functions, generators, types, modules, exceptions.
import sys, builtins, types
s = sys.getsizeof

for name in sorted(dir(builtins)):
    t = getattr(builtins, name)
    if isinstance(t, type) and issubclass(t, BaseException):
        if issubclass(t, BaseExceptionGroup):
            e = t('m', [ValueError(1)])
        elif issubclass(t, UnicodeDecodeError):
            e = t('utf-8', b'a', 0, 1, 'r')
        elif issubclass(t, UnicodeEncodeError):
            e = t('utf-8', 'a', 0, 1, 'r')
        elif issubclass(t, UnicodeTranslateError):
            e = t('a', 0, 1, 'r')
        else:
            e = t()
        print(name, s(e), t.__basicsize__, s(t) - s(ValueError))

def f(a, b=1, *c, d=2, **e): return locals()
def g(): yield 1
async def co(): pass
async def ag(): yield 1
class C:
    x = 1
    def m(self): pass
    @classmethod
    def cm(cls): pass
    @staticmethod
    def sm(): pass
    @property
    def p(self): return 1
class S:
    __slots__ = ('a', 'b', 'c')
def outer():
    cell = 1
    def inner(): return cell
    return inner
coro = co()
things = {
    'object': object(), 'None': None, 'Ellipsis': ..., 'NotImplemented': NotImplemented, 'True': True, 'float': 1.5, 'complex': 1j,
    'function': f, 'lambda': lambda: 0, 'closure': outer(), 'cell': outer().__closure__[0], 'builtin': len, 'method of builtin': [].append,
    'method': C().m, 'classmethod': C.__dict__['cm'], 'bound classmethod': C.cm, 'staticmethod': C.__dict__['sm'], 'property': C.__dict__['p'],
    'instance': C(), 'slots': S(), 'slot descriptor': S.a, 'getset': type.__dict__['__doc__'], 'member': type.__dict__['__basicsize__'],
    'method descriptor': list.append, 'classmethod descriptor': dict.__dict__['fromkeys'], 'wrapper descriptor': list.__add__, 'method-wrapper': [].__add__,
    'mappingproxy': C.__dict__, 'module': types.ModuleType('m'), 'namespace': types.SimpleNamespace(a=1), 'generator': g(), 'coroutine': coro,
    'async generator': ag(), 'asend': ag().asend(None), 'coroutine wrapper': coro.__await__(), 'range': range(5), 'range iter': iter(range(5)), 'longrange iter': iter(range(10**30)),
    'slice': slice(1, 2), 'memoryview': memoryview(b'abc'), 'memoryview 2d': memoryview(bytes(12)).cast('B', (3, 4)), 'super': super(C, C()),
    'enumerate': enumerate([]), 'reversed': reversed([1]), 'reversed tuple': reversed((1,)), 'zip': zip([], []), 'map': map(len, []), 'filter': filter(None, []),
    'list iter': iter([]), 'tuple iter': iter(()), 'str iter': iter('a'), 'str iter 2': iter('\u0416'), 'bytes iter': iter(b'a'), 'bytearray iter': iter(bytearray(1)),
    'dict keys': {}.keys(), 'dict values': {}.values(), 'dict items': {}.items(), 'dict iter': iter({}), 'set iter': iter(set()), 'callable iter': iter(len, 1),
    'alias': list[int], 'union': int | str, 'weakref-able': type('W', (), {})(), 'tuple': (), 'tuple3': (1, 2, 3),
    'memory iter': iter(memoryview(b'ab')), 'positions': f.__code__.co_positions(), 'lines': f.__code__.co_lines(),
    'capsule': None, 'traceback': None,
}
for name, x in things.items():
    print(name, s(x), type(x).__basicsize__, type(x).__itemsize__, s(x) - x.__sizeof__() if not isinstance(x, (type, types.GenericAlias)) else '')
coro.close()
things['asend'].close()
try:
    1 / 0
except ZeroDivisionError as e:
    print(s(e), s(e.__traceback__), s(e.__traceback__.tb_frame))

def frames(a, b, c):
    x = y = z = 0
    return s(sys._getframe()), s(sys._getframe().f_locals), s(sys._getframe().f_code)
print(frames(1, 2, 3))
def deep(): return [[[[s(sys._getframe()), 1], 2], 3], 4]
print(deep())
print('codes', s(f.__code__), s(g.__code__), s(co.__code__), s(outer.__code__), s((lambda: 0).__code__), s(compile('1', '', 'eval')), s(compile('', '', 'exec')))
print(s(compile('x = 1\n' * 50, '', 'exec')), s(compile('for i in range(3):\n    print(i, [j for j in x])\n', '', 'exec')))
print('generators', [s(x) for x in (g(), (i for i in ()), (i * j for i in () for j in ()))])
def wide():
    a = b = c = d = e = f = g = h = 0
    yield [a, b, c, d, e, f, g, h, [a, [b, [c]]]]
print(s(wide()), s(wide().gi_frame), s(wide().gi_code))
print('types', s(int), s(type), s(object), s(C), s(S), s(type('T', (), {})), s(type('T', (C,), {'__slots__': ()})), s(type('T', (), {'__slots__': ('a',) * 1})), s(ValueError))
class Meta(type): pass
class WithMeta(metaclass=Meta): pass
print(s(Meta), s(WithMeta), s(dict.__dict__), s(len.__self__) == s(sys), s(sys.flags), s(sys.version_info), s(sys.float_info), s(sys.hash_info))
class Sized:
    def __sizeof__(self): return self.n
x = Sized()
for n in (0, 10, 1 << 62, True):
    x.n = n
    print(s(x))
for n in (-1, 1.5, 'a', 1 << 80):
    x.n = n
    try: print(s(x))
    except Exception as e: print(type(e).__name__, e)
    try: print(s(x, 'default'))
    except Exception as e: print(type(e).__name__, e)
class No:
    __sizeof__ = None
try: s(No())
except TypeError as e: print(e)
print(s(No(), 5))
try: s()
except TypeError as e: print(e)
