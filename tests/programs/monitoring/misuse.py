# sys.monitoring: callbacks that raise, that disable what cannot be, that change events, that call watched code.
import sys

m = sys.monitoring
E = m.events
m.use_tool_id(0, 'misuse')
log = []


def f(n):
    try:
        return 10 // n
    except ZeroDivisionError:
        return 'zero'


def raising(*args):
    raise RuntimeError('callback')


def disable(*args):
    log.append(len(args))
    return m.DISABLE


def g():
    try:
        return f(0)
    finally:
        log.append('left')


for name in ('PY_START', 'LINE', 'PY_RETURN', 'CALL', 'INSTRUCTION', 'BRANCH'):
    event = getattr(E, name)
    m.register_callback(0, event, raising)
    m.set_local_events(0, f.__code__, event)
    try:
        r = f(0)
    except Exception as e:
        r = repr(e), type(e.__context__).__name__, e.__traceback__.tb_next.tb_lineno - f.__code__.co_firstlineno
    m.set_local_events(0, f.__code__, 0)
    m.register_callback(0, event, None)
    print(name, r)


def once(*args):
    m.set_events(0, 0)
    raise RuntimeError('once')


def outer(event):
    try:
        m.set_events(0, event)
        r = g()
    except Exception as e:
        r = repr(e), type(e.__context__).__name__
    m.set_events(0, 0)
    return r


for name in ('RAISE', 'EXCEPTION_HANDLED', 'RERAISE', 'PY_UNWIND'):
    m.register_callback(0, getattr(E, name), once)
    print(name, outer(getattr(E, name)))
    m.register_callback(0, getattr(E, name), None)
for name in ('RAISE', 'EXCEPTION_HANDLED', 'PY_UNWIND', 'RERAISE'):
    event = getattr(E, name)
    m.register_callback(0, event, disable)
    try:
        m.set_events(0, event)
        r = f(0), f(0)
    except Exception as e:
        r = repr(e)
    m.set_events(0, 0)
    print(name, r, m.register_callback(0, event, None) is disable)


def nested(code, offset):
    log.append('start ' + code.co_name)
    f(1)


def switching(code, line):
    log.append(line - code.co_firstlineno)
    m.set_events(0, 0)


log.clear()
m.register_callback(0, E.PY_START, nested)
m.set_events(0, E.PY_START)
f(2)
m.register_callback(0, E.LINE, switching)
m.set_events(0, E.LINE)
f(3)
print(log)
m.register_callback(0, E.PY_START, 5)
try:
    m.set_events(0, E.PY_START)
    f(3)
except TypeError as e:
    print(e)
m.set_events(0, 0)
m.free_tool_id(0)


# an exception of a callback of a jump is not caught where the jump is
def jumps(n):
    try:
        if n:
            log.append('taken')
        while n:
            n -= 1
    except RuntimeError:
        return 'caught'


m.use_tool_id(0, 'jumps')
for event in (E.BRANCH, E.JUMP):
    for n in (0, 1):
        m.register_callback(0, event, raising)
        m.set_local_events(0, jumps.__code__, event)
        try:
            r = jumps(n)
        except RuntimeError as e:
            r = repr(e)
        m.set_local_events(0, jumps.__code__, 0)
        print(event, n, r)


def loop(items):
    try:
        for x in items:
            pass
    except RuntimeError:
        return 'caught'


m.register_callback(0, E.BRANCH, raising)
m.set_local_events(0, loop.__code__, E.BRANCH)
for items in ([1], []):
    try:
        print(loop(items))
    except RuntimeError as e:
        print(repr(e))
m.free_tool_id(0)


# the end of a loop is looked up where it leads
def inside(items):
    try:
        for x in items:
            pass
        y = 1
        z = 2
    except RuntimeError:
        return 'caught'
    return y


m.use_tool_id(0, 'ends')
m.register_callback(0, E.BRANCH, raising)
m.set_local_events(0, inside.__code__, E.BRANCH)
for items in ([1], []):
    try:
        print(inside(items))
    except RuntimeError as e:
        print(repr(e))
m.set_local_events(0, inside.__code__, 0)
m.free_tool_id(0)


# a frame in the same place afterwards catches as ever
def plain():
    try:
        1 / 0
    except ZeroDivisionError:
        return 'caught'


print(plain(), inside([]))
