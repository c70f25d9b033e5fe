# Where a tracer may move a frame: into and out of with, try, except, finally, nested loops, match, comprehension.
import sys


def try_jump(func, first, to):
    out = []
    done = []

    def tracer(frame, event, arg):
        if frame.f_code is not func.__code__:
            return None
        start = func.__code__.co_firstlineno
        if not done and event == 'line' and frame.f_lineno == start + first:
            done.append(1)
            frame.f_lineno = start + to
        return tracer

    sys.settrace(tracer)
    try:
        func(out)
    except Exception as e:
        out.append(f'{type(e).__name__} {e}')
    sys.settrace(None)
    return out


def blocks(out):
    out.append('a')
    for i in (1, 2):
        out.append(i)
        try:
            out.append('t')
            if i == 2:
                raise KeyError(i)
        except KeyError as e:
            out.append('k')
            x = i
        else:
            out.append('e')
        finally:
            out.append('f')
    match len(out):
        case 1:
            out.append('one')
        case n:
            out.append('many')
    return out


def manager(out):
    class M:
        def __enter__(self): return out.append('in')
        def __exit__(self, *a): return bool(out.append('out'))
    out.append(0)
    with M() as m:
        out.append(1)
        with M():
            out.append(2)
        out.append(3)
    out.append(4)


for func, last in ((blocks, 20), (manager, 9)):
    for first in range(1, last):
        print(func.__name__, first, [try_jump(func, first, to) for to in range(1, last)])
