import b


class D:
    def __init__(self, n): self.n = n
    def __del__(self, write=b.write): write('a %s %s %s %s' % (self.n, b and b.__name__, D and D.__name__, __name__))


def f(): return x


x = D('x')
_y = D('_y')


class Self: pass


s = Self(); s.me = s; s.d = D('in a cycle')
