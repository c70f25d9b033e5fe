# sys.monitoring: JUMP and BRANCH with offset and destination, for loops, conditions and None tests.
import sys

m = sys.monitoring
E = m.events
log = []
m.use_tool_id(4, 'branches')
m.register_callback(4, E.JUMP, lambda code, at, to: log.append(('jump', code.co_name, at, to)))
m.register_callback(4, E.BRANCH, lambda code, at, to: log.append(('branch', code.co_name, at, to)))


def f(a, b=None):
    if a:
        x = 1
    else:
        x = 2
    if b is None:
        x += 1
    if b is not None and a > 3:
        x += 10
    for i in range(2):
        if i:
            continue
        x += i
    for j in (3, 4):
        break
    for k in [5]:
        pass
    while x > 0:
        x -= 2
        if x == 1:
            break
    y = a and b or x
    return [q for q in (1, 0) if q]


def g():
    yield from (1, 2)


def h(n):
    for v in g():
        n += v
    return n


m.set_events(4, E.JUMP | E.BRANCH)
f(1)
f(0, 4)
f(5, 4)
h(1)
m.set_events(4, 0)
for e in log:
    print(*e)
log.clear()


def stop(code, at, to):
    log.append((code.co_name, at, to))
    return m.DISABLE


m.register_callback(4, E.BRANCH, stop)
m.set_events(4, E.BRANCH)
f(1)
f(0)
m.set_events(4, 0)
m.free_tool_id(4)
print(log)
