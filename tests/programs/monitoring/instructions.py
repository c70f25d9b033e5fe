# sys.monitoring: INSTRUCTION at every offset, together with LINE and with another tool.
import sys

m = sys.monitoring
E = m.events
log = []
m.use_tool_id(5, 'instructions')
m.use_tool_id(2, 'other')


def f(a, b):
    c = a + b
    for i in range(2):
        c += i
    d = {'x': c}
    d['x'] = len(d)
    return [c, *d]


m.register_callback(5, E.INSTRUCTION, lambda code, at: log.append(at))
m.set_local_events(5, f.__code__, E.INSTRUCTION)
print(f(1, 2), log)
log.clear()
m.register_callback(5, E.LINE, lambda code, line: log.append(('line', line - code.co_firstlineno)))
m.set_local_events(5, f.__code__, E.INSTRUCTION | E.LINE)
print(f(3, 4), log)
log.clear()


def once(code, at):
    log.append(('other', at))
    return m.DISABLE


m.register_callback(2, E.INSTRUCTION, once)
m.set_local_events(2, f.__code__, E.INSTRUCTION)
print(f(5, 6), log)
log.clear()
print(f(7, 8), log)
log.clear()
m.set_local_events(5, f.__code__, 0)
print(f(7, 8), log)
m.restart_events()
print(f(7, 8), log)
m.set_local_events(2, f.__code__, 0)
print(f(9, 1), [x for x in f.__code__._co_code_adaptive[::2] if x >= 236])
m.free_tool_id(5)
m.free_tool_id(2)
