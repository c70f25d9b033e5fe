import sys
from b import write


class P:
    def __init__(self, n): self.n = n
    def __del__(self, write=write):
        write('c %s %s %s' % (self.n, sys is None, sys and sorted(m for m in ('a', 'b', 'c', '__main__') if sys.modules.get(m))))


x = P('x'); y = P('y'); _z = P('_z'); __w = P('__w'); __v__ = P('__v__')
def g(): return x, a
import a
sys.keep_g = g
