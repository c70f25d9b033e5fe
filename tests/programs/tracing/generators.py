# sys.settrace: generators are called, return at each yield, and end by StopIteration; throw and close.
import sys

events = []


def tracer(frame, event, arg):
    code = frame.f_code
    if event == 'exception':
        arg = (arg[0].__name__, str(arg[1]))
    events.append((code.co_name, event, frame.f_lineno - code.co_firstlineno, frame.f_lasti, arg))
    return tracer


def gen():
    got = yield 1
    try:
        got = yield got
    finally:
        last = 'fin'
    return 7


def loop():
    for z in gen():
        pass
    return [y for y in gen()]


def send():
    g = gen()
    next(g)
    g.send(5)
    try:
        next(g)
    except StopIteration as e:
        return e.value


def delegate():
    r = yield from gen()
    yield r


def thrown():
    g = gen()
    next(g)
    next(g)
    try:
        g.throw(ValueError('in'))
    except ValueError:
        pass
    h = gen()
    next(h)
    next(h)
    h.close()
    fresh = gen()
    fresh.close()


def hot():
    t = 0
    for _ in range(4):
        for z in gen():
            t += z or 0
    return t


for f in (loop, send, lambda: list(delegate()), thrown):
    sys.settrace(tracer)
    f()
    sys.settrace(None)
hot()
hot()
sys.settrace(tracer)
hot()
sys.settrace(None)
for e in events:
    print(*e)
