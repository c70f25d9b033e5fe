# Errors in comprehensions, lambdas and class bodies: the names of frames.
# portable
import sys
def tryit(f):
    try:
        f()
    except Exception as e:
        t = e.__traceback__
        while t:
            print(t.tb_frame.f_code.co_qualname, t.tb_lineno)
            t = t.tb_next
tryit(lambda: [1 // x for x in (1, 0)])
tryit(lambda: {x: 1 // x for x in (1, 0)})
tryit(lambda: list(1 // x for x in (1, 0)))
tryit(lambda: (lambda: 1 // 0)())
def cls():
    class C:
        class D:
            x = 1 // 0
tryit(cls)
(lambda: [[y / 0 for y in [x]] for x in "a"])()
