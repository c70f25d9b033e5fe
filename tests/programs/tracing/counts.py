# Reference counts and blocks under tracing: a frame object for each traced frame, nothing kept afterwards.
import gc
import sys


def tracer(frame, event, arg):
    return tracer


class C:
    pass


def f(x):
    y = [x]
    return sys.getrefcount(x)


c = C()
print(f(c))
sys.settrace(tracer)
print(f(c))
sys.settrace(None)
print(f(c))
refs = []


def counting(frame, event, arg):
    refs.append((event, sys.getrefcount(frame), sys.getrefcount(frame.f_code)))
    return counting


def g():
    a = 1
    return a


g()
sys.settrace(counting)
g()
sys.settrace(None)
print(refs)
print(sys.getrefcount(tracer), sys.getrefcount(counting))
gc.collect()
before = sys.getallocatedblocks()
for _ in range(3):
    sys.settrace(tracer)
    f(c)
    sys.settrace(None)
print(sys.getallocatedblocks() - before)
