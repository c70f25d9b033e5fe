# Tracing code that was specialised before, and running it again afterwards: what co_code and the adaptive code show.
import dis
import sys

OPS = dis.opname


def names(code, adaptive):
    raw = code._co_code_adaptive if adaptive else code.co_code
    out, i = [], 0
    while i < len(raw):
        name = dis._all_opname[raw[i]]
        out.append(name)
        i += 2
        base = dis.deoptmap.get(name, name)
        if base.startswith('INSTRUMENTED_') and base[13:] in dis.opmap:
            base = base[13:]
        i += 2 * sum(dis._cache_format.get(base, {}).values())
    return out


def f(a, n):
    t = 0
    for i in range(n):
        t += a.x + i
    return t


class A:
    pass


a = A()
a.x = 1
for _ in range(10):
    f(a, 4)
plain = f.__code__.co_code
print(names(f.__code__, True))
count = 0


def tracer(frame, event, arg):
    global count
    count += 1
    return tracer


sys.settrace(tracer)
f(a, 2)
print(count)
print(names(f.__code__, True)[:4])
sys.settrace(None)
print(plain == f.__code__.co_code)
f(a, 2)
print(names(f.__code__, True))
for _ in range(10):
    f(a, 4)
print(names(f.__code__, True))
print(hash(f.__code__) == hash(f.__code__.replace()))
