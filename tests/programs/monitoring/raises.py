# sys.monitoring: RAISE, RERAISE, EXCEPTION_HANDLED, STOP_ITERATION and PY_UNWIND.
import sys

m = sys.monitoring
E = m.events
log = []
m.use_tool_id(0, 'raises')
NAMES = ('RAISE', 'RERAISE', 'EXCEPTION_HANDLED', 'STOP_ITERATION', 'PY_UNWIND', 'PY_THROW')


def note(name):
    def callback(code, at, exc):
        log.append((name, code.co_name, at, repr(exc)))
    return callback


for name in NAMES:
    m.register_callback(0, getattr(E, name), note(name))


def deep(n):
    if not n:
        raise KeyError(n)
    deep(n - 1)


def handled():
    try:
        deep(2)
    except ValueError:
        pass
    except KeyError as e:
        return e.args


def reraised():
    try:
        try:
            deep(0)
        except KeyError:
            raise
    finally:
        log.append('finally')


def group():
    try:
        raise ExceptionGroup('g', [ValueError(1), TypeError(2)])
    except* ValueError:
        pass
    except* TypeError:
        pass


class Iterator:
    def __init__(self):
        self.n = 0

    def __iter__(self):
        return self

    def __next__(self):
        self.n += 1
        if self.n > 2:
            raise StopIteration('over')
        return self.n


def gen():
    yield 1
    return 5


def loops():
    for x in Iterator():
        pass
    for x in gen():
        pass
    for x in gen():
        pass
    for x in gen():
        pass
    list(gen())
    return [x for x in Iterator()]


def delegate():
    got = yield from gen()
    log.append(got)
    got = yield from Iterator()


def with_manager():
    class M:
        def __enter__(self): pass
        def __exit__(self, *a): return True
    with M():
        1 / 0
    return 'past'


async def afor():
    async def agen():
        yield 1
    async for x in agen():
        pass


def throws():
    g = gen()
    next(g)
    g.throw(ValueError('t'))


def work():
    handled()
    loops()
    list(delegate())
    group()
    with_manager()
    try:
        afor().send(None)
    except StopIteration:
        pass
    for f in (reraised, throws):
        try:
            f()
        except (KeyError, ValueError):
            pass


m.set_events(0, sum(getattr(E, n) for n in NAMES))
work()
m.set_events(0, 0)
m.free_tool_id(0)
for e in log:
    print(e)
