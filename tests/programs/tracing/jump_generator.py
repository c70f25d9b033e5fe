# Jumps in generators: at a yield's return event, after resuming, and in an except block.
import sys

log = []


def tracer(frame, event, arg):
    name = frame.f_code.co_name
    if name not in PLANS:
        return None
    line = frame.f_lineno - frame.f_code.co_firstlineno
    log.append((name, event, line))
    plan = PLANS[name]
    if plan and (event, line) == plan[0][:2]:
        target = plan.pop(0)[2]
        try:
            frame.f_lineno = frame.f_code.co_firstlineno + target
        except Exception as e:
            log.append(repr(e))
    return tracer


def at_yield():
    yield 1
    yield 2
    yield 3


def after():
    a = yield 1
    b = yield 2
    yield (a, 'c')


def handler():
    try:
        1 / 0
    except ZeroDivisionError:
        x = sys.exception()
        y = 2
    log.append(('handled', sys.exception()))
    return 1


PLANS = {
    'at_yield': [('return', 1, 3)],
    'after': [('line', 2, 3)],
    'handler': [('line', 4, 6)],
}
sys.settrace(tracer)
try:
    log.append(list(at_yield()))
    log.append(list(after()))
    log.append(handler())
except Exception as e:
    log.append(repr(e))
sys.settrace(None)
for entry in log:
    print(entry)
