# What happens to module globals at exit: order of __del__ calls, names still usable.
class D:
    def __init__(self, n): self.n = n
    def __del__(self): print('del', self.n)
b = D('b')
a = D('a')
c = [D('in list'), D('in list 2')]
_private = D('_private')
def f(): pass
f.attr = D('function attribute')
class K:
    attr = D('class attribute')
x = D('cyclic')
x.me = x
a2 = a
print('last line')  # expect: last line
