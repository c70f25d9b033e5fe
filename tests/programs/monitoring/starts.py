# sys.monitoring: PY_START, PY_RESUME, PY_RETURN, PY_YIELD, PY_THROW, PY_UNWIND with their offsets and values.
import sys

m = sys.monitoring
E = m.events
log = []
m.use_tool_id(0, 'test')


def note(name):
    def callback(code, *args):
        log.append((name, code.co_name, *(a if isinstance(a, (int, str, type(None))) else type(a).__name__ for a in args)))
    return callback


NAMES = ('PY_START', 'PY_RESUME', 'PY_RETURN', 'PY_YIELD', 'PY_THROW', 'PY_UNWIND')
for name in NAMES:
    m.register_callback(0, getattr(E, name), note(name))


def gen():
    try:
        a = yield 1
        b = yield a
    except KeyError:
        return 'key'
    return 'end'


def f(n):
    if n == 0:
        raise ValueError
    return f(n - 1)


async def co():
    return 4


def work():
    g = gen()
    next(g)
    try:
        g.send('x')
        next(g)
    except StopIteration as e:
        log.append(e.value)
    g = gen()
    next(g)
    try:
        g.throw(KeyError)
    except StopIteration as e:
        log.append(e.value)
    g = gen()
    next(g)
    g.close()
    try:
        f(2)
    except ValueError:
        pass
    try:
        co().send(None)
    except StopIteration as e:
        log.append(e.value)
    return [x for x in gen()]


m.set_events(0, sum(getattr(E, n) for n in NAMES))
work()
m.set_events(0, 0)
m.free_tool_id(0)
for e in log:
    print(e)
