# sys.settrace: line events of loops, conditions and one-line statements, with the offset of each.
import sys

events = []


def tracer(frame, event, arg):
    code = frame.f_code
    events.append((code.co_name, event, frame.f_lineno - code.co_firstlineno, frame.f_lasti, arg if event == 'return' else None))
    return tracer


def loops(n):
    t = 0
    for i in range(n):
        t += i
        if i % 2: continue
        t -= 1
    else:
        t += 100
    while t > 97: t -= 1
    while True:
        t -= 1
        if t < 90: break
    for j in range(2): pass
    x = 1 if t else \
        2
    return (t +
            x)


def nothing():
    pass


def nested():
    def inner(a,
              b=3):
        return a + b
    return inner(
        1,
        2,
    ) + loops(0)


sys.settrace(tracer)
loops(3)
nothing()
nested()
sys.settrace(None)
for e in events:
    print(*e)
