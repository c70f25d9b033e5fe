# In which order the names of __main__ go at exit: those with one underscore first, then the others, each in order.
class D:
    def __init__(self, name):
        self.name = name
    def __del__(self):
        print('del', self.name)
b = D('b')
_x = D('_x')
a = D('a')
__dunder = D('__dunder')
_y = D('_y')
__both__ = D('__both__')
Z = D('Z')
print('end')
