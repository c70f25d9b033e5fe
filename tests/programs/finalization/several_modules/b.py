import os


def write(s, w=os.write): w(1, s.encode() + b'\n')


class D:
    def __init__(self, n): self.n = n
    def __del__(self, write=write): write('b %s %s %s' % (self.n, 'D' in globals(), __name__))


x = D('x')
y = [D('in a list')]
