# sys.monitoring beside sys.settrace and sys.setprofile: each tool gets its events, the trace function last.
import sys

m = sys.monitoring
E = m.events
log = []
m.use_tool_id(2, 'profiler')


def note(name):
    return lambda code, *args: log.append((name, code.co_name, [a for a in args if isinstance(a, int)]))


def tracer(frame, event, arg):
    log.append(('trace', frame.f_code.co_name, event, frame.f_lineno - frame.f_code.co_firstlineno))
    return tracer


def profiler(frame, event, arg):
    log.append(('profile', frame.f_code.co_name, event))


def f(n):
    t = 0
    while n: n -= 1
    for i in range(2): t += abs(i)
    return t


def gen():
    yield f(1)


for name in ('PY_START', 'LINE', 'JUMP', 'PY_RETURN', 'CALL', 'C_RETURN', 'PY_YIELD', 'RAISE', 'STOP_ITERATION'):
    m.register_callback(2, getattr(E, name), note(name))
m.set_events(2, E.PY_START | E.LINE | E.JUMP | E.PY_RETURN | E.CALL | E.C_RETURN | E.PY_YIELD | E.RAISE | E.STOP_ITERATION)
sys.settrace(tracer)
sys.setprofile(profiler)
for v in gen():
    pass
sys.setprofile(None)
sys.settrace(None)
f(1)
m.set_events(2, 0)
print(m._all_events())
m.free_tool_id(2)
for e in log:
    print(*e)
