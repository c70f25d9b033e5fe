# property, getters, setters, deleters, subclass overriding, errors, docs.
# portable
class T:
    def __init__(self): self._v = 1
    @property
    def v(self):
        "doc of v"
        return self._v
    @v.setter
    def v(self, x):
        if x < 0: raise ValueError('negative')
        self._v = x
    @v.deleter
    def v(self): print('deleting')
    @property
    def ro(self): return 'read only'
    wo = property(None, lambda self, x: print('set', x))
t = T()
t.v = 5
print(t.v, T.v.__doc__, T.v.fget.__name__, T.v.fset is not None, isinstance(T.v, property), t.ro)
t.v += 1
t.wo = 3
del t.v
for s in ('t.v = -1', 't.ro = 1', 'del t.ro', 't.wo', 'del t.wo', 'T.v.fget = 1', 't.ro()', 'T().v.x', 'property(1).__get__(5)', 'property().__get__(5)', 'property(1, 2, 3, 4, 5)', 'T.ro.__set__(t, 1)'):
    try:
        exec(s)
    except Exception as e:
        print(s, '->', type(e).__name__, e)
class S(T):
    @property
    def v(self): return 'S' + str(super().v)
    @T.ro.setter
    def ro(self, x): print('now writable', x)
s = S()
print(s.v)  # expect: S1
s.ro = 7
try:
    s.v = 1
except AttributeError as e:
    print(e)
class P(property): pass
class Q:
    x = P(lambda self: 'px', doc='given')
    y = property(doc='only doc')
    def z(self): return 1
    z = property(z)
print(Q().x, Q.x.__doc__, Q.y.__doc__, Q().z, Q.__dict__['z'].fget.__name__, Q.z.__name__)
try:
    Q().y
except AttributeError as e:
    print(e)
t.__dict__['v'] = 'shadow'
print(t.v, t.__dict__['v'])  # expect: 6 shadow
class E:
    @property
    def bad(self): return self.missing
    def __getattr__(self, n): return 'fallback ' + n
print(E().bad, E().other)  # expect: fallback missing fallback other
class F:
    @property
    def bad(self): return self.missing
try:
    F().bad
except AttributeError as e:
    print(e, e.name, type(e.obj).__name__)
p = property(lambda s: 1)
q = p.setter(lambda s, v: None)
print(p is q, p.fset, q.fset is not None, q.fget is p.fget, p.getter(None).fget is p.fget, p.__isabstractmethod__)
class C:
    @classmethod
    def cm(cls): return cls.__name__
    @staticmethod
    def sm(): return 'sm'
print(C.cm(), C().cm(), C.__dict__['cm'].__func__.__name__, C.__dict__['sm'].__wrapped__.__name__, C.__dict__['sm'](), staticmethod(5).__func__, repr(C.__dict__['sm'])[:22])
try:
    C.__dict__['cm']()
except TypeError as e:
    print(e)
