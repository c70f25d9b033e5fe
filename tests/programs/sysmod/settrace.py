# sys.settrace: call, line, return and exception events of a function.
import sys
events = []
def tracer(frame, event, arg):
    events.append((frame.f_code.co_name, event, frame.f_lineno - frame.f_code.co_firstlineno, repr(arg)[:30] if event == 'return' else None))
    return tracer
def f(n):
    x = n
    for i in range(2):
        x += i
    return g(x)
def g(x):
    try:
        1 / x
    except ZeroDivisionError:
        x = 'caught'
    return x
sys.settrace(tracer)
f(0)
sys.settrace(None)
for e in events: print(*e)
