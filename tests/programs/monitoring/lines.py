# sys.monitoring: LINE with DISABLE and restart_events; two tools, one of which switches lines off.
import sys

m = sys.monitoring
E = m.events
log = []
m.use_tool_id(1, 'once')
m.use_tool_id(0, 'all')


def once(code, line):
    log.append(('once', code.co_name, line - code.co_firstlineno))
    return m.DISABLE


def every(code, line):
    log.append(('all', code.co_name, line - code.co_firstlineno))


def f(n):
    t = 0
    for i in range(n):
        if i == 1:
            t += 1
        t += 2
    while t > 3: t -= 1
    return (t,
            n)


def g():
    try:
        f(-1)
        raise KeyError
    except KeyError:
        pass
    finally:
        x = 1
    return x


def off():
    m.set_events(1, 0)
    m.set_events(0, 0)


m.register_callback(1, E.LINE, once)
m.set_events(1, E.LINE)
f(3)
f(3)
off()
log.append('restarted')
m.restart_events()
m.set_events(1, E.LINE)
f(2)
f(2)
off()
log.append('two tools')
m.restart_events()
m.register_callback(0, E.LINE, every)
m.set_events(1, E.LINE)
m.set_events(0, E.LINE)
f(2)
g()
off()
log.append('local')
m.set_local_events(0, g.__code__, E.LINE)
f(1)
g()
m.set_local_events(0, g.__code__, 0)
g()
m.free_tool_id(1)
m.free_tool_id(0)
for e in log:
    print(e)
