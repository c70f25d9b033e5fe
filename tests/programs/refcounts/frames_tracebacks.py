# Who holds what while an exception, its traceback and the frames are alive.
import sys
rc = sys.getrefcount
class D:
    def __init__(self, n): self.n = n
    def __del__(self): print('del', self.n)
def f():
    d = D('local of f')
    raise ValueError('x')
try:
    f()
except ValueError as e:
    print('caught')
    keep = e
print('name e gone, keep holds it')
print(keep.__traceback__.tb_next.tb_frame.f_locals['d'].n)
keep.__traceback__ = None
print('traceback dropped')
del keep
def g():
    d = D('g')
    try:
        1 / 0
    except ZeroDivisionError:
        print('in handler', sys.exc_info()[0].__name__)
    print('after handler', sys.exc_info())
g()
def h():
    try:
        raise KeyError(D('in args'))
    except KeyError:
        pass
    print('end h')
h()
def chain():
    try:
        try:
            raise ValueError(D('first'))
        except ValueError:
            raise KeyError(D('second'))
    except KeyError as k:
        print(type(k.__context__).__name__)
    print('chain done')
chain()
fr = sys._getframe()
print(fr.f_code.co_name, fr.f_lineno, fr.f_back, fr.f_globals is globals())
def inner():
    x = object()
    fr = sys._getframe()
    r = rc(x)
    loc = fr.f_locals
    return r, rc(x), loc['x'] is x, type(loc).__name__, sys._getframe(1).f_code.co_name
print(inner())
def cyc():
    d = D('in frame cycle')
    me = sys._getframe()
cyc()
print('frame cycle made')
import gc
gc.collect()
def tb_len(e):
    n, t = 0, e.__traceback__
    while t: n, t = n + 1, t.tb_next
    return n
def a(n):
    if n: return a(n - 1)
    raise RuntimeError
for k in (0, 1, 5):
    try:
        a(k)
    except RuntimeError as e:
        print(tb_len(e), [t.tb_lineno for t in [e.__traceback__]], e.__traceback__.tb_frame is sys._getframe())
def swallow():
    try:
        raise ValueError
    except ValueError as e:
        o = object()
        n = rc(e)
    return n
print(swallow())
