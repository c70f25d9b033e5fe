# sys.settrace: exception and return events while exceptions pass, are handled, are raised again.
import sys

events = []


def tracer(frame, event, arg):
    code = frame.f_code
    if event == 'exception':
        kind, value, tb = arg
        arg = (kind.__name__, str(value), tb is not None and tb.tb_lineno - code.co_firstlineno)
    elif not isinstance(arg, (int, str, type(None))):
        arg = type(arg).__name__
    events.append((code.co_name, event, frame.f_lineno - code.co_firstlineno, arg))
    return tracer


def inner(x):
    return 1 / x


def handled(x):
    try:
        inner(x)
    except ZeroDivisionError as e:
        y = str(e)
    else:
        y = 'fine'
    finally:
        z = y
    return z


def chained():
    try:
        try:
            raise KeyError('k')
        finally:
            a = 1
    except KeyError as e:
        raise ValueError('v') from e


def again():
    try:
        inner(0)
    except TypeError:
        pass
    except ZeroDivisionError:
        raise


class Manager:
    def __enter__(self):
        return self

    def __exit__(self, kind, value, tb):
        return kind is KeyError


def suppressed():
    with Manager() as m:
        raise KeyError(m is None)
    return 'after'


def passes():
    with Manager():
        [][0]


def groups():
    try:
        raise ExceptionGroup('g', [ValueError(1), TypeError(2)])
    except* ValueError as e:
        got = len(e.exceptions)
    except* TypeError:
        got += 10
    return got


for f in (lambda: handled(0), lambda: handled(1), chained, again, suppressed, passes, groups):
    sys.settrace(tracer)
    try:
        f()
    except Exception as e:
        events.append(repr(e))
    sys.settrace(None)
for e in events:
    print(e)
