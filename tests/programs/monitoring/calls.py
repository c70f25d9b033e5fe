# sys.monitoring: CALL, C_RETURN and C_RAISE with callable and first argument, for every form of call.
import sys

m = sys.monitoring
E = m.events
log = []
m.use_tool_id(3, 'calls')


def show(v):
    if v is m.MISSING:
        return 'MISSING'
    if isinstance(v, (int, str)):
        return v
    return getattr(v, '__name__', type(v).__name__)


def note(name):
    def callback(code, offset, func, arg):
        log.append((name, code.co_name, offset, show(func), show(arg)))
    return callback


for name in ('CALL', 'C_RETURN', 'C_RAISE'):
    m.register_callback(3, getattr(E, name), note(name))


class C:
    def __init__(self, v=0):
        self.v = v

    def m(self, x):
        return x

    @staticmethod
    def s(x=1):
        return x

    def __call__(self):
        return 1


class D(C):
    def __init__(self):
        super().__init__(3)
        self.w = super(D, self).m(4)


def f(*a, **k):
    return a


def work():
    f()
    f(1)
    f(1, k=2)
    f(*[1, 2])
    f(*(), **{'a': 1})
    len('abc')
    print
    max(3, 4)
    max(*[5, 6])
    max([7], key=abs)
    [].append(1)
    a = [1]
    a.append(2)
    list.append(a, 3)
    b = a.append
    b(4)
    c = C(9)
    c.m(1)
    c.m(x=2)
    C.m(c, 3)
    c()
    c.s(2)
    C.s()
    D()
    type(c)
    isinstance(c, C)
    str(5)
    dict(a=1)
    (lambda: 0)()
    for bad in (lambda: int('x'), lambda: [].index(3), lambda: len(), lambda: f.nothing(), lambda: sorted(key=3)):
        try:
            bad()
        except Exception:
            pass


m.set_events(3, E.CALL | E.C_RETURN | E.C_RAISE)
work()
m.set_events(3, 0)
m.free_tool_id(3)
for e in log:
    print(e)
