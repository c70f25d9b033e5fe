# The function that a 'call' returns traces that frame; None switches the frame off, f_trace can be set at any time.
import sys

log = []


def note(name):
    def local(frame, event, arg):
        log.append((name, frame.f_code.co_name, event, frame.f_lineno - frame.f_code.co_firstlineno))
        if event == 'line' and name == 'first':
            return note('second')
        return local
    return local


def top(frame, event, arg):
    log.append(('top', frame.f_code.co_name, event))
    if frame.f_code.co_name == 'skipped':
        return None
    return note('first')


def skipped():
    a = 1
    return a


def traced():
    a = 1
    b = 2
    skipped()
    c = 3
    return c


def late():
    x = 1
    sys._getframe().f_trace = note('late')
    y = 2
    sys._getframe().f_trace = None
    z = 3
    return z


def outer():
    a = 1
    switch()
    b = 2
    return b


def switch():
    sys.settrace(top)
    sys._getframe(1).f_trace = note('outer')


sys.settrace(top)
traced()
late()
sys.settrace(None)
log.append('-')
outer()
sys.settrace(None)
for e in log:
    print(*e)
print(sys.gettrace())
