from posix import read
import gc, sys
gc.collect(); gc.freeze(); gc.collect()
del gc

def factorial(n, path):
    local = {n: path}
    if n == 0:
        frame = sys._getframe()
        keep.append(frame)
        read(0, 1)
        return 1
    result = n * factorial(n - 1, path + [n * 1.5])
    return result
keep = []
def gone(x):
    y = [x, 'of a frame that is gone']
    keep.append(sys._getframe())
gone(4.5)
def with_locals():
    a = 'a local'
    keep.append(locals())
    keep.append(sys._getframe().f_locals)
with_locals()
factorial(6, [])
