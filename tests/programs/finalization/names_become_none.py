# What a finalizer sees of its module at exit: names already cleared are None.
import sys
class D:
    def __init__(self, name):
        self.name = name
    def __del__(self, out=sys.stdout.write):
        out('%s: %s %s %s %s\n' % (self.name, early, late, _private, D is None))
_private = 'private'
early = 'early'
d = D('d')
early2 = D('early2')
late = 'late'
_p = D('_p')
e = D('e')
print('end')
