# AttributeError: whose attribute, and which, also where a property, __getattr__ or a metaclass's property raised it.
class Q:
    y = property()
    @property
    def z(self): raise AttributeError('own')
    @property
    def w(self): raise AttributeError('own', name='n', obj=5)
class G:
    def __getattr__(self, n): raise AttributeError('ga')
class H:
    def __getattribute__(self, n): raise AttributeError(n)
class M(type):
    @property
    def z(cls): raise AttributeError('meta')
class C(metaclass=M): pass
def show(f):
    try: f()
    except AttributeError as e: print(e, e.name, type(e.obj).__name__)
for f in (lambda: Q().y, lambda: Q().z, lambda: Q().w, lambda: G().a, lambda: H().a, lambda: C.z, lambda: getattr(Q(), 'y'), lambda: getattr(Q(), 'z'), lambda: G().a(), lambda: H().a(), lambda: Q().z(), lambda: Q().y(), lambda: super(Q, Q()).y, lambda: (5).q, lambda: object.__getattribute__(Q(), 'z'), lambda: Q.__dict__['y'].__get__(Q(), Q), lambda: setattr(Q(), 'y', 1), lambda: Q().__class__.q): show(f)
def w(f):
    for i in range(40):
        try: f()
        except AttributeError as e: r = (e, e.name, type(e.obj).__name__)
    print(*r)
def a(): return Q().z
w(a)
def b(): return Q().y
w(b)
def c(): return G().y
w(c)
