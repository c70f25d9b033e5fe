# Setting f_lineno in a trace function: where a frame may jump to, and where not.
import sys


def jump(func, first, to, event='line', args=()):
    out = []
    done = False

    def tracer(frame, what, arg):
        nonlocal done
        if frame.f_code is not func.__code__:
            return None
        start = func.__code__.co_firstlineno
        if not done and what == event and frame.f_lineno == start + first:
            done = True
            try:
                frame.f_lineno = start + to if isinstance(to, int) else to
            except Exception as e:
                out.append(f'{type(e).__name__}: {str(e).replace(str(start + to) if isinstance(to, int) else "?", "N")}')
        return tracer

    sys.settrace(tracer)
    try:
        func(out, *args)
    except Exception as e:
        out.append(repr(e))
    sys.settrace(None)
    print(func.__name__, first, to, event, out)


def plain(out):
    out.append(1)
    out.append(2)
    out.append(3)


def loop(out):
    for i in range(3):
        out.append(i)
        out.append(10 + i)
    out.append(99)


def tried(out):
    try:
        out.append(1)
        1 / 0
    except ZeroDivisionError:
        out.append(2)
    finally:
        out.append(3)
    out.append(4)


def managed(out):
    class M:
        def __enter__(self): out.append('in')
        def __exit__(self, *a): out.append('out')
    out.append(1)
    with M():
        out.append(2)
        out.append(3)
    out.append(4)


def unbound(out):
    out.append(1)
    x = 5
    y = x
    out.append((x, y))


def nested(out):
    for i in [1, 2]:
        for j in [3, 4]:
            out.append((i, j))
        out.append(i)
    out.append('end')


def gen(out):
    def g():
        out.append('a')
        yield 1
        out.append('b')
        yield 2
    for v in g():
        out.append(v)


jump(plain, 2, 3)
jump(plain, 3, 1)
jump(plain, 1, 99)
jump(plain, 1, -3)
jump(plain, 2, 1.5)
jump(plain, 2, 10 ** 12)
jump(plain, 0, 2, 'call')
jump(plain, 3, 1, 'return')
jump(loop, 2, 4)
jump(loop, 4, 2)
jump(loop, 4, 1)
jump(loop, 3, 2)
jump(tried, 2, 5)
jump(tried, 5, 8)
jump(tried, 8, 2)
jump(tried, 2, 8)
jump(tried, 3, 3, 'exception')
jump(managed, 4, 6)
jump(managed, 6, 8)
jump(managed, 8, 6)
jump(unbound, 2, 4)
jump(nested, 3, 4)
jump(nested, 4, 3)
jump(nested, 3, 5)
jump(gen, 6, 7)
try:
    sys._getframe().f_lineno = 3
except ValueError as e:
    print(e)
try:
    del sys._getframe().f_lineno
except AttributeError as e:
    print(e)
