# Tracing and profiling at once; call_tracing inside a trace function; the order of both.
import sys

log = []


def tracer(frame, event, arg):
    log.append(('trace', frame.f_code.co_name, event))
    if frame.f_code.co_name == 'f' and event == 'line':
        sys.call_tracing(g, (1,))
    return tracer


def profiler(frame, event, arg):
    log.append(('profile', frame.f_code.co_name, event))


def f():
    return len('ab')


def g(x):
    return x


sys.setprofile(profiler)
sys.settrace(tracer)
f()
sys.settrace(None)
f()
sys.setprofile(None)
f()
for e in log:
    print(*e)
try:
    sys.call_tracing(g, 1)
except TypeError as e:
    print(e)
print(sys.call_tracing(g, (4,)))
