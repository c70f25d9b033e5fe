# sys.monitoring: tool ids, their names, callbacks, event sets, and what each refuses.
import sys

m = sys.monitoring
E = m.events
print(sorted(n for n in vars(m) if not n.startswith('__')))
print(vars(E))
print(m.DEBUGGER_ID, m.COVERAGE_ID, m.PROFILER_ID, m.OPTIMIZER_ID)
print(type(m.DISABLE), type(m.MISSING), m.DISABLE is not m.MISSING)
print([m.get_tool(i) for i in range(6)])
m.use_tool_id(2, 'mine')
print(m.get_tool(2), m.get_events(2), m._all_events())


def refused(f, *args):
    try:
        r = f(*args)
        print(f.__name__, getattr(r, '__name__', r))
    except Exception as e:
        print(f.__name__, type(e).__name__, e)


def g():
    pass


refused(m.use_tool_id, 2, 'again')
refused(m.use_tool_id, 6, 'x')
refused(m.use_tool_id, -1, 'x')
refused(m.use_tool_id, 1, 5)
refused(m.use_tool_id, 'a', 'b')
refused(m.use_tool_id, 1)
refused(m.get_tool, 7)
refused(m.free_tool_id, 9)
refused(m.set_events, 1, E.LINE)
refused(m.set_events, 2, 1 << 17)
refused(m.set_events, 2, -1)
refused(m.set_events, 2, E.C_RETURN)
refused(m.set_events, 2, E.C_RAISE | E.C_RETURN)
refused(m.set_events, 2, E.C_RAISE | E.C_RETURN | E.CALL)
print(m.get_events(2), m._all_events())
refused(m.set_events, 2, 0)
refused(m.get_events, 6)
refused(m.register_callback, 2, E.LINE | E.CALL, None)
refused(m.register_callback, 2, 0, None)
refused(m.register_callback, 2, 1 << 20, None)
refused(m.register_callback, 7, E.LINE, None)
refused(m.register_callback, 2, E.LINE, g)
refused(m.register_callback, 2, E.LINE, len)
refused(m.register_callback, 2, E.LINE, None)
refused(m.register_callback, 1, E.LINE, g)
refused(m.register_callback, 1, E.LINE, None)
refused(m.set_local_events, 2, g, E.LINE)
refused(m.get_local_events, 2, 5)
refused(m.set_local_events, 1, g.__code__, E.LINE)
refused(m.set_local_events, 2, g.__code__, E.RAISE)
refused(m.set_local_events, 2, g.__code__, E.C_RETURN)
refused(m.set_local_events, 2, g.__code__, E.LINE | E.PY_START)
print(m.get_local_events(2, g.__code__), m.get_local_events(3, g.__code__))
refused(m.set_local_events, 2, g.__code__, 0)
m.free_tool_id(2)
print(m.get_tool(2))
m.free_tool_id(2)
