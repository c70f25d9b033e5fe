# frame.clear(): releases locals of finished frames and of generators, and refuses running and suspended ones.
import sys


class C:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print('del', self.name)


def f():
    c = C('local')
    return sys._getframe()


fr = f()
print('kept', sorted(fr.f_locals))
fr.clear()
print('cleared', dict(fr.f_locals), fr.f_code.co_name, fr.f_lineno - fr.f_code.co_firstlineno)


def fails():
    c = C('failing')
    1 / 0


try:
    fails()
except ZeroDivisionError as e:
    tb = e.__traceback__
    while tb.tb_next:
        tb = tb.tb_next
    tb.tb_frame.clear()
    print('after clear', tb.tb_lineno - tb.tb_frame.f_code.co_firstlineno)


def gen():
    c = C('in generator')
    yield 1


g = gen()
g.gi_frame.clear()
print(g.gi_frame is None)
try:
    print(list(g))
except Exception as e:
    print(type(e).__name__)
g = gen()
next(g)
try:
    g.gi_frame.clear()
except RuntimeError as e:
    print(e)
try:
    sys._getframe().clear()
except RuntimeError as e:
    print(e)


def inner_clear():
    try:
        sys._getframe(1).clear()
    except RuntimeError as e:
        print(e)


inner_clear()
del g


async def co():
    c = C('co')


c = co()
c.cr_frame.clear()
print(c.cr_frame is None)
del c
