# Audit hooks: what tracing, profiling, monitoring and looking at frames tell them; hooks are not traced themselves.
import sys

seen = []


def hook(event, args):
    if event.startswith(('sys.', 'own')) and event != 'sys.excepthook':
        seen.append((event, [type(a).__name__ for a in args]))


sys.addaudithook(hook)
sys.addaudithook(lambda event, args: None)
calls = []


def tracer(frame, event, arg):
    calls.append((frame.f_code.co_name, event))
    return None


def f():
    return sys._getframe()


sys.settrace(tracer)
f()
sys.audit('own.event', 1, 'a')
sys.settrace(None)
sys.setprofile(None)
m = sys.monitoring
m.use_tool_id(0, 'a')
m.register_callback(0, m.events.LINE, f)
m.register_callback(0, m.events.LINE, None)
m.free_tool_id(0)
len(sys._current_frames())
sys._getframemodulename()
for s in seen:
    print(*s)
print(calls)


class Traced:
    __cantrace__ = True

    def __call__(self, event, args):
        pass


sys.addaudithook(Traced())
calls.clear()
sys.settrace(tracer)
sys.audit('own.more')
sys.settrace(None)
print(calls)


def refuse(event, args):
    if event == 'sys.addaudithook':
        raise RuntimeError('no more')
    if event == 'own.bad':
        raise ValueError(args)


sys.addaudithook(refuse)
print(sys.addaudithook(print))
try:
    sys.audit('own.bad', 5)
except ValueError as e:
    print(e)
try:
    sys.audit(5)
except TypeError as e:
    print(e)
