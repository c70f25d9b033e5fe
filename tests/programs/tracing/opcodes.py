# f_trace_opcodes: an event for each instruction of the frame; switching lines off and opcodes on and off.
import sys

events = []


def tracer(frame, event, arg):
    code = frame.f_code
    if event == 'call':
        frame.f_trace_opcodes = True
        frame.f_trace_lines = code.co_name != 'quiet'
    events.append((code.co_name, event, frame.f_lineno - code.co_firstlineno, frame.f_lasti))
    return tracer


def work(a, b):
    c = a + b
    for i in range(2):
        c += i
    return [c, a]


def quiet(x):
    y = x
    return y


def stops(x):
    sys._getframe().f_trace_opcodes = False
    y = x
    return y


sys.settrace(tracer)
work(1, 2)
quiet(1)
stops(2)
sys.settrace(None)
for e in events:
    print(*e)
f = sys._getframe()
print(f.f_trace_opcodes, f.f_trace_lines, f.f_trace)
for value in (1, None, 'x'):
    try:
        f.f_trace_opcodes = value
    except TypeError as e:
        print(e)
try:
    f.f_trace_lines = 3
except TypeError as e:
    print(e)
