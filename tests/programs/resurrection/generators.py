# Generators, coroutines and their finally blocks as finalizers: when they run, what they can bring back.
import gc
log = []
def g(name):
    try:
        yield name
        yield 'more'
    finally:
        log.append(('finally', name))
x = g('dropped'); next(x)
del x
print(log)
x = g('never started')
del x
print(log)
x = g('cycle'); next(x)
l = [x]; l.append(l)
del x, l
print(gc.collect(), log)
def back():
    me = yield
    try:
        yield 1
    finally:
        saved.append(me)
        log.append('back')
saved = []
x = back(); next(x); x.send(x)
del x
print(gc.collect(), log[-1], saved[0].gi_frame, list(saved[0]))
saved.clear()
print(gc.collect())
def yields():
    try:
        yield
    finally:
        yield 'in finally'
import sys
sys.unraisablehook = lambda a: log.append((a.exc_type.__name__, str(a.exc_value), a.err_msg))
x = yields(); next(x)
del x
print(log[-1])
def raises():
    try:
        yield
    finally:
        raise ValueError('from finally')
x = raises(); next(x)
del x
print(log[-1])
async def co():
    try:
        await aw()
    finally:
        log.append('co finally')
class aw:
    def __await__(self):
        yield 1
c = co(); c.send(None)
del c
print(log[-1])
def holder():
    try:
        yield
    finally:
        log.append(('closure', free))
free = 'value'
x = holder(); next(x); x.gi_frame.f_locals
y = [x]; y.append(y)
z = x
del x, y
print(gc.collect(), log[-1])
del z
print(log[-1])
