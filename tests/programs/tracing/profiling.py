# sys.setprofile: calls and returns of Python functions, c_call, c_return and c_exception of built-in ones.
import sys

events = []


def profiler(frame, event, arg):
    if event.startswith('c_'):
        arg = (arg.__name__, type(arg).__name__)
    elif not isinstance(arg, (int, str, list, type(None))):
        arg = type(arg).__name__
    events.append((frame.f_code.co_name, event, frame.f_lineno - frame.f_code.co_firstlineno, arg))


class C(list):
    def __init__(self, n):
        super().__init__(range(n))
        self.x = len(self)

    def m(self, *, k=1):
        return k


def gen(n):
    yield from range(n)


def work():
    a = [3, 1, 2]
    a.append(4)
    list.append(a, 5)
    a.sort(key=lambda v: -v)
    s = sorted(a, reverse=True)
    c = C(2)
    c.m(k=3)
    C.m(c)
    d = dict(a=1)
    t = (*gen(2),)
    f = max
    f(*a)
    f(a, **{'key': abs})
    try:
        int('x')
    except ValueError:
        pass
    try:
        a.index(99)
    except ValueError:
        pass
    'x'.join(['a'])
    return str(len(s))


sys.setprofile(profiler)
print(sys.getprofile() is profiler)
work()
sys.setprofile(None)
print(sys.getprofile())
for e in events:
    print(*e)
