# A trace or profile function that raises is switched off, and its exception comes out of the traced code.
import sys


def f(n):
    a = n
    b = a + 1
    return b


def raising(when, at=None):
    def tracer(frame, event, arg):
        if event == when and (at is None or frame.f_lineno - frame.f_code.co_firstlineno == at):
            raise RuntimeError(f'{event} of {frame.f_code.co_name}')
        return tracer
    return tracer


def g():
    try:
        1 / 0
    except ZeroDivisionError:
        return 'handled'


def h():
    yield 1


for target, when in ((f, 'call'), (f, 'line'), (f, 'return'), (g, 'exception'), (h, 'return')):
    sys.settrace(raising(when))
    try:
        if target is f:
            f(1)
        else:
            list(target()) if target is h else target()
        print('came back')
    except RuntimeError as e:
        print(when, e, type(e.__context__).__name__, sys.gettrace())
    sys.settrace(None)


def profiler(frame, event, arg):
    if event == 'c_call' and arg.__name__ == 'len':
        raise RuntimeError('no len')


sys.setprofile(profiler)
try:
    print(len('abc'))
except RuntimeError as e:
    print(e, sys.getprofile())
print(len('abc'))


def not_callable():
    sys.settrace(5)
    f(1)


try:
    not_callable()
except TypeError as e:
    print(e, sys.gettrace())
