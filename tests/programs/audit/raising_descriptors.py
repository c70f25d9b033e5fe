# Descriptors, __getattr__, __set_name__, __init_subclass__, metaclasses and class bodies that raise half way.
# portable
class Boom(Exception): pass
def attempt(name, f):
    try:
        print(name, f())
    except Exception as e:
        print(name, type(e).__name__, e, getattr(e, '__notes__', None))
class D:
    def __init__(self, at=None): self.at = at
    def __get__(self, o, t=None):
        if self.at == 'get': raise Boom('get')
        return ['value']
    def __set__(self, o, v):
        if self.at == 'set': raise Boom('set')
    def __delete__(self, o):
        if self.at == 'del': raise Boom('del')
    def __set_name__(self, t, n):
        if self.at == 'name': raise Boom('name ' + n)
class H:
    g, s, d = D('get'), D('set'), D('del')
    def __getattr__(self, name):
        if name == 'no': raise AttributeError('no ' + name)
        raise Boom(name)
    @property
    def p(self): raise AttributeError('inner')
    @p.setter
    def p(self, v): raise Boom(v)
h = H()
attempt('get', lambda: h.g)
attempt('get class', lambda: H.g)
attempt('set', lambda: setattr(h, 's', [1]))
attempt('del', lambda: delattr(h, 'd'))
attempt('getattr', lambda: h.other)
attempt('no', lambda: h.no)
attempt('default', lambda: getattr(h, 'no', ['d']))
attempt('hasattr', lambda: hasattr(h, 'no'))
attempt('prop', lambda: h.p)
attempt('prop set', lambda: setattr(h, 'p', [5]))
attempt('call', lambda: h.meth([1], *[2], k=[3]))
def class1():
    class C:
        a = [1]
        d = D('name')
    return C
def class2():
    class C:
        a = [1]
        b = undefined
    return C
def class3():
    class C(Base): a = [1]
    return C
class Base:
    def __init_subclass__(cls, **kw): raise Boom('init_subclass')
class Meta(type):
    when = None
    @classmethod
    def __prepare__(m, name, bases, **kw):
        if m.when == 'prepare': raise Boom('prepare')
        return {} if m.when != 'badprepare' else 5
    def __new__(m, name, bases, ns, **kw):
        if m.when == 'new': raise Boom('new')
        return super().__new__(m, name, bases, ns)
    def __init__(c, *a, **kw):
        if Meta.when == 'init': raise Boom('init')
    def __call__(c, *a, **k):
        if Meta.when == 'call': raise Boom('call')
        return super().__call__(*a, **k)
    def mro(c):
        if Meta.when == 'mro': raise Boom('mro')
        if Meta.when == 'badmro': return [1]
        return super().mro()
def class4(when):
    Meta.when = when
    try:
        class C(metaclass=Meta):
            def m(self): return __class__
        return C() and 1
    finally:
        Meta.when = None
attempt('set_name', class1)
attempt('body', class2)
attempt('subclass', class3)
for when in (None, 'prepare', 'badprepare', 'new', 'init', 'call', 'mro', 'badmro'): attempt(when, lambda: class4(when))
attempt('two bases', lambda: type('X', (int, str), {}))
attempt('mro conflict', lambda: type('X', (object, Base), {}))
attempt('slots', lambda: type('X', (), {'__slots__': ('a', '1b')}))
attempt('slots conflict', lambda: type('X', (), {'__slots__': ('a',), 'a': [1]}))
attempt('slots type', lambda: type('X', (), {'__slots__': ([],)}))
attempt('slots twice', lambda: type('X', (), {'__slots__': ('__dict__', '__dict__')}))
attempt('not a base', lambda: type('X', ([1],), {}))
attempt('name', lambda: type('a\0b', (), {}))
attempt('no base', lambda: type('X', (bool,), {}))
attempt('class cell', lambda: type('X', (), {'__classcell__': 5}))
class Init:
    def __init__(self, *a):
        self.a = a
        if len(a) > 1: raise Boom(len(a))
        if len(a) == 1: return a
    def __new__(cls, *a, **k):
        if k: raise Boom('new')
        return super().__new__(cls)
attempt('init', lambda: Init([1], [2]))
attempt('init returns', lambda: Init([1]))
attempt('new', lambda: Init(k=[1]))
class Call:
    def __getattribute__(self, name): raise Boom(name)
attempt('getattribute', lambda: Call().x([1]))
attempt('class assign', lambda: setattr(Init(), '__class__', int))
attempt('dict assign', lambda: setattr(Init(), '__dict__', [1]))
attempt('bases assign', lambda: setattr(Init, '__bases__', ([1],)))
attempt('super', lambda: super(Init, 5))
attempt('super attr', lambda: super(Init, Init()).nothing)
attempt('arguments', lambda: (lambda a, b, *, c: 0)([1], [2], [3], c=[4], d=[5]))
attempt('missing', lambda: (lambda a, b, *, c: 0)([1]))
attempt('twice', lambda: (lambda a, b: 0)([1], a=[2]))
attempt('twice kw', lambda: (lambda **k: 0)(**{'a': [1]}, **{'a': [2]}))
attempt('not str', lambda: (lambda **k: 0)(**{1: [1]}))
attempt('not mapping', lambda: (lambda **k: 0)(**[1]))
attempt('bad star', lambda: (lambda *k: 0)([1], *5))
